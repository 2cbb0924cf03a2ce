"""Texts in one font, each measured and laid out once: shaping a text costs several times what drawing it does."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QStaticText, QTextOption

from milestone_desktop.chart.directions import in_its_direction
from milestone_desktop.desktop.elided import elided

MOST_KEPT = 20_000
"""So many texts are kept as they fit into a width."""

MOST_LINES = 4_000
"""So many are kept laid out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A text laid out in one line; width and height in logical pixels."""

    text: QStaticText
    width: float
    height: float


class Face:
    """A font and the texts that were set in it. baseline: px from the middle of a line down to its baseline."""

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.metrics = QFontMetricsF(font)
        self.baseline = self.metrics.ascent() - self.metrics.height() / 2
        self._fitting: dict[tuple[str, float], str] = {}
        self._lines: dict[str, Line] = {}
        self._left_to_right = QTextOption()
        self._left_to_right.setTextDirection(Qt.LayoutDirection.LeftToRight)
        self._left_to_right.setWrapMode(QTextOption.WrapMode.NoWrap)

    def fitting(self, words: str, room: float) -> str:
        """Words as far as they fit into so many px, with … where they do not."""
        found = self._fitting.get((words, room))
        if found is None:
            if len(self._fitting) >= MOST_KEPT:
                self._fitting.clear()
            found = self._fitting[words, room] = elided(self.metrics, words, room)
        return found

    def line(self, words: str, room: float) -> Line:
        """Words that stand in many rows, laid out; with … where they do not fit into so many px."""
        line = self._laid_out(words)
        return line if line.width <= room else self._laid_out(self.fitting(words, room))

    def _laid_out(self, words: str) -> Line:
        line = self._lines.get(words)
        if line is None:
            if len(self._lines) >= MOST_LINES:
                self._lines.clear()
            text = QStaticText(in_its_direction(words))
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextOption(self._left_to_right)
            text.prepare(font=self.font)
            size, usual = text.size(), self.metrics.height()
            height = usual if size.height() < usual + 1 else size.height()  # higher only where another font steps in
            line = self._lines[words] = Line(text, size.width(), height)
        return line
