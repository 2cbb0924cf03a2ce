"""Receipts: what an edit did to the planned dates and targets of milestones, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Change, ChangeSet, Receipt
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, KeptCalendar, Project
from milestone_desktop.domain.worktime import Link, WorkTime, work_time_of, work_time_of_kept

Row = TypeVar("Row")

PLANNED = "planned"
TARGET = "target"


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an edit beside its changes.

    stages: by milestone, the causes of its move with the date after each (`causes.causes_of`); cause: names every move,
    where the edit is one whole (an import, an undo); reason: what the person gave.
    """

    stages: Mapping[int, Sequence[tuple[Message, Instant]]] = field(default_factory=dict)
    cause: Message | None = None
    reason: str = ""


def receipts_of(plan: Plan, change_set: ChangeSet, told: Told | None = None) -> tuple[Receipt, ...]:
    """One receipt for each milestone whose planned date changes, and one for each target that is set anew, by milestone.

    A milestone that comes in, or is taken up again after it was dropped, moves from no date; one that is deleted or
    dropped moves to none. Working days are counted on the calendar kept with the target, without one on the calendar of
    the milestone's project as the edit leaves it. `plan` may stand as before or as after the change-set; what the
    change-set holds is read from it.
    """
    told = told or Told()
    calendars = _Calendars(plan, change_set)
    found: list[Receipt] = []
    for change in sorted(change_set.of(Milestone), key=lambda change: change.id):
        for what, old, new in _moves(change):
            stages = _stages(change_set, change, what, new, told)
            if old is None or new is None:
                found.append(Receipt(change.id, what, old, new, None, tuple((cause, None) for cause, _ in stages), told.reason))
                continue
            work = calendars.of_milestone(change.new)
            causes = tuple(_shares(work, old, stages))
            days = work.working_days(day_of(old), day_of(new))
            found.append(Receipt(change.id, what, old, new, days, causes, told.reason))
    return tuple(found)


def _moves(change: Change) -> Iterator[tuple[str, Instant | None, Instant | None]]:
    old, new = planned(change.old), planned(change.new)
    if old != new:
        yield PLANNED, old, new
    old = change.old.target if change.old is not None else None
    new = change.new.target if change.new is not None else None
    set_anew = change.old is not None and change.new is not None and change.old.target_set != change.new.target_set
    if old != new or (set_anew and new is not None):
        yield TARGET, old, new


def planned(milestone: Milestone | None) -> Instant | None:
    """The planned date that counts: none for a milestone that is not there or was dropped."""
    return milestone.end if milestone is not None and milestone.dropped is None else None


def _stages(
    change_set: ChangeSet, change: Change, what: str, new: Instant | None, told: Told
) -> Sequence[tuple[Message, Instant | None]]:
    """The causes of one receipt, each with the date after it."""
    if told.cause is not None:
        return [(told.cause, new)]
    if what == TARGET:
        reason = change.new.target_reason if change.new is not None else ""
        return [(message(N_("target set: {reason}"), reason=reason) if reason and new is not None else change_set.label, new)]
    if new is None and change.new is not None and change.new.dropped is not None:
        return [(message(N_("dropped: {reason}"), reason=change.new.dropped_reason), None)]
    if change.id in told.stages:
        return told.stages[change.id]
    return [(change_set.label, new)]


def _shares(
    work: WorkTime, old: Instant, stages: Sequence[tuple[Message, Instant | None]]
) -> Iterator[tuple[Message, int | None]]:
    """Each cause with its working days; they add up, because each counts on from where the one before ended."""
    reached = old
    for cause, moment in stages:
        if moment is not None:
            yield cause, work.working_days(day_of(reached), day_of(moment))
            reached = moment


class _Calendars:
    """Working time as a change-set leaves it, whichever side of it the plan stands on."""

    def __init__(self, plan: Plan, change_set: ChangeSet) -> None:
        self._plan = plan
        kinds = (Project, Calendar, CalendarException)
        self._changes = {(change.kind, change.id): change for change in change_set.of(*kinds)}
        self._kept = {row.digest: row for change in change_set.of(KeptCalendar) if (row := change.new or change.old)}
        self._compiled: dict[int | str, WorkTime] = {}

    def of_milestone(self, milestone: Milestone) -> WorkTime:
        """What the slip of a milestone is counted on."""
        digest = milestone.target_calendar if milestone.target is not None else ""
        if digest and digest not in self._compiled:
            rows = self._plan.where(KeptCalendar, "digest", digest)
            kept = self._kept.get(digest) or (rows[0] if rows else None)
            if kept is None:
                return self.of_project(milestone.project)
            self._compiled[digest] = work_time_of_kept(kept)
        return self._compiled[digest] if digest else self.of_project(milestone.project)

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
