"""Draws and edits the cells of a `ColumnTable`."""

from __future__ import annotations

from typing import Any, cast

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter
from PySide6.QtWidgets import QComboBox, QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from milestone_desktop.desktop.fields import ChoiceField, DateField, ReadField
from milestone_desktop.desktop.find.marks import paint_match
from milestone_desktop.desktop.models.columns import Column, ColumnTable, Editor, Look
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT, TEXT_MARGIN, TableLook
from milestone_desktop.desktop.table.painter import CellPainter, sign_of

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paints by the look of the column; edits in place. An editor whose text is refused is held open, to be mended."""

    def __init__(self, session: Session, model: ColumnTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._model = model
        self._look = TableLook(session.theme)
        self._cells = CellPainter(self._look)
        self._refused: QWidget | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(60, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        state, look, column = option.state, self._look, self._model.column(index)
        if look.theme is not self._session.theme:
            look.take(self._session.theme)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if selected:
            painter.fillRect(box, look.selection)
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, look.hover)
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, look.hairline)
        text, raw = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), self._model.raw(index)
        paint_match(painter, QRectF(box), text, self._session)
        self._cells.begin(painter)
        x, y, width = box.left(), box.top(), box.width()
        if column.look is Look.TITLE:
            self._cells.title(x + TEXT_MARGIN, y, width - TEXT_MARGIN, text, sign_of(raw), selected=selected)
        else:
            self._cells.drawing(column.look, right=column.right)(x, y, width, text, raw, selected, False)
        if state & QStyle.StateFlag.State_HasFocus and state & QStyle.StateFlag.State_Active:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look.focus)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(1.5, 1.5, -1.5, -2.5), 4, 4)
        painter.restore()

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        column = self._model.column(index)
        editor: QWidget
        if column.editor is Editor.TOGGLE or self.waits():
            return cast(QWidget, None)  # Qt takes "no editor" for an answer; a box is ticked off where it stands
        if column.editor is Editor.CHOICE and column.choices is not None:
            editor = choice_box(parent, column, self._model.record(index))
            editor.activated.connect(lambda: self._take(editor))
        elif column.read is not None and column.told is not None:
            editor = self._read_field(column, index, parent)
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
        self._refused = None if self._taken(editor, index) else editor
        if self._refused is not None and isinstance(editor, ReadField):
            editor.hush()  # the window says it, above the table, which makes room for it
        editor.setProperty("invalid", self._refused is not None)
        editor.style().polish(editor)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self.holds(editor):
            self.forget()
        super().destroyEditor(editor, index)

    def holds(self, editor: QWidget) -> bool:
        """Whether what is typed in an editor was refused, and waits to be mended."""
        return self._refused is editor

    def waits(self) -> bool:
        """Gives the keyboard back to what was refused; False where nothing was."""
        if self._refused is not None:
            self._refused.setFocus()
        return self._refused is not None

    def forget(self) -> None:
        """What was refused is given up."""
        self._refused = None

    def _taken(self, editor: QWidget, index: Index) -> bool:
        if isinstance(editor, QComboBox):
            return self._model.setData(index, editor.currentData())
        if isinstance(editor, DateField) and not editor.understood():
            self._session.failed.emit(editor.complaint())
            return False
        if isinstance(editor, DateField):
            return self._model.setData(index, editor.day())
        return not isinstance(editor, QLineEdit) or self._model.setData(index, editor.text())

    def _read_field(self, column: Column, index: Index, parent: QWidget) -> ReadField:
        read, told, record = column.read, column.told, self._model.record(index)
        field = ReadField(lambda text: text if read is None or told is None else told(record, read(record, text)), parent)
        field.words, field.several = column.words, column.editor is Editor.LIST
        return field

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


def choice_box(parent: QWidget, column: Column, record: Any) -> QComboBox:
    """A box with what may be chosen in a cell."""
    box = ChoiceField(parent)
    for value, word in column.choices(record) if column.choices is not None else ():
        box.addItem(word, value)
    return box
