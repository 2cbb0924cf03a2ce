"""history, trend, baseline, health, move, status-date, complete, compact."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from command_line import CommandLine

from milestone_desktop import files
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Baseline, Project


def told(run: CommandLine, *words: str | Path) -> dict:
    return json.loads(run.done(*words, "--json"))


def codes(run: CommandLine, plan: Path) -> list[str]:
    return [row["code"] for row in told(run, "list", plan)["projects"][0]["milestones"]]


def test_a_move_and_its_reason_stand_in_history(run: CommandLine, plan: Path) -> None:
    code = codes(run, plan)[3]
    said = run.done("move", plan, code, "+5d", "--reason", "The vendor is late")
    assert "+5 wd" in said
    assert "moved by hand" in said
    found = told(run, "history", plan, "--milestone", code)
    last = found["entries"][-1]
    assert [(move["milestone"], move["working_days"], move["reason"]) for move in last["moves"]] == [
        (code, 5, "The vendor is late")
    ]
    assert last["moves"][0]["causes"] == [{"cause": "moved by hand", "working_days": 5}]
    every = told(run, "history", plan)["entries"]
    assert len(every) == 2
    assert len(every[-1]["moves"]) > 1, "later milestones follow"
    assert f"{every[-1]['sequence']}  " in run.done("history", plan)


def test_an_impossible_move_is_refused(run: CommandLine, plan: Path) -> None:
    code = codes(run, plan)[3]
    before = told(run, "list", plan)
    assert "cannot be on" in run("move", plan, code, "2026-01-05").refused()
    assert "not a date" in run("move", plan, code, "whenever").refused()
    assert "no milestone" in run("move", plan, "NOPE", "+1d").refused()
    assert told(run, "list", plan) == before


def test_receipts_since_the_target_add_up_to_the_slip(run: CommandLine, plan: Path) -> None:
    run.done("baseline", plan, "set", "First")
    said = run.done("baseline", plan, "use", "First")
    assert "target" in said
    names = codes(run, plan)
    for code, by in ((names[1], "+3d"), (names[4], "+2d"), (names[1], "+1d")):
        run.done("move", plan, code, by)
    healths = told(run, "health", plan)["projects"][0]["milestones"]
    for row in healths:
        found = told(run, "history", plan, "--milestone", row["code"])
        planned = [move for entry in found["entries"] for move in entry["moves"] if move["what"] == "planned" and move["from"]]
        assert sum(move["working_days"] for move in planned) == row["slip"]
        assert sum(step["working_days"] for step in found["waterfall"]["steps"]) == found["waterfall"]["slip"] == row["slip"]
    assert any(row["slip"] for row in healths)


def test_baselines_are_listed_and_compared(run: CommandLine, plan: Path) -> None:
    assert told(run, "baseline", plan, "list") == {"baselines": []}
    run.done("baseline", plan, "set", "First")
    run.done("move", plan, codes(run, plan)[2], "+4d")
    run.done("baseline", plan, "set", "Second")
    rows = told(run, "baseline", plan, "list")["baselines"]
    assert [(row["name"], row["in_force"]) for row in rows] == [("First", False), ("Second", False)]
    found = told(run, "baseline", plan, "compare", "First", "second")["rows"]
    assert max(row["slip"] or 0 for row in found) == 4
    assert "+4 wd" in run.done("baseline", plan, "compare", "First", "Second")
    assert "already" in run("baseline", plan, "set", "first").refused()
    assert "“First”, “Second”" in run("baseline", plan, "use", "Third").refused()
    assert "“compare” takes two names; 1 given" in run("baseline", plan, "compare", "First").refused()
    assert "set|use|list|compare" in run("baseline", plan, "drop", "First").refused()


def test_a_damaged_baseline_is_named_and_the_others_are_listed(run: CommandLine, plan: Path) -> None:
    run.done("baseline", plan, "set", "First")
    run.done("move", plan, codes(run, plan)[2], "+4d")
    run.done("baseline", plan, "set", "Second")
    with closing(sqlite3.connect(plan)) as file, file:
        file.execute("UPDATE blob SET content = x'00' WHERE sha256 = (SELECT content FROM baseline WHERE name = 'First')")
    listed = run("baseline", plan, "list", "--json")
    rows = json.loads(listed.out)["baselines"]
    assert listed.code == 0
    assert [(row["name"], row["rows"] is None) for row in rows] == [("First", True), ("Second", False)]
    assert listed.err.startswith("“First”: ")
    assert listed.err.count("\n") == 1
    assert "Second" in run("baseline", plan, "list").out
    assert "—" in run("baseline", plan, "list").out.splitlines()[0]


def test_a_reason_is_told_with_the_move(run: CommandLine, plan: Path) -> None:
    code = codes(run, plan)[2]
    assert "moved by hand  (the vendor was late)" in run.done("move", plan, code, "+4d", "--reason", "the vendor was late")
    assert "(the vendor was late)" in run.done("history", plan, "--milestone", code).splitlines()[-1]


def test_the_trend_has_a_point_for_each_move(run: CommandLine, plan: Path) -> None:
    code = codes(run, plan)[3]
    run.done("move", plan, code, "+5d")
    found = told(run, "trend", plan)["projects"][0]
    row = next(row for row in found["milestones"] if row["code"] == code)
    to = next(row for row in told(run, "list", plan)["projects"][0]["milestones"] if row["code"] == code)["to"]
    assert row["points"][-1]["date"] == to
    assert row["points"][-1]["report"] == found["reports"][-1]
    assert "not enough reports" in run.done("trend", plan, "--project", "AUR")
    assert "no project" in run("trend", plan, "--project", "XYZ").refused()


def test_completing_takes_a_reason_where_something_is_open(run: CommandLine, plan: Path) -> None:
    code = codes(run, plan)[0]
    refused = run("complete", plan, code).refused()
    assert "not ready" in refused
    assert refused.rstrip().endswith("give the reason with --override.")
    run.done("complete", plan, code, "--on", "2026-09-02", "--override", "held in the corridor")
    row = next(row for row in told(run, "list", plan)["projects"][0]["milestones"] if row["code"] == code)
    assert (row["status"], row["actual"][:10]) == ("Completed", "2026-09-02")
    assert told(run, "health", plan)["projects"][0]["milestones"][0]["health"] == "Completed"
    assert "Completed: reached on 2026-09-02" in run.done("health", plan)


def test_the_status_date_is_set_once(run: CommandLine, plan: Path) -> None:
    run.done("status-date", plan, "2026-10-02")
    assert "is so already" in run("status-date", plan, "2026-10-02").refused()
    document = files.open_workspace(plan, lambda: None, read_only=True)
    assert next(iter(document.plan.all(Project))).status_date == 739891
    document.close()


def test_compacting_keeps_what_history_tells(run: CommandLine, plan: Path) -> None:
    run.done("move", plan, codes(run, plan)[3], "+5d")
    before = told(run, "history", plan), told(run, "trend", plan)
    assert "Compacted 2 entries" in run.done("compact", plan)
    assert (told(run, "history", plan), told(run, "trend", plan)) == before
    assert run.done("check", plan) == "ok\n"


@pytest.mark.parametrize(
    "command", [["history"], ["trend"], ["health"], ["baseline", "list"], ["compact"], ["move", "M1", "+1d"]]
)
def test_a_file_that_is_not_there_is_not_made(run: CommandLine, tmp_path: Path, command: list[str]) -> None:
    path = tmp_path / "none.milestones"
    assert "does not exist" in run(command[0], path, *command[1:]).refused()
    assert not path.exists()


def test_several_projects_want_a_key(run: CommandLine, two: Path) -> None:
    assert "FIR, SEC" in run("baseline", two, "set", "First").refused()
    run.done("baseline", two, "set", "First", "--project", "SEC")
    assert "several" in run("status-date", two, "2026-10-02").refused()
    assert "FIR:M1, SEC:M1" in run("move", two, "M1", "+1d").refused()
    run.done("move", two, "SEC:M1", "+1d")
    document = files.open_workspace(two, lambda: None, read_only=True)
    assert document.plan.count(Baseline) == 1
    assert document.plan.count(Milestone) == 3
    document.close()
