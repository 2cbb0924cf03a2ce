"""Upright and level lines, and areas with square corners: whole pixels of the screen, filled many at a time.

Qt fills an area many times faster than it draws a line, and an area given in whole numbers faster than any other; the
corners where lines turn are sprites.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from milestone_desktop.chart.shapes import Boxes, Bundle, Floats, Line, Polyline, Rect, Segments
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.sprites import Kept, Surface, Whole

FEW = 32
"""So few areas are left to Qt to be cut off where they do not show."""

Turn = tuple[int, int, int, int]
"""Where a line turns: from where it enters and to where it leaves, as seen from the corner, in pixels of the screen."""

Turning = tuple[int, int, Turn]
"""The cell of a corner, and its turn."""

Area = tuple[int, int, int, int]
"""Left, top, width and height in pixels of the screen."""


def is_straight(shape: Line | Polyline) -> bool:
    """Whether a line runs only upright and level."""
    if isinstance(shape, Line):
        return shape.x1 == shape.x2 or shape.y1 == shape.y2
    return all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(shape.points))


def paint_areas(on: Surface, shapes: Iterable[Rect], inks: Inks) -> None:
    """Plain areas of one colour."""
    rows = list(shapes)
    places = np.array([(shape.x, shape.y, shape.width, shape.height) for shape in rows])
    paint_boxes(on, Boxes(places, rows[0].fill), inks)


def paint_boxes(on: Surface, boxes: Boxes, inks: Inks) -> None:
    """Areas of one colour, each filled from one whole pixel of the screen to another, one wide and high at least."""
    if boxes.fill is None or not len(boxes.places):
        return
    at = boxes.places[:, :2]
    corners = np.rint(np.concatenate((at, at + boxes.places[:, 2:]), axis=1) * on.ratio).astype(np.int64)
    corners[:, 2:] = np.maximum(corners[:, 2:], corners[:, :2] + 1)
    _fill(on, corners, inks, boxes.fill)


def paint_stripes(on: Surface, area: QRect, ground: str, stripes: Boxes, inks: Inks) -> None:
    """A background and areas of one colour on it that all have the same upper and lower edge. Filling each would cost by its
    height; so one line of pixels is made and laid down over and over."""
    ratio, painter = int(on.ratio), on.painter
    left, top, width, height = (side * ratio for side in (area.x(), area.y(), area.width(), area.height()))
    begin = np.rint(stripes.places[:, 0] * ratio).astype(np.int64) - left
    end = np.maximum(np.rint((stripes.places[:, 0] + stripes.places[:, 2]) * ratio).astype(np.int64) - left, begin + 1)
    changes = np.zeros(width + 1, np.int64)
    np.add.at(changes, np.clip(begin, 0, width), 1)
    np.subtract.at(changes, np.clip(end, 0, width), 1)
    upper, lower = (round((stripes.places[0, 1] + down) * ratio) for down in (0.0, stripes.places[0, 3]))
    upper, lower = min(max(upper, top), top + height), min(max(lower, top), top + height)
    plain, covered = inks.brush(ground).color().rgb(), inks.brush(stripes.fill or ground).color().rgb()
    line = QImage(width, 1, QImage.Format.Format_RGB32)
    np.frombuffer(line.bits(), np.uint32)[:] = np.where(np.cumsum(changes[:-1]) > 0, covered, plain)
    on.in_pixels()
    painter.drawTiledPixmap(left, upper, width, lower - upper, QPixmap.fromImage(line))
    for first, last in ((top, upper), (lower, top + height)):
        if last > first:
            painter.fillRect(left, first, width, last - first, inks.brush(ground))


def paint_segments(on: Surface, lines: Segments, inks: Inks) -> None:
    """Upright and level lines of one look."""
    if len(lines.ends):
        wide = _whole_width(on, lines.stroke_width)
        _fill(on, _lines(lines.ends * on.ratio, wide), inks, lines.stroke)


def paint_straight(on: Surface, shapes: Sequence[Line | Polyline], inks: Inks) -> None:
    """The same for lines that are given one by one, and may turn."""
    look, ratio = shapes[0], on.ratio
    wide = _whole_width(on, look.stroke_width)
    lines = np.array([(shape.x1, shape.y1, shape.x2, shape.y2) for shape in shapes if isinstance(shape, Line)]).reshape(-1, 4)
    areas: list[Area] = []
    turns: list[Turning] = []
    for shape in shapes:
        if isinstance(shape, Polyline):
            cells = [(round(x * ratio - wide / 2), round(y * ratio - wide / 2)) for x, y in shape.points]
            _add_pieces(cells, int(shape.radius * ratio), wide, areas, turns)
    _fill(on, _lines(lines * ratio, wide), inks, look.stroke)
    _fill_each(on, areas, inks, look.stroke)
    _paint_turns(on, turns, inks, look.stroke, wide)


def paint_bundle(on: Surface, bundle: Bundle, inks: Inks) -> None:
    """The same for lines that are alike in their turns and so are worked out all together."""
    wide = _whole_width(on, bundle.stroke_width)
    radius = int(bundle.radius * on.ratio)
    cells = np.rint(bundle.points * on.ratio - wide / 2).astype(np.int64)
    ways = cells[:, 1:] - cells[:, :-1]  # from each point to the next: (0, down), (across, 0), (0, down)
    lengths = np.abs(ways).sum(axis=2)
    curves = np.minimum(np.minimum(lengths[:, :-1], lengths[:, 1:]) // 2, radius)
    signs = np.sign(ways)
    trims = np.zeros((len(cells), 4), np.int64)
    trims[:, 1:3] = curves
    begins = cells[:, :-1] + signs * trims[:, :-1, None]
    ends = cells[:, 1:] - signs * trims[:, 1:, None]
    there = (lengths > 0).reshape(-1)
    pieces = _pieces(begins.reshape(-1, 2)[there], ends.reshape(-1, 2)[there], wide)
    turning = np.flatnonzero(curves.reshape(-1) > 0)
    row, number = turning // 2, turning % 2
    by = curves[row, number, None]
    at, enters, leaves = cells[row, number + 1], -signs[row, number] * by, signs[row, number + 1] * by
    seen = on.touched(np.concatenate((at - radius - wide, at + radius + 2 * wide), axis=1))
    turns = np.concatenate((at, enters, leaves), axis=1)[seen].tolist()
    _fill(on, pieces, inks, bundle.stroke)
    _paint_turns(on, [(x, y, (a, b, c, d)) for x, y, a, b, c, d in turns], inks, bundle.stroke, wide)


def _whole_width(on: Surface, width: float) -> int:
    """The width of a line in whole pixels of the screen, one at least."""
    return max(1, round(width * on.ratio))


def _lines(ends: Floats, wide: int) -> Whole:
    """Straight lines as areas: left, top, right and bottom. ends: x and y of where each begins and ends, in pixels of the
    screen; one of nearly no length is a dot."""
    low, high = np.minimum(ends[:, :2], ends[:, 2:]), np.maximum(ends[:, :2], ends[:, 2:])
    across = np.where((ends[:, 0] == ends[:, 2])[:, None], (True, False), (False, True))
    begins = np.rint(np.where(across, low - wide / 2, low)).astype(np.int64)
    stops = np.where(across, begins + wide, np.maximum(np.rint(high).astype(np.int64), begins + 1))
    return np.concatenate((begins, stops), axis=1)


def _pieces(begins: Whole, ends: Whole, wide: int) -> Whole:
    """Pieces of lines that turn as areas: left, top, right and bottom. They are given by the cells, `wide` pixels to each
    side, in whose middle they begin and end."""
    upright = (begins[:, 0] == ends[:, 0])[:, None]
    low, high = np.minimum(begins, ends), np.maximum(begins, ends)
    begin, stop = wide // 2, (wide + 1) // 2
    return np.concatenate(
        (low + np.where(upright, (0, begin), (begin, 0)), high + np.where(upright, (wide, stop), (stop, wide))), axis=1
    )


def _fill(on: Surface, boxes: Whole, inks: Inks, token: str) -> None:
    """Areas given by left, top, right and bottom, as far as they show."""
    if len(boxes) > FEW:
        boxes = boxes[on.touched(boxes)]
    boxes[:, 2:] -= boxes[:, :2]
    _fill_each(on, boxes.tolist(), inks, token)


def _fill_each(on: Surface, areas: Sequence[Sequence[int]], inks: Inks, token: str) -> None:
    if not areas:
        return
    on.in_pixels()
    on.painter.setPen(inks.pen("none"))
    on.painter.setBrush(inks.brush(token))
    fill: Callable[[int, int, int, int], None] = on.painter.drawRect
    for left, top, width, height in areas:
        fill(left, top, width, height)


def _paint_turns(on: Surface, turns: Iterable[Turning], inks: Inks, stroke: str, wide: int) -> None:
    """The curves where lines turn."""
    on.in_pixels()
    lay, known, ratio = on.painter.drawImage, dict[Turn, Kept](), on.ratio
    for x, y, turn in turns:
        kept = known.get(turn)
        if kept is None:
            kept = known[turn] = _curve(turn, ratio, inks, stroke, wide)
        picture, back, up = kept
        lay(x - back, y - up, picture)


def _curve(turn: Turn, ratio: float, inks: Inks, stroke: str, wide: int) -> Kept:
    """The sprite of a curve, which stands in the cell of its corner."""
    enter_x, enter_y, leave_x, leave_y = (way / ratio for way in turn)
    width = wide / ratio

    def draw(painter: QPainter, x: float, y: float) -> None:
        middle_x, middle_y = x + width / 2, y + width / 2
        path = QPainterPath(QPointF(middle_x + enter_x, middle_y + enter_y))
        path.quadTo(middle_x, middle_y, middle_x + leave_x, middle_y + leave_y)
        painter.strokePath(path, inks.pen(stroke, width))

    across, down = (0.0, enter_x, leave_x), (0.0, enter_y, leave_y)
    reach = (min(across) - width, min(down) - width, max(across) + 2 * width, max(down) + 2 * width)
    return inks.sprites.one(ratio, (turn, stroke, wide), reach, draw)


def _add_pieces(cells: Sequence[tuple[int, int]], radius: int, wide: int, areas: list[Area], turns: list[Turning]) -> None:
    """The straight pieces of one line as areas, and its corners."""
    before, last = 0, len(cells) - 2
    begin, both = wide // 2, wide // 2 + (wide + 1) // 2
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(cells)):
        after, length = 0, abs(x2 - x1) + abs(y2 - y1)
        across, down = _sign(x2 - x1), _sign(y2 - y1)
        if number < last:
            x3, y3 = cells[number + 2]
            after = min(radius, length // 2, (abs(x3 - x2) + abs(y3 - y2)) // 2)
            if after:
                turns.append((x2, y2, (-across * after, -down * after, _sign(x3 - x2) * after, _sign(y3 - y2) * after)))
        if length:
            ends_x = sorted((x1 + across * before, x2 - across * after))
            ends_y = sorted((y1 + down * before, y2 - down * after))
            if across:
                areas.append((ends_x[0] + begin, y1, ends_x[1] - ends_x[0] + both - begin, wide))
            else:
                areas.append((x1, ends_y[0] + begin, wide, ends_y[1] - ends_y[0] + both - begin))
        before = after


def _sign(way: int) -> int:
    return (way > 0) - (way < 0)
