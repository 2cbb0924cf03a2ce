from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milestone_desktop.domain.instants import day_from_iso, day_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.domain.recurrence import check_rule, occurrences, spans

CASES = [
    ({"type": "daily", "every": 3}, "2026-01-30", "2026-02-06", ["2026-01-30", "2026-02-02", "2026-02-05"]),
    ({"type": "daily", "every": 2, "count": 2}, "2026-01-30", "2026-12-31", ["2026-01-30", "2026-02-01"]),
    ({"type": "weekly", "weekdays": [0]}, "2026-11-24", "2026-12-10", ["2026-11-30", "2026-12-07"]),
    ({"type": "weekly", "weekdays": [1, 3], "count": 3}, "2026-11-24", "2027-12-10", ["2026-11-24", "2026-11-26", "2026-12-01"]),
    ({"type": "weekly", "every": 2, "weekdays": [4]}, "2026-11-23", "2026-12-31", ["2026-11-27", "2026-12-11", "2026-12-25"]),
    (
        {"type": "weekly", "every": 2, "weekdays": [0, 6]},
        "2026-01-20", "2026-02-10", ["2026-01-25", "2026-01-26", "2026-02-08", "2026-02-09"],
    ),
    (
        {"type": "weekly", "every": 2, "weekdays": [0, 6], "week_start": 6},
        "2026-01-20", "2026-02-15", ["2026-02-01", "2026-02-02", "2026-02-15"],
    ),
    (
        {"type": "weekly", "every": 2, "weekdays": [0, 6], "week_start": 0, "count": 3},
        "2026-01-20", "2026-12-31", ["2026-01-25", "2026-02-02", "2026-02-08"],
    ),
    ({"type": "monthly by day", "day": 31}, "2026-01-31", "2026-04-30", ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
    ({"type": "monthly by day", "day": 1, "every": 2}, "2026-01-02", "2026-06-30", ["2026-02-01", "2026-04-01", "2026-06-01"]),
    (
        {"type": "monthly by position", "position": 2, "weekday": 1},
        "2026-11-01", "2027-01-31", ["2026-11-10", "2026-12-08", "2027-01-12"],
    ),
    (
        {"type": "monthly by position", "position": 2, "weekday": 0, "every": 3},
        "2026-01-13", "2026-08-01", ["2026-04-13", "2026-07-13"],
    ),
    (
        {"type": "monthly by position", "position": -1, "weekday": "weekday"},
        "2026-01-01", "2026-02-28", ["2026-01-30", "2026-02-27"],
    ),
    ({"type": "monthly by position", "position": 1, "weekday": "weekend"}, "2026-11-02", "2026-12-31", ["2026-12-05"]),
    ({"type": "monthly by position", "position": 3, "weekday": "day"}, "2026-11-01", "2026-11-30", ["2026-11-03"]),
    ({"type": "yearly by day", "month": 2, "day": 29}, "2027-01-01", "2028-12-31", ["2027-02-28", "2028-02-29"]),
    ({"type": "yearly by day", "month": 1, "day": 1, "count": 2}, "2026-06-01", "2030-12-31", ["2027-01-01", "2028-01-01"]),
    (
        {"type": "yearly by position", "month": 11, "position": 4, "weekday": 3},
        "2025-12-01", "2027-12-31", ["2026-11-26", "2027-11-25"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "first", "last", "expected"), CASES)
def test_rules(rule, first, last, expected):
    found = occurrences(rule, day_from_iso(first), day_from_iso(last))
    assert [day_to_iso(day) for day in found] == expected


@given(st.sampled_from([case[0] for case in CASES]), st.integers(730_000, 745_000), st.integers(-5, 2000))
def test_days_are_in_order_and_within_the_range(rule, first, length):
    days = list(occurrences(rule, first, first + length))
    assert days == sorted(set(days))
    assert all(first <= day <= first + length for day in days)
    assert len(days) <= rule.get("count", len(days))


def test_a_plain_range_is_one_span_however_long():
    first, last = day_from_iso("0001-01-01"), day_from_iso("9999-12-31")
    assert list(spans(CalendarException(1, 1, "x", first, last))) == [(day_from_iso("1900-01-01"), day_from_iso("2200-12-31"))]
    assert list(spans(CalendarException(1, 1, "x", 740_000, 740_009, (), {"type": "daily", "count": 3}))) == [(740_000, 740_002)]
    assert list(spans(CalendarException(1, 1, "x", 740_000, 739_999))) == []


@pytest.mark.parametrize(
    "rule",
    [
        {"type": "hourly"},
        {"every": 1},
        {"type": "daily", "every": 0},
        {"type": "weekly"},
        {"type": "weekly", "weekdays": []},
        {"type": "weekly", "weekdays": [7]},
        {"type": "weekly", "weekdays": [1], "week_start": 7},
        {"type": "monthly by day", "day": 32},
        {"type": "monthly by position", "position": 0, "weekday": 1},
        {"type": "monthly by position", "position": 1, "weekday": "someday"},
        {"type": "yearly by day", "day": 1},
        {"type": "yearly by day", "month": 13, "day": 1},
        {"type": "daily", "count": "many"},
    ],
)
def test_rules_that_make_no_sense_are_refused(rule):
    with pytest.raises(PlanError, match="cannot be understood"):
        check_rule(rule)
    with pytest.raises(PlanError):
        list(spans(CalendarException(1, 1, "x", 740_000, 740_100, (), rule)))
