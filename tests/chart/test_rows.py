"""The row map shows the outline in order, folds it, and takes edits in place exactly as if built anew."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from chart_plans import MONDAY, empty_plan, random_activity, random_plan

from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows, build
from milestone_desktop.domain import outline
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState

COLUMNS = (
    "ids",
    "parent",
    "level",
    "size",
    "kind",
    "start",
    "end",
    "target",
    "progress",
    "completed",
    "dropped",
    "milestone_kind",
)


def same(one: Rows, other: Rows) -> bool:
    columns = all(np.array_equal(getattr(one.outline, name), getattr(other.outline, name)) for name in COLUMNS)
    return columns and one.outline.heads == other.outline.heads and np.array_equal(one.shown, other.shown)


@pytest.mark.parametrize("seed", range(20))
def test_rows_follow_the_outline(seed: int) -> None:
    plan = random_plan(seed, 60, projects=2)
    rows = build(plan, [1])
    assert list(zip(rows.level.tolist(), rows.ids.tolist(), strict=True)) == [
        (level, row.id) for level, row in outline.walk(plan, 1)
    ]
    both = build(plan, [2, 1])
    assert both.ids.tolist() == [
        -2,
        *(row.id for _, row in outline.walk(plan, 2)),
        -1,
        *(row.id for _, row in outline.walk(plan, 1)),
    ]
    assert both.kind_at(0) is RowKind.PROJECT
    assert both.title_of_head(-2) == "Project 2"


@pytest.mark.parametrize("seed", range(10))
def test_folding_hides_exactly_what_lies_beneath(seed: int) -> None:
    plan = random_plan(seed, 60)
    dice = random.Random(seed)
    rows = build(plan, [1])
    closed = set(dice.sample(sorted(rows.expanded), min(4, len(rows.expanded))))
    folded = rows.with_collapsed(closed)
    hidden = {row.id for parent in closed for row in outline.descendants(plan, parent)}
    assert folded.ids.tolist() == [row_id for row_id in rows.ids.tolist() if row_id not in hidden]
    assert folded.expanded == rows.expanded - closed
    assert folded.expanded_all().ids.tolist() == rows.ids.tolist()
    assert set(folded.collapsed_all().level.tolist()) == {0}
    for row_id in sorted(hidden)[:3]:
        assert folded.row_of(row_id) is None
        opened = folded.revealed(row_id)
        row = opened.row_of(row_id)
        assert row is not None
        assert opened.id_at(row) == row_id


def test_parents_show_their_own_dates_or_the_span_beneath() -> None:
    plan = empty_plan()
    plan.put(WorkItem(1, 1, "Phase", order=1))
    plan.put(WorkItem(2, 1, "Inner", parent=1, start=MONDAY + 50, end=MONDAY + 90))
    plan.put(WorkItem(3, 1, "Work", parent=2, start=MONDAY, end=MONDAY + 70))
    plan.put(Milestone(4, 1, "Done", parent=1, start=MONDAY - 500, end=MONDAY + 200))
    plan.put(WorkItem(5, 1, "Nothing yet", order=2))
    rows = build(plan, [1])
    assert rows.ids.tolist() == [1, 2, 3, 4, 5]
    assert rows.start.tolist() == [MONDAY, MONDAY + 50, MONDAY, MONDAY + 200, NO_INSTANT]
    assert rows.end.tolist() == [MONDAY + 200, MONDAY + 90, MONDAY + 70, MONDAY + 200, NO_INSTANT]
    assert [rows.kind_at(row) for row in range(5)] == [
        RowKind.PARENT,
        RowKind.PARENT,
        RowKind.ITEM,
        RowKind.MILESTONE,
        RowKind.ITEM,
    ]


def test_broken_parents_hide_nothing() -> None:
    plan = empty_plan(2)
    plan.put(WorkItem(1, 1, "In a ring", parent=3))
    plan.put(WorkItem(2, 1, "Ring too", parent=1))
    plan.put(WorkItem(3, 1, "Ring as well", parent=2))
    plan.put(WorkItem(4, 1, "Orphan", parent=99))
    plan.put(WorkItem(5, 1, "Child of another project", parent=6))
    plan.put(WorkItem(6, 2, "Elsewhere"))
    rows = build(plan, [1])
    assert sorted(rows.ids.tolist()) == sorted(row.id for _, row in outline.walk(plan, 1)) == [1, 2, 3, 4, 5]
    assert rows.level[[rows.row_of(row_id) for row_id in (1, 2, 3, 4, 5)]].tolist() == [0, 1, 2, 0, 0]
    both = build(plan, [2, 1])
    assert both.ids.tolist() == [-2, 6, -1, 1, 2, 3, 4, 5]


def test_no_rows_at_all() -> None:
    rows = build(empty_plan(), [1])
    assert len(rows) == 0
    assert rows.expanded == set()
    assert len(rows.collapsed_all()) == 0
    assert build(empty_plan(2), [1, 2]).ids.tolist() == [-1, -2]


@pytest.mark.parametrize("seed", range(10))
def test_a_filter_keeps_matches_and_what_is_above(seed: int) -> None:
    plan = random_plan(seed, 60, projects=2)
    wanted = {row.id for row in plan.activities() if isinstance(row, Milestone)}
    kept = build(plan, [1, 2], keep=wanted)
    expected = set(wanted)
    for row_id in wanted:
        row = plan.activity(row_id)
        assert row is not None
        expected |= {above.id for above in outline.ancestors(plan, row)}
    assert {row_id for row_id in kept.ids.tolist() if row_id > 0} == expected
    assert same(kept, build(plan, [1, 2], keep=lambda row: isinstance(row, Milestone)))


def test_groups_hold_the_lowest_activities() -> None:
    plan = random_plan(3, 50)
    rows = build(plan, [1], group=lambda row: type(row).__name__)
    heads = [row for row in range(len(rows)) if rows.kind_at(row) is RowKind.GROUP]
    assert {rows.title_of_head(rows.id_at(row)) for row in heads} == {"Milestone", "WorkItem"}
    leaves = {row.id for row in plan.activities() if not outline.is_parent(plan, row.id)}
    assert {row_id for row_id in rows.ids.tolist() if row_id > 0} == leaves
    for head in heads:
        title = rows.title_of_head(rows.id_at(head))
        size = int(rows.outline.size[head])
        inside = [plan.activity(row_id) for row_id in rows.ids.tolist()[head + 1 : head + size]]
        assert inside
        assert {type(row).__name__ for row in inside} == {title}


def edited(dice: random.Random, plan: Plan, next_id: int) -> ChangeSet:
    """A random edit, already taken by the plan."""
    rows = sorted(plan.activities(), key=lambda row: row.id)
    changes = [Change(row, _changed(dice, row, rows)) for row in dice.sample(rows, min(len(rows), dice.randint(1, 4)))]
    if dice.random() < 0.2:
        changes.append(Change(None, random_activity(dice, next_id, dice.randint(1, 2), None)))
    if dice.random() < 0.1:
        project = plan[Project, 1]
        changes.append(Change(project, replace(project, title=f"{project.title}!")))
    if dice.random() < 0.05:
        state = plan[WorkflowState, 1]
        changes.append(Change(state, replace(state, group=plan[WorkflowState, 3].group)))
    change_set = ChangeSet(message("Edit"), tuple(changes))
    plan.apply(change_set)
    return change_set


def _changed(dice: random.Random, row: Activity, rows: list[Activity]) -> Activity:
    move: Callable[[Activity], Activity] = dice.choice(
        (
            lambda row: replace(row, title=row.title + "x"),
            lambda row: replace(row, end=None if dice.random() < 0.2 else (row.end or MONDAY) + dice.randrange(-9999, 9999)),
            lambda row: replace(row, start=None if dice.random() < 0.3 else (row.end or MONDAY) - dice.randrange(9999)),
            lambda row: replace(row, progress=dice.randrange(101)),
            lambda row: replace(row, target=MONDAY) if isinstance(row, Milestone) else replace(row, status=dice.randint(1, 3)),
            lambda row: replace(row, order=row.order + 1) if dice.random() < 0.2 else row,
            lambda row: replace(row, parent=dice.choice(rows).id) if dice.random() < 0.2 else row,
        )
    )
    return move(row)


@pytest.mark.parametrize("seed", range(12))
def test_patched_rows_equal_rows_built_anew(seed: int) -> None:
    dice = random.Random(seed)
    plan = random_plan(seed, 50, projects=2)

    def late(row: Activity) -> bool:
        return (row.end or 0) > MONDAY + 100 * 1440

    views = [
        build(plan, [1, 2]),
        build(plan, [1], collapsed=dice.sample(range(1, 50), 8)),
        build(plan, [2], keep=late),
        build(plan, [1, 2], group=lambda row: str(row.progress // 50)),
    ]
    for step in range(25):
        change_set = edited(dice, plan, 100 + step)
        views = [view.patched(plan, change_set) for view in views]
        for view in views:
            fresh = build(plan, view.outline.projects, view.collapsed, view.keep, view.group, view.outline.with_heads)
            assert same(view, fresh)


def test_an_edit_of_values_keeps_the_rows() -> None:
    plan = random_plan(1, 50)
    rows = build(plan, [1])
    item = next(iter(plan.all(WorkItem)))
    change = Change(item, replace(item, progress=77))
    plan.apply(ChangeSet(message("Edit"), (change,)))
    assert rows.patched(plan, ChangeSet(message("Edit"), (change,))) is rows
    row = rows.row_of(item.id)
    assert row is not None
    assert rows.progress[row] == 77
