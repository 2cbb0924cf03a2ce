"""Billing: what is due, ready to invoice, invoiced and paid. Amounts of several currencies are never added together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.portfolio import BILLING


class BillState(StrEnum):
    PLANNED = "Planned"
    READY = "Ready to invoice"
    INVOICED = "Invoiced"
    PAID = "Paid"
    DROPPED = "Dropped"


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in hundredths of one currency. due: reached, so ready to invoice, invoiced or paid; all: every bill not dropped."""

    currency: str
    all: int = 0
    due: int = 0
    ready: int = 0
    invoiced: int = 0
    paid: int = 0


def is_bill(milestone: Milestone) -> bool:
    """Whether money is asked for a milestone."""
    return milestone.type == BILLING or milestone.amount is not None


def bill_state(milestone: Milestone) -> BillState:
    """How far the bill of a milestone is."""
    if milestone.paid is not None:
        return BillState.PAID
    if milestone.invoiced is not None:
        return BillState.INVOICED
    if milestone.dropped is not None:
        return BillState.DROPPED
    return BillState.READY if milestone.status is MilestoneStatus.COMPLETED else BillState.PLANNED


def due_day(milestone: Milestone) -> Day | None:
    """The day on which the amount falls due: when the milestone is reached, until then when it is planned."""
    moment = milestone.actual_finish if milestone.actual_finish is not None else milestone.end
    return None if moment is None else day_of(moment)


def totals(milestones: Iterable[Milestone]) -> list[Totals]:
    """One line a currency, in the order of their names; bills without an amount and dropped ones are left out.

    invoiced: not yet paid.
    """
    sums: dict[str, dict[str, int]] = {}
    for row in milestones:
        state = bill_state(row)
        if row.amount is None or state is BillState.DROPPED:
            continue
        of_currency = sums.setdefault(row.currency, dict.fromkeys(("all", "due", "ready", "invoiced", "paid"), 0))
        of_currency["all"] += row.amount
        if state is not BillState.PLANNED:
            of_currency["due"] += row.amount
            of_currency[_SUMS[state]] += row.amount
    return [Totals(currency, **sums[currency]) for currency in sorted(sums)]


_SUMS = {BillState.READY: "ready", BillState.INVOICED: "invoiced", BillState.PAID: "paid"}
