"""Closing a project: what is open in it is completed, dropped or carried over, and it is archived."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import closing, items, log, milestones, projects, sign_offs
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.closing import End, Way, open_ends
from milestone_desktop.domain.enums import LogState, LogType, MilestoneKind, MilestoneStatus, ProjectStatus, SignOffDecision
from milestone_desktop.domain.gates import GateOverride, SignOffCondition
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 24, 10, 30)
TODAY = NOW.toordinal()
END = instant(2026, 11, 20, 18)


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 9, 1, 9))
        projects.create(edit, "Borealis", key="BOR", start=instant(2026, 9, 1, 9))
        row = milestones.create(edit, project.id, "Launch", END, kind=MilestoneKind.LAUNCH)
        items.create(edit, project.id, "Paint", parent=row.id, start=END - 1440, end=END, duration=480)
        bill = milestones.create(edit, project.id, "Approved", END, type="Billing", amount=120_000, currency="EUR")
        given = sign_offs.Given(
            "George", SignOffDecision.WITH_CONDITIONS, TODAY, conditions=[("Send the manual", None, TODAY + 3)]
        )
        sign_offs.record(edit, bill.id, given)
        milestones.complete(edit, bill.id, END)
        log.create(edit, project.id, "Supplier is slow", LogType.RISK, [row.id])
    return document


def project(document: Document, key: str) -> Project:
    return next(row for row in document.plan.all(Project) if row.key == key)


def choices(document: Document, way: Way) -> dict[tuple[End, int], Way]:
    return {(end.end, end.id): way for end in open_ends(document.plan, project(document, "AUR").id)}


def close(document: Document, way: Way) -> None:
    with document.edit("Close") as edit:
        closing.close(edit, project(document, "AUR").id, choices(document, way), project(document, "BOR").id)


def test_all_that_is_open_is_listed(document: Document) -> None:
    found = [(end.end, str(end.text)) for end in open_ends(document.plan, project(document, "AUR").id)]
    assert found == [
        (End.MILESTONE, "Launch"), (End.ITEM, "Paint"), (End.INVOICE, "“Approved” is to be invoiced"),
        (End.CONDITION, "Send the manual"), (End.LOG, "Supplier is slow"),
    ]  # fmt: skip


def test_completing_everything_leaves_nothing_open_and_archives(document: Document) -> None:
    close(document, Way.COMPLETE)
    row = project(document, "AUR")
    assert row.status is ProjectStatus.ARCHIVED
    assert open_ends(document.plan, row.id) == []
    launch = next(one for one in document.plan.all(Milestone) if one.title == "Launch")
    assert (launch.status, launch.actual_finish) == (MilestoneStatus.COMPLETED, instant(2026, 11, 24, 18))
    assert [kept.reason for kept in document.plan.all(GateOverride)] == ["closed with its project"]
    bill = next(one for one in document.plan.all(Milestone) if one.title == "Approved")
    assert (bill.invoiced, bill.paid) == (TODAY, TODAY)
    document.undo()
    assert project(document, "AUR").status is ProjectStatus.ACTIVE
    assert len(open_ends(document.plan, row.id)) == 5


def test_dropping_everything(document: Document) -> None:
    close(document, Way.DROP)
    assert open_ends(document.plan, project(document, "AUR").id) == []
    launch = next(one for one in document.plan.all(Milestone) if one.title == "Launch")
    assert launch.dropped_reason == "closed with its project"
    assert document.plan.count(WorkItem) == 0
    assert [(row.text, row.state) for row in document.plan.all(LogEntry)] == [
        ("Condition dropped: Send the manual", LogState.CLOSED)
    ]


def test_carrying_everything_over(document: Document) -> None:
    close(document, Way.CARRY_OVER)
    target = project(document, "BOR").id
    assert open_ends(document.plan, project(document, "AUR").id) == []
    assert {row.title: row.project for row in document.plan.all(Milestone)}["Launch"] == target
    paint = next(iter(document.plan.all(WorkItem)))
    assert (paint.project, paint.parent, paint.number) == (target, None, 1)
    told = sorted(row.text for row in document.plan.where(LogEntry, "project", target))
    assert told == ["Bill “Approved”: 1,200.00 EUR", "Send the manual", "Supplier is slow"]
    assert all(row.done for row in document.plan.all(SignOffCondition))


def test_nothing_is_closed_by_halves(document: Document) -> None:
    some = choices(document, Way.COMPLETE)
    some.pop(next(key for key in some if key[0] is End.LOG))
    with pytest.raises(PlanError, match="“Supplier is slow” is still open"), document.edit("Close") as edit:
        closing.close(edit, project(document, "AUR").id, some)
    with pytest.raises(PlanError, match="without another project"), document.edit("Close") as edit:
        closing.close(edit, project(document, "AUR").id, choices(document, Way.CARRY_OVER), project(document, "AUR").id)
    assert project(document, "AUR").status is ProjectStatus.ACTIVE
    assert len(open_ends(document.plan, project(document, "AUR").id)) == 5


def test_a_project_is_taken_out_of_the_archive(document: Document) -> None:
    close(document, Way.COMPLETE)
    with document.edit("Reopen") as edit:
        closing.reopen(edit, project(document, "AUR").id)
    assert project(document, "AUR").status is ProjectStatus.ACTIVE
