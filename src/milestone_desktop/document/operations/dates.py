"""Dates of a *recorded* plan: a date set is a date kept. Working days and durations count on the activity's calendar."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing, topmost
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.instants import Day, Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.outline import descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTime, WorkTimes


def start_instant(plan: Plan, activity: Activity, day: Day, minute: int | None = None) -> Instant:
    """What a typed start means: a bare day is the project's start of work on it."""
    return at(day, plan[Project, activity.project].day_start if minute is None else minute)


def end_instant(plan: Plan, activity: Activity, day: Day, minute: int | None = None) -> Instant:
    """What a typed end means: a bare day is the end of work on it; for a milestone without predecessors the start."""
    if minute is not None:
        return at(day, minute)
    project = plan[Project, activity.project]
    opens = isinstance(activity, Milestone) and not plan.where(Dependency, "successor", activity.id)
    return at(day, project.day_start if opens else project.day_end)


def move(edit: Edit, ids: Iterable[int], working_days: int) -> None:
    """Moves activities, and all that is below them, by a signed number of working days; times of day are kept.

    Completed ones stay: what has happened does not move.
    """
    rows = topmost(edit.plan, ids)
    if len(rows) == 1:
        edit.label = message(N_("Move “{title}”"), title=rows[0].title)
    else:
        edit.label = message(N_("Move {count} rows"), count=len(rows))
    times = WorkTimes(edit.plan)
    for row in rows:
        for activity in (row, *descendants(edit.plan, row.id)):
            if activity.actual_finish is None:
                _shift(edit, activity, working_days, times.of_activity(activity))
    roll_up(edit, {row.id for row in rows} | {row.parent for row in rows})


def set_start(edit: Edit, activity_id: int, moment: Instant | None) -> Activity:
    """Sets an item's start, keeping its duration; for a milestone it opens the window and `end` stays."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(N_("Change start of “{title}”"), title=activity.title)
    if isinstance(activity, Milestone):
        return edit.update(activity, start=moment)
    if moment is None:
        changed = edit.update(activity, start=None, end=None)
    else:
        work = WorkTimes(edit.plan).of_activity(activity)
        changed = edit.update(activity, start=moment, end=_after(activity, work, moment))
    roll_up(edit, [activity.parent])
    return changed


def set_end(edit: Edit, activity_id: int, moment: Instant | None) -> Activity:
    """Sets a milestone's date, its window keeping its working time; or an item's end, which changes its duration."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(
        N_("Change date of “{title}”") if isinstance(activity, Milestone) else N_("Change end of “{title}”"),
        title=activity.title,
    )
    work = WorkTimes(edit.plan).of_activity(activity)
    if isinstance(activity, Milestone):
        start = activity.start
        if start is not None and moment is not None and activity.end is not None:
            start = work.subtract(moment, work.minutes_between(start, activity.end))
        changed: Activity = edit.update(activity, end=moment, start=start if moment is not None else None)
    else:
        changed = _set_item_end(edit, activity, moment, work)
    roll_up(edit, [activity.parent])
    return changed


def set_duration(edit: Edit, activity_id: int, minutes: int, unit: str = "d", *, estimated: bool = False) -> Activity:
    """Sets an item's duration in working minutes (elapsed where `unit` starts with "e"); its start stays."""
    activity = existing(edit.plan, activity_id)
    if isinstance(activity, Milestone):
        raise PlanError(N_("A milestone is a point in time and has no duration."), N_("Set its date instead."))
    edit.label = message(N_("Change duration of “{title}”"), title=activity.title)
    changed = edit.update(activity, duration=minutes, duration_unit=unit, estimated=estimated)
    if changed.start is not None:
        work = WorkTimes(edit.plan).of_activity(changed)
        changed = edit.update(changed, end=_after(changed, work, changed.start))
    roll_up(edit, [activity.parent])
    return changed


def set_dates(edit: Edit, activity_id: int, start: Instant, end: Instant) -> Activity:
    """Sets an item's start and end together; its duration becomes the working time between them."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(N_("Change dates of “{title}”"), title=activity.title)
    work = WorkTimes(edit.plan).of_activity(activity)
    length = 0 if isinstance(activity, Milestone) else max(0, work.minutes_between(start, end))
    changed = edit.update(activity, start=start, end=end, duration=length, duration_unit=_working_unit(activity))
    roll_up(edit, [activity.parent])
    return changed


def set_target(edit: Edit, milestone_id: int, target: Instant | None, reason: str = "") -> Milestone:
    """Sets the promised date of one milestone; the first one ever set is kept beside it."""
    milestone = existing(edit.plan, milestone_id)
    if not isinstance(milestone, Milestone):
        raise PlanError(N_("Only a milestone has a target date."))
    edit.label = message(N_("Set target of “{title}”"), title=milestone.title)
    first = milestone.first_target if milestone.first_target is not None else target
    return edit.update(
        milestone, target=target, first_target=first, target_set=edit.now if target is not None else None, target_reason=reason
    )


def _set_item_end(edit: Edit, item: Activity, moment: Instant | None, work: WorkTime) -> Activity:
    if moment is None:
        return edit.update(item, end=None)
    if item.start is None:
        return edit.update(item, start=work.subtract(moment, item.duration), end=moment)
    if moment < item.start:
        raise PlanError(
            N_("“{title}” cannot end before it starts."), N_("Choose a later end, or move its start first."), title=item.title
        )
    length = moment - item.start if item.duration_unit.startswith("e") else work.minutes_between(item.start, moment)
    return edit.update(item, end=moment, duration=length)


def _after(item: Activity, work: WorkTime, start: Instant) -> Instant:
    """Where an item ends that starts at `start` and keeps its duration."""
    return start + item.duration if item.duration_unit.startswith("e") else work.add(start, item.duration)


def _working_unit(activity: Activity) -> str:
    return activity.duration_unit.removeprefix("e") or "d"


def _shift(edit: Edit, activity: Activity, working_days: int, work: WorkTime) -> None:
    moved: dict[str, Any] = {
        name: at(work.add_working_days(day_of(moment), working_days), minute_of(moment))
        for name in ("start", "end")
        if (moment := getattr(activity, name)) is not None
    }
    edit.update(activity, **moved)
