"""Why a day is off: the name of the holiday that falls on it."""

from __future__ import annotations

from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.recurrence import spans


def day_off_name(plan: Plan, calendar_id: int, day: Day) -> str:
    """The name of what makes a day differ from its week on a calendar or on those it stands on; "" for a usual day."""
    current: int | None = calendar_id
    seen: set[int] = set()
    while current is not None and current not in seen:
        seen.add(current)
        calendar = plan.get(Calendar, current)
        if calendar is None:
            return ""
        for exception in plan.where(CalendarException, "calendar", current):
            if exception.first <= day <= exception.last and any(first <= day <= last for first, last in spans(exception)):
                return exception.name
        current = calendar.base
    return ""
