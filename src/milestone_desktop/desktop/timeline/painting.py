"""Draws chart shapes with QPainter. Text is measured here too, so that what was placed is what is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPainterPath, QPen, QPolygonF

from milestone_desktop.chart.shapes import Line, Point, Polygon, Polyline, Rect, Shape, Text, TextStyle
from milestone_desktop.chart.svg import rounded_path
from milestone_desktop.desktop.theme import ui_font

POINTS_PER_INCH = 72


class Colours(Protocol):
    """What gives colours by token name: a theme."""

    def color(self, token: str) -> QColor: ...


class Inks:
    """Pens, brushes and fonts of one theme, each made once; and the width of each text, measured once."""

    REMEMBERED_WIDTHS = 20_000

    def __init__(self, theme: Colours) -> None:
        self._theme = theme
        self._pens: dict[tuple[str, float, tuple[float, ...]], QPen] = {}
        self._brushes: dict[str, QBrush] = {}
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._metrics: dict[tuple[float, int], QFontMetricsF] = {}
        self._widths: dict[tuple[str, float, int], float] = {}

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

    def measure(self, text: str, style: TextStyle) -> float:
        """The width of a text in pixels: the chart's `Measure`."""
        key = (text, style.size, style.weight)
        width = self._widths.get(key)
        if width is None:
            metrics = self._metrics.get(key[1:])
            if metrics is None:
                metrics = self._metrics[key[1:]] = QFontMetricsF(self.font(style))
            if len(self._widths) >= self.REMEMBERED_WIDTHS:
                self._widths.clear()
            width = self._widths[key] = metrics.horizontalAdvance(text)
        return width


def paint(painter: QPainter, shapes: Iterable[Shape], inks: Inks) -> None:
    """Draws shapes in their order. The painter's pen, brush and font are left as the last shape needed them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    run: list[Line | Polyline] = []
    for shape in shapes:
        is_straight = isinstance(shape, (Line, Polyline)) and not shape.dash and _is_straight(shape)
        if run and not (is_straight and _same_look(run[0], shape)):
            _paint_straight(painter, run, inks)
            run = []
        if is_straight and isinstance(shape, (Line, Polyline)):
            run.append(shape)
        else:
            _paint_one(painter, shape, inks)
    if run:
        _paint_straight(painter, run, inks)


def _paint_one(painter: QPainter, shape: Shape, inks: Inks) -> None:
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
            _dip(painter, shape.fill, shape.stroke, shape.stroke_width, shape.dash, inks)
            painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))


def _is_straight(shape: Line | Polyline) -> bool:
    """Whether a line runs only upright and level."""
    if isinstance(shape, Line):
        return shape.x1 == shape.x2 or shape.y1 == shape.y2
    return all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(shape.points))


def _same_look(one: Line | Polyline, other: Shape) -> bool:
    return isinstance(other, (Line, Polyline)) and (one.stroke, one.stroke_width) == (other.stroke, other.stroke_width)


def _paint_straight(painter: QPainter, shapes: Sequence[Line | Polyline], inks: Inks) -> None:
    """Upright and level lines of one look. They are areas of whole pixels, filled all together, which Qt does many times
    faster than it draws lines; only the corners between them are drawn as curves."""
    look = shapes[0]
    ratio = painter.device().devicePixelRatio()
    width = max(1, round(look.stroke_width * ratio)) / ratio
    half = width / 2
    pieces: list[QRectF] = []
    corners = QPainterPath()
    for shape in shapes:
        ends = ((shape.x1, shape.y1), (shape.x2, shape.y2)) if isinstance(shape, Line) else shape.points
        points = [(round((x - half) * ratio) / ratio + half, round((y - half) * ratio) / ratio + half) for x, y in ends]
        _add_pieces(points, 0.0 if isinstance(shape, Line) else shape.radius, half, pieces, corners)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.brush(look.stroke))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.drawRects(pieces)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if not corners.isEmpty():
        painter.strokePath(corners, inks.pen(look.stroke, width))


def _add_pieces(points: Sequence[Point], radius: float, half: float, pieces: list[QRectF], corners: QPainterPath) -> None:
    """The straight pieces of one line as areas, and its corners as curves."""
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
            corners.moveTo(*_towards((x2, y2), (x1, y1), after))
            corners.quadTo(x2, y2, *_towards((x2, y2), points[number + 2], after))
        before = after


def _towards(corner: Point, other: Point, by: float) -> Point:
    """The point `by` px from a corner on the upright or level way to another."""
    if corner[0] == other[0]:
        return corner[0], corner[1] + math.copysign(by, other[1] - corner[1])
    return corner[0] + math.copysign(by, other[0] - corner[0]), corner[1]


def _paint_rect(painter: QPainter, shape: Rect, inks: Inks) -> None:
    box = QRectF(shape.x, shape.y, shape.width, shape.height)
    if shape.stroke is None and shape.radius == 0:
        if shape.fill is not None:
            painter.fillRect(box, inks.brush(shape.fill))
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
    painter.drawText(QPointF(left, shape.baseline), shape.text)


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
