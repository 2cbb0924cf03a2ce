"""What putting an activity into another group sets of it, and what it gives up."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import groups, items, links, milestones, people, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.grouping import grouping_named, groupings
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import PlanError, render
from milestone_desktop.domain.seeds import seed_plan

END = instant(2026, 12, 4, 18)


def laid_out() -> Document:
    """Two items and two milestones: Screens of Anna and Ben, tagged ui and app, for Alpha; Store; Alpha of Anna; Beta."""
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 23, 14, 2))
    with document.edit("Lay out") as edit:
        project = projects.create(edit, "Aurora", key="AUR")
        anna, ben = people.create(edit, "Anna"), people.create(edit, "Ben")
        screens = items.create(edit, project.id, "Screens", tags=("ui", "app"), release="R1", module="Core")
        items.create(edit, project.id, "Store", release="R2", type="Bug")
        alpha = milestones.create(edit, project.id, "Alpha", END, owner=anna.id, kind=MilestoneKind.PROTOTYPE)
        milestones.create(edit, project.id, "Beta", END + 1440, tags=("gate",), kind=MilestoneKind.UAT)
        items.assign(edit, screens.id, [anna.id, ben.id])
        links.set_milestones(edit, screens.id, [alpha.id])
    return document


def one(document: Document, title: str) -> Activity:
    return next(row for row in document.plan.activities() if row.title == title)


def standing(document: Document, title: str, name: str) -> list[str]:
    """The groups that an activity stands in."""
    grouping = grouping_named(name)
    assert grouping is not None
    return [render(group.title) for group in grouping.made(document.plan)(one(document, title))]


def place(document: Document, name: str, title: str) -> groups.Place:
    """The group of that title, as one of the activities stands in it."""
    grouping = grouping_named(name)
    assert grouping is not None
    maker = grouping.made(document.plan)
    found = [group for row in document.plan.activities() for group in maker(row) if render(group.title) == title]
    return groups.Place(name, found[0].key, found[0].title)


def put(document: Document, title: str, name: str, goal: str, left: str | None = None) -> str:
    """Moves one activity; returns what the edit is called."""
    way = () if left is None else (place(document, name, left),)
    row = one(document, title).id
    to = (place(document, name, goal),)
    with document.edit("Move") as edit:
        groups.move(edit, [(row, way)], to)
    return render(document.history.undo_labels()[0])


@pytest.mark.parametrize(
    ("title", "name", "left", "goal", "after"),
    [
        ("Screens", "release", "R1", "R2", ["R2"]),
        ("Beta", "module", "No module", "Core", ["Core"]),
        ("Screens", "module", "Core", "No module", ["No module"]),
        ("Screens", "owner", "Anna", "Nobody", ["Nobody"]),
        ("Store", "owner", "Nobody", "Ben", ["Ben"]),
        ("Beta", "owner", "Nobody", "Anna", ["Anna"]),
        ("Alpha", "owner", "Anna", "Nobody", ["Nobody"]),
        ("Screens", "tag", "ui", "gate", ["app", "gate"]),
        ("Screens", "tag", "ui", "app", ["app"]),
        ("Screens", "tag", "app", "No tag", ["No tag"]),
        ("Screens", "milestone", "Alpha", "Beta", ["Beta"]),
        ("Store", "milestone", "No milestone", "Alpha", ["Alpha"]),
        ("Screens", "milestone", "Alpha", "No milestone", ["No milestone"]),
        ("Beta", "kind", "UAT", "Prototype", ["Prototype"]),
        ("Screens", "type", "Task", "Bug", ["Bug"]),
    ],
)  # fmt: skip
def test_a_row_leaves_one_group_for_another(title: str, name: str, left: str, goal: str, after: list[str]) -> None:
    document = laid_out()
    before = standing(document, title, name)
    assert put(document, title, name, goal, left) == f"Move “{title}” to “{goal}”"
    assert standing(document, title, name) == after
    document.undo()
    assert sorted(standing(document, title, name)) == sorted(before)


def test_of_several_people_only_the_one_of_the_group_gives_way() -> None:
    document = laid_out()
    with document.edit("Hire") as edit:
        items.assign(edit, one(document, "Store").id, [people.create(edit, "Cleo").id])
    put(document, "Screens", "owner", "Cleo", left="Anna")
    assert standing(document, "Screens", "owner") == ["Ben", "Cleo"]


def test_a_status_brings_along_what_follows_from_it() -> None:
    document = laid_out()
    with document.edit("Finish") as edit:
        items.set_progress(edit, one(document, "Store").id, 100)
    put(document, "Screens", "status", "Done", left="New")
    assert one(document, "Screens").progress == 100
    with pytest.raises(PlanError, match="“Done” is no status of milestones"):
        put(document, "Alpha", "status", "Done")


@pytest.mark.parametrize(
    ("title", "name", "goal", "why"),
    [
        ("Screens", "kind", "UAT", "has no kind"),
        ("Alpha", "kind", "Work items", "is a milestone, not a work item"),
        ("Screens", "type", "Engineering", "is no type of work items"),
        ("Alpha", "type", "Bug", "is no type of milestones"),
        ("Alpha", "milestone", "Beta", "stands in its own group"),
        ("Screens", "project", "Aurora", "stays in its project"),
    ],
)  # fmt: skip
def test_what_a_row_cannot_be_is_refused_and_nothing_changes(title: str, name: str, goal: str, why: str) -> None:
    document = laid_out()
    before, edits = one(document, title), len(document.history.undo_labels())
    with pytest.raises(PlanError, match=why):
        put(document, title, name, goal)
    assert (one(document, title), len(document.history.undo_labels())) == (before, edits)


def test_what_counts_by_a_row_above_it_is_changed_there() -> None:
    document = laid_out()
    with document.edit("Add") as edit:
        items.create(edit, one(document, "Screens").project, "Map", parent=one(document, "Screens").id)
    with pytest.raises(PlanError, match="counts for “Alpha” by a row above it"):
        put(document, "Map", "milestone", "Beta", left="Alpha")


def test_a_new_row_takes_what_it_can_of_its_groups() -> None:
    document = laid_out()
    way = (place(document, "kind", "UAT"), place(document, "release", "R2"))
    with document.edit("Add") as edit:
        row = items.create(edit, one(document, "Screens").project, "Extra")
        label = edit.label
        groups.join(edit, row.id, way)
        assert edit.label == label
    assert (standing(document, "Extra", "release"), standing(document, "Extra", "kind")) == (["R2"], ["Work items"])


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_what_is_not_refused_stands_in_its_new_group_and_undo_takes_it_back(data: st.DataObject) -> None:
    document = laid_out()
    name = data.draw(st.sampled_from([grouping.name for grouping in groupings() if grouping.name not in ("project", "parent")]))
    grouping = grouping_named(name)
    assert grouping is not None
    rows = list(document.plan.activities())
    row = data.draw(st.sampled_from(rows))
    maker: Any = grouping.made(document.plan)
    goal = data.draw(st.sampled_from([group for other in rows for group in maker(other)]))
    left = maker(row)[0]
    try:
        with document.edit("Move") as edit:
            groups.move(
                edit, [(row.id, (groups.Place(name, left.key, left.title),))], (groups.Place(name, goal.key, goal.title),)
            )
    except PlanError:
        assert one(document, row.title) == row
        return
    assert goal.key in [group.key for group in grouping.made(document.plan)(one(document, row.title))]
    if goal.key != left.key:
        document.undo()
    assert one(document, row.title) == row
    assert isinstance(row, Milestone | WorkItem)
