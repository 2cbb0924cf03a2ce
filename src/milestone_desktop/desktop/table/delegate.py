"""Makes the editors of the roadmap's table and takes in what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from milestone_desktop.desktop.bubble import Bubble
from milestone_desktop.desktop.table.editors import (
    LINES_HEIGHT,
    LINES_WIDTH,
    CellField,
    ChoiceEditor,
    LineEditor,
    LinesEditor,
    draft_field,
    field_for,
    fill,
    text_of,
)
from milestone_desktop.desktop.table.look import ICON, INDENT, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE, TableLook
from milestone_desktop.desktop.words import _, ngettext, say_error
from milestone_desktop.domain.messages import PlanError

if TYPE_CHECKING:
    from milestone_desktop.desktop.table.view import RoadmapTable

Index = QModelIndex | QPersistentModelIndex
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
WIDEST_FIELD = 220
SMALL_STEP = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}


@dataclass(slots=True)
class OpenField:
    """The field that is open. began: its text at first; bubble: what is said about what is typed; refused: what is typed
    was not taken and stays, to be mended."""

    field: CellField
    index: QPersistentModelIndex
    began: str
    bubble: Bubble
    refused: bool = False


class CellDelegate(QStyledItemDelegate):
    """The table paints its cells itself; this is about the one that is edited.

    opens_lists: whether a list of choices opens with its editor. moved: a field was left for another cell, with steps down
    and to the right, and whether that cell is to be edited too. draft_left: the title of a new row was left, with its text
    and the key that did it (0 for none).
    """

    moved = Signal(int, int, bool)
    draft_left = Signal(str, int)

    def __init__(self, table: RoadmapTable, look: TableLook) -> None:
        super().__init__(table)
        self._table = table
        self._model = table.rows
        self._look = look
        self.opens_lists = True
        self.open: OpenField | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    # opening

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        if self.is_waiting():
            self.focus_field()
            return cast(QWidget, None)  # Qt takes "no editor" for an answer; what was refused is mended first
        column, record = self._model.column(index.column()), self._model.activity(index.row())
        if record is None and not self._model.is_draft(index.row()):
            raise LookupError("a heading has no editor")
        field = field_for(column, record, parent) if record is not None else draft_field(self._model.draft, parent)
        bubble = Bubble(parent)
        self.open = OpenField(field, QPersistentModelIndex(index), "", bubble)
        if isinstance(field, ChoiceEditor):
            field.chosen.connect(lambda: self.finish(1, 0))
            field.currentIndexChanged.connect(lambda: self._tell(typing=True))
            if self.opens_lists:
                QTimer.singleShot(0, field, field.showPopup)
        elif isinstance(field, LineEditor):
            field.textEdited.connect(lambda: self._tell(typing=True))
        else:
            field.textChanged.connect(lambda: self._tell(typing=True))
        field.destroyed.connect(bubble.deleteLater)
        return field

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fills the field once; a change of the plan while it is open leaves what is being typed alone."""
        found = self._open_in(editor)
        if found is None or found.began:
            return
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        field = found.field
        field.blockSignals(True)
        fill(field, text)
        field.blockSignals(False)
        found.began = text_of(field)
        QTimer.singleShot(0, field, lambda: self._tell(typing=False))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Another row is taken in hand, wherever that was done."""
        found = self._open_in(editor)
        if found is None or self._is_draft(found):
            return
        problem = self._take(found, many=False)
        if problem is not None:
            self._complain(found, problem)

    def is_waiting(self) -> bool:
        """Whether a field stays open to be mended, because what was typed into it is refused."""
        return self.open is not None and self.open.refused

    def holds(self, editor: QObject) -> bool:
        """Whether it is this field."""
        return self.is_waiting() and self._open_in(editor) is not None

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        if isinstance(editor, LinesEditor):
            editor.setGeometry(self._sheet(box))
            return
        if index.column() == 0:
            cells = self._model.cells(index.row())
            inset = TEXT_MARGIN + self._model.level(index.row()) * INDENT + (TRIANGLE if cells.parent else 0)
            inset += 0 if cells.summary else ICON
            box = box.adjusted(min(inset - 6, max(0, box.width() - 80)), 0, 0, 0)
        else:
            box = box.adjusted(0, 0, max(0, min(editor.sizeHint().width(), WIDEST_FIELD) - box.width()), 0)
            box.moveLeft(max(0, min(box.left(), self._table.viewport().width() - box.width())))
        editor.setGeometry(box.adjusted(1, 2, -1, -3))

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        if self.open is not None and self.open.field is editor:
            self.open.bubble.hide()
            self.open.bubble.deleteLater()
            self.open = None
        super().destroyEditor(editor, index)

    # leaving

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        found = self._open_in(watched)
        if found is None:
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_for_field(found.field, event):
            event.accept()
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._on_key(found, event)
        if event.type() == QEvent.Type.FocusOut and not self._focus_is_inside(found.field):
            self.leave()
        return False

    def leave(self) -> bool:
        """Takes in what is being typed. Where that is refused, the field stays open and says why; False then."""
        found = self.open
        if found is None:
            return True
        if self._is_draft(found):
            self._leave_draft(found, 0)
            return True
        problem = self._take(found, many=False)
        if problem is not None:
            self._complain(found, problem)
            return False
        self._close(found)
        return True

    def focus_field(self) -> None:
        """Gives the keyboard back to the field that is open."""
        if self.open is not None:
            self.open.field.setFocus()

    def finish(self, down: int, right: int, *, every: bool = False) -> None:
        """Takes in what was typed and goes on to another cell. every: for every selected row, also where a column is
        usually for one row only."""
        found = self.open
        if found is None:
            return
        several = len(self._ids(found, every=every)) > 1
        problem = self._take(found, many=every)
        if problem is not None:
            self._complain(found, problem)
            return
        self._close(found)
        if not several:
            self.moved.emit(down, right, bool(right))

    def put_text(self, text: str) -> None:
        """Shows a text in the open field as if it had been typed."""
        if self.open is not None and isinstance(self.open.field, LineEditor):
            self.open.field.setText(text)

    def complain(self, problem: PlanError) -> None:
        """Says at the open field what was refused."""
        if self.open is not None:
            self._complain(self.open, problem)

    def _is_draft(self, found: OpenField) -> bool:
        return found.index.isValid() and self._model.is_draft(found.index.row())

    def _leave_draft(self, found: OpenField, key: int) -> None:
        text = text_of(found.field)
        self._close(found)
        self.draft_left.emit(text, key)

    def _on_key(self, found: OpenField, event: QKeyEvent) -> bool:
        key, held = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self._is_draft(found) and key in (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab):
            self._leave_draft(found, key)
            return True
        if key == Qt.Key.Key_Escape:
            self._close(found)
            return True
        if key in ENTER and held == Qt.KeyboardModifier.AltModifier and isinstance(found.field, LinesEditor):
            found.field.insertPlainText("\n")
            return True
        if key in ENTER:
            back = bool(held & Qt.KeyboardModifier.ShiftModifier)
            self.finish(-1 if back else 1, 0, every=bool(held & Qt.KeyboardModifier.ControlModifier))
            return True
        if key in SMALL_STEP and not held & Qt.KeyboardModifier.ControlModifier:
            self.finish(0, SMALL_STEP[key])
            return True
        return False

    def _take(self, found: OpenField, *, many: bool) -> PlanError | None:
        """Makes the edit, unless nothing was typed. Returns what was wrong with it."""
        if not found.index.isValid():
            return None
        text = text_of(found.field)
        ids = self._ids(found, every=many)
        if text == found.began and not many:
            return None
        try:
            self._model.take(found.index.column(), ids, text)
        except PlanError as problem:
            return problem
        found.began = text
        return None

    def _ids(self, found: OpenField, *, every: bool) -> list[int]:
        """The rows that an edit is for."""
        return self._table.edited_ids(found.index.row(), found.index.column(), every=every) if found.index.isValid() else []

    def _close(self, found: OpenField) -> None:
        """Takes the field away; the edit may have done so already, where its row went elsewhere."""
        if self.open is found:
            found.began, found.refused = text_of(found.field), False
            self.closeEditor.emit(found.field, QStyledItemDelegate.EndEditHint.NoHint)

    # telling

    def _tell(self, *, typing: bool) -> None:
        """Says what is understood, and how many rows the edit is for."""
        found = self.open
        if found is None or not found.index.isValid():
            return
        words, wrong = self._reading(found) if typing else ("", False)
        found.refused = False
        self._show(found, words, wrong=wrong)

    def _reading(self, found: OpenField) -> tuple[str, bool]:
        row, section = found.index.row(), found.index.column()
        column, record = self._model.column(section), self._model.activity(row)
        if record is None or column.told is None or isinstance(found.field, ChoiceEditor):
            return "", False
        try:
            value = self._model.read(row, section, text_of(found.field))
        except PlanError as problem:
            return say_error(problem), True
        words = column.told(record, value)
        return (f"→ {words}" if words else ""), False

    def _complain(self, found: OpenField, problem: PlanError) -> None:
        """What was refused, why, and what to do, at the cell; what was typed stays."""
        found.refused = True
        self._show(found, say_error(problem), wrong=True)
        if not self._focus_is_inside(found.field) and self._table.isActiveWindow() and self._table.hasFocus():
            found.field.setFocus()

    def _show(self, found: OpenField, words: str, *, wrong: bool) -> None:
        found.bubble.say(words, self._note(found), wrong=wrong)
        found.bubble.show_at(found.field.geometry())
        found.field.setAccessibleDescription(found.bubble.text())

    def _note(self, found: OpenField) -> str:
        """`Applies to 5 rows`."""
        if isinstance(found.field, LinesEditor):
            hint = _("Enter saves, Alt+Enter begins a new line")
        else:
            hint = ""
        plain, every = len(self._ids(found, every=False)), len(self._ids(found, every=True))
        if plain > 1:
            hint = ngettext("Applies to {n} row", "Applies to {n} rows", plain)
        elif every > 1:
            hint = ngettext("Ctrl+Enter: for {n} row", "Ctrl+Enter: for all {n} rows", every)
        return hint

    # parts

    def _open_in(self, editor: QObject) -> OpenField | None:
        return self.open if self.open is not None and self.open.field is editor else None

    @staticmethod
    def _focus_is_inside(field: CellField) -> bool:
        """Whether the keyboard is in the field or in a list that belongs to it."""
        if QApplication.activePopupWidget() is not None:
            return True
        focused = QApplication.focusWidget()
        return focused is field or (focused is not None and field.isAncestorOf(focused))

    def _sheet(self, box: QRect) -> QRect:
        """Where some lines of text are edited: over the cell, and within the table."""
        room = self._table.viewport().rect()
        width = min(max(LINES_WIDTH, box.width()), room.width() - 4)
        height = min(LINES_HEIGHT, room.height() - 4)
        left = max(2, min(box.left(), room.right() - width - 2))
        top = max(2, min(box.top(), room.bottom() - height - 2))
        return QRect(left, top, width, height)


def _is_for_field(field: CellField, event: QKeyEvent) -> bool:
    """Keys that mean the field, not an action of the window."""
    key = Qt.Key(event.key())
    if key in (*ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return True
    return isinstance(field, ChoiceEditor) and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
