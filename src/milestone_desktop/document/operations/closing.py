"""Closing a project: each open end is completed, dropped or carried over, then the project is archived. One edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, items, log, milestones, projects, sign_offs
from milestone_desktop.document.operations.order import order_after
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.billing import BillState, bill_state
from milestone_desktop.domain.closing import End, OpenEnd, Way, open_ends
from milestone_desktop.domain.enums import LogType, ProjectStatus, StateGroup
from milestone_desktop.domain.gates import SignOff, SignOffCondition
from milestone_desktop.domain.health import status_date
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.outline import children
from milestone_desktop.domain.projects import Project, WorkflowState

REASON = "closed with its project"

Choices = Mapping[tuple[End, int], Way]


def close(edit: Edit, project_id: int, choices: Choices, target: int | None = None) -> Project:
    """Does with each open end what was chosen, and archives the project.

    target: the project that things are carried over to. Raises PlanError where something has no choice, and where things
    are to be carried over nowhere, or to a project that is archived itself.
    """
    row = projects.project(edit.plan, project_id)
    ends = open_ends(edit.plan, row.id)
    undecided = [end for end in ends if (end.end, end.id) not in choices]
    if undecided:
        raise PlanError(N_("“{text}” is still open."), N_("Complete it, drop it or carry it over."), text=str(undecided[0].text))
    if any(choices[end.end, end.id] is Way.CARRY_OVER for end in ends):
        _check_target(edit, row, target)
    for end in ends:
        _deal_with(edit, row, end, choices[end.end, end.id], target or 0)
    edit.label = message(N_("Close project “{title}”"), title=row.title)
    return edit.update(row, status=ProjectStatus.ARCHIVED)


def reopen(edit: Edit, project_id: int) -> Project:
    """Takes a project out of the archive."""
    row = projects.project(edit.plan, project_id)
    edit.label = message(N_("Take “{title}” out of the archive"), title=row.title)
    return edit.update(row, status=ProjectStatus.ACTIVE)


def _check_target(edit: Edit, row: Project, target: int | None) -> None:
    there = edit.plan.get(Project, target)
    if there is None or there.id == row.id:
        raise PlanError(N_("Nothing can be carried over without another project."), N_("Choose the project that takes it."))
    if there.status is ProjectStatus.ARCHIVED:
        raise PlanError(N_("“{title}” is archived itself."), N_("Choose another project."), title=there.title)


def _deal_with(edit: Edit, project: Project, end: OpenEnd, way: Way, target: int) -> None:
    match end.end:
        case End.MILESTONE:
            _milestone(edit, project, edit.plan[Milestone, end.id], way, target)
        case End.ITEM:
            _item(edit, edit.plan[WorkItem, end.id], way, target)
        case End.INVOICE:
            _invoice(edit, edit.plan[Milestone, end.id], way, target)
        case End.CONDITION:
            _condition(edit, edit.plan[SignOffCondition, end.id], way, target)
        case End.LOG:
            _entry(edit, end.id, way, target)


def _milestone(edit: Edit, project: Project, row: Milestone, way: Way, target: int) -> None:
    if way is Way.COMPLETE:
        milestones.complete(edit, row.id, at(status_date(project, edit.today), project.day_end), override=REASON)
    elif way is Way.DROP:
        milestones.drop(edit, row.id, REASON)
    else:
        _carry(edit, row, target, code=milestones.free_code(edit.plan, target))


def _item(edit: Edit, row: WorkItem, way: Way, target: int) -> None:
    if way is Way.COMPLETE:
        items.set_progress(edit, row.id, 100)
    elif way is Way.DROP:
        activities.delete(edit, [row.id])
    else:
        group = edit.plan[WorkflowState, row.status].group
        state = items.state_in(edit.plan, target, group if group is not StateGroup.DONE else StateGroup.NEW)
        _carry(edit, row, target, number=edit.new_item_number(target), status=state.id)


def _carry(edit: Edit, row: Activity, target: int, **fields: Any) -> None:
    """Moves an activity to the top level of another project; what stood below it in the outline stays behind, one up."""
    for child in children(edit.plan, row.project, row.id):
        edit.update(child, parent=row.parent)
    order = order_after(edit, target, None, None)[0]
    edit.update(row, project=target, parent=None, order=order, **fields)


def _invoice(edit: Edit, row: Milestone, way: Way, target: int) -> None:
    if way is Way.COMPLETE:
        field = "invoiced" if bill_state(row) is BillState.READY else "paid"
        activities.set_fields(edit, [row.id], **{field: edit.today})
        if field == "invoiced":
            activities.set_fields(edit, [row.id], paid=edit.today)
    else:
        if way is Way.CARRY_OVER:
            log.create(edit, target, f"Bill “{row.title}”: {(row.amount or 0) / 100:,.2f} {row.currency}".strip(), LogType.ACTION)
        edit.update(row, amount=None)


def _condition(edit: Edit, row: SignOffCondition, way: Way, target: int) -> None:
    milestone = edit.plan[Milestone, edit.plan[SignOff, row.sign_off].milestone]
    if way is Way.CARRY_OVER:
        log.create(edit, target, row.text, LogType.ACTION, owner=row.owner, due=row.due)
    elif way is Way.DROP:
        log.create(
            edit, milestone.project, f"Condition dropped: {row.text}", LogType.DECISION, [milestone.id], response=REASON,
            state=log.CLOSED,
        )  # fmt: skip
    sign_offs.change_condition(edit, row.id, done=True)


def _entry(edit: Edit, entry_id: int, way: Way, target: int) -> None:
    if way is Way.CARRY_OVER:
        log.move_to_project(edit, entry_id, target)
    elif way is Way.DROP:
        log.remove(edit, entry_id)
    else:
        log.change(edit, entry_id, state=log.CLOSED)
