"""Templates: the shipped ones are sound, and a project's own template makes a project like it."""

from __future__ import annotations

from datetime import datetime

import pytest

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import projects
from milestone_desktop.document.operations.templates import create_project, from_project, save_as_template
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneKind, ScheduleMode
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.projects import Project, Template
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.templates import read, write
from milestone_desktop.template_choice import all_templates, template_named

NOW = datetime(2026, 11, 24, 10, 30)
KICKOFF = datetime(2026, 11, 30).toordinal()
NAMES = ("lifecycle", "software-release", "event", "research-grant", "blank")


def new_document() -> Document:
    return Document(MemoryStorage(seed_plan()), lambda: NOW)


def laid_out(name: str, mode: ScheduleMode) -> list[tuple[int, str, str, str]]:
    document = new_document()
    with document.edit("Add") as edit:
        project = create_project(edit, template_named(document.plan, name), "Trial", KICKOFF, mode=mode)
    return [
        (level, row.title, instant_to_iso(row.start or 0) if row.start else "", instant_to_iso(row.end or 0))
        for level, row in walk(document.plan, project.id)
    ]


def test_the_templates_are_those_that_are_promised() -> None:
    assert tuple(template.name for template in all_templates(seed_plan())) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_template_reads_back_what_it_writes(name: str) -> None:
    template = template_named(seed_plan(), name)
    assert read(write(template), name) == template


@pytest.mark.parametrize("name", NAMES)
def test_links_and_offsets_of_a_template_say_the_same(name: str) -> None:
    assert laid_out(name, ScheduleMode.COMPUTED) == laid_out(name, ScheduleMode.RECORDED)


def test_the_lifecycle_lays_out_the_seven_kinds_in_their_order() -> None:
    document = new_document()
    with document.edit("Add") as edit:
        project = create_project(edit, template_named(document.plan, "lifecycle"), "Trial", KICKOFF)
    rows = [row for _, row in walk(document.plan, project.id) if isinstance(row, Milestone)]
    assert [row.kind for row in rows] == [
        MilestoneKind.KICKOFF, MilestoneKind.PLANNING, MilestoneKind.PROTOTYPE, MilestoneKind.UAT,
        MilestoneKind.CLIENT_APPROVAL, MilestoneKind.LAUNCH, MilestoneKind.REVIEW,
    ]  # fmt: skip
    assert all(row.owner is not None for row in rows)
    assert [row.end for row in rows] == sorted(row.end or 0 for row in rows)
    assert project.mode is ScheduleMode.COMPUTED


def test_a_kickoff_on_a_day_off_begins_on_the_next_working_day() -> None:
    document = new_document()
    saturday = datetime(2026, 11, 28).toordinal()
    with document.edit("Add") as edit:
        project = create_project(edit, template_named(document.plan, "lifecycle"), "Trial", saturday)
    assert instant_to_iso(project.start or 0) == "2026-11-30T09:00"


def test_a_project_saved_as_template_makes_a_project_like_it() -> None:
    document = new_document()
    with document.edit("Add") as edit:
        project = create_project(edit, template_named(document.plan, "lifecycle"), "Trial", KICKOFF)
    with document.edit("Save") as edit:
        save_as_template(edit, project.id, "Ours")
    with document.edit("Again") as edit:
        twin = create_project(edit, template_named(document.plan, "Ours"), "Twin", KICKOFF)
    first = [(level, row.title, row.start, row.end) for level, row in walk(document.plan, project.id)]
    assert [(level, row.title, row.start, row.end) for level, row in walk(document.plan, twin.id)] == first
    assert [t.checklist for t in from_project(document.plan, twin.id, "x").activities] == [
        t.checklist for t in from_project(document.plan, project.id, "x").activities
    ]
    with document.edit("Save") as edit:
        save_as_template(edit, twin.id, "Ours")
    assert document.plan.count(Template) == 1


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("title = ", "Invalid value"),
        ("summary = 'x'", "'title'"),
        ("title='x'\n[[activity]]\nid='a'\ntitle='A'\nmilestone='Party'", "Party"),
        ("title='x'\n[[activity]]\nid='a'\ntitle='A'\nafter=['b']", "'b', which is not there"),
        ("title='x'\n[[activity]]\nid='a'\ntitle='A'\nparent='b'", "does not stand above it"),
        ("title='x'\n[[activity]]\nid='a'\ntitle='A'\ncolour='red'", "unknown entry 'colour'"),
        ("title='x'\n[[activity]]\nid='a'\ntitle='A'\n[[activity]]\nid='a'\ntitle='B'", "two activities"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(text: str, reason: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(text, "ours")
    assert reason in str(caught.value)
    assert "“ours”" in str(caught.value)


def test_a_name_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(PlanError, match="lifecycle, software-release"):
        template_named(seed_plan(), "nonsense")


def test_keys_made_from_titles_are_unique() -> None:
    document = new_document()
    keys = []
    for title in ("Aurora mobile app", "Aurora", "Aurora", "日本", "2nd floor", "x"):
        with document.edit("Add") as edit:
            keys.append(projects.create(edit, title).key)
    assert len(set(keys)) == len(keys)
    assert all(key[0].isalpha() and key.isupper() for key in keys)
    assert document.plan.count(Project) == len(keys)
