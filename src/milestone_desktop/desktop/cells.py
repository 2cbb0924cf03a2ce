"""Draws and edits the cells of a `ColumnTable`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.find.marks import paint_match
from milestone_desktop.desktop.models.columns import Column, ColumnTable, Editor, Look
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import HEALTH_TOKENS, draw_group, draw_milestone, draw_tick_box, health_text, semibold
from milestone_desktop.desktop.words import percent_text, working_days_text
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import Health, MilestoneStatus, StateGroup

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 32
PAD = 10
TRACK = 44
MIDDLE = Qt.AlignmentFlag.AlignVCenter


class CellDelegate(QStyledItemDelegate):
    """Paints by the look of the column; edits in place."""

    def __init__(self, session: Session, model: ColumnTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._painters: dict[Look, Callable[[QPainter, QRectF, str, Any], None]] = {
            Look.TITLE: self._title,
            Look.STATUS: self._status,
            Look.PROGRESS: self._progress,
            Look.PILLS: self._pills,
            Look.HEALTH: self._health,
            Look.SLIP: self._slip,
            Look.CHECK: self._check,
            Look.TICK: self._tick,
            Look.TONED: self._toned,
        }

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(option.rect)
        state = option.state
        theme, column = self._session.theme, self._model.column(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.color("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, theme.color("hover"))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme.color("hairline"))
        inside = box.adjusted(PAD, 0, -PAD, 0)
        text = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        paint_match(painter, box, text, self._session)
        painter.setFont(self._font())
        painter.setPen(theme.color("text"))
        draw = self._painters.get(column.look)
        if draw is not None:
            draw(painter, inside, text, self._model.raw(index))
        else:
            if column.look is Look.MUTED:
                painter.setPen(theme.color("text-muted"))
            write(painter, inside, text, right=column.right)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setPen(theme.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.column(index)
        editor: QWidget
        if column.editor is Editor.TOGGLE:
            return cast(QWidget, None)  # Qt takes "no editor" for an answer; the cell is toggled where it stands
        if column.editor is Editor.CHOICE and column.choices is not None:
            editor = choice_box(parent, column, self._model.record(index))
            editor.activated.connect(lambda: self._take(editor))
        elif column.editor is Editor.DATE:
            editor = DateField(self._session.today(), parent)
        else:
            editor = QLineEdit(parent)
        editor.setAccessibleName(column.heading)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
            editor.showPopup()
        elif isinstance(editor, DateField):
            editor.show_day(value)
            editor.selectAll()
        elif isinstance(editor, QLineEdit):
            editor.setText("" if value is None else str(value))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox):
            self._model.setData(index, editor.currentData())
        elif isinstance(editor, DateField):
            if editor.understood():
                self._model.setData(index, editor.day())
            else:
                self._session.failed.emit(editor.complaint())
        elif isinstance(editor, QLineEdit):
            self._model.setData(index, editor.text())

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> bool:
        """A click on a box ticks it off, or takes the tick back."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() == Qt.MouseButton.LeftButton
            and self.toggle(index)
        ):
            return True
        return super().editorEvent(event, model, option, index)

    def toggle(self, index: Index) -> bool:
        """Turns a cell that is on or off round; False where it is of another kind or cannot be edited."""
        column = self._model.column(index)
        if column.editor is not Editor.TOGGLE or not self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        self._model.setData(index, not self._model.raw(index))
        return True

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect.adjusted(1, 1, -1, -2))

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)

    def _font(self) -> Any:
        parent = self.parent()
        return parent.font() if isinstance(parent, QWidget) else None

    def _title(self, painter: QPainter, box: QRectF, text: str, raw: Activity | None) -> None:
        theme = self._session.theme
        middle = QPointF(box.left() + 8, box.center().y())
        if isinstance(raw, Milestone):
            done = raw.status is MilestoneStatus.COMPLETED
            draw_milestone(painter, middle, 5.5, raw.kind, theme.color("completed" if done else "diamond-outline"), filled=done)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bar"))
            painter.drawRoundedRect(QRectF(middle.x() - 4.5, middle.y() - 4.5, 9, 9), 2, 2)
        painter.setPen(theme.color("text"))
        write(painter, box.adjusted(24, 0, 0, 0), text)

    def _status(self, painter: QPainter, box: QRectF, text: str, raw: StateGroup | None) -> None:
        if raw is not None:
            draw_group(painter, QRectF(box.left(), box.top(), 12, box.height()), raw, self._session.theme)
        painter.setPen(self._session.theme.color("text"))
        write(painter, box.adjusted(19, 0, 0, 0), text)

    def _progress(self, painter: QPainter, box: QRectF, text: str, raw: int | None) -> None:
        theme = self._session.theme
        if raw is None:
            painter.setPen(theme.color("text-muted"))
            write(painter, box, text)
            return
        draw_track(painter, box, raw, self._session)
        painter.setPen(theme.color("text"))
        write(painter, box.adjusted(TRACK + 8, 0, 0, 0), percent_text(raw))

    def _pills(self, painter: QPainter, box: QRectF, text: str, raw: tuple[str, ...] | None) -> None:
        theme, left = self._session.theme, box.left()
        small = painter.font()
        small.setPixelSize(12)
        painter.setFont(small)
        for word in raw or ():
            width = painter.fontMetrics().horizontalAdvance(word) + 16
            if left + width > box.right() + PAD:
                painter.setPen(theme.color("text-muted"))
                painter.drawText(QRectF(left, box.top(), box.right() - left, box.height()), MIDDLE, "…")
                return
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("pill"))
            pill = QRectF(left, box.center().y() - 9, width, 18)
            painter.drawRoundedRect(pill, 9, 9)
            painter.setPen(theme.color("pill-text"))
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
            left += width + 5

    def _health(self, painter: QPainter, box: QRectF, text: str, raw: Health | None) -> None:
        health = raw if raw is not None else Health.NONE
        painter.setPen(self._session.theme.color(HEALTH_TOKENS[health]))
        if health in (Health.LATE, Health.AT_RISK):
            painter.setFont(semibold(painter.font()))
        write(painter, box, health_text(health))

    def _slip(self, painter: QPainter, box: QRectF, text: str, raw: int | None) -> None:
        late = raw is not None and raw > 0
        painter.setPen(self._session.theme.color("slip" if late else "text-muted"))
        if late:
            painter.setFont(semibold(painter.font()))
        write(painter, box, working_days_text(raw), right=True)

    def _check(self, painter: QPainter, box: QRectF, text: str, raw: bool | None) -> None:
        if raw:
            draw_group(painter, QRectF(box.left(), box.top(), 12, box.height()), StateGroup.DONE, self._session.theme)
            painter.setPen(self._session.theme.color("text"))
            write(painter, box.adjusted(19, 0, 0, 0), text)

    def _tick(self, painter: QPainter, box: QRectF, text: str, raw: bool | None) -> None:
        draw_tick_box(painter, QPointF(box.left() + 8, box.center().y()), self._session.theme, done=bool(raw), enabled=True)

    def _toned(self, painter: QPainter, box: QRectF, text: str, raw: str | None) -> None:
        painter.setPen(self._session.theme.color(raw or "text"))
        if raw not in (None, "text", "text-muted"):
            painter.setFont(semibold(painter.font()))
        write(painter, box, text)


def choice_box(parent: QWidget, column: Column, record: Any) -> QComboBox:
    """A box with what may be chosen in a cell."""
    box = QComboBox(parent)
    for value, word in column.choices(record) if column.choices is not None else ():
        box.addItem(word, value)
    return box


def draw_track(painter: QPainter, box: QRectF, percent: int, session: Session, width: float = TRACK) -> None:
    """A thin bar filled to `percent`, at the left of the box."""
    track = QRectF(box.left(), box.center().y() - 2.5, width, 5)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(session.theme.color("hairline"))
    painter.drawRoundedRect(track, 2.5, 2.5)
    if percent > 0:
        painter.setBrush(session.theme.color("bar-progress"))
        painter.drawRoundedRect(QRectF(track.left(), track.top(), max(5.0, width * percent / 100), 5), 2.5, 2.5)


def write(painter: QPainter, box: QRectF, text: str, *, right: bool = False) -> None:
    """Text on one line in the middle of the box, with … where it does not fit."""
    shown = elided(painter.fontMetrics(), text, box.width() + 1)
    painter.drawText(box, MIDDLE | (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft), shown)
