"""Activities, outline, links, people, notes and baselines of Primavera P6: each field lands where it belongs."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from p6_xml import DAY, activity, calendar, p6_xml, project, relationship, row, taken, xml
from plan_xml import sentences

from milestone_desktop.domain.activities import Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, MilestoneStatus, Priority
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Baseline, Person, Project, WorkflowState
from milestone_desktop.tracking.baselines import unpack

START, END = instant(2026, 3, 2, 8), instant(2026, 3, 2, 17)


def test_an_activity_lands_field_by_field(tmp_path: Path) -> None:
    text = activity(
        1, '<UDF><TypeObjectId>7</TypeObjectId><Text>blue</Text></UDF><Code><TypeObjectId>3</TypeObjectId></Code>',
        dates=("2026-03-02T08:15:00", "2026-03-04T16:45:00"), Status="In Progress", AtCompletionDuration="20.5",
        DurationPercentComplete="0.4", PercentComplete="0.4", ActualStartDate="2026-03-02T08:15:00", RemainingDuration="12.3",
        SuspendDate="2026-03-03T09:00:00", ResumeDate="2026-03-03T10:00:00", PlannedStartDate="2026-03-01T08:00:00",
        EarlyStartDate="2026-03-02T09:00:00", LevelingPriority="High", AtCompletionLaborUnits=41, ActualLaborUnits=10,
        RemainingLaborUnits=31, PlannedDuration=16, TotalFloat=0,
    )  # fmt: skip
    opened, result = taken(tmp_path, p6_xml(text))
    item = row(opened, 1)
    assert isinstance(item, WorkItem)
    assert (item.title, item.code, item.duration, item.duration_unit) == ("Activity 1", "A1", 1230, "d")
    assert (item.start, item.end) == (instant(2026, 3, 2, 8, 15), instant(2026, 3, 4, 16, 45))
    assert (item.progress, item.remaining, item.actual_start, item.actual_finish) == (40, 738, instant(2026, 3, 2, 8, 15), None)
    assert (item.stop, item.resume) == (instant(2026, 3, 3, 9), instant(2026, 3, 3, 10))
    assert (item.priority, item.estimate, item.logged, item.remaining_effort) == (Priority.HIGH, 2460, 600, 1860)
    assert opened.plan[WorkflowState, item.status].name == "In Progress"
    kept = item.extra["primavera"]
    assert kept["PlannedStartDate"] == "2026-03-01T08:00:00"
    assert kept["EarlyStartDate"] == "2026-03-02T09:00:00"
    assert (kept["PlannedDuration"], kept["TotalFloat"], kept["Type"]) == ("16", "0", "Task Dependent")
    assert kept["UDF"] == [{"TypeObjectId": "7", "Text": "blue"}]
    assert kept["Code"] == [{"TypeObjectId": "3"}]
    assert sentences(result) == []


@pytest.mark.parametrize(
    ("fields", "progress", "state"),
    [
        ({"DurationPercentComplete": 0}, 0, "New"),
        ({"DurationPercentComplete": "0.004", "Status": "In Progress"}, 1, "In Progress"),
        ({"DurationPercentComplete": "0.9999", "Status": "In Progress"}, 99, "In Progress"),
        ({"DurationPercentComplete": "0", "Status": "In Progress", "ActualStartDate": DAY[0]}, 0, "In Progress"),
        ({"PercentCompleteType": "Physical", "PhysicalPercentComplete": "0.25"}, 25, "In Progress"),
        ({"PercentCompleteType": "Units", "UnitsPercentComplete": "0.75"}, 75, "In Progress"),
        ({"PercentCompleteType": "Units", "PercentComplete": "0.5"}, 50, "In Progress"),
        ({"PercentCompleteType": "Duration", "DurationPercentComplete": "1.0", "Status": "Completed"}, 100, "Done"),
        ({"PercentCompleteType": "Physical", "PhysicalPercentComplete": "0.6", "Status": "Completed"}, 100, "Done"),
        ({"DurationPercentComplete": "40"}, 0, "New"),
    ],
)
def test_progress_is_that_of_the_activitys_percent_type(
    tmp_path: Path, fields: dict[str, object], progress: int, state: str
) -> None:
    opened, result = taken(tmp_path, p6_xml(activity(1, **fields)))
    item = row(opened, 1)
    assert isinstance(item, WorkItem)
    assert (item.progress, opened.plan[WorkflowState, item.status].name) == (progress, state)
    told = {
        "0.6": ["Completed activities with less than 100 % in the file, taken as 100 %: 1, the first being “Activity 1”."],
        "40": ["Activity DurationPercentComplete: values that could not be read and were left out: 1, the first being “40”."],
    }
    assert sentences(result) == told.get(str(fields.get("PhysicalPercentComplete") or fields.get("DurationPercentComplete")), [])


def test_milestones_fall_at_their_start_or_their_finish(tmp_path: Path) -> None:
    point = {"AtCompletionDuration": 0}
    rows = (
        activity(1, Type="Start Milestone", **point)
        + activity(2, Type="Finish Milestone", **point)
        + activity(3, Type="Start Milestone", ActualStartDate=DAY[0], Status="Completed", DurationPercentComplete=1, **point)
        + activity(4, Type="Finish Milestone", ActualFinishDate=DAY[1], Status="Completed", DurationPercentComplete=1, **point)
        + activity(5, Type="Finish Milestone", dates=(DAY[0], ""), AtCompletionDuration=8)
    )
    opened, result = taken(tmp_path, p6_xml(rows))
    found = [row(opened, key) for key in range(1, 6)]
    assert all(isinstance(one, Milestone) for one in found)
    assert [(one.start, one.end, one.duration) for one in found] == [
        (None, START, 0), (None, END, 0), (None, START, 0), (None, END, 0), (None, START, 0),
    ]  # fmt: skip
    assert [(one.code, one.actual_finish) for one in found[:4]] == [("A1", None), ("A2", None), ("A3", START), ("A4", END)]
    assert [one.status for one in found if isinstance(one, Milestone)] == [
        MilestoneStatus.NEW, MilestoneStatus.NEW, MilestoneStatus.COMPLETED, MilestoneStatus.COMPLETED, MilestoneStatus.NEW,
    ]  # fmt: skip
    assert found[0].extra["primavera"]["FinishDate"] == "2026-03-02T17:00"
    assert found[1].extra["primavera"]["StartDate"] == "2026-03-02T08:00"
    assert sentences(result) == ["Milestones with a duration, which was left out: 1, the first being “Activity 5”."]


def test_other_types_are_work_items_and_told(tmp_path: Path) -> None:
    kinds = ["Level of Effort", "WBS Summary", "Resource Dependent", "?"]
    rows = "".join(activity(key, Type=kind) for key, kind in enumerate(kinds))
    opened, result = taken(tmp_path, p6_xml(rows))
    assert opened.plan.count(WorkItem) == 4
    assert [row(opened, key).extra["primavera"]["Type"] for key in range(4)] == kinds
    assert sentences(result) == [
        "Level of effort activities, taken in as work items with their dates and their type kept: 1.",
        "WBS summary activities, taken in as work items with their dates and their type kept: 1.",
        "Activity Type: values that could not be read and were left out: 1, the first being “?”.",
    ]


@pytest.mark.parametrize(
    ("name", "constraint", "told"),
    [
        ("Start On or After", ConstraintType.SNET, []),
        ("Start On or Before", ConstraintType.SNLT, []),
        ("Finish On or After", ConstraintType.FNET, []),
        ("Finish On or Before", ConstraintType.FNLT, []),
        ("Mandatory Start", ConstraintType.MSO, []),
        ("Mandatory Finish", ConstraintType.MFO, []),
        ("Start On", ConstraintType.MSO, ["give way to links"]),
        ("Finish On", ConstraintType.MFO, ["give way to links"]),
        ("As Late As Possible", ConstraintType.ALAP, []),
        ("Whenever", ConstraintType.ASAP, ["could not be read"]),
    ],
)
def test_every_constraint(tmp_path: Path, name: str, constraint: ConstraintType, told: list[str]) -> None:
    when = {} if name == "As Late As Possible" else {"PrimaryConstraintDate": "2026-03-05T08:30:00"}
    opened, result = taken(tmp_path, p6_xml(activity(1, PrimaryConstraintType=name, **when)))
    item = row(opened, 1)
    dated = constraint not in (ConstraintType.ASAP, ConstraintType.ALAP)
    assert (item.constraint, item.constraint_date) == (constraint, instant(2026, 3, 5, 8, 30) if dated else None)
    assert item.extra["primavera"]["PrimaryConstraintType"] == name
    assert len(sentences(result)) == len(told)
    assert all(part in sentence for part, sentence in zip(told, sentences(result), strict=True))


def test_constraints_that_cannot_be_kept_are_told(tmp_path: Path) -> None:
    rows = activity(1, PrimaryConstraintType="Start On or After") + activity(
        2, SecondaryConstraintType="Finish On or Before", SecondaryConstraintDate=DAY[1], ExpectedFinishDate=DAY[1]
    )
    opened, result = taken(tmp_path, p6_xml(rows))
    assert row(opened, 1).constraint is ConstraintType.ASAP
    assert row(opened, 2).extra["primavera"]["SecondaryConstraintDate"] == DAY[1]
    assert sentences(result) == [
        "Date constraints without a date, left out: 1, the first being on “Activity 1”.",
        "Second constraints, kept aside and not in effect: 1, the first being on “Activity 2”.",
        "Expected finish dates, kept aside and not in effect: 1, the first being on “Activity 2”.",
    ]


def test_links_with_their_lags(tmp_path: Path) -> None:
    rows = (
        "".join(activity(key) for key in range(1, 6))
        + relationship(1, 2, "Finish to Start", 4) + relationship(2, 3, "Start to Start", "-2.5")
        + relationship(3, 4, "Finish to Finish", "0.3333") + relationship(4, 5, "Start to Finish")
        + relationship(1, 5, "Somehow") + relationship(1, 99) + relationship(98, 1)
        + relationship(5, 1, PredecessorProjectObjectId=8, SuccessorProjectObjectId=9) + relationship(1, 2, "Finish to Start", 4)
    )  # fmt: skip
    opened, result = taken(tmp_path, p6_xml(rows))
    found = sorted(opened.plan.all(Dependency), key=lambda link: link.id)
    assert [(link.type, link.lag, link.lag_unit) for link in found] == [
        (LinkType.FS, 240, LagUnit.WORKING), (LinkType.SS, -150, LagUnit.WORKING), (LinkType.FF, 20, LagUnit.WORKING),
        (LinkType.SF, 0, LagUnit.WORKING), (LinkType.FS, 0, LagUnit.WORKING),
    ]  # fmt: skip
    assert (found[0].predecessor, found[0].successor) == (row(opened, 1).id, row(opened, 2).id)
    assert sentences(result) == [
        "Links whose type could not be read, taken as finish to start: 1.",
        "Links to activities of other projects, left out: 1.",
        "Links to tasks that the file does not hold, left out: 2, the first being on “Activity 1”.",
        "Links that the file holds twice, taken once: 1, the first being on “Activity 2”.",
    ]


@pytest.mark.parametrize(
    ("calendar_name", "unit", "told"),
    [
        ("24 Hour Calendar", LagUnit.ELAPSED, 0),
        ("Successor Activity Calendar", LagUnit.WORKING, 0),
        ("Predecessor Activity Calendar", LagUnit.WORKING, 1),
        ("Project Default Calendar", LagUnit.WORKING, 1),
    ],
)
@pytest.mark.parametrize("nested", [False, True])
def test_the_calendar_of_lags(tmp_path: Path, calendar_name: str, unit: LagUnit, told: int, nested: bool) -> None:
    rows = activity(1) + activity(2) + relationship(1, 2, lag=8)
    named = xml("ScheduleOptions", RelationshipLagCalendar=calendar_name)
    text = p6_xml(rows + named) if nested else p6_xml(rows, RelationshipLagCalendar=calendar_name)
    opened, result = taken(tmp_path, text)
    (link,) = opened.plan.all(Dependency)
    assert (link.lag, link.lag_unit) == (480, unit)
    assert len([found for found in sentences(result) if calendar_name in found]) == told


def test_the_work_breakdown_is_the_outline(tmp_path: Path) -> None:
    def part(key: int, parent: object, order: int) -> str:
        return xml("WBS", ObjectId=key, Name=f"Part {key}", Code=f"C{key}", ParentObjectId=parent, SequenceNumber=order)

    late = ("2026-03-09T08:00:00", "2026-03-10T17:00:00")
    rows = (
        part(1, 50, 20) + part(2, 50, 10) + part(3, 1, 5) + part(4, 5, 1) + part(5, 4, 2) + part(50, "", 0) + part(6, 1, 1)
        + activity(11, WBSObjectId=3, DurationPercentComplete=1) + activity(12, WBSObjectId=1, dates=late)
        + activity(13, WBSObjectId=50) + activity(14) + activity(15, WBSObjectId=2, DurationPercentComplete=1)
    )  # fmt: skip
    opened, result = taken(tmp_path, p6_xml(rows, WBSObjectId=50))
    names = {None: ""} | {found.id: found.title for found in opened.plan.activities()}
    ordered = sorted(opened.plan.activities(), key=lambda found: found.order)
    assert [(found.title, names[found.parent]) for found in ordered] == [
        ("Activity 13", ""), ("Activity 14", ""), ("Part 2", ""), ("Activity 15", "Part 2"), ("Part 1", ""),
        ("Activity 12", "Part 1"), ("Part 6", "Part 1"), ("Part 3", "Part 1"), ("Activity 11", "Part 3"), ("Part 4", ""),
        ("Part 5", "Part 4"),
    ]  # fmt: skip
    assert (row(opened, "WBS-1").start, row(opened, "WBS-1").end) == (START, instant(2026, 3, 10, 17))
    assert [row(opened, f"WBS-{key}").progress for key in (1, 2, 3, 6)] == [50, 100, 100, 0]
    assert (row(opened, "WBS-6").start, row(opened, "WBS-6").end, row(opened, "WBS-1").code) == (None, None, "C1")
    assert sentences(result) == [
        "Parts of the work breakdown that lie within themselves, moved to the top: 1, the first being “Part 4”.",
        "Parts of the work breakdown, which have no dates in the file and were given the span of what is below: 3.",
    ]


def test_labour_is_people(tmp_path: Path) -> None:
    def resource(key: int, name: str, kind: str = "Labor", **fields: object) -> str:
        return xml("Resource", ObjectId=key, Name=name, ResourceType=kind, **fields)

    def assigned(task: int, resource: object, **fields: object) -> str:
        return xml("ResourceAssignment", ActivityObjectId=task, ResourceObjectId=resource, **fields)

    shared = (
        calendar() + resource(1, "Engineers")
        + resource(2, "Ada", ParentObjectId=1, EmailAddress="ada@example.org", CalendarObjectId=1)
        + resource(3, "Crane", "Nonlabor") + resource(4, "", "Labor")
    )  # fmt: skip
    rows = (
        activity(1) + activity(2, Type="Finish Milestone", AtCompletionDuration=0) + assigned(1, 2, PlannedUnits=16)
        + assigned(1, 3) + assigned(2, 2) + assigned(1, "", RoleObjectId=5) + assigned(77, 2)
    )  # fmt: skip
    opened, result = taken(tmp_path, p6_xml(rows, shared=shared))
    (person,) = opened.plan.all(Person)
    assert (person.name, person.organisation, person.email) == ("Ada", "Engineers", "ada@example.org")
    (assignment,) = opened.plan.all(Assignment)
    assert (assignment.item, assignment.person) == (row(opened, 1).id, person.id)
    assert assignment.extra["primavera"]["PlannedUnits"] == "16"
    milestone = row(opened, 2)
    assert isinstance(milestone, Milestone)
    assert milestone.owner == person.id
    kept = row(opened, 1).extra["primavera"]["assignments"]
    assert [found["ResourceObjectId"] for found in kept] == ["3", ""]
    assert len(next(iter(opened.plan.all(Project))).extra["primavera"]["resources"]) == 3
    assert sentences(result) == [
        "Material and nonlabour resources, kept aside: 1, the first being “Crane”.",
        "Resources without a name, kept aside: 1.",
        "Rows on activities that the project does not hold, left out: 1, the first being of the kind “ResourceAssignment”.",
        "Groups of resources, taken as the organisation of the people in them: 1, the first being “Engineers”.",
        "Assignments to no person of the plan, kept with their activity: 1.",
    ]


def test_notes_and_rows_of_unknown_kinds_go_to_their_activity(tmp_path: Path) -> None:
    shared = calendar() + xml("NotebookTopic", ObjectId=4, Name="Scope")
    marked = escape("<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY><P>Mind &amp; the\n step</P>Go <![endif]><b>up</b></BODY></HTML>")
    rows = (
        xml("ActivityNote", ActivityObjectId=1, NotebookTopicObjectId=4, Note=marked)
        + xml("ActivityNote", ActivityObjectId=1, RawTextNote="Plain") + xml("ProjectNote", WBSObjectId=2, Note="Of the part")
        + activity(1) + xml("WBS", ObjectId=2, Name="Part") + xml("ActivityStep", ActivityObjectId=1, Name="Step one")
        + xml("Risk", ObjectId=1, Name="Rain")
    )  # fmt: skip
    opened, result = taken(tmp_path, p6_xml(rows, shared=shared))
    assert row(opened, 1).notes == "Scope\nMind & the step\nGo up\n\nPlain"
    assert row(opened, "WBS-2").notes == "Of the part"
    assert row(opened, 1).extra["primavera"]["ActivityStep"] == [{"ActivityObjectId": "1", "Name": "Step one"}]
    assert sentences(result) == ["Records on money, roles and the like, left out: 1, the first being of the kind “Risk”."]


def test_baselines_are_joined_by_activity_id(tmp_path: Path) -> None:
    def baseline(key: int, shift: str, **fields: object) -> str:
        rows = activity(key * 10, Id="A1", dates=(f"2026-02-{shift}T08:00:00", f"2026-02-{shift}T17:00:00"))
        rows += activity(key * 10 + 1, Id="A2", Type="Finish Milestone", dates=("", f"2026-02-{shift}T17:00:00"))
        return project(rows + activity(key * 10 + 2, Id="gone"), "BaselineProject", key, OriginalProjectObjectId=9, **fields)

    alien = project(activity(500), "BaselineProject", 50, OriginalProjectObjectId=8)
    rows = activity(1) + activity(2, Type="Finish Milestone", AtCompletionDuration=0)
    text = p6_xml(rows, rest=baseline(21, "03") + baseline(22, "10") + alien, CurrentBaselineProjectObjectId=22)
    opened, result = taken(tmp_path, text)
    found = {one.number: one for one in opened.plan.all(Baseline)}
    assert [(number, one.in_force) for number, one in sorted(found.items())] == [(0, True), (1, False)]
    dates = unpack(opened.blob(found[0].content)).rows[row(opened, 1).id]
    assert (dates.start, dates.end, dates.duration) == (instant(2026, 2, 10, 8), instant(2026, 2, 10, 17), 480)
    assert unpack(opened.blob(found[1].content)).rows[row(opened, 1).id].end == instant(2026, 2, 3, 17)
    milestone = row(opened, 2)
    assert isinstance(milestone, Milestone)
    assert milestone.target == instant(2026, 2, 10, 17)
    assert sentences(result) == [
        "Baselines of other projects and beyond the eleventh, left out: 1, the first being “Plan 50”.",
        "Baseline dates of activities that the project does not hold any more, left out: 2.",
    ]


def test_the_first_project_with_activities_is_taken(tmp_path: Path) -> None:
    stray = activity(5, ProjectObjectId=10) + activity(6, ProjectObjectId=77) + relationship(4, 5, SuccessorProjectObjectId=10)
    rest = project(activity(4), key=10, DataDate="2026-03-20T00:00:00") + project(activity(4), key=11) + stray
    opened, result = taken(tmp_path, p6_xml("", rest=rest))
    (chosen,) = opened.plan.all(Project)
    assert (chosen.title, chosen.status_date) == ("Plan 10", instant(2026, 3, 20) // 1440)
    assert [found.title for found in opened.plan.activities()] == ["Activity 4", "Activity 5"]
    assert opened.plan.count(Dependency) == 1
    assert sentences(result) == [
        "Rows of projects that the file does not hold, left out: 1, the first being of the kind “Activity”.",
        "Other projects in the file, left out: 2, the first being “Plan 9, Plan 11”.",
    ]


def test_the_project_and_what_it_counts_by(tmp_path: Path) -> None:
    opened, _ = taken(
        tmp_path,
        p6_xml(
            activity(1), shared=calendar(HoursPerDay="7.5", HoursPerWeek="37.5", HoursPerMonth=165), GUID="{G}",
            PlannedStartDate="2026-03-01T00:00:00", CriticalActivityFloatLimit=4, MustFinishByDate="2026-09-01T17:00:00",
        ),
    )  # fmt: skip
    (found,) = opened.plan.all(Project)
    assert (found.minutes_per_day, found.minutes_per_week, found.days_per_month) == (450, 2250, 22)
    assert (found.day_start, found.day_end, found.slack_limit) == (480, 1020, 240)
    assert (found.title, found.source, found.start) == ("Plan 9", "primavera:{G}", instant(2026, 3, 1))
    assert found.extra["primavera"]["MustFinishByDate"] == "2026-09-01T17:00:00"
