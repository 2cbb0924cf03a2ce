"""What is read from a file is what was written to it, for every kind, after every edit."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.gates import Evidence
from milestone_desktop.domain.kinds import KINDS, field_names, references
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project, WorkflowState
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.store import integrity
from milestone_desktop.store.workspace_file import create, open_
from plan_factory import every_kind_plan, filled_record, full_plan, random_plan
from random_edits import random_edit, some


def open_document(path: Path, plan: Plan, clock) -> Document:
    create(path, plan, clock())
    return files.open_workspace(path, clock)


def written(storage, changes, clock) -> int:
    change_set = ChangeSet(Message("Try"), tuple(changes))
    return storage.write(change_set, (), time=clock(), undoes=None, counters={}, blobs={})


@pytest.mark.parametrize("seed", range(3))
def test_every_kind_with_every_field_comes_back(path, clock, seed):
    plan = every_kind_plan(random.Random(seed))
    assert all(plan.count(kind) for kind in KINDS)
    create(path, plan, clock())
    storage = open_(path, clock())
    loaded = storage.load()
    storage.close()
    assert loaded == plan
    assert loaded.counters == plan.counters
    for kind in KINDS:
        for row in plan.all(kind):
            for name in field_names(kind):
                read, kept = getattr(loaded[kind, row.id], name), getattr(row, name)
                assert type(read) is type(kept), f"{kind.__name__}.{name}"
    assert integrity.check(path) == []


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_each_field_can_be_changed_and_the_journal_knows_it(path, clock, kind):
    rng = random.Random(7)
    plan = every_kind_plan(rng)
    create(path, plan, clock())
    storage = open_(path, clock())
    plan = storage.load()
    old = min(plan.all(kind), key=lambda row: row.id)
    other = filled_record(rng, kind, old.id, plan)
    for name in field_names(kind)[1:]:
        change = Change(plan[kind, old.id], replace(plan[kind, old.id], **{name: getattr(other, name)}))
        if change.old == change.new:
            continue
        number = written(storage, [change], clock)
        plan.put(change.new)
        assert storage.load() == plan, name
        assert storage.change_set(number, plan).changes == (change,)
    storage.close()
    assert integrity.check(path) == []


def test_what_all_first_rows_say_is_not_taken_for_what_all_say(path, clock):
    """Cells that are the same in all rows are read once; one that differs far down is still read."""
    plan = full_plan(2_400, 2_400)
    items, links = sorted(plan.all(WorkItem), key=lambda row: row.id), sorted(plan.all(Dependency), key=lambda row: row.id)
    for row in items[:2_000]:
        plan.put(replace(row, notes="", tags=("one",), deadline=None, progress=0, order=1.0))
    for row in links[:-1]:
        plan.put(replace(row, lag=0))
    plan.put(replace(links[-1], lag=480))
    create(path, plan, clock())
    storage = open_(path, clock())
    assert storage.load() == plan
    storage.close()


def test_added_and_removed_records_of_every_kind(path, clock):
    rng = random.Random(3)
    create(path, every_kind_plan(rng), clock())
    storage = open_(path, clock())
    plan = storage.load()
    fresh = [filled_record(rng, kind, plan.take_number("id"), plan) for kind in KINDS[1:]]
    added = [Change(None, row) for row in fresh]
    number = written(storage, added, clock)
    plan.apply(ChangeSet(Message("x"), tuple(added)))
    assert storage.load() == plan
    assert set(map(repr, storage.change_set(number, plan).changes)) == set(map(repr, added))
    removed = [change.inverted() for change in added]
    number = written(storage, removed, clock)
    plan.apply(ChangeSet(Message("x"), tuple(removed)))
    assert storage.load() == plan
    assert set(map(repr, storage.change_set(number, plan).changes)) == set(map(repr, removed))
    storage.close()


def edits_then_undo_and_redo(path: Path, clock, seed: int, wanted: int, reopen_every: int, load_every: int) -> None:
    rng = random.Random(seed)
    document = open_document(path, random_plan(rng, 20), clock)
    first = document.plan.copy()
    made = 0
    while made < wanted:
        made += random_edit(rng, document)
        if made % load_every == 0:
            assert document.storage.load() == document.plan
        if made % reopen_every == 0:
            plan = document.plan
            document.close()
            document = files.open_workspace(path, clock)
            assert document.plan == plan
    last = document.plan.copy()
    for number in range(wanted):
        if number % reopen_every == 1:
            document.close()
            document = files.open_workspace(path, clock)
        document.undo()
    assert document.history.undo is None
    assert document.plan == first
    assert document.storage.load() == first
    document.close()
    document = files.open_workspace(path, clock)
    while document.history.redo:
        document.redo()
    assert document.plan == last
    assert document.storage.load() == last
    document.close()
    assert integrity.check(path) == []


def test_random_edits_are_undone_and_redone_across_restarts(path, clock):
    edits_then_undo_and_redo(path, clock, seed=11, wanted=60, reopen_every=13, load_every=1)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_thousand_random_edits(path, clock):
    edits_then_undo_and_redo(path, clock, seed=12, wanted=1000, reopen_every=97, load_every=1)


def test_a_deleted_project_comes_back_with_all_it_held(path, clock):
    rng = random.Random(5)
    document = open_document(path, random_plan(rng, 40), clock)
    project = some(rng, document.plan, Project)
    with document.edit("Attach") as edit:
        milestone = next(row for row in document.plan.all(Milestone) if row.project == project.id)
        item = next(row for row in document.plan.all(WorkItem) if row.project == project.id)
        digest = edit.attach(b"scanned page")
        edit.add(Evidence(edit.new_id(), milestone.id, "Page", sha256=digest, size=12))
        edit.add(MilestoneLink(edit.new_id(), milestone.id, item.id))
    before = document.plan.copy()
    with document.edit("Delete project") as edit:
        edit.remove(project)
    assert document.plan.count(Project) == before.count(Project) - 1
    assert not document.plan.activities_where("project", project.id)
    assert document.plan.count(Evidence) == 0
    assert document.storage.load() == document.plan
    document.close()
    document = files.open_workspace(path, clock)
    assert document.undo() == Message("Delete project")
    assert document.plan == before
    assert document.storage.load() == before
    assert document.blob(digest) == b"scanned page"
    document.close()
    assert integrity.check(path) == []


def test_a_large_plan_comes_back_and_many_rows_go_quickly(path, clock):
    plan = full_plan(1200, 2400)
    document = open_document(path, plan, clock)
    assert document.plan == plan
    with document.edit("Delete all") as edit:
        edit.remove(next(iter(plan.all(Project))))
    assert document.plan.count(WorkItem) == document.plan.count(Dependency) == 0
    assert document.storage.load() == document.plan
    document.close()


def test_a_new_workspace_holds_what_everything_needs(path, clock):
    document = files.new_workspace(path, clock)
    assert document.plan == seed_plan()
    (calendar,) = document.plan.all(Calendar)
    assert calendar.week == (((540, 780), (840, 1080)),) * 5 + ((), ())
    assert [state.name for state in document.plan.all(WorkflowState)] == ["New", "In Progress", "Done"]
    assert document.plan.counters == {"id": 5}
    document.close()
    assert integrity.check(path) == []


def test_ids_are_never_given_out_twice_although_undone(path, clock):
    document = files.new_workspace(path, clock)
    with document.edit("Add") as edit:
        first = edit.add(Project(edit.new_id(), "A", "One", next(iter(edit.plan.all(Calendar))).id))
    document.undo()
    document.close()
    document = files.open_workspace(path, clock)
    with document.edit("Add") as edit:
        second = edit.add(Project(edit.new_id(), "B", "Two", next(iter(edit.plan.all(Calendar))).id))
    document.close()
    assert second.id > first.id


def test_every_reference_is_a_foreign_key_that_holds(path, clock):
    rng = random.Random(9)
    create(path, every_kind_plan(rng), clock())
    storage = open_(path, clock())
    plan = storage.load()
    for kind in KINDS:
        for name in references(kind):
            row = min(plan.all(kind), key=lambda each: each.id)
            with pytest.raises(Exception, match="FOREIGN KEY constraint failed"):
                written(storage, [Change(row, replace(row, **{name: 999_999}))], clock)
            assert storage.load() == plan
    storage.close()


def test_activities_share_one_parent_table(path, clock):
    storage_plan = every_kind_plan(random.Random(2))
    create(path, storage_plan, clock())
    storage = open_(path, clock())
    milestone = min(storage_plan.all(Milestone), key=lambda row: row.id)
    assert isinstance(milestone, Activity)
    clash = replace(min(storage_plan.all(WorkItem), key=lambda row: row.id), id=milestone.id)
    storage.load()
    with pytest.raises(Exception, match=r"UNIQUE constraint failed: activity\.id"):
        written(storage, [Change(None, clash)], clock)
    storage.close()
