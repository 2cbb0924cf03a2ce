"""Draws chart shapes with QPainter. Text is measured here too, so that what was placed is what is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import Protocol, cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QStaticText,
    QTransform,
)

from milestone_desktop.chart.shapes import Bundle, Line, Point, Polygon, Polyline, Rect, Repeated, Shape, Text, TextStyle
from milestone_desktop.chart.svg import rounded_path
from milestone_desktop.desktop.theme import ui_font
from milestone_desktop.desktop.timeline.sprites import LARGEST, Sprites, Surface

POINTS_PER_INCH = 72

_Corners = dict[tuple[Point, Point], list[Point]]
"""Where lines turn, by where the curve begins and ends as seen from there."""


class Colours(Protocol):
    """What gives colours by token name: a theme."""

    def color(self, token: str) -> QColor: ...


class Inks:
    """Pens, brushes, fonts and sprites of one theme, each made once; and the width of each text, measured once."""

    REMEMBERED_WIDTHS = 20_000
    REMEMBERED_LINES = 4_000

    def __init__(self, theme: Colours) -> None:
        self._theme = theme
        self.sprites = Sprites()
        self._pens: dict[tuple[str, float, tuple[float, ...]], QPen] = {}
        self._brushes: dict[str, QBrush] = {}
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._metrics: dict[tuple[float, int], QFontMetricsF] = {}
        self._widths: dict[tuple[str, float, int], float] = {}
        self._lines: dict[tuple[str, float, int], tuple[QStaticText, float]] = {}

    def pen(self, token: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
        """A pen in a token's colour; dash: lengths in pixels."""
        key = (token, width, dash)
        pen = self._pens.get(key)
        if pen is None:
            pen = QPen(self._theme.color(token), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
            if dash:
                pen.setDashPattern([length / width for length in dash])
            self._pens[key] = pen
        return pen

    def brush(self, token: str) -> QBrush:
        """The brush of a token; "none" leaves everything as it is."""
        brush = self._brushes.get(token)
        if brush is None:
            made = QBrush(Qt.BrushStyle.NoBrush) if token == "none" else QBrush(self._theme.color(token))
            brush = self._brushes[token] = made
        return brush

    def font(self, style: TextStyle) -> QFont:
        key = (style.size, style.weight)
        font = self._fonts.get(key)
        if font is None:
            font = self._fonts[key] = _font(style)
        return font

    def line(self, text: str, style: TextStyle) -> tuple[QStaticText, float] | None:
        """A text laid out once, and how far its baseline lies below its upper edge. None for letters that the style's own
        font may lack: another font's have their baseline elsewhere."""
        if not text.isascii():
            return None
        key = (text, style.size, style.weight)
        line = self._lines.get(key)
        if line is None:
            if len(self._lines) >= self.REMEMBERED_LINES:
                self._lines.clear()
            laid = QStaticText(text)
            laid.setTextFormat(Qt.TextFormat.PlainText)
            laid.prepare(QTransform(), self.font(style))
            line = self._lines[key] = (laid, self._metrics_of(style).ascent())
        return line

    def _metrics_of(self, style: TextStyle) -> QFontMetricsF:
        key = (style.size, style.weight)
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = QFontMetricsF(self.font(style))
        return metrics

    def measure(self, text: str, style: TextStyle) -> float:
        """The width of a text in pixels: the chart's `Measure`."""
        key = (text, style.size, style.weight)
        width = self._widths.get(key)
        if width is None:
            metrics = self._metrics_of(style)
            if len(self._widths) >= self.REMEMBERED_WIDTHS:
                self._widths.clear()
            width = self._widths[key] = metrics.horizontalAdvance(text)
        return width


def paint(painter: QPainter, shapes: Iterable[Shape], inks: Inks) -> None:
    """Draws shapes in their order. The painter's pen, brush and font are left as the last shape needed them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = Surface.of(painter)
    for look, run in groupby(shapes, _look):
        if look is None:
            for shape in run:
                _paint_one(on, shape, inks)
        elif len(look) == 1:
            _paint_areas(on, cast(Iterable[Rect], run), inks)
        else:
            _paint_straight(on, list(cast(Iterable[Line | Polyline], run)), inks)


def _look(shape: Shape) -> tuple[str | float, ...] | None:
    """What neighbours that are drawn at one go have in common: the fill of plain areas, colour and width of lines that run
    only upright and level. None for what is drawn by itself."""
    if isinstance(shape, Rect):
        return (shape.fill,) if shape.fill is not None and shape.stroke is None and shape.radius == 0 else None
    if isinstance(shape, (Line, Polyline)) and not shape.dash and _is_straight(shape):
        return shape.stroke, shape.stroke_width
    return None


def _paint_one(on: Surface, shape: Shape, inks: Inks) -> None:
    painter = on.painter
    match shape:
        case Rect():
            _paint_rect(painter, shape, inks)
        case Line():
            painter.setPen(inks.pen(shape.stroke, shape.stroke_width, shape.dash))
            painter.drawLine(QLineF(shape.x1, shape.y1, shape.x2, shape.y2))
        case Text():
            _paint_text(painter, shape, inks)
        case Polyline():
            painter.setPen(inks.pen(shape.stroke, shape.stroke_width, shape.dash))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_rounded(shape.points, shape.radius))
        case Polygon():
            x, y = shape.points[0]
            _paint_polygons(on, shape, _around(shape.points, x, y), ((x, y),), inks)
        case Repeated():
            _paint_polygons(on, shape.pattern, shape.pattern.points, shape.places, inks)
        case Bundle():
            _paint_bundle(on, shape, inks)


def _around(points: Sequence[Point], x: float, y: float) -> tuple[Point, ...]:
    """The points as seen from (x, y), to a 64th of a pixel, so that equal outlines are recognised."""
    return tuple([(round((across - x) * 64) / 64, round((down - y) * 64) / 64) for across, down in points])


def _paint_polygons(on: Surface, look: Polygon, outline: Sequence[Point], places: Sequence[Point], inks: Inks) -> None:
    """A closed shape at each of some places: where it is small, from a sprite."""

    def draw(painter: QPainter, x: float, y: float) -> None:
        _dip(painter, look.fill, look.stroke, look.stroke_width, look.dash, inks)
        painter.drawPolygon(QPolygonF([QPointF(x + across, y + down) for across, down in outline]))

    across, down = [x for x, _ in outline], [y for _, y in outline]
    edge = look.stroke_width if look.stroke is not None else 0.0
    reach = (min(across) - edge, min(down) - edge, max(across) + edge, max(down) + edge)
    if on.whole and max(reach[2] - reach[0], reach[3] - reach[1]) <= LARGEST:
        inks.sprites.put(on, places, (outline, look.fill, look.stroke, look.stroke_width, look.dash), reach, draw)
        return
    for x, y in places:
        draw(on.painter, x, y)


def _paint_areas(on: Surface, shapes: Iterable[Rect], inks: Inks) -> None:
    """Plain areas of one colour, each filled from one whole pixel of the screen to another."""
    ratio = on.ratio
    boxes: list[QRectF] = []
    fill: str | None = None
    for shape in shapes:
        fill = shape.fill
        left, top = round(shape.x * ratio), round(shape.y * ratio)
        right, bottom = round((shape.x + shape.width) * ratio), round((shape.y + shape.height) * ratio)
        boxes.append(QRectF(left / ratio, top / ratio, max(right - left, 1) / ratio, max(bottom - top, 1) / ratio))
    if fill is not None:
        _fill(on.painter, boxes, inks, fill)


def _fill(painter: QPainter, boxes: list[QRectF], inks: Inks, token: str) -> None:
    """Areas of whole pixels, all at one go."""
    if len(boxes) == 1:
        painter.fillRect(boxes[0], inks.brush(token))
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.brush(token))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawRects(boxes)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _is_straight(shape: Line | Polyline) -> bool:
    """Whether a line runs only upright and level."""
    if isinstance(shape, Line):
        return shape.x1 == shape.x2 or shape.y1 == shape.y2
    return all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(shape.points))


def _paint_straight(on: Surface, shapes: Sequence[Line | Polyline], inks: Inks) -> None:
    """Upright and level lines of one look. They are areas of whole pixels, filled all together, which Qt does many times
    faster than it draws lines; the corners between them are sprites."""
    look, ratio = shapes[0], on.ratio
    width = _whole_width(on, look.stroke_width)
    half = width / 2
    pieces: list[QRectF] = []
    corners: _Corners = {}
    for shape in shapes:
        ends = ((shape.x1, shape.y1), (shape.x2, shape.y2)) if isinstance(shape, Line) else shape.points
        points = [(round((x - half) * ratio) / ratio + half, round((y - half) * ratio) / ratio + half) for x, y in ends]
        _add_pieces(points, 0.0 if isinstance(shape, Line) else shape.radius, half, pieces, corners)
    _fill(on.painter, pieces, inks, look.stroke)
    _paint_corners(on, corners, inks, look.stroke, width)


def _whole_width(on: Surface, width: float) -> float:
    """The width of a line to whole pixels of the screen, one at least."""
    return max(1, round(width * on.ratio)) / on.ratio


def _paint_corners(on: Surface, corners: _Corners, inks: Inks, stroke: str, width: float) -> None:
    """The curves where lines turn."""
    for (enters, leaves), places in corners.items():

        def draw(painter: QPainter, x: float, y: float, enters: Point = enters, leaves: Point = leaves) -> None:
            path = QPainterPath(QPointF(x + enters[0], y + enters[1]))
            path.quadTo(x, y, x + leaves[0], y + leaves[1])
            painter.strokePath(path, inks.pen(stroke, width))

        if on.whole:
            across, down = (0.0, enters[0], leaves[0]), (0.0, enters[1], leaves[1])
            reach = (min(across) - width, min(down) - width, max(across) + width, max(down) + width)
            inks.sprites.put(on, places, (stroke, width, enters, leaves), reach, draw)
        else:
            for x, y in places:
                draw(on.painter, x, y)


def _paint_bundle(on: Surface, bundle: Bundle, inks: Inks) -> None:
    """As `_paint_straight`, for lines that are alike in their turns and so are worked out all together."""
    width = _whole_width(on, bundle.stroke_width)
    half = width / 2
    points = np.round((bundle.points - half) * on.ratio) / on.ratio + half
    ways = points[:, 1:] - points[:, :-1]  # from each point to the next: (0, down), (across, 0), (0, down)
    lengths = np.abs(ways).sum(axis=2)
    curves = np.minimum(np.minimum(lengths[:, :-1], lengths[:, 1:]) / 2, bundle.radius)
    signs = np.sign(ways)
    trims = np.zeros((len(points), 4))
    trims[:, 1:3] = curves
    begins = points[:, :-1] + signs * trims[:, :-1, None]
    ends = points[:, 1:] - signs * trims[:, 1:, None]
    beyond = np.array([[half, 0.0], [0.0, half], [half, 0.0]])  # how far an area goes beyond the line's middle
    low, high = np.minimum(begins, ends) - beyond, np.maximum(begins, ends) + beyond
    seen = (lengths > 0) & (high[:, :, 0] >= on.left) & (low[:, :, 0] <= on.right)
    seen &= (high[:, :, 1] >= on.top) & (low[:, :, 1] <= on.bottom)
    boxes = np.concatenate((low, high - low), axis=2)[seen]
    _fill(on.painter, [QRectF(*box) for box in boxes.tolist()], inks, bundle.stroke)
    corners: _Corners = {}
    for number in (0, 1):
        at = points[:, number + 1]
        turned = (curves[:, number] > 0) & (at[:, 0] >= on.left - bundle.radius) & (at[:, 0] <= on.right + bundle.radius)
        turned &= (at[:, 1] >= on.top - bundle.radius) & (at[:, 1] <= on.bottom + bundle.radius)
        enters, leaves = -signs[turned, number], signs[turned, number + 1]
        by = curves[turned, number, None]
        found = zip((enters * by).tolist(), (leaves * by).tolist(), at[turned].tolist(), strict=True)
        for (enter_x, enter_y), (leave_x, leave_y), place in found:
            corners.setdefault(((enter_x, enter_y), (leave_x, leave_y)), []).append((place[0], place[1]))
    _paint_corners(on, corners, inks, bundle.stroke, width)


def _add_pieces(points: Sequence[Point], radius: float, half: float, pieces: list[QRectF], corners: _Corners) -> None:
    """The straight pieces of one line as areas, and its corners."""
    before = 0.0
    last = len(points) - 2
    for number, ((x1, y1), (x2, y2)) in enumerate(pairwise(points)):
        after = 0.0
        length = abs(x2 - x1) + abs(y2 - y1)
        if number < last:
            x3, y3 = points[number + 2]
            after = min(radius, length / 2, (abs(x3 - x2) + abs(y3 - y2)) / 2)
        if x1 == x2:
            low, high = (y1 + before, y2 - after) if y1 <= y2 else (y2 + after, y1 - before)
            pieces.append(QRectF(x1 - half, low, 2 * half, high - low))
        else:
            low, high = (x1 + before, x2 - after) if x1 <= x2 else (x2 + after, x1 - before)
            pieces.append(QRectF(low, y1 - half, high - low, 2 * half))
        if after > 0:
            curve = (_way((x2, y2), (x1, y1), after), _way((x2, y2), points[number + 2], after))
            corners.setdefault(curve, []).append((x2, y2))
        before = after


def _way(corner: Point, other: Point, by: float) -> Point:
    """The way of `by` px from a corner along the upright or level line to another."""
    if corner[0] == other[0]:
        return 0.0, math.copysign(by, other[1] - corner[1])
    return math.copysign(by, other[0] - corner[0]), 0.0


def _paint_rect(painter: QPainter, shape: Rect, inks: Inks) -> None:
    box = QRectF(shape.x, shape.y, shape.width, shape.height)
    if shape.stroke is None and shape.radius == 0:
        return
    _dip(painter, shape.fill, shape.stroke, shape.stroke_width, shape.dash, inks)
    if shape.radius:
        radius = min(shape.radius, shape.width / 2, shape.height / 2)
        painter.drawRoundedRect(box, radius, radius)
    else:
        painter.drawRect(box)


def _paint_text(painter: QPainter, shape: Text, inks: Inks) -> None:
    left = shape.x
    if shape.anchor != "start":
        width = inks.measure(shape.text, shape.style)
        left -= width / 2 if shape.anchor == "middle" else width
    painter.setFont(inks.font(shape.style))
    painter.setPen(inks.pen(shape.style.token))
    line = inks.line(shape.text, shape.style)
    if line is None:
        painter.drawText(QPointF(left, shape.baseline), shape.text)
    else:
        painter.drawStaticText(QPointF(left, shape.baseline - line[1]), line[0])


def _font(style: TextStyle) -> QFont:
    """A font of exactly the style's size; Qt takes fractions of a pixel only as points."""
    font = ui_font(round(style.size), QFont.Weight(style.weight))
    screen = QGuiApplication.primaryScreen()
    if style.size != round(style.size) and screen is not None:
        font.setPointSizeF(style.size * POINTS_PER_INCH / screen.logicalDotsPerInchY())
    return font


def _dip(painter: QPainter, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...], inks: Inks) -> None:
    """Takes the brush and the pen that a shape asks for."""
    if fill is None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setBrush(inks.brush(fill))
    if stroke is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        painter.setPen(inks.pen(stroke, width, dash))


def _rounded(points: tuple[Point, ...], radius: float) -> QPainterPath:
    path = QPainterPath()
    for command, ends in rounded_path(points, radius):
        if command == "M":
            path.moveTo(*ends[0])
        elif command == "L":
            path.lineTo(*ends[0])
        else:
            path.quadTo(*ends[0], *ends[1])
    return path
