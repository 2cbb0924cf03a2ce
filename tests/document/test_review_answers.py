"""The answers of a review: what each of them edits, as one undo step."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import items, milestones, people, projects, review
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import Health, LogType, MilestoneKind, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project, WorkflowState
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.domain.review import Question, Topic, questions
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 24, 10, 30)
TODAY = NOW.toordinal()


@pytest.fixture
def document() -> Document:
    document = Document(MemoryStorage(seed_plan()), lambda: NOW)
    with document.edit("Add") as edit:
        mara = people.create(edit, "Mara")
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 9, 1, 9))
        milestones.create(edit, project.id, "Late", instant(2026, 11, 20, 18), owner=mara.id)
        milestones.create(edit, project.id, "Soon", instant(2026, 11, 30, 18), owner=mara.id)
        milestones.create(
            edit, project.id, "Approval", instant(2026, 11, 26, 18), owner=mara.id, kind=MilestoneKind.CLIENT_APPROVAL
        )
        milestones.create(edit, project.id, "Orphan", instant(2027, 2, 1, 18))
        items.create(edit, project.id, "Paint", start=instant(2026, 11, 16, 9), end=instant(2026, 11, 20, 18), duration=2400)
    return document


def ask(document: Document, topic: Topic, title: str) -> Question:
    project = next(iter(document.plan.all(Project)))
    found = questions(document.plan, project, TODAY, lambda row: None)
    return next(one for one in found if one.topic is topic and f"“{title}”" in str(one.text))


def point(document: Document, title: str) -> Milestone:
    return next(row for row in document.plan.all(Milestone) if row.title == title)


def test_yes_completes_on_the_status_date_in_one_step(document: Document) -> None:
    question = ask(document, Topic.LATE, "Late")
    with document.edit("Yes") as edit:
        review.yes(edit, question)
    row = point(document, "Late")
    assert (row.status, row.actual_finish) == (MilestoneStatus.COMPLETED, instant(2026, 11, 24, 18))
    document.undo()
    assert point(document, "Late").status is MilestoneStatus.NEW
    with document.edit("Yes") as edit:
        review.yes(edit, ask(document, Topic.LATE, "Paint"))
    assert next(iter(document.plan.all(WorkItem))).progress == 100


def test_no_sets_late_things_under_way(document: Document) -> None:
    with document.edit("No") as edit:
        review.no(edit, ask(document, Topic.LATE, "Late"))
        review.no(edit, ask(document, Topic.LATE, "Paint"))
    assert point(document, "Late").status is MilestoneStatus.IN_PROGRESS
    state = document.plan[WorkflowState, next(iter(document.plan.all(WorkItem))).status]
    assert state.group is StateGroup.IN_PROGRESS


def test_what_will_not_be_reached_is_at_risk_until_its_date(document: Document) -> None:
    with document.edit("No") as edit:
        review.no(edit, ask(document, Topic.ENTERING, "Soon"))
    row = point(document, "Soon")
    assert (row.health_override, row.health_until) == (Health.AT_RISK, TODAY + 14)
    assert "said in the review" in row.health_reason


def test_three_days_later_moves_by_working_days(document: Document) -> None:
    with document.edit("Later") as edit:
        review.later(edit, ask(document, Topic.LATE, "Late"))
    assert point(document, "Late").end == instant(2026, 11, 25, 18)
    with document.edit("Later") as edit:
        review.later(edit, ask(document, Topic.LATE, "Paint"))
    item = next(iter(document.plan.all(WorkItem)))
    assert (item.start, item.end) == (instant(2026, 11, 16, 9), instant(2026, 11, 25, 18))


def test_an_approval_is_not_given_by_a_yes_and_a_no_makes_an_action(document: Document) -> None:
    question = ask(document, Topic.SIGN_OFF, "Approval")
    with pytest.raises(PlanError, match="no approval is recorded"), document.edit("Yes") as edit:
        review.yes(edit, question)
    with document.edit("No") as edit:
        review.no(edit, question)
    entry = next(iter(document.plan.all(LogEntry)))
    assert (entry.type, entry.text, entry.due) == (LogType.ACTION, "Ask for the approval of “Approval”", TODAY + 7)


def test_an_orphan_becomes_mine_where_it_is_known_who_i_am(document: Document) -> None:
    question = ask(document, Topic.NO_OWNER, "Orphan")
    with pytest.raises(PlanError, match="who you are"), document.edit("Yes") as edit:
        review.yes(edit, question)
    with document.edit("Me") as edit:
        people.set_me(edit, point(document, "Late").owner)
    with document.edit("Yes") as edit:
        review.yes(edit, question)
    assert point(document, "Orphan").owner == point(document, "Late").owner


def test_a_note_is_a_dated_comment(document: Document) -> None:
    question = ask(document, Topic.LATE, "Late")
    with document.edit("Note") as edit:
        review.note(edit, question, " waiting for the crane ")
    row = point(document, "Late")
    assert (row.comment, row.comment_date) == ("waiting for the crane", TODAY)
    with pytest.raises(PlanError, match="without text"), document.edit("Note") as edit:
        review.note(edit, question, "")
