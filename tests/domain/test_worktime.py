"""Working time against a slow oracle that looks at every minute, and by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_plan import FIVE_DAYS, HOURS, SmallPlan

from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.instants import at, day_from_iso, instant, instant_to_iso, weekday
from milestone_desktop.domain.messages import Message, PlanError
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.worktime import WorkTime, WorkTimes, calendars_for, work_time, work_time_of

FIRST = day_from_iso("2026-01-05")  # a Monday
SPAN = 28
OFF = ((),) * 7


def shifts(overnight: bool = True) -> st.SearchStrategy[tuple[tuple[int, int], ...]]:
    """Up to three shifts of a day, in order and apart; the last may run into the next day."""

    def cut(edges: list[int]) -> tuple[tuple[int, int], ...]:
        edges = sorted(edges)
        pairs = list(zip(edges[::2], edges[1::2], strict=False))
        return tuple((a, b) for a, b in pairs if a < b and a < 1440)

    return st.lists(st.integers(0, 1800 if overnight else 1440), max_size=6, unique=True).map(cut)


exceptions = st.lists(st.tuples(st.integers(0, SPAN - 1), st.integers(0, 4), shifts()), max_size=4)
calendars = st.tuples(st.tuples(*[shifts()] * 7), exceptions)


def compiled(week, rows) -> WorkTime:
    return WorkTime(week, [CalendarException(n, 1, "x", FIRST + a, FIRST + a + b, s) for n, (a, b, s) in enumerate(rows)])


def worked_minutes(week, rows) -> bytearray:
    """One byte a minute, from FIRST on for SPAN days."""
    minutes = bytearray((SPAN + 3) * 1440)
    for offset in range(-1, SPAN + 1):
        today = week[weekday(FIRST + offset)]
        for a, b, other in rows:
            if a <= offset <= a + b:
                today = other
        for start, end in today:
            low, high = max(offset * 1440 + start, 0), offset * 1440 + end
            if high > low:
                minutes[low:high] = b"\1" * (high - low)
    return minutes[: SPAN * 1440]


@settings(max_examples=120, deadline=None)
@given(calendars, st.integers(0, SPAN * 1440), st.integers(0, SPAN * 1440), st.integers(1, 4000))
def test_counts_and_sums_agree_with_every_minute(calendar, a, b, amount):
    work, minutes, begin = compiled(*calendar), worked_minutes(*calendar), at(FIRST)
    low, high = sorted((a, b))
    assert work.minutes_between(begin + low, begin + high) == sum(minutes[low:high])
    assert work.minutes_between(begin + high, begin + low) == -sum(minutes[low:high])
    if sum(minutes[a:]) >= amount:
        end = a
        left = amount
        while left:
            left -= minutes[end]
            end += 1
        assert work.add(begin + a, amount) == begin + end
        assert work.subtract(begin + a, -amount) == begin + end
    if sum(minutes[:a]) >= amount:
        start, left = a, amount
        while left:
            start -= 1
            left -= minutes[start]
        assert work.subtract(begin + a, amount) == begin + start
        assert work.add(begin + a, -amount) == begin + start
    if any(minutes[a:]):
        assert work.next_start(begin + a) == begin + minutes.index(1, a)
    if any(minutes[:a]):
        assert work.previous_end(begin + a) == begin + minutes.rindex(1, 0, a) + 1


@settings(max_examples=80, deadline=None)
@given(calendars, st.integers(0, SPAN - 1), st.integers(0, SPAN - 1), st.integers(-15, 15))
def test_working_days_agree_with_every_day(calendar, a, b, count):
    week, rows = calendar
    work = compiled(week, rows)

    def works(day: int) -> bool:
        today = week[weekday(day)]
        for first, more, other in rows:
            if FIRST + first <= day <= FIRST + first + more:
                today = other
        return bool(today)

    low, high = sorted((FIRST + a, FIRST + b))
    expected = sum(works(day) for day in range(low + 1, high + 1))
    assert work.working_days(low, high) == expected
    assert work.working_days(high, low) == -expected
    assert [work.is_working(day) for day in range(low, high)] == [works(day) for day in range(low, high)]
    if any(week):
        found = work.add_working_days(FIRST + a, count)
        assert work.working_days(FIRST + a, found) == count
        assert count == 0 or works(found)


def test_a_working_day_ends_at_its_end_and_begins_at_its_start():
    work = WorkTime(FIVE_DAYS)
    friday, monday = instant(2026, 11, 27, 8), instant(2026, 11, 30, 8)
    assert instant_to_iso(work.add(friday, 480)) == "2026-11-27T17:00"
    assert instant_to_iso(work.add(friday, 481)) == "2026-11-30T08:01"
    assert instant_to_iso(work.subtract(monday, 480)) == "2026-11-27T08:00"
    assert instant_to_iso(work.subtract(monday, 1)) == "2026-11-27T16:59"
    assert work.minutes_between(instant(2026, 11, 27, 17), monday) == 0
    assert work.add(friday - 5, 0) == friday - 5
    assert instant_to_iso(work.next_start(instant(2026, 11, 27, 17))) == "2026-11-30T08:00"
    assert instant_to_iso(work.previous_end(monday)) == "2026-11-27T17:00"
    assert work.next_start(friday) == friday
    assert work.previous_end(instant(2026, 11, 27, 12)) == instant(2026, 11, 27, 12)


def test_ends_of_days_also_where_nobody_works():
    work = WorkTime(FIVE_DAYS)
    thursday, saturday = day_from_iso("2026-11-26"), day_from_iso("2026-11-28")
    assert instant_to_iso(work.day_start(thursday)) == "2026-11-26T08:00"
    assert instant_to_iso(work.day_end(thursday)) == "2026-11-26T17:00"
    assert instant_to_iso(work.day_start(saturday)) == "2026-11-28T08:00"
    assert instant_to_iso(work.day_end(saturday)) == "2026-11-28T17:00"
    assert instant_to_iso(WorkTime(OFF).day_end(saturday)) == "2026-11-28T17:00"


def test_a_night_shift_belongs_to_the_day_it_begins():
    work = WorkTime((((22 * 60, 30 * 60),),) + ((),) * 6)
    monday = day_from_iso("2026-11-23")
    assert work.is_working(monday)
    assert not work.is_working(monday + 1)
    assert instant_to_iso(work.day_end(monday)) == "2026-11-24T06:00"
    assert work.minutes_between(at(monday + 1), at(monday + 2)) == 360
    assert instant_to_iso(work.add(at(monday), 480)) == "2026-11-24T06:00"


def test_shifts_that_overlap_are_worked_once():
    work = WorkTime((((600, 700), (650, 800), (1380, 1500)), ((30, 120),)) + ((),) * 5)
    monday = day_from_iso("2026-11-23")
    assert work.shifts(monday) == ((600, 800), (1380, 1500))
    assert work.minutes_between(at(monday), at(monday + 1)) == 260
    assert work.minutes_between(at(monday + 1), at(monday + 2)) == 120  # 00:00–01:00 and 00:30–02:00


def test_derived_calendars_inherit_days_and_exceptions():
    small = SmallPlan()
    small.put(Calendar(10, "Crew", (None,) * 5 + (HOURS, None), base=1))
    small.put(CalendarException(11, 1, "Holiday", day_from_iso("2026-12-24"), day_from_iso("2026-12-26")))
    small.put(CalendarException(12, 10, "We work", day_from_iso("2026-12-24"), day_from_iso("2026-12-24"), ((600, 720),)))
    work = work_time(small.plan, 10)
    assert work.shifts(day_from_iso("2026-12-19")) == HOURS  # a Saturday of its own
    assert work.shifts(day_from_iso("2026-12-24")) == ((600, 720),)
    assert work.shifts(day_from_iso("2026-12-25")) == ()
    assert work.shifts(day_from_iso("2026-12-26")) == ()  # the base's holiday on the crew's Saturday
    assert work.shifts(day_from_iso("2026-12-20")) == ()


def test_a_range_wins_over_what_recurs():
    yearly = CalendarException(
        2, 1, "Day off", day_from_iso("2020-12-24"), day_from_iso("2050-12-31"), (),
        {"type": "yearly by day", "month": 12, "day": 24},
    )  # fmt: skip
    once = CalendarException(1, 1, "Worked", day_from_iso("2026-12-24"), day_from_iso("2026-12-24"), ((480, 720),))
    work = work_time_of([(Calendar(1, "x", FIVE_DAYS), [yearly, once])])
    assert work.shifts(day_from_iso("2026-12-24")) == ((480, 720),)
    assert work.shifts(day_from_iso("2027-12-24")) == ()


def test_bases_in_a_circle_end():
    small = SmallPlan()
    small.put(Calendar(10, "A", (None,) * 7, base=11))
    small.put(Calendar(11, "B", (HOURS,) + (None,) * 6, base=10))
    assert work_time(small.plan, 10).shifts(day_from_iso("2026-11-23")) == HOURS


def test_without_working_time_it_says_so():
    work = WorkTime(OFF)
    for ask in (work.next_start, work.previous_end, lambda t: work.add(t, 1), lambda t: work.subtract(t, 1)):
        with pytest.raises(PlanError, match="no working time left"):
            ask(instant(2026, 1, 1))
    with pytest.raises(PlanError, match="no working time left"):
        work.add_working_days(FIRST, 3)
    assert work.minutes_between(instant(1900, 1, 1), instant(2200, 1, 1)) == 0
    assert work.add(instant(2026, 1, 1), 0) == instant(2026, 1, 1)
    ends = WorkTime(FIVE_DAYS, [CalendarException(1, 1, "never again", FIRST, day_from_iso("2200-12-31"))])
    with pytest.raises(PlanError):
        WorkTime(OFF, [CalendarException(1, 1, "once", FIRST, FIRST, HOURS)]).add(at(FIRST), 481)
    assert ends.previous_end(at(FIRST + 1000)) == at(FIRST - 3, 17 * 60)


def test_far_away_dates_are_refused_not_wrong():
    work = WorkTime(FIVE_DAYS)
    with pytest.raises(PlanError):
        work.add(instant(9999, 12, 31), 10**9)
    with pytest.raises(PlanError):
        work.subtract(instant(1, 1, 2), 10**6)


def test_the_cache_follows_the_plan():
    small = SmallPlan()
    item = small.item()
    own = small.item(calendar=10)
    small.put(Calendar(10, "Mondays", (HOURS,) + ((),) * 6))
    times = WorkTimes(small.plan)
    assert calendars_for(small.plan, item) == (1,)
    assert times.of_activity(own) is times.of_calendar(10)
    before = times.of_project(2)
    assert times.of_activity(item) is before
    holiday = small.put(CalendarException(11, 1, "Off", FIRST, FIRST))
    assert before.is_working(FIRST)
    times.heed(ChangeSet(Message("x"), (Change(None, holiday),)))
    assert not times.of_project(2).is_working(FIRST)
    with pytest.raises(PlanError, match="missing"):
        times.of_calendar(999)
