"""Copying records with what belongs to them: the structure comes along, what has happened does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain import activities as a
from milestone_desktop.domain import gates as g
from milestone_desktop.domain import projects as p
from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionResult,
    MilestoneStatus,
    Placement,
    StateGroup,
)
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, references, referring
from milestone_desktop.domain.plan import Plan

# What has not happened yet in a copy. Kinds that are missing here and in COPIED record what has happened: they stay behind.
_ACTIVITY = {
    "progress": 0, "actual_start": None, "actual_finish": None, "remaining": None, "stop": None, "resume": None,
    "health_override": None, "health_reason": "", "health_until": None, "source": "",
}  # fmt: skip
CLEARED: dict[type, Mapping[str, Any]] = {
    a.Milestone: _ACTIVITY | {
        "status": MilestoneStatus.NEW, "target": None, "first_target": None, "target_set": None, "target_reason": "",
        "target_calendar": "", "invoiced": None, "paid": None, "dropped": None, "dropped_reason": "", "comment": "",
        "comment_date": None, "recovery": "", "recovery_date": None,
    },
    a.WorkItem: _ACTIVITY | {"logged": 0, "remaining_effort": None},
    g.ChecklistEntry: {"done": False, "done_on": None, "due": None},
    g.Criterion: {
        "result": CriterionResult.NOT_RUN, "tester": None, "tested": None, "round": 1, "note": "", "waived_reason": "",
    },
    g.Meeting: {"held": None, "notes": ""},
    g.AgendaRow: {"state": AgendaState.OPEN, "reason": ""},
    g.LaunchStep: {"planned": None, "done": False},
    g.Artefact: {"link": "", "evidence": None},
}  # fmt: skip
COPIED: frozenset[type] = frozenset(CLEARED) | {
    a.Dependency, a.Relation, a.MilestoneLink, a.Assignment,
    p.Calendar, p.CalendarException, p.WorkflowState, p.View,
    g.Objective, g.ScopeLine, g.RoleLine,
}  # fmt: skip


def copy_records(
    edit: Edit, roots: Iterable[Any], changed: Mapping[int, Mapping[str, Any]], *, exact: bool = False
) -> dict[int, int]:
    """Adds copies of `roots` and of what belongs to them; returns old id → new id.

    A link is copied only if both its ends are. changed: fields set in the copy of a record, by its old id. exact: what
    has happened stays in the copy, too, and so do pins, item numbers and states.
    """
    roots = list(roots)
    found = _structure(edit.plan, roots)
    new_ids = {row.id: edit.new_id() for row in found}
    for row in found:
        fields = {} if exact else dict(CLEARED.get(type(row), {}))
        for name in references(type(row)):
            old = getattr(row, name)
            if old in new_ids and name not in fields:
                fields[name] = new_ids[old]
        if isinstance(row, a.WorkItem) and exact:
            _keep_number_free(edit, fields.get("project", row.project), row.number)
        elif isinstance(row, a.WorkItem):
            project = fields.get("project", row.project)
            fields["number"] = edit.new_item_number(project)
            fields["status"] = _new_state(edit.plan, row, fields)
        if isinstance(row, a.Activity) and row.placement is Placement.PINNED and not exact:
            fields["placement"] = Placement.COMPUTED
        edit.add(replace(row, id=new_ids[row.id], **(fields | dict(changed.get(row.id, {})))))
    return new_ids


def copy_of(row: Any, shift: Callable[[int], int]) -> dict[str, int]:
    """The planned instants of an activity, each put through `shift`, for the `changed` of `copy_records`."""
    names = ("start", "end", "constraint_date", "deadline")
    return {name: shift(moment) for name in names if (moment := getattr(row, name)) is not None}


def _keep_number_free(edit: Edit, project: int, number: int) -> None:
    """Lets the item numbers of a project go on after one that a copy brings along."""
    counter = f"item:{project}"
    edit.plan.counters[counter] = max(number, edit.plan.counters.get(counter, 0))


def _new_state(plan: Plan, row: a.WorkItem, fields: Mapping[str, Any]) -> int:
    """The copy's state: the first that counts as New among those of the same workflow as the item's own state."""
    own: int = fields.get("status", row.status)
    current = plan[p.WorkflowState, row.status]
    states = sorted(plan.where(p.WorkflowState, "project", current.project), key=lambda state: (state.order, state.id))
    first = next((state.id for state in states if state.group is StateGroup.NEW), row.status)
    if own == row.status:
        return first
    copied = plan[p.WorkflowState, own].project
    return next((s.id for s in plan.where(p.WorkflowState, "project", copied) if s.group is StateGroup.NEW), own)


def _structure(plan: Plan, roots: list[Any]) -> list[Any]:
    """The roots and all that belongs to them and is copied, owners before what is theirs."""
    found: dict[int, Any] = {}
    waiting = list(reversed(roots))
    links: list[Any] = []
    while waiting:
        row = waiting.pop()
        if row.id in found:
            continue
        found[row.id] = row
        for kind, field, reference in referring(type(row)):
            if reference.on_delete is OnDelete.CASCADE and kind in COPIED:
                there: list[Any] = plan.where(kind, field, row.id)
                (links if _owners(kind) > 1 and kind not in ACTIVITY_KINDS else waiting).extend(there)
    for link in links:
        owners = [getattr(link, name) for name, ref in references(type(link)).items() if ref.on_delete is OnDelete.CASCADE]
        if all(owner in found for owner in owners):
            found[link.id] = link
    return sorted(found.values(), key=lambda row: (_rank(type(row)), row.id))


def _owners(kind: type) -> int:
    return sum(reference.on_delete is OnDelete.CASCADE for reference in references(kind).values())


def _rank(kind: type) -> int:
    """Workflow states first, so that the copies of items find the copies of their states."""
    return 0 if kind in (p.Project, p.Calendar, p.WorkflowState) else 1
