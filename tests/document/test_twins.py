"""Duplicating rows: what comes along, what has happened stays behind, and Undo."""

from __future__ import annotations

from datetime import datetime

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dependencies, items, links, milestones, people, projects, twins
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import ScheduleMode, StateGroup
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import render
from milestone_desktop.domain.outline import children
from milestone_desktop.domain.projects import WorkflowState
from milestone_desktop.domain.seeds import seed_plan

END = instant(2026, 12, 4, 18)


def laid_out() -> Document:
    """Build (Screens → Store → Beta, a milestone) and Alpha; Screens counts for both milestones, is Anna's and half done."""
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 23, 14, 2))
    with document.edit("Lay out") as edit:
        project = projects.create(edit, "Aurora", key="AUR", mode=ScheduleMode.RECORDED).id
        build = items.create(edit, project, "Build").id
        screens = items.create(edit, project, "Screens", parent=build, start=END - 5000, end=END, duration=2400, tags=("ui",)).id
        store = items.create(edit, project, "Store", parent=build, start=END, end=END + 5000, duration=2400).id
        beta = milestones.create(edit, project, "Beta", END + 9000, parent=build).id
        alpha = milestones.create(edit, project, "Alpha", END).id
        items.set_progress(edit, screens, 50)
        items.assign(edit, screens, [people.create(edit, "Anna").id])
        links.set_milestones(edit, screens, [alpha, beta])
        for before, after in ((screens, store), (store, beta)):
            dependencies.add(edit, before, after)
    return document


def called(document: Document, title: str) -> list[Activity]:
    return sorted((row for row in document.plan.activities() if row.title == title), key=lambda row: row.id)


def test_an_item_is_duplicated_with_its_people_and_milestones_and_nothing_that_has_happened() -> None:
    document = laid_out()
    before = {row.id: row for row in document.plan.activities()}
    with document.edit("Duplicate") as edit:
        twins.duplicate(edit, called(document, "Screens")[0].id)
    old, new = called(document, "Screens")
    assert isinstance(new, WorkItem)
    assert (new.parent, new.start, new.end, new.tags, new.progress) == (old.parent, old.start, old.end, ("ui",), 0)
    assert document.plan[WorkflowState, new.status].group is StateGroup.NEW
    siblings = [row.title for row in children(document.plan, new.project, new.parent)]
    assert siblings == ["Screens", "Screens", "Store", "Beta"]
    assert len(document.plan.where(Assignment, "item", new.id)) == 1
    counted = {document.plan[Milestone, one.milestone].title for one in document.plan.where(MilestoneLink, "item", new.id)}
    assert counted == {"Alpha", "Beta"}
    assert not document.plan.where(Dependency, "predecessor", new.id)
    assert render(document.history.undo_labels()[0]) == "Duplicate “Screens”"
    document.undo()
    assert {row.id: row for row in document.plan.activities()} == before


def test_a_parent_is_duplicated_with_all_that_is_beneath_it() -> None:
    document = laid_out()
    with document.edit("Duplicate") as edit:
        twin = twins.duplicate(edit, called(document, "Build")[0].id)
    below = children(document.plan, twin.project, twin.id)
    assert [row.title for row in below] == ["Screens", "Store", "Beta"]
    assert [len(called(document, title)) for title in ("Build", "Alpha")] == [2, 1]
    old, new = called(document, "Beta")
    assert old.code != new.code
    screens = below[0]
    counted = {one.milestone for one in document.plan.where(MilestoneLink, "item", screens.id)}
    assert counted == {called(document, "Alpha")[0].id, new.id}, "for the copy of what was copied, too"
    assert [one.successor for one in document.plan.where(Dependency, "predecessor", screens.id)] == [below[1].id]
    assert document.plan.activity(twin.id) is not None
