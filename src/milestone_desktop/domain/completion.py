"""The gate of a milestone: what is still open before it counts as reached.

Every kind asks for its own checklist and, where it has acceptance criteria, for the musts among them. On top of that:

* Kickoff: an objective, the scope, agenda done or waived.
* Planning: later milestones have dates and owners, items have dates, no dependencies in a circle, a baseline saved.
* Prototype: an artefact, no undecided feedback.
* Client approval: an approval that stands (with conditions passes, they stay open).
* Launch: required steps done, "go" recorded.
* Review: a lesson, follow-ups have owners.

A gate may be passed all the same with a reason, which is kept as a `GateOverride`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from milestone_desktop.domain.activities import Assignment, Milestone, WorkItem
from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionPriority,
    CriterionResult,
    GoDecisionValue,
    MilestoneKind,
    MilestoneStatus,
    SignOffDecision,
)
from milestone_desktop.domain.gates import (
    AgendaRow,
    Artefact,
    ChecklistEntry,
    Criterion,
    Feedback,
    GoDecision,
    LaunchStep,
    Lesson,
    Objective,
    ScopeLine,
    SignOff,
)
from milestone_desktop.domain.loops import on_a_loop
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline

Row = TypeVar("Row")

_APPROVALS = (SignOffDecision.APPROVED, SignOffDecision.WITH_CONDITIONS)


def open_points(plan: Plan, milestone: Milestone) -> tuple[Message, ...]:
    """What is still open before the milestone counts as reached, one sentence each; nothing where its gate is open."""
    found = [*_checklist(plan, milestone), *_criteria(plan, milestone)]
    of_kind = _GATES.get(milestone.kind)
    if of_kind is not None:
        found += of_kind(plan, milestone)
    return tuple(found)


def _checklist(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    for entry in _ordered(plan, ChecklistEntry, milestone):
        if not entry.done:
            yield message(N_("checklist: {text}"), text=entry.text)


def _criteria(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    for row in _ordered(plan, Criterion, milestone):
        if row.priority is CriterionPriority.MUST and row.result is not CriterionResult.PASS and not row.waived_reason:
            result = Message(row.result.value)
            yield message(N_("criterion {code}, {result}: {text}"), code=row.code, result=result, text=row.text)


def _kickoff(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    if not _ordered(plan, Objective, milestone):
        yield message(N_("no objective is written down"))
    if not _ordered(plan, ScopeLine, milestone):
        yield message(N_("the scope is not written down"))
    for row in _ordered(plan, AgendaRow, milestone):
        if row.state is AgendaState.OPEN:
            yield message(N_("agenda: {text}"), text=row.text)


def _planning(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    milestones = plan.where(Milestone, "project", milestone.project)
    wanted = [row for row in milestones if row.dropped is None and row.status is not MilestoneStatus.COMPLETED]
    later = [row for row in wanted if row.id != milestone.id and _is_later(row, milestone)]
    for row in later:
        if row.end is None:
            yield message(N_("“{title}” has no date"), title=row.title)
    for row in later:
        if row.owner is None:
            yield message(N_("“{title}” has no owner"), title=row.title)
    undated = _undated_items(plan, milestone.project)
    if len(undated) == 1:
        yield message(N_("work item “{title}” has no dates"), title=undated[0].title)
    elif undated:
        yield message(N_("{count} work items have no dates"), count=len(undated))
    looping = on_a_loop(plan, milestone.project)
    if looping is not None:
        yield message(N_("dependencies go in a circle through “{title}”"), title=looping.title)
    if not plan.where(Baseline, "project", milestone.project):
        yield message(N_("no baseline is saved"))


def _prototype(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    if not _ordered(plan, Artefact, milestone):
        yield message(N_("no artefact is shown"))
    for row in _ordered(plan, Feedback, milestone):
        if not row.decision.strip():
            yield message(N_("feedback without a decision: {text}"), text=row.text)


def _approval(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    standing = [row for row in plan.where(SignOff, "milestone", milestone.id) if not row.superseded]
    if not any(row.decision in _APPROVALS for row in standing):
        yield message(N_("no approval is recorded"))


def _launch(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    for row in _ordered(plan, LaunchStep, milestone):
        if row.required and not row.done:
            yield message(N_("launch step: {text}"), text=row.text)
    decisions = sorted(plan.where(GoDecision, "milestone", milestone.id), key=lambda row: (row.decided, row.id))
    if not decisions or decisions[-1].decision is not GoDecisionValue.GO:
        yield message(N_("no “go” is recorded"))


def _review(plan: Plan, milestone: Milestone) -> Iterator[Message]:
    lessons = _ordered(plan, Lesson, milestone)
    if not lessons:
        yield message(N_("no lesson is written down"))
    for row in lessons:
        if row.follow_up is not None and row.owner is None and not plan.where(Assignment, "item", row.follow_up):
            yield message(N_("follow-up without an owner: {text}"), text=row.text)


_GATES = {
    MilestoneKind.KICKOFF: _kickoff,
    MilestoneKind.PLANNING: _planning,
    MilestoneKind.PROTOTYPE: _prototype,
    MilestoneKind.CLIENT_APPROVAL: _approval,
    MilestoneKind.LAUNCH: _launch,
    MilestoneKind.REVIEW: _review,
}


def _is_later(row: Milestone, milestone: Milestone) -> bool:
    """Whether a milestone comes after another, as far as dates tell."""
    return row.end is None or milestone.end is None or row.end >= milestone.end


def _undated_items(plan: Plan, project: int) -> list[WorkItem]:
    """The items that have no items below them and lack a start or an end."""
    items = plan.where(WorkItem, "project", project)
    return [row for row in items if (row.start is None or row.end is None) and not is_parent(plan, row.id)]


def _ordered(plan: Plan, kind: type[Row], milestone: Milestone) -> list[Row]:
    """What belongs to the milestone, in its order."""
    rows: list[Any] = plan.where(kind, "milestone", milestone.id)
    return sorted(rows, key=lambda row: (row.order, row.id))
