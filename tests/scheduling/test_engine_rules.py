"""The rules of scheduling, one by one, on plans small enough to check by hand. Projects begin on Monday 2 March 2026, 8:00."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from planner import MONDAY, Planner, iso

from milestone_desktop.domain.enums import ConstraintType, LagUnit, Placement, ProjectStatus, ScheduleMode
from milestone_desktop.domain.instants import instant, instant_to_iso
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.scheduling.explain import Kind, explain
from milestone_desktop.scheduling.schedule import compute, settled
from milestone_desktop.scheduling.slack import Conflict

DAY = 1440


def dates(planner: Planner, row_id: int) -> tuple[str, str]:
    start, finish = compute(planner.plan).dates(row_id)
    return iso(start), iso(finish)


def test_a_milestone_falls_at_the_end_of_work_and_its_successor_on_the_next_morning() -> None:
    planner = Planner()
    work, reached, after = planner.task("A", 5), planner.milestone("M"), planner.task("B")
    planner.link(work, reached)
    planner.link(reached, after)
    assert dates(planner, reached) == ("03-06T17:00", "03-06T17:00")
    assert dates(planner, after) == ("03-09T08:00", "03-09T17:00")
    found = compute(planner.plan)
    assert iso(found.late_finish[found.row_of[reached]]) == "03-06T17:00"


def test_a_milestone_without_predecessors_is_where_it_was_set_or_at_the_start_of_its_project() -> None:
    planner = Planner()
    early, off_hours, unset = (
        planner.milestone("A", end=MONDAY - DAY),
        planner.milestone("B", end=MONDAY + 780),
        planner.milestone("C"),
    )
    after = planner.task("D")
    planner.link(off_hours, after)
    assert dates(planner, early) == ("03-01T08:00", "03-01T08:00")
    assert dates(planner, off_hours) == ("03-02T21:00", "03-02T21:00")
    assert dates(planner, unset) == ("03-02T08:00", "03-02T08:00")
    assert dates(planner, after)[0] == "03-03T08:00"


def test_pins_hold_back_but_never_pull_forward() -> None:
    planner = Planner()
    before = planner.task("A", 5)
    pinned = planner.task("B", placement=Placement.PINNED, start=MONDAY + 2 * DAY, end=MONDAY + 2 * DAY + 540)
    later = planner.milestone("M", placement=Placement.PINNED, end=MONDAY + 9 * DAY + 240)
    planner.link(before, pinned)
    planner.link(before, later)
    assert dates(planner, pinned)[0] == "03-09T08:00"
    assert dates(planner, later) == ("03-11T12:00", "03-11T12:00")
    assert compute(planner.plan).conflicts == []


@pytest.mark.parametrize("how", ["fixed", "recorded", "archived"])
def test_what_is_fixed_stays_and_broken_links_are_listed(how: str) -> None:
    fields = {"recorded": {"mode": ScheduleMode.RECORDED}, "archived": {"status": ProjectStatus.ARCHIVED}}.get(how, {})
    planner = Planner(**fields)
    before = planner.task("A", 5, start=MONDAY, end=MONDAY + 4 * DAY + 540)
    fixed = planner.task("B", placement=Placement.FIXED, start=MONDAY + DAY, end=MONDAY + DAY + 540)
    link = planner.link(before, fixed)
    found = compute(planner.plan)
    assert dates(planner, fixed) == ("03-03T08:00", "03-03T17:00")
    assert found.conflicts == [Conflict(link, before, fixed, 4 * 480)]
    assert iso(compute(planner.plan, as_computed=True).dates(fixed)[0]) == "03-09T08:00"


def test_recorded_dates_outside_working_time_are_kept_to_the_minute() -> None:
    planner = Planner(mode=ScheduleMode.RECORDED)
    odd = planner.task("A", start=MONDAY - 2 * DAY + 33, end=MONDAY - DAY + 61)
    assert dates(planner, odd) == ("02-28T08:33", "03-01T09:01")


def test_other_projects_enter_as_fixed_where_only_some_are_scheduled() -> None:
    planner = Planner()
    other = planner.add_project()
    far = planner.task("A", 1, project=other, start=MONDAY + 7 * DAY, end=MONDAY + 7 * DAY + 540)
    after = planner.task("B")
    planner.link(far, after)
    found = compute(planner.plan, projects=[planner.project])
    assert iso(found.dates(far)[0]) == "03-09T08:00"
    assert iso(found.dates(after)[0]) == "03-10T08:00"
    assert dates(planner, after)[0] == "03-03T08:00"


def test_each_project_is_bounded_by_its_own_finish() -> None:
    planner = Planner()
    other = planner.add_project()
    short, long = planner.task("A", 2), planner.task("B", 10, project=other)
    found = compute(planner.plan)
    assert bool(found.critical[found.row_of[short]])
    assert bool(found.critical[found.row_of[long]])
    assert {key: iso(value) for key, value in found.project_finish.items()} == {
        planner.project: "03-03T17:00",
        other: "03-13T17:00",
    }


def test_deadlines_give_negative_slack_and_move_nothing() -> None:
    planner = Planner()
    before, late = planner.task("A", 4), planner.milestone("M", deadline=MONDAY + 2 * DAY + 540)
    planner.link(before, late)
    found = compute(planner.plan)
    assert dates(planner, late)[0] == "03-05T17:00"
    assert [int(found.total_slack[found.row_of[row]]) for row in (before, late)] == [-480, -480]


def test_the_slack_limit_of_the_project_decides_what_is_critical() -> None:
    planner = Planner(slack_limit=480)
    planner.task("A", 5)
    nearly, free = planner.task("B", 4), planner.task("C", 3)
    found = compute(planner.plan)
    assert [bool(found.critical[found.row_of[row]]) for row in (nearly, free)] == [True, False]


def test_work_that_has_begun_stays_and_the_rest_goes_on() -> None:
    planner = Planner()
    slow = planner.task("A", 5)
    begun = planner.task("B", 4, actual_start=MONDAY + DAY, progress=50)
    done = planner.task("C", 3, actual_start=MONDAY, actual_finish=MONDAY + DAY)
    planner.link(slow, begun)
    planner.link(slow, done)
    found = compute(planner.plan)
    assert dates(planner, begun) == ("03-03T08:00", "03-06T17:00")
    assert dates(planner, done) == ("03-02T08:00", "03-03T08:00")
    assert found.conflicts == []
    assert not found.critical[found.row_of[done]]


def test_rest_of_work_moves_behind_the_status_date_only_where_the_project_says_so() -> None:
    for move, finish in ((False, "03-05T17:00"), (True, "03-13T17:00")):
        planner = Planner(move_remaining=move, status_date=date(2026, 3, 12).toordinal())
        begun = planner.task("A", 4, actual_start=MONDAY, remaining=960, progress=50)
        assert dates(planner, begun)[1] == finish


def test_work_not_begun_waits_for_the_status_date_only_where_the_project_says_so() -> None:
    for move, start in ((False, "03-02T08:00"), (True, "03-12T08:00")):
        planner = Planner(move_remaining=move, status_date=date(2026, 3, 12).toordinal())
        waiting, reached = planner.task("A", 2), planner.milestone("M", end=MONDAY + 540)
        must = planner.task("B", 1, constraint=ConstraintType.MSO, constraint_date=MONDAY + DAY)
        fixed = planner.task("C", 1, placement=Placement.FIXED, start=MONDAY, end=MONDAY + 540)
        assert dates(planner, waiting)[0] == start
        assert dates(planner, reached)[0] == "03-02T17:00"
        assert dates(planner, must)[0] == "03-03T08:00"
        assert dates(planner, fixed)[0] == "03-02T08:00"


def test_the_status_date_is_named_as_what_work_waits_for() -> None:
    planner = Planner(move_remaining=True, status_date=date(2026, 3, 12).toordinal())
    waiting = planner.task("A", 2)
    found = explain(planner.plan, compute(planner.plan), waiting)
    waits = [segment for segment in found.segments if segment.kind is Kind.WAITING]
    assert {segment.name.id for segment in waits} == {"the status date"}
    assert sum(segment.days for segment in found.segments) == found.last - found.first


def test_resumed_work_goes_on_from_where_it_was_resumed() -> None:
    planner = Planner()
    begun = planner.task("A", 4, actual_start=MONDAY, progress=25, stop=MONDAY + 540, resume=MONDAY + 7 * DAY)
    assert dates(planner, begun)[1] == "03-11T17:00"


def test_lags_run_on_the_successors_calendar_or_round_the_clock() -> None:
    planner = Planner()
    friday = planner.task("A", 5)
    week = planner.add_calendar((((480, 720), (780, 1020)),) * 7)
    working, elapsed, percent, own = (planner.task(title) for title in "BCDE")
    planner.change(own, calendar=week)
    planner.link(friday, working, lag=480)
    planner.link(friday, elapsed, lag=DAY, lag_unit=LagUnit.ELAPSED)
    planner.link(friday, percent, lag=-2000, lag_unit=LagUnit.PERCENT)
    planner.link(friday, own, lag=480)
    assert dates(planner, working)[0] == "03-10T08:00"
    assert dates(planner, elapsed)[0] == "03-09T08:00"
    assert dates(planner, percent)[0] == "03-06T08:00"
    assert dates(planner, own)[0] == "03-08T08:00"


def test_elapsed_durations_run_day_and_night() -> None:
    planner = Planner()
    before, drying = planner.task("A", 5), planner.task("B", duration_unit="ed", duration=2 * DAY)
    planner.link(before, drying)
    assert dates(planner, drying) == ("03-06T17:00", "03-08T17:00")


def test_links_on_parents_mean_their_children() -> None:
    planner = Planner()
    one, other = planner.task("One"), planner.task("Other")
    a, b = planner.task("a", 1, parent=one), planner.task("b", 2, parent=one)
    c, d = planner.task("c", 1, parent=other), planner.task("d", 1, parent=other)
    planner.link(a, b)
    planner.link(one, other, lag=480)
    after_start = planner.task("s")
    planner.link(one, after_start, "SS", 480)
    found = compute(planner.plan)
    assert [iso(found.dates(row)[0]) for row in (c, d, after_start)] == ["03-06T08:00", "03-06T08:00", "03-03T08:00"]
    assert [iso(moment) for moment in found.dates(one)] == ["03-02T08:00", "03-04T17:00"]
    assert int(found.duration[found.row_of[one]]) == 3 * 480
    assert int(found.driver[found.row_of[c]]) == b
    assert bool(found.critical[found.row_of[other]])


def test_loops_are_named_and_the_rest_is_scheduled() -> None:
    planner = Planner()
    a, b, c = (planner.task(title, start=MONDAY + DAY, end=MONDAY + DAY + 540) for title in "abc")
    parent = planner.task("parent")
    child = planner.task("child", parent=parent)
    after, apart = planner.task("after"), planner.task("apart", 2)
    for before, next_one in ((a, b), (b, c), (c, a), (parent, child), (c, after)):
        planner.link(before, next_one)
    found = compute(planner.plan)
    assert sorted(map(sorted, found.cycles)) == sorted([sorted([a, b, c]), sorted([parent, child])])
    loop = next(cycle for cycle in found.cycles if len(cycle) == 3)
    start = loop.index(a)
    assert loop[start:] + loop[:start] == [a, b, c]
    assert iso(found.dates(a)[0]) == "03-03T08:00"
    assert iso(found.dates(after)[0]) == "03-04T08:00"
    assert iso(found.dates(apart)[1]) == "03-03T17:00"


def test_an_empty_workspace_and_a_project_without_dates() -> None:
    planner = Planner()
    assert len(compute(planner.plan).ids) == 0
    planner.plan.put(Project(planner.plan.take_number("id"), "N", "No date", planner.calendar, mode=ScheduleMode.COMPUTED))
    planner.task("A", project=planner.plan.where(Project, "key", "N")[0].id)
    with pytest.raises(PlanError, match="“No date” has no start"):
        compute(planner.plan)


def test_long_and_far_but_within_the_years() -> None:
    planner = Planner(start=instant(1900, 1, 1, 8))
    long = planner.task("A", 10_000)
    last = planner.task("B", 1, constraint=ConstraintType.SNET, constraint_date=instant(2200, 12, 30, 8))
    found = compute(planner.plan)
    assert instant_to_iso(found.dates(long)[1]) == "1938-04-29T17:00"
    assert instant_to_iso(found.dates(last)[1]) == "2200-12-30T17:00"


@pytest.mark.parametrize("case", ["duration", "lag", "chain", "early"])
def test_beyond_the_years_is_refused_in_words(case: str) -> None:
    planner = Planner()
    a, b = planner.task("A"), planner.task("B")
    if case == "duration":
        planner.change(b, duration=10**9)
    if case == "lag":
        planner.link(a, b, lag=10**9)
    if case == "chain":
        planner.change(b, duration=480 * 261 * 180)
    if case == "early":
        planner.link(a, b, lag=-480 * 261 * 130)
    with pytest.raises(PlanError, match="1900–2200"):
        compute(planner.plan)


def test_a_hundred_thousand_in_one_chain() -> None:
    planner = Planner()
    ids = [planner.task("x", duration=60) for _ in range(100_000)]
    for before, after in pairwise(ids):
        planner.link(before, after)
    found = compute(planner.plan)
    assert found.critical.all()
    assert instant_to_iso(found.dates(ids[-1])[1]) == "2074-01-26T17:00"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="time zones of a process are a Unix thing")
@pytest.mark.parametrize("zone", ["America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"])
def test_time_zones_and_summer_time_do_not_matter(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    planner = Planner((((0, 1440),),) * 7, start=instant(2026, 3, 7, 20))
    over_the_change = planner.task("A", duration=DAY)
    expected = dates(planner, over_the_change)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        assert dates(planner, over_the_change) == expected == ("03-07T20:00", "03-08T20:00")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_night_shifts_run_over_midnight_and_into_a_holiday() -> None:
    planner = Planner((((1320, 1800),),) * 5 + ((), ()), start=MONDAY)
    planner.add_holiday(MONDAY // DAY + 1, MONDAY // DAY + 1)
    night = planner.task("A", duration=960)
    assert dates(planner, night) == ("03-02T22:00", "03-05T06:00")


def test_a_link_on_a_parent_goes_by_what_the_parent_spans() -> None:
    planner = Planner()
    phase = planner.task("Phase")
    work = planner.task("A", 2, parent=phase)
    reached = planner.milestone("M", parent=phase)
    below = planner.task("Below the milestone", 9, parent=reached)
    after = planner.task("B")
    planner.link(work, reached)
    planner.link(phase, after)
    assert dates(planner, phase) == ("03-02T08:00", "03-03T17:00")
    assert dates(planner, below) == ("03-02T08:00", "03-12T17:00")
    assert dates(planner, after) == ("03-04T08:00", "03-04T17:00")
    found = compute(planner.plan)
    assert instant_to_iso(explain(planner.plan, found, phase).last * DAY)[5:10] == "03-03"
    planner.change(phase, constraint=ConstraintType.SNET, constraint_date=MONDAY + 7 * DAY)
    assert dates(planner, below)[0] == "03-09T08:00"


def test_a_lag_in_percent_of_a_parent_goes_by_what_the_parent_comes_to() -> None:
    """The stored duration of a parent may be anything; the plan is left as it is."""
    planner = Planner()
    phase = planner.task("Phase", days=1)
    planner.task("A", days=4, parent=phase)
    after = planner.task("After", days=1)
    planner.link(phase, after, lag=5000, lag_unit=LagUnit.PERCENT)
    found = settled(planner.plan)
    assert instant_to_iso(found.dates(after)[0]) == "2026-03-10T08:00"  # four days, and half of that
    assert planner.activity(phase).duration == 480
    assert settled(planner.plan).dates(after) == found.dates(after)
