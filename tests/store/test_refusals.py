"""What cannot be opened says why in one sentence, and stays byte for byte as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Workspace
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.store import workspace_file
from milestone_desktop.store.failures import DamagedError
from milestone_desktop.store.lock import lock_path
from milestone_desktop.store.schema import SCHEMA_NUMBER
from milestone_desktop.store.workspace_file import create, open_
from plan_factory import random_plan


def everything_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if each.is_file()}


def refused(path: Path, clock) -> PlanError:
    """Opening must fail, for reading and for writing, and change nothing in the folder."""
    before = everything_in(path.parent)
    with pytest.raises(PlanError):
        files.open_workspace(path, clock, read_only=True)
    with pytest.raises(PlanError) as caught:
        files.open_workspace(path, clock)
    assert everything_in(path.parent) == before
    sentence = str(caught.value)
    assert caught.value.hint is not None
    assert "{" not in sentence
    assert sentence.endswith(".")
    return caught.value


@pytest.fixture
def good(path, clock) -> Path:
    import random

    create(path, random_plan(random.Random(1), 60), clock())
    return path


def alter(path: Path, *statements: str) -> None:
    raw = sqlite3.connect(path)
    for statement in statements:
        raw.execute(statement)
    raw.commit()
    raw.close()


def test_missing(path, clock):
    assert "does not exist" in str(refused(path, clock))


def test_a_folder(path, clock):
    path.mkdir()
    assert "is a folder" in str(refused(path, clock))


def test_an_empty_file(path, clock):
    path.touch()
    assert "empty file" in str(refused(path, clock))


@pytest.mark.parametrize("content", [b"x", b"Just some notes.\n" * 50, b"PK\x03\x04" + bytes(500), b"SQLite" + bytes(200)])
def test_another_kind_of_file(path, clock, content):
    path.write_bytes(content)
    assert "another kind of file" in str(refused(path, clock))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe(path, clock):
    os.mkfifo(path)
    assert "is not a file" in str(refused(path, clock))


def test_another_programs_database(path, clock):
    alter(path, "CREATE TABLE bookmark (id INTEGER)")
    assert "another program" in str(refused(path, clock))


def test_a_newer_version(good, clock):
    alter(good, f"PRAGMA user_version = {SCHEMA_NUMBER + 1}")
    error = refused(good, clock)
    assert "newer version" in str(error)
    assert "Update the program" in str(error)


@pytest.mark.parametrize("share", [0.001, 0.05, 0.5, 0.99])
def test_cut_off(good, clock, share):
    size = good.stat().st_size
    os.truncate(good, max(int(size * share), 50))
    assert isinstance(refused(good, clock), DamagedError)


def test_overwritten_in_the_middle(good, clock):
    content = bytearray(good.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    good.write_bytes(content)
    assert isinstance(refused(good, clock), DamagedError)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE work_item SET start = 'soon'",
        "UPDATE work_item SET tags = '{}'",
        "UPDATE work_item SET extra = '[1'",
        "UPDATE work_item SET priority = 'Whatever'",
        "UPDATE work_item SET start = '2026-01-01T25:00'",
        "UPDATE work_item SET extra = replace(hex(zeroblob(200000)), '00', '[')",
        "DROP TABLE calendar_exception",
        "DROP TABLE journal",
        "UPDATE calendar SET week = '7'",
    ],
)
def test_cells_and_tables_that_cannot_be(good, clock, statement):
    alter(good, statement)
    assert isinstance(refused(good, clock), DamagedError)


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM project; END",
        "CREATE VIEW v AS SELECT * FROM project",
    ],
)
def test_what_could_act_on_its_own(good, clock, statement):
    alter(good, statement)
    assert "triggers or views" in str(refused(good, clock))


def test_the_newest_backup_is_offered(good, clock):
    older = good.with_name(f"{good.name}.backup-v1")
    newer = good.with_name(f"{good.name}.backup-v2")
    for number, backup in enumerate((older, newer)):
        shutil.copy(good, backup)
        os.utime(backup, (1000 + number, 1000 + number))
    os.truncate(good, 5000)
    assert newer.name in str(refused(good, clock))


def test_nothing_is_overwritten_by_a_new_workspace(path, clock):
    path.write_bytes(b"mine")
    with pytest.raises(PlanError, match="exists already"):
        files.new_workspace(path, clock)
    assert everything_in(path.parent) == {path.name: b"mine"}


def test_a_new_workspace_in_a_folder_that_is_not_there(tmp_path, clock):
    with pytest.raises(PlanError, match="does not exist"):
        files.new_workspace(tmp_path / "nowhere" / "a.milestones", clock)


def test_a_new_workspace_that_fails_half_way_leaves_nothing(path, clock, monkeypatch):
    def full(*arguments):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workspace_file, "flush_to_disk", full)
    with pytest.raises(PlanError, match="disk is full"):
        files.new_workspace(path, clock)
    assert everything_in(path.parent) == {}


def test_a_file_that_may_not_be_written_opens_for_reading(good, clock, monkeypatch):
    monkeypatch.setattr(workspace_file.os, "access", lambda *arguments: False)
    document = files.open_workspace(good, clock)
    assert document.read_only
    assert not lock_path(good).exists()
    with pytest.raises(PlanError, match="reading only"), document.edit("Try"):
        raise AssertionError("no edit may begin")
    document.storage.keep_view_state({"width": 3})
    assert document.storage.view_state() == {"width": 3}
    document.close()


def test_a_folder_that_takes_no_lock_opens_for_reading(good, clock, monkeypatch):
    def forbidden(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    before = everything_in(good.parent)
    monkeypatch.setattr(workspace_file, "acquire", forbidden)
    document = files.open_workspace(good, clock)
    assert document.read_only
    document.close()
    assert everything_in(good.parent) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_file_that_may_not_be_read(good, clock):
    good.chmod(0)
    with pytest.raises(PlanError, match="may not be read"):
        files.open_workspace(good, clock)
    good.chmod(0o600)


def test_reading_only_changes_nothing(good, clock):
    before = everything_in(good.parent)
    document = files.open_workspace(good, clock, read_only=True)
    assert document.plan.count(Workspace) == 1
    document.close()
    assert everything_in(good.parent) == before


def test_a_file_that_another_program_put_into_wal_mode(good, clock):
    alter(good, "PRAGMA journal_mode = WAL", "UPDATE workspace SET title = 'Theirs'")
    before = everything_in(good.parent)
    document = files.open_workspace(good, clock, read_only=True)
    assert document.plan[Workspace, 1].title == "Theirs"
    document.close()
    assert everything_in(good.parent) == before
    document = files.open_workspace(good, clock)
    with document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Mine")
    document.close()
    assert set(everything_in(good.parent)) == {good.name}
    assert good.read_bytes()[18:20] == b"\x01\x01"


def test_a_file_moved_away_takes_no_edit(path, clock):
    document = files.new_workspace(path, clock)
    path.rename(path.with_name("elsewhere.milestones"))
    before = document.plan.copy()
    with pytest.raises(PlanError, match="moved, replaced or deleted"), document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Lost?")
    assert document.plan == before
    document.close()


def test_a_file_changed_by_another_program_takes_no_edit(path, clock):
    document = files.new_workspace(path, clock)
    other = open_(path, clock(), take_over=True)
    other_document = files.Document(other, clock)
    with other_document.edit("First") as edit:
        edit.update(edit.plan[Workspace, 1], title="Theirs")
    other_document.close()
    with pytest.raises(PlanError, match="changed by another program"), document.edit("Second") as edit:
        edit.update(edit.plan[Workspace, 1], title="Mine")
    document.close()
    reopened = files.open_workspace(path, clock)
    assert reopened.plan[Workspace, 1].title == "Theirs"
    reopened.close()


def test_a_busy_file_takes_the_edit_later(path, clock, monkeypatch):
    monkeypatch.setattr("milestone_desktop.store.engine.BUSY_SECONDS", 0.05)
    document = files.new_workspace(path, clock)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM project").fetchall()
    with pytest.raises(PlanError, match="used by another program"), document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Now")
    reader.execute("COMMIT")
    reader.close()
    with document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Later")
    assert document.storage.load() == document.plan
    document.close()


def test_half_a_character_is_refused_with_a_sentence(path, clock):
    document = files.new_workspace(path, clock)
    with pytest.raises(PlanError, match="half of a character"), document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="\ud83d")
    assert document.plan == document.storage.load() == seed_plan()
    document.close()


def test_a_full_disk_loses_the_edit_and_nothing_else(path, clock):
    document = files.new_workspace(path, clock)
    connection = document.storage._connection
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    connection.rollback()
    with pytest.raises(PlanError, match="disk is full"), document.edit("Rename") as edit:
        edit.attach(bytes(100_000))
        edit.update(edit.plan[Workspace, 1], title="Big")
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    connection.rollback()
    assert document.plan == document.storage.load() == seed_plan()
    with document.edit("Rename") as edit:
        edit.update(edit.plan[Workspace, 1], title="Small")
    assert document.storage.load() == document.plan
    document.close()
