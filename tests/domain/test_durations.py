from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_desktop.domain.durations import (
    Duration,
    format_duration,
    format_effort,
    minutes_in,
    parse_duration,
    parse_effort,
)
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project

EIGHT = Project(1, "A", "a", 1)
SEVEN = Project(1, "A", "a", 1, minutes_per_day=450, minutes_per_week=2200, days_per_month=18)
UNITS = ["m", "h", "d", "w", "mo", "em", "eh", "ed", "ew", "emo"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3d", Duration(1440, "d")),
        ("3", Duration(1440, "d")),
        ("1,5 d", Duration(720, "d")),
        ("1.5d", Duration(720, "d")),
        (".5d", Duration(240, "d")),
        ("2w 4d 6h 45m", Duration(2 * 2400 + 4 * 480 + 6 * 60 + 45, "w")),
        ("2w4d", Duration(6720, "w")),
        ("5ed", Duration(7200, "ed")),
        ("1 emo", Duration(43200, "emo")),
        ("3d?", Duration(1440, "d", True)),
        ("3 ?", Duration(1440, "d", True)),
        ("2 Weeks", Duration(4800, "w")),
        ("1 month", Duration(9600, "mo")),
        ("90 min", Duration(90, "m")),
        ("0", Duration(0, "d")),
        ("0,001d", Duration(0, "d")),
    ],
)
def test_what_people_write(text, expected):
    assert parse_duration(text, EIGHT) == expected


def test_units_are_the_projects_own():
    assert parse_duration("1mo 1w 1d", SEVEN).minutes == 18 * 450 + 2200 + 450
    assert parse_effort("1w", SEVEN) == 2200
    assert minutes_in("ed", SEVEN) == 1440


@pytest.mark.parametrize(
    "text",
    ["", " ", "d", "x", "3x", "3 4", "3d 4d", "3d 4", "-3d", "3d 5ed", "3d d", "1e5", "3d!", "++3", "3.d", "١x", "?", "5e"],
)
def test_nonsense(text):
    with pytest.raises(PlanError, match="is not a duration") as caught:
        parse_duration(text, EIGHT)
    assert caught.value.hint is not None


def test_signs_where_they_are_allowed():
    assert parse_duration("-2d", EIGHT, signed=True).minutes == -960
    assert parse_duration("+2d", EIGHT, signed=True).minutes == 960
    assert parse_duration("−1h", EIGHT, signed=True).minutes == -60


def test_limits():
    with pytest.raises(PlanError, match="more than 300 years"):
        parse_duration("999999999w", EIGHT)
    with pytest.raises(PlanError, match="is not a duration"):
        parse_duration("9" * 5000, EIGHT)


@pytest.mark.parametrize("text", ["5ed", "3d?", "two"])
def test_efforts_are_working_time(text):
    with pytest.raises(PlanError, match="is not a duration"):
        parse_effort(text, EIGHT)


@pytest.mark.parametrize(
    ("minutes", "unit", "expected"),
    [
        (1440, "d", "3d"),
        (720, "d", "1.5d"),
        (100, "d", "1h 40m"),
        (7200, "ed", "5ed"),
        (7201, "ed", "5ed 1em"),
        (0, "w", "0w"),
        (-720, "d", "-1.5d"),
        (-100, "d", "-1h 40m"),
        (2400, "w", "1w"),
        (9600, "mo", "1mo"),
    ],
)
def test_what_is_printed(minutes, unit, expected):
    assert format_duration(minutes, unit, EIGHT) == expected


def test_estimated_and_efforts_are_printed():
    assert format_duration(1440, "d", EIGHT, estimated=True) == "3d?"
    assert format_effort(2 * 2400 + 4 * 480 + 6 * 60 + 45, EIGHT) == "2w 4d 6h 45m"
    assert format_effort(0, EIGHT) == "0h"
    assert format_effort(-90, EIGHT) == "-1h 30m"


@given(st.integers(-(10**7), 10**7), st.sampled_from(UNITS), st.sampled_from([EIGHT, SEVEN]))
def test_what_is_printed_is_read_back(minutes, unit, project):
    found = parse_duration(format_duration(minutes, unit, project), project, signed=True)
    assert found.minutes == minutes
    assert found.unit.startswith("e") == unit.startswith("e")


@given(st.integers(0, 10**7), st.sampled_from([EIGHT, SEVEN]))
def test_efforts_are_read_back(minutes, project):
    assert parse_effort(format_effort(minutes, project), project) == minutes


@given(st.text(max_size=20))
def test_any_text_is_read_or_refused(text):
    try:
        minutes = parse_duration(text, EIGHT).minutes
    except PlanError:
        return
    assert minutes >= 0
