"""What a drag that changes dates or progress would do, worked out at each move of the pointer and done once on release."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, percent_text, range_text, time_text, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, items
from milestone_desktop.document.operations.activities import topmost
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import descendants
from milestone_desktop.domain.worktime import WorkTime

Dates = tuple[Instant, Instant]

PROGRESS_STEP = 5
"""Percent by which the progress is dragged; with Alt every percent can be had."""

FREE_STEPS = (1, 5, 15, 60, MINUTES_PER_DAY)
"""Minutes to which a free drag is rounded: the smallest of them that is no less than a pixel."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What releasing now would do. words: old → new; places: where what is dragged would stand, by id; percent: a new
    progress; changes: False for nothing."""

    words: str
    changes: bool
    places: Mapping[int, Dates] = field(default_factory=dict)
    percent: int | None = None


class Gesture(Protocol):
    """A drag along the time axis."""

    label: str
    activity: Activity

    def at(self, moment: Instant, step: int | None) -> Proposal:
        """The proposal with the pointer at `moment`. step: None snaps to working days, else so many minutes are the
        finest that is dragged by."""

    def commit(self, edit: Edit) -> None:
        """Does what was proposed last."""


def free_step(pixels_per_day: float) -> int:
    """Minutes by which one can drag freely at a zoom."""
    pixel = MINUTES_PER_DAY / pixels_per_day
    return next((step for step in FREE_STEPS if step >= pixel), MINUTES_PER_DAY)


class Move:
    """Drags bars and diamonds by whole working days, times of day being kept; freely by minutes of the clock."""

    label = N_("Move rows")

    def __init__(self, session: Session, activity: Activity, ids: Iterable[int], pressed: Instant) -> None:
        self.activity = activity
        self._session = session
        self._rows = topmost(session.plan, ids)
        self._work = session.facts.times.of_activity(activity)
        self._pressed = pressed
        self._days = 0
        self._minutes = 0

    def at(self, moment: Instant, step: int | None) -> Proposal:
        anchor = self.activity.end if isinstance(self.activity, Milestone) else self.activity.start
        if anchor is None:
            return Proposal("", changes=False)
        if step is None:
            wanted = day_of(anchor + moment - self._pressed)
            self._minutes = 0
            self._days = self._work.working_days(day_of(anchor), working_day_near(self._work, wanted))
        else:
            self._minutes = round((moment - self._pressed) / step) * step
            self._days = self._work.working_days(day_of(anchor), day_of(anchor + self._minutes))
        changes = bool(self._minutes or (step is None and self._days))
        places = self._places()
        if self.activity.actual_finish is not None:
            return Proposal(staying_words(self.activity), changes and bool(places), places)
        return Proposal(self._words(places, with_times=step is not None and step < MINUTES_PER_DAY), changes, places)

    def commit(self, edit: Edit) -> None:
        ids = [row.id for row in self._rows]
        if self._minutes:
            dates.shift(edit, ids, self._minutes)
        else:
            dates.move(edit, ids, self._days)

    def _places(self) -> dict[int, Dates]:
        """Where each dragged activity would stand. Of a parent that the scheduler places, what begins before its new start
        is pushed there; what is below any other parent moves along."""
        plan = self._session.plan
        found: dict[int, Dates] = {}
        for row in self._rows:
            below = descendants(plan, row.id)
            if below and dates.obeys_schedule(plan, row) and not isinstance(row, Milestone):
                found |= self._pushed(row, below)
                continue
            for activity in (row, *below):
                if activity.actual_finish is None and (place := self._moved(activity)) is not None:
                    found[activity.id] = place
        return found

    def _moved(self, activity: Activity) -> Dates | None:
        start, end = activity.start, activity.end
        if isinstance(activity, Milestone) or start is None:
            start = end
        if start is None or end is None:
            return None
        if self._minutes:
            return start + self._minutes, end + self._minutes
        work = self._session.facts.times.of_activity(activity)
        return self._by_days(work, start), self._by_days(work, end)

    def _by_days(self, work: WorkTime, moment: Instant) -> Instant:
        return at(work.add_working_days(day_of(moment), self._days), minute_of(moment))

    def _pushed(self, parent: Activity, below: Sequence[Activity]) -> dict[int, Dates]:
        span = self._moved(parent)
        if span is None:
            return {}
        found = {parent.id: span}
        for activity in below:
            start, end = activity.start, activity.end
            if isinstance(activity, WorkItem) and start is not None and end is not None and start < span[0]:
                found[activity.id] = (span[0], span[0] + end - start)
        return found

    def _words(self, places: Mapping[int, Dates], *, with_times: bool) -> str:
        row, today = self.activity, self._session.today()
        start, end = places.get(row.id, (row.start, row.end))
        if isinstance(row, Milestone):
            return old_to_new(None, row.end, None, end, self._days, today, with_times=with_times)
        return old_to_new(row.start, row.end, start, end, self._days, today, with_times=with_times)


class Stretch:
    """Drags an edge of a bar to another working day, and the same edge of every other selected bar along with it."""

    def __init__(self, session: Session, activity: Activity, ids: Iterable[int], pressed: Instant, *, at_start: bool) -> None:
        self.label = N_("Change start") if at_start else N_("Change end")
        self.activity = activity
        self._session = session
        self._at_start = at_start
        rows = (session.plan.activity(row_id) for row_id in ids)
        self._rows = [row for row in rows if isinstance(row, WorkItem) and row.actual_finish is None]
        self._work = session.facts.times.of_activity(activity)
        self._edge = activity.start if at_start else activity.end
        self._offset = (self._edge if self._edge is not None else pressed) - pressed
        self._days = 0
        self._exact: Instant | None = None

    def at(self, moment: Instant, step: int | None) -> Proposal:
        old = self._edge
        if old is None or self.activity.start is None or self.activity.end is None:
            return Proposal("", changes=False)
        if self.activity.actual_finish is not None:
            return Proposal(staying_words(self.activity), changes=False)
        wanted = moment + self._offset
        if step is None:
            day = working_day_near(self._work, day_of(wanted if self._at_start else wanted - 1))
            self._exact, self._days = None, 0 if day == day_of(old) else self._work.working_days(day_of(old), day)
        else:
            self._exact = old + round((wanted - old) / step) * step
            self._days = self._work.working_days(day_of(old), day_of(self._exact))
        places = self._places()
        start, end = places.get(self.activity.id, (self.activity.start, self.activity.end))
        new = start if self._at_start else end
        days = self._work.working_days(day_of(old), day_of(new))
        with_times = step is not None and step < MINUTES_PER_DAY
        words = old_to_new(None, old, None, new, days, self._session.today(), with_times=with_times)
        return Proposal(words, new != old, places)

    def commit(self, edit: Edit) -> None:
        if self._exact is None:
            dates.stretch(edit, [row.id for row in self._rows], self._days, at_start=self._at_start)
            return
        start, end = self._places()[self.activity.id]
        if self._at_start:
            dates.set_dates(edit, self.activity.id, start, end)
        else:
            dates.set_end(edit, self.activity.id, end)

    def _places(self) -> dict[int, Dates]:
        if self._exact is not None:
            start, end = self.activity.start or 0, self.activity.end or 0
            moved = (min(self._exact, end), end) if self._at_start else (start, max(self._exact, start))
            return {self.activity.id: moved}
        times = self._session.facts.times
        return {
            row.id: dates.stretched(row, times.of_activity(row), self._days, at_start=self._at_start)
            for row in self._rows
            if row.start is not None and row.end is not None
        }


class SetProgress:
    """Drags the mark up to which a bar is filled."""

    label = N_("Change progress")

    def __init__(self, session: Session, activity: Activity) -> None:
        self.activity = activity
        self._session = session
        self._percent = activity.progress

    def at(self, moment: Instant, step: int | None) -> Proposal:
        start, end = self.activity.start, self.activity.end
        if start is None or end is None or end <= start:
            return Proposal("", changes=False)
        grid = PROGRESS_STEP if step is None else 1
        exact = 100 * (moment - start) / (end - start)
        self._percent = min(max(round(exact / grid) * grid, 0), 100)
        words = _("{old} → {new}").format(old=percent_text(self.activity.progress), new=percent_text(self._percent))
        return Proposal(words, self._percent != self.activity.progress, percent=self._percent)

    def commit(self, edit: Edit) -> None:
        items.set_progress(edit, self.activity.id, self._percent)


def staying_words(activity: Activity) -> str:
    """Why the dates of an activity do not follow the pointer."""
    return _("“{title}” is completed, so its dates stay").format(title=activity.title)


def working_day_near(work: WorkTime, day: Day) -> Day:
    """The day itself if it is worked, else the last working day before it."""
    return day if work.is_working(day) else work.add_working_days(work.add_working_days(day, -1), 1)


def old_to_new(
    old_start: Instant | None,
    old_end: Instant | None,
    start: Instant | None,
    end: Instant | None,
    days: int,
    today: Day,
    *,
    with_times: bool = False,
) -> str:
    """`Fri 27 Nov → Fri 4 Dec, +5 wd`, or both dates of a bar on each side of the arrow."""
    return _("{old} → {new}, {days}").format(
        old=_dates(old_start, old_end, today, with_times),
        new=_dates(start, end, today, with_times),
        days=working_days_text(days),
    )


def _dates(start: Instant | None, end: Instant | None, today: Day, with_times: bool) -> str:
    if with_times:
        moment = start if start is not None else end
        return "" if moment is None else f"{day_text(day_of(moment), today, weekday=True)} {time_text(moment)}"
    if start is None:
        return day_text(None if end is None else day_of(end), today, weekday=True)
    return range_text(start, end, today)
