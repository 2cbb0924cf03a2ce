"""Tasks, links, baselines, people: each field of a Microsoft Project file lands where it belongs."""

from __future__ import annotations

from pathlib import Path

import pytest
from plan_xml import activity, dates_xml, imported, plan_xml, sentences, task_xml

from milestone_desktop.domain.activities import Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, MilestoneStatus, Priority
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Baseline, Calendar, KeptCalendar, Person, Project, WorkflowState
from milestone_desktop.tracking.baselines import BaselineRow, unpack

DAY = dates_xml("2026-03-02T08:00:00", "2026-03-02T17:00:00")
POINT = dates_xml("2026-03-06T17:00:00", "2026-03-06T17:00:00", "PT0H0M0S") + "<Milestone>1</Milestone>"


def link(predecessor: int, kind: int, lag: int = 0, unit: int = 7) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{predecessor}</PredecessorUID><Type>{kind}</Type><CrossProject>0</CrossProject>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{unit}</LagFormat></PredecessorLink>"
    )


def test_a_work_item_holds_what_the_task_says(tmp_path: Path) -> None:
    inside = (
        dates_xml("2026-03-02T08:15:00", "2026-03-04T16:45:00", "PT20H30M0S").replace(">7<", ">39<")
        + "<PercentComplete>40</PercentComplete><ActualStart>2026-03-02T08:15:00</ActualStart>"
        "<Deadline>2026-03-20T17:00:00</Deadline>"
        "<RemainingDuration>PT12H18M0S</RemainingDuration><Stop>2026-03-03T09:00:00</Stop><Resume>2026-03-03T10:00:00</Resume>"
        "<ConstraintType>4</ConstraintType><ConstraintDate>2026-03-02T08:00:00</ConstraintDate><Priority>700</Priority>"
        "<Work>PT41H0M0S</Work><ActualWork>PT10H0M0S</ActualWork><RemainingWork>PT31H0M0S</RemainingWork>"
        "<Notes>Mind the step</Notes><TotalSlack>0</TotalSlack><EarlyStart>2026-03-02T08:15:00</EarlyStart><GUID>G-1</GUID>"
        "<Manual>1</Manual><ManualStart>2026-03-02T08:15:00</ManualStart><Rollup>0</Rollup>"
        "<ExtendedAttribute><FieldID>188743731</FieldID><Value>blue</Value></ExtendedAttribute>"
    )
    opened, result = imported(tmp_path, plan_xml(task_xml(1, inside)))
    row = activity(opened, 1)
    assert isinstance(row, WorkItem)
    assert (row.start, row.end, row.duration) == (instant(2026, 3, 2, 8, 15), instant(2026, 3, 4, 16, 45), 1230)
    assert (row.duration_unit, row.estimated, row.progress, row.remaining) == ("d", True, 40, 738)
    assert (row.actual_start, row.actual_finish) == (instant(2026, 3, 2, 8, 15), None)
    assert (row.stop, row.resume, row.deadline) == (instant(2026, 3, 3, 9), instant(2026, 3, 3, 10), instant(2026, 3, 20, 17))
    assert (row.constraint, row.constraint_date) == (ConstraintType.SNET, instant(2026, 3, 2, 8))
    assert (row.priority, row.estimate, row.logged, row.remaining_effort) == (Priority.HIGH, 2460, 600, 1860)
    assert (row.notes, row.type, row.number) == ("Mind the step", "Task", 1)
    assert opened.plan[WorkflowState, row.status].name == "In Progress"
    kept = row.extra["msproject"]
    assert kept["TotalSlack"] == "0"
    assert kept["EarlyStart"] == "2026-03-02T08:15:00"
    assert (kept["GUID"], kept["ID"], kept["Manual"], kept["Priority"]) == ("G-1", "1", "1", "700")
    assert kept["ExtendedAttribute"] == [{"FieldID": "188743731", "Value": "blue"}]
    assert "Rollup" not in kept
    assert sentences(result) == ["Manually scheduled tasks, taken in with their mark kept: 1."]


@pytest.mark.parametrize(("percent", "state"), [(0, "New"), (1, "In Progress"), (99, "In Progress"), (100, "Done")])
def test_the_state_of_an_item_follows_its_progress(tmp_path: Path, percent: int, state: str) -> None:
    opened, _ = imported(tmp_path, plan_xml(task_xml(1, DAY + f"<PercentComplete>{percent}</PercentComplete>")))
    row = activity(opened, 1)
    assert isinstance(row, WorkItem)
    assert opened.plan[WorkflowState, row.status].name == state


def test_milestones_have_codes_statuses_and_actual_dates(tmp_path: Path) -> None:
    tasks = (
        task_xml(1, POINT + "<WBS>GATE-1</WBS><OutlineNumber>1</OutlineNumber>")
        + task_xml(2, POINT + "<PercentComplete>100</PercentComplete><WBS>2</WBS><OutlineNumber>2</OutlineNumber>")
        + task_xml(
            3, POINT + "<PercentComplete>100</PercentComplete><ActualFinish>2026-03-09T12:00:00</ActualFinish><WBS>gate-1</WBS>"
        )
        + task_xml(4, POINT + "<PercentComplete>50</PercentComplete><WBS>no blanks please</WBS>")
        + task_xml(5, POINT + "<WBS>M1</WBS>")
    )
    opened, _ = imported(tmp_path, plan_xml(tasks))
    rows = [activity(opened, uid) for uid in range(1, 6)]
    assert all(isinstance(row, Milestone) for row in rows)
    assert [row.code for row in rows] == ["GATE-1", "M2", "M3", "M4", "M1"]
    assert [row.status for row in rows] == [
        MilestoneStatus.NEW, MilestoneStatus.COMPLETED, MilestoneStatus.COMPLETED, MilestoneStatus.IN_PROGRESS,
        MilestoneStatus.NEW,
    ]  # fmt: skip
    assert [row.actual_finish for row in rows] == [None, instant(2026, 3, 6, 17), instant(2026, 3, 9, 12), None, None]
    assert {row.start for row in rows} == {None}


def test_a_milestone_with_a_duration_gets_a_window_and_a_flagged_summary_stays_an_item(tmp_path: Path) -> None:
    tasks = (
        task_xml(1, DAY + "<Milestone>1</Milestone>")
        + task_xml(2, DAY + "<Milestone>1</Milestone><Summary>1</Summary>")
        + task_xml(3, DAY, level=2)
    )
    opened, result = imported(tmp_path, plan_xml(tasks))
    first, second = activity(opened, 1), activity(opened, 2)
    assert isinstance(first, Milestone)
    assert (first.start, first.end, first.duration) == (instant(2026, 3, 2, 8), instant(2026, 3, 2, 17), 0)
    assert first.extra["msproject"]["Duration"] == 480
    assert isinstance(second, WorkItem)
    assert second.extra["msproject"]["Milestone"] == "1"
    assert activity(opened, 3).parent == second.id
    assert len(sentences(result)) == 2


def test_the_outline_follows_levels_also_where_one_is_skipped(tmp_path: Path) -> None:
    levels = [1, 2, 4, 3, 2, 1]
    opened, _ = imported(tmp_path, plan_xml("".join(task_xml(n + 1, DAY, level=level) for n, level in enumerate(levels))))
    rows = [activity(opened, n) for n in range(1, 7)]
    parents = [next((n for n, other in enumerate(rows, 1) if other.id == row.parent), None) for row in rows]
    assert parents == [None, 1, 2, 2, 1, None]


def test_all_link_types_and_lag_units(tmp_path: Path) -> None:
    links = (
        link(1, 0), link(2, 1, 4800), link(3, 2, -2400, 5), link(4, 3, 14400, 8), link(5, 1, 50, 19), link(6, 1, -25, 20),
        link(7, 1, 24000, 41), link(8, 1, 605, 3),
    )  # fmt: skip
    tasks = "".join(task_xml(n, DAY) for n in range(1, 9)) + task_xml(9, DAY + "".join(links))
    opened, _ = imported(tmp_path, plan_xml(tasks))
    rows = sorted(opened.plan.all(Dependency), key=lambda row: row.id)
    assert [(row.type, row.lag, row.lag_unit) for row in rows] == [
        (LinkType.FF, 0, LagUnit.WORKING), (LinkType.FS, 480, LagUnit.WORKING), (LinkType.SF, -240, LagUnit.WORKING),
        (LinkType.SS, 1440, LagUnit.ELAPSED), (LinkType.FS, 5000, LagUnit.PERCENT), (LinkType.FS, -2500, LagUnit.ELAPSED_PERCENT),
        (LinkType.FS, 2400, LagUnit.WORKING), (LinkType.FS, 61, LagUnit.WORKING),
    ]  # fmt: skip
    assert [row.source for row in rows] == [f"msproject:{n}>9" for n in range(1, 9)]
    assert rows[7].extra["msproject"] == {"LinkLag": "605", "LagFormat": "3"}


def test_loops_come_in_and_links_without_an_end_are_reported(tmp_path: Path) -> None:
    cross = "<PredecessorLink><PredecessorUID>7</PredecessorUID><Type>1</Type><CrossProject>1</CrossProject></PredecessorLink>"
    tasks = task_xml(1, DAY + link(2, 1)) + task_xml(2, DAY + link(1, 1) + link(1, 1) + link(2, 1) + link(99, 1) + cross)
    opened, result = imported(tmp_path, plan_xml(tasks))
    assert opened.plan.count(Dependency) == 2
    assert activity(opened, 2).extra["msproject"]["CrossProjectLink"][0]["PredecessorUID"] == "7"
    assert sentences(result) == [
        "Links to tasks of other files, kept aside and not in effect: 1, the first being on “Task 2”.",
        "Links that the file holds twice, taken once: 1, the first being on “Task 2”.",
        "Links of a task to itself, left out: 1, the first being on “Task 2”.",
        "Links to tasks that the file does not hold, left out: 1, the first being on “Task 2”.",
    ]


def test_baseline_0_is_put_in_force_and_sets_targets(tmp_path: Path) -> None:
    def baseline(number: int, finish: str) -> str:
        return (
            f"<Baseline><Number>{number}</Number><Start>{finish}</Start><Finish>{finish}</Finish><Work>PT3H0M0S</Work></Baseline>"
        )

    early, late = "2026-03-05T17:00:00", "2026-03-11T17:00:00"
    tasks = (
        task_xml(1, POINT + baseline(0, early) + baseline(10, late)) + task_xml(2, DAY + baseline(10, late)) + task_xml(3, POINT)
    )
    opened, result = imported(tmp_path, plan_xml(tasks))
    rows = sorted(opened.plan.all(Baseline), key=lambda row: row.number)
    assert [(row.number, row.name, row.in_force) for row in rows] == [(0, "Baseline", True), (10, "Baseline 10", False)]
    first, third = activity(opened, 1), activity(opened, 3)
    assert isinstance(first, Milestone)
    assert isinstance(third, Milestone)
    moment = instant(2026, 3, 5, 17)
    assert (first.target, first.first_target, first.target_reason) == (moment, moment, "Baseline")
    assert (third.target, third.first_target) == (None, None)
    content = unpack(opened.blob(rows[0].content))
    assert content.rows == {first.id: BaselineRow(moment, moment, 0)}
    assert [kept.digest for kept in opened.plan.all(KeptCalendar)] == [first.target_calendar]
    kept = content.calendar_plan()
    assert list(kept.all(Calendar)) == [opened.plan[Calendar, opened.plan[Project, result.project_id].calendar]]
    assert set(unpack(opened.blob(rows[1].content)).rows) == {first.id, activity(opened, 2).id}
    assert first.extra["msproject"]["Baseline"][0] == {"Number": "0", "Work": "PT3H0M0S"}


def test_resources_become_people_who_work_on_items_and_own_milestones(tmp_path: Path) -> None:
    def resource(uid: int, name: str, kind: int = 1, more: str = "") -> str:
        return f"<Resource><UID>{uid}</UID><Name>{name}</Name><Type>{kind}</Type>{more}</Resource>"

    def assignment(task: int, person: int, more: str = "") -> str:
        ids = f"<UID>{task}{person}</UID><TaskUID>{task}</TaskUID><ResourceUID>{person}</ResourceUID>"
        return f"<Assignment>{ids}{more}</Assignment>"

    people = (
        resource(0, "")
        + resource(1, "Ada", more="<Group>Lab</Group><EmailAddress>ada@example.org</EmailAddress><Notes>Nice</Notes>")
        + resource(2, "Ben") + resource(3, "Cement", 0, "<MaterialLabel>t</MaterialLabel>") + resource(4, "Ada")
    )  # fmt: skip
    work = (
        assignment(1, 1, "<Units>0.5</Units>") + assignment(1, 2) + assignment(1, 3) + assignment(1, -65535) + assignment(1, 2)
        + assignment(2, 2) + assignment(2, 1) + assignment(77, 1)
    )  # fmt: skip
    text = plan_xml(
        task_xml(1, DAY) + task_xml(2, POINT),
        head="<Manager>Cleo</Manager>",
        rest=f"<Resources>{people}</Resources><Assignments>{work}</Assignments>",
    )
    opened, result = imported(tmp_path, text)
    names = [
        (row.name, row.organisation, row.email, row.notes) for row in sorted(opened.plan.all(Person), key=lambda row: row.id)
    ]
    assert names == [("Ada", "Lab", "ada@example.org", "Nice"), ("Ben", "", "", ""), ("Ada", "", "", ""), ("Cleo", "", "", "")]
    by_id = {row.id: row.name for row in opened.plan.all(Person)}
    project = opened.plan[Project, result.project_id]
    assert by_id[project.lead or 0] == "Cleo"
    assert [by_id[row.person] for row in opened.plan.where(Assignment, "item", activity(opened, 1).id)] == ["Ada", "Ben"]
    assert next(iter(opened.plan.all(Assignment))).extra["msproject"]["Units"] == "0.5"
    owner = activity(opened, 2)
    assert isinstance(owner, Milestone)
    assert by_id[owner.owner or 0] == "Ben"
    assert project.extra["msproject"]["resources"][0]["Name"] == "Cement"
    assert len(activity(opened, 1).extra["msproject"]["assignments"]) == 3
    assert any("left out: 1" in text for text in sentences(result))

    again, second = imported(tmp_path, text, into=opened)
    assert again.plan.count(Person) == 4
    assert opened.plan[Project, second.project_id].key != project.key
    assert "People of the same name that the workspace has already, taken as the same: 3, the first being “Ada”." in sentences(
        second
    )


def test_the_project_keeps_its_own_day_week_and_dates(tmp_path: Path) -> None:
    head = (
        "<MinutesPerDay>450</MinutesPerDay><MinutesPerWeek>2250</MinutesPerWeek><DaysPerMonth>18</DaysPerMonth><Company>Acme</Company>"
        "<DefaultStartTime>09:00:00</DefaultStartTime><DefaultFinishTime>17:30:00</DefaultFinishTime><CriticalSlackLimit>2</CriticalSlackLimit>"
        "<StatusDate>2026-03-04T17:00:00</StatusDate><StartDate>2026-03-02T09:00:00</StartDate><ScheduleFromStart>0</ScheduleFromStart>"
    )
    opened, result = imported(tmp_path, plan_xml(task_xml(1, DAY), head=head), key="abc")
    row = opened.plan[Project, result.project_id]
    assert (row.key, row.title, row.source) == ("ABC", "Test plan", "msproject:plan.xml")
    assert (row.minutes_per_day, row.minutes_per_week, row.days_per_month, row.slack_limit) == (450, 2250, 18, 900)
    assert (row.day_start, row.day_end, row.start) == (540, 1050, instant(2026, 3, 2, 9))
    assert row.status_date == instant(2026, 3, 4) // 1440
    assert row.extra["msproject"]["Company"] == "Acme"
    assert len(sentences(result)) == 1


def test_marks_that_are_not_modelled_are_kept_and_reported(tmp_path: Path) -> None:
    tasks = (
        task_xml(1, DAY + "<Active>0</Active>") + task_xml(2, DAY + "<Active>0</Active><Recurring>1</Recurring>")
        + task_xml(3, DAY + "<ExternalTask>1</ExternalTask><IsSubproject>1</IsSubproject>")
        + "<Task><UID>4</UID><IsNull>1</IsNull></Task>"
    )  # fmt: skip
    opened, result = imported(tmp_path, plan_xml(tasks))
    assert opened.plan.count(WorkItem) == 3
    assert activity(opened, 1).extra["msproject"]["Active"] == "0"
    assert [(found.arguments["count"]) for found in result.findings] == [2, 1, 1, 1, 1]


def test_bad_values_of_single_fields_are_reported_kept_and_never_raise(tmp_path: Path) -> None:
    inside = (
        "<Start>soon</Start><Finish>2026-02-30T17:00:00</Finish><Duration>8 h</Duration><DurationFormat>99</DurationFormat>"
        "<PercentComplete>140</PercentComplete><Priority>x</Priority><ConstraintType>44</ConstraintType><Work>-PT8H0M0S</Work>"
        "<Deadline>1066-10-14T08:00:00</Deadline><CalendarUID>7</CalendarUID><OutlineLevel>one</OutlineLevel>" + link(1, 9, 0, 77)
    )
    tasks = (
        task_xml(1, dates_xml("2026-03-05T08:00:00", "2026-03-04T17:00:00")) + f"<Task><UID>2</UID><Name>x</Name>{inside}</Task>"
    )
    opened, result = imported(tmp_path, plan_xml(tasks + task_xml(2, DAY, name="y" * 600) + task_xml(3, DAY, name=" ")))
    row = activity(opened, 2)
    assert (row.start, row.end, row.duration, row.progress, row.deadline) == (None, None, 0, 0, None)
    assert row.extra["msproject"]["Start"] == "soon"
    turned = activity(opened, 1)
    assert turned.start == turned.end == instant(2026, 3, 4, 17)
    assert turned.extra["msproject"]["Start"] == "2026-03-05T08:00"
    assert opened.plan.count(Dependency) == 1
    assert max(len(row.title) for row in opened.plan.activities()) == 500
    told = sentences(result)
    assert "Task Start: values that could not be read and were left out: 1, the first being “soon”." in told
    assert len(told) == len(set(told)) >= 14
    assert not [text for text in told if "{" in text]


def test_odd_seconds_and_zones_are_dropped_and_kept_aside(tmp_path: Path) -> None:
    opened, result = imported(
        tmp_path, plan_xml(task_xml(1, dates_xml("2026-03-02T08:00:59", "2026-03-02T17:00:00+02:00", "PT1H6M5.07S")))
    )
    row = activity(opened, 1)
    assert (row.start, row.end, row.duration) == (instant(2026, 3, 2, 8), instant(2026, 3, 2, 17), 66)
    assert row.extra["msproject"]["Start"] == "2026-03-02T08:00:59"
    assert row.extra["msproject"]["Duration"] == "PT1H6M5.07S"
    assert sentences(result) == ["Task Finish: dates with a time zone, taken as local time as they are written: 1."]


def test_split_work_stays_with_its_assignment(tmp_path: Path) -> None:
    phased = (
        "<TimephasedData><Type>{}</Type><UID>1</UID><Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T08:00:00</Finish>"
        "<Unit>2</Unit><Value>PT8H0M0S</Value></TimephasedData>"
    )
    rest = (
        "<Resources><Resource><UID>1</UID><Name>Ada</Name><Type>1</Type></Resource></Resources><Assignments><Assignment><UID>1</UID>"
        f"<TaskUID>1</TaskUID><ResourceUID>1</ResourceUID>{phased.format(1)}{phased.format(4)}</Assignment></Assignments>"
    )
    opened, result = imported(tmp_path, plan_xml(task_xml(1, DAY), rest=rest))
    kept = next(iter(opened.plan.all(Assignment))).extra["msproject"]
    assert kept["TimephasedData"] == [["1", "2026-03-02T08:00:00", "2026-03-03T08:00:00", "2", "PT8H0M0S"]]
    assert sentences(result) == ["Time-phased figures other than work, left out: 1."]
