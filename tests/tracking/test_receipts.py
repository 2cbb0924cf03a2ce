from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.changes import Change, ChangeSet, Receipt
from milestone_desktop.domain.instants import day_from_iso, instant
from milestone_desktop.domain.messages import Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project
from milestone_desktop.tracking.receipts import receipts_of

LABEL = Message("Move Ready")
FRIDAY, MONDAY, NEXT_FRIDAY = instant(2026, 12, 4, 17), instant(2026, 12, 7, 17), instant(2026, 12, 11, 17)
WEEK = (((540, 1020),),) * 5 + ((), ())


@pytest.fixture
def plan() -> Plan:
    plan = Plan()
    for row in (Calendar(1, "Standard", WEEK), Project(2, "AUR", "Aurora", 1), Milestone(3, 2, "Ready", code="M1", end=FRIDAY)):
        plan.put(row)
    return plan


def changed(plan: Plan, *pairs: tuple[Any, Any]) -> tuple[Receipt, ...]:
    """The receipts with the plan after the edit; they must be the same with the plan as it was before."""
    change_set = ChangeSet(LABEL, tuple(Change(old, new) for old, new in pairs))
    before = receipts_of(plan, change_set)
    plan.apply(change_set)
    assert receipts_of(plan, change_set) == before
    return before


def the_milestone(plan: Plan) -> Milestone:
    return plan[Milestone, 3]


def test_a_move_is_counted_in_working_days(plan):
    row = the_milestone(plan)
    assert changed(plan, (row, replace(row, end=NEXT_FRIDAY))) == (Receipt(3, "planned", FRIDAY, NEXT_FRIDAY, 5, ((LABEL, 5),)),)
    row = the_milestone(plan)
    assert changed(plan, (row, replace(row, end=MONDAY)))[0].working_days == -4


def test_what_moves_nothing_leaves_none(plan):
    row = the_milestone(plan)
    assert changed(plan, (row, replace(row, title="Renamed", start=FRIDAY - 60))) == ()


def test_planned_and_target_each_have_theirs(plan):
    row = the_milestone(plan)
    found = changed(plan, (row, replace(row, end=MONDAY, target=FRIDAY)))
    assert [(r.what, r.old, r.new, r.working_days) for r in found] == [
        ("planned", FRIDAY, MONDAY, 1),
        ("target", None, FRIDAY, None),
    ]


def test_coming_going_and_dropping(plan):
    new = Milestone(4, 2, "New", code="M2", end=MONDAY)
    assert changed(plan, (None, new)) == (Receipt(4, "planned", None, MONDAY, None, ((LABEL, None),)),)
    assert changed(plan, (None, Milestone(5, 2, "No date", code="M3"))) == ()
    dropped = replace(new, dropped=740_000, dropped_reason="x")
    reason = message("dropped: {reason}", reason="x")
    assert changed(plan, (new, dropped)) == (Receipt(4, "planned", MONDAY, None, None, ((reason, None),)),)
    assert changed(plan, (dropped, new)) == (Receipt(4, "planned", None, MONDAY, None, ((LABEL, None),)),)
    assert changed(plan, (new, None)) == (Receipt(4, "planned", MONDAY, None, None, ((LABEL, None),)),)


def test_the_calendar_is_the_one_that_the_edit_leaves(plan):
    row = the_milestone(plan)
    holiday = CalendarException(5, 1, "Off", day_from_iso("2026-12-08"), day_from_iso("2026-12-09"))
    moved = replace(row, end=NEXT_FRIDAY)
    assert changed(plan, (None, holiday), (row, moved))[0].working_days == 3
    assert changed(plan, (holiday, None), (moved, row))[0].working_days == -5


def test_a_calendar_that_comes_or_goes_with_the_edit(plan):
    row, project = the_milestone(plan), plan[Project, 2]
    mondays = Calendar(6, "Mondays", (((540, 1020),),) + (None,) * 6)
    holiday = CalendarException(7, 6, "Off", day_from_iso("2026-12-07"), day_from_iso("2026-12-07"))
    moved, on_mondays = replace(row, end=instant(2026, 12, 21, 17)), replace(project, calendar=6)
    assert changed(plan, (None, mondays), (None, holiday), (project, on_mondays), (row, moved))[0].working_days == 2
    assert changed(plan, (moved, row), (on_mondays, project), (holiday, None), (mondays, None))[0].working_days == -11


def test_receipts_are_in_order_of_milestones(plan):
    rows = [Milestone(n, 2, str(n), code=str(n), end=MONDAY) for n in (9, 7, 8)]
    assert [receipt.milestone for receipt in changed(plan, *[(None, row) for row in rows])] == [7, 8, 9]


def test_undo_and_redo_leave_receipts_too(plan):
    document = Document(MemoryStorage(plan), lambda: datetime(2026, 11, 24, 9))
    with document.edit(LABEL) as edit:
        edit.update(the_milestone(plan), end=NEXT_FRIDAY)
    with document.edit("Delete project") as edit:
        edit.remove(document.plan[Project, 2])
    document.undo()
    document.undo()
    document.redo()
    found = [(line.sequence, line.undoes, r.old, r.new, r.working_days) for line, r in document.receipts(3)]
    assert found == [
        (1, None, FRIDAY, NEXT_FRIDAY, 5),
        (2, None, NEXT_FRIDAY, None, None),
        (3, 2, None, NEXT_FRIDAY, None),
        (4, 1, NEXT_FRIDAY, FRIDAY, -5),
        (5, 4, FRIDAY, NEXT_FRIDAY, 5),
    ]
