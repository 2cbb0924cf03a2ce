"""The fields that open in a cell: title, status, progress, dates, tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QIntValidator, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QWidget

from milestone_desktop.desktop.models.roadmap_cells import Column
from milestone_desktop.desktop.models.roadmap_edits import Choice
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.words import _, long_day_text, say_error
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import PlanError

if TYPE_CHECKING:
    from milestone_desktop.desktop.models.roadmap_model import RoadmapModel


class StatusField(QComboBox):
    """Offers the states that a row may have. chosen: one was taken from the open list."""

    chosen = Signal()

    def __init__(self, choices: list[Choice], parent: QWidget) -> None:
        super().__init__(parent)
        self._list_was_open = False
        for choice in choices:
            self.addItem(choice.text, choice.value)
        self.activated.connect(self._tell)

    def hidePopup(self) -> None:
        self._list_was_open = self.view().isVisible()
        super().hidePopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys go through the states without taking one."""
        self._list_was_open = False
        super().keyPressEvent(event)

    def _tell(self) -> None:
        if self._list_was_open:
            self.chosen.emit()


class TextField(QLineEdit):
    """A line of text that keeps to its cell."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextMargins(2, 0, 2, 0)


class Reading(QLabel):
    """What a typed date was understood as, on a ground of its own above the cells."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setContentsMargins(8, 4, 8, 4)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def say(self, words: str, *, wrong: bool) -> None:
        """Shows words; those that say what is wrong in the colour of errors."""
        self.setStyleSheet(f"color: {self._theme.color('error' if wrong else 'tooltip-text').name()};")
        self.setText(words)
        self.adjustSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("button-border"))
        painter.setBrush(self._theme.color("tooltip"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
        super().paintEvent(event)


class DayField(TextField):
    """A typed date, with what was understood shown below it as it is typed.

    read: turns the text into a day (None for an empty field); raises PlanError.
    """

    def __init__(self, read: Callable[[str], Day | None], theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._read = read
        self._cells = parent
        self.reading = Reading(theme, parent)
        self.textEdited.connect(self._show_reading)
        self.setToolTip(_("A date: 4 dec, +2w, next fri, eom, 31/3"))

    def understood(self) -> tuple[bool, Day | None, str]:
        """Whether the text is a date, which one, and the words that say so."""
        try:
            day = self._read(self.text())
        except PlanError as error:
            return False, None, say_error(error)
        return True, day, _("no date") if day is None else long_day_text(day)

    def _show_reading(self) -> None:
        good, _day, words = self.understood()
        self.reading.say("→ " + words if good else words, wrong=not good)
        room = self._cells.rect()
        place = self.geometry().bottomLeft() + QPoint(0, 3)
        if place.y() + self.reading.height() > room.bottom():
            place = self.geometry().topLeft() - QPoint(0, self.reading.height() + 3)
        place.setX(max(2, min(place.x(), room.right() - self.reading.width() - 2)))
        self.reading.move(place)
        self.reading.raise_()
        self.reading.show()
        self.setAccessibleDescription(self.reading.text())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.reading.hide()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.reading.hide()
        super().hideEvent(event)


def editor_for(model: RoadmapModel, row: int, column: Column, parent: QWidget) -> QWidget:
    """The field in which a cell is edited."""
    editor: QWidget
    if column is Column.STATUS:
        editor = StatusField(model.status_choices(row), parent)
    elif column in (Column.START, Column.END):
        editor = DayField(lambda text: model.read_day(text, row, column), model.session.theme, parent)
    else:
        editor = TextField(parent)
        if column is Column.PROGRESS:
            editor.setValidator(QIntValidator(0, 100, editor))
    title = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole))
    editor.setAccessibleName(_("{column} of {title}").format(column=title, title=model.cells(row).title))
    return editor


def fill(editor: QWidget, value: Any) -> None:
    """Shows a cell's value in its field."""
    if isinstance(editor, StatusField):
        editor.setCurrentIndex(editor.findData(value))
    elif isinstance(editor, QLineEdit):
        editor.setText(str(value))
        editor.selectAll()


def value_of(editor: QWidget) -> Any:
    """What the field holds now, as the model's `setData` takes it."""
    if isinstance(editor, StatusField):
        return editor.currentData()
    return editor.text() if isinstance(editor, QLineEdit) else None
