"""Small plans to schedule, in a few words: `Planner().task("A", days=2)` …"""

from __future__ import annotations

from typing import Any

from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, ScheduleMode
from milestone_desktop.domain.instants import Instant, instant, instant_to_iso
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project, Week, WorkflowState
from milestone_desktop.domain.seeds import seed_plan

OFFICE: Week = (((480, 720), (780, 1020)),) * 5 + ((), ())
"""8–12 and 13–17, Monday to Friday."""

MONDAY = instant(2026, 3, 2, 8)
"""Where projects begin: a Monday, 8:00."""


class Planner:
    """A plan with one calendar and one computed project that starts on MONDAY; more can be added."""

    def __init__(self, week: Week = OFFICE, **project: Any) -> None:
        self.plan: Plan = seed_plan()
        self.calendar = self.add_calendar(week)
        self._state = next(iter(self.plan.all(WorkflowState))).id
        self.project = self.add_project(**project)

    def add_calendar(self, week: Week, base: int | None = None) -> int:
        row = Calendar(self.plan.take_number("id"), "Work", week, base)
        self.plan.put(row)
        return row.id

    def add_holiday(self, first: int, last: int, name: str = "Holiday", calendar: int | None = None, **rule: Any) -> None:
        self.plan.put(CalendarException(self.plan.take_number("id"), calendar or self.calendar, name, first, last, **rule))

    def add_project(self, **fields: Any) -> int:
        number = self.plan.take_number("id")
        fields = {"start": MONDAY, "mode": ScheduleMode.COMPUTED, "day_start": 480, "day_end": 1020, **fields}
        self.plan.put(Project(number, f"P{number}", f"Project {number}", self.calendar, **fields))
        return number

    def task(self, title: str, days: float = 1, **fields: Any) -> int:
        number = self.plan.take_number("id")
        fields = {"duration": round(days * 480), "project": self.project, "status": self._state, "number": number, **fields}
        self.plan.put(WorkItem(number, title=title, **fields))
        return number

    def milestone(self, title: str, **fields: Any) -> int:
        number = self.plan.take_number("id")
        self.plan.put(Milestone(number, title=title, code=f"M{number}", **{"project": self.project, **fields}))
        return number

    def link(self, before: int, after: int, kind: str = "FS", lag: int = 0, **fields: Any) -> int:
        number = self.plan.take_number("id")
        self.plan.put(Dependency(number, before, after, LinkType(kind), lag, **fields))
        return number

    def change(self, row_id: int, **fields: Any) -> None:
        """Replaces fields of an activity."""
        row = self.plan.activity(row_id)
        assert row is not None
        values = {name: getattr(row, name) for cls in type(row).__mro__ for name in getattr(cls, "__slots__", ())}
        self.plan.put(type(row)(**{**values, **fields}))

    def activity(self, row_id: int) -> Activity:
        row = self.plan.activity(row_id)
        assert row is not None
        return row


def iso(moment: Instant) -> str:
    """Month, day and time, which is all that differs between the dates of a test."""
    return instant_to_iso(int(moment))[5:]
