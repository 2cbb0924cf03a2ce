"""The dependency lines of a roadmap as shapes: behind the bars, never through a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.canvas import BEYOND, Canvas, RowWords
from milestone_desktop.chart.routes import TYPES, End, LinkIndex, LinkRows, arrow, route
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import Box, Bundle, Point, Polygon, Polyline, Repeated, Shape, side_by_side, tidied
from milestone_desktop.domain.enums import LinkType

MOST_LINKS = 400
"""Links drawn at once; where more are in view, those with both ends in it come first."""

NEARBY = 6
"""A link over so many rows at most looks for a way around the words between; a longer one makes way where it meets one."""

RADIUS, HEAD = 3.0, 5.0
"""Of the corners, and the length of the arrow head, in px."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Points = npt.NDArray[np.float64]
"""n × 4 × 2: four points of each of n ways."""

_CODES_AT_START = [TYPES.index(kind) for kind in (LinkType.SS, LinkType.SF)]
_CODES_TO_START = [TYPES.index(kind) for kind in (LinkType.FS, LinkType.SS)]

RowWordsOf = Callable[[Canvas, int], RowWords]


@dataclass(frozen=True, slots=True)
class _Ends:
    """Where links meet their two rows, as columns: out of (x, y) at the predecessor's edge, into (x, y) at the successor's.

    gap: the y between rows along which each runs across. before, after: the rows; first, last: indexes of the two ends into
    the outline; down: it comes down to the successor.
    """

    first: Ints
    last: Ints
    before: Ints
    after: Ints
    out_x: Floats
    out_y: Floats
    gap: Floats
    in_x: Floats
    in_y: Floats
    down: npt.NDArray[np.bool_]


def link_shapes(canvas: Canvas, index: LinkIndex, words: Sequence[Box], words_of: RowWordsOf) -> list[Shape]:
    """The dependency lines in view; critical ones in front, and arrow heads before lines of their colour. words: the areas
    of the words in view; words_of: gives what is written on a row, in view or not.

    Hundreds of links can be in view, so those that need not look for a way are made all together.
    """
    links, ends = _ends(canvas, _chosen(canvas, index))
    edges = np.array([(box.left, box.top, box.right, box.bottom) for box in words], np.float64).reshape(-1, 4)
    points = _points(ends)
    boxed = _boxed(canvas, ends, words_of)
    single = boxed | _meeting(points, edges)
    critical, met = _critical(canvas, ends), edges.tolist()
    shapes: list[Shape] = []
    for is_critical in (False, True):
        token, width = ("link-critical", 1.5) if is_critical else ("link", 1.25)
        mine = critical == is_critical
        plain = np.flatnonzero(mine & ~single)
        if len(plain):
            owners = tuple(links.id[plain].tolist())
            shapes.append(Bundle(points[plain], token, width, RADIUS, owners, "link"))
        for at in np.flatnonzero(mine & single).tolist():
            way = _found_way(canvas, ends, at, words_of) if boxed[at] else tidied([(x, y) for x, y in points[at].tolist()])
            owner = int(links.id[at])
            shapes += [Polyline(piece, token, width, RADIUS, owner=owner, role="link") for piece in _around(way, met)]
        for downwards in (False, True):
            heads = np.flatnonzero(mine & (ends.down == downwards))
            if len(heads):
                places = side_by_side(ends.in_x[heads], ends.in_y[heads])
                head = Polygon(arrow((0.0, 0.0), (0.0, -1.0 if downwards else 1.0)), token, role="link")
                shapes.append(Repeated(head, places, tuple(links.id[heads].tolist())))
    return shapes


def _points(ends: _Ends) -> Points:
    """The ways of links that nothing is in the way of: along the predecessor's edge to the gap beside the successor, across,
    and into the successor; straight where the two stand nearly over each other. They end in the middle of the head."""
    x = np.where(np.abs(ends.out_x - ends.in_x) < 1.5, ends.in_x, ends.out_x)
    tip = ends.in_y + np.where(ends.down, -HEAD / 2, HEAD / 2)
    points = np.empty((len(x), 4, 2))
    for at, (across, down) in enumerate(((x, ends.out_y), (x, ends.gap), (ends.in_x, ends.gap), (ends.in_x, tip))):
        points[:, at, 0], points[:, at, 1] = across, down
    return points


def _boxed(canvas: Canvas, ends: _Ends, words_of: RowWordsOf) -> npt.NDArray[np.bool_]:
    """Which links look for a way around words: short ones, where a row between has any."""
    low, high = np.minimum(ends.before, ends.after), np.maximum(ends.before, ends.after)
    short = (high - low > 1) & (high - low <= NEARBY)
    if not short.any():
        return short
    first, stop = int(low[short].min()), int(high[short].max())
    wordy = np.cumsum([bool(words_of(canvas, row).boxes) for row in range(first, stop)])
    found = np.zeros(len(low), np.bool_)
    found[short] = wordy[high[short] - 1 - first] > wordy[low[short] - first]
    return found


def _found_way(canvas: Canvas, ends: _Ends, at: int, words_of: RowWordsOf) -> tuple[Point, ...]:
    """The way of one link around the words between its rows."""
    first, last = sorted((int(ends.before[at]), int(ends.after[at])))
    boxes = [box for row in range(first + 1, last) for box in words_of(canvas, row).boxes]
    view, height = canvas.view, canvas.view.row_height
    rows = ((int(ends.before[at]), float(ends.out_x[at]), float(ends.out_y[at])),
            (int(ends.after[at]), float(ends.in_x[at]), float(ends.in_y[at])))  # fmt: skip
    start, end = (End(x, view.top(row), view.top(row) + height, abs(y - view.top(row) - height / 2)) for row, x, y in rows)
    points = route(start, end, boxes)
    tip = points[-1]
    return (*points[:-1], (tip[0], tip[1] + (-HEAD / 2 if points[-2][1] <= tip[1] else HEAD / 2)))


def _meeting(points: Points, edges: Floats) -> npt.NDArray[np.bool_]:
    """Which ways run down through words."""
    if not len(edges) or not len(points):
        return np.zeros(len(points), np.bool_)
    x, y = points[:, (0, 2), 0, None], points[:, :, 1]
    low = np.minimum(y[:, ::2], y[:, 1::2])[:, :, None]
    high = np.maximum(y[:, ::2], y[:, 1::2])[:, :, None]
    left, top, right, bottom = edges.T
    found: npt.NDArray[np.bool_] = ((left - 1 <= x) & (right + 1 >= x) & (top < high) & (bottom > low)).any(axis=(1, 2))
    return found


def _critical(canvas: Canvas, ends: _Ends) -> npt.NDArray[np.bool_]:
    """Which links join two critical activities."""
    critical = canvas.options.critical
    if not critical:
        return np.zeros(len(ends.before), np.bool_)
    ids = canvas.rows.outline.ids
    pairs = zip(ids[ends.first].tolist(), ids[ends.last].tolist(), strict=True)
    return np.array([before in critical and after in critical for before, after in pairs], np.bool_)


def _chosen(canvas: Canvas, index: LinkIndex) -> LinkRows:
    """The links to draw: of those that touch the rows in view the ones whose two ends do not lie on one side of it."""
    view = canvas.view
    found = index.between(view.first_row, view.last_row)
    start, end = _xs(canvas, found.before), _xs(canvas, found.after)
    found = found.at((np.maximum(start[1], end[1]) >= -BEYOND) & (np.minimum(start[0], end[0]) <= view.width + BEYOND))
    if len(found.id) > MOST_LINKS:
        inside = (found.predecessor >= view.first_row) & (found.predecessor <= view.last_row)
        inside &= (found.successor >= view.first_row) & (found.successor <= view.last_row)
        found = found.at(np.sort((~inside).argsort(kind="stable")[:MOST_LINKS]))
    return found


def _xs(canvas: Canvas, places: Ints) -> tuple[Floats, Floats]:
    outline = canvas.rows.outline
    return canvas.scale.xs(outline.start[places]), canvas.scale.xs(outline.end[places])


def _ends(canvas: Canvas, links: LinkRows) -> tuple[LinkRows, _Ends]:
    """Where links leave and enter rows, and of which links: those whose two ends have dates. Between two items that share a
    row the way goes down, along below them, and up again."""
    end = canvas.rows.outline.end
    links = links.at((end[links.before] != NO_INSTANT) & (end[links.after] != NO_INSTANT))
    before, after = links.predecessor, links.successor
    out_x, out_half = _edge(canvas, links.before, np.isin(links.type, _CODES_AT_START))
    in_x, in_half = _edge(canvas, links.after, np.isin(links.type, _CODES_TO_START))
    view, height = canvas.view, canvas.view.row_height
    out_top, in_top = (view.offset + (rows - view.first_row).astype(np.float64) * height for rows in (before, after))
    shared, below = before == after, in_top >= out_top
    down = below & ~shared
    gap = np.where(down, in_top + 2, in_top + height - 2)
    out_y = out_top + height / 2 + np.where(below, out_half, -out_half)
    in_y = in_top + height / 2 - np.where(down, in_half, -in_half)
    return links, _Ends(links.before, links.after, before, after, out_x, out_y, gap, in_x, in_y, down)


def _edge(canvas: Canvas, places: Ints, at_start: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Where links meet rows, just inside a bar's edge, or the middle of a mark, and half the height of what is there."""
    outline = canvas.rows.outline
    kind = outline.kind[places]
    left, right = _xs(canvas, places)
    left = np.minimum(left, right)
    inset = np.minimum(4.0, (right - left) / 2)
    point = kind == RowKind.MILESTONE
    x = np.where(point, right, np.where(at_start, left + inset, right - inset))
    return x, np.where(point, canvas.half, np.where(kind == RowKind.ITEM, canvas.bar_half, 5.0))


def _around(points: tuple[Point, ...], edges: Sequence[Sequence[float]]) -> list[tuple[Point, ...]]:
    """A line in pieces that leave out the words it would cross, given by left, top, right and bottom. Only what runs down can
    meet any: what runs across runs between two rows."""
    pieces: list[list[Point]] = [[points[0]]]
    for (x, y0), (x1, y1) in pairwise(points):
        if x == x1:
            low, high = min(y0, y1), max(y0, y1)
            met = [edge for edge in edges if edge[0] - 1 <= x <= edge[2] + 1 and edge[1] < high and edge[3] > low]
            for _, top, _, bottom in met if y1 >= y0 else met[::-1]:
                top, bottom = max(top - 1, low), min(bottom + 1, high)
                meets, leaves = (top, bottom) if y1 >= y0 else (bottom, top)
                pieces[-1].append((x, meets))
                pieces.append([(x, leaves)])
        pieces[-1].append((x1, y1))
    return [tuple(piece) for piece in pieces]
