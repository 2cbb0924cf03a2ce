"""A project in which nothing was changed, brought up to date from any later file, is what a new import of that file gives."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from plan_xml import document
from test_real_plans import INSISOC, PROJECT, sampled

from milestone_desktop.document.document import Document
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.projects import Calendar, Person, Project
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import bring_in
from milestone_desktop.exchange.foreign import ForeignException, ForeignLink, ForeignPlan, ForeignTask
from milestone_desktop.exchange.said import Known, Said, recalled, said_of
from milestone_desktop.exchange.update import bring_up_to_date
from milestone_desktop.tracking.waterfall import waterfall
from random_operations import ACTIONS, COMPUTED_ACTIONS, delete_project, random_operation

HERE = [action for action in (*ACTIONS, *COMPUTED_ACTIONS) if action is not delete_project]


def altered(plan: ForeignPlan, dice: random.Random) -> ForeignPlan:
    """The plan as its program might save it later: rows and links come, go and change."""
    later = copy.deepcopy(plan)
    for task in later.tasks:
        if dice.random() < 0.3:
            task.title = f"{task.title} {dice.randrange(9)}"
        if dice.random() < 0.3 and task.end is not None and not task.summary:
            days = dice.randrange(1, 9) * 1440
            task.start, task.end = (None if moment is None else moment + days for moment in (task.start, task.end))
        if dice.random() < 0.2:
            task.progress = dice.choice((0, 40, 100))
        if dice.random() < 0.1:
            task.notes = dice.choice(("", "Said later"))
    leaves = [task for task in later.tasks if not task.summary]
    gone = {task.key for task in dice.sample(leaves, min(len(leaves) // 5, 6))}
    later.tasks = [task for task in later.tasks if task.key not in gone]
    for number in range(dice.randrange(4)):
        place = dice.randrange(len(later.tasks) + 1)
        level = later.tasks[place - 1].level if place else 1
        key = f"new{number}.{dice.randrange(10**9)}"
        later.tasks.insert(place, ForeignTask(key, f"New {number}", level, milestone=dice.random() < 0.5, end=1_065_000_000))
    there = [task.key for task in later.tasks]
    later.links = [link for link in later.links if {link.predecessor, link.successor} <= set(there) and dice.random() < 0.8]
    known = {(link.predecessor, link.successor) for link in later.links}
    pairs = [(a, b) for a, b in zip(there, there[2:], strict=False) if (a, b) not in known and (b, a) not in known]
    later.links += [ForeignLink(a, b, lag=480) for a, b in dice.sample(pairs, min(2, len(pairs)))]
    later.assignments = [row for row in later.assignments if row.task in there and dice.random() < 0.8]
    if later.calendars:
        later.calendars[0].exceptions.append(ForeignException("Fair", 739_600, 739_602))
    return later


def said_here(opened: Document, foreign: ForeignPlan) -> Said:
    """What the records of the one imported project say."""
    plan, prefix = opened.plan, f"{foreign.system}:"
    (project,) = plan.all(Project)

    def keyed(rows: Iterable[Any]) -> dict[str, int]:
        return {row.source.removeprefix(prefix): row.id for row in rows if row.source.startswith(prefix)}

    calendars = keyed(plan.where(Calendar, "project", project.id))
    activities = keyed(row for _, row in walk(plan, project.id))
    return said_of(plan, Known(project.id, calendars, keyed(plan.all(Person)), activities), foreign)


@pytest.mark.parametrize("archive", [INSISOC, PROJECT])
def test_bringing_up_to_date_equals_importing_anew(tmp_path: Path, archive: str) -> None:
    for number, (name, data) in enumerate(sampled(archive, 4, 120_000)):
        path = tmp_path / name
        path.write_bytes(data)
        first, dice = registry.read(path), random.Random(number)
        opened = document()
        with opened.edit("import") as edit:
            made = bring_in(edit, first)
        for _ in range(3):
            first = altered(first, dice)
            before, project = opened.plan.copy(), opened.plan[Project, made.project_id]
            with opened.edit("again") as edit:
                bring_up_to_date(edit, first, made.project_id, recalled(project, opened.blob), delete_gone=True)
            anew = document()
            with anew.edit("import") as edit:
                bring_in(edit, first)
            expected, found = said_here(anew, first), said_here(opened, first)
            for section in expected:
                assert found[section] == expected[section], (name, section)
            assert list(found["activity"]) == [task.key for task in first.tasks], name
            _check_receipts(opened)
            opened.undo()
            assert opened.plan == before
            opened.redo()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_was_done_here_it_comes_as_one_edit_whose_moves_add_up(tmp_path: Path, seed: int) -> None:
    """Rows moved, deleted, linked, completed and computed here: the file's news come or are refused as a whole."""
    dice = random.Random(seed)
    name, data = sampled(PROJECT, 8, 120_000)[seed]
    (tmp_path / name).write_bytes(data)
    foreign = registry.read(tmp_path / name)
    opened = document()
    with opened.edit("import") as edit:
        made = bring_in(edit, foreign)
    for _ in range(6):
        for _edit in range(8):
            random_operation(opened, dice, HERE)
        foreign = altered(foreign, dice)
        project = opened.plan.get(Project, made.project_id)
        assert project is not None
        before = opened.plan.copy()
        try:
            with opened.edit("again") as edit:
                bring_up_to_date(edit, foreign, project.id, recalled(project, opened.blob), delete_gone=dice.random() < 0.5)
        except PlanError:  # a link of the file closes a circle with one that was made here
            assert opened.plan == before
            continue
        assert Document(opened.storage, opened.clock).plan == opened.plan
        _check_receipts(opened)
        after = opened.plan.copy()
        with opened.edit("and again") as edit:
            found = bring_up_to_date(edit, foreign, project.id, recalled(opened.plan[Project, project.id], opened.blob))
        assert found.differences == ()
        assert opened.plan == after
        opened.undo()
        assert opened.plan == before
        opened.redo()


def _check_receipts(opened: Document) -> None:
    """The steps from each milestone's target add up to its slip."""
    times = WorkTimes(opened.plan)
    for row in opened.plan.all(Milestone):
        found = waterfall(opened.plan, row, opened.receipts(row.id), times)
        if found is not None:
            assert sum(step.days for step in found.steps) == slip(opened.plan, row, times)
