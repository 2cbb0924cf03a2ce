"""Colours, fonts and measures of the roadmap's table, taken from the theme once rather than at every cell."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from milestone_desktop.desktop.elided import elided
from milestone_desktop.desktop.theme import FONT_PIXELS, Theme, ui_font

ROW_HEIGHT = 32
TEXT_MARGIN = 10
INDENT = 18
TRIANGLE = 16
ICON = 20
WHEEL_STEP = 120
ROWS_PER_NOTCH = 3
MOST_KEPT = 20_000
"""So many widths of words are kept at most."""

RANGE_TINT = 0.10
"""How much of the accent lies over the cells of a range, on top of the selected rows."""


class TableLook:
    """What a cell is painted with. `take` reads another theme."""

    def __init__(self, theme: Theme) -> None:
        self.take(theme)

    def take(self, theme: Theme) -> None:
        """Reads all colours from `theme`."""
        self.theme = theme
        self.surface = theme.color("surface")
        self.selection = theme.color("selection")
        self.range = QColor(theme.color("accent"))
        self.range.setAlphaF(RANGE_TINT)
        self.hover = theme.color("hover")
        self.hairline = theme.color("hairline")
        self.header = theme.color("header")
        self.lane = theme.color("lane")
        self.text = theme.color("text")
        self.muted = theme.color("text-muted")
        self.selected_text = theme.color("selection-text")
        self.focus = theme.color("focus")
        self.completed = theme.color("completed")
        self.outline = theme.color("diamond-outline")
        self.bar = theme.color("bar-progress")
        self.item = theme.color("bar")
        self.track = theme.color("progress-track")
        self.pill = theme.color("pill")
        self.pill_text = theme.color("pill-text")
        self.slip = theme.color("slip")
        self.critical = theme.color("critical")
        self.header_text = theme.color("text-muted")
        self.accent = theme.color("accent")
        self.normal = ui_font()
        self.strong = ui_font(weight=QFont.Weight.DemiBold)
        self.small = ui_font(FONT_PIXELS - 1)
        self.normal_metrics = QFontMetricsF(self.normal)
        self.strong_metrics = QFontMetricsF(self.strong)
        self.small_metrics = QFontMetricsF(self.small)
        self._widths: dict[tuple[str, bool], float] = {}

    def fitting(self, words: str, room: float, *, strong: bool = False) -> str:
        """Words as far as they fit into so many px, with … where they do not. Widths are measured once."""
        metrics = self.strong_metrics if strong else self.normal_metrics
        width = self._widths.get((words, strong))
        if width is None:
            if len(self._widths) > MOST_KEPT:
                self._widths.clear()
            width = self._widths[words, strong] = metrics.horizontalAdvance(words)
        return words if width <= room else elided(metrics, words, room)
