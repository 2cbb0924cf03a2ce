"""What an edit did, as data. Undo, the file, history, receipts and the screen all feed on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from milestone_desktop.domain.instants import Day, Instant
from milestone_desktop.domain.messages import Message


@dataclass(frozen=True, slots=True)
class Change:
    """One record before and after; None where it was not there. derived: made by the scheduler, not by the person."""

    old: Any
    new: Any
    derived: bool = False

    @property
    def kind(self) -> type:
        return type(self.new if self.new is not None else self.old)

    @property
    def id(self) -> int:
        row_id: int = (self.new if self.new is not None else self.old).id
        return row_id

    def inverted(self) -> Change:
        return Change(self.new, self.old, self.derived)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One edit: what the person would call it, and every record that it changed, each once."""

    label: Message
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        return bool(self.changes)

    def inverted(self) -> ChangeSet:
        """The change-set that takes this one back."""
        return ChangeSet(self.label, tuple(change.inverted() for change in reversed(self.changes)))

    def of(self, *kinds: type) -> Iterator[Change]:
        """The changes of the given kinds."""
        return (change for change in self.changes if change.kind in kinds)

    def ids(self, *kinds: type) -> set[int]:
        """Ids of the changed records of the given kinds."""
        return {change.id for change in self.of(*kinds)}


def netted(steps: Iterable[Iterable[Change]]) -> list[Change]:
    """Several steps as one: each record once, from what it was before all of them to what it is after them."""
    ends: dict[tuple[type, int], list[Any]] = {}
    for step in steps:
        for change in step:
            old, new = change.old, change.new
            row = old if new is None else new
            known = ends.setdefault((type(row), row.id), [old, new])
            known[1] = new
    return [Change(old, new) for old, new in ends.values() if old is not new]


@dataclass(frozen=True, slots=True)
class Receipt:
    """One move of a milestone's planned date, or of its target (what = "target").

    old, new: instants, None where there was or is no date; working_days: signed, later is positive, on the calendar kept
    with the target (without one on the project's); causes: one sentence each, with the working days that it accounts for,
    which add up to `working_days`; reason: what the person gave with the edit.
    """

    milestone: int
    what: str
    old: Instant | None
    new: Instant | None
    working_days: int | None
    causes: tuple[tuple[Message, int | None], ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """The head of a journal entry. sequence: 1, 2, 3 …; undoes: the entry that this one takes back; time: local."""

    sequence: int
    time: datetime
    label: Message
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Compacted:
    """What compacting a workspace did. entries: packed together; contents: removed, since nothing refers to them; before,
    after: bytes of the file."""

    entries: int
    contents: int
    before: int
    after: int


class Recorded(NamedTuple):
    """One change of a milestone's planned date as the journal has it: in which entry, on which day, from what to what."""

    entry: int
    day: Day
    milestone: int
    old: Instant | None
    new: Instant | None


def moves_in(entry: int, day: Day, receipts: Iterable[Receipt]) -> list[Recorded]:
    """The changes of planned dates among the receipts of an entry of that day."""
    return [Recorded(entry, day, row.milestone, row.old, row.new) for row in receipts if row.what == "planned"]
