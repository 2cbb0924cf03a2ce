"""The fast scheduler against the slow one, on random networks; and what must hold of every schedule."""

from __future__ import annotations

import random

import numpy as np
import pytest
from random_networks import random_network
from slow_scheduler import SlowScheduler

from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.explain import explain
from milestone_desktop.scheduling.instant_axis import InstantAxis
from milestone_desktop.scheduling.minute_axis import MinuteAxis
from milestone_desktop.scheduling.network import build
from milestone_desktop.scheduling.schedule import Schedule, compute, schedule

COLUMNS = ("early_start", "early_finish", "late_start", "late_finish")


def dates_of(plan: Plan, found: Schedule) -> dict[tuple[int, str], str]:
    return {
        (row_id, name): instant_to_iso(int(getattr(found, name)[row])) for row_id, row in found.row_of.items() for name in COLUMNS
    }


def compare(seed: int, calendars: int) -> None:
    plan = random_network(seed, calendars).plan
    slow, fast = SlowScheduler(plan), compute(plan)
    for row_id in slow.leaves:
        row, clock = fast.row_of[row_id], slow.clock(row_id)
        begun = slow.begun(slow.rows[row_id])
        expected = (slow.start[row_id], slow.finish[row_id], slow.late_start[row_id], slow.late_finish[row_id])
        for name, moment in zip(COLUMNS, expected, strict=True):
            if name == "late_start" and begun:
                continue
            got = int(getattr(fast, name)[row])
            assert clock.between(moment, got) == 0, (seed, row_id, name, instant_to_iso(got), instant_to_iso(moment))
        if slow.minutes(row_id) and not begun and not fast.network.given[row]:
            assert (int(fast.early_start[row]), int(fast.early_finish[row])) == expected[:2], (seed, row_id)
        finish = clock.between(expected[1], expected[3])
        total = finish if begun else min(finish, clock.between(expected[0], expected[2]))
        assert fast.total_slack[row] == total, (seed, row_id)


@pytest.mark.parametrize("seed", range(60))
def test_mixed_calendars_agree_with_the_slow_scheduler(seed: int) -> None:
    compare(seed, 3)


@pytest.mark.parametrize("seed", range(1000, 1060))
def test_one_calendar_agrees_with_the_slow_scheduler(seed: int) -> None:
    compare(seed, 1)


def compare_axes(seed: int) -> bool:
    """Whether the network allows the minute axis at all: given dates outside working time do not."""
    plan = random_network(seed, 1).plan
    one, several = schedule(build(plan)), schedule(build(plan, several_calendars=True))
    if not isinstance(one.network.axis, MinuteAxis):
        return False
    assert isinstance(several.network.axis, InstantAxis)
    assert dates_of(plan, one) == dates_of(plan, several)
    for name in ("total_slack", "free_slack", "critical", "driver"):
        seen = one.ids > 0
        assert np.array_equal(getattr(one, name)[seen], getattr(several, name)[seen]), name
    assert one.conflicts == several.conflicts
    return True


def test_both_axes_give_the_same_dates() -> None:
    assert sum(compare_axes(seed) for seed in range(2000, 2060)) > 20


@pytest.mark.parametrize("seed", range(3000, 3040))
def test_no_link_is_broken_unless_a_conflict_is_reported(seed: int) -> None:
    plan = random_network(seed).plan
    slow, fast = SlowScheduler(plan), compute(plan)
    reported = {(conflict.dependency, conflict.successor) for conflict in fast.conflicts}
    for link in slow.links:
        for row_id in slow.ends_of(link):
            if slow.begun(slow.rows[row_id]):
                continue
            late_by = slow.clock(row_id).between(slow.start[row_id], slow.bound(link, row_id))
            direct = (link.id, row_id) in reported
            assert direct == (late_by > 0), (seed, link.id, row_id, late_by)


@pytest.mark.parametrize("seed", range(4000, 4030))
def test_scheduling_what_was_scheduled_changes_nothing(seed: int) -> None:
    planner = random_network(seed)
    first = compute(planner.plan)
    for row_id in list(first.network.row_of):
        start, finish = first.dates(row_id)
        planner.change(row_id, start=start, end=finish)
    again = compute(planner.plan)
    for row_id in first.network.row_of:
        assert first.dates(row_id) == again.dates(row_id) or planner.activity(row_id).placement == "pinned", (seed, row_id)


@pytest.mark.parametrize("seed", range(5000, 5020))
def test_the_order_of_records_does_not_matter(seed: int) -> None:
    plan = random_network(seed).plan
    shuffled = Plan()
    for kind, rows in plan._rows.items():
        mixed = list(rows.values())
        random.Random(seed).shuffle(mixed)
        shuffled.load(kind, mixed)
    one, other = compute(plan), compute(shuffled)
    assert dates_of(plan, one) == dates_of(shuffled, other)
    assert np.array_equal(one.ids, other.ids)
    assert np.array_equal(one.driver, other.driver)


@pytest.mark.parametrize("seed", range(6000, 6060))
def test_segments_of_an_explanation_add_up(seed: int) -> None:
    plan = random_network(seed).plan
    found = compute(plan)
    for row_id in found.row_of:
        told = explain(plan, found, row_id)
        assert sum(segment.days for segment in told.segments) == told.last - told.first, (seed, row_id)
        assert all(segment.days for segment in told.segments)
        assert all(plan.activity(segment.activity) is not None for segment in told.segments)
        assert told.last == int(found.finish[found.row_of[row_id]]) // 1440
        assert "{" not in str(told.sentence)
