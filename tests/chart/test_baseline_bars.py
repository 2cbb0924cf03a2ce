"""Ghosts of a baseline: where they stand, what they lie behind, and where there are none."""

from __future__ import annotations

from dataclasses import replace

from chart_plans import MONDAY, empty_plan, measure

from milestone_desktop.chart.hit import hit
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.rows import build
from milestone_desktop.chart.shapes import Polygon, Rect, Scene, bounds
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.plan import Plan
from milestone_desktop.tracking.baselines import BaselineRow

DAY = MINUTES_PER_DAY
BUILD, READY = 1, 2
SCALE = TimeScale(MONDAY - 10 * DAY, 10)
KEPT = {BUILD: BaselineRow(MONDAY - 3 * DAY, MONDAY + 7 * DAY, 4_800), READY: BaselineRow(None, MONDAY + 9 * DAY, 0)}
OPTIONS = Options(baseline=KEPT)


def plan_of(target: int | None = MONDAY + 4 * DAY) -> Plan:
    """A bar of two weeks and a milestone after it."""
    plan = empty_plan()
    plan.put(WorkItem(BUILD, 1, "Build", order=1, number=1, start=MONDAY, end=MONDAY + 14 * DAY, progress=50, status=2))
    plan.put(Milestone(READY, 1, "Ready", order=2, end=MONDAY + 18 * DAY, target=target))
    return plan


def scene_of(plan: Plan, options: Options = OPTIONS, width: float = 800, scale: TimeScale = SCALE) -> Scene:
    rows = build(plan, [1])
    return roadmap(rows, plan, scale, View(0, len(rows) - 1, width, len(rows) * 32), options, measure)


def ghosts(scene: Scene, owner: int) -> list[Rect | Polygon]:
    shapes = [shape for shape in scene.layer("bars") if shape.role == "baseline" and shape.owner == owner]
    return [shape for shape in shapes if isinstance(shape, Rect | Polygon)]


def test_a_thin_bar_stands_below_the_bar_at_the_kept_dates_and_behind_it() -> None:
    scene = scene_of(plan_of())
    (ghost,) = ghosts(scene, BUILD)
    assert isinstance(ghost, Rect)
    assert (ghost.x, ghost.x + ghost.width) == (SCALE.x(MONDAY - 3 * DAY), SCALE.x(MONDAY + 7 * DAY))
    roles = [shape.role for shape in scene.layer("bars") if shape.owner == BUILD]
    assert roles.index("baseline") < roles.index("bar")
    bar = next(shape for shape in scene.layer("bars") if shape.role == "bar")
    assert bounds(bar, measure).bottom < ghost.y < ghost.y + ghost.height < 32
    assert ghost.height < 4


def test_the_ghost_takes_no_press_from_the_bar() -> None:
    with_ghosts, without = scene_of(plan_of()), scene_of(plan_of(), replace(OPTIONS, baseline={}))
    assert not ghosts(without, BUILD)
    for x in range(0, 400, 7):
        for y in range(0, 32, 3):
            assert hit(with_ghosts, x, y, measure) == hit(without, x, y, measure)


def test_a_milestone_has_a_hollow_mark_where_neither_target_nor_date_is() -> None:
    (mark,) = ghosts(scene_of(plan_of()), READY)
    box = bounds(mark, measure)
    assert (box.left + box.right) / 2 == SCALE.x(MONDAY + 9 * DAY)
    assert (mark.fill, box.right - box.left) == ("surface", 10)
    assert not ghosts(scene_of(plan_of(MONDAY + 9 * DAY)), READY), "the target's ghost stands there"
    assert ghosts(scene_of(plan_of(MONDAY + 9 * DAY), replace(OPTIONS, targets=False)), READY), "the target is not shown"
    here = {READY: BaselineRow(None, MONDAY + 18 * DAY, 0)}
    assert not ghosts(scene_of(plan_of(), replace(OPTIONS, baseline=here)), READY), "its own mark stands there"


def test_nothing_is_drawn_for_rows_that_are_not_kept_or_dropped_or_out_of_view() -> None:
    plan = plan_of()
    assert not ghosts(scene_of(plan, replace(OPTIONS, baseline={READY: KEPT[READY]})), BUILD)
    assert not ghosts(scene_of(plan, replace(OPTIONS, baseline={BUILD: BaselineRow(None, None, 0)})), BUILD)
    away = TimeScale(MONDAY + 12 * DAY, 10)
    assert not ghosts(scene_of(plan, scale=away), BUILD)
    assert any(shape.role == "bar" for shape in scene_of(plan, scale=away).layer("bars"))
    plan.put(Milestone(READY, 1, "Ready", order=2, end=MONDAY + 18 * DAY, dropped=MONDAY))
    assert not ghosts(scene_of(plan), READY)


def test_a_ghost_is_drawn_where_its_bar_is_out_of_view() -> None:
    before = TimeScale(MONDAY - 40 * DAY, 10)
    scene = scene_of(plan_of(), width=380, scale=before)
    (ghost,) = ghosts(scene, BUILD)
    assert isinstance(ghost, Rect)
    assert (ghost.x, ghost.x + ghost.width) == (370, 392), "cut a little beyond the edge"
    assert not [shape for shape in scene.layer("bars") if shape.role == "bar"]
