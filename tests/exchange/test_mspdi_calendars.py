"""Calendars of Microsoft Project: weeks, both encodings of exceptions, every recurrence, working weeks, inheritance."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from plan_xml import calendar_xml, dates_xml, imported, plan_xml, sentences, task_xml

from milestone_desktop.document.document import Document
from milestone_desktop.domain.projects import Calendar, CalendarException, Project
from milestone_desktop.domain.worktime import work_time

OFFICE = ((480, 720), (780, 1020))
TASK = task_xml(1, dates_xml("2026-03-02T08:00:00", "2026-03-02T17:00:00"))


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


def period(first: str, last: str) -> str:
    return f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"


def hours(*times: tuple[str, str]) -> str:
    rows = "".join(f"<WorkingTime><FromTime>{a}</FromTime><ToTime>{b}</ToTime></WorkingTime>" for a, b in times)
    return f"<WorkingTimes>{rows}</WorkingTimes>"


def exception(first: str, last: str, inside: str = "<Type>1</Type><DayWorking>0</DayWorking>", name: str = "Off") -> str:
    return (
        f"<Exception><EnteredByOccurrences>0</EnteredByOccurrences>{period(first, last)}<Name>{name}</Name>{inside}</Exception>"
    )


def of(opened: Document, uid: int = 1) -> Calendar:
    return next(row for row in opened.plan.all(Calendar) if row.source == f"msproject:{uid}")


def exceptions_of(opened: Document, uid: int = 1) -> list[CalendarException]:
    return opened.plan.where(CalendarException, "calendar", of(opened, uid).id)


def taken(folder: Path, calendars: str) -> tuple[Document, list[str]]:
    opened, result = imported(folder, plan_xml(TASK, calendars=calendars))
    return opened, sentences(result)


def test_a_week_of_work_and_the_projects_calendar(tmp_path: Path) -> None:
    opened, told = taken(tmp_path, calendar_xml())
    assert of(opened).week == ((OFFICE,) * 5 + ((), ()))
    assert next(iter(opened.plan.all(Project))).calendar == of(opened).id
    assert of(opened).project == next(iter(opened.plan.all(Project))).id
    assert told == []


def test_old_exceptions_are_week_days_of_type_0(tmp_path: Path) -> None:
    old = (
        f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>{period('2026-04-03', '2026-04-06')}</WeekDay>"
        f"<WeekDay><DayType>0</DayType><DayWorking>1</DayWorking>{period('2026-03-07', '2026-03-07')}"
        f"{hours(('08:00:00', '12:00:00'))}</WeekDay>"
    )
    opened, told = taken(tmp_path, calendar_xml(old))
    rows = exceptions_of(opened)
    assert [(row.first, row.last, row.shifts) for row in rows] == [
        (day(2026, 4, 3), day(2026, 4, 6), ()),
        (day(2026, 3, 7), day(2026, 3, 7), ((480, 720),)),
    ]
    assert told == []


def test_an_exception_in_both_encodings_is_taken_once(tmp_path: Path) -> None:
    old = "".join(
        f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>{period(at, at)}</WeekDay>"
        for at in ("2026-04-03", "2026-12-24")
    )
    new = f"<Exceptions>{exception('2026-04-03', '2026-04-03', name='Good Friday')}</Exceptions>"
    opened, told = taken(tmp_path, calendar_xml(f"{old}|{new}"))
    assert sorted((row.name, row.first) for row in exceptions_of(opened)) == [
        ("2026-12-24", day(2026, 12, 24)),
        ("Good Friday", day(2026, 4, 3)),
    ]
    assert told == ["Calendar exceptions that the file holds in two encodings, taken once: 1."]


RULES = [
    ("<Type>1</Type>", {}, (2026, 1, 7)),
    ("<Type>7</Type><Period>3</Period>", {"type": "daily", "every": 3}, (2026, 1, 4)),
    ("<Type>6</Type><Period>1</Period><DaysOfWeek>2</DaysOfWeek>", {"type": "weekly", "every": 1, "weekdays": [0]}, (2026, 1, 5)),
    (
        "<Type>6</Type><Period>2</Period><DaysOfWeek>65</DaysOfWeek>",
        {"type": "weekly", "every": 2, "weekdays": [5, 6], "week_start": 6},
        (2026, 1, 3),
    ),
    ("<Type>4</Type><Period>1</Period><MonthDay>15</MonthDay>", {"type": "monthly by day", "every": 1, "day": 15}, (2026, 2, 15)),
    (
        "<Type>5</Type><Period>1</Period><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>",
        {"type": "monthly by position", "every": 1, "position": 1, "weekday": 0},
        (2026, 2, 2),
    ),
    (
        "<Type>2</Type><Month>11</Month><MonthDay>24</MonthDay>",
        {"type": "yearly by day", "every": 1, "month": 12, "day": 24},
        (2027, 12, 24),
    ),
    (
        "<Type>3</Type><Month>4</Month><MonthItem>4</MonthItem><MonthPosition>4</MonthPosition>",
        {"type": "yearly by position", "every": 1, "month": 5, "position": -1, "weekday": 0},
        (2026, 5, 25),
    ),
    (
        "<Type>5</Type><Period>1</Period><MonthItem>1</MonthItem><MonthPosition>1</MonthPosition>",
        {"type": "monthly by position", "every": 1, "position": 2, "weekday": "weekday"},
        (2026, 1, 2),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("inside", "rule", "off"), RULES)
def test_every_recurrence(tmp_path: Path, inside: str, rule: dict[str, object], off: tuple[int, int, int]) -> None:
    new = f"<Exceptions>{exception('2026-01-01', '2028-12-31', inside + '<DayWorking>0</DayWorking>')}</Exceptions>"
    opened, told = taken(tmp_path, calendar_xml(f"|{new}"))
    (row,) = exceptions_of(opened)
    assert row.recurrence == rule
    assert not work_time(opened.plan, of(opened).id).is_working(day(*off))
    assert told == []


def test_an_exception_that_reaches_beyond_the_years_of_a_plan_holds_within_them(tmp_path: Path) -> None:
    new = f"<Exceptions>{exception('1850-01-01', '2999-12-31', '<Type>1</Type><DayWorking>0</DayWorking>')}</Exceptions>"
    opened, told = taken(tmp_path, calendar_xml(f"|{new}"))
    (row,) = exceptions_of(opened)
    assert (row.first, row.last, told) == (day(1900, 1, 1), day(2200, 12, 31), [])


def test_a_recurrence_that_ends_after_some_times(tmp_path: Path) -> None:
    inside = "<Occurrences>3</Occurrences><Type>6</Type><Period>1</Period><DaysOfWeek>32</DaysOfWeek><DayWorking>0</DayWorking>"
    row = exception("2026-01-02", "2026-12-31", inside).replace("Occurrences>0", "Occurrences>1")
    opened, _ = taken(tmp_path, calendar_xml(f"|<Exceptions>{row}</Exceptions>"))
    work = work_time(opened.plan, of(opened).id)
    assert [work.is_working(day(2026, 1, 2) + 7 * week) for week in range(4)] == [False, False, False, True]


def test_what_cannot_be_told_is_kept_aside_and_reported(tmp_path: Path) -> None:
    rows = (
        exception("2026-01-01", "2026-02-01", "<Type>8</Type><DayWorking>0</DayWorking>")
        + exception("2026-05-01", "2026-04-01")
        + "<Exception><Type>1</Type></Exception>"
        + exception("2026-05-01", "2026-06-01", "<Type>6</Type><DaysOfWeek>0</DaysOfWeek><DayWorking>0</DayWorking>")
    )
    opened, told = taken(tmp_path, calendar_xml(f"|<Exceptions>{rows}</Exceptions>"))
    assert exceptions_of(opened) == []
    assert len(of(opened).extra["msproject"]["aside"]) == 4
    assert told == [
        "Calendar exceptions that recur in a way not known here, kept aside and not in effect: 2.",
        "Calendar exceptions without readable dates, kept aside and not in effect: 2.",
    ]


def test_a_working_week_for_a_time_gives_way_to_holidays(tmp_path: Path) -> None:
    friday = "<WeekDay><DayType>6</DayType><DayWorking>0</DayWorking></WeekDay>"
    saturday = f"<WeekDay><DayType>7</DayType><DayWorking>1</DayWorking>{hours(('09:00:00', '13:00:00'))}</WeekDay>"
    summer = f"{period('2026-06-01', '2026-08-31')}<Name>Summer</Name>"
    week = f"<WorkWeeks><WorkWeek>{summer}<WeekDays>{friday}{saturday}</WeekDays></WorkWeek></WorkWeeks>"
    holiday = f"<Exceptions>{exception('2026-06-13', '2026-06-13')}</Exceptions>"
    opened, told = taken(tmp_path, calendar_xml(f"|{holiday}{week}"))
    work = work_time(opened.plan, of(opened).id)
    assert [work.is_working(day(2026, 6, number)) for number in (5, 6, 13, 20)] == [False, True, False, True]
    assert work.is_working(day(2026, 5, 29))
    assert told == ["Working weeks for a limited time, taken as recurring calendar exceptions: 1."]


def test_derived_calendars_inherit_and_circles_are_broken(tmp_path: Path) -> None:
    derived = calendar_xml(
        "<WeekDay><DayType>2</DayType><DayWorking>0</DayWorking></WeekDay>", 2, "<BaseCalendarUID>1</BaseCalendarUID>", week=""
    )
    circle = calendar_xml("", 3, "<BaseCalendarUID>4</BaseCalendarUID>", "") + calendar_xml(
        "", 4, "<BaseCalendarUID>3</BaseCalendarUID>", ""
    )
    lost = calendar_xml("", 5, "<BaseCalendarUID>99</BaseCalendarUID>", "")
    opened, told = taken(tmp_path, calendar_xml() + derived + circle + lost)
    assert of(opened, 2).week == ((), None, None, None, None, None, None)
    assert of(opened, 2).base == of(opened).id
    work = work_time(opened.plan, of(opened, 2).id)
    assert [work.is_working(day(2026, 3, number)) for number in (2, 3)] == [False, True]
    assert [of(opened, uid).base for uid in (3, 4)] == [None, of(opened, 3).id]
    assert of(opened, 5).week == ((OFFICE,) * 5 + ((), ()))
    assert len(told) == 3


@pytest.mark.parametrize(
    ("times", "shifts"),
    [
        ([("00:00:00", "00:00:00")], ((0, 1440),)),
        ([("23:00:00", "00:00:00"), ("00:00:00", "03:00:00")], ((0, 180), (1380, 1440))),
        ([("22:00:00", "06:00:00")], ((1320, 1800),)),
        ([("08:00:00", "12:00:00"), ("11:00:00", "15:00:00")], ((480, 900),)),
        ([("08:00:00", "12:00:00"), ("noon", "15:00:00")], ((480, 720),)),
        ([], OFFICE),
    ],
)
def test_hours_around_midnight_overlapping_bad_and_missing(
    tmp_path: Path, times: list[tuple[str, str]], shifts: tuple[tuple[int, int], ...]
) -> None:
    week = f"<WeekDay><DayType>2</DayType><DayWorking>1</DayWorking>{hours(*times)}</WeekDay>"
    opened, _ = taken(tmp_path, calendar_xml(week=week))
    assert of(opened).week == (shifts, (), (), (), (), (), ())


def test_a_file_without_calendars_uses_the_workspaces(tmp_path: Path) -> None:
    opened, told = taken(tmp_path, "")
    assert opened.plan.count(Calendar) == 1
    assert told == [
        "References to calendars that the file does not hold, left out: 1, the first being “1”.",
        "The file names no calendar for the project; “Standard” is used.",
    ]
