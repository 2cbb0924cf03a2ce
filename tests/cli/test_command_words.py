"""Help, version, and what a command line that cannot be understood says."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from command_line import CommandLine, everything_in, in_process

from milestone_desktop import __version__, cli

COMMANDS = (
    "new", "import", "list", "schedule", "explain", "history", "trend", "baseline", "health", "move", "status-date", "complete",
    "compact", "report", "picture", "check", "self-test",
)  # fmt: skip


def parsers() -> dict[str, argparse.ArgumentParser]:
    parser = cli._parser()
    found = next(action.choices for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return {"": parser, "FILE": cli._opening_parser(), **found}


def test_help_names_every_command(run: CommandLine) -> None:
    told = run.done("--help")
    assert run.done("-h") == told
    for command in COMMANDS:
        assert f"    {command}" in told
    assert "milestone-desktop [FILE]" in told
    assert set(parsers()) == {"", "FILE", *COMMANDS}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(run: CommandLine, command: str) -> None:
    told = run.done(command, "--help")
    assert told.startswith(f"usage: milestone-desktop {command}")
    purpose = told.split("\n\n")[1]
    assert purpose[0].isupper()
    assert purpose.rstrip().endswith(".")


def test_every_argument_and_option_is_explained() -> None:
    silent = [
        (name, action.dest)
        for name, parser in parsers().items()
        for action in parser._actions
        if not isinstance(action, argparse._SubParsersAction) and not action.help
    ]
    assert silent == []
    assert all(parser.description for parser in parsers().values())


def test_version(run: CommandLine) -> None:
    assert run.done("--version") == f"milestone-desktop {__version__}\n"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--bogus"], "--bogus"),
        (["list"], "FILE"),
        (["list", "--bogus", "a.milestones"], "--bogus"),
        (["list", "a.milestones", "b.milestones"], "b.milestones"),
        (["list", "a.milestones", "--js"], "--js"),
        (["new", "a.milestones"], "--title"),
        (["new", "a.milestones", "--title"], "--title"),
        (["import", "a.xml"], "FILE"),
        (["report", "a.milestones"], "OUT.pdf"),
        (["picture", "a.milestones", "a.png", "--theme", "pink"], "pink"),
        (["check"], "FILE"),
        (["self-test", "now"], "now"),
        (["a.milestones", "b.milestones"], "b.milestones"),
        (["--", "bogus"], "--"),
    ],
)
def test_what_cannot_be_understood_is_said_in_one_sentence(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run(*words).refused()
    assert expected in said
    assert "usage:" not in said
    assert said.endswith("--help”.")
    assert everything_in(tmp_path) == {}


@pytest.mark.parametrize("word", ["chekc", "plan.xml", "milestones", "", "open"])
def test_a_word_that_is_neither_a_command_nor_a_file_makes_no_file(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(word) if word else run("nowhere/plan")
    assert "neither a command nor a file" in result.refused()
    assert everything_in(tmp_path) == {}


def test_a_missing_folder_is_not_made(run: CommandLine, tmp_path: Path) -> None:
    assert "does not exist" in run(tmp_path / "nowhere" / "plan.milestones").refused()
    assert everything_in(tmp_path) == {}


def test_a_file_opens_the_window(run: CommandLine, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr("milestone_desktop.desktop.app.run", lambda path, clock: opened.append(path) or 7)
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    missing = tmp_path / "new.milestones"
    assert [run(plan).code, run(missing).code, run().code] == [7, 7, 7]
    assert opened == [plan, missing, None]


@pytest.mark.skipif("not __import__('sys').platform.startswith('linux')")
def test_without_a_screen_the_window_says_so(plan: Path) -> None:
    assert "no screen" in in_process(plan).refused()


def test_a_command_is_meant_even_where_a_file_has_its_name(
    run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list").touch()
    assert "FILE" in run("list").refused()
