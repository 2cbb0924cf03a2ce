"""The dependency lines of a roadmap as shapes: behind the bars, never through a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.canvas import BEYOND, Canvas, RowShapes, Way
from milestone_desktop.chart.outline import NO_INSTANT
from milestone_desktop.chart.routes import TYPES, End, LinkIndex, arrow, route
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import Box, Point, Polygon, Polyline, Shape
from milestone_desktop.domain.enums import LinkType

MOST_LINKS = 400
"""Links drawn at once; where more are in view, those with both ends in it come first."""

NEARBY = 6
"""A link over so many rows at most looks for a way around the words between; a longer one makes way where it meets one."""

AT_START = (LinkType.SS, LinkType.SF)
TO_START = (LinkType.FS, LinkType.SS)

DrawRow = Callable[[Canvas, int], RowShapes]


def link_shapes(canvas: Canvas, index: LinkIndex, words: Sequence[Box], draw_row: DrawRow) -> list[Shape]:
    """The dependency lines in view; critical ones in front. words: the areas of the words in view; draw_row: gives what is
    drawn in a row, in view or not."""
    plain: list[Shape] = []
    critical: list[Shape] = []
    edges = np.array([(box.left, box.top, box.right, box.bottom) for box in words], np.float64).reshape(-1, 4)
    for at in _chosen(canvas, index).tolist():
        if at not in canvas.drawn.links:
            canvas.drawn.links[at] = _way(canvas, index, at, draw_row)
        way = canvas.drawn.links[at]
        if way is None:
            continue
        link_id = int(index.id[at])
        token, width = ("link-critical", 1.5) if way.critical else ("link", 1.25)
        shapes = critical if way.critical else plain
        for piece in _around(way.points, edges):
            shapes.append(Polyline(piece, token, width, 3.0, owner=link_id, role="link"))
        shapes.append(Polygon(way.head, fill=token, owner=link_id, role="link"))
    return plain + critical


def _chosen(canvas: Canvas, index: LinkIndex) -> npt.NDArray[np.int64]:
    """The links to draw: of those that touch the rows in view the ones whose two ends do not lie on one side of it."""
    view = canvas.view
    found = index.between(view.first_row, view.last_row)
    start, end = _xs(canvas, index.predecessor[found]), _xs(canvas, index.successor[found])
    seen = (np.maximum(start[1], end[1]) >= -BEYOND) & (np.minimum(start[0], end[0]) <= view.width + BEYOND)
    found = found[seen]
    if len(found) > MOST_LINKS:
        inside = (index.predecessor[found] >= view.first_row) & (index.predecessor[found] <= view.last_row)
        inside &= (index.successor[found] >= view.first_row) & (index.successor[found] <= view.last_row)
        found = np.sort(found[(~inside).argsort(kind="stable")][:MOST_LINKS])
    return found


def _xs(canvas: Canvas, rows: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    outline, at = canvas.rows.outline, canvas.rows.shown[rows]
    return canvas.scale.xs(outline.start[at]), canvas.scale.xs(outline.end[at])


def _way(canvas: Canvas, index: LinkIndex, at: int, draw_row: DrawRow) -> Way | None:
    """The way of one link; None where one of its ends has no dates."""
    before, after = int(index.predecessor[at]), int(index.successor[at])
    link_type = TYPES[int(index.type[at])]
    start = _end(canvas, before, at_start=link_type in AT_START)
    end = _end(canvas, after, at_start=link_type in TO_START)
    if start is None or end is None:
        return None
    critical = canvas.options.critical
    low, high = min(before, after), max(before, after)
    boxes = [box for row in range(low + 1, high) for box in draw_row(canvas, row).boxes] if high - low <= NEARBY else []
    points = route(start, end, boxes)
    tip = points[-1]
    head = arrow(tip, points[-2])
    shaft = (*points[:-1], (tip[0], (tip[1] + head[1][1]) / 2))
    is_critical = canvas.rows.id_at(before) in critical and canvas.rows.id_at(after) in critical
    return Way(shaft, head, is_critical)


def _around(points: tuple[Point, ...], edges: npt.NDArray[np.float64]) -> list[tuple[Point, ...]]:
    """A line in pieces that leave out the words it would cross. Only what runs down can meet any: what runs across runs
    between two rows."""
    pieces: list[list[Point]] = [[points[0]]]
    for (x, y0), (x1, y1) in pairwise(points):
        if x == x1 and len(edges):
            low, high = min(y0, y1), max(y0, y1)
            met = edges[(edges[:, 0] - 1 <= x) & (edges[:, 2] + 1 >= x) & (edges[:, 1] < high) & (edges[:, 3] > low)]
            for _, top, _, bottom in (met if y1 >= y0 else met[::-1]).tolist():
                top, bottom = max(top - 1, low), min(bottom + 1, high)
                meets, leaves = (top, bottom) if y1 >= y0 else (bottom, top)
                pieces[-1].append((x, meets))
                pieces.append([(x, leaves)])
        pieces[-1].append((x1, y1))
    return [tuple(piece) for piece in pieces]


def _end(canvas: Canvas, row: int, *, at_start: bool) -> End | None:
    """Where a link meets a row: just inside the bar's edge, or the middle of a mark. None where the row has no dates."""
    outline, where, view = canvas.rows.outline, int(canvas.rows.shown[row]), canvas.view
    finish = int(outline.end[where])
    if finish == NO_INSTANT:
        return None
    top = view.top(row)
    right = canvas.scale.x(finish)
    kind = int(outline.kind[where])
    if kind == RowKind.MILESTONE:
        return End(right, top, top + view.row_height, canvas.half)
    left = min(canvas.scale.x(int(outline.start[where])), right)
    inset = min(4.0, (right - left) / 2)
    half = canvas.half if kind == RowKind.ITEM else 5.0
    return End(left + inset if at_start else right - inset, top, top + view.row_height, half)
