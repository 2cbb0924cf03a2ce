"""Dependency lines: found by band as by looking at each, and led around labels between the rows."""

from __future__ import annotations

import random
from itertools import pairwise

import numpy as np
import pytest
from chart_plans import empty_plan, random_plan

from milestone_desktop.chart.routes import NEAR, TYPES, End, LinkIndex, Links, route
from milestone_desktop.chart.rows import build
from milestone_desktop.chart.shapes import Box
from milestone_desktop.domain.activities import Dependency, WorkItem
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.plan import Plan


def long_plan(seed: int, rows: int = 900, links: int = 2500) -> Plan:
    dice = random.Random(seed)
    plan = empty_plan()
    for number in range(1, rows + 1):
        plan.put(WorkItem(number, 1, f"Item {number}", order=number, number=number, start=10**6, end=10**6 + 500, status=1))
    for number in range(links):
        a = dice.randint(1, rows)
        b = dice.randint(1, rows) if dice.random() < 0.3 else min(max(a + dice.randint(-20, 20), 1), rows)
        plan.put(Dependency(10_000 + number, a, b, dice.choice(list(LinkType))))
    return plan


@pytest.mark.parametrize("seed", range(4))
def test_culling_equals_looking_at_each_link(seed: int) -> None:
    plan = long_plan(seed)
    rows = build(plan, [1])
    if seed % 2:
        rows = rows.with_collapsed({5})
    index = LinkIndex(Links.of(plan), rows)
    dice = random.Random(seed)
    for first, last in [
        (0, 20),
        (880, 920),
        (-5, 3),
        (0, 899),
        *((a := dice.randrange(900), a + dice.randrange(60)) for _ in range(40)),
    ]:
        expected = set()
        for link in plan.all(Dependency):
            ends = rows.row_of(link.predecessor), rows.row_of(link.successor)
            if None in ends or ends[0] == ends[1]:
                continue
            low, high = sorted(row for row in ends if row is not None)
            in_view = first <= low <= last or first <= high <= last
            if low <= last and high >= first and (in_view or high - low <= NEAR):
                expected.add(link.id)
        assert set(index.between(first, last).id.tolist()) == expected


def test_links_to_hidden_rows_are_not_drawn() -> None:
    plan = random_plan(2, 60, links=80)
    rows = build(plan, [1]).collapsed_all()
    index = LinkIndex(Links.of(plan), rows).between(0, len(rows))
    shown = set(rows.ids.tolist())
    expected = {link.id for link in plan.all(Dependency) if link.predecessor in shown and link.successor in shown}
    assert set(index.id.tolist()) == expected
    assert np.array_equal(rows.ids[index.predecessor], [plan[Dependency, row].predecessor for row in index.id.tolist()])
    assert [TYPES[code] for code in index.type.tolist()] == [plan[Dependency, row].type for row in index.id.tolist()]


def test_no_rows_no_links() -> None:
    plan = empty_plan()
    index = LinkIndex(Links.of(plan), build(plan, [1]))
    assert len(index.between(0, NEAR).id) == 0


def row_end(x: float, row: int) -> End:
    return End(x, row * 32, row * 32 + 32, 8)


def crossings(points: tuple[tuple[float, float], ...], boxes: list[Box]) -> int:
    count = 0
    for (x1, y1), (x2, y2) in pairwise(points):
        piece = Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        count += sum(
            piece.left < b.right and piece.right > b.left and piece.top < b.bottom and piece.bottom > b.top for b in boxes
        )
    return count


def test_a_line_runs_between_rows_into_the_successors_edge() -> None:
    assert route(row_end(100, 0), row_end(200, 1), []) == ((100, 24), (100, 34), (200, 34), (200, 40))
    assert route(row_end(100, 3), row_end(200, 1), []) == ((100, 104), (100, 62), (200, 62), (200, 56))
    assert route(row_end(100, 0), row_end(100, 2), []) == ((100, 24), (100, 72))


def test_a_label_in_the_way_is_passed() -> None:
    label = Box(90, 40, 160, 56)
    points = route(row_end(100, 0), row_end(200, 2), [label])
    assert points == ((100, 24), (100, 34), (200, 34), (200, 72))
    both = [label, Box(170, 72, 260, 88)]
    points = route(row_end(100, 0), row_end(200, 3), both)
    assert crossings(points, both) == 0
    straight = route(row_end(100, 0), row_end(100, 2), [label])
    assert crossings(straight, [label]) == 0


@pytest.mark.parametrize("seed", range(30))
def test_one_label_a_row_is_always_passed(seed: int) -> None:
    dice = random.Random(seed)
    a, b = dice.sample(range(12), 2)
    boxes = []
    for row in range(12):
        if row not in (a, b):
            left = dice.uniform(0, 300)
            boxes.append(Box(left, row * 32 + 9, left + dice.uniform(20, 120), row * 32 + 23))
    points = route(row_end(dice.uniform(0, 400), a), row_end(dice.uniform(0, 400), b), boxes)
    assert crossings(points, boxes) == 0
    assert all(x1 == pytest.approx(x2) or y1 == pytest.approx(y2) for (x1, y1), (x2, y2) in pairwise(points))
