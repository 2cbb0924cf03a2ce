"""`check` finds each kind of damage, and reads only."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.domain.projects import Workspace
from milestone_desktop.store.packing import pack
from milestone_desktop.store.workspace_file import create
from plan_factory import random_plan
from random_edits import random_edit


@pytest.fixture
def worked_on(path, clock) -> Path:
    rng = random.Random(8)
    create(path, random_plan(rng, 30), clock())
    document = files.open_workspace(path, clock)
    with document.edit("Attach") as edit:
        edit.attach(b"evidence")
        edit.update(edit.plan[Workspace, 1], title="Attached")
    for _ in range(8):
        random_edit(rng, document)
    document.close()
    return path


def findings(path: Path, *statements: tuple[str, tuple] | str) -> str:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(*((statement,) if isinstance(statement, str) else statement))
    raw.commit()
    raw.close()
    before = path.read_bytes()
    found = files.check(path)
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    return "\n".join(map(str, found))


def test_a_sound_file(worked_on):
    assert findings(worked_on) == ""


def test_while_another_window_has_it_open(worked_on, clock):
    document = files.open_workspace(worked_on, clock)
    assert files.check(worked_on) == []
    document.close()


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE work_item SET project = 77777", "refers to one of “project” that is not there"),
        (
            "UPDATE work_item SET title = 'Somebody else was here' WHERE id = (SELECT min(id) FROM work_item)",
            "not what the journal",
        ),
        ("UPDATE counter SET value = 3 WHERE name = 'id'", "Counter “id” stands at 3"),
        ("UPDATE blob SET content = x'00'", "no longer what it was"),
        ("DELETE FROM checkpoint", "no checkpoint"),
        ("UPDATE checkpoint SET content = x'0102'", "no checkpoint that can be read"),
        ("DELETE FROM journal WHERE sequence = 2", "gaps"),
        ("UPDATE journal SET content = x'00' WHERE sequence = 3", "entry 3 cannot be replayed"),
        (
            ("UPDATE journal SET content = ? WHERE sequence = 3", (pack([{"kind": "Ghost", "ids": []}]),)),
            "entry 3 cannot be replayed",
        ),
        ("UPDATE journal SET format = 0 WHERE sequence = 2", "entry 2 cannot be replayed"),
        ("UPDATE work_item SET start = 'soon'", "cannot be read"),
        ("CREATE TABLE mine (x)", "“mine” is not as this version makes it"),
        ("DROP INDEX ix_dependency_successor", "“ix_dependency_successor”"),
        ("UPDATE activity SET kind = 'Milestone' WHERE kind = 'WorkItem'", "not of the kind"),
        ("INSERT INTO activity VALUES (99999, 'WorkItem')", "Activity 99999"),
    ],
)
def test_each_kind_of_damage_is_named(worked_on, statement, expected):
    assert expected in findings(worked_on, statement)


def test_a_bad_page(worked_on):
    raw = sqlite3.connect(worked_on)
    (page,) = raw.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'ix_dependency_successor'").fetchone()
    raw.close()
    content = bytearray(worked_on.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\x07" * 4096
    worked_on.write_bytes(content)
    assert "damaged" in findings(worked_on)
