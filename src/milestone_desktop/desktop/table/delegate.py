"""Draws the cells of the roadmap's table and makes their editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from milestone_desktop.chart.shapes import mark_points
from milestone_desktop.desktop.find.marks import paint_match
from milestone_desktop.desktop.models.roadmap_cells import Cells, Column
from milestone_desktop.desktop.signs import draw_group
from milestone_desktop.desktop.table import editors
from milestone_desktop.desktop.table.look import ICON, INDENT, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE, Look
from milestone_desktop.domain.enums import MilestoneKind, StateGroup

if TYPE_CHECKING:
    from milestone_desktop.desktop.models.roadmap_model import RoadmapModel

Index = QModelIndex | QPersistentModelIndex
MIDDLE_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
MIDDLE_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
TRACK_WIDTH = 44
PILL_HEIGHT = 18
PILL_GAP = 4
PILL_PADDING = 14


def triangle_box(left: float, top: float, level: int) -> QRectF:
    """Where the expander of a row stands whose cell begins at `left`, `top`."""
    return QRectF(left + TEXT_MARGIN + level * INDENT, top, TRIANGLE, ROW_HEIGHT)


class CellDelegate(QStyledItemDelegate):
    """Paints from the model's `Cells` directly: one call a cell instead of a dozen roles.

    opens_lists: whether a list of choices opens with its editor.
    """

    def __init__(self, model: RoadmapModel, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._look = look
        self.opens_lists = True
        self._painters: dict[int, Callable[[QPainter, QRectF, Cells, bool], None]] = {
            Column.TITLE: self._title,
            Column.STATUS: self._status,
            Column.PROGRESS: self._progress,
            Column.START: self._start,
            Column.END: self._end,
            Column.TAGS: self._tags,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        look = self._look
        if selected:
            painter.fillRect(box, look.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.hover)
        painter.setPen(look.hairline)
        painter.drawLine(QPointF(box.left(), box.bottom() - 0.5), QPointF(box.right(), box.bottom() - 0.5))
        cells = self._model.cells(index.row())
        paint_match(painter, box, cells.text(Column(index.column())), self._model.session)
        painter.save()
        painter.setClipRect(box)
        self._painters[index.column()](painter, box, cells, selected)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(look.focus, 1.5))
            painter.drawRoundedRect(box.adjusted(1, 1, -1.5, -2), 4, 4)
        painter.restore()

    # the columns

    def _title(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        level = self._model.level(cells.row)
        left = box.left() + TEXT_MARGIN + level * INDENT
        if cells.parent:
            self._triangle(painter, triangle_box(box.left(), box.top(), level), self._model.expanded(cells.row))
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
        self._words(painter, QRectF(left, box.top(), box.right() - left - 4, box.height()), cells.title, selected, cells.summary)

    def _status(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        if cells.group is not None:
            draw_group(painter, QRectF(box.left() + TEXT_MARGIN, box.top(), 12, box.height()), cells.group, self._look.theme)
        self._words(painter, box.adjusted(TEXT_MARGIN + 18, 0, -4, 0), cells.status, selected)

    def _progress(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        look = self._look
        if cells.progress is not None:
            track = QRectF(box.left() + TEXT_MARGIN, box.center().y() - 2.5, min(TRACK_WIDTH, box.width() - 50), 5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.track)
            painter.drawRoundedRect(track, 2.5, 2.5)
            if cells.progress > 0:
                painter.setBrush(look.bar)
                done = QRectF(track.left(), track.top(), track.width() * cells.progress / 100, track.height())
                painter.drawRoundedRect(done, 2.5, 2.5)
        words = "—" if cells.progress is None else str(cells.progress)
        painter.setFont(look.strong if cells.summary else look.normal)
        painter.setPen(look.muted)
        painter.drawText(box.adjusted(TEXT_MARGIN + TRACK_WIDTH + 8, 0, -4, 0), MIDDLE_LEFT, words)

    def _start(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        self._date(painter, box, cells.start, cells)

    def _end(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        self._date(painter, box, cells.end, cells)

    def _tags(self, painter: QPainter, box: QRectF, cells: Cells, selected: bool) -> None:
        look = self._look
        left, right = box.left() + TEXT_MARGIN, box.right() - 6
        painter.setFont(look.small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, tag in enumerate(cells.tags):
            words = tag
            rest = len(cells.tags) - number - 1
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

    # their parts

    def _words(self, painter: QPainter, box: QRectF, words: str, selected: bool, strong: bool = False) -> None:
        look = self._look
        metrics = look.strong_metrics if strong else look.normal_metrics
        painter.setFont(look.strong if strong else look.normal)
        painter.setPen(look.selected_text if selected else look.text)
        if metrics.horizontalAdvance(words) > box.width():
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, MIDDLE_LEFT, words)

    def _date(self, painter: QPainter, box: QRectF, words: str, cells: Cells) -> None:
        look = self._look
        painter.setFont(look.strong if cells.summary else look.normal)
        painter.setPen(look.text if cells.summary else look.muted)
        painter.drawText(box.adjusted(2, 0, -TEXT_MARGIN, 0), MIDDLE_RIGHT, words)

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

    # editing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = editors.editor_for(self._model, index.row(), Column(index.column()), parent)
        if isinstance(editor, editors.StatusField):
            editor.chosen.connect(lambda: self._take(editor))
            if self.opens_lists:
                QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        editors.fill(editor, index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        value = editors.value_of(editor)
        if value != index.data(Qt.ItemDataRole.EditRole):
            model.setData(index, value, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box = option.rect
        if index.column() == Column.TITLE:
            cells = self._model.cells(index.row())
            inset = TEXT_MARGIN + self._model.level(index.row()) * INDENT + (TRIANGLE if cells.parent else 0)
            inset += 0 if cells.summary else ICON
            box = box.adjusted(min(inset - 6, max(0, box.width() - 80)), 0, 0, 0)
        else:
            box = box.adjusted(0, 0, max(0, editor.sizeHint().width() - box.width()), 0)
        editor.setGeometry(box.adjusted(1, 2, -1, -3))

    def _take(self, editor: QWidget) -> None:
        """A choice from a list is taken at once and goes on to the cell below, as Enter does."""
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.SubmitModelCache)
