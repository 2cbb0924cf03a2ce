from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_plan import FIVE_DAYS

from milestone_desktop.domain.dates import Names, read_day
from milestone_desktop.domain.instants import day_from_iso, day_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.worktime import WorkTime

TODAY = day_from_iso("2026-11-24")  # a Tuesday
GERMAN = Names(
    months=(
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ),
    weekdays=("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
    words={"heute": "today", "morgen": "tomorrow", "nächsten": "next"},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("today", "2026-11-24"),
        (" Tomorrow ", "2026-11-25"),
        ("yesterday", "2026-11-23"),
        ("4 dec", "2026-12-04"),
        ("4dec", "2026-12-04"),
        ("4th December", "2026-12-04"),
        ("Dec 4", "2026-12-04"),
        ("december 4, 2027", "2027-12-04"),
        ("4 Dec. 2027", "2027-12-04"),
        ("4. sept", "2026-09-04"),
        ("may 1", "2027-05-01"),
        ("31/3", "2027-03-31"),
        ("31.3.", "2027-03-31"),
        ("31-3", "2027-03-31"),
        ("31/3/2026", "2026-03-31"),
        ("31.3.26", "2026-03-31"),
        ("20/11", "2026-11-20"),
        ("1/6", "2026-06-01"),
        ("2026-12-04", "2026-12-04"),
        ("2026-2-4", "2026-02-04"),
        ("+5d", "2026-11-29"),
        ("-1d", "2026-11-23"),
        ("− 1 day", "2026-11-23"),
        ("+2w", "2026-12-08"),
        ("in 3 weeks", "2026-12-15"),
        ("in 2 days", "2026-11-26"),
        ("in 1 month", "2026-12-24"),
        ("next week", "2026-11-30"),
        ("this week", "2026-11-23"),
        ("last week", "2026-11-16"),
        ("next month", "2026-12-01"),
        ("last month", "2026-10-01"),
        ("next quarter", "2027-01-01"),
        ("this quarter", "2026-10-01"),
        ("next year", "2027-01-01"),
        ("+3mo", "2027-02-24"),
        ("+3 months", "2027-02-24"),
        ("-1y", "2025-11-24"),
        ("tue", "2026-11-24"),
        ("next tue", "2026-12-01"),
        ("last tue", "2026-11-17"),
        ("fri", "2026-11-27"),
        ("next fri", "2026-11-27"),
        ("Friday", "2026-11-27"),
        ("this mon", "2026-11-30"),
        ("eow", "2026-11-27"),
        ("eom", "2026-11-30"),
        ("eoq", "2026-12-31"),
        ("eoy", "2026-12-31"),
        ("29 feb", None),
    ],
)
def test_what_people_type(text, expected):
    if expected is None:
        with pytest.raises(PlanError, match="There is no such day"):
            read_day(text, TODAY)
    else:
        day, minute = read_day(text, TODAY)
        assert (day_to_iso(day), minute) == (expected, None)


@pytest.mark.parametrize(
    ("text", "expected", "minute"),
    [
        ("4 dec 2026 14:30", "2026-12-04", 870),
        ("2026-12-04T09:05", "2026-12-04", 545),
        ("2026-12-04 09:05:30", "2026-12-04", 545),
        ("4 dec 9am", "2026-12-04", 540),
        ("4 dec at 12:15 am", "2026-12-04", 15),
        ("tomorrow 5:30pm", "2026-11-25", 1050),
        ("eom 24:00", "2026-11-30", 1440),
        ("+1w 0:00", "2026-12-01", 0),
    ],
)
def test_with_a_time(text, expected, minute):
    day, found = read_day(text, TODAY)
    assert (day_to_iso(day), found) == (expected, minute)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "ma",
        "4",
        "4 dezember",
        "dec",
        "+2",
        "+2q",
        "ju 4",
        "14:30",
        "4 dec x",
        "2026",
        "next",
        "1/2/3/4",
        "4 dec 99999",
    ],
)
def test_what_is_not_a_date(text):
    with pytest.raises(PlanError, match="is not a date") as caught:
        read_day(text, TODAY)
    assert "4 dec" in str(caught.value.hint)


@pytest.mark.parametrize("text", ["31.31", "0/5", "31 nov", "2026-13-01", "2027-02-29", "3/14", "0000-01-01"])
def test_days_that_are_not_there(text):
    with pytest.raises(PlanError, match=f"There is no such day as “{text}”"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["4 dec 25:00", "4 dec 24:01", "4 dec 12:60", "4 dec 13pm", "4 dec 0am"])
def test_times_that_are_not_there(text):
    with pytest.raises(PlanError, match="There is no such time of day"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["1 jan 1899", "2201-01-01", "+99999w", "+9999y"])
def test_far_away(text):
    with pytest.raises(PlanError):
        read_day(text, TODAY)


def test_leap_days_mean_the_next_one_near():
    assert day_to_iso(read_day("29 feb", day_from_iso("2027-12-01"))[0]) == "2028-02-29"


def test_counting_from_a_base_and_in_working_days():
    base = day_from_iso("2026-12-04")
    assert day_to_iso(read_day("+2w", TODAY, base)[0]) == "2026-12-18"
    assert day_to_iso(read_day("+5d", TODAY, base)[0]) == "2026-12-09"
    assert day_to_iso(read_day("+5d", TODAY, base, add_days=WorkTime(FIVE_DAYS).add_working_days)[0]) == "2026-12-11"
    assert day_to_iso(read_day("+1mo", TODAY, day_from_iso("2026-01-31"))[0]) == "2026-02-28"


def test_the_month_first():
    assert day_to_iso(read_day("3/4", TODAY, day_first=False)[0]) == "2027-03-04"
    assert day_to_iso(read_day("3/4", TODAY)[0]) == "2027-04-03"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4. dez", "2026-12-04"),
        ("4 dec", "2026-12-04"),
        ("1. märz 2027", "2027-03-01"),
        ("Heute", "2026-11-24"),
        ("nächsten Do", None),
        ("nächsten don", "2026-11-26"),
        ("fri", "2026-11-27"),
        ("fre", "2026-11-27"),
    ],
)
def test_in_another_language(text, expected):
    if expected is None:
        with pytest.raises(PlanError):
            read_day(text, TODAY, names=GERMAN)
    else:
        assert day_to_iso(read_day(text, TODAY, names=GERMAN)[0]) == expected


@given(st.integers(day_from_iso("1900-01-01"), day_from_iso("2200-12-31")))
def test_iso_is_read_back(day):
    assert read_day(day_to_iso(day), TODAY) == (day, None)


@given(st.text(max_size=16) | st.from_regex(r"[0-9./ +-]{1,10}[a-z]{0,4}", fullmatch=True))
def test_any_text_is_read_or_refused(text):
    try:
        day, minute = read_day(text, TODAY)
    except PlanError:
        return
    assert day_to_iso(day)
    assert minute is None or 0 <= minute <= 1440
