"""Milestones: making, completing, reopening, duplicating them, and their checklist."""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.copying import copy_records
from milestone_desktop.document.operations.order import order_after, order_before
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import CriterionPriority, MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.instants import Day, Instant
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan


def milestone(plan: Plan, milestone_id: int) -> Milestone:
    """The milestone with that id. Raises PlanError where it is gone or is a work item."""
    row = existing(plan, milestone_id)
    if not isinstance(row, Milestone):
        raise PlanError(N_("“{title}” is a work item, not a milestone."), title=row.title)
    return row


def free_code(plan: Plan, project: int) -> str:
    """The next code `M1`, `M2` … that no milestone of the project has."""
    taken = {row.code for row in plan.where(Milestone, "project", project)}
    number = len(taken) + 1
    while f"M{number}" in taken:
        number += 1
    return f"M{number}"


def create(
    edit: Edit, project: int, title: str, end: Instant | None = None, *, parent: int | None = None,
    after: int | None = None, before: int | None = None, **fields: Any,
) -> Milestone:  # fmt: skip
    """Adds a milestone at the end of `parent`, or right after or before one of its children."""
    edit.label = message(N_("Add milestone “{title}”"), title=title.strip())
    order = order_before(edit, project, parent, before)[0] if before is not None else order_after(edit, project, parent, after)[0]
    fields.setdefault("code", free_code(edit.plan, project))
    row = Milestone(edit.new_id(), project, title.strip(), parent=parent, order=order, end=end, **fields)
    edit.add(row)
    roll_up(edit, [parent])
    return row


def complete(edit: Edit, milestone_id: int, on: Instant) -> Milestone:
    """Marks a milestone as reached at `on`."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Complete “{title}”"), title=row.title)
    return edit.update(row, status=MilestoneStatus.COMPLETED, actual_finish=on)


def reopen(edit: Edit, milestone_id: int) -> Milestone:
    """Takes a milestone's completion back."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Reopen “{title}”"), title=row.title)
    return edit.update(row, status=MilestoneStatus.IN_PROGRESS, actual_finish=None)


def set_status(edit: Edit, milestone_id: int, status: MilestoneStatus, on: Instant) -> Milestone:
    """Sets the status; Completed takes `on` as the actual date, any other takes the actual date away."""
    if status is MilestoneStatus.COMPLETED:
        return complete(edit, milestone_id, on)
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Change status of “{title}”"), title=row.title)
    return edit.update(row, status=status, actual_finish=None)


def drop(edit: Edit, milestone_id: int, reason: str) -> Milestone:
    """Takes a milestone out of progress and health because it is no longer wanted. A reason is needed."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Drop “{title}”"), title=row.title)
    return edit.update(row, dropped=edit.today, dropped_reason=reason.strip())


def duplicate(edit: Edit, milestone_id: int) -> Milestone:
    """A copy right after the milestone, with its checklist and panels; status, actuals, target and results are cleared."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Duplicate “{title}”"), title=row.title)
    order = order_after(edit, row.project, row.parent, row.id)[0]
    copies = copy_records(edit, [row], {})
    twin = milestone(edit.plan, copies[row.id])
    return edit.update(twin, code=free_code(edit.plan, row.project), order=order)


def add_checklist_entry(edit: Edit, milestone_id: int, text: str, **fields: Any) -> ChecklistEntry:
    """Adds a line to the end of a milestone's checklist."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Add “{text}” to the checklist of “{title}”"), text=text.strip(), title=row.title)
    last = max((entry.order for entry in edit.plan.where(ChecklistEntry, "milestone", row.id)), default=0.0)
    return edit.add(ChecklistEntry(edit.new_id(), row.id, text.strip(), order=last + 1, **fields))


def tick(edit: Edit, entry_id: int, done: bool, on: Day) -> ChecklistEntry:
    """Ticks a checklist line off, or takes the tick away."""
    entry = edit.plan[ChecklistEntry, entry_id]
    edit.label = message(N_("Tick off “{text}”") if done else N_("Take back tick of “{text}”"), text=entry.text)
    return edit.update(entry, done=done, done_on=on if done else None)


def add_criterion(
    edit: Edit, milestone_id: int, text: str, priority: CriterionPriority = CriterionPriority.MUST, **fields: Any
) -> Criterion:
    """Adds an acceptance criterion; its code counts up within the milestone."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Add criterion “{text}” to “{title}”"), text=text.strip(), title=row.title)
    there = edit.plan.where(Criterion, "milestone", row.id)
    taken = {criterion.code for criterion in there}
    number = len(there) + 1
    while f"C-{number}" in taken:
        number += 1
    last = max((criterion.order for criterion in there), default=0.0)
    return edit.add(Criterion(edit.new_id(), row.id, f"C-{number}", text.strip(), order=last + 1, priority=priority, **fields))
