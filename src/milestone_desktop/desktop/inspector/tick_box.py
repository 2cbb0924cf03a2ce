"""A box that is ticked off: its edge and its tick stand out in every theme."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QWidget

from milestone_desktop.desktop.session import Session

SIDE = 15


class TickBox(QCheckBox):
    """A check box without a text, drawn in the theme's colours."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def sizeHint(self) -> QSize:
        return QSize(SIDE + 7, SIDE + 7)

    def hitButton(self, pos: object) -> bool:
        """All of it is clicked, not only the square."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, done = self._session.theme, self.isChecked()
        middle = QRectF(self.rect()).center()
        box = QRectF(middle.x() - SIDE / 2, middle.y() - SIDE / 2, SIDE, SIDE)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1.5))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 6, 6)
        fill, edge = ("accent", "accent") if done else ("input", "input-border")
        painter.setPen(QPen(theme.color(edge if self.isEnabled() else "hairline"), 1.2))
        painter.setBrush(theme.color(fill if self.isEnabled() or not done else "text-disabled"))
        painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
        if done:
            round_ = Qt.PenCapStyle.RoundCap
            painter.setPen(QPen(theme.color("accent-text"), 1.9, Qt.PenStyle.SolidLine, round_, Qt.PenJoinStyle.RoundJoin))
            painter.drawPolyline([middle + QPointF(-3.6, 0.2), middle + QPointF(-1.0, 3.0), middle + QPointF(3.8, -2.8)])
        painter.end()
