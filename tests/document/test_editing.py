"""Edits, undo and redo through a document kept in memory."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.operations import activities, dates, items, links, milestones, projects
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.outline import children, walk
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from random_operations import random_operation

NOW = datetime(2026, 11, 24, 10, 30)


@pytest.fixture
def document() -> Document:
    return Document(MemoryStorage(seed_plan()), lambda: NOW)


def make_project(document: Document) -> Project:
    with document.edit("Add") as edit:
        return projects.create(edit, "Aurora mobile app", start=instant(2026, 9, 1, 9))


def test_a_block_that_raises_leaves_plan_counters_and_journal_as_they_were(document: Document) -> None:
    project = make_project(document)
    before, counters, lines = document.plan.copy(), dict(document.plan.counters), len(document.storage.lines())
    with pytest.raises(ZeroDivisionError), document.edit("Fail") as edit:
        milestones.create(edit, project.id, "Gone")
        projects.delete(edit, project.id)
        1 / 0  # noqa: B018  # the failure under test
    assert document.plan == before
    assert document.plan.counters == counters
    assert len(document.storage.lines()) == lines


def test_an_edit_that_the_file_refuses_leaves_everything_as_it_was(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(document)
    before = document.plan.copy()
    events: list[Changed] = []
    document.subscribe(events.append)

    def full(*_: object, **__: object) -> int:
        raise PlanError("The disk is full.")

    monkeypatch.setattr(document.storage, "write", full)
    with pytest.raises(PlanError, match="disk is full"), document.edit("Add") as edit:
        milestones.create(edit, project.id, "Lost")
    with pytest.raises(PlanError, match="disk is full"):
        document.undo()
    assert document.plan == before
    assert events == []
    assert document.history.undo is not None


def test_an_edit_without_effect_leaves_no_trace(document: Document) -> None:
    project = make_project(document)
    with document.edit("Nothing") as edit:
        edit.update(edit.plan[Project, project.id], title=project.title)
    assert len(document.storage.lines()) == 1


def test_the_label_says_what_was_done(document: Document) -> None:
    project = make_project(document)
    with document.edit("Rename") as edit:
        row = milestones.create(edit, project.id, "Alpha")
    with document.edit("Rename") as edit:
        activities.rename(edit, row.id, "Beta")
    assert document.history.undo is not None
    assert str(document.history.undo[1]) == "Rename milestone “Alpha”"
    document.undo()
    assert document.plan[Milestone, row.id].title == "Alpha"
    assert document.history.redo is not None
    assert str(document.history.redo[1]) == "Rename milestone “Alpha”"


def test_a_listener_that_fails_costs_nothing(document: Document, caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Changed] = []

    def broken(event: Changed) -> None:
        raise RuntimeError("no")

    document.subscribe(broken)
    document.subscribe(heard.append)
    project = make_project(document)
    assert document.plan.get(Project, project.id) is not None
    assert len(heard) == 1
    assert "listener failed" in caplog.text


def test_ids_and_item_numbers_are_never_used_again(document: Document) -> None:
    project = make_project(document)
    with document.edit("Add") as edit:
        first = items.create(edit, project.id, "One")
    document.undo()
    with document.edit("Add") as edit:
        second = items.create(edit, project.id, "Two")
    assert (first.number, second.number) == (1, 2)
    assert second.id > first.id


def test_random_edits_undo_to_the_beginning_and_redo_to_the_end(document: Document) -> None:
    rng = random.Random(7)
    first = document.plan.copy()
    made = 0
    while made < 300:
        made += random_operation(document, rng)
    last = document.plan.copy()
    steps = 0
    while document.history.undo:
        document.undo()
        steps += 1
    assert document.plan == first
    for _ in range(steps):
        document.redo()
    assert document.plan == last
    assert document.history.redo is None


def test_indexes_stay_true_through_random_edits(document: Document) -> None:
    rng = random.Random(11)
    for _ in range(250):
        random_operation(document, rng)
        if rng.random() < 0.2 and document.history.undo:
            document.undo()
    twin = document.plan.copy()  # a copy builds its indexes afresh
    for project in document.plan.all(Project):
        assert document.plan.activities_where("project", project.id) == twin.activities_where("project", project.id)
        assert [row.id for _, row in walk(document.plan, project.id)] == [row.id for _, row in walk(twin, project.id)]
    for item in document.plan.all(WorkItem):
        assert document.plan.where(Dependency, "successor", item.id) == twin.where(Dependency, "successor", item.id)


def test_deleting_a_project_takes_everything_along_and_undo_brings_it_back(document: Document) -> None:
    project = make_project(document)
    with document.edit("Fill") as edit:
        phase = items.create(edit, project.id, "Phase")
        item = items.create(edit, project.id, "Work", parent=phase.id)
        point = milestones.create(edit, project.id, "Ready", instant(2026, 12, 4, 18), parent=phase.id)
        links.link(edit, point.id, [item.id])
        milestones.add_checklist_entry(edit, point.id, "Rehearsed")
    before = document.plan.copy()
    with document.edit("Delete") as edit:
        projects.delete(edit, project.id)
    assert list(document.plan.activities()) == []
    document.undo()
    assert document.plan == before


def test_parents_span_their_children_after_a_move(document: Document) -> None:
    project = make_project(document)
    with document.edit("Fill") as edit:
        phase = items.create(edit, project.id, "Phase")
        item = items.create(
            edit,
            project.id,
            "Work",
            parent=phase.id,
            start=instant(2026, 11, 23, 9),
            end=instant(2026, 11, 27, 18),
            duration=2400,
        )
        point = milestones.create(
            edit, project.id, "Ready", instant(2026, 12, 4, 18), parent=phase.id, start=instant(2026, 12, 2, 9)
        )
    with document.edit("Move") as edit:
        dates.move(edit, [point.id], 2)
    parent, moved = document.plan[WorkItem, phase.id], document.plan[Milestone, point.id]
    assert instant_to_iso(moved.end or 0) == "2026-12-08T18:00"  # Friday + 2 working days
    assert instant_to_iso(moved.start or 0) == "2026-12-04T09:00"  # the window comes along
    assert (parent.start, parent.end) == (document.plan[WorkItem, item.id].start, moved.end)
    change = next(c for c in document.storage.change_set(3, document.plan).changes if c.id == phase.id)
    assert change.derived


def test_rows_are_placed_moved_and_indented(document: Document) -> None:
    project = make_project(document)
    with document.edit("Fill") as edit:
        a, b, c = (items.create(edit, project.id, title) for title in "abc")
        items.create(edit, project.id, "between", after=a.id)

    def titles(parent: int | None = None) -> list[str]:
        return [row.title for row in children(document.plan, project.id, parent)]

    assert titles() == ["a", "between", "b", "c"]
    with document.edit("Up") as edit:
        activities.move_up(edit, [c.id])
    assert titles() == ["a", "between", "c", "b"]
    with document.edit("Indent") as edit:
        activities.indent(edit, [c.id, b.id])
    assert titles() == ["a", "between"]
    with pytest.raises(PlanError, match="top level"), document.edit("Out") as edit:
        activities.outdent(edit, [a.id])
    with pytest.raises(PlanError, match="below itself"), document.edit("Into itself") as edit:
        activities.move_to(edit, [children(document.plan, project.id, None)[1].id], c.id)


def test_many_insertions_in_one_place_keep_their_order(document: Document) -> None:
    project = make_project(document)
    with document.edit("Fill") as edit:
        first = items.create(edit, project.id, "first")
        items.create(edit, project.id, "last")
        for n in range(60):
            items.create(edit, project.id, str(n), after=first.id)
    expected = ["first", *(str(n) for n in reversed(range(60))), "last"]
    assert [row.title for row in children(document.plan, project.id, None)] == expected


def test_a_duplicated_project_keeps_distances_and_forgets_what_has_happened(document: Document) -> None:
    project = make_project(document)
    with document.edit("Fill") as edit:
        item = items.create(edit, project.id, "Work", start=instant(2026, 9, 7, 9), end=instant(2026, 9, 11, 18), duration=2400)
        point = milestones.create(edit, project.id, "Ready", instant(2026, 9, 18, 18))
        links.link(edit, point.id, [item.id])
        milestones.tick(edit, milestones.add_checklist_entry(edit, point.id, "Rehearsed").id, True, edit.today)
        items.set_progress(edit, item.id, 100)
        milestones.complete(edit, point.id, instant(2026, 9, 18, 18))
        dates.set_target(edit, point.id, instant(2026, 9, 18, 18))
    with document.edit("Duplicate") as edit:
        twin = projects.duplicate(edit, project.id, datetime(2027, 3, 1).toordinal())
    work = document.plan.where(WorkItem, "project", twin.id)[0]
    ready = document.plan.where(Milestone, "project", twin.id)[0]
    # 1 Sep 2026 is a Tuesday, 1 Mar 2027 a Monday: four working days on is Friday 5 March.
    assert instant_to_iso(work.start or 0) == "2027-03-05T09:00"
    assert instant_to_iso(ready.end or 0) == "2027-03-18T18:00"
    assert (work.progress, work.actual_finish, ready.actual_finish, ready.target) == (0, None, None, None)
    assert twin.key != project.key
    assert ready.code == "M1"


def test_a_read_only_document_says_so(document: Document) -> None:
    document.storage.read_only = True  # type: ignore[misc]  # the test plays a read-only file
    with pytest.raises(PlanError, match="reading only"), document.edit("Add") as edit:
        projects.create(edit, "No")
    with pytest.raises(PlanError, match="reading only"):
        document.undo()
