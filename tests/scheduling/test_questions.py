"""What can be asked of a schedule: why, what drives what, what would move, and whether an edit concerns it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from planner import MONDAY, Planner, iso
from random_networks import random_network

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.messages import message
from milestone_desktop.scheduling.explain import Kind, explain
from milestone_desktop.scheduling.network import Network, build
from milestone_desktop.scheduling.patching import patched
from milestone_desktop.scheduling.paths import critical_paths, path_from, path_to, slack_to
from milestone_desktop.scheduling.preview import preview
from milestone_desktop.scheduling.schedule import compute, schedule

DAY = 1440


def chain_with_everything() -> tuple[Planner, list[int]]:
    planner = Planner()
    planner.add_holiday(MONDAY // DAY + 8, MONDAY // DAY + 8, "Founders' day")
    design, build_it = planner.task("Design", 5), planner.task("Build", 3)
    test = planner.task("Test", 2, constraint=ConstraintType.SNET, constraint_date=MONDAY + 16 * DAY)
    ready, short = planner.milestone("Ready"), planner.task("Short", 1)
    planner.link(design, build_it, lag=480)
    planner.link(build_it, test)
    planner.link(test, ready)
    planner.link(short, build_it)
    return planner, [design, build_it, test, ready]


def test_an_explanation_is_true_and_adds_up() -> None:
    planner, ids = chain_with_everything()
    told = explain(planner.plan, compute(planner.plan), ids[-1])
    assert told.chain == tuple(ids)
    assert [(segment.kind, segment.days, segment.activity) for segment in told.segments] == [
        (Kind.WORK, 4, ids[0]),
        (Kind.WEEKEND, 2, ids[1]),
        (Kind.LAG, 1, ids[1]),
        (Kind.HOLIDAY, 1, ids[1]),
        (Kind.WORK, 3, ids[1]),
        (Kind.WEEKEND, 2, ids[2]),
        (Kind.WAITING, 2, ids[2]),
        (Kind.WORK, 2, ids[2]),
    ]
    assert str(told.segments[3].name) == "Founders' day"
    assert str(told.segments[6].name) == "a constraint (SNET)"
    assert str(told.sentence) == (
        "2026-03-19 = 17 calendar days from the start of the project: 9 work + 4 weekend + 1 holidays + 1 lag + 2 waiting;"
        " the next chain is 5 working days shorter."
    )


def test_a_parent_is_explained_by_its_last_child_and_a_pin_by_its_name() -> None:
    planner = Planner()
    parent = planner.task("Parent")
    planner.task("Early", parent=parent)
    late = planner.task("Late", parent=parent, placement=Placement.PINNED, start=MONDAY + 3 * DAY, end=MONDAY + 3 * DAY)
    told = explain(planner.plan, compute(planner.plan), parent)
    assert told.chain == (late,)
    assert [str(segment.name) for segment in told.segments] == ["its pin", "work"]


def test_paths_and_slack_to_and_from_an_activity() -> None:
    planner, ids = chain_with_everything()
    found = compute(planner.plan)
    design, build_it, test, ready = ids
    assert path_to(found, build_it) == [design, build_it]
    assert path_to(found, ready) == [test, ready]
    assert path_from(found, design) == [build_it]
    assert critical_paths(found, planner.project) == [[test, ready]]
    slack = slack_to(found, build_it)
    short = next(row.id for row in planner.plan.activities() if row.title == "Short")
    assert slack == {design: 0, short: 5 * 480, build_it: 0}


def test_several_critical_paths_are_all_found() -> None:
    planner = Planner()
    one, other, joint = planner.task("A", 5), planner.task("B", 5), planner.task("C", 5)
    end = planner.milestone("End")
    for row in (one, other, joint):
        planner.link(row, end)
    paths = critical_paths(compute(planner.plan), planner.project)
    assert sorted(paths) == sorted([[one, end], [other], [joint]])


@pytest.mark.parametrize("whole", [True, False], ids=["moved", "lengthened"])
@pytest.mark.parametrize("seed", range(25))
def test_a_preview_is_what_scheduling_with_those_dates_fixed_would_give(seed: int, whole: bool) -> None:
    planner = random_network(seed)
    network = build(planner.plan)
    found = schedule(network)
    movable = [row for row in network.row_of if not network.given[network.row_of[row]] and not network.alap.any()]
    if not movable:
        return
    row_id = random.Random(seed).choice(sorted(movable))
    start, finish = found.dates(row_id)
    put = (start + 3 * DAY, finish + 3 * DAY) if whole else (start, finish + 3 * DAY)
    moved = preview(network, found, {row_id: put})
    start, finish = in_working_time(network, row_id, put[0]) if whole else put
    if network.milestone[network.row_of[row_id]]:
        start = finish = in_working_time(network, row_id, put[1])[1]
    assert schedule(network).start.tolist() == found.start.tolist(), "the network is left as it was"
    planner.change(row_id, start=start, end=finish, placement=Placement.FIXED)
    fixed = compute(planner.plan)
    clock = fixed.network.frame.tables
    for other in found.network.row_of:
        wanted, got = fixed.dates(other), moved.get(other, found.dates(other))
        calendar = int(fixed.network.frame.calendar[fixed.network.row_of[other]])
        pairs = zip(wanted, got, strict=True)
        assert all(clock.index_1(calendar, a) == clock.index_1(calendar, b) for a, b in pairs), (seed, row_id, other)


def in_working_time(network: Network, row_id: int, moment: int) -> tuple[int, int]:
    """Where an activity would be that is not to begin before a moment."""
    row, tables = network.row_of[row_id], network.frame.tables
    calendar, duration = int(network.frame.calendar[row]), int(network.frame.duration[row])
    index = tables.index_1(calendar, moment)
    if duration:
        return tables.start_of_1(calendar, index), tables.start_of_1(calendar, index + duration - 1) + 1
    ended = tables.start_of_1(calendar, index - 1) + 1
    moment = ended if ended == moment else tables.start_of_1(calendar, index)
    return moment, moment


def test_a_preview_spans_parents_and_passes_over_the_rest() -> None:
    planner = Planner()
    parent = planner.task("Parent")
    first, second = planner.task("A", 2, parent=parent), planner.task("B", 2, parent=parent)
    apart = planner.task("C")
    planner.link(first, second)
    network = build(planner.plan)
    found = schedule(network)
    moved = preview(network, found, {first: (MONDAY + 7 * DAY, MONDAY + 8 * DAY + 540), 999_999: (MONDAY, MONDAY)})
    assert apart not in moved
    assert {row: tuple(map(iso, span)) for row, span in moved.items()} == {
        first: ("03-09T08:00", "03-10T17:00"),
        second: ("03-11T08:00", "03-12T17:00"),
        parent: ("03-09T08:00", "03-12T17:00"),
    }
    assert preview(network, found, {}) == {}


def test_a_network_is_kept_over_edits_that_do_not_concern_it() -> None:
    planner, ids = chain_with_everything()
    network = build(planner.plan)
    old = planner.activity(ids[0])
    title, longer = replace(old, title="New title"), replace(old, duration=4800)
    assert patched(network, planner.plan, ChangeSet(message("x"), (Change(old, title),))) is network
    assert any(row is title for row in network.activities)
    planner.plan.put(longer)
    other = patched(network, planner.plan, ChangeSet(message("x"), (Change(old, longer),)))
    assert other is not network
    assert iso(schedule(other).dates(ids[0])[1]) == "03-16T17:00"
    link = next(iter(planner.plan.all(Dependency)))
    assert patched(network, planner.plan, ChangeSet(message("x"), (Change(link, None),))) is not network
