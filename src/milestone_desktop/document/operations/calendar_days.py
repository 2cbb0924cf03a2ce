"""Single days of a calendar, as a person marks them on a month: off, worked at other hours, or as the week says again."""

from __future__ import annotations

from dataclasses import replace

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.calendars import add_exception, calendar, require_work
from milestone_desktop.domain.calendar_days import days_told
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import CalendarException, Shift


def set_days(
    edit: Edit, calendar_id: int, first: Day, last: Day, name: str, shifts: tuple[Shift, ...] = ()
) -> CalendarException:  # fmt: skip
    """Marks days as off, or as worked at these hours, in place of what single days and ranges of the calendar said of them."""
    row = calendar(edit.plan, calendar_id)
    _cut_out(edit, row.id, first, last)
    return add_exception(edit, row.id, name, first, last, shifts)


def follow_week(edit: Edit, calendar_id: int, first: Day, last: Day, name: str) -> None:
    """Has days worked as the week says: takes single days and ranges of the calendar away there, and where a rule or a base
    calendar says otherwise still, adds the hours of the week under `name`. Raises PlanError where nothing differs."""
    row = calendar(edit.plan, calendar_id)
    cut = _cut_out(edit, row.id, first, last)
    left = [told.day for told in days_told(edit.plan, row.id, first, last) if told.exception is not None]
    if not cut and not left:
        raise PlanError(N_("These days are as in the week already."), N_("Choose days that differ from the week."))
    for day in left:
        add_exception(edit, row.id, name, day, day, _hours_of_week(edit, row.id, day))
    edit.label = message(N_("Work as in the week in calendar “{name}”"), name=row.name)
    require_work(edit, row.id)


def _hours_of_week(edit: Edit, calendar_id: int, day: Day) -> tuple[Shift, ...]:
    """What is worked on a weekday, whatever exceptions there are; of the calendar or the nearest base that says so."""
    current = calendar(edit.plan, calendar_id)
    seen: set[int] = set()
    while current.id not in seen:
        seen.add(current.id)
        shifts = current.week[(day - 1) % 7]
        if shifts is not None or current.base is None:
            return shifts or ()
        current = calendar(edit.plan, current.base)
    return ()


def _cut_out(edit: Edit, calendar_id: int, first: Day, last: Day) -> int:
    """Takes days out of the plain ranges of a calendar, and returns how many of those were touched."""
    touched = 0
    for row in edit.plan.where(CalendarException, "calendar", calendar_id):
        if row.recurrence or row.last < first or row.first > last:
            continue
        touched += 1
        if row.first < first and row.last > last:
            edit.add(replace(row, id=edit.new_id(), first=last + 1))
        if row.first < first:
            edit.update(row, last=first - 1)
        elif row.last > last:
            edit.update(row, first=last + 1)
        else:
            edit.remove(row)
    return touched
