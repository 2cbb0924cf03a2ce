"""What a drag in the timeline would do, worked out at each move of the pointer and done once on release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from milestone_desktop.desktop.words import _, day_text, range_text, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, dependencies
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Day, Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.worktime import WorkTime


@dataclass(frozen=True, slots=True)
class Proposal:
    """What releasing now would do. words: old → new; start, end: where the ghost is drawn; changes: False for nothing."""

    words: str
    start: Instant | None
    end: Instant | None
    changes: bool


class DateGesture(Protocol):
    """A drag that changes dates."""

    label: str
    activity: Activity

    def at(self, moment: Instant) -> Proposal:
        """The proposal with the pointer at `moment`."""

    def commit(self, edit: Edit) -> None:
        """Does what was proposed last."""


class Move:
    """Drags a bar or a diamond by whole working days; times of day are kept."""

    label = N_("Move rows")

    def __init__(self, activity: Activity, work: WorkTime, pressed: Instant, today: Day) -> None:
        self.activity = activity
        self._work = work
        self._pressed = pressed
        self._today = today
        self._days = 0

    def at(self, moment: Instant) -> Proposal:
        anchor = self.activity.end if isinstance(self.activity, Milestone) else self.activity.start
        if anchor is None:
            return Proposal("", None, None, False)
        wanted = day_of(anchor + moment - self._pressed)
        self._days = self._work.working_days(day_of(anchor), _working_day_near(self._work, wanted))
        start, end = self._moved(self.activity.start), self._moved(self.activity.end)
        return Proposal(self._words(start, end), start, end, self._days != 0)

    def commit(self, edit: Edit) -> None:
        dates.move(edit, [self.activity.id], self._days)

    def _moved(self, moment: Instant | None) -> Instant | None:
        if moment is None or self._days == 0:
            return moment
        return at(self._work.add_working_days(day_of(moment), self._days), minute_of(moment))

    def _words(self, start: Instant | None, end: Instant | None) -> str:
        if isinstance(self.activity, Milestone):
            return _old_to_new(None, self.activity.end, None, end, self._days, self._today)
        return _old_to_new(self.activity.start, self.activity.end, start, end, self._days, self._today)


class ChangeEnd:
    """Drags the end of a bar to the end of another working day."""

    label = N_("Change end")

    def __init__(self, activity: Activity, work: WorkTime, pressed: Instant, today: Day) -> None:
        self.activity = activity
        self._work = work
        self._offset = (activity.end or pressed) - pressed
        self._today = today
        self._end = activity.end

    def at(self, moment: Instant) -> Proposal:
        old, start = self.activity.end, self.activity.start
        if old is None:
            return Proposal("", start, old, False)
        first = day_of(start) if start is not None else 1
        day = _working_day_near(self._work, max(first, day_of(moment + self._offset - 1)))
        self._end = old if day == day_of(old) else max(at(day, minute_of(old)), start or 0)
        days = self._work.working_days(day_of(old), day)
        words = _old_to_new(None, old, None, self._end, days, self._today)
        return Proposal(words, start, self._end, self._end != old)

    def commit(self, edit: Edit) -> None:
        dates.set_end(edit, self.activity.id, self._end)


class Link:
    """Drags from the end of one bar to another: the second is to follow the first."""

    label = N_("Add dependency")

    def __init__(self, activity: Activity) -> None:
        self.activity = activity
        self.target: Activity | None = None

    def over(self, target: Activity | None) -> str:
        """The pointer is over `target`; returns what releasing would do."""
        self.target = target if target is not None and target.id != self.activity.id else None
        if self.target is None:
            return _("{before} → drop on what follows it").format(before=self.activity.title)
        return _("{before} → {after}").format(before=self.activity.title, after=self.target.title)

    def commit(self, edit: Edit) -> None:
        """Adds the dependency. Raises PlanError where it would close a loop."""
        if self.target is not None:
            dependencies.add(edit, self.activity.id, self.target.id)


def _working_day_near(work: WorkTime, day: Day) -> Day:
    """The day itself if it is worked, else the last working day before it."""
    return day if work.is_working(day) else work.add_working_days(work.add_working_days(day, -1), 1)


def _old_to_new(
    old_start: Instant | None, old_end: Instant | None, start: Instant | None, end: Instant | None, days: int, today: Day
) -> str:
    """`Fri 27 Nov → Fri 4 Dec, +5 wd`, or both dates of a bar on each side of the arrow."""
    return _("{old} → {new}, {days}").format(
        old=_dates(old_start, old_end, today), new=_dates(start, end, today), days=working_days_text(days)
    )


def _dates(start: Instant | None, end: Instant | None, today: Day) -> str:
    if start is None:
        return day_text(None if end is None else day_of(end), today, weekday=True)
    return range_text(start, end, today)
