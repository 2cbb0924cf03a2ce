"""From a milestone's target to its date, step by step: what adds up to its slip, exactly.

The first step is how far the plan was from the target when that was set; then comes each move since, cause by cause, moves
that were undone left out; last, once completed, the difference between the planned and the actual date. Every step is
counted on the calendar kept with the target and begins where the one before ended, so the sum is the slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from milestone_desktop.domain.activities import Milestone, MoveReason
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.slip import expected
from milestone_desktop.domain.worktime import WorkTime, WorkTimes
from milestone_desktop.tracking.figures import Entry, standing
from milestone_desktop.tracking.receipts import PLANNED, TARGET


@dataclass(frozen=True, slots=True)
class Step:
    """One cause and its working days. entry, time: of the journal entry that it belongs to, None for what is no move;
    reason: what the person said of that move."""

    text: Message
    days: int
    entry: int | None = None
    time: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Waterfall:
    """target, date: between which the steps lie; total: the slip, which the steps add up to."""

    target: Instant
    date: Instant
    steps: tuple[Step, ...]
    total: int


def waterfall(
    plan: Plan, milestone: Milestone, receipts: Iterable[tuple[Entry, Receipt]], times: WorkTimes
) -> Waterfall | None:  # fmt: skip
    """The steps of one milestone; None where it has no slip (no target, no date, dropped).

    receipts: those of this milestone, oldest first, undone ones and their undoing among them.
    """
    date = expected(milestone)
    if milestone.target is None or date is None or milestone.dropped is not None:
        return None
    work = times.of_target(milestone)
    planned = milestone.end
    moves = _since_target(receipts, milestone.id)
    first = next((receipt.old for _, receipt in moves if receipt.old is not None), planned)
    steps = [*_first_step(work, milestone.target, first)]
    reached = first
    reasons = reasons_of(plan, milestone.id)
    for entry, receipt in moves:
        if receipt.new is None:
            continue
        if reached is not None:
            given = reasons.get(entry.sequence) or receipt.reason
            steps += _steps_of(work, reached, receipt.new, entry, receipt, given)
        reached = receipt.new
    if planned is not None and reached is not None and reached != planned:  # a journal that began after the target
        steps.append(Step(message(N_("before what the journal tells")), _days(work, reached, planned)))
    if milestone.status is MilestoneStatus.COMPLETED and planned is not None:
        difference = _days(work, planned, date)
        if difference:
            steps.append(Step(message(N_("reached on another day than planned")), difference))
    elif planned is None and date is not None:
        steps.append(Step(message(N_("reached")), _days(work, milestone.target, date)))
    total = _days(work, milestone.target, date)
    return Waterfall(milestone.target, date, tuple(steps), total)


def reasons_of(plan: Plan, milestone: int) -> dict[int, str]:
    """What was said afterwards of a milestone's moves, by sequence number of the journal entry; the latest word counts."""
    return {row.entry: row.reason for row in plan.where(MoveReason, "milestone", milestone)}


def _since_target(receipts: Iterable[tuple[Entry, Receipt]], milestone: int) -> list[tuple[Entry, Receipt]]:
    """The standing moves after the entry in which the target was set that counts now."""
    rows = [(entry, receipt) for entry, receipt in standing(receipts) if receipt.milestone == milestone]
    since = max((entry.sequence for entry, receipt in rows if receipt.what == TARGET), default=0)
    return [(entry, receipt) for entry, receipt in rows if receipt.what == PLANNED and entry.sequence > since]


def _first_step(work: WorkTime, target: Instant, first: Instant | None) -> Iterator[Step]:
    if first is not None:
        days = _days(work, target, first)
        if days:
            yield Step(message(N_("planned otherwise when the target was set")), days)


def _steps_of(work: WorkTime, old: Instant, new: Instant, entry: Entry, receipt: Receipt, reason: str) -> Iterator[Step]:
    """The causes of a move, where they add up to it; else the move as one."""
    total = _days(work, old, new)
    shares = [(cause, days) for cause, days in receipt.causes if days is not None]
    if len(shares) < len(receipt.causes) or not shares or sum(days for _, days in shares) != total:
        text = receipt.causes[0][0] if len(receipt.causes) == 1 else message(N_("moved"))
        shares = [(text, total)]
    for cause, days in shares:
        yield Step(cause, days, entry.sequence, entry.time, reason)


def _days(work: WorkTime, old: Instant, new: Instant) -> int:
    return work.working_days(day_of(old), day_of(new))
