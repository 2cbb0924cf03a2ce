"""Short commands: what is understood, what each does as one edit, and what is refused."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import items, milestones, people, projects
from milestone_desktop.document.short_commands import Reading, ShortCommand, read_command
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneStatus, ScheduleMode, StateGroup
from milestone_desktop.domain.instants import at, day_of
from milestone_desktop.domain.messages import PlanError, render
from milestone_desktop.domain.projects import Person, Project, WorkflowState
from milestone_desktop.domain.seeds import seed_plan

TODAY = date(2026, 11, 23).toordinal()  # a Monday


@pytest.fixture
def document() -> Document:
    """AUR with the milestone PRO and the item AUR-1; BOR with the milestones PRO and KAF; three people."""
    made = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 23, 14, 2))
    with made.edit("Lay out") as edit:
        aurora = projects.create(edit, "Aurora", key="AUR", start=at(TODAY, 540), mode=ScheduleMode.RECORDED, aliases=("OLD",))
        borealis = projects.create(edit, "Borealis", key="BOR", start=at(TODAY, 540), mode=ScheduleMode.RECORDED)
        milestones.create(edit, aurora.id, "Prototype", at(TODAY + 4, 1080), code="PRO")
        items.create(edit, aurora.id, "Map screens", start=at(TODAY, 540), end=at(TODAY + 4, 1080), duration=5 * 480)
        milestones.create(edit, borealis.id, "Profile", at(TODAY + 8, 1080), code="PRO")
        milestones.create(edit, borealis.id, "Kafka", at(TODAY + 8, 1080), code="KAF")
        for name in ("Tomás Rey", "Mara Lindqvist", "Mara Weber"):
            people.create(edit, name)
    return made


def read(document: Document, text: str, project: int | None = None) -> ShortCommand | None:
    return read_command(document.plan, text, Reading(TODAY, lambda _project: TODAY, project))


def do(document: Document, text: str, project: int | None = None) -> str:
    """Does it; returns what was understood."""
    command = read(document, text, project)
    assert command is not None
    before = len(document.history.undo_labels())
    with document.edit(command.words) as edit:
        command.do(edit)
    assert len(document.history.undo_labels()) == before + 1
    return render(command.words)


def one(document: Document, title: str) -> Activity:
    return next(row for row in document.plan.activities() if row.title == title)


def project_id(document: Document, key: str) -> int:
    return next(row.id for row in document.plan.all(Project) if row.key == key)


def end_day(document: Document, title: str) -> date:
    end = one(document, title).end
    assert end is not None
    return date.fromordinal(day_of(end))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("KAF +5d", date(2026, 12, 8)),
        ("kaf -1d", date(2026, 11, 30)),
        ("kaf −1wd", date(2026, 11, 30)),
        ("KAF +2w", date(2026, 12, 15)),
        ("KAF 4 dec", date(2026, 12, 4)),
        ("KAF next fri", date(2026, 11, 27)),
        ("KAF 2026-12-24", date(2026, 12, 24)),
        ("AUR-1 +1d", date(2026, 11, 30)),
        ("aur-1 30 nov", date(2026, 11, 30)),
        ("OLD-1 30 nov", date(2026, 11, 30)),
    ],
)
def test_dates_move_and_are_set_and_undo_takes_it_back(document: Document, text: str, day: date) -> None:
    title = "Kafka" if text.lower().startswith("kaf") else "Map screens"
    before = one(document, title)
    do(document, text)
    assert end_day(document, title) == day
    document.undo()
    assert one(document, title) == before


def test_what_is_understood_is_said_with_both_dates(document: Document) -> None:
    command = read(document, "KAF +5d")
    assert command is not None
    assert render(command.words) == "Move “Kafka” by +5 working days, from 2026-12-01 to 2026-12-08"


def test_the_code_of_the_project_shown_is_meant_first_and_a_key_names_another(document: Document) -> None:
    do(document, "PRO 4 dec", project_id(document, "AUR"))
    assert end_day(document, "Prototype") == date(2026, 12, 4)
    do(document, "BOR:PRO 7 dec", project_id(document, "AUR"))
    assert end_day(document, "Profile") == date(2026, 12, 7)
    with pytest.raises(PlanError, match="code of several milestones"):
        read(document, "PRO 4 dec")


def test_progress_status_done_and_reopen(document: Document) -> None:
    plan = document.plan
    assert do(document, "AUR-1 60%") == "Set the progress of “Map screens” to 60 %"
    assert one(document, "Map screens").progress == 60
    do(document, "AUR-1 done 24 nov")
    item = one(document, "Map screens")
    assert isinstance(item, WorkItem)
    assert plan[WorkflowState, item.status].group is StateGroup.DONE
    assert item.actual_finish == at(date(2026, 11, 24).toordinal(), 1080)
    do(document, "AUR-1 reopen")
    assert one(document, "Map screens").progress == 0
    do(document, "KAF in progress")
    do(document, "KAF done fri")
    kafka = one(document, "Kafka")
    assert isinstance(kafka, Milestone)
    assert (kafka.status, kafka.actual_finish) == (MilestoneStatus.COMPLETED, at(TODAY + 4, 1080))
    do(document, "KAF reopen")
    assert one(document, "Kafka").actual_finish is None


def test_people_tags_and_titles(document: Document) -> None:
    do(document, "KAF @tomas")
    kafka = one(document, "Kafka")
    assert isinstance(kafka, Milestone)
    assert kafka.owner is not None
    assert document.plan[Person, kafka.owner].name == "Tomás Rey"
    do(document, "AUR-1 @Weber")
    assigned = [document.plan[Person, row.person].name for row in document.plan.all(Assignment)]
    assert assigned == ["Mara Weber"]
    do(document, "AUR-1 @nobody")
    assert document.plan.count(Assignment) == 0
    do(document, "KAF #client")
    assert one(document, "Kafka").tags == ("client",)
    do(document, "KAF = Kafka replaced")
    assert one(document, "Kafka replaced").code == "KAF"


@pytest.mark.parametrize("text", ["", "KAF", "Kafka is late", "AUR-99 +5d", "NON 4 dec", "hello world"])
def test_other_words_are_no_command(document: Document, text: str) -> None:
    assert read(document, text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("KAF whatever", "says nothing that could be done"),
        ("KAF 60%", "follows from its work items"),
        ("AUR-1 160%", "from 0 to 100"),
        ("KAF @Mara", "may be several people: Mara Lindqvist, Mara Weber"),
        ("KAF @Zoe", "nobody called “Zoe”"),
        ("KAF +0.5d", "whole working days"),
        ("KAF #", "A tag needs a name"),
        ("KAF =", "A title needs a word"),
        ("KAF done 45 foo", "not a date"),
    ],
)
def test_what_cannot_be_understood_is_one_sentence_and_changes_nothing(document: Document, text: str, sentence: str) -> None:
    edits = len(document.history.undo_labels())
    with pytest.raises(PlanError) as refused:
        read(document, text)
    assert sentence in render(refused.value.message)
    assert len(document.history.undo_labels()) == edits


def test_who_no_longer_works_on_an_item_is_said(document: Document) -> None:
    do(document, "AUR-1 @Lindqvist")
    assert do(document, "AUR-1 @Tomas") == "Assign Tomás Rey to “Map screens” instead of Mara Lindqvist"
    assert do(document, "AUR-1 @nobody") == "Leave “Map screens” to nobody"


def test_me_is_who_the_workspace_says(document: Document) -> None:
    with pytest.raises(PlanError, match="does not know who you are"):
        read(document, "KAF @me")
    tomas = next(row for row in document.plan.all(Person) if row.name == "Tomás Rey")
    with document.edit("That is me") as edit:
        people.set_me(edit, tomas.id)
    assert do(document, "KAF @me") == "Make Tomás Rey the owner of “Kafka”"


def test_one_working_day_is_no_days(document: Document) -> None:
    assert do(document, "KAF +1d").startswith("Move “Kafka” by +1 working day, from")
