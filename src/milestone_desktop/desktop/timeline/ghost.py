"""What a drag would do, drawn over the rows: bars where they would come to stand, the line of a new link, and a tip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.outline import RowKind
from milestone_desktop.chart.row_values import MILESTONE_KINDS
from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.domain.instants import Instant

if TYPE_CHECKING:
    from milestone_desktop.desktop.theme import Theme
    from milestone_desktop.desktop.timeline.body import TimelineBody
    from milestone_desktop.desktop.timeline.inks import Inks

TIP = TextStyle(12, 500, "tooltip-text")
MORE = TextStyle(12, 400, "text-muted")
PROBLEM = TextStyle(12, 500, "error")
BAR_HEIGHT = 16
MARK = 8.0
PADDING = 9
LINE_HEIGHT = 18
Dates = tuple[Instant, Instant]


@dataclass(frozen=True, slots=True)
class Ghost:
    """words: the tip; more: what follows, below it; problem: why a release does nothing; pointer: where it is; changes:
    whether a release does anything. places, followers: new dates of what is dragged and of what moves along, by id;
    progress: a row and the x up to which it would be filled; link: the two ends of a new line; area: a bar or frame
    that is being drawn."""

    words: str
    pointer: QPointF
    changes: bool
    more: str = ""
    problem: str = ""
    places: Mapping[int, Dates] = field(default_factory=dict)
    followers: Mapping[int, Dates] = field(default_factory=dict)
    progress: tuple[int, float] | None = None
    link: tuple[QPointF, QPointF] | None = None
    area: QRectF | None = None


def paint_ghost(painter: QPainter, ghost: Ghost, body: TimelineBody) -> None:
    """Draws it; the painter stands in the viewport."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colours = body.scenes.colours
    accent, error = colours.color("accent"), colours.color("error")
    rows = body.model.rows
    for row in body.visible_rows():
        for place in rows.places_at(row).tolist():
            row_id = int(rows.outline.ids[place])
            if row_id in ghost.places:
                _paint_place(painter, body, row, place, ghost.places[row_id], error if ghost.problem else accent, 70)
            elif row_id in ghost.followers:
                _paint_place(painter, body, row, place, ghost.followers[row_id], colours.color("text-muted"), 36)
    if ghost.progress is not None:
        _paint_progress(painter, body, ghost.progress, accent)
    if ghost.link is not None:
        _paint_link(painter, ghost.link, error if ghost.problem else accent)
    if ghost.area is not None:
        _dip(painter, accent, 50)
        painter.drawRoundedRect(ghost.area, 4, 4)
    if ghost.words:
        texts = (ghost.words, ghost.more, ghost.problem)
        paint_tip(painter, texts, ghost.pointer, body.scenes.inks, colours, body.viewport().width())


def _dip(painter: QPainter, colour: QColor, alpha: int) -> None:
    fill = QColor(colour)
    fill.setAlpha(alpha)
    painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(fill)


def _paint_place(painter: QPainter, body: TimelineBody, row: int, place: int, dates: Dates, colour: QColor, alpha: int) -> None:
    """New dates of what stands at a place of the outline, in its row."""
    middle = body.row_box(row).top() + ROW_HEIGHT / 2
    left, right = (body.axis.scale.x(moment) for moment in dates)
    _dip(painter, colour, alpha)
    outline = body.model.rows.outline
    if outline.kind[place] == RowKind.MILESTONE:
        kind = MILESTONE_KINDS[int(outline.milestone_kind[place])]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in mark_points(kind, right, middle, MARK)]))
    elif outline.kind[place] == RowKind.ITEM:
        painter.drawRoundedRect(QRectF(left, middle - BAR_HEIGHT / 2, max(2.0, right - left), BAR_HEIGHT), 4, 4)
    else:
        painter.drawRect(QRectF(left, middle - 4.5, max(2.0, right - left), 5))


def _paint_progress(painter: QPainter, body: TimelineBody, progress: tuple[int, float], accent: QColor) -> None:
    row, x = body.model.row_of(progress[0]), progress[1]
    if row is not None:
        middle = body.row_box(row).top() + ROW_HEIGHT / 2
        painter.setPen(QPen(accent, 2))
        painter.drawLine(QPointF(x, middle - BAR_HEIGHT / 2 - 3), QPointF(x, middle + BAR_HEIGHT / 2 + 3))


def _paint_link(painter: QPainter, ends: tuple[QPointF, QPointF], colour: QColor) -> None:
    begin, end = ends
    path = QPainterPath(begin)
    path.cubicTo(begin + QPointF(30, 0), end - QPointF(30, 0), end)
    painter.setPen(QPen(colour, 1.8))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.setBrush(colour)
    painter.drawEllipse(end, 3, 3)


def paint_tip(painter: QPainter, texts: tuple[str, str, str], pointer: QPointF, inks: Inks, colours: Theme, room: float) -> None:
    """Draws what a drag would do beside the pointer: old → new, what follows, what is wrong; "" for nothing to say.

    room: width of what is drawn on, px; the tip stays within it.
    """
    lines = [(text, style) for text, style in zip(texts, (TIP, MORE, PROBLEM), strict=True) if text]
    if not lines:
        return
    widest = max(inks.measure(text, style) for text, style in lines)
    width = min(widest, room - 8 - 2 * PADDING) + 2 * PADDING
    height = LINE_HEIGHT * len(lines) + 8
    left = min(max(4.0, pointer.x() + 14), room - width - 4)
    above = pointer.y() - height - 12
    box = QRectF(left, above if above > 2 else pointer.y() + 20, width, height)
    painter.setPen(QPen(colours.color("button-border"), 1))
    painter.setBrush(colours.color("tooltip"))
    painter.drawRoundedRect(box, 6, 6)
    for number, (text, style) in enumerate(lines):
        painter.setFont(inks.font(style))
        painter.setPen(colours.color(style.token))
        shown = elided(painter.fontMetrics(), text, int(width) - 2 * PADDING + 2)
        line = QRectF(box.left() + PADDING, box.top() + 4 + number * LINE_HEIGHT, width - 2 * PADDING + 2, LINE_HEIGHT)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
