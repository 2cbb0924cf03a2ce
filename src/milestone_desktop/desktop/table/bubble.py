"""Words on a ground of their own over the cells: what was understood, what is wrong, how many rows an edit is for."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from milestone_desktop.desktop.theme import Theme

GAP = 3
WIDEST = 420


class Bubble(QWidget):
    """A reading, and below it a note. It never takes the mouse or the keyboard."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cells = parent
        self._reading, self._note = QLabel(self), QLabel(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 4, 8, 4)
        layout.setSpacing(1)
        for label in (self._reading, self._note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def text(self) -> str:
        """All that it says."""
        return "\n".join(label.text() for label in (self._reading, self._note) if label.text())

    def say(self, reading: str, note: str = "", *, wrong: bool = False) -> None:
        """Takes on words; those that say what is wrong stand in the colour of errors."""
        colour = self._theme.color("error" if wrong else "tooltip-text").name()
        self._reading.setStyleSheet(f"color: {colour};")
        self._note.setStyleSheet(f"color: {self._theme.color('accent').name()}; font-size: 12px; font-weight: 600;")
        for label, words in ((self._reading, reading), (self._note, note)):
            label.setText(words)
            label.setVisible(bool(words))
            wide = label.fontMetrics().horizontalAdvance(words) > WIDEST
            label.setWordWrap(wide)
            label.setMinimumWidth(WIDEST if wide else 0)
        self.setAccessibleName(self.text())
        layout = self.layout()
        if layout is not None:
            layout.activate()
        self.adjustSize()

    def show_at(self, box: QRect) -> None:
        """Stands below a box of its parent, or above it where there is no room below."""
        if not self.text():
            self.hide()
            return
        room = self._cells.rect()
        place = QPoint(box.left(), box.bottom() + GAP)
        if place.y() + self.height() > room.bottom():
            place.setY(box.top() - GAP - self.height())
        place.setX(max(2, min(place.x(), room.right() - self.width() - 2)))
        self.move(place)
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("button-border"))
        painter.setBrush(self._theme.color("tooltip"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
        painter.end()
