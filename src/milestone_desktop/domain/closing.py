"""Closing a project: what is still open in it, and what can be done about each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.billing import BillState, bill_state, is_bill
from milestone_desktop.domain.blockers import is_done
from milestone_desktop.domain.enums import LogState
from milestone_desktop.domain.gates import SignOff, SignOffCondition
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.outline import is_parent, walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.registers import LogEntry


class End(StrEnum):
    """What is left open."""

    MILESTONE = "milestone"
    ITEM = "work item"
    INVOICE = "invoice"
    CONDITION = "condition"
    LOG = "log entry"


class Way(StrEnum):
    """What is done about it: completed, dropped, or carried over to another project."""

    COMPLETE = "Complete"
    DROP = "Drop"
    CARRY_OVER = "Carry over"


@dataclass(frozen=True, slots=True)
class OpenEnd:
    """id: of the record; for an invoice that of its milestone."""

    end: End
    id: int
    text: Message


def open_ends(plan: Plan, project: int) -> list[OpenEnd]:
    """What is open in a project: milestones and work items in outline order, then invoices, conditions and log entries."""
    return [
        *_activities(plan, project), *_invoices(plan, project), *_conditions(plan, project), *_log(plan, project),
    ]  # fmt: skip


def _activities(plan: Plan, project: int) -> Iterator[OpenEnd]:
    for _level, row in walk(plan, project):
        if isinstance(row, Milestone) and is_open(row):
            yield OpenEnd(End.MILESTONE, row.id, message(N_("{title}"), title=row.title))
        elif isinstance(row, WorkItem) and not is_parent(plan, row.id) and not is_done(plan, row):
            yield OpenEnd(End.ITEM, row.id, message(N_("{title}"), title=row.title))


def _invoices(plan: Plan, project: int) -> Iterator[OpenEnd]:
    for row in plan.where(Milestone, "project", project):
        if is_bill(row) and row.amount and bill_state(row) in (BillState.READY, BillState.INVOICED):
            text = N_("“{title}” is to be invoiced") if bill_state(row) is BillState.READY else N_("“{title}” is to be paid")
            yield OpenEnd(End.INVOICE, row.id, message(text, title=row.title))


def _conditions(plan: Plan, project: int) -> Iterator[OpenEnd]:
    for milestone in plan.where(Milestone, "project", project):
        for record in plan.where(SignOff, "milestone", milestone.id):
            if record.superseded:
                continue
            for row in plan.where(SignOffCondition, "sign_off", record.id):
                if not row.done:
                    yield OpenEnd(End.CONDITION, row.id, message(N_("{text}"), text=row.text))


def _log(plan: Plan, project: int) -> Iterator[OpenEnd]:
    for row in plan.where(LogEntry, "project", project):
        if row.state is LogState.OPEN:
            yield OpenEnd(End.LOG, row.id, message(N_("{text}"), text=row.text))
