"""Lanes: nothing that shares a row overlaps, names included; rows are few; an edit moves only what it overlaps with."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from chart_plans import MONDAY, clipped_texts, crossed_texts, empty_plan, measure, overlapping_texts, random_plan

from milestone_desktop.chart.drafts import DRAFT, Draft, drafted
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.packed import Packer, text_widths, zoom_step
from milestone_desktop.chart.packing import SHORT_RUN, pack
from milestone_desktop.chart.pictures import fit_rows, with_plan_facts
from milestone_desktop.chart.roadmap import roadmap
from milestone_desktop.chart.routes import LinkIndex, Links
from milestone_desktop.chart.rows import NO_INSTANT, Rows, build
from milestone_desktop.chart.shapes import Line, Rect, Shape, Text, TextStyle, bounds
from milestone_desktop.chart.timescale import Scale
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import day_of

Stretch = tuple[int, int, int]
"""Lane, start and end."""

ROW, WIDTH = 32.0, 1100.0


def stretches(dice: random.Random, most: int = 200) -> list[Stretch]:
    count, lanes, wide, long = dice.randrange(most), dice.randrange(1, 6), dice.choice((60, 3000)), dice.choice((3, 60))
    starts = [(dice.randrange(lanes), dice.randrange(wide)) for _ in range(count)]
    return [(lane, start, start + dice.randrange(long)) for lane, start in starts]


def packed_rows(found: list[Stretch]) -> list[int]:
    columns = np.array(found, np.int64).reshape(len(found), 3)
    return pack(columns[:, 0], columns[:, 1], columns[:, 2])[0].tolist()


def topmost_free(found: list[Stretch]) -> list[int]:
    """The same by trying row after row."""
    free: dict[int, list[int]] = defaultdict(list)
    rows = [0] * len(found)
    for at in sorted(range(len(found)), key=lambda n: (found[n][0], found[n][1], n)):
        lane, start, end = found[at]
        row = next((n for n, until in enumerate(free[lane]) if until <= start), len(free[lane]))
        free[lane][row:] = [max(end, start + 1), *free[lane][row + 1 :]]
        rows[at] = row
    return rows


@pytest.mark.parametrize("seed", range(60))
def test_each_takes_the_topmost_free_row(seed: int) -> None:
    found = stretches(random.Random(seed))
    assert packed_rows(found) == topmost_free(found)


@pytest.mark.parametrize("lanes", [1, 9])
def test_long_runs_are_packed_as_short_ones(lanes: int) -> None:
    dice = random.Random(lanes)
    found = [(n % lanes, 3 * n, 3 * n + dice.randrange(4, 40)) for n in range(lanes * SHORT_RUN * 4)]
    assert packed_rows(found) == topmost_free(found)


@pytest.mark.parametrize("seed", range(30))
def test_nothing_overlaps_and_no_row_is_too_many(seed: int) -> None:
    found = stretches(random.Random(1000 + seed))
    rows = packed_rows(found)
    by_row = defaultdict(list)
    for (lane, start, end), row in zip(found, rows, strict=True):
        by_row[lane, row].append((start, max(end, start + 1)))
    for inside in by_row.values():
        assert all(before[1] <= after[0] for before, after in pairwise(sorted(inside)))
    for lane in {lane for lane, _ in by_row}:
        own = [(start, max(end, start + 1)) for here, start, end in found if here == lane]
        deepest = max(sum(start <= at < end for start, end in own) for at, _ in own)
        assert max(row for here, row in by_row if here == lane) + 1 == deepest


@pytest.mark.parametrize("seed", range(30))
def test_an_edit_moves_only_what_it_overlaps_with(seed: int) -> None:
    """Directly or through others; everything else keeps its row."""
    dice = random.Random(2000 + seed)
    found = [one for one in stretches(dice, 120) if one[0] == 0] or [(0, 1, 2)]
    at = dice.randrange(len(found))
    after = [*found]
    after[at] = (0, max(found[at][1] + dice.randrange(-9, 10), 0), found[at][2] + 10)
    reach = {at}
    while True:
        spans = [version[n] for n in reach for version in (found, after)]
        more = {
            n
            for n, (_, start, end) in enumerate(found)
            if any(start < max(last, first + 1) and first < max(end, start + 1) for _, first, last in spans)
        }
        if more <= reach:
            break
        reach |= more
    before, now = packed_rows(found), packed_rows(after)
    assert [row for n, row in enumerate(before) if n not in reach] == [row for n, row in enumerate(now) if n not in reach]


# rows of a plan


def lanes_of(rows: Rows) -> list[list[int]]:
    """The ids on each row."""
    return [rows.outline.ids[rows.places_at(row)].tolist() for row in range(len(rows))]


@pytest.mark.parametrize("grouping", [(), ("kind",), ("status", "type"), ("none",)])
@pytest.mark.parametrize("seed", range(6))
def test_everything_is_there_once(seed: int, grouping: tuple[str, ...]) -> None:
    plan = random_plan(seed, 60, projects=2)
    plain = build(plan, [1, 2], grouping=grouping)
    dice = random.Random(seed)
    plain = plain.with_collapsed(dice.sample(sorted(plain.expanded), len(plain.expanded) // 4))
    rows = Packer(measure).packed(plain, plan, 3.5)
    outline = rows.outline
    assert sorted(rows.places.tolist()) == plain.shown.tolist()
    assert len(rows) <= len(plain)
    for row, ids in enumerate(lanes_of(rows)):
        places = rows.places_at(row).tolist()
        assert len({int(outline.parent[place]) for place in places}) == 1
        assert rows.shown[row] in places
        assert all(row in rows.rows_of(row_id) and rows.place_of(row_id) is not None for row_id in ids)
        if len(ids) > 1:
            assert all(outline.size[place] == 1 and row_id > 0 for place, row_id in zip(places, ids, strict=True))
            assert len({bool(outline.end[place] == NO_INSTANT) for place in places}) == 1
        if row and outline.parent[places[0]] >= 0:
            assert outline.parent[places[0]] in (rows.shown[row - 1], outline.parent[rows.shown[row - 1]]) or ids[0] < 0 or (
                outline.size[places[0]] > 1
            )  # fmt: skip
    assert Counter(outline.ids[rows.places].tolist()) == Counter(plain.ids.tolist())
    some = [row_id for row_id in plain.ids.tolist() if row_id > 0][:9]
    assert rows.rows_among(some).tolist() == sorted({row for row_id in some for row in rows.rows_of(row_id)})


@pytest.mark.parametrize("much", [True, False])
@pytest.mark.parametrize("seed", range(6))
def test_names_stay_readable(seed: int, much: bool) -> None:
    plan = random_plan(seed, 60)
    plain = build(plan, [1])
    middle = int(plain.outline.end[plain.outline.end != NO_INSTANT][0])
    options = with_plan_facts(plan, [1], Options(today=middle, status_date=day_of(middle) - 20, zigzag=much, targets=much))
    packer = Packer(measure)
    packer.targets = much
    whole = fit_rows(plain, WIDTH, options)
    for scale in (whole, *(whole.at_scale(mode, whole.x(middle)) for mode in Scale)):
        rows = packer.packed(plain, plan, zoom_step(scale.pixels_per_day))
        links = LinkIndex(Links.of(plan), rows)
        scene = roadmap(rows, plan, scale, View(0, len(rows) - 1, WIDTH, len(rows) * ROW, ROW), options, measure, links)
        assert overlapping_texts(scene) == []
        assert clipped_texts(scene) == []
        assert crossed_texts(scene, links=True) == []
        told = {text.owner for text in scene.layer("labels") if isinstance(text, Text)} | {cut.owner for cut in scene.shortened}
        seen = [shape for shape in scene.shapes() if shape.role in ("bar", "mark") and bounds(shape, measure).right > 9]
        assert {shape.owner for shape in seen} <= told
        check_bodies(rows, scene.shapes())


def check_bodies(rows: Rows, shapes: Iterable[Shape]) -> None:
    """No bar or mark lies on another one."""
    by_row = defaultdict(list)
    for shape in shapes:
        if shape.role in ("bar", "mark") and shape.owner is not None:
            box = bounds(shape, measure)
            by_row[round(box.top // ROW)].append((box.left, box.right))
    for inside in by_row.values():
        assert all(before[1] <= after[0] + 0.5 for before, after in pairwise(sorted(inside)))
    assert len(by_row) <= len(rows)


def test_a_whole_plan_in_view_names_everything() -> None:
    """Where the plan fits the width, the names that were given room at that zoom are all written in full."""
    plan = empty_plan()
    for number in range(1, 13):
        plan.put(Milestone(number, 1, f"Step {number}", order=number, end=MONDAY + number * 3 * 1440))
    plain = build(plan, [1])
    scale = fit_rows(plain, 600.0, Options(), right=200.0)
    rows = Packer(measure).packed(plain, plan, zoom_step(scale.pixels_per_day))
    assert 1 < len(rows) < 7
    scene = roadmap(rows, plan, scale, View(0, len(rows) - 1, 600.0, len(rows) * ROW, ROW), Options(), measure)
    assert {shape.text for shape in scene.layer("labels") if isinstance(shape, Text)} == {f"Step {n}" for n in range(1, 13)}
    assert scene.shortened == ()


def test_a_row_stands_for_what_comes_next() -> None:
    plan = empty_plan()
    for number, status in enumerate((3, 3, 1, 1), 1):
        plan.put(
            WorkItem(
                number, 1, "A", order=number, start=MONDAY + number * 90_000, end=MONDAY + number * 90_000 + 99, status=status
            )
        )
    rows = Packer(measure).packed(build(plan, [1]), plan, 3.5)
    assert lanes_of(rows) == [[1, 2, 3, 4]]
    assert rows.ids.tolist() == [3]


def test_what_has_no_dates_shares_a_last_row_and_a_new_row_has_its_own() -> None:
    plan = empty_plan()
    plan.put(WorkItem(1, 1, "Phase", order=1))
    plan.put(WorkItem(2, 1, "Some day", parent=1, order=1))
    plan.put(WorkItem(3, 1, "Work", parent=1, order=2, start=MONDAY, end=MONDAY + 9999))
    plan.put(WorkItem(4, 1, "Later", parent=1, order=3))
    plain = build(plan, [1])
    packer = Packer(measure)
    assert lanes_of(packer.packed(plain, plan, 3.5)) == [[1], [3], [2, 4]]
    assert lanes_of(packer.packed(drafted(plain, Draft(3)), plan, 3.5)) == [[1], [3], [2, 4], [DRAFT]]
    assert lanes_of(packer.packed(plain.with_collapsed([1]), plan, 3.5)) == [[1]]


def test_links_lead_to_the_items_and_not_to_the_row() -> None:
    plan = empty_plan()
    for number in (1, 2, 3):
        plan.put(WorkItem(number, 1, "A", order=number, start=MONDAY + number * 90_000, end=MONDAY + number * 90_000 + 9000))
    plan.put(Dependency(10, 1, 2))
    plan.put(Dependency(11, 1, 3))
    plain = build(plan, [1])
    rows = Packer(measure).packed(plain, plan, 3.5)
    assert len(rows) == 1
    index = LinkIndex(Links.of(plan), rows)
    assert rows.outline.ids[index.between(0, 0).before].tolist() == [1, 1]
    assert rows.outline.ids[index.between(0, 0).after].tolist() == [2, 3]
    scale = fit_rows(rows, WIDTH, Options())
    scene = roadmap(rows, plan, scale, View(0, 0, WIDTH, ROW, ROW), Options(), measure, index)
    bars = {shape.owner: shape for shape in scene.layer("bars") if isinstance(shape, Rect) and shape.role == "bar"}
    lines = {
        shape.owner: bounds(shape, measure)
        for shape in scene.layer("links")
        if hasattr(shape, "points") and hasattr(shape, "radius")
    }
    for link, successor in ((10, 2), (11, 3)):
        assert lines[link].left == pytest.approx(bars[1].x + bars[1].width - 4, abs=1)
        assert lines[link].right == pytest.approx(bars[successor].x + 4, abs=1)
        assert lines[link].top >= bars[1].y + bars[1].height - 0.01


def test_the_line_of_today_leaves_out_a_bar_whose_name_it_would_cross() -> None:
    plan = empty_plan()
    plan.put(WorkItem(1, 1, "A name inside", order=1, start=MONDAY, end=MONDAY + 100 * 1440, progress=50))
    plain = build(plan, [1])
    scale = fit_rows(plain, WIDTH, Options())
    today = scale.instant(scale.x(MONDAY) + 30)
    rows = Packer(measure).packed(plain, plan, zoom_step(scale.pixels_per_day))
    scene = roadmap(rows, plan, scale, View(0, 0, WIDTH, ROW, ROW), Options(today=today), measure)
    bar = next(shape for shape in scene.layer("bars") if isinstance(shape, Rect) and shape.role == "bar")
    pieces = [shape for shape in scene.layer("lines") if isinstance(shape, Line) and shape.role == "today"]
    assert pieces
    assert all(line.y2 <= bar.y or line.y1 >= bar.y + bar.height for line in pieces)


def test_a_name_that_changes_gets_other_room() -> None:
    plan = empty_plan()
    one = Milestone(1, 1, "M", order=1, end=MONDAY)
    plan.put(one)
    plan.put(Milestone(2, 1, "N", order=2, end=MONDAY + 15 * 1440))
    packer, plain = Packer(measure), build(plan, [1])
    assert len(packer.packed(plain, plan, 3.5)) == 1
    plan.put(replace(one, title="A much longer title than before"))
    packer.forget([1])
    assert len(packer.packed(plain, plan, 3.5)) == 2


def test_widths_of_many_texts() -> None:
    texts = ["", "Kickoff", "发布 1", "a\nb", "M" * 40]
    style = TextStyle(11.5, 400, "text")
    for few in (texts, texts[:3]):
        assert text_widths(few, measure).tolist() == pytest.approx(
            [sum(measure(letter, style) for letter in text if letter != "\n") * 1.03 for text in few]
        )


def test_zooming_a_little_packs_the_same() -> None:
    assert zoom_step(3.5) == zoom_step(3.9) <= 3.5
    assert zoom_step(3.5) < zoom_step(4.1) <= 4.1
