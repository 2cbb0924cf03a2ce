"""What a health needs to know of milestones beside the plan: their slack, and their recent moves, read from the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.health import Figures, status_date
from milestone_desktop.domain.instants import Day, from_datetime
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.tracking.receipts import PLANNED, TARGET

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule

RECENT_DAYS = 30


class Entry(Protocol):
    """The head of a journal entry. time: local; undoes: the sequence number of the entry that it takes back."""

    @property
    def sequence(self) -> int: ...

    @property
    def time(self) -> datetime: ...

    @property
    def undoes(self) -> int | None: ...


def figures_of(
    plan: Plan, receipts: Iterable[tuple[Entry, Receipt]], today: Day, schedule: Schedule | None
) -> dict[int, Figures]:
    """Figures by id of the milestone: slack, and moves in the 30 days before the project's status date.

    receipts: all of the journal, oldest first; today: the status date of projects that have none; schedule: that of the
    plan, None where it cannot be scheduled.
    """
    found = {row_id: Figures(moves=tuple(rows)) for row_id, rows in recent_moves(plan, receipts, today).items()}
    if schedule is not None:
        for milestone in plan.all(Milestone):
            figures = found.get(milestone.id, Figures())
            found[milestone.id] = replace(figures, slack=slack_of(schedule, milestone))
    return found


def slack_of(schedule: Schedule, activity: Activity) -> int | None:
    """The total slack of an activity in working minutes; None where it is finished, or not in the schedule."""
    row = schedule.row_of.get(activity.id) if activity.actual_finish is None else None
    return None if row is None else int(schedule.total_slack[row])


def recent_moves(plan: Plan, receipts: Iterable[tuple[Entry, Receipt]], today: Day) -> dict[int, list[Receipt]]:
    """The moves of each milestone in the 30 days before its project's status date. They count from when the target was set: a
    date that is not promised yet may still be looked for. Undone ones are left out, and what undid them."""
    moves: dict[int, list[Receipt]] = {}
    rows = standing(receipts)
    # Instants are whole minutes; of moves within the minute of the promise the order of the entries tells which came after it.
    promised = {receipt.milestone: entry.sequence for entry, receipt in rows if receipt.what == TARGET}
    for entry, receipt in rows:
        milestone = plan.get(Milestone, receipt.milestone)
        if milestone is None or receipt.what != PLANNED or receipt.old is None or receipt.new is None:
            continue
        last = status_date(plan[Project, milestone.project], today)
        if not last - RECENT_DAYS <= entry.time.toordinal() <= last:
            continue
        if milestone.target_set is None or from_datetime(entry.time) < milestone.target_set:
            continue
        if entry.sequence > promised.get(milestone.id, 0):
            moves.setdefault(milestone.id, []).append(receipt)
    return moves


def standing(receipts: Iterable[tuple[Entry, Receipt]]) -> list[tuple[Entry, Receipt]]:
    """The receipts, oldest first, of edits that were not undone. An undo and a redo leave none of their own: what was
    undone counts as never moved, what was brought back as moved when it first was."""
    rows = list(receipts)
    undone: set[int] = set()
    found = []
    for entry, receipt in reversed(rows):
        if entry.undoes is not None:
            if entry.sequence not in undone:
                undone.add(entry.undoes)
        elif entry.sequence not in undone:
            found.append((entry, receipt))
    return found[::-1]
