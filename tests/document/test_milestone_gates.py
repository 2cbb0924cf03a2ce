"""Completing milestones through their gate, and the lines of checklists and criteria."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import milestones, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import CriterionResult, MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, Criterion, GateOverride
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 24, 10, 30)
REACHED = instant(2026, 11, 23, 18)


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        project = projects.create(edit, "Aurora", start=instant(2026, 9, 1, 9))
        row = milestones.create(edit, project.id, "Ready", instant(2026, 11, 20, 18))
        milestones.add_checklist_entry(edit, row.id, "Rehearsed")
        milestones.add_checklist_entry(edit, row.id, "Recorded")
        milestones.add_criterion(edit, row.id, "Opens")
    return document


def ready(document: Document) -> Milestone:
    return next(iter(document.plan.all(Milestone)))


def line(document: Document, text: str) -> ChecklistEntry:
    return next(entry for entry in document.plan.all(ChecklistEntry) if entry.text == text)


def label(document: Document) -> str:
    return str(document.history.undo_labels()[0])


def test_completing_all_the_same_keeps_the_reason_with_what_was_open(document: Document) -> None:
    with document.edit("Complete") as edit:
        milestones.complete(edit, ready(document).id, REACHED, override="  the board agreed ")
    kept = next(iter(document.plan.all(GateOverride)))
    assert (kept.milestone, kept.reason, kept.given) == (ready(document).id, "the board agreed", NOW.toordinal())
    assert kept.open_points == ("checklist: Rehearsed", "checklist: Recorded", "criterion C-1, Not Run: Opens")
    assert ready(document).status is MilestoneStatus.COMPLETED
    document.undo()
    assert document.plan.count(GateOverride) == 0
    assert ready(document).actual_finish is None


def test_no_override_is_kept_where_nothing_was_open(document: Document) -> None:
    with document.edit("Settle") as edit:
        for entry in list(edit.plan.all(ChecklistEntry)):
            milestones.tick(edit, entry.id, True, edit.today)
        milestones.change_criterion(edit, next(iter(edit.plan.all(Criterion))).id, result=CriterionResult.PASS)
        milestones.complete(edit, ready(document).id, REACHED, override="just in case")
    assert document.plan.count(GateOverride) == 0


def test_a_status_cannot_jump_over_what_is_open(document: Document) -> None:
    told = "“Ready” is not ready to be completed: checklist: Rehearsed, and 2 more"
    with pytest.raises(PlanError, match=told), document.edit("Status") as edit:
        milestones.set_status(edit, ready(document).id, MilestoneStatus.COMPLETED, REACHED)
    assert ready(document).status is MilestoneStatus.NEW
    with document.edit("Complete") as edit:
        milestones.complete(edit, ready(document).id, REACHED, override="agreed")
    with document.edit("Other day") as edit:
        milestones.set_status(edit, ready(document).id, MilestoneStatus.COMPLETED, REACHED - 1440)
    assert ready(document).actual_finish == REACHED - 1440


def test_a_checklist_line_is_changed_and_removed_under_its_own_name(document: Document) -> None:
    with document.edit("Edit") as edit:
        milestones.change_checklist_entry(edit, line(document, "Rehearsed").id, " Rehearsed twice ")
    assert line(document, "Rehearsed twice").order == 1.0
    assert label(document) == "Change checklist line “Rehearsed”"
    with pytest.raises(PlanError, match="without text"), document.edit("Edit") as edit:
        milestones.change_checklist_entry(edit, line(document, "Recorded").id, "  ")
    with document.edit("Delete") as edit:
        milestones.remove_checklist_entry(edit, line(document, "Recorded").id)
    assert [entry.text for entry in document.plan.all(ChecklistEntry)] == ["Rehearsed twice"]
    assert label(document) == "Delete checklist line “Recorded”"
    document.undo()
    assert line(document, "Recorded").order == 2.0


def test_a_criterion_takes_the_day_of_its_result_and_is_removed(document: Document) -> None:
    row = next(iter(document.plan.all(Criterion)))
    with document.edit("Result") as edit:
        tested = milestones.change_criterion(edit, row.id, result=CriterionResult.FAIL)
    assert tested.tested == NOW.toordinal()
    assert label(document) == "Change criterion C-1"
    with document.edit("Result") as edit:
        assert milestones.change_criterion(edit, row.id, result=CriterionResult.NOT_RUN).tested is None
    with pytest.raises(PlanError, match="without text"), document.edit("Text") as edit:
        milestones.change_criterion(edit, row.id, text="")
    with document.edit("Text") as edit:
        assert milestones.change_criterion(edit, row.id, text=" Opens fast").text == "Opens fast"
    with document.edit("Delete") as edit:
        milestones.remove_criterion(edit, row.id)
    assert document.plan.count(Criterion) == 0
    assert label(document) == "Delete criterion C-1"
