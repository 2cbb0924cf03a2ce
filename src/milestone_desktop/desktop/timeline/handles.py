"""What a bar shows while the pointer or the keyboard is on it: the rings that links are dragged from, the handle of its
progress, and the ring of the focus."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPolygonF

from milestone_desktop.chart.hit import progress_x
from milestone_desktop.chart.outline import RowKind
from milestone_desktop.chart.shapes import Scene, bounds
from milestone_desktop.desktop.table.look import ROW_HEIGHT

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody
    from milestone_desktop.desktop.timeline.inks import Inks

RING = 3.5
GAP = 7.0
MARK = 9.0


def paint_chosen(painter: QPainter, scene: Scene, chosen: AbstractSet[int], inks: Inks) -> None:
    """The ground of what is selected among things that share rows: behind bar or mark, and behind the name."""
    painter.setPen(inks.pen("focus", 1.0))
    painter.setBrush(inks.brush("selection"))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    areas: dict[int, QRectF] = {}
    for layer in ("bars", "marks", "labels"):
        for shape in scene.layer(layer):
            if shape.owner is not None and shape.owner in chosen and shape.role in ("bar", "mark", "bracket", "label"):
                box = bounds(shape, inks.measure)
                area = QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
                areas[shape.owner] = areas[shape.owner].united(area) if shape.owner in areas else area
    for area in areas.values():
        top = area.center().y() // ROW_HEIGHT * ROW_HEIGHT
        painter.drawRoundedRect(QRectF(area.left() - 3.5, top + 2.5, area.width() + 7, ROW_HEIGHT - 6), 5, 5)


def paint_handles(painter: QPainter, body: TimelineBody) -> None:
    """The handles of the bar or diamond under the pointer; the painter stands in the viewport."""
    hit = body.hit
    if body.hovered is None or hit is None or body.model.session.only_read() is not None or body.tool.dragging:
        return
    row, owner = body.hovered, hit.id
    kind = body.kind_of(owner)
    start, end = (body.end_point(owner, at_start=at_start) for at_start in (True, False))
    if start is None or end is None or owner not in body.model.shared_by(row) or kind not in (RowKind.ITEM, RowKind.MILESTONE):
        return
    inks = body.scenes.inks
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(inks.pen("accent", 1.5))
    painter.setBrush(inks.brush("surface"))
    out = GAP if kind is RowKind.ITEM else MARK + GAP - 2
    painter.drawEllipse(end + QPointF(out, 0), RING, RING)
    if kind is RowKind.ITEM:
        painter.drawEllipse(start - QPointF(out, 0), RING, RING)
        _paint_progress_handle(painter, body, row, owner)


def _paint_progress_handle(painter: QPainter, body: TimelineBody, row: int, owner: int) -> None:
    """A small pointer below the bar at the end of its progress."""
    scenes = body.scenes
    shapes = scenes.rows(row * ROW_HEIGHT, ROW_HEIGHT).layer("bars")
    bar = next((shape for shape in shapes if shape.role == "bar" and shape.owner == owner), None)
    if bar is None:
        return
    box = bounds(bar, scenes.inks.measure)
    x, y = progress_x(owner, box, shapes), box.bottom - body.top
    points = [
        QPointF(x, y - 2),
        QPointF(x + 4.5, y + 3),
        QPointF(x + 4.5, y + 6),
        QPointF(x - 4.5, y + 6),
        QPointF(x - 4.5, y + 3),
    ]
    painter.drawPolygon(QPolygonF(points))


def paint_focus(painter: QPainter, body: TimelineBody) -> None:
    """The ring around the bar in hand, where the timeline has the keyboard."""
    if not body.hasFocus():
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(body.scenes.inks.pen("focus", 1.5))
    painter.setBrush(body.scenes.inks.brush("none"))
    current = body.model.session.current
    row = None if current is None else body.model.row_of(current)
    ends = [None, None] if current is None else [body.end_point(current, at_start=at_start) for at_start in (True, False)]
    start, end = ends
    if row is None or start is None or end is None:
        painter.drawRect(QRectF(body.viewport().rect()).adjusted(1, 1, -1, -1))
        return
    reach = 12.0 if current is not None and body.kind_of(current) is RowKind.MILESTONE else 4.0
    box = QRectF(start.x() - reach, start.y() - 12, end.x() - start.x() + 2 * reach, 24)
    painter.drawRoundedRect(box, 5, 5)
