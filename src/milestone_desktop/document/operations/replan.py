"""Replanning: moving what has not begun by a number of working days, with a reason, as one edit.

What is completed or under way stays, and so do deadlines and targets: they are promises, not plans. In a *recorded*
project the dates move. In a *computed* one what the schedule starts from moves (the project's start, pins, constraint
dates, fixed dates, milestones without predecessors), and what then still waits for nothing that moves is pinned.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from milestone_desktop.document.edit import Demand, Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.projects import project
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, MilestoneStatus, Placement, StateGroup
from milestone_desktop.domain.instants import Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import ancestors, descendants, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState, is_computed
from milestone_desktop.domain.worktime import WorkTime, WorkTimes

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule


_NOT_BEFORE = (ConstraintType.SNET, ConstraintType.FNET)


class Reach(StrEnum):
    """What is moved. PROJECT moves the start of a project that has not begun, too."""

    SELECTION = "selection"
    NOT_STARTED = "not started"
    PROJECT = "project"


def shift(
    edit: Edit, project_id: int, working_days: int, *, reach: Reach, ids: Iterable[int] = (), reason: str = ""
) -> None:  # fmt: skip
    """Moves what has not begun by a signed number of working days of each activity's calendar; times of day are kept.

    ids: what Reach.SELECTION moves, with all that is below. reason: becomes part of the edit's label, and so of history
    and receipts. Raises PlanError where nothing can be moved, and (when the edit ends) where a move to an earlier date
    is kept back by what stays, which it names.
    """
    row = project(edit.plan, project_id)
    moved = movable(edit.plan, row.id, reach, ids)
    if not moved or working_days == 0:
        raise PlanError(N_("Nothing would move."), N_("Choose rows that have not begun, and a number of days other than 0."))
    edit.label = edit.cause = _label(row, len(moved), working_days, reach, reason.strip())
    times = WorkTimes(edit.plan)
    begun = any(has_begun(edit.plan, other) for other in edit.plan.activities_where("project", row.id))
    if reach is Reach.PROJECT and not begun and row.start is not None:
        edit.update(row, start=_moved(row.start, working_days, times.of_project(row.id)))
    if is_computed(row):
        _shift_computed(edit, moved, working_days, times)
    else:
        for activity in moved:
            _shift_dates(edit, activity, working_days, times, ("start", "end", "constraint_date"))
        roll_up(edit, {activity.parent for activity in moved})


def has_begun(plan: Plan, activity: Activity) -> bool:
    """Whether an activity is completed or under way."""
    if activity.actual_start is not None or activity.actual_finish is not None:
        return True
    if isinstance(activity, Milestone):
        return activity.status is MilestoneStatus.COMPLETED
    state = plan.get(WorkflowState, activity.status) if isinstance(activity, WorkItem) else None
    return state is not None and (activity.progress > 0 or state.group is not StateGroup.NEW)


def movable(plan: Plan, project_id: int, reach: Reach, ids: Iterable[int] = ()) -> list[Activity]:
    """The activities that a replan moves, parents left out, since they span what is below; by id."""
    rows = plan.activities_where("project", project_id)
    if reach is Reach.SELECTION:
        chosen = {below.id for row_id in ids for below in (existing(plan, row_id), *descendants(plan, row_id))}
        rows = [row for row in rows if row.id in chosen]
    return [
        row
        for row in rows
        if not has_begun(plan, row)
        and not (isinstance(row, Milestone) and row.dropped is not None)
        and not (isinstance(row, WorkItem) and is_parent(plan, row.id))
    ]


def _label(row: Project, count: int, days: int, reach: Reach, reason: str) -> Message:
    texts = {
        Reach.SELECTION: (
            N_("Replan {count} rows by {days} working days"),
            N_("Replan {count} rows by {days} working days: {reason}"),
        ),
        Reach.NOT_STARTED: (
            N_("Replan what has not begun in “{title}” by {days} working days"),
            N_("Replan what has not begun in “{title}” by {days} working days: {reason}"),
        ),
        Reach.PROJECT: (
            N_("Replan “{title}” by {days} working days"),
            N_("Replan “{title}” by {days} working days: {reason}"),
        ),
    }
    arguments: dict[str, Any] = {"days": f"{days:+d}"} | ({"reason": reason} if reason else {})
    arguments |= {"count": count} if reach is Reach.SELECTION else {"title": row.title}
    return message(texts[reach][bool(reason)], **arguments)


def _moved(moment: Instant, days: int, work: WorkTime) -> Instant:
    return at(work.add_working_days(day_of(moment), days), minute_of(moment))


def _shift_dates(edit: Edit, row: Activity, days: int, times: WorkTimes, names: Iterable[str]) -> None:
    work = times.of_activity(row)
    dates: dict[str, Any] = {name: _moved(moment, days, work) for name in names if (moment := getattr(row, name)) is not None}
    edit.update(row, **dates)


def _shift_computed(edit: Edit, moved: list[Activity], days: int, times: WorkTimes) -> None:
    """Moves what the schedule starts from, then pins what stays behind, until nothing does."""
    plan = edit.plan
    wanted = {row.id: _moved(moment, days, times.of_activity(row)) for row in moved if (moment := _point(row)) is not None}
    for row in moved:
        alone = isinstance(row, Milestone) and not plan.where(Dependency, "successor", row.id)
        held = alone or row.placement is Placement.FIXED
        _shift_dates(edit, row, days, times, ("start", "end", "constraint_date") if held else ("constraint_date",))
        if row.placement is Placement.PINNED and row.constraint_date is None and not held:
            _pin(edit, row, wanted.get(row.id))  # as the scheduler reads a pin without a date
    for parent in _parents_wholly_moved(plan, moved):
        _shift_dates(edit, parent, days, times, ("constraint_date",))
    from milestone_desktop.scheduling.schedule import compute

    schedule, pinned = compute(plan), True
    while pinned:
        pinned = False
        for row_id in list(wanted):
            if _is_behind(plan, schedule, row_id, wanted, times):
                _pin(edit, existing(plan, row_id), wanted[row_id])
                pinned = True
        schedule = compute(plan) if pinned else schedule
    if days < 0:
        _demand(edit, schedule, wanted, times)


def _parents_wholly_moved(plan: Plan, moved: list[Activity]) -> list[Activity]:
    """Parents with a constraint of their own, below which nothing stays that has not begun."""
    ids = {row.id for row in moved}
    parents = {above.id: above for row in moved for above in ancestors(plan, row) if isinstance(above, WorkItem)}
    return [
        parent
        for parent in parents.values()
        if parent.constraint_date is not None
        and all(row.id in ids or is_parent(plan, row.id) or has_begun(plan, row) for row in descendants(plan, parent.id))
    ]


def _point(row: Activity) -> Instant | None:
    """What of an activity a pin holds: a milestone's date, an item's start."""
    return row.end if isinstance(row, Milestone) else row.start


def _is_behind(plan: Plan, schedule: Schedule, row_id: int, wanted: dict[int, Instant], times: WorkTimes) -> bool:
    """Whether an activity comes earlier than wanted because of what does not move, and a pin can help. Where it waits for
    something that moves and is in its place, the calendars make the difference, and no pin is wanted."""
    row = existing(plan, row_id)
    loose = row.constraint is ConstraintType.ASAP or (row.constraint in _NOT_BEFORE and row.constraint_date != wanted[row_id])
    if row.placement is Placement.FIXED or not loose or int(schedule.driver[schedule.row_of[row_id]]) in wanted:
        return False
    start, finish = schedule.dates(row_id)
    return times.of_activity(row).minutes_between(finish if isinstance(row, Milestone) else start, wanted[row_id]) > 0


def _pin(edit: Edit, row: Activity, moment: Instant | None) -> None:
    constraint = ConstraintType.FNET if isinstance(row, Milestone) else ConstraintType.SNET
    edit.update(row, placement=Placement.PINNED, constraint=constraint, constraint_date=moment)


def _demand(edit: Edit, schedule: Schedule, wanted: dict[int, Instant], times: WorkTimes) -> None:
    """What moves to an earlier date must get there, unless it waits for something else that moves: where it does not, a
    pin and a demand, which the end of the edit refuses, naming what stands before it."""
    for row_id, moment in wanted.items():
        row = existing(edit.plan, row_id)
        point = isinstance(row, Milestone)
        start, finish = schedule.dates(row_id)
        late = times.of_activity(row).minutes_between(moment, finish if point else start) > 0
        if late and int(schedule.driver[schedule.row_of[row_id]]) not in wanted:
            _pin(edit, row, moment)
            edit.demands.append(Demand(row_id, "end" if point else "start", moment))
