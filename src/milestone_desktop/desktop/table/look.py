"""Colours, fonts and measures of the roadmap's table, taken from the theme once rather than at every cell."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont

from milestone_desktop.desktop.table.faces import Face
from milestone_desktop.desktop.theme import FONT_PIXELS, Theme, ui_font

ROW_HEIGHT = 32
TEXT_MARGIN = 10
INDENT = 18
TRIANGLE = 16
ICON = 20
WHEEL_STEP = 120
ROWS_PER_NOTCH = 3
RANGE_TINT = 0.10
"""How much of the accent lies over the cells of a range, on top of the selected rows."""


class TableLook:
    """What a cell is painted with: colours, and the fonts that all themes share."""

    def __init__(self, theme: Theme) -> None:
        self.normal = Face(ui_font())
        self.strong = Face(ui_font(weight=QFont.Weight.DemiBold))
        self.small = Face(ui_font(FONT_PIXELS - 1))
        self.figures = Face(ui_font(figures=True))
        self.strong_figures = Face(ui_font(weight=QFont.Weight.DemiBold, figures=True))
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
