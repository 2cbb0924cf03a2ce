"""Why a day is not worked: a weekly day off, or a holiday by its name."""

from __future__ import annotations

from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.recurrence import spans
from milestone_desktop.domain.worktime import WorkTimes, calendars_for


class DaysOff:
    """Looks days up in the calendars of a plan. Good as long as no calendar changes."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._times = WorkTimes(plan)
        self._holidays: dict[int, dict[Day, str]] = {}
        self._weeks: dict[int, tuple[bool, ...]] = {}

    def why(self, activity: Activity, day: Day) -> str | None:
        """None where the activity's calendars have work that begins on the day; the name of the holiday on a day that
        would else be worked; "" on a weekly day off."""
        calendar_ids = calendars_for(self._plan, activity)
        if self._times.of_calendars(calendar_ids).is_working(day):
            return None
        for calendar_id in calendar_ids:
            if calendar_id not in self._holidays:
                self._read(calendar_id)
            if self._weeks[calendar_id][weekday(day)] and day in self._holidays[calendar_id]:
                return self._holidays[calendar_id][day]
        return ""

    def _read(self, calendar_id: int) -> None:
        """Holidays and week of a calendar, those of its bases below its own."""
        holidays: dict[Day, str] = {}
        week: list[bool | None] = [None] * 7
        seen: set[int] = set()
        current: int | None = calendar_id
        while current is not None and current not in seen:
            seen.add(current)
            calendar = self._plan.get(Calendar, current)
            if calendar is None:
                break
            for place, shifts in enumerate(calendar.week[:7]):
                if week[place] is None and shifts is not None:
                    week[place] = bool(shifts)
            for exception in self._plan.where(CalendarException, "calendar", current):
                if not exception.shifts:
                    for first, last in spans(exception):
                        for day in range(first, last + 1):
                            holidays.setdefault(day, exception.name or "—")
            current = calendar.base
        self._holidays[calendar_id] = holidays
        self._weeks[calendar_id] = tuple(bool(worked) for worked in week)
