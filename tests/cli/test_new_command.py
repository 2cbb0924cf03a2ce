"""`new`: every template, keys, and refusals that leave nothing behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import CommandLine, everything_in

TEMPLATES = {"lifecycle": 7, "software-release": 6, "event": 6, "research-grant": 7, "blank": 0}


def listed(run: CommandLine, file: Path) -> list[dict]:
    return json.loads(run.done("list", file, "--json"))["projects"]


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template(run: CommandLine, tmp_path: Path, template: str) -> None:
    file = tmp_path / "a.milestones"
    done = run.done("new", file, "--template", template, "--title", "Aurora mobile app", "--kickoff", "2027-03-01")
    assert done == ""
    assert list(everything_in(tmp_path)) == ["a.milestones"]
    (project,) = listed(run, file)
    assert (project["title"], len(project["milestones"])) == ("Aurora mobile app", TEMPLATES[template])
    assert project["mode"] in {"recorded", "computed"}
    assert all(row["to"] >= "2027-03-01" and row["status"] == "New" for row in project["milestones"])
    assert run.done("check", file) == "ok\n"


@pytest.mark.parametrize("name", ["Software release", "software RELEASE", " Software-Release "])
def test_a_template_is_meant_by_the_name_that_is_shown_too(run: CommandLine, tmp_path: Path, name: str) -> None:
    run.done("new", tmp_path / "a.milestones", "--template", name, "--title", "A")
    assert len(listed(run, tmp_path / "a.milestones")[0]["milestones"]) == TEMPLATES["software-release"]
    assert (
        "no template called “Release”" in run("new", tmp_path / "b.milestones", "--template", "Release", "--title", "A").refused()
    )


def test_the_lifecycle_template_is_used_and_any_name_will_do_for_the_file(run: CommandLine, tmp_path: Path) -> None:
    run.done("new", tmp_path / "Plan #1 100 % ü", "--title", "A")
    assert len(listed(run, tmp_path / "Plan #1 100 % ü")[0]["milestones"]) == 7


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Aurora mobile app", "AMA"),
        ("Aurora", "AUR"),
        ("Änderung", "AND"),
        ("日本語の計画", "PRJ"),
        ("2027 launch", "P202"),
        ("a", "AX"),
        ("🎉", "PRJ"),
        ('#import "x"', "IMP"),
    ],
)
def test_a_key_is_made_from_the_title(run: CommandLine, tmp_path: Path, title: str, key: str) -> None:
    run.done("new", tmp_path / "a.milestones", "--template", "blank", "--title", title)
    (project,) = listed(run, tmp_path / "a.milestones")
    assert (project["key"], project["title"]) == (key, title)


def test_a_key_may_be_given_in_small_letters(run: CommandLine, tmp_path: Path) -> None:
    run.done("new", tmp_path / "a.milestones", "--template", "blank", "--title", "A", "--key", "aur2")
    assert listed(run, tmp_path / "a.milestones")[0]["key"] == "AUR2"


@pytest.mark.parametrize("kickoff", ["2027-03-01", "1 mar 2027", "1.3.2027", "2027-02-27"])  # the last is a Saturday
def test_the_kickoff_is_read_as_people_type_dates(run: CommandLine, tmp_path: Path, kickoff: str) -> None:
    run.done("new", tmp_path / "a.milestones", "--title", "A", "--kickoff", kickoff)
    assert listed(run, tmp_path / "a.milestones")[0]["milestones"][0]["to"] == "2027-03-01T09:00"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--kickoff", "31.31"], "31.31"),
        (["--kickoff", "2027-02-30"], "2027-02-30"),
        (["--kickoff", ""], "not a date"),
        (["--kickoff", "soon"], "not a date"),
        (["--kickoff", "12 mar 9999"], "1900–2200"),
        (["--kickoff", "30 dec 2200"], "2200"),
        (["--kickoff", "2027-03-01 14:30"], "time of day"),
        (["--key", "1x"], "1X"),
        (["--key", "A B"], "A B"),
        (["--key", "ABCDEFGHIJK"], "ABCDEFGHIJK"),
        (["--key", "ÄB"], "ÄB"),
        (["--key", " "], "key"),
        (["--template", "lifecycel"], "lifecycle, software-release, event, research-grant, blank"),
        (["--template", "../lifecycle"], "no template"),
        (["--title", ""], "title"),
        (["--title", "  "], "title"),
        (["--title", "x" * 10_000], "title"),
        (["--title", "half \ud83d"], "half of a character"),
    ],
)
def test_bad_words_are_refused_and_nothing_is_made(run: CommandLine, tmp_path: Path, words: list[str], expected: str) -> None:
    title = [] if "--title" in words else ["--title", "Aurora"]
    assert expected in run("new", tmp_path / "a.milestones", *title, *words).refused()
    assert everything_in(tmp_path) == {}


def test_what_is_there_already_stays(run: CommandLine, tmp_path: Path, plan: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    (tmp_path / "empty").touch()
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    before = everything_in(tmp_path)
    for name in (plan.name, "notes.txt", "empty", "folder", "dangling"):
        assert "exists already" in run("new", tmp_path / name, "--title", "A").refused()
    assert everything_in(tmp_path) == before


def test_a_missing_folder(run: CommandLine, tmp_path: Path) -> None:
    assert "does not exist" in run("new", tmp_path / "nowhere" / "a.milestones", "--title", "A").refused()
    (tmp_path / "notes.txt").touch()
    assert run("new", tmp_path / "notes.txt" / "a.milestones", "--title", "A").refused()
    assert list(everything_in(tmp_path)) == ["notes.txt"]


def test_the_lock_of_another_window_on_a_file_that_is_gone(run: CommandLine, tmp_path: Path) -> None:
    """A file was deleted while another computer had it open: the new one cannot be locked, so there is to be none."""
    lock = tmp_path / ".~a.milestones.lock"
    lock.write_text(
        '{"user": "Mara", "host": "elsewhere", "pid": 1, "started": "", "namespace": "", "since": "2026-11-24T09:00"}'
    )
    assert "Mara" in run("new", tmp_path / "a.milestones", "--title", "A").refused()
    assert list(everything_in(tmp_path)) == [lock.name]


def test_a_full_disk(run: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("milestone_desktop.store.workspace_file.flush_to_disk", full)
    assert "disk is full" in run("new", tmp_path / "a.milestones", "--title", "A").refused()
    assert everything_in(tmp_path) == {}
