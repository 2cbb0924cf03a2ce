"""The row map shows the outline in order, folds it, and takes edits in place exactly as if built anew."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from chart_plans import MONDAY, empty_plan, random_activity, random_plan

from milestone_desktop.chart.memberships import Memory
from milestone_desktop.chart.outline import Outline
from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows, build
from milestone_desktop.domain import outline
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState

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
    everything = build(plan, [1, 2])
    assert same(kept, everything.filtered(plan, np.array(sorted(wanted), np.int64)))
    assert same(everything, kept.filtered(plan, None))
    assert kept.hidden == len(everything) - len(kept)
    for row_id in kept.ids.tolist():
        assert spans(kept, row_id) == spans(everything, row_id), "a filter changes no date"


def spans(rows: Rows, row_id: int) -> tuple[int, int]:
    at = rows.outline.place(row_id)
    assert at is not None
    return int(rows.outline.start[at]), int(rows.outline.end[at])


GROUPED = [(name,) for name in ("milestone", "release", "module", "owner", "kind", "type", "status", "tag")] + [
    ("none",), ("project", "owner"), ("owner", "project"), ("tag", "parent"), ("parent", "milestone"), ("status", "kind"),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("names", GROUPED, ids="-".join)
def test_each_kept_activity_stands_exactly_in_each_of_its_groups(seed: int, names: tuple[str, ...]) -> None:
    dice = random.Random(seed)
    plan = grouping_plan(dice)
    keep = None if seed % 2 else set(dice.sample([row.id for row in plan.activities()], 40))
    rows = build(plan, [1, 2], keep=keep, grouping=names)
    kept = {row.id for row in plan.activities()} if keep is None else keep
    stands = {
        row_id for row_id in kept
        if isinstance(plan.activity(row_id), Milestone) or not kept & {row.id for row in outline.descendants(plan, row_id)}
    }  # fmt: skip
    levels = [] if names == ("none",) else list(names)
    expected = Counter(
        (*way, row_id)
        for row_id in stands
        for way in itertools.product(*(groups_of(plan, name, row_id) for name in levels))
    )  # fmt: skip
    found: Counter[tuple[object, ...]] = Counter()
    way: list[str] = []
    for row, row_id in enumerate(rows.ids.tolist()):
        level = int(rows.level[row])
        del way[level:]
        if row_id < 0:
            assert rows.kind_at(row) in (RowKind.GROUP, RowKind.PROJECT)
            way.append(str(rows.title_of_head(row_id)))
        else:
            assert level == len(levels)
            found[(*way, row_id)] += 1
    assert found == expected
    check_shape(rows.outline)
    for row_id in stands:
        places = rows.rows_of(row_id)
        assert [rows.id_at(row) for row in places] == [row_id] * len(places)
        assert len(places) == sum(count for key, count in expected.items() if key[-1] == row_id)


def groups_of(plan: Plan, name: str, row_id: int) -> list[str]:
    """A second opinion on the groups of an activity, by title."""
    row = plan.activity(row_id)
    assert row is not None
    titles: list[str]
    match name, row:
        case "project", _:
            titles = [plan[Project, row.project].title]
        case "milestone", Milestone():
            titles = [row.title]
        case "milestone", _:
            near = [row, *outline.ancestors(plan, row)]
            linked = {link.milestone for link in plan.all(MilestoneLink) if link.item in {one.id for one in near}}
            titles = [plan[Milestone, one].title for one in linked] or ["No milestone"]
        case (("release" | "module"), _):
            titles = [getattr(row, name) or f"No {name}"]
        case "owner", Milestone():
            titles = [plan[Person, row.owner].name if row.owner else "Nobody"]
        case "owner", _:
            titles = [plan[Person, one.person].name for one in plan.where(Assignment, "item", row_id)] or ["Nobody"]
        case "kind", _:
            titles = [row.kind.value if isinstance(row, Milestone) else "Work items"]
        case "type", _:
            titles = [row.type]  # type: ignore[attr-defined]
        case "status", Milestone():
            titles = ["Dropped" if row.dropped else row.status.value]
        case "status", _:
            titles = [plan[WorkflowState, row.status].name]  # type: ignore[attr-defined]
        case "tag", _:
            titles = list(row.tags) or ["No tag"]
        case "parent", _:
            above = plan.activity(row.parent)
            titles = [above.title if above is not None else "No parent"]
    return titles


def grouping_plan(dice: random.Random) -> Plan:
    """A random plan with people, tags, releases and links; titles are told apart by their ids."""
    plan = random_plan(dice.randrange(1000), 60, projects=2)
    for row_id in range(901, 905):
        plan.put(Person(row_id, f"Person {row_id}"))
    activities = sorted(plan.activities(), key=lambda row: row.id)
    milestones = [row.id for row in activities if isinstance(row, Milestone)]
    for number, row in enumerate(activities):
        texts = {"release": dice.choice(("", "2.10", "2.9")), "module": dice.choice(("", "Sync", "Map"))}
        plan.put(replace(row, title=f"Row {row.id}", tags=tuple(dice.sample(("a", "b", "c"), dice.randrange(4))), **texts))
        if isinstance(row, Milestone):
            plan.put(replace(plan[Milestone, row.id], owner=dice.choice((None, 901, 902))))
            continue
        for offset, person in enumerate(dice.sample(range(901, 905), dice.randrange(3))):
            plan.put(Assignment(2000 + number * 10 + offset, row.id, person))
        for offset, milestone in enumerate(dice.sample(milestones, min(len(milestones), dice.randrange(3)))):
            plan.put(MilestoneLink(5000 + number * 10 + offset, milestone, row.id))
    return plan


def check_shape(outline: Outline) -> None:
    """Parents, levels and sizes fit each other."""
    for at in range(len(outline.ids)):
        above = int(outline.parent[at])
        assert outline.level[at] == (0 if above < 0 else outline.level[above] + 1)
        assert above < at
        assert above < 0 or at < above + outline.size[above]
    for at, size in enumerate(outline.size.tolist()):
        beneath = [row for row in range(at + 1, len(outline.ids)) if at in outline.above(row)]
        assert beneath == list(range(at + 1, at + size))


def test_groups_stand_in_a_fitting_order() -> None:
    plan = grouping_plan(random.Random(4))

    def heads(name: str) -> list[str]:
        rows = build(plan, [1, 2], grouping=(name,)).collapsed_all()
        return [str(rows.title_of_head(row_id)) for row_id in rows.ids.tolist()]

    assert heads("release") == ["2.9", "2.10", "No release"]
    assert heads("tag") == ["a", "b", "c", "No tag"]
    assert heads("owner")[-1] == "Nobody"
    assert heads("milestone")[-1] == "No milestone"
    assert heads("kind")[-1] == "Work items"
    ends = [next(row.end for row in plan.all(Milestone) if row.title == title) for title in heads("milestone")[:-1]]
    assert ends == sorted(ends, key=lambda end: (end is None, end))


@pytest.mark.parametrize("seed", range(6))
def test_ranks_order_siblings_and_nothing_else(seed: int) -> None:
    dice = random.Random(seed)
    plan = random_plan(seed, 60, projects=2)
    rows = build(plan, [1, 2])
    by_end = {row.id: ((row.end or 0), row.id) for row in plan.activities()}
    ranks = np.argsort(np.argsort([(by_end[row_id][0] if row_id > 0 else 0) for row_id in rows.base.ids.tolist()], kind="stable"))
    ordered = rows.sorted_by(plan, ranks)
    check_shape(ordered.outline)
    assert sorted(ordered.ids.tolist()) == sorted(rows.ids.tolist())
    for parent in {None, *(row.id for row in plan.activities())}:
        for project in (1, 2):
            children = [row.id for row in outline.children(plan, project, parent)]
            found = [row_id for row_id in ordered.ids.tolist() if row_id in set(children)]
            assert found == sorted(children, key=lambda row_id: by_end[row_id][0])
    keep = np.array(dice.sample([row.id for row in plan.activities()], 20), np.int64)
    both = ordered.filtered(plan, keep)
    assert both.ids.tolist() == [row_id for row_id in ordered.ids.tolist() if row_id in set(both.ids.tolist())]
    assert same(both.sorted_by(plan, None), rows.filtered(plan, keep))
    check_shape(both.outline)


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

    late = {row.id for row in plan.activities() if (row.end or 0) > MONDAY + 100 * 1440}
    views = [
        build(plan, [1, 2]),
        build(plan, [1], collapsed=dice.sample(range(1, 50), 8)),
        build(plan, [2], keep=late),
        build(plan, [1, 2], grouping=("status",)),
        build(plan, [1, 2], keep=late, grouping=("milestone", "parent")),
        build(plan, [1, 2], grouping=("parent",)),
        build(plan, [1, 2], grouping=("none",)),
    ]
    for step in range(25):
        change_set = edited(dice, plan, 100 + step)
        views = [view.patched(plan, change_set) for view in views]
        for view in views:
            memory = Memory()  # the same heads, but nobody's groups are known
            memory.head_ids.update(view._memory.head_ids)
            fresh = build(plan, view.base.projects, view.collapsed, view.keep, view.grouping, view.base.with_heads, memory)
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
