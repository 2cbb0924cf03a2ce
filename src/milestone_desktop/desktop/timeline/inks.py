"""What chart shapes are drawn with: pens, brushes, fonts and sprites of one theme, each made once; and texts measured once."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QGuiApplication, QPen, QStaticText, QTransform

from milestone_desktop.chart.shapes import TextStyle
from milestone_desktop.desktop.theme import ui_font
from milestone_desktop.desktop.timeline.sprites import Sprites

POINTS_PER_INCH = 72

PLAIN = 0x250
"""Latin letters come before this code: one follows the other from left to right, each as it stands."""


class Colours(Protocol):
    """What gives colours by token name: a theme."""

    def color(self, token: str) -> QColor: ...


class Inks:
    """Pens, brushes, fonts and sprites of one theme, each made once; and the width of each text, measured once."""

    REMEMBERED_WIDTHS = 20_000
    REMEMBERED_LINES = 4_000

    def __init__(self, theme: Colours) -> None:
        self._theme = theme
        self.sprites = Sprites()
        self._pens: dict[tuple[str, float, tuple[float, ...]], QPen] = {}
        self._brushes: dict[str, QBrush] = {}
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._metrics: dict[tuple[float, int], QFontMetricsF] = {}
        self._widths: dict[tuple[str, float, int], float] = {}
        self._lines: dict[tuple[str, float, int], tuple[QStaticText, float] | None] = {}

    def pen(self, token: str, width: float = 1.0, dash: tuple[float, ...] = ()) -> QPen:
        """A pen in a token's colour; dash: lengths in pixels. "none" draws nothing."""
        key = (token, width, dash)
        pen = self._pens.get(key)
        if pen is None:
            colour = QColor(Qt.GlobalColor.transparent) if token == "none" else self._theme.color(token)
            pen = QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.RoundJoin)
            if dash:
                pen.setDashPattern([length / width for length in dash])
            if token == "none":
                pen.setStyle(Qt.PenStyle.NoPen)
            self._pens[key] = pen
        return pen

    def brush(self, token: str) -> QBrush:
        """The brush of a token; "none" leaves everything as it is."""
        brush = self._brushes.get(token)
        if brush is None:
            made = QBrush(Qt.BrushStyle.NoBrush) if token == "none" else QBrush(self._theme.color(token))
            brush = self._brushes[token] = made
        return brush

    def font(self, style: TextStyle) -> QFont:
        key = (style.size, style.weight)
        font = self._fonts.get(key)
        if font is None:
            font = self._fonts[key] = _font(style)
        return font

    def line(self, text: str, style: TextStyle) -> tuple[QStaticText, float] | None:
        """A text laid out once, and how far its baseline lies below its upper edge. None for letters that the style's own
        font may lack: another font's have their baseline elsewhere."""
        key = (text, style.size, style.weight)
        if key not in self._lines:
            if len(self._lines) >= self.REMEMBERED_LINES:
                self._lines.clear()
            self._lines[key] = self._laid_out(text, style)
        return self._lines[key]

    def _laid_out(self, text: str, style: TextStyle) -> tuple[QStaticText, float] | None:
        metrics = self._metrics_of(style)
        if not text.isascii() and not all(ord(letter) < PLAIN and metrics.inFontUcs4(ord(letter)) for letter in text):
            return None
        laid = QStaticText(text)
        laid.setTextFormat(Qt.TextFormat.PlainText)
        laid.prepare(QTransform(), self.font(style))
        return laid, metrics.ascent()

    def _metrics_of(self, style: TextStyle) -> QFontMetricsF:
        key = (style.size, style.weight)
        metrics = self._metrics.get(key)
        if metrics is None:
            metrics = self._metrics[key] = QFontMetricsF(self.font(style))
        return metrics

    def measure(self, text: str, style: TextStyle) -> float:
        """The width of a text in pixels: the chart's `Measure`."""
        key = (text, style.size, style.weight)
        width = self._widths.get(key)
        if width is None:
            metrics = self._metrics_of(style)
            if len(self._widths) >= self.REMEMBERED_WIDTHS:
                self._widths.clear()
            width = self._widths[key] = metrics.horizontalAdvance(text)
        return width


def _font(style: TextStyle) -> QFont:
    """A font of exactly the style's size; Qt takes fractions of a pixel only as points."""
    font = ui_font(round(style.size), QFont.Weight(style.weight))
    screen = QGuiApplication.primaryScreen()
    if style.size != round(style.size) and screen is not None:
        font.setPointSizeF(style.size * POINTS_PER_INCH / screen.logicalDotsPerInchY())
    return font
