"""What a document needs of the place where it is kept. The file in `store` is one; `MemoryStorage` is the other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Change, ChangeSet, Compacted, JournalLine, Receipt, Recorded, moves_in, netted
from milestone_desktop.domain.owners import Owners
from milestone_desktop.domain.plan import Plan


class Storage(Protocol):
    """Keeps a plan and its journal. Every method may raise PlanError where a person can mend what went wrong."""

    @property
    def read_only(self) -> bool: ...

    def load(self) -> Plan:
        """The whole plan with its counters."""

    def write(
        self,
        change_set: ChangeSet,
        receipts: Sequence[Receipt],
        *,
        time: datetime,
        undoes: int | None,
        counters: Mapping[str, int],
        blobs: Mapping[str, bytes],
    ) -> int:
        """Keeps one edit, wholly or not at all, and returns its sequence number."""

    def lines(self) -> list[JournalLine]:
        """The heads of all entries, oldest first. Those before the last compaction cannot be undone."""

    def undoable_from(self) -> int:
        """The first sequence number that can still be undone."""

    def change_set(self, sequence: int, plan: Plan) -> ChangeSet:
        """The changes of one entry as whole records; `plan` must stand as it did right after that entry."""

    def receipts(self, milestone: int | None = None) -> list[tuple[JournalLine, Receipt]]:
        """Every receipt (of one milestone), oldest first."""

    def moves(self) -> list[Recorded]:
        """Every change of a milestone's planned date, oldest first: receipts without their causes."""

    def entries_of(self, milestone: int) -> set[int]:
        """The sequence numbers of the entries that concern a milestone: move it, change it or what belongs to it."""

    def entries_of_project(self, project: int, plan: Plan, down_to: int = 1) -> set[int]:
        """The sequence numbers, from `down_to` on, of the entries that concern a project, or the whole workspace; `plan` as it
        stands now."""

    def between(self, plan: Plan, at: int, to: int) -> list[Change]:
        """What leads from the plan as it stood after entry `at` (`plan`) to how it stood after entry `to`, each record once."""

    def steps(self, plan: Plan, first: int, last: int) -> list[tuple[Change, ...]]:
        """The changes of the entries `first` … `last`, each as whole records; `plan` stands as after `last`, and is left so."""

    def compact(self, plan: Plan, time: datetime) -> Compacted:
        """Makes the place smaller: undo ends here, history and receipts stay. `plan` is what it holds."""

    def blob(self, sha256: str) -> bytes:
        """The bytes kept under a digest. Raises KeyError."""

    def view_state(self) -> dict[str, Any]:
        """Widths, scroll positions and the like: JSON values by key; not part of the plan."""

    def keep_view_state(self, values: Mapping[str, Any]) -> None:
        """Keeps view state without a journal entry."""

    def close(self) -> None: ...


def digest(data: bytes) -> str:
    """The name under which a blob is kept: its SHA-256 in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


class MemoryStorage:
    """Keeps a document in memory only: for previews, trials and tests of what is above the file."""

    read_only = False

    def __init__(self, plan: Plan | None = None) -> None:
        self._plan = plan if plan is not None else Plan()
        self._entries: list[tuple[JournalLine, ChangeSet, tuple[Receipt, ...]]] = []
        self._blobs: dict[str, bytes] = {}
        self._view_state: dict[str, Any] = {}
        self._undoable_from = 1

    def load(self) -> Plan:
        return self._plan.copy()

    def write(
        self,
        change_set: ChangeSet,
        receipts: Sequence[Receipt],
        *,
        time: datetime,
        undoes: int | None,
        counters: Mapping[str, int],
        blobs: Mapping[str, bytes],
    ) -> int:
        line = JournalLine(len(self._entries) + 1, time, change_set.label, undoes)
        self._entries.append((line, change_set, tuple(receipts)))
        self._plan.apply(change_set)
        self._plan.counters = dict(counters)
        self._blobs.update(blobs)
        return line.sequence

    def lines(self) -> list[JournalLine]:
        return [line for line, _, _ in self._entries]

    def undoable_from(self) -> int:
        return self._undoable_from

    def change_set(self, sequence: int, plan: Plan) -> ChangeSet:
        return self._entries[sequence - 1][1]

    def receipts(self, milestone: int | None = None) -> list[tuple[JournalLine, Receipt]]:
        return [
            (line, receipt)
            for line, _, receipts in self._entries
            for receipt in receipts
            if milestone is None or receipt.milestone == milestone
        ]

    def moves(self) -> list[Recorded]:
        return [
            move for line, _, told in self._entries for move in moves_in(line.sequence, line.time.toordinal(), told)
        ]  # fmt: skip

    def entries_of(self, milestone: int) -> set[int]:
        found = {line.sequence for line, _ in self.receipts(milestone)}
        for line, change_set, _ in self._entries:
            rows = (change.new if change.new is not None else change.old for change in change_set.changes)
            if milestone in change_set.ids(Milestone) or any(getattr(row, "milestone", None) == milestone for row in rows):
                found.add(line.sequence)
        return found

    def entries_of_project(self, project: int, plan: Plan, down_to: int = 1) -> set[int]:
        owners, found = Owners(plan), set()
        for line, change_set, _ in reversed(self._entries[down_to - 1 :]):
            rows = [row for change in change_set.changes for row in (change.old, change.new) if row is not None]
            for row in rows:
                owners.learn_row(row)
            projects = {each for row in rows for each in owners.projects_of_row(row)}
            if not projects or project in projects:
                found.add(line.sequence)
        return found

    def between(self, plan: Plan, at: int, to: int) -> list[Change]:
        net = netted(self.steps(plan, min(at, to) + 1, max(at, to)))
        return net if to > at else [change.inverted() for change in net]

    def steps(self, plan: Plan, first: int, last: int) -> list[tuple[Change, ...]]:
        return [change_set.changes for _, change_set, _ in self._entries[first - 1 : last]]

    def compact(self, plan: Plan, time: datetime) -> Compacted:
        self._undoable_from = len(self._entries) + 1
        return Compacted(len(self._entries), 0, 0, 0)

    def blob(self, sha256: str) -> bytes:
        return self._blobs[sha256]

    def view_state(self) -> dict[str, Any]:
        return dict(self._view_state)

    def keep_view_state(self, values: Mapping[str, Any]) -> None:
        self._view_state.update(values)

    def close(self) -> None:
        """Nothing is held open."""
