"""Fields that the inspector, the tables and the dialogs share. They hold values, not records."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QStyle,
    QStyleOptionComboBox,
    QStyleOptionFrame,
    QStylePainter,
    QWidget,
)

from milestone_desktop.desktop.bubble import Bubble, ground_of
from milestone_desktop.desktop.completing import complete
from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.typed_dates import read_day, understood_text
from milestone_desktop.desktop.words import _, day_text, say_error
from milestone_desktop.domain.dates import AddDays
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import PlanError

TEXT_TO_EDGES = 28
"""What is left of a choice's width beside its text: the space before it, and the arrow."""


class LineField(QLineEdit):
    """A line of text. Undo and Redo go to the plan unless there is typing to take back.

    left: typing has ended; words: what may be completed, asked for when the keyboard comes; several: it is words between
    commas.
    """

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.words: Callable[[], Sequence[str]] | None = None
        self.several = False
        self.editingFinished.connect(self._on_finished)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and not self.isModified():
            for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo):
                if event.matches(key):
                    event.ignore()
                    return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.words is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            complete(self, self.words(), several=self.several)
        super().focusInEvent(event)

    def show_text(self, text: str) -> None:
        """Shows a value that comes from the plan; what is being typed stays."""
        self._shown = text
        if not (self.hasFocus() and self.isModified()) and self.text() != text:
            self.setText(text)
            self.setCursorPosition(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that does not fit ends in … while nobody edits it."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self).adjusted(2, 0, -2, 0)
        if self.hasFocus() or self.fontMetrics().horizontalAdvance(self.text()) <= box.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        told = elided(self.fontMetrics(), self.text(), box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, told)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what is being typed."""
        if event.key() == Qt.Key.Key_Escape and self.isModified():
            self.setText(self._shown)
            return
        super().keyPressEvent(event)

    def _on_finished(self) -> None:
        if self.isModified():
            self.left.emit()


class ReadField(LineField):
    """A line whose text means something. While one types, what is understood, or what is wrong, stands beside the field, in
    its tip and in its accessible description.

    tell: what a text means, in words; raises PlanError where it means nothing.
    """

    def __init__(self, tell: Callable[[str], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tell = tell
        self._bubble: Bubble | None = None
        self.textEdited.connect(self._show_reading)

    def complaint(self) -> str:
        """Why what is typed means nothing; "" where it does."""
        try:
            self._tell(self.text())
        except PlanError as error:
            return say_error(error)
        return ""

    def understood(self) -> bool:
        return not self.complaint()

    def show_text(self, text: str) -> None:
        super().show_text(text)
        self.hush()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() == Qt.Key.Key_Escape:
            self.hush()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.hush()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.hush()

    def _show_reading(self) -> None:
        complaint = self.complaint()
        told = complaint or self._tell(self.text())
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self._mark(bool(complaint))
        if self._bubble is None:
            self._bubble = Bubble(ground_of(self))
            self.destroyed.connect(self._bubble.deleteLater)
        self._bubble.say(complaint or f"→ {told}", wrong=bool(complaint))
        self._bubble.show_by(self)

    def hush(self) -> None:
        """Takes away what stands beside the field."""
        if self._bubble is not None:
            self._bubble.hide()
        if not self.isModified():
            self._mark(False)

    def _mark(self, wrong: bool) -> None:
        if bool(self.property("invalid")) != wrong:
            self.setProperty("invalid", wrong)
            self.style().polish(self)


class DateField(ReadField):
    """A day, typed as people type it. add_days: how `+3d` counts (default: calendar days)."""

    def __init__(self, today: Day, parent: QWidget | None = None, *, add_days: AddDays | None = None) -> None:
        super().__init__(lambda _text: understood_text(self.day()), parent)
        self._today = today
        self._add_days = add_days
        self._kept: Day | None = None
        self.setToolTip(_("A date: 4 dec, 31/3, next fri, +2w, eom"))

    def show_day(self, day: Day | None) -> None:
        """Shows a day that comes from the plan."""
        self._kept = day
        self.show_text("" if day is None else day_text(day, self._today))

    def day(self) -> Day | None:
        """The day that is typed. Raises PlanError where it is no date."""
        if not self.isModified() and self.text() == ("" if self._kept is None else day_text(self._kept, self._today)):
            return self._kept
        return read_day(self.text(), self._today, self._kept, self._add_days)


class TextField(QPlainTextEdit):
    """Some lines of text. left: the field has been left with other words than it was given."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Shows a value that comes from the plan; what is being typed stays."""
        if self.hasFocus() and self.toPlainText() != self._shown:
            return
        if text != self.toPlainText():
            self.setPlainText(text)
        self._shown = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc takes back what is being typed."""
        if event.key() == Qt.Key.Key_Escape and self.toPlainText() != self._shown:
            self.setPlainText(self._shown)
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.left.emit()

    def _fit(self) -> None:
        lines = min(9, max(2, round(self.document().size().height())))
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + 14)


class ChoiceField(QComboBox):
    """One of several values. picked: the person has chosen."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.activated.connect(lambda: self.picked.emit())
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMinimumWidth(40)

    def offer(self, choices: list[tuple[object, str]], value: object) -> None:
        """Shows what may be chosen and what is."""
        self.blockSignals(True)
        if [(self.itemData(n), self.itemText(n)) for n in range(self.count())] != choices:
            self.clear()
            for data, word in choices:
                self.addItem(word, data)
        self.setCurrentIndex(next((n for n, (data, _word) in enumerate(choices) if data == value), -1))
        self.blockSignals(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A text that does not fit ends in …. The style sheet leaves the arrow out; it is drawn in the colour of quiet text;
        calm fields show it under the mouse."""
        picture = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = max(0, self.width() - TEXT_TO_EDGES)
        option.currentText = elided(self.fontMetrics(), option.currentText, room)
        picture.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        picture.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        picture.end()
        if self.property("calm") and not (self.underMouse() or self.hasFocus()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.PlaceholderText), 1.5))
        x, y = self.width() - 14.5, self.height() / 2
        painter.drawPolyline([QPointF(x - 3.5, y - 1.75), QPointF(x, y + 1.75), QPointF(x + 3.5, y - 1.75)])
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls the page; it never changes a value unasked."""
        event.ignore()
