"""Labels of the milestone lane: never over each other, never crossed by a leader, and none is lost without being counted."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from itertools import combinations
from typing import Any

import pytest
from chart_plans import clipped_texts, crossed_texts, measure, overlapping_texts

from data_folder import data_path
from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import LaneMark, LaneMarks, header_scene, lane_height, lane_scene
from milestone_desktop.chart.labels import Entries, beside, lane_layout
from milestone_desktop.chart.lane_filling import Entry, LaneLayout
from milestone_desktop.chart.moved_labels import panned_layout
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.chart.timescale import Scale, TimeScale, fit
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_from_iso

STYLE = TextStyle(11)


def faults(layout: LaneLayout, width: float) -> list[str]:
    """What a layout does that it must not."""
    found = []
    places = [(label.level, label.left, label.right, label.shown) for label in layout.labels]
    places += [(marker.level, marker.left, marker.right, marker.text) for marker in layout.markers]
    for (level, left, right, text), (other_level, other_left, other_right, other) in combinations(places, 2):
        if level == other_level and left < other_right and other_left < right:
            found.append(f"{text} overlaps {other}")
    for label in layout.labels:
        side = 1 if label.level > 0 else -1
        for level, left, right, text in places:
            if level * side > 0 and abs(level) <= label.reach and left < label.entry.x < right:
                found.append(f"the leader of {label.shown} crosses {text}")
    found += [f"{text} leaves the lane" for _, left, right, text in places if left < -0.01 or right > width + 0.01]
    return found


def laid_out(entries: list[Entry], width: float, levels: int = 4, **more: Any) -> LaneLayout:
    return lane_layout(Entries.of(entries), width, STYLE, measure, levels, **more)


def random_entries(seed: int, count: int, width: float) -> list[Entry]:
    dice = random.Random(seed)
    days = [dice.uniform(-20, width + 20) for _ in range(max(count // 2, 1))]
    return [Entry(n + 1, dice.choice(days), "Milestone of note"[: dice.randint(1, 17)] + str(n)) for n in range(count)]


@pytest.mark.parametrize("levels", [1, 2, 3, 4, 8])
@pytest.mark.parametrize("count", [1, 5, 20, 80, 300])
def test_random_labels_keep_apart(count: int, levels: int) -> None:
    for seed in range(6):
        width = 200 + 300 * seed
        entries = random_entries(seed, count, width)
        layout = laid_out(entries, width, levels, avoid=[width / 3])
        assert faults(layout, width) == []
        shown = [label.entry.id for label in layout.labels] + [row_id for marker in layout.markers for row_id in marker.ids]
        assert sorted(shown) == sorted(entry.id for entry in entries if 0 <= entry.x <= width)
        assert all(abs(label.level) <= (levels + 1) // 2 for label in layout.labels)
        assert laid_out(entries[::-1], width, levels, avoid=[width / 3]) == layout


@pytest.mark.parametrize("count", [9, 40, 400])
def test_a_crowd_of_one_day_fills_the_levels_on_both_sides(count: int) -> None:
    layout = laid_out([Entry(n + 1, 500.0, f"Milestone {n}") for n in range(count)], 1000)
    assert faults(layout, 1000) == []
    assert len(layout.labels) >= 6
    assert [len(marker.ids) for marker in layout.markers] == [count - len(layout.labels)]


@pytest.mark.parametrize("levels", [2, 4])
@pytest.mark.parametrize("count", [5, 40, 400])
def test_labels_move_along_while_one_pans(count: int, levels: int) -> None:
    """However one has panned, all is told and nothing overlaps; and what stays in view stays where it stands."""
    width = 900.0
    for seed in range(4):
        dice = random.Random(seed)
        everything = random_entries(seed, count, 4 * width)
        layout, origin, stayed = laid_out(everything, width, levels), 0.0, 0
        for _ in range(30):
            dx = dice.choice([3.0, 48.0, -48.0, 120.0, 48.0, -7.5])
            origin += dx
            shifted = [Entry(entry.id, entry.x - origin, entry.text) for entry in everything]
            before = {label.entry.id: (label.level, label.left - label.entry.x) for label in layout.labels}
            entries = Entries.of(shifted)
            layout = panned_layout(layout, dx, entries, width, STYLE, measure, levels, avoid=[width / 3 - origin])
            assert faults(layout, width) == []
            shown = [label.entry.id for label in layout.labels]
            shown += [row_id for marker in layout.markers for row_id in marker.ids]
            assert sorted(shown) == sorted(entry.id for entry in shifted if 0 <= entry.x <= width)
            inner = [label for label in layout.labels if 250 < label.entry.x < width - 250 and label.entry.id in before]
            stayed += len(inner)
            assert all(before[label.entry.id] == pytest.approx((label.level, label.left - label.entry.x)) for label in inner)
            assert all(marker.right - marker.left < 100 for marker in layout.markers)
        assert stayed or count < 40


def test_few_labels_stand_centred_next_to_the_line() -> None:
    layout = laid_out([Entry(1, 100, "Kickoff"), Entry(2, 400, "Go-live")], 600)
    assert [(label.level, label.pole) for label in layout.labels] == [(1, False), (1, False)]
    assert (layout.labels[0].left + layout.labels[0].right) / 2 == pytest.approx(100)


def test_milestones_of_one_day_all_show() -> None:
    layout = laid_out([Entry(n, 300, f"Same day {n}") for n in range(1, 8)], 600)
    assert len(layout.labels) == 7
    assert layout.markers == ()


def test_what_does_not_fit_is_counted() -> None:
    layout = laid_out([Entry(n, 300 + n / 10, f"Crowded day {n}") for n in range(1, 41)], 600)
    assert layout.markers
    assert len(layout.labels) + sum(len(marker.ids) for marker in layout.markers) == 40
    assert [marker.text for marker in layout.markers] == [f"+{len(marker.ids)}" for marker in layout.markers]


def test_long_labels_are_shortened() -> None:
    layout = laid_out([Entry(1, 300, "W" * 60)], 600, widest=120)
    assert layout.labels[0].shown.endswith("…")
    assert measure(layout.labels[0].shown, STYLE) <= 120


def test_labels_keep_clear_of_the_date_lines_where_they_can() -> None:
    layout = laid_out([Entry(1, 300, "Go-live")], 600, avoid=[305])
    assert not layout.labels[0].left <= 305 <= layout.labels[0].right


def vintages(name: str) -> dict[str, list[tuple[str, int]]]:
    """Product → its latest milestones with their days."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with data_path(f"history/{name}").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["product"]][row["milestone"]] = day_from_iso(row["planned_date"])
    return {product: sorted(rows.items()) for product, rows in found.items()}


@pytest.mark.parametrize("name", ["python_release_vintages.csv", "k8s_release_vintages.csv"])
def test_real_milestones_at_all_scales(name: str) -> None:
    products = vintages(name)
    everything = [row for rows in products.values() for row in rows]
    sets = [*products.values(), everything]
    for rows in sets:
        marks = [
            LaneMark(n, day * MINUTES_PER_DAY + 1080, title, MilestoneKind.GENERIC, glyphs.Look())
            for n, (title, day) in enumerate(rows, 1)
        ]
        first, last = min(mark.moment for mark in marks), max(mark.moment for mark in marks)
        whole = fit(first, last, 1100)
        scales = [whole, *(whole.at_scale(mode, whole.x((first + last) // 2)) for mode in Scale)]
        options = Options(today=(first + last) // 2, status_date=last // MINUTES_PER_DAY - 30)
        for scale in scales:
            check_bands(marks, scale, options)


def check_bands(marks: list[LaneMark], scale: TimeScale, options: Options) -> None:
    lane = lane_scene(LaneMarks.of(marks), scale, 1100, options, measure)
    assert lane.height == lane_height(4)
    header = header_scene(scale, 1100, options, measure)
    for scene in (lane, header):
        assert overlapping_texts(scene) == []
        assert clipped_texts(scene) == []
        assert crossed_texts(scene, links=True) == []


def test_pills_of_today_and_status_date_stand_side_by_side() -> None:
    scale = TimeScale(day_from_iso("2026-11-01") * MINUTES_PER_DAY, 10)
    for status in range(day_from_iso("2026-11-01"), day_from_iso("2026-12-20")):
        scene = header_scene(scale, 600, Options(today=day_from_iso("2026-11-24") * MINUTES_PER_DAY, status_date=status), measure)
        assert overlapping_texts(scene) == []
        assert clipped_texts(scene) == []
        assert any(getattr(shape, "text", "") == "Today" for shape in scene.layer("pills"))


def test_beside_goes_right_then_past_obstacles_then_left() -> None:
    assert beside((100, 116), 50, [], [], 400) is not None
    right = beside((100, 116), 50, [], [], 400)
    past = beside((100, 116), 50, [(94, 150)], [], 400)
    left = beside((360, 376), 50, [], [], 400)
    clear_of_line = beside((100, 116), 50, [], [140], 400)
    crossed = beside((100, 116), 50, [], [70, 140], 400)
    assert right is not None
    assert right.left == 122
    assert past is not None
    assert past.left == 156
    assert left is not None
    assert left.left == 304
    assert clear_of_line is not None
    assert (clear_of_line.left, clear_of_line.breaks_line) == (44, False)
    assert crossed is not None
    assert crossed.breaks_line
    assert beside((10, 390), 50, [], [], 400) is None
