"""`check`: ok, findings, and never a change."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from command_line import NOW, CommandLine, everything_in, in_process

from milestone_desktop import files
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Milestone


@pytest.fixture
def worked_on(plan: Path) -> Path:
    document = files.open_workspace(plan, lambda: NOW)
    first = min(document.plan.all(Milestone), key=lambda row: row.id)
    with document.edit("Rename") as edit:
        activities.rename(edit, first.id, "Renamed")
    document.undo()
    document.close()
    return plan


def altered(path: Path, statement: str, *values: object) -> None:
    raw = sqlite3.connect(path)
    raw.execute(statement, values)
    raw.commit()
    raw.close()


def test_a_sound_file(run: CommandLine, worked_on: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    assert run.done("check", worked_on) == "ok\n"
    assert everything_in(tmp_path) == before


def flip_a_byte_of_the_journal(path: Path) -> None:
    raw = sqlite3.connect(path)
    (content,) = raw.execute("SELECT content FROM journal WHERE sequence = 2").fetchone()
    raw.close()
    middle = len(content) // 2
    altered(
        path,
        "UPDATE journal SET content = ? WHERE sequence = 2",
        content[:middle] + bytes([content[middle] ^ 8]) + content[middle + 1 :],
    )


FAULTS = {
    "journal": (flip_a_byte_of_the_journal, "Journal entry 2"),
    "row": (lambda path: altered(path, "UPDATE milestone SET title = 'Else' WHERE code = 'M2'"), "not what the journal says"),
    "row gone": (lambda path: altered(path, "DELETE FROM checklist_entry"), "not what the journal says"),
    "reference": (lambda path: altered(path, "UPDATE milestone SET owner = 4711 WHERE code = 'M2'"), "refers to one of “person”"),
    "cell": (lambda path: altered(path, "UPDATE milestone SET status = 'Nearly' WHERE code = 'M2'"), "cannot be read"),
    "index": (lambda path: altered(path, "DROP INDEX ix_dependency_successor"), "“ix_dependency_successor”"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_told_on_stdout_with_exit_code_1(run: CommandLine, worked_on: Path, tmp_path: Path, fault: str) -> None:
    spoil, expected = FAULTS[fault]
    spoil(worked_on)
    before = everything_in(tmp_path)
    result = run("check", worked_on)
    assert (result.code, result.err) == (1, "")
    assert expected in result.out
    assert everything_in(tmp_path) == before


def test_while_another_process_has_it_open(worked_on: Path, tmp_path: Path) -> None:
    document = files.open_workspace(worked_on, lambda: NOW)
    before = everything_in(tmp_path)
    told = in_process("check", worked_on)
    assert (told.code, told.out, told.err) == (0, "ok\n", "")
    assert everything_in(tmp_path) == before
    document.close()


def test_control_characters_do_not_reach_the_terminal(run: CommandLine, worked_on: Path) -> None:
    altered(worked_on, 'CREATE TABLE "evil\x1b[31m" (x)')
    result = run("check", worked_on)
    assert result.code == 1
    assert "[U+001B]" in result.out
    assert "\x1b" not in result.out
