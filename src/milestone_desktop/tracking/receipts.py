"""Receipts: what an edit did to the planned dates and targets of milestones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Change, ChangeSet, Receipt
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project
from milestone_desktop.domain.worktime import Link, WorkTime, work_time_of

Row = TypeVar("Row")

PLANNED = "planned"
TARGET = "target"


def receipts_of(plan: Plan, change_set: ChangeSet) -> tuple[Receipt, ...]:
    """One receipt for each milestone whose planned date changes, and one for each changed target, by milestone.

    A milestone that comes in, or is taken up again after it was dropped, moves from no date; one that is deleted or
    dropped moves to none. Working days are counted on the calendar of the milestone's project as the edit leaves it.
    `plan` may stand as before or as after the change-set; what the change-set holds is read from it.
    """
    calendars = _Calendars(plan, change_set)
    found: list[Receipt] = []
    for change in sorted(change_set.of(Milestone), key=lambda change: change.id):
        for what, old, new in _moves(change):
            days = None
            if old is not None and new is not None:
                row: Milestone = change.new
                days = calendars.of_project(row.project).working_days(day_of(old), day_of(new))
            found.append(Receipt(change.id, what, old, new, days, ((change_set.label, days),)))
    return tuple(found)


def _moves(change: Change) -> Iterator[tuple[str, Instant | None, Instant | None]]:
    old, new = _planned(change.old), _planned(change.new)
    if old != new:
        yield PLANNED, old, new
    old = change.old.target if change.old is not None else None
    new = change.new.target if change.new is not None else None
    if old != new:
        yield TARGET, old, new


def _planned(milestone: Milestone | None) -> Instant | None:
    """The planned date that counts: none for a milestone that is not there or was dropped."""
    return milestone.end if milestone is not None and milestone.dropped is None else None


class _Calendars:
    """Working time by project as a change-set leaves it, whichever side of it the plan stands on."""

    def __init__(self, plan: Plan, change_set: ChangeSet) -> None:
        self._plan = plan
        kinds = (Project, Calendar, CalendarException)
        self._changes = {(change.kind, change.id): change for change in change_set.of(*kinds)}
        self._compiled: dict[int, WorkTime] = {}

    def of_project(self, project_id: int) -> WorkTime:
        found = self._compiled.get(project_id)
        if found is None:
            project = self._row(Project, project_id)
            found = self._compiled[project_id] = work_time_of(self._chain(project.calendar))
        return found

    def _chain(self, calendar_id: int) -> list[Link]:
        chain: list[Link] = []
        current: int | None = calendar_id
        seen: set[int] = set()
        while current is not None and current not in seen:
            seen.add(current)
            calendar = self._row(Calendar, current)
            chain.append((calendar, self._exceptions(current)))
            current = calendar.base
        return chain

    def _row(self, kind: type[Row], row_id: int) -> Row:
        change = self._changes.get((kind, row_id))
        if change is None:
            return self._plan[kind, row_id]
        row: Row = change.new if change.new is not None else change.old
        return row

    def _exceptions(self, calendar_id: int) -> list[CalendarException]:
        """The exceptions of a calendar afterwards; of one that goes, those that it had."""
        of_calendar = self._changes.get((Calendar, calendar_id))
        gone = of_calendar is not None and of_calendar.new is None
        kept = {row.id: row for row in self._plan.where(CalendarException, "calendar", calendar_id)}
        for (kind, row_id), change in self._changes.items():
            if kind is CalendarException:
                kept.pop(row_id, None)
                row = change.old if gone else change.new
                if row is not None and row.calendar == calendar_id:
                    kept[row_id] = row
        return list(kept.values())
