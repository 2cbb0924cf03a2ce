"""Calendars of Primavera P6, values that cannot be read, and whatever else a file may hold."""

from __future__ import annotations

import random
import re
from datetime import date
from pathlib import Path

import pytest
from p6_xml import DAY, activity, calendar, hours, p6_xml, project, relationship, row, taken, xml
from plan_xml import document, sentences
from test_mutated_plans import VALUES

from milestone_desktop.document.document import Document
from milestone_desktop.domain.projects import Calendar, CalendarException, Project
from milestone_desktop.domain.worktime import work_time

WORKED = ((480, 720), (780, 1020))


def of(opened: Document, key: int = 1) -> Calendar:
    return next(found for found in opened.plan.all(Calendar) if found.source == f"primavera:{key}")


def exception(when: str, inside: str = "") -> str:
    return xml("HolidayOrException", f"<Date>{when}</Date>{inside}")


def test_a_week_and_its_exceptions(tmp_path: Path) -> None:
    rows = exception("2026-04-03T00:00:00") + exception("2026-04-04T00:00:00", hours(("08:00:00", "11:59:00")))
    rows += exception("2026-04-05T00:00:00", '<WorkTime xsi:nil="true"/>') + exception("someday")
    shared = calendar(xml("HolidayOrExceptions", rows))
    opened, result = taken(tmp_path, p6_xml(activity(1), shared=shared))
    assert of(opened).week == ((WORKED,) * 5 + ((), ()))
    assert next(iter(opened.plan.all(Project))).calendar == row(opened, 1).calendar == of(opened).id
    found = opened.plan.where(CalendarException, "calendar", of(opened).id)
    first = date(2026, 4, 3).toordinal()
    assert [(one.first, one.last, one.shifts) for one in found] == [
        (first, first, ()), (first + 1, first + 1, ((480, 720),)), (first + 2, first + 2, ()),
    ]  # fmt: skip
    assert of(opened).extra["primavera"]["aside"] == [{"Date": "someday"}]
    assert sentences(result) == [
        "HolidayOrException Date: values that could not be read and were left out: 1, the first being “someday”.",
        "Calendar exceptions without readable dates, kept aside and not in effect: 1.",
    ]


@pytest.mark.parametrize(
    ("times", "shifts"),
    [
        ([("00:00:00", "23:59:00")], ((0, 1440),)),
        ([("08:00:00", "12:00:00")], ((480, 720),)),
        ([("08:00:00", "12:01:00")], ((480, 722),)),
        ([("22:00:00", "05:59:00")], ((1320, 1800),)),
        ([("16:00:00", "00:00:00")], ((960, 1440),)),
        ([("08:00:00", "11:59:00"), ("11:00:00", "14:59:00")], ((480, 900),)),
        ([("13:00:00", "16:59:00"), ("noon", "15:00:00"), ("08:00:00", "11:59:00")], WORKED),
        ([], ()),
    ],
)
def test_hours_end_with_the_last_minute_worked(
    tmp_path: Path, times: list[tuple[str, str]], shifts: tuple[tuple[int, int], ...]
) -> None:
    monday = xml("StandardWorkHours", f"<DayOfWeek>Monday</DayOfWeek>{hours(*times)}")
    opened, _ = taken(tmp_path, p6_xml(activity(1), shared=calendar(days=xml("StandardWorkWeek", monday))))
    assert of(opened).week == (shifts, (), (), (), (), (), ())


def test_calendars_inherit_exceptions_and_circles_are_broken(tmp_path: Path) -> None:
    holiday = xml("HolidayOrExceptions", exception("2026-04-03T00:00:00"))
    shared = calendar(holiday) + calendar(key=2, BaseCalendarObjectId=1) + calendar(key=3, BaseCalendarObjectId=4, days="")
    shared += calendar(key=4, BaseCalendarObjectId=3, days="") + calendar(
        key=5, BaseCalendarObjectId=99, days="<Odd><X>1</X></Odd>"
    )
    opened, result = taken(tmp_path, p6_xml(activity(1), shared=shared))
    assert of(opened, 2).base == of(opened).id
    assert not work_time(opened.plan, of(opened, 2).id).is_working(date(2026, 4, 3).toordinal())
    assert work_time(opened.plan, of(opened, 2).id).is_working(date(2026, 4, 2).toordinal())
    assert [of(opened, key).base for key in (3, 5)] == [None, None]
    assert of(opened, 3).week == of(opened, 5).week == ((WORKED,) * 5 + ((), ()))
    assert len(sentences(result)) == 3


def test_the_default_calendar_stands_in_where_the_project_names_none(tmp_path: Path) -> None:
    shared = calendar() + calendar(key=2, IsDefault=1)
    opened, _ = taken(tmp_path, p6_xml(activity(1), shared=shared, ActivityDefaultCalendarObjectId=""))
    assert next(iter(opened.plan.all(Project))).calendar == of(opened, 2).id


def test_a_calendar_inside_a_project_and_a_unit_of_whole_numbers(tmp_path: Path) -> None:
    opened, result = taken(tmp_path, p6_xml(calendar() + activity(1, AtCompletionDuration="8.001"), shared=""))
    assert next(iter(opened.plan.all(Project))).calendar == of(opened).id
    assert (row(opened, 1).duration, row(opened, 1).extra["primavera"]["AtCompletionDuration"]) == (480, "8.001")
    assert sentences(result) == []


PLAN = p6_xml(
    xml("WBS", ObjectId=1, Name="Part", Code="C", ParentObjectId=2, SequenceNumber=3)
    + xml("WBS", ObjectId=2, Name="Part", Code="C", ParentObjectId="", SequenceNumber=3)
    + "".join(
        activity(
            key, WBSObjectId=key, Type=kind, ActualStartDate=DAY[0], ActualFinishDate=DAY[1], RemainingDuration=4,
            PrimaryConstraintType="Start On", PrimaryConstraintDate=DAY[0], AtCompletionLaborUnits=8, ActualLaborUnits=4,
            RemainingLaborUnits=4, PercentComplete="0.5", PlannedStartDate=DAY[0], PlannedFinishDate=DAY[1],
        )
        for key, kind in ((1, "Task Dependent"), (2, "Start Milestone"), (3, "Finish Milestone"))
    )
    + relationship(1, 2, lag=8) + relationship(2, 3, "Start to Start", 4)
    + xml("ResourceAssignment", ActivityObjectId=1, ResourceObjectId=1) + xml("ActivityNote", ActivityObjectId=2, Note="Hm"),
    shared=calendar(xml("HolidayOrExceptions", exception("2026-04-03T00:00:00", hours(("08:00:00", "11:59:00")))))
    + calendar(key=2, BaseCalendarObjectId=1) + xml("Resource", ObjectId=1, Name="Ada", ResourceType="Labor", CalendarObjectId=2),
    rest=project(activity(70, Id="A1"), "BaselineProject", 21, OriginalProjectObjectId=9),
    PlannedStartDate=DAY[0], DataDate=DAY[0], CriticalActivityFloatLimit=0, CurrentBaselineProjectObjectId=21, WBSObjectId=8,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_mutated_fields_never_raise(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    text = PLAN
    places = list(re.finditer(r">([^<>]*)</", text))
    for place in sorted(rng.sample(places, rng.choice((1, 8, 60))), key=lambda found: -found.start()):
        text = text[: place.start(1)] + rng.choice(VALUES) + text[place.end(1) :]
    opened = document()
    before = opened.plan.copy()
    _, result = taken(tmp_path, text, into=opened)
    assert len(list(opened.plan.activities())) == result.counts["tasks"] == 5
    assert not [found for found in result.findings if "{" in str(found)]
    opened.undo()
    assert opened.plan == before


def test_the_plan_that_is_mutated_is_itself_whole(tmp_path: Path) -> None:
    _, result = taken(tmp_path, PLAN)
    assert result.counts == {
        "tasks": 5, "milestones": 2, "links": 2, "calendars": 2, "exceptions": 1, "people": 1, "assignments": 1, "baselines": 1,
    }  # fmt: skip
