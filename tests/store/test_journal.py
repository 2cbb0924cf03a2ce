"""The journal: what an entry holds, how small it is, and what survives a restart."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime

import pytest

from milestone_desktop import files
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet, JournalLine, Receipt
from milestone_desktop.domain.messages import Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Workspace
from milestone_desktop.store import journal
from milestone_desktop.store.engine import transaction
from milestone_desktop.store.packing import (
    MismatchError,
    apply_forward,
    changes_before,
    groups_of,
    groups_of_plan,
    pack,
    unpack,
    upgraded,
)
from milestone_desktop.store.workspace_file import open_
from plan_factory import full_plan

SHIFT = 3 * 1440


def moved(plan: Plan, count: int) -> list[Change]:
    rng = random.Random(1)
    items = rng.sample(sorted(plan.all(WorkItem), key=lambda row: row.id), count)
    return [Change(item, replace(item, start=item.start + SHIFT, end=item.end + SHIFT)) for item in items]


def test_moving_many_rows_takes_few_bytes_each():
    plan = full_plan(2000, 0)
    changes = moved(plan, 1000)
    size = len(pack(groups_of(changes)))
    assert size / len(changes) <= 44, f"{size / len(changes):.1f} bytes a change"


def test_an_entry_names_only_the_fields_that_changed():
    old = Person(5, "Ada", role="Lead")
    groups = groups_of([Change(old, replace(old, role="Owner")), Change(None, Person(9, "Bo")), Change(None, Person(7, "Cy"))])
    assert groups == [
        {"kind": "Person", "fields": ["role"], "ids": [5], "old": [["Lead"]], "new": [["Owner"]]},
        {"kind": "Person", "fields": ["name"], "ids": [7, 2], "new": [["Cy", "Bo"]]},
    ]


def test_scheduler_made_changes_are_told_apart():
    old = Person(5, "Ada")
    changes = [Change(old, replace(old, role="x"), derived=True), Change(None, Person(6, "Bo"))]
    plan = Plan()
    plan.apply(ChangeSet(Message("x"), tuple(changes)))
    assert changes_before(unpack(pack(groups_of(changes))), plan) == changes


def test_forward_and_back_agree():
    plan = full_plan(50, 50)
    before = plan.copy()
    changes = moved(plan, 20)
    plan.apply(ChangeSet(Message("Move"), tuple(changes)))
    groups = unpack(pack(groups_of(changes)))
    apply_forward(groups, before)
    assert before == plan
    back = ChangeSet(Message("Move"), tuple(changes_before(groups, plan))).inverted()
    plan.apply(back)
    assert plan == full_plan(50, 50)


def test_a_plan_that_disagrees_is_noticed():
    plan = full_plan(20, 0)
    changes = moved(plan, 5)
    groups = groups_of(changes)
    with pytest.raises(MismatchError):
        changes_before(groups, plan)
    plan.apply(ChangeSet(Message("Move"), tuple(changes)))
    with pytest.raises(MismatchError):
        apply_forward(groups, plan)


def test_a_checkpoint_is_the_whole_plan():
    plan = full_plan(30, 40)
    copy = Plan()
    apply_forward(unpack(pack(groups_of_plan(plan))), copy)
    assert copy == plan


def test_content_that_is_cut_off_or_not_packed_is_refused():
    content = pack(["x" * 1000])
    for bad in (content[:-3], b"", b"plain text"):
        with pytest.raises(ValueError, match=r"."):
            unpack(bad)


def test_entries_of_older_formats_are_upgraded_step_by_step():
    steps = {1: lambda groups: [*groups, {"step": 1}], 2: lambda groups: [*groups, {"step": 2}]}
    assert upgraded([], 1, steps, newest=3) == [{"step": 1}, {"step": 2}]
    assert upgraded([], 3, steps, newest=3) == []
    with pytest.raises(KeyError):
        upgraded([], 0, steps, newest=3)


def test_receipts_labels_and_times_survive_a_restart(path, clock):
    files.new_workspace(path, clock).close()
    storage = open_(path, clock())
    plan = storage.load()
    label = message("Move {title}", title="Prototype ready 🎉", days=3, cause=message("Because"))
    change = Change(plan[Workspace, 1], replace(plan[Workspace, 1], title="x"))
    receipts = (
        Receipt(41, "planned", 1065000000, 1065001440, 1, ((message("“{a}” moved", a="Design"), 1), (Message("New link"), None))),
        Receipt(42, "target", None, 1065001440, None),
        Receipt(41, "target", 1065000000, None, None),
    )
    time = datetime(2026, 3, 2, 11, 12, 13, 456789)
    number = storage.write(ChangeSet(label, (change,)), receipts, time=time, undoes=None, counters=plan.counters, blobs={})
    back = ChangeSet(Message("Move"), (change.inverted(),))
    storage.write(back, receipts[1:2], time=time, undoes=number, counters=plan.counters, blobs={})
    storage.close()
    storage = open_(path, clock())
    first, second = storage.lines()
    assert first == JournalLine(1, time, label, None)
    assert second == JournalLine(2, time, Message("Move"), 1)
    assert storage.receipts() == [(first, receipt) for receipt in receipts] + [(second, receipts[1])]
    assert storage.receipts(41) == [(first, receipts[0]), (first, receipts[2])]
    assert storage.receipts(42) == [(first, receipts[1]), (second, receipts[1])]
    assert storage.receipts(43) == []
    assert storage.undoable_from() == 1
    storage.close()


def test_undo_ends_where_contents_were_compacted_away(path, clock):
    document = files.new_workspace(path, clock)
    for title in ("a", "b", "c"):
        with document.edit(f"Name {title}") as edit:
            edit.update(edit.plan[Workspace, 1], title=title)
    connection = document.storage._connection
    with transaction(connection):
        connection.exec_driver_sql("UPDATE journal SET content = NULL WHERE sequence <= 2")
        journal.write_checkpoint(connection, 2, Plan(), clock())
    document.close()
    document = files.open_workspace(path, clock)
    assert [str(label) for label in document.history.undo_labels()] == ["Name c"]
    assert len(document.storage.lines()) == 3
    document.close()


def test_blobs_come_back_and_view_state_makes_no_entry(path, clock):
    document = files.new_workspace(path, clock)
    with document.edit("Attach") as edit:
        name = edit.attach(b"\x00\xff" * 5000)
        edit.update(edit.plan[Workspace, 1], extra={"logo": name})
    document.storage.keep_view_state({"split": 320, "columns": ["title", "tags"]})
    document.storage.keep_view_state({"split": 300})
    document.storage.keep_view_state({})
    document.undo()
    document.close()
    document = files.open_workspace(path, clock)
    assert document.blob(name) == b"\x00\xff" * 5000
    with pytest.raises(KeyError):
        document.blob("0" * 64)
    assert document.storage.view_state() == {"split": 300, "columns": ["title", "tags"]}
    assert len(document.storage.lines()) == 2
    document.close()
