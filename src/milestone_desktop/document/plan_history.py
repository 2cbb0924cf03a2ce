"""The plan as it stood after any journal entry, or on any day, quickly enough for a slider.

Going from one state to another costs as much as there are entries between. Every STRIDE entries on the way a state is kept
(states share their records, so one costs little), so that later steps are short ones.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from milestone_desktop.document.storage import Storage
from milestone_desktop.domain.changes import JournalLine
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan

STRIDE = 500


class PlanHistory:
    """States of a plan. `now` is the plan after the last entry; it is copied, so that it may go on changing.

    lines: the heads of all entries, oldest first. Good until the next edit; `follow` takes one in.
    """

    def __init__(self, storage: Storage, now: Plan, lines: Sequence[JournalLine] | None = None) -> None:
        self._storage = storage
        self.lines: list[JournalLine] = list(storage.lines() if lines is None else lines)
        # Clocks are set back now and then: an entry belongs to the latest day that the journal has reached by then.
        self._days: list[Day] = list(accumulate((line.time.toordinal() for line in self.lines), max))
        self._states: dict[int, Plan] = {self.last: now.copy()}
        self._shown = self.last

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

    def on(self, day: Day) -> Plan:
        """The plan as it stood at the end of a day."""
        return self.at(self.entry_on(day))

    def at(self, sequence: int) -> Plan:
        """The plan as it stood after an entry; 0 is the beginning. Not to be altered."""
        known = self._states.get(sequence)
        while known is None:
            begin = min(self._states, key=lambda each: abs(each - sequence))
            ahead = begin + STRIDE - begin % STRIDE
            behind = (begin - 1) // STRIDE * STRIDE
            step = min(sequence, ahead) if sequence > begin else max(sequence, behind)
            state = self._storage.replayed(self._states[begin], begin, step)
            self._states[step] = state
            known = self._states.get(sequence)
        self._forget_last_shown(sequence)
        return known

    def warm(self) -> bool:
        """Keeps one more state on the way to the beginning; False where nothing is left to do."""
        kept = min(self._states)
        if kept <= STRIDE:
            return False
        step = (kept - 1) // STRIDE * STRIDE
        self._states[step] = self._storage.replayed(self._states[kept], kept, step)
        return True

    def follow(self, line: JournalLine, now: Plan) -> None:
        """Takes in a new entry, `now` being the plan after it."""
        before = self.last
        if before % STRIDE and before != self._shown:
            self._states.pop(before, None)
        self.lines.append(line)
        self._days.append(max(line.time.toordinal(), self._days[-1] if self._days else 0))
        self._states[self.last] = now.copy()

    def _forget_last_shown(self, sequence: int) -> None:
        """Keeps the state shown last beside those at whole strides, the newest and the new one."""
        old, self._shown = self._shown, sequence
        if old % STRIDE and old not in (sequence, self.last):
            self._states.pop(old, None)
