"""A workspace file that is open: the storage of a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.changes import Change, ChangeSet, Compacted, JournalLine, Receipt, Recorded, moves_in
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store import blobs as kept_blobs
from milestone_desktop.store import compaction, journal, replay
from milestone_desktop.store.backup import copy_connected
from milestone_desktop.store.codecs import canonical_json
from milestone_desktop.store.concerns import projects_by_entry
from milestone_desktop.store.engine import close_connection, raw_connection, transaction
from milestone_desktop.store.failures import DamagedError, reading, writing
from milestone_desktop.store.loading import load_plan
from milestone_desktop.store.lock import Lock
from milestone_desktop.store.packing import changes_before
from milestone_desktop.store.records import write_changes, write_counters
from milestone_desktop.store.schema import VIEW_STATE


class FileStorage:
    """Keeps a document in its file. `workspace_file` makes one; `close` gives the file free.

    Every method raises PlanError where disk, permission or a damaged file is in the way.
    """

    def __init__(self, path: Path, connection: sa.Connection, lock: Lock | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._identity = _identity(path)
        self._sequence = 0
        self._counters: dict[str, int] = {}
        self._own_view_state: dict[str, Any] = {}
        self._lines: list[JournalLine] | None = None
        self._moves: list[Recorded] | None = None
        self._concerns: dict[int, frozenset[int]] = {}

    @property
    def read_only(self) -> bool:
        return self._lock is None

    def load(self) -> Plan:
        """The whole plan with its counters, as the newest journal entry left it."""
        with reading(self.path), transaction(self._connection):
            plan = load_plan(self._connection)
            self._sequence = journal.last_sequence(self._connection)
        self._counters = dict(plan.counters)
        return plan

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
        """Keeps one edit in one transaction and returns its sequence number."""
        self._check_still_ours()
        sequence = self._sequence + 1
        grown = {name: value for name, value in counters.items() if self._counters.get(name) != value}
        with writing(self.path), transaction(self._connection):
            if journal.last_sequence(self._connection) != self._sequence:
                raise _changed_outside(self.path)
            self._write_rows(change_set)
            journal.write_entry(self._connection, sequence, change_set, receipts, time, undoes)
            write_counters(self._connection, grown)
            kept_blobs.keep(self._connection, blobs)
        self._sequence = sequence
        self._counters.update(grown)
        if self._lines is not None:
            self._lines.append(JournalLine(sequence, time, change_set.label, undoes))
        if self._moves is not None:
            self._moves += moves_in(sequence, time.toordinal(), receipts)
        return sequence

    def lines(self) -> list[JournalLine]:
        """The heads of all entries, oldest first. Read once, then kept up to date."""
        if self._lines is None:
            with reading(self.path), transaction(self._connection):
                self._lines = journal.lines(self._connection)
        return list(self._lines)

    def undoable_from(self) -> int:
        """The first sequence number that can still be undone."""
        with reading(self.path), transaction(self._connection):
            return journal.undoable_from(self._connection)

    def change_set(self, sequence: int, plan: Plan) -> ChangeSet:
        """The changes of one entry as whole records, in no particular order; `plan` stands as right after that entry."""
        with reading(self.path), transaction(self._connection):
            label = journal.line(self._connection, sequence).label
            return ChangeSet(label, tuple(changes_before(journal.groups(self._connection, sequence), plan)))

    def receipts(self, milestone: int | None = None) -> list[tuple[JournalLine, Receipt]]:
        """Every receipt (of one milestone), oldest first."""
        with reading(self.path), transaction(self._connection):
            return journal.receipts(self._connection, milestone)

    def moves(self) -> list[Recorded]:
        """Every change of a planned date, oldest first. Read once, then kept up to date."""
        if self._moves is None:
            lines = self.lines()
            with reading(self.path), transaction(self._connection):
                self._moves = journal.moves(self._connection, lines)
        return list(self._moves)

    def entries_of(self, milestone: int) -> set[int]:
        """The sequence numbers of the entries that concern a milestone."""
        with reading(self.path), transaction(self._connection):
            return journal.concerning(self._connection, milestone)

    def entries_of_project(self, project: int, plan: Plan, down_to: int = 1) -> set[int]:
        """The sequence numbers, from `down_to` on, of the entries that concern a project or the whole workspace. `plan` is
        what the file holds. What has been read is kept."""
        known = self._concerns
        missing = [(max(known, default=down_to - 1) + 1, self._sequence), (down_to, min(known, default=1) - 1)]
        for first, last in missing:
            if first <= last:
                with reading(self.path), transaction(self._connection):
                    known |= projects_by_entry(self._connection, plan, first, last)
        return {number for number, found in known.items() if number >= down_to and (not found or project in found)}

    def between(self, plan: Plan, at: int, to: int) -> list[Change]:
        """What leads from the plan as it stood after entry `at` to how it stood after entry `to`, each record once."""
        with reading(self.path), transaction(self._connection):
            return replay.between(self._connection, plan, at, to)

    def steps(self, plan: Plan, first: int, last: int) -> list[tuple[Change, ...]]:
        """The changes of the entries `first` … `last` as whole records; `plan` stands as after `last`."""
        with reading(self.path), transaction(self._connection):
            return replay.steps(self._connection, plan, first, last)

    def compact(self, plan: Plan, time: datetime) -> Compacted:
        """Packs the journal and removes what nothing refers to. `plan` is what the file holds. Undo ends here."""
        self._check_still_ours()
        before = self.path.stat().st_size
        with writing(self.path), transaction(self._connection):
            if journal.last_sequence(self._connection) != self._sequence:
                raise _changed_outside(self.path)
            entries = compaction.pack_entries(self._connection)
            contents = compaction.drop_unreferenced(self._connection, plan)
            journal.write_checkpoint(self._connection, self._sequence, plan, time)
            compaction.drop_checkpoints_before(self._connection, self._sequence)
        with writing(self.path):
            raw_connection(self._connection).execute("VACUUM")
        return Compacted(entries, contents, before, self.path.stat().st_size)

    def blob(self, sha256: str) -> bytes:
        """The bytes kept under a digest. Raises KeyError where there are none, DamagedError where they are others."""
        with reading(self.path), transaction(self._connection):
            content = kept_blobs.content(self._connection, sha256)
        if content is None:
            raise KeyError(sha256)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise DamagedError(self.path)
        return content

    def view_state(self) -> dict[str, Any]:
        """Widths, scroll positions and the like: JSON values by key."""
        with reading(self.path), transaction(self._connection):
            rows = self._connection.execute(sa.select(VIEW_STATE.c.key, VIEW_STATE.c.value))
            kept = {key: json.loads(value) for key, value in rows}
        return kept | self._own_view_state

    def keep_view_state(self, values: Mapping[str, Any]) -> None:
        """Keeps view state without a journal entry; where the file is open for reading only, until it is closed."""
        if self.read_only:
            self._own_view_state.update(values)
            return
        self._check_still_ours()
        with writing(self.path), transaction(self._connection):
            statement = VIEW_STATE.insert().prefix_with("OR REPLACE")
            if values:
                self._connection.execute(
                    statement, [{"key": key, "value": canonical_json(value)} for key, value in values.items()]
                )

    def copy_to(self, path: Path, now: datetime, *, overwrite: bool = False) -> None:
        """Writes the whole workspace, with its journal, to another file, which appears in one step."""
        copy_connected(self._connection, self.path, path, now, overwrite=overwrite)

    def close(self) -> None:
        """Gives the file and its lock free. Does nothing a second time."""
        close_connection(self._connection)
        if self._lock is not None:
            self._lock.release()

    def _write_rows(self, change_set: ChangeSet) -> None:
        try:
            write_changes(self._connection, change_set.changes)
        except LookupError as error:
            raise _changed_outside(self.path) from error

    def _check_still_ours(self) -> None:
        """Writing into a file that was moved away, deleted or replaced would lose the edit without a word."""
        if self.read_only:
            raise PlanError(N_("This workspace is open for reading only."), N_("Save a copy to edit it."))
        if _identity(self.path) != self._identity:
            raise PlanError(
                N_("“{name}” was moved, replaced or deleted while it was open."),
                N_("Save a copy to keep your work."),
                name=self.path.name,
            )


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells this file from another that may come to stand at the same path; None where there is no file."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _changed_outside(path: Path) -> PlanError:
    return PlanError(
        N_("“{name}” was changed by another program since it was opened, so nothing was written."),
        N_("Open it again to go on with what is in it now."),
        name=path.name,
    )
