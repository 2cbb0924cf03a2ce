"""Ways out of a conflict between dates and links, and of a date that was refused: each is one edit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from milestone_desktop.document.demands import DateRefusedError
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, dependencies
from milestone_desktop.document.operations.activities import existing, set_fields
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.enums import ConstraintType, Placement, ProjectStatus
from milestone_desktop.domain.instants import Instant, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.domain.worktime import WorkTimes

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule
    from milestone_desktop.scheduling.slack import Conflict

HOLDING = {
    ConstraintType.SNLT: "start",
    ConstraintType.MSO: "start",
    ConstraintType.FNLT: "end",
    ConstraintType.MFO: "end",
}
"""The constraints that keep an activity before its predecessors, and which of its ends they hold."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """label: what the person would do; action: does it within an edit. Raises PlanError where that can no longer be done."""

    label: Message
    action: Callable[[Edit], object]


def remedies(plan: Plan, conflict: Conflict, schedule: Schedule | None = None) -> list[Remedy]:
    """What would resolve a conflict, the gentlest first; the last one takes the link away. Empty where it has gone. A link to
    an archived project stays as it is, since such a project is only read.

    schedule: that of the plan, if it is at hand. Raises PlanError where the plan cannot be scheduled.
    """
    link = plan.get(Dependency, conflict.dependency)
    after, before = plan.activity(conflict.successor), plan.activity(conflict.predecessor)
    if link is None or after is None or before is None:
        return []
    if schedule is None:
        from milestone_desktop.scheduling.schedule import compute

        schedule = compute(plan)
    closed = plan[Project, after.project].status is ProjectStatus.ARCHIVED
    perhaps = [pair for pair in _perhaps(plan, before, link) if not closed or pair[1].id != link.id]
    found = [] if closed else _of_successor(plan, after, conflict, schedule)
    found += [remedy for remedy, changed in perhaps if _resolves(plan, conflict, changed, schedule)]
    if closed:
        return found
    ends = [existing(plan, row_id).title for row_id in (link.predecessor, link.successor)]
    label = message(N_("Remove link “{before}” to “{after}”"), before=ends[0], after=ends[1])
    return [*found, _remedy(label, lambda edit: dependencies.remove(edit, link.id))]


def instead(plan: Plan, refused: DateRefusedError) -> Remedy | None:
    """How to have a date that was refused all the same: by fixing it. None where that would not help."""
    demand = refused.demand
    activity = plan.activity(demand.activity)
    if activity is None or not refused.fixable:
        return None

    def fix_there(edit: Edit) -> None:
        dates.fix(edit, [demand.activity])
        _move(edit, demand.activity, demand.moment)

    return _remedy(message(N_("Fix the date of “{title}”"), title=activity.title), fix_there)


def _remedy(label: Message, act: Callable[[Edit], object]) -> Remedy:
    def action(edit: Edit) -> None:
        act(edit)
        edit.label = label

    return Remedy(label, action)


def _of_successor(plan: Plan, after: Activity, conflict: Conflict, schedule: Schedule) -> list[Remedy]:
    """What the activity that is too early could do: move to where the link allows it, or let itself be computed."""
    earliest = _earliest(plan, after, conflict, schedule)
    computed = is_computed(plan[Project, after.project])
    if not computed or after.placement is Placement.FIXED:
        found = [_remedy(_to(N_("Move “{title}” to {date}"), after, earliest), lambda edit: _move(edit, after.id, earliest))]
        if computed:
            label = message(N_("Let “{title}” be computed"), title=after.title)
            found.append(_remedy(label, lambda edit: dates.release(edit, [after.id])))
        return found
    if after.constraint not in HOLDING:
        return []
    moment = _end(plan, after, earliest) if HOLDING[after.constraint] == "end" else earliest
    move = _to(N_("Move the constraint of “{title}” ({type}) to {date}"), after, moment)
    drop = message(N_("Take the constraint ({type}) away from “{title}”"), title=after.title, type=after.constraint.value)
    return [
        _remedy(move, lambda edit: set_fields(edit, [after.id], constraint_date=moment)),
        _remedy(drop, lambda edit: set_fields(edit, [after.id], constraint=ConstraintType.ASAP, constraint_date=None)),
    ]


def _perhaps(plan: Plan, before: Activity, link: Dependency) -> list[tuple[Remedy, Activity | Dependency]]:
    """What may help, depending on the rest of the plan, and the record as it would be then: the predecessor let go, the lag
    left out."""
    found: list[tuple[Remedy, Activity | Dependency]] = []
    if before.placement is not Placement.COMPUTED and is_computed(plan[Project, before.project]):
        label = message(N_("Let “{title}” be computed"), title=before.title)
        free = replace(before, placement=Placement.COMPUTED, constraint=ConstraintType.ASAP, constraint_date=None)
        found.append((_remedy(label, lambda edit: dates.release(edit, [before.id])), free))
    if link.lag > 0:
        ends = [existing(plan, row_id).title for row_id in (link.predecessor, link.successor)]
        label = message(N_("Take the lag out of link “{before}” to “{after}”"), before=ends[0], after=ends[1])
        found.append((_remedy(label, lambda edit: dependencies.change(edit, link.id, lag=0)), replace(link, lag=0)))
    return found


def _resolves(plan: Plan, conflict: Conflict, changed: Activity | Dependency, schedule: Schedule) -> bool:
    """Whether the link is kept once a record is changed, tried on a copy."""
    from milestone_desktop.scheduling.schedule import compute

    trial = plan.copy()
    trial.put(changed)
    found = compute(trial, known=schedule.network)
    return all(other.dependency != conflict.dependency for other in found.conflicts)


def _earliest(plan: Plan, after: Activity, conflict: Conflict, schedule: Schedule) -> Instant:
    """Where the link lets the successor begin; a milestone, where it lets it be."""
    start = schedule.dates(after.id)[0]
    if not isinstance(after, Milestone) and after.duration_unit.startswith("e"):
        return start + conflict.minutes
    work = WorkTimes(plan).of_activity(after)
    moved = work.add(start, conflict.minutes)
    return moved if isinstance(after, Milestone) else work.next_start(moved)


def _end(plan: Plan, after: Activity, start: Instant) -> Instant:
    if isinstance(after, Milestone):
        return start
    if after.duration_unit.startswith("e"):
        return start + after.duration
    return WorkTimes(plan).of_activity(after).add(start, after.duration)


def _move(edit: Edit, activity_id: int, moment: Instant) -> None:
    activity = existing(edit.plan, activity_id)
    (dates.set_end if isinstance(activity, Milestone) else dates.set_start)(edit, activity_id, moment)


def _to(text: str, row: Activity, moment: Instant) -> Message:
    return message(text, title=row.title, date=day_to_iso(day_of(moment)), type=row.constraint.value)
