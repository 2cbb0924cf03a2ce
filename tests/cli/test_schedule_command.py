"""`schedule`: the JSON that others read; `explain`: why an activity is when it is."""

from __future__ import annotations

import json
import random
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from command_line import CommandLine

from data_folder import data_path
from milestone_desktop import files
from milestone_desktop.document.operations import calendars, dependencies, items, milestones, projects
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import day_of, instant, instant_from_iso
from milestone_desktop.domain.worktime import WorkTimes
from stored_plans import names_in, stored, unpacked

ITEM = (
    "uid", "title", "parent", "milestone", "summary", "early_start", "early_finish", "late_start", "late_finish",
    "total_slack_minutes", "free_slack_minutes", "critical", "driver",
)  # fmt: skip
NO_CALENDAR = "The file names no calendar for the project; “Standard” is used.\n"
DATES = {
    "early_start": "EarlyStart", "early_finish": "EarlyFinish", "late_start": "LateStart", "late_finish": "LateFinish",
}  # fmt: skip


def scheduled(run: CommandLine, path: Path, out: Path, *words: str) -> dict[str, object]:
    result = run("schedule", path, "--json", out, *words)
    assert (result.code, result.out) == (0, ""), result
    found: dict[str, object] = json.loads(out.read_text("utf-8"))
    return found


def test_the_json_is_as_it_is_described(run: CommandLine, source: Path, tmp_path: Path) -> None:
    found = scheduled(run, source, tmp_path / "out.json")
    assert list(found) == ["project", "items"]
    assert found["project"] == {"start": "2026-03-02T09:00", "finish": "2026-03-06T18:00"}
    assert all(tuple(item) == ITEM for item in found["items"])
    assert found["items"] == [
        {
            "uid": "1", "title": "Build", "parent": None, "milestone": False, "summary": False,
            "early_start": "2026-03-02T09:00", "early_finish": "2026-03-06T18:00",
            "late_start": "2026-03-02T09:00", "late_finish": "2026-03-06T18:00",
            "total_slack_minutes": 0, "free_slack_minutes": 0, "critical": True, "driver": None,
        },
        {
            "uid": "2", "title": "Ready", "parent": None, "milestone": True, "summary": False,
            "early_start": "2026-03-06T18:00", "early_finish": "2026-03-06T18:00",
            "late_start": "2026-03-06T18:00", "late_finish": "2026-03-06T18:00",
            "total_slack_minutes": 0, "free_slack_minutes": 0, "critical": True, "driver": "1",
        },
    ]  # fmt: skip
    printed = run("schedule", source, "--json", "-")
    assert (json.loads(printed.out), printed.err) == (found, NO_CALENDAR)


def test_a_workspace_names_rows_by_key_and_code_and_is_left_as_it_is(run: CommandLine, two: Path, tmp_path: Path) -> None:
    before = two.read_bytes()
    found = scheduled(run, two, tmp_path / "out.json", "--project", "SEC")
    assert [(item["uid"], item["title"], item["milestone"]) for item in found["items"]] == [
        ("M1", "Moved in", True),
        ("SEC-1", "Pack", False),
    ]
    assert two.read_bytes() == before
    assert scheduled(run, two, tmp_path / "old.json", "--project", "old")["items"]


@pytest.mark.parametrize("name", ["o1", "o2", "o3", "o4"])
def test_the_command_gives_every_date_and_slack_of_the_oracle(name: str, run: CommandLine, tmp_path: Path) -> None:
    expected = json.loads(data_path(f"oracle/{name}.expected.json").read_text("utf-8"))["tasks"]
    items = {item["uid"]: item for item in scheduled(run, data_path(f"oracle/{name}.xml"), tmp_path / "out.json")["items"]}
    assert set(items) == set(expected)
    for uid, wanted in expected.items():
        item = items[uid]
        assert {key: item[key] for key in (*DATES, "critical", "summary", "milestone")} == {
            key: wanted[key] for key in (*DATES, "critical", "summary", "milestone")
        }
        assert (item["total_slack_minutes"], item["free_slack_minutes"]) == (wanted["total_slack_min"], wanted["free_slack_min"])


def test_the_command_gives_the_dates_that_project_stored(run: CommandLine, tmp_path: Path) -> None:
    names = [name for name in names_in("insisoc-mspdi.tar.xz") if "__73__" not in name and "__136__" not in name]
    sample = set(random.Random(11).sample(names, 2))
    for path in unpacked("insisoc-mspdi.tar.xz", tmp_path, sample).values():
        expected = stored(path)
        items = {item["uid"]: item for item in scheduled(run, path, tmp_path / "out.json")["items"]}
        plan, _ = files.plan_of(path, lambda: datetime(2026, 3, 1))
        times = WorkTimes(plan)
        assert len(items) == len(list(plan.activities())) > 30
        for activity in plan.activities():
            uid = activity.source.rpartition(":")[2]
            work = times.of_activity(activity)
            for column, field in DATES.items():
                apart = work.minutes_between(instant_from_iso(expected[uid][field]), instant_from_iso(items[uid][column]))
                assert apart == 0, (path.name, uid, column)


def test_what_cannot_be_scheduled_is_refused_in_one_sentence(run: CommandLine, two: Path, source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    assert "several projects. Name one with --project: FIR, SEC." in run("schedule", two, "--json", out).refused()
    assert "NONE" in run("schedule", two, "--json", out, "--project", "NONE").refused()
    assert "left as it is" in run("schedule", source, "--json", source).refused()
    run("schedule", tmp_path / "missing.xml", "--json", out).refused()
    nonsense = tmp_path / "nonsense.xml"
    nonsense.write_text("<Project><Tasks>", "utf-8")
    run("schedule", nonsense, "--json", out).refused()
    run("schedule", source, "--json", tmp_path / "no" / "folder.json").refused()
    run("schedule", source).refused()
    idle = source.read_text("utf-8").replace("<Tasks>", f"{IDLE}<Tasks>")
    nonsense.write_text(idle, "utf-8")
    run("schedule", nonsense, "--json", out).refused()
    assert not out.exists()


IDLE = """<CalendarUID>7</CalendarUID><Calendars><Calendar><UID>7</UID><Name>Idle</Name><IsBaseCalendar>1</IsBaseCalendar>
<WeekDays><WeekDay><DayType>2</DayType><DayWorking>0</DayWorking></WeekDay></WeekDays></Calendar></Calendars>"""


def test_a_plan_with_a_loop_is_scheduled_all_the_same(run: CommandLine, source: Path, tmp_path: Path) -> None:
    link = "<PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type></PredecessorLink>"
    looped = tmp_path / "looped.xml"
    looped.write_text(source.read_text("utf-8").replace("</Task>", f"{link}</Task>", 1), "utf-8")
    result = run("schedule", looped, "--json", tmp_path / "out.json")
    assert (result.code, result.out) == (0, "")
    titles = [item["title"] for item in scheduled(run, source, tmp_path / "whole.json")["items"]]
    loop = f"These wait for each other, and their links were left out: {' → '.join([*titles, titles[0]])}.\n"
    assert result.err == NO_CALENDAR + loop
    items = json.loads((tmp_path / "out.json").read_text("utf-8"))["items"]
    assert [item["early_finish"] for item in items] == ["2026-03-06T17:00", "2026-03-06T17:00"]


def test_what_a_file_says_and_is_not_understood_is_told_beside_the_dates(run: CommandLine, source: Path, tmp_path: Path) -> None:
    odd = tmp_path / "odd.xml"
    odd.write_text(source.read_text("utf-8").replace("<PredecessorLink>", "<PredecessorLink><LinkLag>9e99</LinkLag>"), "utf-8")
    result = run("schedule", odd, "--json", "-")
    assert (result.code, len(json.loads(result.out)["items"])) == (0, 2)
    assert "LinkLag" in result.err
    assert "9e99" in result.err


def test_an_explanation_adds_up_and_says_whose_each_day_is(run: CommandLine, plan: Path) -> None:
    for code in ("M1", "M3", "M5"):
        sentence, *strip = run.done("explain", plan, code).splitlines()
        days = int(sentence.split(" = ")[1].split(" calendar days")[0])
        assert sum(int(line.split()[0]) for line in strip) == days, sentence
        found = json.loads(run.done("explain", plan, code, "--json"))
        assert found["sentence"] == sentence
        assert sum(segment["days"] for segment in found["segments"]) == days
        keys = [line.split(maxsplit=1)[1] for line in strip]
        assert all(a != b for a, b in pairwise(keys)), "neighbours alike are one line"
    assert "M99" in run("explain", plan, "M99").refused()


def test_the_strip_names_the_activity_and_the_holiday(run: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "own.milestones"
    document = files.new_workspace(path, lambda: datetime(2026, 11, 24, 10))
    with document.edit("Add") as edit:
        project = projects.create(edit, "Farm", key="FAR", start=instant(2026, 12, 21, 9), mode=ScheduleMode.COMPUTED)
        calendars.add_exception(edit, project.calendar, "Christmas", day_of(instant(2026, 12, 25)))
        dig = items.create(edit, project.id, "Dig", duration=5 * 480)
        ready = milestones.create(edit, project.id, "Ready", code="R")
        dependencies.add(edit, dig.id, ready.id, lag=2 * 480)
    document.close()
    assert run.done("explain", path, "R").splitlines()[1:] == [
        "    3  work      Dig",
        "    1  holiday   Dig · Christmas",
        "    2  weekend   Dig",
        "    1  work      Dig",
        "    2  lag       Ready",
    ]
