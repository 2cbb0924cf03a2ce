"""Draws chart shapes with QPainter. Text is measured by the inks, too, so that what was placed is what is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import cast

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPolygonF

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.chart.shapes import (
    Boxes,
    Bundle,
    Floats,
    Layer,
    Line,
    Point,
    Polygon,
    Polyline,
    Rect,
    Repeated,
    Segments,
    Shape,
    Text,
    TextStyle,
)
from milestone_desktop.chart.svg import rounded_path
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.sprites import LARGEST, Surface
from milestone_desktop.desktop.timeline.straight import (
    is_straight,
    paint_areas,
    paint_boxes,
    paint_bundle,
    paint_segments,
    paint_straight,
    paint_stripes,
)


def paint(painter: QPainter, shapes: Iterable[Shape], inks: Inks) -> None:
    """Draws shapes in their order. The painter's pen, brush and font are left as the last shape needed them."""
    paint_layers(painter, (Layer("", tuple(shapes)),), inks)


def paint_layers(painter: QPainter, layers: Iterable[Layer], inks: Inks) -> None:
    """The same for whole layers, the first one at the back."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = Surface.of(painter)
    for layer in layers:
        _paint_on(on, layer.shapes, inks)
    on.smoothly()


def paint_ground(painter: QPainter, area: QRect, token: str, stripes: Layer, inks: Inks) -> None:
    """The background of an area in one colour, and what lies on it: stripes from one upper to one lower edge."""
    on = Surface.of(painter)
    if on.whole and len(stripes.shapes) == 1 and isinstance(stripes.shapes[0], Boxes):
        paint_stripes(on, area, token, stripes.shapes[0], inks)
        on.smoothly()
    else:
        painter.fillRect(area, inks.brush(token))
        paint_layers(painter, (stripes,), inks)


def _paint_on(on: Surface, shapes: Iterable[Shape], inks: Inks) -> None:
    for look, run in groupby(shapes, _look):
        if look is None:
            for shape in run:
                _paint_one(on, shape, inks)
        elif isinstance(look, TextStyle):
            _paint_texts(on, cast(Iterable[Text], run), look, inks)
        elif len(look) == 1:
            paint_areas(on, cast(Iterable[Rect], run), inks)
        else:
            paint_straight(on, list(cast(Iterable[Line | Polyline], run)), inks)


def _look(shape: Shape) -> TextStyle | tuple[str | float, ...] | None:
    """What neighbours that are drawn at one go have in common: the style of texts, the fill of plain areas, colour and width
    of lines that run only upright and level. None for what is drawn by itself."""
    if isinstance(shape, Text):
        return shape.style
    if isinstance(shape, Rect):
        return (shape.fill,) if shape.fill is not None and shape.stroke is None and shape.radius == 0 else None
    if isinstance(shape, (Line, Polyline)) and not shape.dash and is_straight(shape):
        return shape.stroke, shape.stroke_width
    return None


def _paint_one(on: Surface, shape: Shape, inks: Inks) -> None:
    painter = on.painter
    match shape:
        case Boxes():
            _paint_boxes(on, shape, inks)
        case Segments():
            paint_segments(on, shape, inks)
        case Repeated():
            _paint_polygons(on, shape.pattern, shape.pattern.points, shape.places, inks)
        case Bundle():
            paint_bundle(on, shape, inks)
        case Polygon():
            x, y = shape.points[0]
            _paint_polygons(on, shape, _around(shape.points, x, y), np.array([(x, y)]), inks)
        case Rect():
            _paint_rect(on, shape, inks)
        case Line():
            on.smoothly()
            painter.setPen(inks.pen(shape.stroke, shape.stroke_width, shape.dash))
            painter.drawLine(QLineF(shape.x1, shape.y1, shape.x2, shape.y2))
        case Polyline():
            on.smoothly()
            painter.setPen(inks.pen(shape.stroke, shape.stroke_width, shape.dash))
            painter.setBrush(inks.brush("none"))
            painter.drawPath(_rounded(shape.points, shape.radius))
        case Text():
            _paint_texts(on, (shape,), shape.style, inks)


def _around(points: Sequence[Point], x: float, y: float) -> tuple[Point, ...]:
    """The points as seen from (x, y), to a 64th of a pixel, so that equal outlines are recognised."""
    return tuple([(round((across - x) * 64) / 64, round((down - y) * 64) / 64) for across, down in points])


def _paint_polygons(on: Surface, look: Polygon, outline: Sequence[Point], places: Floats, inks: Inks) -> None:
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
    on.smoothly()
    for x, y in places.tolist():
        draw(on.painter, x, y)


def _paint_boxes(on: Surface, boxes: Boxes, inks: Inks) -> None:
    """Rectangles of one look: small ones of one size from a sprite, others with round corners or an outline one by one."""
    if boxes.stroke is None and boxes.radius == 0:
        paint_boxes(on, boxes, inks)
        return

    def draw(painter: QPainter, x: float, y: float) -> None:
        _dip(painter, boxes.fill, boxes.stroke, boxes.stroke_width, (), inks)
        painter.drawRoundedRect(QRectF(x, y, width, height), radius, radius)

    width, height = boxes.places[0, 2:].tolist()
    radius, edge = min(boxes.radius, width / 2, height / 2), boxes.stroke_width if boxes.stroke is not None else 0.0
    if on.whole and max(width, height) <= LARGEST and (boxes.places[:, 2:] == boxes.places[0, 2:]).all():
        key = (width, height, boxes.fill, boxes.stroke, boxes.stroke_width, radius)
        inks.sprites.put(on, boxes.places[:, :2], key, (-edge, -edge, width + edge, height + edge), draw)
        return
    on.smoothly()
    _dip(on.painter, boxes.fill, boxes.stroke, boxes.stroke_width, (), inks)
    radii = np.minimum(boxes.radius, boxes.places[:, 2:].min(axis=1) / 2).tolist()
    for place, radius in zip(boxes.places.tolist(), radii, strict=True):
        on.painter.drawRoundedRect(QRectF(*place), radius, radius)


def _paint_rect(on: Surface, shape: Rect, inks: Inks) -> None:
    painter, box = on.painter, QRectF(shape.x, shape.y, shape.width, shape.height)
    if shape.stroke is None and shape.radius == 0:
        return
    on.smoothly()
    _dip(painter, shape.fill, shape.stroke, shape.stroke_width, shape.dash, inks)
    if shape.radius:
        radius = min(shape.radius, shape.width / 2, shape.height / 2)
        painter.drawRoundedRect(box, radius, radius)
    else:
        painter.drawRect(box)


def _paint_texts(on: Surface, texts: Iterable[Text], style: TextStyle, inks: Inks) -> None:
    """Texts of one style, as far as they show."""
    on.smoothly()
    painter, highest, lowest = on.painter, on.top - style.size, on.bottom + 2 * style.size
    painter.setFont(inks.font(style))
    painter.setPen(inks.pen(style.token))
    for shape in texts:
        left, words = shape.x, shape.text
        if shape.anchor != "start":
            width = inks.measure(words, style)
            left -= width / 2 if shape.anchor == "middle" else width
        if left > on.right or not highest <= shape.baseline <= lowest:
            continue
        if left < on.left and left + inks.measure(words, style) + style.size < on.left:
            continue
        line = inks.line(words, style)
        if line is None:
            painter.drawText(QPointF(left, shape.baseline), in_its_direction(words))
        else:
            painter.drawStaticText(QPointF(left, shape.baseline - line[1]), line[0])


def _dip(painter: QPainter, fill: str | None, stroke: str | None, width: float, dash: tuple[float, ...], inks: Inks) -> None:
    """Takes the brush and the pen that a shape asks for."""
    painter.setBrush(inks.brush("none" if fill is None else fill))
    painter.setPen(inks.pen("none") if stroke is None else inks.pen(stroke, width, dash))


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
