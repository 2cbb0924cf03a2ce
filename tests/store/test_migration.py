"""An older file is brought up to date on a copy, with a backup beside; what fails leaves it as it was."""

from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Workspace
from milestone_desktop.store import migrate as migrating
from milestone_desktop.store import workspace_file
from milestone_desktop.store.failures import DamagedError
from milestone_desktop.store.migrate import MIGRATIONS, migrate
from milestone_desktop.store.storage import FileStorage
from milestone_desktop.store.workspace_file import create, open_
from plan_factory import random_plan
from random_edits import random_edit

SECOND = """
from alembic import op
revision, down_revision = "0004", "0003"
def upgrade():
    op.execute("CREATE TABLE mood (id INTEGER NOT NULL, CONSTRAINT pk_mood PRIMARY KEY (id)) STRICT")
    {more}
"""


@pytest.fixture
def worked_on(path, clock) -> Path:
    rng = random.Random(4)
    create(path, random_plan(rng, 30), clock())
    document = files.open_workspace(path, clock)
    for _ in range(10):
        random_edit(rng, document)
    document.close()
    return path


def second_schema(tmp_path: Path, more: str = "") -> Path:
    folder = tmp_path / "migrations 100%"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "0004_mood.py").write_text(SECOND.format(more=more), encoding="utf-8")
    return folder


def rows(path: Path, statement: str) -> list[tuple]:
    raw = sqlite3.connect(path)
    found = raw.execute(statement).fetchall()
    raw.close()
    return found


def test_a_migration_keeps_the_plan_the_journal_and_a_backup(worked_on, clock, tmp_path):
    folder = second_schema(tmp_path)
    before = worked_on.read_bytes()
    storage = open_(worked_on, clock(), read_only=True)
    plan, lines = storage.load(), storage.lines()
    storage.close()
    backup = migrate(worked_on, clock(), folder)
    assert backup.name == f"{worked_on.name}.backup-v3"
    assert backup.read_bytes() == before
    assert rows(worked_on, "PRAGMA user_version") == [(4,)]
    assert rows(worked_on, "SELECT version_num FROM alembic_version") == [("0004",)]
    assert rows(worked_on, "SELECT count(*) FROM mood") == [(0,)]
    assert rows(worked_on, "SELECT sequence FROM checkpoint ORDER BY 1") == [(0,), (len(lines),)]
    assert {each.name for each in worked_on.parent.iterdir()} == {worked_on.name, backup.name, folder.name}
    storage = FileStorage(worked_on, workspace_file.connect(worked_on), None)
    assert storage.load() == plan
    assert storage.lines() == lines
    document = Document(storage, clock)
    assert document.history.undo is not None
    assert storage.change_set(document.history.undo[0], document.plan).changes
    storage.close()


def test_opening_an_older_file_migrates_it(worked_on, clock, tmp_path, monkeypatch):
    monkeypatch.setattr(migrating, "MIGRATIONS", second_schema(tmp_path))
    monkeypatch.setattr(workspace_file, "SCHEMA_NUMBER", 4)
    document = files.open_workspace(worked_on, clock)
    with document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="After")
    document.undo()
    document.close()
    assert rows(worked_on, "PRAGMA user_version") == [(4,)]


def test_an_older_file_that_may_not_be_written_is_refused(worked_on, clock, monkeypatch):
    monkeypatch.setattr(workspace_file, "SCHEMA_NUMBER", 4)
    before = worked_on.read_bytes()
    with pytest.raises(PlanError, match="older version"):
        files.open_workspace(worked_on, clock, read_only=True)
    assert worked_on.read_bytes() == before


@pytest.mark.parametrize(
    ("more", "raised"),
    [
        ('op.execute("DELETE FROM project")', DamagedError),
        ('op.execute("DROP TABLE nothing")', DBAPIError),
        ('raise RuntimeError("a bug")', RuntimeError),
        ('op.execute("DROP TABLE person")', DamagedError),
    ],
)
def test_a_migration_that_fails_changes_nothing(worked_on, clock, tmp_path, more, raised):
    folder = second_schema(tmp_path, more)
    before = worked_on.read_bytes()
    with pytest.raises((raised, DamagedError)):
        migrate(worked_on, clock(), folder)
    assert worked_on.read_bytes() == before
    assert {each.name for each in worked_on.parent.iterdir()} == {worked_on.name, folder.name}


def test_an_earlier_backup_is_kept(worked_on, clock, tmp_path):
    earlier = worked_on.with_name(f"{worked_on.name}.backup-v3")
    earlier.write_bytes(b"earlier")
    assert migrate(worked_on, clock(), second_schema(tmp_path)).name.endswith(".backup-v3-2")
    assert earlier.read_bytes() == b"earlier"


def test_a_file_system_without_hard_links(worked_on, clock, tmp_path, monkeypatch):
    def unsupported(*arguments):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", unsupported)
    before = worked_on.read_bytes()
    assert migrate(worked_on, clock(), second_schema(tmp_path)).read_bytes() == before
    files.new_workspace(tmp_path / "new.milestones", clock).close()
    with pytest.raises(PlanError, match="exists already"):
        files.new_workspace(tmp_path / "new.milestones", clock)


def test_the_moves_of_an_older_file_are_those_that_its_receipts_tell(worked_on, clock, tmp_path):
    """What the columns of today hold is taken out again, as in a file of schema 2."""
    with sqlite3.connect(worked_on) as raw:
        for table, column in (("journal_milestone", "moved_from"), ("journal_milestone", "moved_to"), ("evidence", "modified")):
            raw.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        raw.execute("UPDATE alembic_version SET version_num = '0002'")
        raw.execute("PRAGMA user_version = 2")
    raw.close()
    document = files.open_workspace(worked_on, clock)
    told = [(line.sequence, r.milestone, r.old, r.new) for line, r in document.receipts() if r.what == "planned"]
    moves = document.storage.moves()
    document.close()
    assert told
    assert [(move.entry, move.milestone, move.old, move.new) for move in moves] == told
    assert files.check(worked_on) == []
