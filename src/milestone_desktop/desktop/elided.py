"""Text that is too long for its place: cut with "…" where it ends, also where it is written from right to left."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption, QWidget

from milestone_desktop.chart.directions import TO_THE_LEFT, in_its_direction, runs_from_the_right

NARROWEST = 60


def elided(metrics: QFontMetrics | QFontMetricsF, text: str, room: float) -> str:
    """The text as far as it fits into `room` pixels. Where it runs from right to left, so do its dots: they stand at the left."""
    width = max(0.0, room)
    if isinstance(metrics, QFontMetricsF):
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
    else:
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(width))
    return f"{shown}{TO_THE_LEFT}" if shown != text and runs_from_the_right(text) else shown


def write(painter: QPainter, box: QRectF, text: str, *, right: bool = False) -> None:
    """Text on one line in the middle of the box, with … where it does not fit."""
    shown = elided(painter.fontMetrics(), text, box.width() + 1)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | side, in_its_direction(shown))


class ElidedLabel(QLabel):
    """A label of one line that gives way: what does not fit is cut, and stands whole in its tip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(NARROWEST, self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        box = self.contentsRect()
        shown = elided(self.fontMetrics(), self.text(), box.width())
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), in_its_direction(shown))
        tip = self.text() if shown != self.text() else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
