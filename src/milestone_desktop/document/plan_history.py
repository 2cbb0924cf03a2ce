"""The plan as it stood after any journal entry, or on any day, quickly enough for a slider.

There is one plan, which goes from state to state and changes only where the states differ. The entries nearest to the
newest are kept as records once they have been read (`warm` reads on while nothing else is to be done), so that going over
them is a matter of putting records into the plan; those of a whole stride are kept as one step, too. What lies further
back is read from the storage and added up field by field.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from milestone_desktop.document.storage import Storage
from milestone_desktop.domain.changes import Change, ChangeSet, JournalLine, netted
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan

TOGETHER = 50
"""Entries that are read in one go: a few hundredths of a second."""

STRIDE = 250
"""Entries that are gone over in one step; a multiple of TOGETHER."""

MOST_KEPT = 400_000
"""Changes kept in memory, some hundred megabytes."""

_STEP = Message("")


class PlanHistory:
    """`plan` is the plan as it stood after entry `place`; at first as it stands now. Nobody else alters it.

    now: the plan after the last entry; it is copied, so that it may go on changing. lines: the heads of all entries, oldest
    first. `follow` takes in an edit.
    """

    def __init__(self, storage: Storage, now: Plan, lines: Sequence[JournalLine] | None = None) -> None:
        self._storage = storage
        self.lines: list[JournalLine] = list(storage.lines() if lines is None else lines)
        # Clocks are set back now and then: an entry belongs to the latest day that the journal has reached by then.
        self._days: list[Day] = list(accumulate((line.time.toordinal() for line in self.lines), max))
        self.plan = now.copy()
        self.place = self.last
        self._steps: dict[int, tuple[Change, ...]] = {}
        self._strides: dict[int, list[Change]] = {}
        self._read_to = self.last
        self._there = now.copy()
        self._kept = 0

    @property
    def last(self) -> int:
        """The number of the newest entry, 0 for none."""
        return self.lines[-1].sequence if self.lines else 0

    @property
    def first_day(self) -> Day | None:
        """The day of the first entry."""
        return self._days[0] if self._days else None

    def entry_on(self, day: Day) -> int:
        """The number of the last entry of a day or before it; 0 where there is none."""
        place = bisect_right(self._days, day)
        return self.lines[place - 1].sequence if place else 0

    def day_of(self, sequence: int) -> Day:
        """The day that an entry belongs to; that of the first one for what was before it. Raises IndexError without any."""
        return self._days[max(sequence - self.lines[0].sequence, 0)]

    def on(self, day: Day) -> Plan:
        """A copy of the plan as it stood at the end of a day."""
        return self.at(self.entry_on(day))

    def at(self, sequence: int) -> Plan:
        """A copy of the plan as it stood after an entry; 0 is the beginning."""
        self.go_to(sequence)
        return self.plan.copy()

    def go_to(self, sequence: int) -> list[Change]:
        """Makes `plan` the one that stood after an entry, and tells what has changed in it by that, each record once."""
        begin, border = self.place, self._read_to
        stops = [begin, border, sequence] if min(begin, sequence) < border < max(begin, sequence) else [begin, sequence]
        legs = [self._leg(*ends) for ends in pairwise(stops) if ends[0] != ends[1]]
        self.place = sequence
        return legs[0] if len(legs) == 1 else netted(legs)

    def warm(self) -> bool:
        """Reads the next entries back and keeps them; False where nothing is left to do."""
        if self._read_to == 0 or self._kept > MOST_KEPT:
            return False
        first = (self._read_to - 1) // TOGETHER * TOGETHER + 1
        steps = self._storage.steps(self._there, first, self._read_to)
        self._steps |= dict(enumerate(steps, first))
        self._kept += sum(map(len, steps))
        self._there.apply(ChangeSet(_STEP, tuple(change.inverted() for change in netted(steps))))
        self._read_to = first - 1
        if self._read_to % STRIDE == 0 and self._read_to + STRIDE in self._steps:
            self._stride(self._read_to)
        return self._read_to > 0

    def follow(self, line: JournalLine, change_set: ChangeSet) -> list[Change]:
        """Takes in a new entry. Where `plan` stood as it was before it, it goes along; what changes in it by that."""
        along = self.place == self.last
        self.lines.append(line)
        self._days.append(max(line.time.toordinal(), self._days[-1] if self._days else 0))
        self._steps[line.sequence] = change_set.changes
        self._kept += len(change_set.changes)
        return self.go_to(line.sequence) if along else []

    def _leg(self, begin: int, end: int) -> list[Change]:
        """Goes on with `plan` from one state to another, all the way over entries that are kept, or none of it."""
        kept = min(begin, end) >= self._read_to
        changes = self._over_kept(begin, end) if kept else self._storage.between(self.plan, begin, end)
        self.plan.apply(ChangeSet(_STEP, tuple(changes)))
        return changes

    def _over_kept(self, begin: int, end: int) -> list[Change]:
        net = netted(self._over(min(begin, end), max(begin, end)))
        return net if begin < end else [change.inverted() for change in net]

    def _over(self, low: int, high: int) -> Iterator[Sequence[Change]]:
        """The changes after entry `low` up to `high`, whole strides in one."""
        while low < high:
            after = low + STRIDE
            if low % STRIDE == 0 and after <= high:
                yield self._stride(low)
                low = after
            else:
                low += 1
                yield self._steps[low]

    def _stride(self, low: int) -> list[Change]:
        """A whole stride after entry `low` as one step."""
        if low not in self._strides:
            self._strides[low] = netted(self._steps[number] for number in range(low + 1, low + STRIDE + 1))
        return self._strides[low]
