"""iCalendar files as a source of holidays and leave: what is taken, what is left out and said, and hostile files."""

from __future__ import annotations

import tarfile
from datetime import datetime
from pathlib import Path

import pytest

from data_folder import data_path
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.instants import day_from_iso, day_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.recurrence import LAST_DAY
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.domain.worktime import work_time
from milestone_desktop.exchange import ics, registry
from milestone_desktop.exchange.ics import DaysRead, read_days

TODAY = day_from_iso("2026-11-24")


def event(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", ""))


def written(folder: Path, *events: str, name: str = "days.ics") -> Path:
    path = folder / name
    path.write_bytes(("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + "".join(events) + "END:VCALENDAR\r\n").encode())
    return path


def days(found: DaysRead) -> list[tuple[str, str, str]]:
    return [(day.name, day_to_iso(day.first), day_to_iso(day.last)) for day in found.days]


def findings(found: DaysRead) -> str:
    return " ".join(str(finding) for finding in found.findings)


def test_whole_days_are_taken_and_the_end_is_not_included(tmp_path: Path) -> None:
    found = read_days(
        written(
            tmp_path,
            event("SUMMARY:New Year", "DTSTART;VALUE=DATE:20270101", "DTEND;VALUE=DATE:20270102"),
            event("SUMMARY:Company\\, closed", "DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20270101"),
            event("SUMMARY:No end", "DTSTART;VALUE=DATE:20270106"),
            event("SUMMARY:On itself", "DTSTART;VALUE=DATE:20270107", "DTEND;VALUE=DATE:20270107"),
            event("SUMMARY:Leave", "DTSTART;VALUE=DATE:20270201", "DURATION:P5D"),
            event("DTSTART;VALUE=DATE:20270301"),
            event("SUMMARY:Folded and", " long, with ü", "DTSTART;VALUE=DATE:20270401"),
        )
    )
    assert days(found) == [
        ("Company, closed", "2026-12-24", "2026-12-31"),
        ("New Year", "2027-01-01", "2027-01-01"),
        ("No end", "2027-01-06", "2027-01-06"),
        ("On itself", "2027-01-07", "2027-01-07"),
        ("Leave", "2027-02-01", "2027-02-05"),
        ("2027-03-01", "2027-03-01", "2027-03-01"),
        ("Folded andlong, with ü", "2027-04-01", "2027-04-01"),
    ]
    assert (found.events, found.findings, found.file) == (7, (), "days.ics")


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    found = read_days(
        written(
            tmp_path,
            event("SUMMARY:Stand-up", "DTSTART:20270104T090000", "DTEND:20270104T091500", "RRULE:FREQ=DAILY"),
            event("SUMMARY:Off", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20270105"),
            event("SUMMARY:Birthday", "TRANSP:TRANSPARENT", "DTSTART;VALUE=DATE:20270106", "RRULE:FREQ=YEARLY"),
            event("SUMMARY:Turned", "DTSTART;VALUE=DATE:20270108", "DTEND;VALUE=DATE:20270106"),
            event("SUMMARY:Far", "DTSTART;VALUE=DATE:22500101"),
            event("SUMMARY:Broken", "DTSTART;VALUE=DATE:2027-01-09"),
            event("SUMMARY:Trip", "DTSTART;TZID=Europe/Berlin:20270111T200000", "DTEND;TZID=Europe/Berlin:20270113T060000"),
            event("SUMMARY:Midnight", "DTSTART:20270118T000000Z", "DTEND:20270120T000000Z"),
            event("SUMMARY:Instant", "DTSTART:20270119T000000"),
        )
    )
    assert days(found) == [("Trip", "2027-01-11", "2027-01-13"), ("Midnight", "2027-01-18", "2027-01-19")]
    assert [str(finding).split(":")[0] for finding in found.findings] == [
        "Events that end before they begin, left out",
        "Events outside the years 1900–2200, left out",
        "Events without a date that can be read, left out",
        "Events shorter than a day, left out",
        "Cancelled events, left out",
        "Events that do not make one busy, left out",
        "Events with times of day, taken for each day that they touch",
    ]
    assert "Events shorter than a day, left out: 2, the first being “Stand-up”." in findings(found)


def test_a_file_of_free_days_only_is_a_list_of_holidays(tmp_path: Path) -> None:
    free = [event(f"SUMMARY:Day {n}", "TRANSP:TRANSPARENT", f"DTSTART;VALUE=DATE:2027010{n}") for n in range(1, 5)]
    assert len(read_days(written(tmp_path, *free)).days) == 4
    assert "so all were taken: 4" in findings(read_days(written(tmp_path, *free)))
    assert read_days(written(tmp_path, *free), free=False).days == ()
    busy = event("SUMMARY:Leave", "DTSTART;VALUE=DATE:20270201")
    assert days(read_days(written(tmp_path, *free, busy))) == [("Leave", "2027-02-01", "2027-02-01")]
    assert len(read_days(written(tmp_path, *free, busy), free=True).days) == 5


def test_what_recurs_becomes_a_rule_of_the_calendar(tmp_path: Path) -> None:
    found = read_days(
        written(
            tmp_path,
            event("SUMMARY:Christmas", "DTSTART;VALUE=DATE:20261225", "DTEND;VALUE=DATE:20261227", "RRULE:FREQ=YEARLY"),
            event("SUMMARY:Friday", "DTSTART;VALUE=DATE:20270101", "RRULE:FREQ=WEEKLY;BYDAY=FR;UNTIL=20270331T235959Z"),
            event("SUMMARY:Thanks", "DTSTART;VALUE=DATE:20271125", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
            event("SUMMARY:Stock", "DTSTART;VALUE=DATE:20270129", "RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"),
            event("SUMMARY:Away", "DTSTART;VALUE=DATE:20270405", "RRULE:FREQ=DAILY;COUNT=5"),
        )
    )
    rules = [(day.name, day_to_iso(day.first), day.last == LAST_DAY, day.recurrence) for day in found.days]
    assert rules == [
        ("Christmas", "2026-12-25", True, {"type": "yearly by day", "month": 12, "day": 25}),
        ("Christmas", "2026-12-26", True, {"type": "yearly by day", "month": 12, "day": 26}),
        ("Friday", "2027-01-01", False, {"type": "weekly", "weekdays": [4]}),
        ("Stock", "2027-01-29", False, {"type": "monthly by position", "position": -1, "weekday": "weekday"}),
        ("Away", "2027-04-05", False, {}),
        ("Thanks", "2027-11-25", True, {"type": "yearly by position", "position": 4, "weekday": 3, "month": 11}),
    ]
    assert [day_to_iso(day.last) for day in found.days if day.last != LAST_DAY] == ["2027-03-31", "2027-03-31", "2027-04-09"]


def test_days_taken_out_of_a_series_and_moved_ones_are_heeded(tmp_path: Path) -> None:
    found = read_days(
        written(
            tmp_path,
            event(
                "UID:1", "SUMMARY:Monday off", "DTSTART;VALUE=DATE:20270104", "RRULE:FREQ=WEEKLY;COUNT=5",
                "EXDATE;VALUE=DATE:20270118", "RDATE;VALUE=DATE:20270120",
            ),
            event("UID:1", "SUMMARY:Tuesday instead", "RECURRENCE-ID;VALUE=DATE:20270125", "DTSTART;VALUE=DATE:20270126"),
            event("UID:1", "RECURRENCE-ID;VALUE=DATE:20270201", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20270201"),
        )
    )  # fmt: skip
    assert worked_off(found, "2027-01-01", "2027-02-28") == ["2027-01-04", "2027-01-11", "2027-01-20", "2027-01-26"]


def worked_off(found: DaysRead, first: str, last: str) -> list[str]:
    """The days that a calendar with these days, else working every day, does not work on."""
    document = document_with_a_calendar()
    with document.edit("Import") as edit:
        ics.bring_in(edit, 2, found)
        edit.update(edit.plan[Calendar, 2], week=(((540, 1080),),) * 7)
    work = work_time(document.plan, 2)
    return [day_to_iso(day) for day in range(day_from_iso(first), day_from_iso(last) + 1) if not work.is_working(day)]


def document_with_a_calendar() -> Document:
    return Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 11, 24, 10, 30))


def test_what_no_rule_expresses_is_counted_out_for_some_years(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        event("SUMMARY:Leap day", "DTSTART;VALUE=DATE:20000229", "RRULE:FREQ=YEARLY"),
        event("SUMMARY:Week 33", "DTSTART;VALUE=DATE:20270816", "RRULE:FREQ=YEARLY;BYWEEKNO=33;BYDAY=MO;COUNT=2"),
        event("SUMMARY:Fridays 13", "DTSTART;VALUE=DATE:20270813", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;UNTIL=20281231"),
    )
    assert days(read_days(path, TODAY)) == [
        ("Fridays 13", "2027-08-13", "2027-08-13"),
        ("Week 33", "2027-08-16", "2027-08-16"),
        ("Leap day", "2028-02-29", "2028-02-29"),
        ("Week 33", "2028-08-14", "2028-08-14"),
        ("Fridays 13", "2028-10-13", "2028-10-13"),
        ("Leap day", "2032-02-29", "2032-02-29"),
    ]
    assert "taken for some time only: 1, the first being “Leap day”, until 2032-02-29" in findings(read_days(path, TODAY))


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "not known here"),
        ("FREQ=HOURLY;BYHOUR=3", "not known here"),
        ("FREQ=DAILY;INTERVAL=0", "not known here"),
        ("FREQ=DAILY;INTERVAL=999999999999999999999", "not known here"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "never comes"),
        ("FREQ=YEARLY;BYMONTH=6;BYYEARDAY=1", "never comes"),
        ("RSCALE=HEBREW;FREQ=YEARLY", "not known here"),
        ("FREQ=YEARLY;BYEASTER=0", "not known here"),
        ("FREQ=NEVER", "not known here"),
        ("nonsense", "not known here"),
        ("FREQ=YEARLY;BYMONTH=13", "never comes"),
        ("FREQ=DAILY;UNTIL=99999999", "not known here"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_taken_once(tmp_path: Path, rule: str, words: str) -> None:
    found = read_days(written(tmp_path, event("SUMMARY:Odd", "DTSTART;VALUE=DATE:20270104", f"RRULE:{rule}")), TODAY)
    assert days(found) == [("Odd", "2027-01-04", "2027-01-04")]
    assert words in findings(found)


def test_thousands_of_rules_that_never_come_end_soon(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"
    events = [event(f"SUMMARY:{n}", f"DTSTART;VALUE=DATE:20270{n % 9 + 1}04", rule) for n in range(1000)]
    found = read_days(written(tmp_path, *events), TODAY)
    assert len(found.days) == 1000
    assert "never comes, taken once: 100" in findings(found)
    assert "not known here, taken once: 900" in findings(found)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not an iCalendar file"),
        (b"PK\x03\x04 not this", "is not an iCalendar file"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "no events"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nDTSTART:20270101\r\nEND:VTODO\r\n", "no events"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 10_001, "larger than a list"),
        (b"BEGIN:VCALENDAR\r\n" + b" " * (5 * 1024 * 1024), "larger than a list"),
    ],
)
def test_a_file_that_is_no_list_of_days_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(content)
    with pytest.raises(PlanError, match=words):
        read_days(path)


def test_missing_files_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read"):
        read_days(tmp_path / "none.ics")
    with pytest.raises(PlanError, match="is a folder"):
        read_days(tmp_path)


@pytest.mark.parametrize(
    "content",
    [
        b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 50_000 + b"BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nEND:VEVENT\r\n",
        b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:" + b"x" * 19_000 + b"\xff\xfe\nBEGIN:VALARM\nDTSTART:1\nEND:VALARM",
        b"\xef\xbb\xbfbegin:vevent\rdtstart;value=date:20270101\rend:vevent\rEND:VEVENT\rEND:NOTHING",
        b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270101\nSUMMARY:\x00\x01\xed\xa0\x80\nEND:VEVENT",
    ],
)
def test_odd_bytes_cost_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.ics"
    path.write_bytes(content)
    found = read_days(path)
    assert [day_to_iso(day.first) for day in found.days] == ["2027-01-01"]
    assert len(found.days[0].name) <= 500
    document = document_with_a_calendar()
    with document.edit("Import") as edit:
        assert ics.bring_in(edit, 2, found) == 1


def test_too_many_days_are_refused(tmp_path: Path) -> None:
    rule = "RRULE:FREQ=YEARLY;BYYEARDAY=" + ",".join(str(n) for n in range(1, 367, 2))
    events = [event(f"SUMMARY:{n}", "DTSTART;VALUE=DATE:20270104", rule) for n in range(20)]
    with pytest.raises(PlanError, match="larger than a list"):
        read_days(written(tmp_path, *events), TODAY)


def test_an_import_is_one_edit_and_a_second_one_replaces_it(tmp_path: Path) -> None:
    document = document_with_a_calendar()
    first = written(tmp_path, event("SUMMARY:Leave", "DTSTART;VALUE=DATE:20270104", "DTEND;VALUE=DATE:20270109"))
    with document.edit("Import") as edit:
        assert ics.bring_in(edit, 2, read_days(first)) == 1
    assert str(document.history.undo_labels()[0]) == "Import days from “days.ics” into calendar “Standard”"
    with document.edit("Again") as edit:
        assert ics.bring_in(edit, 2, read_days(first)) == 0
    second = written(tmp_path, event("SUMMARY:Leave", "DTSTART;VALUE=DATE:20270111"))
    with document.edit("Later") as edit:
        assert ics.bring_in(edit, 2, read_days(second)) == 1
    rows = document.plan.where(CalendarException, "calendar", 2)
    assert [(row.name, day_to_iso(row.first), row.source) for row in rows] == [("Leave", "2027-01-11", "ics:days.ics")]
    document.undo()
    document.undo()
    assert document.plan.where(CalendarException, "calendar", 2) == []


def test_it_is_a_source_of_days_and_no_plan(tmp_path: Path) -> None:
    path = written(tmp_path, event("DTSTART;VALUE=DATE:20270104"))
    (source,) = registry.day_sources()
    assert source.sniff(path.read_bytes())
    assert len(source.read(path).days) == 1
    with pytest.raises(PlanError, match="holds days of a calendar, not a plan"):
        registry.read(path)


def archive(tmp_path: Path) -> dict[str, Path]:
    with tarfile.open(data_path("ics.tar.xz")) as tar:
        tar.extractall(tmp_path, filter="data")
    return {path.relative_to(tmp_path).as_posix().removeprefix("raw/ics-icalendar/"): path for path in tmp_path.rglob("*.ics")}


def test_odd_files_raise_nothing_but_plan_errors(tmp_path: Path) -> None:
    """163 files kept by the makers of a parser for what they broke. Counts below were made by hand."""
    files = archive(tmp_path)
    assert len(files) == 163
    found: dict[str, DaysRead] = {}
    refused = []
    for name, path in files.items():
        try:
            found[name] = read_days(path, TODAY)
        except PlanError:
            refused.append(name)
    with_days = {name: days(read) for name, read in found.items() if read.days}
    assert with_days == {
        "calendars/example.ics": [
            ("New Year's Day", "2022-01-01", "2022-01-01"),
            ("Orthodox Christmas", "2022-01-07", "2022-01-07"),
            ("International Women's Day", "2022-03-08", "2022-03-08"),
        ],
        "calendars/issue_1426_value_parameters.ics": [("1997-01-01", "1997-01-01", "1997-01-01")],
        "calendars/multiple_calendar_components.ics": [
            ("Boxing Day", "2003-05-01", "2003-05-01"),
            ("Christmas Day", "2003-12-25", "2003-12-25"),
            ("Christmas again!", "2003-12-25", "2003-12-25"),
        ],
        "calendars/parsing_error.ics": [
            ("2008-03-03", "2008-03-03", "2008-03-10"),
            ("2008-03-03", "2008-03-12", "2008-03-23"),
        ],
        "calendars/property_params.ics": [("Test meeting from BB", "2012-08-14", "2012-08-14")],
        "calendars/rfc_7265_appendix_example_1_ical.ics": [("Planning meeting", "2008-10-06", "2008-10-06")],
        "calendars/rfc_7529.ics": [
            ("Anniversary", "2012-02-29", "2012-02-29"),
            ("Chinese New Year", "2013-02-10", "2013-02-10"),
            ("First day of 13th month", "2013-09-06", "2013-09-06"),
            ("Anniversary", "2014-02-08", "2014-02-08"),
        ],
        "calendars/timezoned.ics": [("artsprint 2012", "2012-02-13", "2012-02-17")],
        "events/rfc_7265_example_4.ics": [("2011-05-12", "2011-05-12", "2011-05-12")],
    }
    assert "calendars/empty.ics" in refused
    assert "timezones/pacific_fiji.ics" in refused
    assert "taken once: 4" in findings(found["calendars/rfc_7529.ics"])
    assert "shorter than a day, left out: 1" in findings(found["events/event_with_recurrence.ics"])
    assert found["calendars/big_bad_calendar.ics"].events == 20
    for name, read in found.items():  # whatever came in can be taken
        document = document_with_a_calendar()
        with document.edit("Import") as edit:
            assert ics.bring_in(edit, 2, read) == len(read.days), name
