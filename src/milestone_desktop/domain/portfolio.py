"""Questions that are asked of several projects at once: what comes next, what is due, what can be invoiced."""

from __future__ import annotations

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.plan import Plan

BILLING = "Billing"


def is_open(milestone: Milestone) -> bool:
    """Whether it is still to be reached: neither completed nor dropped."""
    return milestone.status is not MilestoneStatus.COMPLETED and milestone.dropped is None


def next_milestone(plan: Plan, project: int) -> Milestone | None:
    """The open milestone of a project with the earliest planned date; None where none has one. An overdue one is next."""
    dated = ((row.end, row.id, row) for row in plan.where(Milestone, "project", project) if row.end is not None and is_open(row))
    return min(dated, default=(0, 0, None))[2]


def is_due(milestone: Milestone, first: Day, last: Day) -> bool:
    """Whether an open milestone is planned for a day from `first` to `last`, both included."""
    return milestone.end is not None and is_open(milestone) and first <= day_of(milestone.end) <= last


def is_ready_to_invoice(milestone: Milestone) -> bool:
    """Whether a billing milestone has been reached and not been invoiced."""
    return milestone.type == BILLING and milestone.status is MilestoneStatus.COMPLETED and milestone.invoiced is None
