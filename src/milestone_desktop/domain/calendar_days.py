"""What a calendar says of each day of a stretch: the hours, and the exception that they come from."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import CalendarException, Shift
from milestone_desktop.domain.recurrence import spans
from milestone_desktop.domain.worktime import WorkTime, chain_of, flattened


@dataclass(frozen=True, slots=True)
class DayTold:
    """One day. shifts: what is worked, () on a day off; exception: what it comes from, None where the week says so."""

    day: Day
    shifts: tuple[Shift, ...]
    exception: CalendarException | None


def days_told(plan: Plan, calendar_id: int, first: Day, last: Day) -> list[DayTold]:
    """Each day from `first` to `last`, both included. Raises PlanError where there is no such calendar."""
    week, exceptions = flattened(chain_of(plan, calendar_id))
    work, found = WorkTime(week, exceptions), dict[Day, CalendarException]()
    for exception in exceptions:
        for begin, end in spans(exception):
            if begin > last:
                break
            for day in range(max(begin, first), min(end, last) + 1):
                found[day] = exception
    return [DayTold(day, work.shifts(day), found.get(day)) for day in range(first, last + 1)]
