"""The picture of a portfolio: no label over another, cut or crossed; every milestone named or counted; heights that stay."""

from __future__ import annotations

import random

import pytest
from chart_plans import MONDAY, clipped_texts, crossed_texts, measure, overlapping_texts, random_plan

from milestone_desktop.chart.bands import LaneMarks, lane_marks
from milestone_desktop.chart.lanes import LOWEST, Lane, LaneHead, Window, lanes_picture, lanes_scene, span, stack
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.shapes import Rect
from milestone_desktop.chart.timescale import Scale, fit, pixels_per_day
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_of

OPTIONS = Options(today=MONDAY + 40 * MINUTES_PER_DAY)


def lanes_of(seed: int, projects: int = 4, activities: int = 90) -> list[Lane]:
    plan, dice = random_plan(seed, activities, projects), random.Random(seed)
    found = []
    for number in range(1, projects + 1):
        load = tuple((day_of(MONDAY) + 7 * week, dice.randint(1, 9)) for week in range(0, 30, dice.randint(1, 4)))
        head = LaneHead(f"Project {number} with a name that is long", "next: Go-live, 4 Dec", 40, "40 %", "! Late", "health-late")
        found.append(Lane(number, head, lane_marks(plan, (number,), OPTIONS), load if dice.random() < 0.5 else ()))
    return found


@pytest.mark.parametrize("scale", list(Scale))
@pytest.mark.parametrize("seed", range(6))
def test_no_label_overlaps_is_cut_or_crossed(seed: int, scale: Scale) -> None:
    lanes = lanes_of(seed)
    ends = span(lanes)
    assert ends is not None
    time = fit(*ends, 900).at_scale(scale, 450)
    standing = stack(lanes, time.pixels_per_day, measure)
    scene = lanes_scene(standing, time, Window(900, standing.height), OPTIONS, measure)
    assert overlapping_texts(scene) == []
    assert clipped_texts(scene) == []
    assert crossed_texts(scene, links=False) == []
    named = {shape.owner for shape in scene.shapes() if shape.role == "label"}
    counted = {row_id for marker in scene.markers for row_id in marker.ids}
    seen = {mark.id for lane in lanes for mark in lane.marks if 0 <= time.x(mark.moment) <= 900}
    assert named | counted == seen
    assert not named & counted


@pytest.mark.parametrize("seed", range(6))
def test_a_whole_picture_is_clean_and_as_high_as_its_lanes(seed: int) -> None:
    scene = lanes_picture(lanes_of(seed), 1300, OPTIONS, measure)
    assert overlapping_texts(scene) == []
    assert clipped_texts(scene) == []
    assert crossed_texts(scene, links=False) == []


def test_panning_never_changes_the_height_of_a_lane() -> None:
    lanes = lanes_of(3)
    standing = stack(lanes, pixels_per_day(Scale.MONTH), measure)
    assert all(bottom - top >= LOWEST for top, bottom in zip(standing.tops, standing.tops[1:], strict=False))
    assert standing == stack(lanes, pixels_per_day(Scale.MONTH), measure)
    assert [standing.lane_at((top + bottom) / 2) for top, bottom in zip(standing.tops, standing.tops[1:], strict=False)] == [
        0, 1, 2, 3
    ]  # fmt: skip
    assert standing.lane_at(standing.height + 1) is None


def test_only_lanes_in_view_are_drawn() -> None:
    lanes = lanes_of(4)
    time = fit(MONDAY, MONDAY + 300 * MINUTES_PER_DAY, 900)
    standing = stack(lanes, time.pixels_per_day, measure)
    last = standing.tops[3]
    scene = lanes_scene(standing, time, Window(900, 40, last + 1), OPTIONS, measure)
    ids = {mark.id for mark in lanes[3].marks}
    assert {shape.owner for shape in scene.shapes() if shape.role == "mark"} <= ids


def test_an_overloaded_week_is_marked_by_more_than_its_height() -> None:
    day = day_of(MONDAY)
    lane = Lane(1, LaneHead("Mara"), LaneMarks.of([]), ((day, 2), (day + 7, 6)))
    time = fit(MONDAY, MONDAY + 30 * MINUTES_PER_DAY, 900)
    standing = stack([lane], time.pixels_per_day, measure)
    scene = lanes_scene(standing, time, Window(900, 200), Options(), measure)
    bars = [shape for shape in scene.shapes() if isinstance(shape, Rect) and shape.role == "load"]
    assert [bar.fill for bar in bars] == ["bar-progress", "critical"]
    assert bars[1].height > bars[0].height


def test_nothing_to_show_is_drawn_as_nothing() -> None:
    assert span([]) is None
    assert stack([], 1.0, measure).height == 0
    assert lanes_picture([], 900, OPTIONS, measure).shortened == ()
