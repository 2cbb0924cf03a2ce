"""Lanes outside the window: as a picture of their own, as the picture of a window, and in a report."""

from __future__ import annotations

from dataclasses import replace

import pytest
from chart_plans import MONDAY, empty_plan, faults, measure, random_plan, texts_of

from milestone_desktop.chart.options import Options
from milestone_desktop.chart.packed import Packer, zoom_step
from milestone_desktop.chart.pictures import MOST_ROWS, fit_rows, picture, rows_picture, with_plan_facts
from milestone_desktop.chart.report_roadmap import LANE_ROW, PAGE_HEIGHT, report_roadmap
from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows, build
from milestone_desktop.chart.shapes import Scene
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_of
from milestone_desktop.domain.plan import Plan

TODAY = MONDAY + 85 * MINUTES_PER_DAY
OPTIONS = Options(today=TODAY, status_date=day_of(TODAY) - 9)
DAY = MINUTES_PER_DAY


def drawn(scene: Scene) -> set[int]:
    """The ids of all bars, marks and brackets."""
    roles = {"bar", "mark", "bracket"}
    return {shape.owner for shape in scene.shapes() if shape.role in roles and shape.owner is not None}


def dated_leaves(plan: Plan) -> set[int]:
    """The work items and milestones that have dates and nothing below them."""
    rows = build(plan, [1])
    outline = rows.outline
    leaf = ((outline.kind == RowKind.ITEM) | (outline.kind == RowKind.MILESTONE)) & (outline.end != NO_INSTANT)
    return set(outline.ids[leaf].tolist())


def in_a_row(count: int) -> Plan:
    """So many short items one after the other, under one parent."""
    plan = empty_plan()
    plan.put(WorkItem(1, 1, "Everything", order=1, number=1, status=1))
    for number in range(count):
        start = TODAY + number * 30 * DAY
        plan.put(WorkItem(2 + number, 1, f"Step {number}", 1, float(number), number=2 + number, status=1, start=start,
                          end=start + 5 * DAY))  # fmt: skip
    return plan


def window_rows(plan: Plan, zoom: float, grouping: tuple[str, ...] = ()) -> Rows:
    """The rows as a window packs them."""
    return Packer(measure).packed(build(plan, [1], grouping=grouping), plan, zoom_step(zoom))


@pytest.mark.parametrize("seed", range(6))
def test_words_of_a_packed_picture_stay_readable_and_everything_is_on_it(seed: int) -> None:
    plan = random_plan(seed, 24 + 8 * seed, links=30)
    scene = picture(plan, [1], (1600, 4000), OPTIONS, measure, lanes=True)
    assert (scene.width, scene.height) == (1600, 4000)
    assert faults(scene) == {}
    assert dated_leaves(plan) <= drawn(scene)
    told = {text.owner: text.text for text, _ in texts_of(scene)} | {cut.owner: cut.full for cut in scene.shortened}
    assert dated_leaves(plan) <= set(told)


def test_what_follows_each_other_shares_a_row() -> None:
    plan = in_a_row(12)
    scene = picture(plan, [1], (1600, 600), OPTIONS, measure, lanes=True)
    heights = {shape.y for shape in scene.shapes() if shape.role == "bar" and shape.owner != 1}
    assert len(heights) <= 2 < 12
    assert len({shape.y for shape in picture(plan, [1], (1600, 600), OPTIONS, measure).shapes() if shape.role == "bar"}) == 12


@pytest.mark.parametrize("seed", range(3))
def test_a_small_picture_folds_and_says_what_is_missing(seed: int) -> None:
    plan = random_plan(seed, 200)
    scene = picture(plan, [1], (900, 400), OPTIONS, measure, lanes=True)
    assert faults(scene) == {}
    rows = {shape.owner for shape in scene.shapes() if shape.role == "title"}
    assert rows or any("more rows" in text.text for text, _ in texts_of(scene))


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_the_picture_of_a_window_has_its_rows_groups_and_zoom(seed: int, packed: bool) -> None:
    plan = random_plan(seed, 60, links=40)
    options = with_plan_facts(plan, [1], OPTIONS)
    rows = build(plan, [1], grouping=("type",))
    scale = fit_rows(rows, 1100, options)
    if packed:
        rows = window_rows(plan, scale.pixels_per_day, ("type",))
    scene = rows_picture(rows, plan, scale, 1100, options, measure)
    assert faults(scene) == {}
    assert scene.height > len(rows) * 32
    heads = {options.words.say(rows.title_of_head(row_id)) for row_id in rows.ids.tolist() if row_id < 0}
    assert heads <= {text.text for text, _ in texts_of(scene)}
    left = scene.width - 1100
    marks = {shape.owner: shape for shape in scene.layer("marks") if shape.role == "mark" and hasattr(shape, "points")}
    for row in plan.all(Milestone):
        if row.end is not None and row.id in marks:
            across = [x for x, _ in marks[row.id].points]
            assert (
                min(across) - 2 <= left + scale.x(row.end if row.actual_finish is None else row.actual_finish) <= max(across) + 2
            )


def test_a_very_long_window_is_cut_and_counted() -> None:
    plan = random_plan(1, MOST_ROWS + 150)
    rows = build(plan, [1])
    scene = rows_picture(rows, plan, fit_rows(rows, 800, OPTIONS), 800, OPTIONS, measure)
    said = [text.text for text, _ in texts_of(scene)]
    assert f"and {len(rows) - MOST_ROWS + 1} more rows" in said
    assert scene.height < (MOST_ROWS + 1) * 32 + 250


@pytest.mark.parametrize("seed", range(6))
def test_a_report_in_lanes_is_readable_and_fits_a_page(seed: int) -> None:
    plan = random_plan(seed, 30 + 20 * seed)
    options = replace(OPTIONS, today=None)
    for grouping in ((), ("status",), ("milestone",)):
        scene = report_roadmap(plan, 1, 773, options, measure, grouping)
        assert faults(scene) == {}
        assert scene.height <= PAGE_HEIGHT + 1 * LANE_ROW


def test_a_report_in_lanes_shows_the_items_and_one_without_their_phases_alone() -> None:
    plan = in_a_row(8)
    lanes = report_roadmap(plan, 1, 773, OPTIONS, measure, ())
    alone = report_roadmap(plan, 1, 773, OPTIONS, measure)
    items = set(range(2, 10))
    assert items <= {shape.owner for shape in lanes.layer("phases")}
    assert {shape.owner for shape in alone.layer("phases")} == {1}
    assert {f"Step {number}" for number in range(8)} <= {text.text for text, _ in texts_of(lanes)}


@pytest.mark.parametrize("lanes", [None, ()])
def test_a_report_of_milestones_alone_has_nothing_below_its_line(lanes: tuple[str, ...] | None) -> None:
    plan = empty_plan()
    plan.put(Milestone(1, 1, "Only one", order=1, end=TODAY))
    scene = report_roadmap(plan, 1, 773, OPTIONS, measure, lanes)
    assert faults(scene) == {}
    assert scene.layer("phases") == ()
    assert next(text.text for text, _ in texts_of(scene) if text.owner == 1).startswith("Only one")
