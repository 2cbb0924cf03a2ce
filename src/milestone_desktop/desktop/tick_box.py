"""A box that is ticked off: its edge and its tick stand out in every theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import TICK_SIDE, draw_tick_box

ROOM = 7
"""Pixels around the box, in which the focus is drawn."""
GAP = 5


class TickBox(QCheckBox):
    """A check box drawn in the theme's colours, with or without a text on its right."""

    def __init__(self, session: Session, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._session = session

    def sizeHint(self) -> QSize:
        side = TICK_SIDE + ROOM
        if not self.text():
            return QSize(side, side)
        words = self.fontMetrics().size(Qt.TextFlag.TextShowMnemonic, self.text())
        return QSize(side + GAP + words.width() + 1, max(side, words.height()))

    def hitButton(self, pos: object) -> bool:
        """All of it is clicked, not only the square."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, area = self._session.theme, QRectF(self.rect())
        left = 0.0 if self.text() else area.center().x() - TICK_SIDE / 2
        box = QRectF(left + (3 if self.text() else 0), area.center().y() - TICK_SIDE / 2, TICK_SIDE, TICK_SIDE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)
        draw_tick_box(painter, box.center(), theme, done=self.isChecked(), enabled=self.isEnabled())
        if self.text():
            painter.setPen(theme.color("text" if self.isEnabled() else "text-disabled"))
            place = area.adjusted(box.right() + GAP, 0, 0, 0)
            flags = Qt.TextFlag.TextShowMnemonic | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(place, int(flags), self.text())
        painter.end()
