"""Bench figures of the lanes: packing all rows below their parents and in few groups, and what a person waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial

from bench_table import COUNTS, opened_page, settled
from frame_runs import big_plan
from measure import cpu_ms
from milestone_desktop.chart.packed import Packer, zoom_step
from milestone_desktop.chart.rows import Rows, build
from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

ZOOM = 3.5
"""Pixels a day of the Month view."""


@cache
def rows_of(n_items: int, *grouping: str) -> tuple[Plan, Rows, Packer]:
    """The rows of a big plan and a packer that has measured its names; kept for all runs."""
    plan = big_plan(n_items)
    rows = build(plan, [next(iter(plan.all(Project))).id], grouping=grouping)
    packer = Packer(_width)
    packer.packed(rows, plan, ZOOM)
    return plan, rows, packer


def _width(text: str, style: TextStyle) -> float:
    """Like that of a font; names are measured once, so that the figure is about packing."""
    return 0.56 * style.size * len(text)


def pack_rows(n_items: int, *grouping: str) -> float:
    """All rows packed anew, as after an edit or at the next step of the zoom."""
    plan, rows, packer = rows_of(n_items, *grouping)
    return cpu_ms(lambda: packer.packed(rows, plan, zoom_step(ZOOM)))


def switch_on(n_items: int) -> float:
    """The command, until the lanes are on the screen."""
    page = opened_page(n_items)
    page.session.shown.set_packed(False)
    spent = settled(page, lambda: page.session.shown.set_packed(True))
    page.session.shown.set_packed(False)
    return spent


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """Name, unit and one run of each figure."""
    for count in COUNTS:
        yield f"pack.{count}", "ms", partial(pack_rows, count)
        yield f"pack_in_kinds.{count}", "ms", partial(pack_rows, count, "kind")
        yield f"lanes.{count}", "ms", partial(switch_on, count)
