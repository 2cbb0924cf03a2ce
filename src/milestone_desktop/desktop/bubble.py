"""Words on a ground of their own beside a field or cell: what was understood, what is wrong, how many rows an edit is for."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from milestone_desktop.desktop.spoken import say_aloud

GAP = 3
WIDEST = 420


class Bubble(QFrame):
    """A reading, and below it a note. It never takes the mouse or the keyboard."""

    def __init__(self, ground: QWidget) -> None:
        super().__init__(ground)
        self._ground = ground
        self._said = ""
        self._reading, self._note = QLabel(self), QLabel(self)
        self._note.setProperty("note", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(1)
        for label in (self._reading, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.setObjectName("bubble")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def text(self) -> str:
        """All that it says."""
        return "\n".join(label.text() for label in (self._reading, self._note) if label.text())

    def say(self, reading: str, note: str = "", *, wrong: bool = False) -> None:
        """Takes on words; those that say what is wrong stand in the colour of errors."""
        if self._reading.property("error") != wrong:
            self._reading.setProperty("error", wrong)
            self._reading.style().polish(self._reading)
        for label, words in ((self._reading, reading), (self._note, note)):
            label.setText(words)
            label.setVisible(bool(words))
            room = min(WIDEST, max(120, self._ground.width() - 24))
            wide = label.fontMetrics().horizontalAdvance(words) > room
            label.setWordWrap(wide)
            label.setMinimumWidth(room if wide else 0)
        self.setAccessibleName(self.text())
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()

    def show_at(self, box: QRect) -> None:
        """Stands below a box of its ground, or above it where there is no room below."""
        if not self.text():
            self.hide()
            return
        room = self._ground.rect()
        place = QPoint(box.left(), box.bottom() + GAP)
        if place.y() + self.height() > room.bottom():
            place.setY(box.top() - GAP - self.height())
        place.setX(max(2, min(place.x(), room.right() - self.width() - 2)))
        self.move(place)
        self.raise_()
        self.show()
        if self.text() != self._said:
            self._said = self.text()
            say_aloud(self, self._said, urgent=bool(self._reading.property("error")))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._said = ""

    def show_by(self, field: QWidget) -> None:
        """The same beside a field that lies on its ground, however deep."""
        self.show_at(QRect(field.mapTo(self._ground, QPoint(0, 0)), field.size()))


def ground_of(field: QWidget) -> QWidget:
    """What a field's bubble lies on: the contents of the scroll area that the field is in, so that it scrolls along, or else
    the field's window."""
    found = field
    while (above := found.parentWidget()) is not None and not found.isWindow():
        if isinstance(above.parentWidget(), QScrollArea):
            return found
        found = above
    return found
