"""The scheduler inside an edit: what a computed project's rows move to joins the change-set, marked derived.

Only edits that alter what a schedule is made of run it: renaming moves nothing, even where a newer engine would give
other dates. Those are listed by `differences`. The engine is imported where it runs: what computes nothing needs no numpy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from milestone_desktop.document.demands import check_demands
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.kept_schedule import KeptSchedule
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import OF_DURATION
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.domain.worktime import WorkTimes

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Move:
    """An activity that would move. working_days: signed, from the old end to the new one, None where one is missing; row: the
    activity as it stood before."""

    activity: int
    title: str
    old_start: Instant | None
    old_end: Instant | None
    new_start: Instant | None
    new_end: Instant | None
    working_days: int | None
    row: Activity

    @property
    def project(self) -> int:
        return self.row.project

    @property
    def milestone(self) -> bool:
        return isinstance(self.row, Milestone)


def recompute(edit: Edit, kept: KeptSchedule | None = None) -> Schedule | None:
    """Schedules the computed projects where the edit so far concerns the schedule, and checks what the edit demands.

    kept: the schedule from before the edit, to go on from. Gives that of the plan as it now stands, None where none was
    made. Raises PlanError where a demanded date cannot be had, naming what stands before it, and where nothing can be
    scheduled.
    """
    computed = {row.id for row in edit.plan.all(Project) if is_computed(row)}
    if not computed:
        return None
    from milestone_desktop.scheduling.patching import concerns
    from milestone_desktop.scheduling.schedule import ROUNDS, compute

    if not edit.reschedule and not any(concerns(change) for change in edit.changes().changes):
        return None
    schedule = compute(edit.plan) if kept is None else kept.after(edit.plan, edit.changes().changes)
    for _ in range(ROUNDS):
        if not _take_over(edit, schedule, computed):
            break
        schedule = compute(edit.plan, known=schedule.network)
    check_demands(edit.plan, schedule, edit.demands)
    return schedule


def _take_over(edit: Edit, schedule: Schedule, computed: set[int]) -> bool:
    """Writes the dates of a schedule into the plan; true where they make another one necessary: lags in percent of the
    duration of a parent, which only the schedule tells."""
    from milestone_desktop.scheduling.patching import put_record

    network, times = schedule.network, WorkTimes(edit.plan)
    for place, start in _found_starts(schedule, computed):
        network.projects[place] = edit.update(network.projects[place], derived=True, start=start)
    longer = set()
    for row, fields in _placed(edit.plan, schedule, computed, times):
        changed = edit.update(row, derived=True, **fields)
        put_record(network, changed)
        if changed.duration != row.duration:
            longer.add(row.id)
    return bool(longer) and any(
        link.predecessor in longer for link in edit.plan.all(Dependency) if link.lag and link.lag_unit in OF_DURATION
    )


def differences(plan: Plan, schedule: Schedule | None = None) -> list[Move]:
    """What the scheduler would move in the computed projects as they stand: after an update, or in a damaged file.

    schedule: that of the plan, where it is known already. Raises PlanError where the plan cannot be scheduled.
    """
    computed = {row.id for row in plan.all(Project) if is_computed(row)}
    if not computed:
        return []
    from milestone_desktop.scheduling.schedule import compute

    times = WorkTimes(plan)
    return [
        move_of(row, fields.get("start", row.start), fields.get("end", row.end), times)
        for row, fields in _placed(plan, schedule or compute(plan), computed, times)
    ]


def _found_starts(schedule: Schedule, computed: set[int]) -> Iterator[tuple[int, Instant]]:
    """The places of computed projects without a start, and where the scheduler lets them begin. It is written down, or
    moving what comes first would move the beginning, and so everything that begins with the project."""
    starts = schedule.network.project_start.tolist()
    for place, project in enumerate(schedule.network.projects):
        if project.id in computed and project.start is None and starts[place] >= 0:
            yield place, starts[place]


def _placed(plan: Plan, schedule: Schedule, computed: set[int], times: WorkTimes) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Each activity of a computed project whose stored dates are not those of the schedule, with the fields to set."""
    starts, finishes = schedule.start.tolist(), schedule.finish.tolist()
    for kind in (Milestone, WorkItem):
        for row in list(plan.all(kind)):
            place = schedule.row_of.get(row.id)
            if row.project not in computed or place is None:
                continue
            start, end = starts[place], finishes[place]
            if isinstance(row, Milestone):
                if row.end != end and row.actual_finish is None:
                    yield row, {"end": end, "start": _window(row, end, times)}
            elif isinstance(row, WorkItem) and (row.start, row.end) != (start, end):
                yield row, {"start": start, "end": end} | _span_length(plan, schedule, row, place)


def _window(row: Milestone, end: Instant, times: WorkTimes) -> Instant | None:
    """Where a milestone's window opens when its date moves to `end`: the same working time before it."""
    if row.start is None or row.end is None:
        return row.start if row.start is None or row.start <= end else end
    work = times.of_activity(row)
    return work.subtract(end, max(0, work.minutes_between(row.start, row.end)))


def _span_length(plan: Plan, schedule: Schedule, row: WorkItem, place: int) -> dict[str, Any]:
    return {"duration": int(schedule.duration[place])} if is_parent(plan, row.id) else {}


def move_of(row: Activity, start: Instant | None, end: Instant | None, times: WorkTimes) -> Move:
    """The move of an activity from where it stands to other dates."""
    days = None
    if row.end is not None and end is not None:
        days = times.of_activity(row).working_days(day_of(row.end), day_of(end))
    return Move(row.id, row.title, row.start, row.end, start, end, days, row)
