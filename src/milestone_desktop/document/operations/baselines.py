"""Baselines: keeping copies of the planned dates, repairing a row of one, and putting one in force."""

from __future__ import annotations

from collections.abc import Collection

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.targets import keep, promise
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, BaselineRepair, Project
from milestone_desktop.tracking.baselines import BaselineContent, BaselineRow, content_of, pack
from milestone_desktop.tracking.variance import rows_of


def baseline(plan: Plan, baseline_id: int) -> Baseline:
    """The baseline with that id. Raises PlanError where it is gone."""
    row = plan.get(Baseline, baseline_id)
    if row is None:
        raise PlanError(N_("This baseline is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return row


def baselines_of(plan: Plan, project: int) -> list[Baseline]:
    """The baselines of a project, the oldest first."""
    return sorted(plan.where(Baseline, "project", project), key=lambda row: (row.number, row.id))


def baseline_named(plan: Plan, project: int, name: str) -> Baseline:
    """The baseline that a person names; capitals make no difference. Raises PlanError naming those that there are."""
    rows = baselines_of(plan, project)
    wanted = name.strip()
    found = [row for row in rows if row.name == wanted] or [row for row in rows if row.name.casefold() == wanted.casefold()]
    if found:
        return found[-1]
    if not rows:
        raise PlanError(N_("There is no baseline “{name}”; the project has none."), N_("Set one first."), name=wanted)
    names = ", ".join(f"“{row.name}”" for row in rows)
    raise PlanError(N_("There is no baseline “{name}”."), N_("The project has {names}."), name=wanted, names=names)


def free_name(plan: Plan, project: int) -> str:
    """`Baseline 1`, `Baseline 2` …: the next that no baseline of the project is called."""
    taken = {row.name for row in plan.where(Baseline, "project", project)}
    number = len(taken) + 1
    while f"Baseline {number}" in taken:
        number += 1
    return f"Baseline {number}"


def save(edit: Edit, project: int, name: str, note: str = "", *, ids: Collection[int] | None = None) -> Baseline:
    """Keeps the planned dates of a project as they stand, with its calendars. ids: of these activities only.

    Raises PlanError where another baseline of the project has that name, and where there is nothing to keep.
    """
    wanted = name.strip()
    edit.label = message(N_("Set baseline “{name}”"), name=wanted)
    there = edit.plan.where(Baseline, "project", project)
    if any(row.name.casefold() == wanted.casefold() for row in there):
        raise PlanError(N_("The project has a baseline “{name}” already."), N_("Choose another name."), name=wanted)
    content = content_of(edit.plan, project, ids)
    if not content.rows:
        raise PlanError(N_("There is nothing to keep in a baseline."), N_("Add milestones or work items first."))
    number = max((row.number for row in there), default=0) + 1
    return edit.add(Baseline(edit.new_id(), project, wanted, number, edit.now, edit.attach(pack(content)), note=note))


def save_and_use(edit: Edit, project: int, name: str, note: str = "") -> Baseline:
    """Keeps the planned dates as they stand and makes them the promised ones."""
    row = save(edit, project, name, note)
    put_in_force(edit, row.id, content_of(edit.plan, project))
    return edit.plan[Baseline, row.id]


def put_in_force(edit: Edit, baseline_id: int, content: BaselineContent) -> Baseline:
    """Makes a baseline the one that targets come from: each milestone in it takes its date there as target.

    content: what `tracking.baselines.unpack` gives of the baseline; `tracking.variance.targets_of` lists what would change.
    """
    row = baseline(edit.plan, baseline_id)
    edit.label = message(N_("Put baseline “{name}” in force"), name=row.name)
    for other in edit.plan.where(Baseline, "project", row.project):
        edit.update(other, in_force=other.id == row.id)
    kept = _kept_calendar(edit, row, content)
    for milestone_id, dates in rows_of(content, edit.plan.where(BaselineRepair, "baseline", row.id)).items():
        milestone = edit.plan.get(Milestone, milestone_id)
        if milestone is not None and dates.end is not None and milestone.dropped is None:
            promise(edit, milestone, dates.end, row.name, calendar=kept)
    return edit.plan[Baseline, row.id]


def take_out_of_force(edit: Edit, baseline_id: int) -> Baseline:
    """Lets no baseline be in force; the targets stay."""
    row = baseline(edit.plan, baseline_id)
    edit.label = message(N_("Take baseline “{name}” out of force"), name=row.name)
    return edit.update(row, in_force=False)


def repair(
    edit: Edit, baseline_id: int, activity_id: int, start: Instant | None, end: Instant | None, duration: int, reason: str
) -> BaselineRepair:
    """Corrects a row of a baseline, or adds one for an activity that came later; what was kept stays beside it.

    A milestone's target follows where the baseline is in force. Raises PlanError without a reason.
    """
    row, activity = baseline(edit.plan, baseline_id), existing(edit.plan, activity_id)
    edit.label = message(N_("Repair “{title}” in baseline “{name}”"), title=activity.title, name=row.name)
    if not reason.strip():
        raise PlanError(N_("A row of a baseline is repaired with a reason."), N_("Say what was wrong with it."))
    if activity.project != row.project:
        raise PlanError(
            N_("“{title}” belongs to another project."), N_("Choose a row of the same project."), title=activity.title
        )
    if start is not None and end is not None and end < start:
        raise PlanError(N_("“{title}” cannot end before it starts."), N_("Choose a later end."), title=activity.title)
    found = edit.add(BaselineRepair(edit.new_id(), row.id, activity.id, start, end, duration, reason.strip(), edit.now))
    if row.in_force and isinstance(activity, Milestone) and activity.dropped is None:
        promise(edit, activity, end, reason.strip(), calendar=activity.target_calendar)
    return found


def rename(edit: Edit, baseline_id: int, name: str) -> Baseline:
    """Gives a baseline another name."""
    row = baseline(edit.plan, baseline_id)
    edit.label = message(N_("Rename baseline “{name}”"), name=row.name)
    return edit.update(row, name=name.strip())


def delete(edit: Edit, baseline_id: int) -> None:
    """Deletes a baseline with its repairs; targets that came from it stay."""
    row = baseline(edit.plan, baseline_id)
    edit.label = message(N_("Delete baseline “{name}”"), name=row.name)
    edit.remove(row)


def row_now(plan: Plan, activity_id: int) -> BaselineRow:
    """The dates of an activity as they stand, as a row of a baseline."""
    row = existing(plan, activity_id)
    return BaselineRow(row.start, row.end, row.duration)


def _kept_calendar(edit: Edit, row: Baseline, content: BaselineContent) -> str:
    """The digest of the project's calendar as the baseline kept it; as it stands where the baseline kept none."""
    if not content.calendars:
        return keep(edit, edit.plan, edit.plan[Project, row.project].calendar)
    ids = [calendar.id for calendar in content.calendars]
    own = content.calendar if content.calendar in ids else None
    stands = edit.plan[Project, row.project].calendar
    chosen = own if own is not None else stands if stands in ids else min(ids)
    return keep(edit, content.calendar_plan(), chosen)
