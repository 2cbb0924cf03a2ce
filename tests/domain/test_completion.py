"""What is open before a milestone counts as reached, kind by kind."""

from __future__ import annotations

import pytest
from small_plan import PROJECT, SmallPlan

from milestone_desktop.domain.activities import Assignment, Milestone
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionPriority,
    CriterionResult,
    GoDecisionValue,
    MilestoneKind,
    MilestoneStatus,
    SignOffDecision,
)
from milestone_desktop.domain.gates import (
    AgendaRow,
    Artefact,
    ChecklistEntry,
    Criterion,
    Feedback,
    GoDecision,
    LaunchStep,
    Lesson,
    Objective,
    ScopeLine,
    SignOff,
)
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Baseline, Person
from milestone_desktop.domain.sign_off import fingerprint, snapshot

END = instant(2026, 11, 20, 17)


@pytest.fixture
def small() -> SmallPlan:
    return SmallPlan()


def points(small: SmallPlan, milestone: Milestone) -> list[str]:
    return [str(point) for point in open_points(small.plan, milestone)]


def test_nothing_is_open_at_a_generic_milestone_without_lines(small: SmallPlan) -> None:
    assert points(small, small.milestone()) == []


def test_checklist_lines_and_musts_are_open_until_they_are_done_passed_or_waived(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.UAT)
    small.put(ChecklistEntry(small.id(), row.id, "Second", order=2.0))
    small.put(ChecklistEntry(small.id(), row.id, "First", order=1.0))
    small.put(ChecklistEntry(small.id(), row.id, "Ticked", order=0.0, done=True))
    small.put(Criterion(small.id(), row.id, "C-1", "Syncs", result=CriterionResult.FAIL))
    small.put(Criterion(small.id(), row.id, "C-2", "Opens", result=CriterionResult.PASS))
    small.put(Criterion(small.id(), row.id, "C-3", "Glows", result=CriterionResult.BLOCKED, waived_reason="not this year"))
    small.put(Criterion(small.id(), row.id, "C-4", "Sings", priority=CriterionPriority.SHOULD))
    assert points(small, row) == ["checklist: First", "checklist: Second", "criterion C-1, Fail: Syncs"]


def test_a_kickoff_needs_an_objective_the_scope_and_its_agenda_dealt_with(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.KICKOFF)
    assert points(small, row) == ["no objective is written down", "the scope is not written down"]
    small.put(Objective(small.id(), row.id, "Sell more"))
    small.put(ScopeLine(small.id(), row.id, "Phones"))
    small.put(AgendaRow(small.id(), row.id, "Roles", state=AgendaState.DONE))
    small.put(AgendaRow(small.id(), row.id, "Risks", state=AgendaState.WAIVED))
    assert points(small, row) == []
    small.put(AgendaRow(small.id(), row.id, "Budget"))
    assert points(small, row) == ["agenda: Budget"]


def test_planning_needs_dates_owners_and_a_baseline(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.PLANNING, end=END)
    small.put(Person(900, "Mara"))
    small.milestone("Launch")
    small.milestone("Before", end=END - 1440)
    small.milestone("Given up", dropped=END // 1440)
    small.milestone("Reached", status=MilestoneStatus.COMPLETED, end=END + 1440)
    item = small.item("Paint")
    assert points(small, row) == [
        "“Launch” has no date", "“Launch” has no owner", "work item “Paint” has no dates", "no baseline is saved",
    ]  # fmt: skip
    small.item("Below", parent=item.id, start=END, end=END)
    launch = next(found for found in small.plan.all(Milestone) if found.title == "Launch")
    small.put(Milestone(launch.id, PROJECT, "Launch", end=END + 1440, owner=900))
    small.put(Baseline(small.id(), PROJECT, "Baseline 1", 1, END, ""))
    assert points(small, row) == []
    small.item("One more")
    small.item("And one")
    assert points(small, row) == ["2 work items have no dates"]


def test_planning_sees_dependencies_in_a_circle(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.PLANNING, end=END)
    small.put(Baseline(small.id(), PROJECT, "Baseline 1", 1, END, ""))
    before, a, b, after = (small.item(title, start=END, end=END) for title in ("before", "a", "b", "after"))
    for first, second in ((before, a), (a, b), (b, after)):
        small.depend(first, second)
    assert points(small, row) == []
    small.depend(b, a)
    assert points(small, row) == ["dependencies go in a circle through “a”"]


def test_a_prototype_needs_an_artefact_and_decisions_on_feedback(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.PROTOTYPE)
    assert points(small, row) == ["no artefact is shown"]
    small.put(Artefact(small.id(), row.id, "Build 12"))
    small.put(Feedback(small.id(), row.id, "Too slow", decision="speed it up"))
    small.put(Feedback(small.id(), row.id, "Too blue"))
    assert points(small, row) == ["feedback without a decision: Too blue"]


def test_client_approval_needs_an_approval_that_stands(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.CLIENT_APPROVAL)
    assert points(small, row) == ["no approval is recorded"]
    small.put(SignOff(small.id(), row.id, "Ines", SignOffDecision.REJECTED, END // 1440))
    small.put(SignOff(small.id(), row.id, "Ines", SignOffDecision.APPROVED, END // 1440, superseded=True))
    assert points(small, row) == ["Ines rejected it"]
    covered = snapshot(small.plan, row)
    small.put(
        SignOff(
            small.id(), row.id, "Ines", SignOffDecision.WITH_CONDITIONS, END // 1440, snapshot=covered,
            snapshot_sha256=fingerprint(covered),
        )
    )  # fmt: skip
    assert points(small, row) == []
    small.put(SignOff(small.id(), row.id, "Ole", SignOffDecision.APPROVED, END // 1440 + 1, snapshot=covered))
    assert points(small, row) == ["the record of what Ole approved was altered"]


def test_a_launch_needs_its_required_steps_and_go(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.LAUNCH)
    small.put(LaunchStep(small.id(), row.id, "Back up"))
    small.put(LaunchStep(small.id(), row.id, "Cake", required=False))
    small.put(GoDecision(small.id(), row.id, GoDecisionValue.GO, END // 1440))
    assert points(small, row) == ["launch step: Back up"]
    small.put(GoDecision(small.id(), row.id, GoDecisionValue.NO_GO, END // 1440 + 1))
    assert points(small, row) == ["launch step: Back up", "no “go” is recorded"]


def test_a_review_needs_a_lesson_and_owners_of_follow_ups(small: SmallPlan) -> None:
    row = small.milestone(kind=MilestoneKind.REVIEW)
    assert points(small, row) == ["no lesson is written down"]
    item = small.item("Follow up")
    small.put(Lesson(small.id(), row.id, "Test earlier", follow_up=item.id))
    assert points(small, row) == ["follow-up without an owner: Test earlier"]
    small.put(Person(900, "Mara"))
    small.put(Assignment(small.id(), item.id, 900))
    assert points(small, row) == []
