"""The gate of a milestone: what is still open before it counts as reached.

Every kind asks for its own checklist and, where it has acceptance criteria, for the musts among them. On top of that:

* Kickoff: an objective, the scope, agenda done or waived.
* Planning: later milestones have dates and owners, items have dates, no dependencies in a circle, a baseline saved.
* Prototype: an artefact, no undecided feedback.
* Client approval: an approval that stands (with conditions passes, they stay open) and whose snapshot is whole.
* Launch: required steps done, "go" recorded.
* Review: a lesson, follow-ups have owners.

A gate may be passed all the same with a reason, which is kept as a `GateOverride`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from milestone_desktop.domain.activities import Assignment, Milestone, WorkItem
from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionPriority,
    CriterionResult,
    GoDecisionValue,
    MilestoneKind,
    MilestoneStatus,
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
from milestone_desktop.domain.sign_off import APPROVALS, is_whole, standing

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a gate asks for. text: what, with how far it is; open: what of it is still to do, nothing once it is
    met; about: the kind of record that it looks at; rows: the ids of those that the open points are about, one each, where
    there are such."""

    text: Message
    open: tuple[Message, ...] = ()
    about: type | None = None
    rows: tuple[int, ...] = ()


def conditions(plan: Plan, milestone: Milestone) -> tuple[Condition, ...]:
    """All that the gate of a milestone asks for, met or not; nothing where it asks for nothing."""
    found = [*_checklist(plan, milestone), *_criteria(plan, milestone)]
    of_kind = _GATES.get(milestone.kind)
    if of_kind is not None:
        found += of_kind(plan, milestone)
    return tuple(found)


def open_points(plan: Plan, milestone: Milestone) -> tuple[Message, ...]:
    """What is still open before the milestone counts as reached, one sentence each; nothing where its gate is open."""
    return tuple(point for condition in conditions(plan, milestone) for point in condition.open)


def _checklist(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    entries = ordered(plan, ChecklistEntry, milestone.id)
    if entries:
        undone = [entry for entry in entries if not entry.done]
        told = message(N_("checklist: {done} of {all} done"), done=len(entries) - len(undone), all=len(entries))
        points = tuple(message(N_("checklist: {text}"), text=entry.text) for entry in undone)
        yield Condition(told, points, ChecklistEntry, _ids(undone))


def _criteria(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    musts = [row for row in ordered(plan, Criterion, milestone.id) if row.priority is CriterionPriority.MUST]
    if musts:
        waiting = [row for row in musts if row.result is not CriterionResult.PASS and not row.waived_reason]
        told = N_("must-criteria: {done} of {all} passed or waived")
        yield Condition(
            message(told, done=len(musts) - len(waiting), all=len(musts)),
            tuple(
                message(N_("criterion {code}, {result}: {text}"), code=row.code, result=Message(row.result.value), text=row.text)
                for row in waiting
            ),
            Criterion,
            _ids(waiting),
        )


def _kickoff(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    yield _some(plan, milestone, Objective, N_("an objective is written down"), N_("no objective is written down"))
    yield _some(plan, milestone, ScopeLine, N_("the scope is written down"), N_("the scope is not written down"))
    agenda = [row for row in ordered(plan, AgendaRow, milestone.id) if row.state is AgendaState.OPEN]
    points = tuple(message(N_("agenda: {text}"), text=row.text) for row in agenda)
    yield Condition(message(N_("the agenda is done or waived")), points, AgendaRow, _ids(agenda))


def readiness(plan: Plan, milestone: Milestone) -> tuple[Condition, ...]:
    """Whether a plan is ready, worked out from what stands in it."""
    return tuple(_planning(plan, milestone))


def _planning(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    later = _later_milestones(plan, milestone)
    dateless = tuple(message(N_("“{title}” has no date"), title=row.title) for row in later if row.end is None)
    yield Condition(message(N_("later milestones have dates")), dateless, Milestone)
    ownerless = tuple(message(N_("“{title}” has no owner"), title=row.title) for row in later if row.owner is None)
    yield Condition(message(N_("later milestones have owners")), ownerless, Milestone)
    yield Condition(message(N_("work items have dates")), tuple(_without_dates(plan, milestone.project)), WorkItem)
    looping = on_a_loop(plan, milestone.project)
    circle = () if looping is None else (message(N_("dependencies go in a circle through “{title}”"), title=looping.title),)
    yield Condition(message(N_("no dependencies go in a circle")), circle)
    saved = () if plan.where(Baseline, "project", milestone.project) else (message(N_("no baseline is saved")),)
    yield Condition(message(N_("a baseline is saved")), saved, Baseline)


def _prototype(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    yield _some(plan, milestone, Artefact, N_("an artefact is shown"), N_("no artefact is shown"))
    undecided = [row for row in ordered(plan, Feedback, milestone.id) if not row.decision.strip()]
    yield Condition(
        message(N_("feedback is decided on")),
        tuple(message(N_("feedback without a decision: {text}"), text=row.text) for row in undecided),
        Feedback,
        _ids(undecided),
    )


def _approval(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    rows = standing(plan, milestone)
    if not rows:
        still_open: tuple[Message, ...] = (message(N_("no approval is recorded")),)
    elif rows[-1].decision not in APPROVALS:
        still_open = (message(N_("{approver} rejected it"), approver=rows[-1].approver),)
    elif not is_whole(rows[-1]):
        still_open = (message(N_("the record of what {approver} approved was altered"), approver=rows[-1].approver),)
    else:
        still_open = ()
    yield Condition(message(N_("an approval is recorded")), still_open, SignOff)


def _launch(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    required = [row for row in ordered(plan, LaunchStep, milestone.id) if row.required]
    undone = [row for row in required if not row.done]
    told = message(N_("required launch steps: {done} of {all} done"), done=len(required) - len(undone), all=len(required))
    yield Condition(told, tuple(message(N_("launch step: {text}"), text=row.text) for row in undone), LaunchStep, _ids(undone))
    decision = last_decision(plan, milestone)
    go = decision is not None and decision.decision is GoDecisionValue.GO
    yield Condition(message(N_("“go” is recorded")), () if go else (message(N_("no “go” is recorded")),), GoDecision)


def _review(plan: Plan, milestone: Milestone) -> Iterator[Condition]:
    lessons = ordered(plan, Lesson, milestone.id)
    yield _some(plan, milestone, Lesson, N_("a lesson is written down"), N_("no lesson is written down"))
    ownerless = [
        row for row in lessons
        if row.follow_up is not None and row.owner is None and not plan.where(Assignment, "item", row.follow_up)
    ]  # fmt: skip
    yield Condition(
        message(N_("follow-ups have owners")),
        tuple(message(N_("follow-up without an owner: {text}"), text=row.text) for row in ownerless),
        Lesson,
        _ids(ownerless),
    )


def _ids(rows: Iterable[Any]) -> tuple[int, ...]:
    return tuple(row.id for row in rows)


def _some(plan: Plan, milestone: Milestone, kind: type, met: str, missing: str) -> Condition:
    return Condition(message(met), () if ordered(plan, kind, milestone.id) else (message(missing),), kind)


def last_decision(plan: Plan, milestone: Milestone) -> GoDecision | None:
    """The go or no-go that counts: the latest one."""
    rows = plan.where(GoDecision, "milestone", milestone.id)
    return max(rows, key=lambda row: (row.decided, row.id), default=None)


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


def _later_milestones(plan: Plan, milestone: Milestone) -> list[Milestone]:
    rows = plan.where(Milestone, "project", milestone.project)
    wanted = [row for row in rows if row.dropped is None and row.status is not MilestoneStatus.COMPLETED]
    return [row for row in wanted if row.id != milestone.id and _is_later(row, milestone)]


def _without_dates(plan: Plan, project: int) -> Iterator[Message]:
    """The items that have no items below them and lack a start or an end; counted where there are several."""
    items = plan.where(WorkItem, "project", project)
    undated = [row for row in items if (row.start is None or row.end is None) and not is_parent(plan, row.id)]
    if len(undated) == 1:
        yield message(N_("work item “{title}” has no dates"), title=undated[0].title)
    elif undated:
        yield message(N_("{count} work items have no dates"), count=len(undated))


def ordered(plan: Plan, kind: type[Row], milestone: int) -> list[Row]:
    """What of a kind belongs to a milestone, in its order."""
    rows: list[Any] = plan.where(kind, "milestone", milestone)
    return sorted(rows, key=lambda row: (row.order, row.id))
