"""`list`: the JSON that other programs rely on, and the table for people."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import NOW, SOURCE, CommandLine, everything_in, in_process

from milestone_desktop import files
from milestone_desktop.document.operations import items, links, milestones, people, projects
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.instants import instant

FIELDS = ["code", "title", "type", "kind", "owner", "status", "from", "to", "target", "actual", "progress", "health"]
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")


@pytest.fixture
def rich(tmp_path: Path) -> Path:
    """One of each: a window, a target, an actual, an owner, progress, no date."""
    path = tmp_path / "rich.milestones"
    document = files.new_workspace(path, lambda: NOW)
    with document.edit("Add") as edit:
        owner = people.create(edit, "Mara Lindqvist", role="Programme lead")
        project = projects.create(edit, "Project 日本 é 🎉", key="PRO", status_date=NOW.toordinal())
        milestones.create(
            edit, project.id, "Paid", instant(2026, 12, 4, 17, 5), start=instant(2026, 12, 1, 8), type="Billing",
            kind=MilestoneKind.CLIENT_APPROVAL, owner=owner.id, target=instant(2026, 11, 20, 17),
        )  # fmt: skip
        done = milestones.create(edit, project.id, "Done", instant(2026, 11, 2, 17))
        milestones.complete(edit, done.id, instant(2026, 11, 3, 12))
        open_ = milestones.create(edit, project.id, "Some day", code="SD")
        work = items.create(edit, project.id, "Half", start=instant(2026, 11, 23, 9), end=instant(2026, 11, 24, 18), progress=50)
        links.link(edit, open_.id, [work.id])
    document.close()
    return path


def test_the_json_is_exactly_this(run: CommandLine, rich: Path) -> None:
    told = json.loads(run.done("list", rich, "--json"))
    paid, done, open_ = (dict(row) for row in told["projects"][0].pop("milestones"))
    assert told == {"projects": [{"key": "PRO", "title": "Project 日本 é 🎉", "mode": "recorded", "work_items": 1}]}
    assert paid == {
        "code": "M1", "title": "Paid", "type": "Billing", "kind": "Client approval", "owner": "Mara Lindqvist", "status": "New",
        "from": "2026-12-01T08:00", "to": "2026-12-04T17:05", "target": "2026-11-20T17:00", "actual": None, "progress": None,
        "health": "Late",
    }  # fmt: skip
    assert done == {
        "code": "M2", "title": "Done", "type": "Engineering", "kind": "Generic", "owner": None, "status": "Completed",
        "from": None, "to": "2026-11-02T17:00", "target": None, "actual": "2026-11-03T12:00", "progress": 100,
        "health": "Completed",
    }  # fmt: skip
    assert open_ == {
        "code": "SD", "title": "Some day", "type": "Engineering", "kind": "Generic", "owner": None, "status": "New",
        "from": None, "to": None, "target": None, "actual": None, "progress": 50, "health": open_["health"],
    }  # fmt: skip
    assert open_["health"] in {"On track", "—"}
    assert list(paid) == FIELDS


def test_the_whole_sample(run: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "sample.milestones"
    files.new_sample(path, lambda: NOW).close()
    listed = json.loads(run.done("list", path, "--json"))["projects"]
    assert len(listed) == 4
    for project in listed:
        codes = [row["code"] for row in project["milestones"]]
        assert len(codes) == len(set(codes)) > 0
        for row in project["milestones"]:
            assert list(row) == FIELDS
            assert row["status"] in {"New", "In Progress", "Completed"}
            assert row["health"] in {"Completed", "On track", "At risk", "Late", "—"}
            assert (row["status"] == "Completed") == (row["actual"] is not None)
            assert row["progress"] is None or (isinstance(row["progress"], int) and 0 <= row["progress"] <= 100)
            for name in ("from", "to", "target", "actual"):
                assert row[name] is None or INSTANT.fullmatch(row[name])
    text = run.done("list", path)
    assert all(row["title"] in text for project in listed for row in project["milestones"])


def test_a_workspace_without_projects(run: CommandLine, tmp_path: Path) -> None:
    files.new_workspace(tmp_path / "a.milestones", lambda: NOW).close()
    assert json.loads(run.done("list", tmp_path / "a.milestones", "--json")) == {"projects": []}
    assert run.done("list", tmp_path / "a.milestones").strip() == ""


def test_the_table(run: CommandLine, two: Path) -> None:
    assert run.done("list", two).splitlines() == [
        "FIR  First",
        "  FIR:M1  Ready    2026-12-04  New  —  On track",
        "  SHIP    Shipped  2026-12-18  New  —  On track",
        "",
        "SEC  Second",
        "  SEC:M1  Moved in  2027-01-15  New  —  On track",
    ]
    codes = [row["code"] for project in json.loads(run.done("list", two, "--json"))["projects"] for row in project["milestones"]]
    assert codes == ["M1", "SHIP", "M1"]


def test_columns_line_up_under_wide_letters(run: CommandLine, rich: Path) -> None:
    document = files.open_workspace(rich, lambda: NOW)
    with document.edit("Add") as edit:
        milestones.create(edit, next(iter(document.plan.all(projects.Project))).id, "計画", instant(2026, 12, 4, 17), code="計")
    document.close()
    line = next(line for line in run.done("list", rich).splitlines() if "計画" in line)
    assert line.startswith("  計  計画      2026-12-04")


@pytest.mark.parametrize("language", ["de_DE.UTF-8", "ja_JP.UTF-8", "C", "ar"])
def test_the_words_are_english_in_every_language(rich: Path, run: CommandLine, language: str) -> None:
    told = in_process("list", rich, "--json", environment={"LANG": language, "LANGUAGE": language, "LC_ALL": language})
    assert (told.code, told.err) == (0, "")
    assert json.loads(told.out) == json.loads(run.done("list", rich, "--json"))


def test_an_output_in_another_encoding(rich: Path, run: CommandLine) -> None:
    ascii_only = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    told = in_process("list", rich, "--json", environment=ascii_only)
    assert told.out.isascii()
    assert json.loads(told.out) == json.loads(run.done("list", rich, "--json"))
    table = in_process("list", rich, environment=ascii_only)
    assert (table.code, table.err) == (0, "")
    assert "\\u65e5" in table.out


def test_while_another_window_edits_the_file(run: CommandLine, two: Path, tmp_path: Path) -> None:
    document = files.open_workspace(two, lambda: NOW)
    before = everything_in(tmp_path)
    told = in_process("list", two)
    assert (told.code, told.err) == (0, "")
    assert everything_in(tmp_path) == before
    with document.edit("Add") as edit:
        milestones.create(edit, next(iter(document.plan.all(projects.Project))).id, "Newest", instant(2026, 12, 4, 17))
    assert "Newest" in run.done("list", two)
    document.close()


def test_while_another_program_is_writing(run: CommandLine, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milestone_desktop.store.engine.BUSY_SECONDS", 0.05)
    other = sqlite3.connect(two, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "used by another program" in run("list", two).refused()
    other.execute("ROLLBACK")
    other.close()
    run.done("list", two)


CRASH = """
import os, signal, sqlite3, sys
raw = sqlite3.connect(sys.argv[1], isolation_level=None)
raw.execute("PRAGMA cache_size = 1")
raw.execute("BEGIN IMMEDIATE")
raw.execute("UPDATE milestone SET title = hex(randomblob(9000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif("__import__('os').name == 'nt'", reason="there is no SIGKILL there")
@pytest.mark.parametrize("command", ["list", "check"])
def test_after_a_crash_in_mid_write(run: CommandLine, two: Path, tmp_path: Path, command: str) -> None:
    """A reader may not roll the unfinished write back, so it says who may; the next edit does."""
    subprocess.run([sys.executable, "-c", CRASH, str(two)], check=False)
    before = everything_in(tmp_path)
    assert f"{two.name}-journal" in before
    assert "Open it for editing once" in run(command, two).refused()
    assert everything_in(tmp_path) == before
    files.open_workspace(two, lambda: NOW).close()
    assert run.done("check", two) == "ok\n"
    assert "Shipped" in run.done("list", two)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_output_that_is_full(two: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "milestone_desktop", "list", str(two)], stdout=full, stderr=subprocess.PIPE, text=True,
            env={"PYTHONPATH": str(SOURCE)}, check=False,
        )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "milestone-desktop: The output cannot be written: No space left on device.\n"


def test_nothing_changes_by_reading(run: CommandLine, two: Path, tmp_path: Path) -> None:
    before, time = everything_in(tmp_path), two.stat().st_mtime_ns
    run.done("list", two)
    run.done("list", two, "--json")
    run.done("check", two)
    assert everything_in(tmp_path) == before
    assert two.stat().st_mtime_ns == time


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "sample.milestones"
    files.new_sample(path, lambda: NOW).close()
    with subprocess.Popen(
        [sys.executable, "-m", "milestone_desktop", "list", str(path), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PYTHONPATH": str(SOURCE)},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(60) == 0
    assert said == b""
