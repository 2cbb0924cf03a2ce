"""The dependency lines of a roadmap as shapes: behind the bars, never through a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.canvas import BEYOND, Canvas, RowShapes, Way
from milestone_desktop.chart.outline import NO_INSTANT
from milestone_desktop.chart.routes import TYPES, End, LinkIndex, arrow, beneath, route
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import Box, Point, Polygon, Polyline, Shape
from milestone_desktop.domain.enums import LinkType

MOST_LINKS = 400
"""Links drawn at once; where more are in view, those with both ends in it come first."""

NEARBY = 6
"""A link over so many rows at most looks for a way around the words between; a longer one makes way where it meets one."""

_CODES_AT_START = [TYPES.index(kind) for kind in (LinkType.SS, LinkType.SF)]
_CODES_TO_START = [TYPES.index(kind) for kind in (LinkType.FS, LinkType.SS)]

DrawRow = Callable[[Canvas, int], RowShapes]


def link_shapes(canvas: Canvas, index: LinkIndex, words: Sequence[Box], draw_row: DrawRow) -> list[Shape]:
    """The dependency lines in view; critical ones in front, and arrow heads before lines of their colour, so that lines
    can be painted at one go. words: the areas of the words in view; draw_row: gives what is drawn in a row, in view or not.
    """
    chosen = _chosen(canvas, index)
    fresh = np.array([at for at in chosen.tolist() if at not in canvas.drawn.links], np.int64)
    if len(fresh):
        canvas.drawn.links.update(_ways(canvas, index, fresh, draw_row))
    found = [(int(index.id[at]), way) for at in chosen.tolist() if (way := canvas.drawn.links[at]) is not None]
    edges = np.array([(box.left, box.top, box.right, box.bottom) for box in words], np.float64).reshape(-1, 4)
    meeting = _meeting([way for _, way in found], edges)
    layers: tuple[list[Shape], list[Shape]] = ([], [])
    for is_critical, shapes in zip((False, True), layers, strict=True):
        token, width = ("link-critical", 1.5) if is_critical else ("link", 1.25)
        for number, (link_id, way) in enumerate(found):
            if way.critical is is_critical:
                pieces = _around(way.points, edges) if number in meeting else [way.points]
                shapes += [Polyline(piece, token, width, 3.0, owner=link_id, role="link") for piece in pieces]
        shapes += [Polygon(way.head, token, owner=link_id, role="link") for link_id, way in found if way.critical is is_critical]
    return layers[0] + layers[1]


def _meeting(ways: Sequence[Way], edges: npt.NDArray[np.float64]) -> set[int]:
    """The numbers of the ways that run down through words, all looked at together."""
    pieces = [
        (number, x, min(y0, y1), max(y0, y1))
        for number, way in enumerate(ways)
        for (x, y0), (x1, y1) in pairwise(way.points)
        if x == x1
    ]
    if not pieces or not len(edges):
        return set()
    number, x, low, high = (column[:, None] for column in np.array(pieces, np.float64).T)
    left, top, right, bottom = edges.T
    met = ((left - 1 <= x) & (right + 1 >= x) & (top < high) & (bottom > low)).any(axis=1)
    return set(number[met, 0].astype(int).tolist())


def _chosen(canvas: Canvas, index: LinkIndex) -> npt.NDArray[np.int64]:
    """The links to draw: of those that touch the rows in view the ones whose two ends do not lie on one side of it."""
    view = canvas.view
    found = index.between(view.first_row, view.last_row)
    start, end = _xs(canvas, index.before[found]), _xs(canvas, index.after[found])
    seen = (np.maximum(start[1], end[1]) >= -BEYOND) & (np.minimum(start[0], end[0]) <= view.width + BEYOND)
    found = found[seen]
    if len(found) > MOST_LINKS:
        inside = (index.predecessor[found] >= view.first_row) & (index.predecessor[found] <= view.last_row)
        inside &= (index.successor[found] >= view.first_row) & (index.successor[found] <= view.last_row)
        found = np.sort(found[(~inside).argsort(kind="stable")][:MOST_LINKS])
    return found


def _xs(canvas: Canvas, at: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    outline = canvas.rows.outline
    return canvas.scale.xs(outline.start[at]), canvas.scale.xs(outline.end[at])


def _ways(canvas: Canvas, index: LinkIndex, links: npt.NDArray[np.int64], draw_row: DrawRow) -> dict[int, Way | None]:
    """The ways of some links; None where one of the ends has no dates."""
    before, after, kinds = index.predecessor[links], index.successor[links], index.type[links]
    from_start, to_start = np.isin(kinds, _CODES_AT_START), np.isin(kinds, _CODES_TO_START)
    places = index.before[links], index.after[links]
    starts, ends = _ends(canvas, before, places[0], from_start), _ends(canvas, after, places[1], to_start)
    critical = _critical(canvas, *places)
    found: dict[int, Way | None] = {}
    for at, first, last, start, end, is_critical in zip(
        links.tolist(), before.tolist(), after.tolist(), starts, ends, critical, strict=True
    ):
        if start is None or end is None:
            found[at] = None
            continue
        low, high = min(first, last), max(first, last)
        boxes = [box for row in range(low + 1, high) for box in draw_row(canvas, row).boxes] if high - low <= NEARBY else []
        points = route(start, end, boxes) if first != last else beneath(start, end)
        tip = points[-1]
        head = arrow(tip, points[-2])
        shaft = (*points[:-1], (tip[0], (tip[1] + head[1][1]) / 2))
        found[at] = Way(shaft, head, is_critical)
    return found


def _critical(canvas: Canvas, before: npt.NDArray[np.int64], after: npt.NDArray[np.int64]) -> list[bool]:
    """Which links are drawn as critical: those between two critical activities."""
    critical, ids = canvas.options.critical, canvas.rows.outline.ids
    if not critical:
        return [False] * len(before)
    ends = zip(ids[before].tolist(), ids[after].tolist(), strict=True)
    return [one in critical and other in critical for one, other in ends]


def _ends(
    canvas: Canvas, rows: npt.NDArray[np.int64], place: npt.NDArray[np.int64], at_start: npt.NDArray[np.bool_]
) -> list[End | None]:
    """Where links meet rows: just inside a bar's edge, or the middle of a mark. None where a row has no dates."""
    outline, view = canvas.rows.outline, canvas.view
    kind, dated = outline.kind[place], outline.end[place] != NO_INSTANT
    right = canvas.scale.xs(outline.end[place])
    left = np.minimum(canvas.scale.xs(outline.start[place]), right)
    inset = np.minimum(4.0, (right - left) / 2)
    point = kind == RowKind.MILESTONE
    x = np.where(point, right, np.where(at_start, left + inset, right - inset))
    half = np.where(point, canvas.half, np.where(kind == RowKind.ITEM, canvas.bar_half, 5.0))
    height = view.row_height
    return [
        End(across, view.top(row), view.top(row) + height, reach) if known else None
        for across, row, reach, known in zip(x.tolist(), rows.tolist(), half.tolist(), dated.tolist(), strict=True)
    ]


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
