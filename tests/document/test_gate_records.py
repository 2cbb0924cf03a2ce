"""The registers of the kinds, test rounds, meetings, go and no-go, follow-ups, achievements, dropping, and the archive."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import (
    activities,
    criteria,
    gate_records,
    items,
    kind_rows,
    milestones,
    people,
    projects,
)
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Assignment, Milestone
from milestone_desktop.domain.completion import conditions, open_points, ordered
from milestone_desktop.domain.enums import CriterionResult, GoDecisionValue, MilestoneKind, ProjectStatus
from milestone_desktop.domain.gates import (
    Achievement,
    AgendaRow,
    Artefact,
    Criterion,
    CriterionRun,
    Feedback,
    GateOverride,
    GoDecision,
    Lesson,
    Meeting,
    Objective,
    RoleLine,
)
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 24, 10, 30)
TODAY = NOW.toordinal()
END = instant(2026, 11, 30, 18)


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 9, 1, 9))
        people.set_me(edit, people.create(edit, "Mara").id)
        milestones.create(edit, project.id, "Ready", END)
    return document


def point(document: Document) -> Milestone:
    return next(iter(document.plan.all(Milestone)))


def of_kind(document: Document, kind: MilestoneKind) -> int:
    with document.edit("Kind") as edit:
        activities.set_fields(edit, [point(document).id], kind=kind)
    return point(document).id


def still_open(document: Document) -> list[str]:
    return [str(one) for one in open_points(document.plan, point(document))]


@pytest.mark.parametrize(
    ("kind", "blocked"),
    [
        (MilestoneKind.KICKOFF, ["no objective is written down", "the scope is not written down"]),
        (MilestoneKind.PLANNING, ["no baseline is saved"]),
        (MilestoneKind.PROTOTYPE, ["no artefact is shown"]),
        (MilestoneKind.CLIENT_APPROVAL, ["no approval is recorded"]),
        (MilestoneKind.LAUNCH, ["no “go” is recorded"]),
        (MilestoneKind.REVIEW, ["no lesson is written down"]),
    ],
)
def test_each_gate_is_refused_in_words_and_passed_with_a_reason_that_is_kept(
    document: Document, kind: MilestoneKind, blocked: list[str]
) -> None:
    row_id = of_kind(document, kind)
    assert still_open(document) == blocked
    with pytest.raises(PlanError, match=f"not ready to be completed: {blocked[0]}"), document.edit("Complete") as edit:
        milestones.complete(edit, row_id, END)
    assert point(document).actual_finish is None
    with document.edit("Complete") as edit:
        milestones.complete(edit, row_id, END, override="the sponsor wants it so")
    kept = next(iter(document.plan.all(GateOverride)))
    assert (kept.reason, kept.given, list(kept.open_points)) == ("the sponsor wants it so", TODAY, blocked)
    assert point(document).actual_finish == END


def test_a_gate_tells_what_is_met_as_well(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.KICKOFF)
    with document.edit("Add") as edit:
        kind_rows.add(edit, Objective, row_id, "Sell more")
    told = [(str(one.text), bool(one.open)) for one in conditions(document.plan, point(document))]
    assert told == [
        ("an objective is written down", False), ("the scope is written down", True), ("the agenda is done or waived", False),
    ]  # fmt: skip


def test_lines_are_added_changed_moved_and_deleted_under_their_own_names(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.KICKOFF)
    with document.edit("Add") as edit:
        for text in (" Why ", "What", "Who"):
            kind_rows.add(edit, AgendaRow, row_id, text, minutes=10)
    rows = ordered(document.plan, AgendaRow, row_id)
    assert [row.text for row in rows] == ["Why", "What", "Who"]
    with document.edit("Move") as edit:
        kind_rows.move(edit, rows[2], -1)
    assert [row.text for row in ordered(document.plan, AgendaRow, row_id)] == ["Why", "Who", "What"]
    with document.edit("Move") as edit:
        kind_rows.move(edit, rows[0], -1)
    with document.edit("Change") as edit:
        kind_rows.change(edit, rows[0], minutes=25)
    assert str(document.history.undo_labels()[0]) == "Change agenda point “Why”"
    with pytest.raises(PlanError, match="without text"), document.edit("Change") as edit:
        kind_rows.change(edit, rows[0], text="  ")
    with pytest.raises(PlanError, match="without text"), document.edit("Add") as edit:
        kind_rows.add(edit, Artefact, row_id, "")
    with document.edit("Delete") as edit:
        kind_rows.remove(edit, rows[1])
    assert [row.text for row in ordered(document.plan, AgendaRow, row_id)] == ["Why", "Who"]
    with document.edit("Roles") as edit:
        role = kind_rows.add(edit, RoleLine, row_id, "Sponsor")
        assert kind_rows.change(edit, role, role="Client").role == "Client"
        assert kind_rows.add(edit, Feedback, row_id, "Too slow").given == TODAY


def test_a_round_keeps_the_results_of_the_one_before(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.UAT)
    with pytest.raises(PlanError, match="nothing to test"), document.edit("Round") as edit:
        criteria.new_round(edit, row_id)
    with document.edit("Add") as edit:
        one = milestones.add_criterion(edit, row_id, "Opens")
        milestones.add_criterion(edit, row_id, "Closes")
    with pytest.raises(PlanError, match="Round 1 has no results yet"), document.edit("Round") as edit:
        criteria.new_round(edit, row_id)
    with document.edit("Result") as edit:
        failed = milestones.change_criterion(edit, one.id, result=CriterionResult.FAIL, note="3 s")
    assert (failed.tested, document.plan[Criterion, one.id].tester) == (TODAY, next(iter(people_of(document))))
    with document.edit("Round") as edit:
        assert criteria.new_round(edit, row_id) == 2
    row = document.plan[Criterion, one.id]
    assert (row.round, row.result, row.tested, row.tester, row.note) == (2, CriterionResult.NOT_RUN, None, None, "")
    runs = document.plan.where(CriterionRun, "criterion", one.id)
    assert [(run.round, run.result, run.note) for run in runs] == [(1, CriterionResult.FAIL, "3 s")]
    document.undo()
    assert document.plan[Criterion, one.id].result is CriterionResult.FAIL
    assert document.plan.count(CriterionRun) == 0


def people_of(document: Document) -> list[int]:
    from milestone_desktop.domain.projects import Person

    return [row.id for row in document.plan.all(Person)]


def test_a_waived_must_opens_the_gate_and_is_asked_for_again(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.UAT)
    with document.edit("Add") as edit:
        one = milestones.add_criterion(edit, row_id, "Opens")
    assert still_open(document) == ["criterion C-1, Not Run: Opens"]
    with document.edit("Waive") as edit:
        criteria.waive(edit, one.id, " next release ")
    assert still_open(document) == []
    with document.edit("Ask") as edit:
        criteria.waive(edit, one.id, "")
    assert still_open(document) == ["criterion C-1, Not Run: Opens"]


def test_the_latest_decision_counts_and_earlier_ones_stay(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.LAUNCH)
    with document.edit("Decide") as edit:
        gate_records.decide(edit, row_id, GoDecisionValue.NO_GO, "Jonas", "backup failed")
    assert still_open(document) == ["no “go” is recorded"]
    with document.edit("Decide") as edit:
        gate_records.decide(edit, row_id, GoDecisionValue.GO, "Jonas")
    assert still_open(document) == []
    assert document.plan.count(GoDecision) == 2
    for by, day, words in (("", TODAY, "names who decided"), ("Jonas", TODAY + 1, "in the future")):
        with pytest.raises(PlanError, match=words), document.edit("Decide") as edit:
            gate_records.decide(edit, row_id, GoDecisionValue.GO, by, on=day)


def test_a_lesson_becomes_a_work_item_of_its_owner_once(document: Document) -> None:
    row_id = of_kind(document, MilestoneKind.REVIEW)
    mara = people_of(document)[0]
    with document.edit("Add") as edit:
        lesson = kind_rows.add(edit, Lesson, row_id, "Ask earlier", recommendation="Ask suppliers at the start", owner=mara)
        work = gate_records.follow_up(edit, lesson.id)
    assert work.title == "Ask suppliers at the start"
    assert [one.person for one in document.plan.where(Assignment, "item", work.id)] == [mara]
    assert document.plan[Lesson, lesson.id].follow_up == work.id
    with pytest.raises(PlanError, match="has a follow-up already"), document.edit("Again") as edit:
        gate_records.follow_up(edit, lesson.id)


def test_a_meeting_is_made_once_and_an_achievement_is_one_a_milestone(document: Document) -> None:
    row_id = point(document).id
    with document.edit("Meet") as edit:
        gate_records.set_meeting(edit, row_id, place="Room 4")
    with document.edit("Meet") as edit:
        gate_records.set_meeting(edit, row_id, notes="Everybody came")
    assert [(row.place, row.notes) for row in document.plan.all(Meeting)] == [("Room 4", "Everybody came")]
    with document.edit("Note") as edit:
        gate_records.note_achievement(edit, row_id, "First time on time", ("Mara", " ", "Mara", "Tomás"))
    with document.edit("Note") as edit:
        gate_records.note_achievement(edit, row_id, "On time", ("Tomás",))
    assert [(row.text, row.people) for row in document.plan.all(Achievement)] == [("On time", ("Tomás",))]
    with document.edit("Note") as edit:
        gate_records.note_achievement(edit, row_id, "", ())
    assert document.plan.count(Achievement) == 0


def test_dropping_needs_a_reason_and_is_taken_back(document: Document) -> None:
    row_id = point(document).id
    with pytest.raises(PlanError, match="needs a reason"), document.edit("Drop") as edit:
        milestones.drop(edit, row_id, "  ")
    with document.edit("Drop") as edit:
        milestones.drop(edit, row_id, "not needed")
    assert (point(document).dropped, point(document).dropped_reason) == (TODAY, "not needed")
    with document.edit("Take up") as edit:
        milestones.take_up(edit, row_id)
    assert (point(document).dropped, point(document).dropped_reason) == (None, "")
    with document.edit("Complete") as edit:
        milestones.complete(edit, row_id, END)
    with pytest.raises(PlanError, match="was reached"), document.edit("Drop") as edit:
        milestones.drop(edit, row_id, "too late")


def test_an_archived_project_is_only_read_until_it_is_active_again(document: Document) -> None:
    project = next(iter(document.plan.all(Project)))
    row_id = point(document).id
    with document.edit("Archive") as edit:
        milestones.add_checklist_entry(edit, row_id, "Last words")
        projects.set_fields(edit, project.id, status=ProjectStatus.ARCHIVED)
    for change in (
        lambda edit: activities.rename(edit, row_id, "Other"),
        lambda edit: milestones.add_checklist_entry(edit, row_id, "More"),
        lambda edit: items.create(edit, project.id, "More work"),
        lambda edit: projects.set_fields(edit, project.id, title="Other"),
        lambda edit: activities.delete(edit, [row_id]),
    ):
        with pytest.raises(PlanError, match="“Aurora” is archived and only read"), document.edit("Edit") as edit:
            change(edit)
    with document.edit("Order") as edit:
        edit.update(document.plan[Project, project.id], order=7.0)
        people.delete(edit, people_of(document)[0])
    with document.edit("Wake") as edit:
        projects.set_fields(edit, project.id, status=ProjectStatus.ACTIVE)
        activities.rename(edit, row_id, "Other")
    with document.edit("Archive") as edit:
        projects.set_fields(edit, project.id, status=ProjectStatus.ARCHIVED)
    with document.edit("Delete") as edit:
        projects.delete(edit, project.id)
    assert document.plan.count(Project) == 0
