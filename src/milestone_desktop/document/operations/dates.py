"""Setting dates. Working days and durations count on the activity's calendar.

In a *recorded* project, and for a *fixed* activity, a date set is a date kept. In a *computed* project it becomes a pin: a
visible, removable "not before" (SNET; for a milestone FNET) and a demand, refused where what stands before the activity
does not allow it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Demand, Edit
from milestone_desktop.document.operations.activities import existing, topmost
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.document.operations.targets import promise
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Day, Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import descendants, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed
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
    edit.label = _about(rows, N_("Move “{title}”"), N_("Move {count} rows"))
    times = WorkTimes(edit.plan)
    for row in rows:
        if obeys_schedule(edit.plan, row):
            _shift_pin(edit, row, working_days, times.of_activity(row))
            continue
        for activity in (row, *descendants(edit.plan, row.id)):
            if activity.actual_finish is None:
                _shift(edit, activity, working_days, times.of_activity(activity))
    roll_up(edit, {row.id for row in rows} | {row.parent for row in rows})


def shift(edit: Edit, ids: Iterable[int], minutes: int) -> None:
    """Moves activities, and all that is below them, by minutes of the clock, whatever is worked in them; an item keeps its
    duration in working time. Completed ones stay."""
    rows = topmost(edit.plan, ids)
    label = _about(rows, N_("Move “{title}”"), N_("Move {count} rows"))
    times = WorkTimes(edit.plan)
    for row in rows:
        if obeys_schedule(edit.plan, row):
            point = isinstance(row, Milestone)
            moment = row.end if point else row.start
            if moment is not None and row.actual_finish is None:
                _put_at(edit, row, moment + minutes)
            continue
        for activity in (row, *descendants(edit.plan, row.id)):
            if activity.actual_finish is None:
                edit.update(activity, **_later(activity, minutes, times.of_activity(activity)))
    roll_up(edit, {row.id for row in rows} | {row.parent for row in rows})
    edit.label = label


def _put_at(edit: Edit, row: Activity, moment: Instant) -> None:
    """Asks the scheduler to place an activity there, by a pin."""
    if isinstance(row, Milestone):
        set_end(edit, row.id, moment)
    else:
        pin(edit, row, moment)


def _later(activity: Activity, minutes: int, work: WorkTime) -> dict[str, Any]:
    """Both ends of an activity, `minutes` later."""
    start = None if activity.start is None else activity.start + minutes
    end = None if activity.end is None else activity.end + minutes
    if start is not None and end is not None and not isinstance(activity, Milestone):
        end = _after(activity, work, start)
    return {"start": start, "end": end}


def stretch(edit: Edit, ids: Iterable[int], working_days: int, *, at_start: bool = False) -> None:
    """Moves the ends, or the starts, of work items by working days; the other end stays and the duration follows.

    None is made shorter than its day: what would end before it begins keeps one day. Milestones and completed items stay.
    """
    chosen = [row for row in (existing(edit.plan, row_id) for row_id in ids) if isinstance(row, WorkItem)]
    rows = [row for row in chosen if row.start is not None and row.end is not None and row.actual_finish is None]
    times = WorkTimes(edit.plan)
    for row in rows:
        start, end = stretched(row, times.of_activity(row), working_days, at_start=at_start)
        if at_start:
            set_dates(edit, row.id, start, end)
        else:
            set_end(edit, row.id, end)
    if rows:
        one = N_("Change start of “{title}”") if at_start else N_("Change end of “{title}”")
        edit.label = _about(list(rows), one, N_("Change the lengths of {count} rows"))


def stretched(row: Activity, work: WorkTime, working_days: int, *, at_start: bool) -> tuple[Instant, Instant]:
    """Start and end of an item one of whose ends moves by working days. Both must be known."""
    start, end = row.start or 0, row.end or 0
    if at_start:
        day = min(work.add_working_days(day_of(start), working_days), day_of(end - 1))
        return min(at(day, minute_of(start)), end), end
    day = max(work.add_working_days(day_of(end), working_days), day_of(start))
    return start, max(at(day, minute_of(end)), start)


def set_start(edit: Edit, activity_id: int, moment: Instant | None) -> Activity:
    """Sets an item's start, keeping its duration; for a milestone it opens the window and `end` stays."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(N_("Change start of “{title}”"), title=activity.title)
    if isinstance(activity, Milestone):
        return edit.update(activity, start=moment)
    if obeys_schedule(edit.plan, activity):
        activity = pin(edit, activity, moment)
        if moment is None or is_parent(edit.plan, activity.id):
            return activity
    if moment is None:
        changed = edit.update(activity, start=None, end=None)
    else:  # where the scheduler places it, too: what follows in the same edit, such as another end, counts from there
        work = WorkTimes(edit.plan).of_activity(activity)
        changed = edit.update(activity, start=moment, end=_after(activity, work, moment))
    roll_up(edit, [activity.parent])
    return changed


def set_end(edit: Edit, activity_id: int, moment: Instant | None) -> Activity:
    """Sets a milestone's date, its window keeping its working time; or an item's end, which changes its duration.

    Where the scheduler places the milestone, the date becomes a pin, also before anything is linked to it.
    """
    activity = existing(edit.plan, activity_id)
    edit.label = message(
        N_("Change date of “{title}”") if isinstance(activity, Milestone) else N_("Change end of “{title}”"),
        title=activity.title,
    )
    work = WorkTimes(edit.plan).of_activity(activity)
    pinned = isinstance(activity, Milestone) and obeys_schedule(edit.plan, activity) and activity.actual_finish is None
    if pinned:
        activity = pin(edit, activity, moment)
    if isinstance(activity, Milestone) and not (pinned and _has_predecessor(edit.plan, activity)):
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
    if obeys_schedule(edit.plan, activity):
        activity = pin(edit, activity, end if isinstance(activity, Milestone) else start)
    changed = edit.update(activity, start=start, end=end, duration=length, duration_unit=_working_unit(activity))
    roll_up(edit, [activity.parent])
    return changed


def set_target(edit: Edit, milestone_id: int, target: Instant | None, reason: str = "") -> Milestone:
    """Sets the promised date of one milestone; the first one ever set is kept beside it."""
    milestone = existing(edit.plan, milestone_id)
    if not isinstance(milestone, Milestone):
        raise PlanError(N_("Only a milestone has a target date."))
    edit.label = message(N_("Set target of “{title}”"), title=milestone.title)
    return promise(edit, milestone, target, reason.strip())


def obeys_schedule(plan: Plan, activity: Activity) -> bool:
    """Whether the scheduler places this activity: its project is computed and it is not fixed."""
    return is_computed(plan[Project, activity.project]) and activity.placement is not Placement.FIXED


def pin(edit: Edit, activity: Activity, moment: Instant | None) -> Activity:
    """Keeps an activity from being earlier than `moment` (a milestone's date, an item's start); None takes the pin away.

    Work that has begun is not pinned: its actual start is corrected instead.
    """
    if moment is None:
        return release(edit, [activity.id])[0]
    point = isinstance(activity, Milestone)
    if activity.actual_start is not None and not point:
        return edit.update(activity, actual_start=moment)
    edit.demands.append(Demand(activity.id, "end" if point else "start", moment))
    constraint = ConstraintType.FNET if point else ConstraintType.SNET
    return edit.update(activity, placement=Placement.PINNED, constraint=constraint, constraint_date=moment)


def pin_there(edit: Edit, activity: Activity, moment: Instant | None) -> Activity:
    """Pins an activity of a computed project by name. Raises PlanError where a pin would hold nothing."""
    if not is_computed(edit.plan[Project, activity.project]):
        raise PlanError(
            N_("The project of “{title}” is recorded: every date stays where it is without a pin."),
            N_("Let the project be computed first."),
            title=activity.title,
        )
    if moment is None or activity.actual_start is not None or activity.actual_finish is not None:
        raise PlanError(N_("“{title}” has begun or has no date, so it cannot be pinned."), title=activity.title)
    edit.label = message(N_("Pin “{title}”"), title=activity.title)
    return pin(edit, activity, moment)


def fix(edit: Edit, ids: Iterable[int]) -> list[Activity]:
    """Leaves activities where they are, whatever their links say."""
    rows = [existing(edit.plan, activity_id) for activity_id in ids]
    edit.label = _about(rows, N_("Fix the date of “{title}”"), N_("Fix the dates of {count} rows"))
    return [edit.update(row, placement=Placement.FIXED, constraint=ConstraintType.ASAP, constraint_date=None) for row in rows]


def release(edit: Edit, ids: Iterable[int]) -> list[Activity]:
    """Takes pins and fixed dates away: the scheduler places the activities again."""
    rows = [existing(edit.plan, activity_id) for activity_id in ids]
    edit.label = _about(rows, N_("Let “{title}” be computed"), N_("Let {count} rows be computed"))
    return [edit.update(row, placement=Placement.COMPUTED, constraint=ConstraintType.ASAP, constraint_date=None) for row in rows]


def _about(rows: list[Activity], one: str, many: str) -> Message:
    return message(one, title=rows[0].title) if len(rows) == 1 else message(many, count=len(rows))


def _has_predecessor(plan: Plan, activity: Activity) -> bool:
    return bool(plan.where(Dependency, "successor", activity.id))


def _shift_pin(edit: Edit, row: Activity, working_days: int, work: WorkTime) -> None:
    """Moves one activity that the scheduler places, by pinning it; of a parent, what is below follows."""
    point = isinstance(row, Milestone)
    moment = row.end if point else row.start
    if moment is None or row.actual_finish is not None:
        return
    moved = at(work.add_working_days(day_of(moment), working_days), minute_of(moment))
    label = edit.label
    _put_at(edit, row, moved)
    edit.label = label


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
