from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import targets
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.health import assess
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.figures import figures_of

END = instant(2026, 12, 31, 17)
WEEK = (((540, 1020),),) * 5 + ((), ())


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 2, 9)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


# Promised for long after its planned date, so that only its moves are judged.
PROMISED = Milestone(3, 2, "Ready", code="M1", end=END, target=END + 60 * MINUTES_PER_DAY, target_set=END - 90 * MINUTES_PER_DAY)


@pytest.fixture
def document(clock) -> Document:
    plan = Plan()
    for row in (Calendar(1, "Standard", WEEK), Project(2, "AUR", "Aurora", 1), PROMISED):
        plan.put(row)
    return Document(MemoryStorage(plan), clock)


def move(document: Document, days: int) -> None:
    with document.edit("Move") as edit:
        row = edit.plan[Milestone, 3]
        edit.update(row, end=row.end + days * MINUTES_PER_DAY)


def moved_days(document: Document, today: datetime) -> list[int]:
    found = figures_of(document.plan, document.receipts(), today.toordinal(), document.schedule()).get(3)
    return [(move.new - move.old) // MINUTES_PER_DAY for move in found.moves] if found else []


def test_moves_of_the_last_thirty_days_count(document, clock):
    move(document, 1)
    clock.now += timedelta(days=10)
    move(document, 7)
    assert moved_days(document, clock.now) == [1, 7]
    assert moved_days(document, clock.now + timedelta(days=20)) == [1, 7]
    assert moved_days(document, clock.now + timedelta(days=21)) == [7]
    assert moved_days(document, clock.now + timedelta(days=31)) == []
    assert moved_days(document, clock.now - timedelta(days=1)) == [1]


def test_the_status_date_decides_where_there_is_one(document, clock):
    move(document, 1)
    with document.edit("Status date") as edit:
        edit.update(edit.plan[Project, 2], status_date=clock.now.toordinal() + 31)
    assert moved_days(document, clock.now) == []


def test_undone_moves_do_not_count_and_redone_ones_do(document, clock):
    move(document, 1)
    move(document, 2)
    document.undo()
    assert moved_days(document, clock.now) == [1]
    document.undo()
    assert moved_days(document, clock.now) == []
    document.redo()
    document.redo()
    assert moved_days(document, clock.now) == [1, 2]
    document.undo()
    move(document, 3)
    assert moved_days(document, clock.now) == [1, 3]


def test_moves_from_before_the_target_was_set_do_not_count(document, clock):
    move(document, 1)
    clock.now += timedelta(days=1)
    with document.edit("Promise") as edit:
        edit.update(edit.plan[Milestone, 3], target=END, target_set=edit.now)
    clock.now += timedelta(days=1)
    move(document, 2)
    assert moved_days(document, clock.now) == [2]


def test_within_the_minute_of_the_promise_the_order_of_the_edits_decides(document, clock):
    move(document, 1)
    with document.edit("Promise") as edit:
        targets.promise(edit, edit.plan[Milestone, 3], END)
    move(document, 2)
    assert moved_days(document, clock.now) == [2]


def test_without_a_target_no_move_counts(document, clock):
    with document.edit("No promise") as edit:
        targets.promise(edit, edit.plan[Milestone, 3], None)
    move(document, 1)
    move(document, 2)
    assert moved_days(document, clock.now) == []


def test_deleting_and_targets_are_no_moves(document, clock):
    with document.edit("Promise") as edit:
        edit.update(edit.plan[Milestone, 3], target=END)
    with document.edit("Delete") as edit:
        edit.remove(edit.plan[Milestone, 3])
    assert moved_days(document, clock.now) == []
    document.undo()
    assert moved_days(document, clock.now) == []


def test_two_moves_later_put_a_milestone_at_risk(document, clock):
    move(document, 1)
    move(document, 1)
    plan, today = document.plan, clock.now.toordinal()
    figures = figures_of(plan, document.receipts(), today, document.schedule())
    row = replace(plan[Milestone, 3], target=plan[Milestone, 3].end)
    assert assess(plan, row, WorkTimes(plan), today).health is Health.ON_TRACK
    assert assess(plan, row, WorkTimes(plan), today, figures[3]).health is Health.AT_RISK
