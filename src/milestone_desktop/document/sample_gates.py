"""What the sample's milestones hold beside their dates: minutes, artefacts, results, approvals, launch steps, lessons, bills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.document.operations import evidence, gate_records, kind_rows, log, milestones, sign_offs
from milestone_desktop.domain.enums import (
    AgendaState,
    CriterionResult,
    GoDecisionValue,
    LessonCategory,
    LogType,
    MilestoneKind,
    SignOffDecision,
)
from milestone_desktop.domain.gates import (
    AgendaRow,
    Artefact,
    Criterion,
    Feedback,
    LaunchStep,
    Lesson,
    Objective,
    RoleLine,
    ScopeLine,
)

if TYPE_CHECKING:
    from milestone_desktop.document.edit import Edit
    from milestone_desktop.document.sample import Sample

# Milestone: amount in hundredths, currency.
BILLS = {
    "Racks ready": (1_850_000, "EUR"),
    "First wave moved": (2_400_000, "EUR"),
    "Last wave moved": (2_400_000, "EUR"),
    "Stage 2 audit": (960_000, "GBP"),
}


def get_ready(sample: Sample, edit: Edit, milestone: int, kind: MilestoneKind) -> None:
    """Does what the gate of a kind asks for."""
    match kind:
        case MilestoneKind.KICKOFF:
            hold_kickoff(sample, edit, milestone, ("Agree on what this is for",), ("What was ordered",), ())
        case MilestoneKind.PROTOTYPE:
            kind_rows.add(edit, Artefact, milestone, "Test systems run in the new hall", version="wave 1")
        case MilestoneKind.CLIENT_APPROVAL:
            sign_offs.record(edit, milestone, sign_offs.Given(
                "George Hall", SignOffDecision.APPROVED, edit.today, "Client sponsor", "Leeds Water", "letter",
                file=("Approval.txt", b"We approve the result as shown.\n")))  # fmt: skip
        case MilestoneKind.LAUNCH:
            gate_records.decide(edit, milestone, GoDecisionValue.GO, "Mara Lindqvist")
        case MilestoneKind.REVIEW:
            look_back(sample, edit, milestone)


def hold_kickoff(
    sample: Sample, edit: Edit, milestone: int, objectives: tuple[str, ...], inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    """A kickoff with its agenda dealt with."""
    gate_records.set_meeting(edit, milestone, held=edit.today * 1440 + 600, place="Room 4, and by video")
    for text, minutes, who in (("Why we do this", 15, "Mara"), ("Objectives and scope", 30, "Mara"), ("Roles", 15, "Jonas")):
        kind_rows.add(edit, AgendaRow, milestone, text, minutes=minutes, owner=sample.person(who), state=AgendaState.DONE)
    kind_rows.add(edit, AgendaRow, milestone, "Budget", minutes=10, state=AgendaState.WAIVED, reason="settled with the sponsor")
    for text in objectives:
        kind_rows.add(edit, Objective, milestone, text)
    for texts, included in ((inside, True), (outside, False)):
        for text in texts:
            kind_rows.add(edit, ScopeLine, milestone, text, included=included)
    for role, who, duties in (("Sponsor", "George", "decides on scope and money"), ("Lead", "Mara", "answers for the dates")):
        kind_rows.add(edit, RoleLine, milestone, role, person=sample.person(who), duties=duties)


def kick_off_aurora(sample: Sample, edit: Edit) -> None:
    """The kickoff of the app for field crews."""
    ids = sample.ids
    hold_kickoff(
        sample, edit, ids["kickoff"],
        ("Field crews close jobs without a network", "Half the calls to the dispatchers"),
        ("Jobs, maps and photos offline", "Both phone makers"), ("The dispatchers' desktop program", "Payroll"),
    )  # fmt: skip
    log.create(edit, ids["aurora"], "One app for both phone makers", LogType.DECISION, [ids["kickoff"]],
               owner=sample.person("George"))  # fmt: skip


def show_prototype(sample: Sample, edit: Edit) -> None:
    """What there is to see so far, and what was said about it."""
    ids = sample.ids
    kind_rows.add(edit, Artefact, ids["prototype"], "Offline store on two phones", version="0.3")
    kind_rows.add(edit, Artefact, ids["prototype"], "Click-through of the map screens", version="4",
                  link="https://example.org/aurora/map")  # fmt: skip
    for author, text, severity, decision in (
        ("Leeds crew", "Photos are lost when the battery dies", "high", "Keep them as they are taken"),
        ("Leeds crew", "The list jumps while syncing", "medium", "Mend with the sync engine"),
        ("George Hall", "Could it show yesterday's jobs?", "low", ""),
    ):
        kind_rows.add(edit, Feedback, ids["prototype"], text, author=author, severity=severity, decision=decision)


def test_aurora(sample: Sample, edit: Edit) -> None:
    """First results of the acceptance tests, on an early build."""
    rows = sorted(edit.plan.where(Criterion, "milestone", sample.ids["uat"]), key=lambda row: row.order)
    results = (CriterionResult.PASS, None, CriterionResult.FAIL, CriterionResult.BLOCKED, CriterionResult.PASS)
    notes = ("", "", "opens in 3.1 s", "waiting for test phones", "")
    for row, result, note in zip(rows, results, notes, strict=False):
        if result is not None:
            milestones.change_criterion(edit, row.id, result=result, tester=sample.person("Aisha"), note=note)
    evidence.attach_file(edit, sample.ids["uat"], "Map timing.csv", b"run;seconds\n1;3.1\n2;3.0\n3;3.2\n", "text/csv")


def prepare_launch(sample: Sample, edit: Edit) -> None:
    """The steps of the go-live."""
    for text, who, required, rollback in (
        ("Freeze the old app", "Jonas", True, "Unfreeze it"), ("Copy open jobs over", "Tomás", True, "Delete the copies"),
        ("Switch the crews over, Leeds first", "Jonas", True, "Hand out the old app"), ("Cake", "Elena", False, ""),
    ):  # fmt: skip
        kind_rows.add(
            edit, LaunchStep, sample.ids["launch"], text, owner=sample.person(who), required=required, rollback=rollback
        )


def look_back(sample: Sample, edit: Edit, milestone: int) -> None:
    """Three lessons, one of them with a follow-up."""
    kind_rows.add(edit, Lesson, milestone, "Evidence gathered week by week cost no overtime", category=LessonCategory.WENT_WELL)
    lesson = kind_rows.add(
        edit, Lesson, milestone, "Supplier files came three weeks late", category=LessonCategory.TO_IMPROVE,
        cause="Nobody had asked before the audit was booked", impact="Two weekends", owner=sample.person("Sofie"),
        recommendation="Ask suppliers when the scope is agreed",
    )  # fmt: skip
    kind_rows.add(edit, Lesson, milestone, "Keep one list of controls for both audits", category=LessonCategory.IDEA)
    gate_records.follow_up(edit, lesson.id)
