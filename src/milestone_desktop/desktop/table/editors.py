"""The fields that open in a cell: a line with completion, a list of choices, some lines of text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from milestone_desktop.chart.drafts import Draft
from milestone_desktop.desktop.completing import complete
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.activities import Activity

LINES_WIDTH, LINES_HEIGHT = 320, 132


class ChoiceEditor(QComboBox):
    """Offers what a cell may hold. chosen: one was taken from the open list."""

    chosen = Signal()

    def __init__(self, words: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._list_was_open = False
        self.addItems(list(words))
        self.activated.connect(self._tell)

    def hidePopup(self) -> None:
        self._list_was_open = self.view().isVisible()
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the choices without taking one."""
        self._list_was_open = False
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if self._list_was_open:
            self.chosen.emit()


class LineEditor(QLineEdit):
    """A line of text that keeps to its cell. several: its words stand between commas, and each may be completed."""

    def __init__(self, parent: QWidget, words: Sequence[str] = (), *, several: bool = False) -> None:
        super().__init__(parent)
        self.setTextMargins(2, 0, 2, 0)
        if words:
            complete(self, words, several=several)


class LinesEditor(QPlainTextEdit):
    """Some lines of text on a sheet of its own over the cells. Enter ends it, Alt+Enter begins a new line."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("linesEditor")
        self.setTabChangesFocus(False)
        self.setAccessibleDescription(_("Enter saves, Alt+Enter begins a new line"))


CellField = ChoiceEditor | LineEditor | LinesEditor


def field_for(column: Column, record: Activity, parent: QWidget) -> CellField:
    """The field in which a cell is edited."""
    field: CellField
    if column.editor is Editor.CHOICE and column.choices is not None:
        field = ChoiceEditor([word for _value, word in column.choices(record)], parent)
    elif column.editor is Editor.LINES:
        field = LinesEditor(parent)
    else:
        words = column.words() if column.words is not None else ()
        field = LineEditor(parent, words, several=column.editor is Editor.LIST)
    field.setAccessibleName(_("{column} of {title}").format(column=column.heading, title=record.title))
    return field


def draft_field(draft: Draft | None, parent: QWidget) -> LineEditor:
    """The field for the title of a new row."""
    field = LineEditor(parent)
    milestone = draft is not None and draft.milestone
    field.setPlaceholderText(_("New milestone") if milestone else _("New work item"))
    field.setAccessibleName(_("Title of the new milestone") if milestone else _("Title of the new work item"))
    field.setAccessibleDescription(_("Enter saves, Esc cancels"))
    return field


def text_of(field: CellField) -> str:
    """What a field holds now."""
    if isinstance(field, ChoiceEditor):
        return field.currentText()
    return field.toPlainText() if isinstance(field, LinesEditor) else field.text()


def fill(field: CellField, text: str) -> None:
    """Shows a text in a field, selected, so that typing replaces it."""
    if isinstance(field, ChoiceEditor):
        field.setCurrentIndex(field.findText(text))
    elif isinstance(field, LinesEditor):
        field.setPlainText(text)
        field.selectAll()
    else:
        field.setText(text)
        field.selectAll()
