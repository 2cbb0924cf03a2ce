"""Receipts add up: to each move, and from the target to the slip, whatever is done to the plan."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from linked_plan import linked_plan

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars, dates
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import at, day_of, instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Calendar, Project
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.exchange.apply import bring_in
from milestone_desktop.exchange.foreign import ForeignDates, ForeignLink, ForeignPlan, ForeignProject, ForeignTask
from milestone_desktop.exchange.pasted import bring_in as bring_in_list
from milestone_desktop.exchange.pasted import read_list
from milestone_desktop.store.workspace_file import create, open_
from milestone_desktop.tracking.figures import standing
from milestone_desktop.tracking.waterfall import waterfall
from random_operations import ACTIONS, COMPUTED_ACTIONS, FIRST_DAY, delete, delete_project

SEEDS = range(5)
EVERYTHING = [action for action in (*COMPUTED_ACTIONS, *ACTIONS, *COMPUTED_ACTIONS, *ACTIONS) if action is not delete_project]
EVERYTHING.remove(delete)


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 9)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=7)
        return self.now


def edit_at_random(rng: random.Random, document: Document) -> None:
    """One edit of one to three actions, or an undo or redo."""
    roll = rng.random()
    try:
        if roll < 0.12:
            document.undo()
        elif roll < 0.2:
            document.redo()
        else:
            with document.edit("Edit") as edit:
                for _ in range(rng.choice((1, 1, 2, 3))):
                    rng.choice(EVERYTHING)(edit, rng)
    except PlanError:
        return


def check_sums(document: Document) -> int:
    """Every receipt and every waterfall adds up; the number of waterfalls with steps."""
    plan, times, checked = document.plan, WorkTimes(document.plan), 0
    receipts = document.receipts()
    for _, receipt in receipts:
        told = [days for _, days in receipt.causes]
        assert told, receipt
        if receipt.working_days is not None:
            assert sum(told) == receipt.working_days, receipt
    for row in plan.all(Milestone):
        own = [(line, receipt) for line, receipt in receipts if receipt.milestone == row.id]
        found = waterfall(plan, row, own, times)
        slipped = slip(plan, row, times)
        assert (None if found is None else found.total) == slipped
        if found is None:
            continue
        assert sum(step.days for step in found.steps) == slipped, (found, own)
        assert not any(str(step.text) == "before what the journal tells" for step in found.steps)
        checked += bool(found.steps)
        assert_receipts_give_slip(document, row, own, times)
    return checked


def assert_receipts_give_slip(document: Document, row: Milestone, own: list, times: WorkTimes) -> None:
    """The figures in the file alone: the gap when the target was set, and the working days of each move since."""
    rows = standing(own)
    since = max(line.sequence for line, receipt in rows if receipt.what == "target")
    moves = [receipt for line, receipt in rows if receipt.what == "planned" and line.sequence > since]
    if row.status is MilestoneStatus.COMPLETED or row.end is None or any(None in (m.old, m.new) for m in moves):
        return
    first = moves[0].old if moves else row.end
    gap = times.of_target(row).working_days(day_of(row.target), day_of(first))
    assert gap + sum(move.working_days for move in moves) == slip(document.plan, row, times)


def import_a_plan(rng: random.Random, edit: Edit) -> None:
    """A plan with targets comes in from a file: milestones and items at other dates than its baseline promised."""
    first = FIRST_DAY + rng.randrange(200)
    tasks = []
    for number in range(6):
        end = at(first + number * 4, 1020)
        promised = ForeignDates(None, end + rng.choice((0, -3, 2)) * 1440, 0)
        milestone = number % 2 == 1
        tasks.append(
            ForeignTask(
                str(number), f"Row {number}", 1, milestone=milestone, start=None if milestone else end - 2 * 1440, end=end,
                duration=0 if milestone else 960, baselines={0: promised} if rng.random() < 0.8 else {},
            )
        )  # fmt: skip
    links = [ForeignLink(str(number), str(number + 1)) for number in range(5)]
    bring_in(edit, ForeignPlan("test", ForeignProject(f"Import {rng.randrange(10**6)}"), tasks=tasks, links=links))


def paste_a_list(rng: random.Random, edit: Edit) -> None:
    """Rows of a spreadsheet come into a project that is there."""
    project = rng.choice(sorted(row.id for row in edit.plan.all(Project)))
    lines = [f"Pasted {number}\t2026-{rng.randrange(3, 12):02d}-{rng.randrange(1, 28):02d}" for number in range(3)]
    bring_in_list(edit, project, read_list("\n".join(lines), FIRST_DAY).rows)


@pytest.mark.parametrize("seed", SEEDS)
def test_receipts_add_up_where_plans_are_imported(tmp_path: Path, seed: int) -> None:
    """Imports among random edits, undo and redo, and the file closed and opened again."""
    rng, path, clock = random.Random(100 + seed), tmp_path / "a.milestones", Clock()
    create(path, seed_plan(), clock())
    document = linked_plan(rng, clock=clock, storage=open_(path, clock()))
    brought, imported, checked = 0, set[int](), 0
    for number in range(24):
        if number % 6 == 2:
            before = {row.id for row in document.plan.all(Milestone)}
            with document.edit("Import") as edit:
                rng.choice((import_a_plan, import_a_plan, paste_a_list))(rng, edit)
            imported |= {row.id for row in document.plan.all(Milestone)} - before
            brought += 1
        else:
            edit_at_random(rng, document)
        if number % 4 == 3:
            checked += check_sums(document)
        if number % 12 == 11:
            document.close()
            document = files.open_workspace(path, clock)
            checked += check_sums(document)
    assert brought == 4
    assert checked
    told = [r for _, r in document.receipts() if r.milestone in imported]
    assert {str(cause).split(" ")[0] for r in told for cause, _ in r.causes if r.old is None} >= {"Import"}
    assert any(r.what == "target" for r in told)
    document.close()
    assert files.check(path) == []


@pytest.mark.parametrize("seed", SEEDS)
def test_receipts_add_up_after_any_edits(seed: int) -> None:
    rng = random.Random(seed)
    document = linked_plan(rng, clock=Clock())
    checked = 0
    for number in range(45):
        edit_at_random(rng, document)
        if number % 3 == 0:
            checked += check_sums(document)
    assert checked


@pytest.mark.parametrize("seed", [1, 2])
def test_receipts_add_up_after_a_restart(tmp_path: Path, seed: int) -> None:
    rng, path, clock = random.Random(seed), tmp_path / "a.milestones", Clock()
    create(path, seed_plan(), clock())
    document = linked_plan(rng, clock=clock, storage=open_(path, clock()))
    for number in range(30):
        edit_at_random(rng, document)
        if number % 10 == 9:
            check_sums(document)
            document.close()
            document = files.open_workspace(path, clock)
    check_sums(document)
    document.close()
    assert files.check(path) == []


def test_a_later_holiday_changes_no_slip(tmp_path: Path) -> None:
    document = files.new_from_template(tmp_path / "a.milestones", Clock(), "lifecycle", "Aurora", "AUR", "2026-03-02")
    row = max(document.plan.all(Milestone), key=lambda each: each.end)
    with document.edit("Target") as edit:
        dates.set_target(edit, row.id, row.end - 10 * 1440, "the board said so")
    before = slip(document.plan, document.plan[Milestone, row.id], WorkTimes(document.plan))
    target_day = day_of(document.plan[Milestone, row.id].target)
    with document.edit("Holiday") as edit:
        calendar = next(iter(edit.plan.all(Calendar)))
        calendars.add_exception(edit, calendar.id, "Feast", target_day + 1, target_day + 3)
    after = document.plan[Milestone, row.id]
    moved = [receipt for line, receipt in document.receipts(row.id) if line.sequence == document.storage.lines()[-1].sequence]
    assert sum(receipt.working_days for receipt in moved) == slip(document.plan, after, WorkTimes(document.plan)) - before
    assert check_sums(document) >= bool(moved)
    document.close()


def test_completing_adds_the_difference_to_the_actual_date(tmp_path: Path) -> None:
    document = Document(MemoryStorage(seed_plan()), Clock())
    with document.edit("Plan") as edit:
        from milestone_desktop.document.operations import milestones, projects

        project = projects.create(edit, "Aurora", key="AUR")
        row = milestones.create(edit, project.id, "Ready", instant(2026, 4, 10, 18))
        dates.set_target(edit, row.id, instant(2026, 4, 8, 18))
    with document.edit("Done") as edit:
        milestones.complete(edit, row.id, instant(2026, 4, 13, 18))
    found = waterfall(document.plan, document.plan[Milestone, row.id], document.receipts(row.id), WorkTimes(document.plan))
    assert found is not None
    assert [(str(step.text), step.days) for step in found.steps] == [
        ("planned otherwise when the target was set", 2),
        ("reached on another day than planned", 1),
    ]
    assert found.total == 3
