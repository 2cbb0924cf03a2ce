"""Draws what a cell says, by the look of its column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF

from milestone_desktop.chart.shapes import mark_points
from milestone_desktop.desktop.models.columns import Look
from milestone_desktop.desktop.models.roadmap_cells import Cell, Cells
from milestone_desktop.desktop.signs import HEALTH_TOKENS, draw_group
from milestone_desktop.desktop.table.look import ICON, INDENT, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE, TableLook
from milestone_desktop.domain.enums import Health, MilestoneKind, StateGroup

MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
TRACK_WIDTH = 44
PILL_HEIGHT = 18
PILL_GAP = 4
PILL_PADDING = 14
GRIP = 8
"""Width of the grip at the left edge of a row, by which it is dragged."""


def triangle_box(left: float, top: float, level: int) -> QRectF:
    """Where the expander of a row stands whose cell begins at `left`, `top`."""
    return QRectF(left + TEXT_MARGIN + level * INDENT, top, TRIANGLE, ROW_HEIGHT)


def track_box(box: QRectF) -> QRectF:
    """Where the bar of a progress cell stands."""
    return QRectF(box.left() + TEXT_MARGIN, box.center().y() - 2.5, max(8.0, min(TRACK_WIDTH, box.width() - 50)), 5)


class CellPainter:
    """One function for each look; `paint` chooses. selected: the row is, so that words take the colour that goes with it."""

    def __init__(self, look: TableLook) -> None:
        self._look = look
        self._by_look: dict[Look, Callable[[QPainter, QRectF, Cells, Cell, bool], None]] = {
            Look.STATUS: self._status,
            Look.PROGRESS: self._progress,
            Look.PILLS: self._pills,
            Look.HEALTH: self._health,
            Look.SLIP: self._slip,
            Look.DATE: self._date,
            Look.MUTED: self._muted,
            Look.CHECK: self._check,
            Look.CRITICAL: self._critical,
        }

    def paint(
        self, painter: QPainter, box: QRectF, look: Look, cells: Cells, cell: Cell, *, selected: bool, right: bool = False
    ) -> None:
        """Draws any cell but a title, which also needs its level."""
        draw = self._by_look.get(look)
        if draw is not None:
            draw(painter, box, cells, cell, selected)
        elif right:
            self._figure(painter, box, cells, cell, selected)
        else:
            self.words(painter, box.adjusted(TEXT_MARGIN, 0, -4, 0), cell.text, selected)

    def title(self, painter: QPainter, box: QRectF, cells: Cells, level: int, expanded: bool, selected: bool) -> None:
        """Expander, sign and title of a row."""
        left = box.left() + TEXT_MARGIN + level * INDENT
        if cells.parent:
            self._triangle(painter, triangle_box(box.left(), box.top(), level), expanded)
            left += TRIANGLE
        if cells.kind is not None:
            self._mark(painter, QPointF(left + 8, box.center().y()), cells)
            left += ICON
        elif not cells.summary:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._look.item)
            painter.drawRoundedRect(QRectF(left + 3, box.center().y() - 4.5, 9, 9), 2.5, 2.5)
            left += ICON
        self.words(painter, QRectF(left, box.top(), box.right() - left - 4, box.height()), cells.title, selected, cells.summary)

    def grip(self, painter: QPainter, box: QRectF) -> None:
        """Six dots at the left edge of the row under the pointer."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._look.muted)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = box.center().y()
        for x in (3.0, 6.5):
            for y in (-4.0, 0.0, 4.0):
                painter.drawEllipse(QPointF(box.left() + x, middle + y), 1.1, 1.1)

    def words(self, painter: QPainter, box: QRectF, words: str, selected: bool, strong: bool = False) -> None:
        """A text at the left, with … where it does not fit."""
        if words:
            look = self._look
            painter.setFont(look.strong if strong else look.normal)
            painter.setPen(look.selected_text if selected else look.text)
            painter.drawText(box, MIDDLE_LEFT, look.fitting(words, box.width(), strong=strong))

    # the looks

    def _status(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        if isinstance(cell.raw, StateGroup):
            draw_group(painter, QRectF(box.left() + TEXT_MARGIN, box.top(), 12, box.height()), cell.raw, self._look.theme)
        self.words(painter, box.adjusted(TEXT_MARGIN + 18, 0, -4, 0), cell.text, selected)

    def _progress(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        look, percent = self._look, cell.raw
        if not cell.text:
            return
        if percent is not None:
            track = track_box(box)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.track)
            painter.drawRoundedRect(track, 2.5, 2.5)
            if percent > 0:
                painter.setBrush(look.bar)
                painter.drawRoundedRect(
                    QRectF(track.left(), track.top(), track.width() * percent / 100, track.height()), 2.5, 2.5
                )
        words = "—" if percent is None else str(percent)
        painter.setFont(look.strong if cells.summary else look.normal)
        painter.setPen(look.muted)
        painter.drawText(box.adjusted(TEXT_MARGIN + TRACK_WIDTH + 8, 0, -4, 0), MIDDLE_LEFT, words)

    def _date(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        look, inside = self._look, box.adjusted(2, 0, -TEXT_MARGIN, 0)
        if cell.text:
            painter.setFont(look.strong if cells.summary else look.normal)
            painter.setPen(look.text if cells.summary else look.muted)
            painter.drawText(inside, MIDDLE_RIGHT, look.fitting(cell.text, inside.width(), strong=cells.summary))

    def _figure(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        look = self._look
        painter.setFont(look.normal)
        painter.setPen(look.selected_text if selected else look.text)
        inside = box.adjusted(4, 0, -TEXT_MARGIN, 0)
        painter.drawText(inside, MIDDLE_RIGHT, look.fitting(cell.text, inside.width()))

    def _muted(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        look, inside = self._look, box.adjusted(TEXT_MARGIN, 0, -4, 0)
        painter.setFont(look.normal)
        painter.setPen(look.muted)
        painter.drawText(inside, MIDDLE_LEFT, look.fitting(cell.text, inside.width()))

    def _health(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        if isinstance(cell.raw, Health):
            strong = cell.raw in (Health.LATE, Health.AT_RISK)
            painter.setFont(self._look.strong if strong else self._look.normal)
            painter.setPen(self._look.theme.color(HEALTH_TOKENS[cell.raw]))
            inside = box.adjusted(TEXT_MARGIN, 0, -4, 0)
            painter.drawText(inside, MIDDLE_LEFT, self._look.fitting(cell.text, inside.width(), strong=strong))

    def _slip(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        late = isinstance(cell.raw, int) and cell.raw > 0
        painter.setFont(self._look.strong if late else self._look.normal)
        painter.setPen(self._look.slip if late else self._look.muted)
        painter.drawText(box.adjusted(2, 0, -TEXT_MARGIN, 0), MIDDLE_RIGHT, cell.text)

    def _check(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        if cell.raw:
            sign = QRectF(box.left() + TEXT_MARGIN, box.top(), 12, box.height())
            draw_group(painter, sign, StateGroup.DONE, self._look.theme)
            self.words(painter, box.adjusted(TEXT_MARGIN + 18, 0, -4, 0), cell.text, selected)

    def _critical(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        """A red bar beside the word, as thick as the outline of a critical bar in the timeline."""
        if cell.raw:
            painter.fillRect(QRectF(box.left() + TEXT_MARGIN, box.center().y() - 6, 3, 12), self._look.critical)
            self.words(painter, box.adjusted(TEXT_MARGIN + 10, 0, -4, 0), cell.text, selected)

    def _pills(self, painter: QPainter, box: QRectF, cells: Cells, cell: Cell, selected: bool) -> None:
        look = self._look
        pills: tuple[str, ...] = cell.raw or ()
        left, right = box.left() + TEXT_MARGIN, box.right() - 6
        painter.setFont(look.small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, words in enumerate(pills):
            rest = len(pills) - number - 1
            room = right - left - (24 if rest else 0)
            width = look.small_metrics.horizontalAdvance(words) + PILL_PADDING
            if width > room:
                if number and room < 40:
                    painter.setPen(look.muted)
                    painter.drawText(QRectF(left, box.top(), right - left, box.height()), MIDDLE_LEFT, f"+{rest + 1}")
                    return
                words = look.small_metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(10.0, room - PILL_PADDING))
                width = look.small_metrics.horizontalAdvance(words) + PILL_PADDING
            pill = QRectF(left, box.center().y() - PILL_HEIGHT / 2, width, PILL_HEIGHT)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.pill)
            painter.drawRoundedRect(pill, PILL_HEIGHT / 2, PILL_HEIGHT / 2)
            painter.setPen(look.pill_text)
            painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), words)
            left += width + PILL_GAP

    # signs

    def _triangle(self, painter: QPainter, box: QRectF, expanded: bool) -> None:
        middle = QPointF(box.left() + 6, box.center().y())
        arrow = QPainterPath()
        if expanded:
            corners = (QPointF(-4, -2.5), QPointF(4, -2.5), QPointF(0, 3))
        else:
            corners = (QPointF(-2.5, -4), QPointF(3, 0), QPointF(-2.5, 4))
        arrow.moveTo(middle + corners[0])
        arrow.lineTo(middle + corners[1])
        arrow.lineTo(middle + corners[2])
        arrow.closeSubpath()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(arrow, self._look.muted)

    def _mark(self, painter: QPainter, middle: QPointF, cells: Cells) -> None:
        """A milestone's sign in the shape of its kind, filled once completed."""
        look = self._look
        done = cells.group is StateGroup.DONE
        colour = look.completed if done else look.outline
        kind = cells.kind if cells.kind is not None else MilestoneKind.GENERIC
        outline = QPolygonF([QPointF(x, y) for x, y in mark_points(kind, middle.x(), middle.y(), 5.5)])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(colour if done else Qt.BrushStyle.NoBrush)
        painter.drawPolygon(outline)
