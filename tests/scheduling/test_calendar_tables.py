"""The look-up tables agree with `domain.worktime`, one conversion at a time."""

from __future__ import annotations

import random

import numpy as np
import pytest
from planner import OFFICE, Planner
from random_networks import NIGHTS, SHORT

from milestone_desktop.domain.instants import instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Week
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY
from milestone_desktop.domain.worktime import work_time
from milestone_desktop.scheduling.calendars import EARLIEST, LATEST, ROUND_THE_CLOCK, Tables, build_tables

MINUTES: Week = (((0, 1), (2, 3), (700, 701)), ((1439, 1441),), ((600, 2880),), (), (), (), ((0, 1440),))
INHERITED: Week = (None, (), None, None, None, None, ((600, 700),))


def tables_of(seed: int) -> tuple[Planner, list[int], Tables]:
    rng = random.Random(seed)
    planner = Planner()
    ids = [planner.add_calendar(week) for week in (OFFICE, NIGHTS, SHORT, MINUTES)]
    ids.append(planner.add_calendar(INHERITED, base=ids[0]))
    rules = (
        {"type": "weekly", "weekdays": [2], "every": 3},
        {"type": "yearly by day", "month": 2, "day": 29},
        {"type": "monthly by position", "position": -1, "weekday": 4},
        {},
    )
    for calendar in ids:
        for _ in range(3):
            first = EARLIEST // 1440 + rng.randrange(300 * 365)
            rule = rng.choice(rules)
            last = first + (rng.randrange(9000) if rule else rng.randrange(40))
            shifts = rng.choice(((), ((600, 720),), ((1300, 1500),)))
            planner.add_holiday(first, last, calendar=calendar, recurrence=rule, shifts=shifts)
    return planner, ids, build_tables(planner.plan, [(each,) for each in ids])


@pytest.mark.parametrize("seed", range(3))
def test_tables_agree_with_work_time_in_every_conversion(seed: int) -> None:
    planner, ids, tables = tables_of(seed)
    rng = random.Random(seed)
    zero = instant(2026, 1, 1)
    for number, calendar in enumerate(ids, 1):
        work = work_time(planner.plan, calendar)
        moments = np.array([rng.randrange(EARLIEST, LATEST) for _ in range(400)] + [EARLIEST, LATEST, zero])
        index = tables.index(number, moments)
        starts, ends = tables.start_of(number, index), tables.end_of(number, index)
        base = int(tables.index(number, np.array([zero]))[0])
        for moment, place, start, end in zip(moments.tolist(), index.tolist(), starts.tolist(), ends.tolist(), strict=True):
            assert tables.index_1(number, moment) == place
            assert tables.start_of_1(number, place) == start
            assert work.minutes_between(zero, moment) == place - base, instant_to_iso(moment)
            assert work.next_start(moment) == start
            assert work.previous_end(moment) == end


def test_mixed_calendars_are_looked_up_together() -> None:
    _, ids, tables = tables_of(5)
    rng = random.Random(5)
    calendars = np.array([rng.randrange(len(ids) + 1) for _ in range(500)])
    moments = np.array([rng.randrange(EARLIEST, LATEST) for _ in range(500)])
    together = tables.index(calendars, moments)
    assert together.tolist() == [tables.index_1(*pair) for pair in zip(calendars.tolist(), moments.tolist(), strict=True)]
    starts = tables.start_of(calendars, together)
    assert starts.tolist() == [tables.start_of_1(*pair) for pair in zip(calendars.tolist(), together.tolist(), strict=True)]
    clock = calendars == ROUND_THE_CLOCK
    assert clock.any()
    assert (starts[clock] == moments[clock]).all()


def test_what_lies_beyond_the_tables_stays_outside_the_years_of_a_plan() -> None:
    _, _, tables = tables_of(6)
    for number, total in enumerate(tables.total.tolist()):
        low, high = tables.start_of(number, np.array([-(10**15), total + 10**15])).tolist()
        assert low < EARLIEST
        assert high >= LATEST


def test_a_calendar_without_working_time_is_refused_by_name() -> None:
    planner = Planner()
    empty = planner.add_calendar(((),) * 7)
    with pytest.raises(PlanError, match="“Work” has no working time"):
        build_tables(planner.plan, [(empty,)])


def test_a_calendar_whose_days_are_all_off_is_refused_too() -> None:
    planner = Planner()
    planner.add_holiday(FIRST_DAY, LAST_DAY)
    with pytest.raises(PlanError, match="“Work” has no working time"):
        build_tables(planner.plan, [(planner.calendar,)])
