"""Marks the cells that show what is searched for."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from milestone_desktop.desktop.session import Session
from milestone_desktop.domain.search import span_in


def paint_match(painter: QPainter, box: QRectF, text: str, session: Session) -> None:
    """Paints the ground of a cell whose text holds the words of the find bar; the text comes on top of it."""
    if session.marked and span_in(text, session.marked) is not None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(session.theme.color("match"))
        painter.drawRoundedRect(box.adjusted(3, 4, -3, -5), 5, 5)
        painter.restore()
