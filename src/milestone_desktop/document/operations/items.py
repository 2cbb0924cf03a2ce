"""Work items: making them, their status and progress, who works on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.order import order_after, order_before
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Assignment, WorkItem
from milestone_desktop.domain.enums import StateGroup
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState


def item(plan: Plan, item_id: int) -> WorkItem:
    """The work item with that id. Raises PlanError where it is gone or is a milestone."""
    row = existing(plan, item_id)
    if not isinstance(row, WorkItem):
        raise PlanError(N_("“{title}” is a milestone, not a work item."), title=row.title)
    return row


def item_key(plan: Plan, row: WorkItem) -> str:
    """`AUR-12`."""
    return f"{plan[Project, row.project].key}-{row.number}"


def states(plan: Plan, project: int) -> list[WorkflowState]:
    """The workflow states of a project, its own where it has some, in their order."""
    own = plan.where(WorkflowState, "project", project) or plan.where(WorkflowState, "project", None)
    return sorted(own, key=lambda state: (state.order, state.id))


def state_in(plan: Plan, project: int, group: StateGroup) -> WorkflowState:
    """The first state of a project that counts as `group`. Raises PlanError where there is none."""
    for state in states(plan, project):
        if state.group is group:
            return state
    raise PlanError(N_("The workflow has no state that counts as “{group}”."), N_("Add one first."), group=group.value)


def create(
    edit: Edit, project: int, title: str, *, parent: int | None = None,
    after: int | None = None, before: int | None = None, **fields: Any,
) -> WorkItem:  # fmt: skip
    """Adds a work item at the end of `parent`, or right after or before one of its children."""
    edit.label = message(N_("Add work item “{title}”"), title=title.strip())
    order = order_before(edit, project, parent, before)[0] if before is not None else order_after(edit, project, parent, after)[0]
    if "status" not in fields:
        fields["status"] = state_in(edit.plan, project, StateGroup.NEW).id
    number = edit.new_item_number(project)
    row = edit.add(WorkItem(edit.new_id(), project, title.strip(), parent=parent, order=order, number=number, **fields))
    roll_up(edit, [parent])
    return row


def set_status(edit: Edit, item_id: int, state_id: int) -> WorkItem:
    """Sets the workflow state; progress and actual dates follow: a done item is at 100 %, a new one at 0 %."""
    row = item(edit.plan, item_id)
    group = edit.plan[WorkflowState, state_id].group
    edit.label = message(N_("Change status of “{title}”"), title=row.title)
    if group is StateGroup.DONE:
        return edit.update(row, status=state_id, **_done(edit, row))
    if group is StateGroup.NEW:
        return edit.update(row, status=state_id, progress=0, actual_start=None, actual_finish=None)
    started = row.actual_start if row.actual_start is not None else row.start
    return edit.update(row, status=state_id, progress=min(row.progress, 99), actual_start=started, actual_finish=None)


def set_progress(edit: Edit, item_id: int, percent: int) -> WorkItem:
    """Sets the share done, 0–100 percent; the state follows when it leaves New or reaches or leaves Done."""
    row = item(edit.plan, item_id)
    edit.label = message(N_("Change progress of “{title}”"), title=row.title)
    wanted = StateGroup.DONE if percent >= 100 else StateGroup.IN_PROGRESS if percent > 0 else StateGroup.NEW
    current = edit.plan[WorkflowState, row.status].group
    status = row.status if current is wanted else state_in(edit.plan, row.project, wanted).id
    if wanted is StateGroup.DONE:
        return edit.update(row, status=status, **_done(edit, row))
    started = None if wanted is StateGroup.NEW else row.actual_start if row.actual_start is not None else row.start
    return edit.update(row, status=status, progress=percent, actual_start=started, actual_finish=None)


def assign(edit: Edit, item_id: int, people: Iterable[int]) -> None:
    """Makes exactly these people the assignees of an item."""
    row = item(edit.plan, item_id)
    edit.label = message(N_("Assign “{title}”"), title=row.title)
    wanted = dict.fromkeys(people)
    for assignment in edit.plan.where(Assignment, "item", row.id):
        if assignment.person not in wanted:
            edit.remove(assignment)
        wanted.pop(assignment.person, None)
    for person in wanted:
        edit.add(Assignment(edit.new_id(), row.id, person))


def _done(edit: Edit, row: WorkItem) -> dict[str, Any]:
    """What finishing an item sets beside its state. Its planned end is taken as the actual one, or else the end of work
    today where that is earlier."""
    today = at(edit.today, edit.plan[Project, row.project].day_end)
    planned = row.end if row.end is not None else today
    finish = row.actual_finish if row.actual_finish is not None else min(planned, today)
    start = row.actual_start if row.actual_start is not None else row.start
    return {
        "progress": 100,
        "actual_start": min(start, finish) if start is not None else None,
        "actual_finish": finish,
        "remaining": None,
    }
