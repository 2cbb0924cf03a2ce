"""What a drag would do, drawn over the rows: the bar where it would come to stand, or the line of a new link, and a tip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from milestone_desktop.chart.shapes import TextStyle, mark_points
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import Instant

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

TIP = TextStyle(12, 500, "tooltip-text")
BAR_HEIGHT = 16
PADDING = 8


@dataclass(frozen=True, slots=True)
class Ghost:
    """words: the tip; pointer: where it is; changes: whether a release does anything; start, end: new dates, or
    link_to: where the line of a new link ends."""

    activity: Activity
    words: str
    pointer: QPointF
    changes: bool
    start: Instant | None = None
    end: Instant | None = None
    link_to: QPointF | None = None


def paint_ghost(painter: QPainter, ghost: Ghost, body: TimelineBody) -> None:
    """Draws it; the painter stands in the viewport."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    row = body.model.row_of(ghost.activity.id)
    accent = body.scenes.colours.color("accent")
    if row is not None and ghost.link_to is not None:
        _paint_link(painter, ghost.link_to, body, row, accent)
    elif row is not None and ghost.end is not None:
        _paint_place(painter, ghost, body, row, accent)
    _paint_tip(painter, ghost, body)


def _paint_place(painter: QPainter, ghost: Ghost, body: TimelineBody, row: int, accent: QColor) -> None:
    middle = body.row_box(row).top() + ROW_HEIGHT / 2
    right = body.axis.scale.x(ghost.end or 0)
    fill = QColor(accent)
    fill.setAlpha(60)
    painter.setPen(QPen(accent, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    if isinstance(ghost.activity, Milestone):
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark_points(ghost.activity.kind, right, middle, 8)]))
    else:
        left = body.axis.scale.x(ghost.start) if ghost.start is not None else right
        painter.drawRoundedRect(QRectF(left, middle - BAR_HEIGHT / 2, max(2.0, right - left), BAR_HEIGHT), 4, 4)


def _paint_link(painter: QPainter, end: QPointF, body: TimelineBody, row: int, accent: QColor) -> None:
    begin = handle_of(body, row)
    path = QPainterPath(begin)
    path.cubicTo(begin + QPointF(30, 0), end - QPointF(30, 0), end)
    painter.setPen(QPen(accent, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setBrush(accent)
    painter.drawEllipse(end, 3, 3)


def handle_of(body: TimelineBody, row: int) -> QPointF:
    """The end of a row's bar, in the viewport."""
    rows = body.model.rows
    return QPointF(body.axis.scale.x(int(rows.outline.end[rows.shown[row]])), body.row_box(row).top() + ROW_HEIGHT / 2)


def _paint_tip(painter: QPainter, ghost: Ghost, body: TimelineBody) -> None:
    inks, colours = body.scenes.inks, body.scenes.colours
    width = inks.measure(ghost.words, TIP) + 2 * PADDING
    left = min(max(4.0, ghost.pointer.x() + 14), body.viewport().width() - width - 4)
    above = ghost.pointer.y() - 38
    top = above if above > 2 else ghost.pointer.y() + 20
    box = QRectF(left, top, width, 26)
    painter.setPen(QPen(colours.color("button-border"), 1))
    painter.setBrush(colours.color("tooltip"))
    painter.drawRoundedRect(box, 6, 6)
    painter.setFont(inks.font(TIP))
    painter.setPen(colours.color("tooltip-text"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), ghost.words)
