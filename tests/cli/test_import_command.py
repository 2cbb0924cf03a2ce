"""`import`: into new and existing workspaces, and everything that may be wrong with source or target."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import NOW, CommandLine, everything_in

from milestone_desktop import files

BOMB = """<?xml version="1.0"?>
<!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>
<Project xmlns="http://schemas.microsoft.com/project"><Title>&c;</Title></Project>
"""


def keys(run: CommandLine, file: Path) -> list[str]:
    return [project["key"] for project in json.loads(run.done("list", file, "--json"))["projects"]]


def test_a_missing_workspace_is_made(run: CommandLine, source: Path, tmp_path: Path) -> None:
    told = run.done("import", source, tmp_path / "new.milestones").splitlines()
    assert told[0] == "SMA  Small plan"
    assert "Standard" in told[-1]
    (project,) = json.loads(run.done("list", tmp_path / "new.milestones", "--json"))["projects"]
    assert (project["title"], project["mode"], project["work_items"]) == ("Small plan", "recorded", 1)
    (milestone,) = project["milestones"]
    assert (milestone["code"], milestone["title"], milestone["to"]) == ("M1", "Ready", "2026-03-06T17:00")
    assert run.done("check", tmp_path / "new.milestones") == "ok\n"
    assert set(everything_in(tmp_path)) == {"from", "from/small.xml", "new.milestones"}


def test_importing_twice_makes_two_projects_with_keys_of_their_own(run: CommandLine, source: Path, plan: Path) -> None:
    run.done("import", source, plan)
    run.done("import", source, plan)
    run.done("import", source, plan, "--key", "mine")
    found = keys(run, plan)
    assert found[0] == "AUR"
    assert found[3] == "MINE"
    assert len(set(found)) == 4
    assert run.done("check", plan) == "ok\n"


@pytest.mark.parametrize(("key", "expected"), [("AUR", "Aurora mobile app"), ("aur", "Aurora mobile app"), ("1x", "1X")])
def test_a_key_that_cannot_be(run: CommandLine, source: Path, plan: Path, tmp_path: Path, key: str, expected: str) -> None:
    before = everything_in(tmp_path)
    assert expected in run("import", source, plan, "--key", key).refused()
    assert everything_in(tmp_path) == before


def test_a_former_key_stays_taken(run: CommandLine, source: Path, two: Path) -> None:
    before = two.read_bytes()
    assert "OLD" in run("import", source, two, "--key", "OLD").refused()
    assert two.read_bytes() == before


BAD_SOURCES: dict[str, Callable[[Path], object]] = {
    "missing": lambda path: path.unlink(),
    "folder": lambda path: (path.unlink(), path.mkdir()),
    "empty": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"Just some notes.\n" * 30),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 20),
    "bomb": lambda path: path.write_text(BOMB, "utf-8"),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:500]),
    "cut in the head": lambda path: path.write_bytes(path.read_bytes()[:30]),
    "html": lambda path: path.write_bytes(b"<html><body><p>404 not found</p></body></html>"),
    "project file": lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000)),
    "encoding": lambda path: path.write_bytes(path.read_bytes().replace(b"UTF-8", b"Klingon")),
    "bytes": lambda path: path.write_bytes(path.read_bytes().replace(b"Small", b"Sm\xff\xfe")),
}


@pytest.mark.parametrize("kind", BAD_SOURCES)
@pytest.mark.parametrize("target", ["new", "existing"])
@pytest.mark.parametrize("suffix", [".xml", ".txt"])
def test_a_source_that_cannot_be_read(
    run: CommandLine, source: Path, plan: Path, tmp_path: Path, kind: str, target: str, suffix: str
) -> None:
    source = source.rename(source.with_suffix(suffix))
    BAD_SOURCES[kind](source)
    before = everything_in(tmp_path)
    said = run("import", source, plan if target == "existing" else tmp_path / "new.milestones").refused()
    assert source.name in said
    assert everything_in(tmp_path) == before


def alter(path: Path, statement: str) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement)
    raw.commit()
    raw.close()


BAD_TARGETS: dict[str, tuple[Callable[[Path], object], str]] = {
    "text": (lambda path: path.write_bytes(b"Just some notes.\n" * 30), "another kind of file"),
    "empty": (lambda path: path.write_bytes(b""), "empty file"),
    "cut": (lambda path: os.truncate(path, path.stat().st_size // 2), "damaged"),
    "cut in the head": (lambda path: os.truncate(path, 60), "damaged"),
    "newer": (lambda path: alter(path, "PRAGMA user_version = 99"), "newer version"),
    "other program": (lambda path: alter(path, "PRAGMA application_id = 5"), "another program"),
    "row": (lambda path: alter(path, "UPDATE milestone SET end = 'soon'"), "damaged"),
    "folder": (lambda path: (path.unlink(), path.mkdir()), "folder"),
}


@pytest.mark.parametrize("kind", BAD_TARGETS)
@pytest.mark.parametrize("command", ["import", "list", "report", "picture", "check"])
def test_a_file_that_is_no_workspace(run: CommandLine, source: Path, plan: Path, tmp_path: Path, kind: str, command: str) -> None:
    spoil, expected = BAD_TARGETS[kind]
    spoil(plan)
    before = everything_in(tmp_path)
    words = {
        "import": ["import", source, plan],
        "report": ["report", plan, tmp_path / "out.pdf"],
        "picture": ["picture", plan, tmp_path / "out.png"],
    }.get(command, [command, plan])
    result = run(*words)
    if (command, kind) == ("check", "row"):
        assert (result.code, result.err) == (1, "")
        assert "cannot be read" in result.out
    else:
        assert expected in result.refused()
    assert everything_in(tmp_path) == before


@pytest.mark.parametrize("command", ["list", "report", "picture", "check"])
def test_a_missing_workspace_is_missed_by_all_others(run: CommandLine, tmp_path: Path, command: str) -> None:
    out = {"report": ["out.pdf"], "picture": ["out.svg"]}.get(command, [])
    assert "does not exist" in run(command, tmp_path / "plan.milestones", *(tmp_path / name for name in out)).refused()
    assert everything_in(tmp_path) == {}


def test_a_source_as_its_own_target(run: CommandLine, source: Path) -> None:
    before = source.read_bytes()
    assert "another kind of file" in run("import", source, source).refused()
    assert source.read_bytes() == before


def test_while_another_window_has_the_workspace(run: CommandLine, source: Path, plan: Path, tmp_path: Path) -> None:
    document = files.open_workspace(plan, lambda: NOW)
    before = everything_in(tmp_path)
    assert "already open" in run("import", source, plan).refused()
    assert everything_in(tmp_path) == before
    document.close()
    run.done("import", source, plan)


def test_control_characters_of_a_file_do_not_reach_the_terminal(run: CommandLine, source: Path, plan: Path) -> None:
    text = source.read_text("utf-8").replace("Small plan", "Red &#x9b;31m").replace("Ready", "Line&#10;break\u2028end")
    source.write_text(text, "utf-8")
    told = run.done("import", source, plan) + run.done("list", plan)
    assert "[U+009B]31m" in told
    assert "\x9b" not in told
    assert "\u2028" not in told


def test_importing_again_lists_what_changes_and_what_moves(run: CommandLine, source: Path, plan: Path) -> None:
    run.done("import", source, plan, "--key", "SML")
    text = source.read_text("utf-8")
    assert "2026-03-06T17:00:00" in text
    source.write_text(text.replace("2026-03-06T17:00:00", "2026-03-10T17:00:00").replace(">Ready<", ">Ready to ship<"), "utf-8")
    before = plan.read_bytes()
    told = run.done("import", source, plan, "--update", "SML", "--dry-run").splitlines()
    assert told[0] == "SML  Small plan"
    assert told[1].startswith("Changes: 1. Dates that move: ")
    assert told[2] == "Nothing was written."
    assert "Ready: Title  Ready → Ready to ship" in told
    assert "Ready  2026-03-06 → 2026-03-10  +2 wd" in told
    assert plan.read_bytes() == before
    assert run.done("import", source, plan, "--update", "sml").splitlines()[2:] == told[3:]
    assert run.done("history", plan).splitlines()[-1] == "  M1  2026-03-06 → 2026-03-10  +2 wd  Import “Small plan” again"
    assert keys(run, plan) == ["AUR", "SML"]
    again = run.done("import", source, plan, "--update", "SML")
    assert "Changes: 0. Dates that move: 0. Rows that the file no longer holds: 0." in again


def test_rows_that_left_the_file_go_when_that_is_asked_for(run: CommandLine, source: Path, plan: Path) -> None:
    run.done("import", source, plan, "--key", "SML")
    text = source.read_text("utf-8")
    begin = text.rindex("<Task>", 0, text.index("Ready"))
    source.write_text(text[:begin] + text[text.index("</Task>", text.index("Ready")) + len("</Task>") :], "utf-8")
    assert "no longer holds: 1." in run.done("import", source, plan, "--update", "SML")
    assert "M1  Ready" in run.done("list", plan)
    assert "Ready: Milestone: deleted" in run.done("import", source, plan, "--update", "SML", "--delete-gone")
    assert "M1  Ready" not in run.done("list", plan)


def test_a_second_import_says_that_there_is_one_already(run: CommandLine, source: Path, plan: Path) -> None:
    run.done("import", source, plan, "--key", "SML")
    assert "“import --update SML” brings it up to date" in run.done("import", source, plan)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--update", "AUR"], "holds no row of project AUR"),
        (["--update", "NIX"], "no project with the key “NIX”"),
        (["--update", "AUR", "--key", "NEW"], "--key names a new project"),
        (["--dry-run"], "need --update"),
        (["--delete-gone"], "need --update"),
    ],
)
def test_what_cannot_be_brought_up_to_date(
    run: CommandLine, source: Path, plan: Path, tmp_path: Path, words: list[str], expected: str
) -> None:
    before = everything_in(tmp_path)
    assert expected in run("import", source, plan, *words).refused()
    assert everything_in(tmp_path) == before


def test_a_missing_workspace_cannot_be_brought_up_to_date(run: CommandLine, source: Path, tmp_path: Path) -> None:
    assert "does not exist" in run("import", source, tmp_path / "new.milestones", "--update", "SML").refused()
    assert not (tmp_path / "new.milestones").exists()
