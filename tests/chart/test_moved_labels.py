"""Labels of the lane while one zooms step by step: they stay beside their marks as long as they have room, and every rule of
the lane holds at each step."""

from __future__ import annotations

import random

import pytest
from chart_plans import clipped_texts, crossed_texts, measure, overlapping_texts
from test_lane import STYLE, faults, random_entries, vintages

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import LaneMark, LaneMarks, LanePlaces, lane_places, lane_scene
from milestone_desktop.chart.labels import MANY, Entries, lane_layout
from milestone_desktop.chart.lane_filling import EDGE, GAP, Entry, LaneLabel, LaneLayout
from milestone_desktop.chart.moved_labels import zoomed_layout
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.shapes import Text
from milestone_desktop.chart.timescale import fit
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.instants import MINUTES_PER_DAY

WIDTH = 900.0


def seen_at(everything: list[Entry], zoom: float, about: float) -> list[Entry]:
    return [Entry(entry.id, about + (entry.x - about) * zoom, entry.text) for entry in everything]


def without_room(label: LaneLabel, x: float, layout: LaneLayout) -> bool:
    """Whether a label could not stand beside its mark, now at `x`, where it stood before."""
    by = x - label.entry.x
    left, right = label.left + by, label.right + by
    side, height = (1 if label.level > 0 else -1), abs(label.level)
    for other in layout.labels:
        if other.level == label.level and other.left < right + GAP and left - GAP < other.right:
            return True
        if other.level * side > 0 and other.reach >= height and left - 2 <= other.entry.x <= right + 2:
            return True
        if other.level * side > 0 and abs(other.level) <= label.reach and other.left < x + GAP and x - GAP < other.right:
            return True
    met = [marker for marker in layout.markers if marker.level * side > 0 and abs(marker.level) <= height]
    return any(marker.left < right + GAP and left - GAP < marker.right for marker in met)


@pytest.mark.parametrize("levels", [2, 4])
@pytest.mark.parametrize("count", [5, 60, 700])
def test_labels_stay_beside_their_marks_while_one_zooms(count: int, levels: int) -> None:
    stayed = gone = pushed = 0
    for seed in range(3):
        dice = random.Random(seed)
        everything = random_entries(seed, count, WIDTH)
        layout, zoom, about = lane_layout(Entries.of(everything), WIDTH, STYLE, measure, levels), 1.0, 350.0
        for _ in range(30):
            zoom *= dice.choice([1.25, 1 / 1.25, 1.1, 1.04, 1.25]) if zoom < 12 else 0.3
            shifted = seen_at(everything, zoom, about)
            xs = {entry.id: entry.x for entry in shifted}
            before = {label.entry.id: label for label in layout.labels}
            layout = zoomed_layout(layout, Entries.of(shifted), WIDTH, STYLE, measure, levels, avoid=[300.0])
            assert faults(layout, WIDTH) == []
            shown = [label.entry.id for label in layout.labels]
            shown += [row_id for marker in layout.markers for row_id in marker.ids]
            assert sorted(shown) == sorted(entry.id for entry in shifted if 0 <= entry.x <= WIDTH)
            assert all(abs(label.level) <= (levels + 1) // 2 for label in layout.labels)
            now = {label.entry.id: label for label in layout.labels}
            for row_id, label in before.items():
                x, after = xs[row_id], now.get(row_id)
                by = x - label.entry.x
                moved_aside = not label.pole and abs((label.left + label.right) / 2 - label.entry.x) > 0.01
                if moved_aside or label.left + by < EDGE or label.right + by > WIDTH - EDGE:
                    continue
                offset = (label.level, pytest.approx(label.left - label.entry.x))
                if after is not None and (after.level, after.left - after.entry.x) == offset:
                    stayed += 1
                else:
                    gone += 1
                    pushed += row_id in now and not without_room(label, x, layout)
    assert stayed > gone
    assert pushed <= stayed / 100, "only where a counted marker took the room of what was in the way does one look so"


def test_what_gets_room_is_named_again() -> None:
    """Farther away and back: where nothing else is in the way, all labels are there again."""
    everything = [Entry(n, 40.0 * n, f"Gate {n}") for n in range(1, 21)]
    layout, zoom = lane_layout(Entries.of(everything), WIDTH, STYLE, measure), 1.0
    assert not layout.markers
    fewest = len(everything)
    for step in [0.8] * 10 + [1.25] * 10:
        zoom *= step
        layout = zoomed_layout(layout, Entries.of(seen_at(everything, zoom, 450.0)), WIDTH, STYLE, measure)
        fewest = min(fewest, len(layout.labels))
    assert fewest < 15
    assert len(layout.labels) == 20


@pytest.mark.parametrize("name", ["python_release_vintages.csv", "k8s_release_vintages.csv"])
def test_real_milestones_keep_to_the_rules_at_each_step(name: str) -> None:
    rows = [row for rows in vintages(name).values() for row in rows]
    marks = LaneMarks.of(
        LaneMark(
            n,
            day * MINUTES_PER_DAY + 1080,
            f"{title}, the release that all wait for and more",
            MilestoneKind.GENERIC,
            glyphs.Look(),
        )
        for n, (title, day) in enumerate(rows, 1)
    )
    first, last = marks[0].moment, marks[len(marks) - 1].moment
    assert len(marks) > MANY
    scale, options = fit(first, last, 1100), Options(today=(first + last) // 2, status_date=last // MINUTES_PER_DAY - 30)
    places: LanePlaces | None = None
    for factor in [1.0, *[1.25] * 9, *[1 / 1.25] * 11]:
        scale = scale.zoomed(factor, 700)
        layout = lane_places(marks, scale, 1100, options, measure, 4, places)
        places = LanePlaces(marks, scale, 1100, 4, layout)
        scene = lane_scene(marks, scale, 1100, options, measure, layout=layout)
        assert overlapping_texts(scene) == []
        assert clipped_texts(scene) == []
        assert crossed_texts(scene, links=True) == []
        listed = {row.owner: row.shown for row in scene.shortened}
        texts = {
            shape.owner: shape.text for shape in scene.layer("labels") if isinstance(shape, Text) and shape.owner is not None
        }
        full = {mark.id: mark.label for mark in marks}
        assert {owner: text for owner, text in texts.items() if text != full[owner]} == listed
        counted = [row_id for marker in scene.markers for row_id in marker.ids]
        assert sorted([*texts, *counted]) == sorted(mark.id for mark in marks if 0 <= scale.x(mark.moment) <= 1100)
