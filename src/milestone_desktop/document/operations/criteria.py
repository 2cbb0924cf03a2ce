"""Test rounds of acceptance criteria, and criteria that are waived."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.enums import CriterionResult
from milestone_desktop.domain.gates import Criterion, CriterionRun
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan


def current_round(plan: Plan, milestone_id: int) -> int:
    """The number of the round that is going on, from 1."""
    return max((row.round for row in plan.where(Criterion, "milestone", milestone_id)), default=1)


def new_round(edit: Edit, milestone_id: int) -> int:
    """Begins the next test round and returns its number: results go on record, every criterion is Not Run again.

    Raises PlanError where there are no criteria, or where the round has no result yet.
    """
    row = milestone(edit.plan, milestone_id)
    criteria = ordered(edit.plan, Criterion, row.id)
    if not criteria:
        raise PlanError(N_("There is nothing to test yet."), N_("Add acceptance criteria first."))
    number = current_round(edit.plan, row.id)
    if all(one.result is CriterionResult.NOT_RUN for one in criteria):
        raise PlanError(
            N_("Round {number} has no results yet."), N_("Note its results before the next one begins."), number=number
        )
    edit.label = message(N_("Begin test round {number} of “{title}”"), number=number + 1, title=row.title)
    for one in criteria:
        edit.add(CriterionRun(edit.new_id(), one.id, one.round, one.result, one.tester, one.tested, one.note))
        edit.update(one, result=CriterionResult.NOT_RUN, tester=None, tested=None, note="", round=number + 1)
    return number + 1


def waive(edit: Edit, criterion_id: int, reason: str) -> Criterion:
    """Does without a criterion, with a reason; an empty one takes that back."""
    row = edit.plan[Criterion, criterion_id]
    label = N_("Waive criterion {code}") if reason.strip() else N_("Ask for criterion {code} again")
    edit.label = message(label, code=row.code)
    return edit.update(row, waived_reason=reason.strip())
