"""A box that is ticked off: its edge and its tick stand out in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import TICK_SIDE, draw_tick_box


class TickBox(QCheckBox):
    """A check box without a text, drawn in the theme's colours."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self) -> QSize:
        return QSize(TICK_SIDE + 7, TICK_SIDE + 7)

    def hitButton(self, pos: object) -> bool:
        """All of it is clicked, not only the square."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._session.theme
        middle = QRectF(self.rect()).center()
        box = QRectF(middle.x() - TICK_SIDE / 2, middle.y() - TICK_SIDE / 2, TICK_SIDE, TICK_SIDE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)
        draw_tick_box(painter, middle, theme, done=self.isChecked(), enabled=self.isEnabled())
        painter.end()
