"""Calendars: weekly hours, holidays and other days that differ."""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Shift, Week


def calendar(plan: Plan, calendar_id: int) -> Calendar:
    """The calendar with that id. Raises PlanError where it is gone."""
    found = plan.get(Calendar, calendar_id)
    if found is None:
        raise PlanError(N_("This calendar is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return found


def create(edit: Edit, name: str, week: Week, **fields: Any) -> Calendar:
    """Adds a calendar; week: seven days, Monday first."""
    edit.label = message(N_("Add calendar “{name}”"), name=name.strip())
    return edit.add(Calendar(edit.new_id(), name.strip(), week, **fields))


def add_exception(
    edit: Edit, calendar_id: int, name: str, first: Day, last: Day | None = None, shifts: tuple[Shift, ...] = ()
) -> CalendarException:
    """Adds days that differ from the week: a holiday without shifts, or other working hours."""
    row = calendar(edit.plan, calendar_id)
    edit.label = message(N_("Add “{name}” to calendar “{calendar}”"), name=name.strip(), calendar=row.name)
    return edit.add(CalendarException(edit.new_id(), row.id, name.strip(), first, last if last is not None else first, shifts))


def remove_exception(edit: Edit, exception_id: int) -> None:
    """Removes days that differed from the week."""
    row = edit.plan[CalendarException, exception_id]
    edit.label = message(N_("Remove “{name}” from the calendar"), name=row.name)
    edit.remove(row)
