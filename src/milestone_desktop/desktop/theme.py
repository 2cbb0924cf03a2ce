"""A theme: colour tokens from TOML, turned into Qt's palette. What a token is for stands in the theme files."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from milestone_desktop.resource_files import resource

FONT_FAMILY = "Inter"
FONTS_LOADED = "milestone-desktop-fonts"
FONT_PIXELS = 13


class ThemeChoice(StrEnum):
    """What the person chose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high-contrast"


class Theme:
    """Colours by token name."""

    def __init__(self, name: str, dark: bool, colours: Mapping[str, str]) -> None:
        self.name = name
        self.dark = dark
        self.colours = dict(colours)
        self._made: dict[str, QColor] = {}

    def color(self, token: str) -> QColor:
        """The colour of a token. Raises KeyError where the theme has none of that name."""
        made = self._made.get(token)
        if made is None:
            made = self._made[token] = QColor(self.colours[token])
        return made

    def palette(self) -> QPalette:
        """Qt's palette, so that whatever has no style of its own fits too."""
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.color(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("text-disabled"))
        return palette


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "row-alternate",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "text-faint",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "button-text",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection-text",
    QPalette.ColorRole.ToolTipBase: "tooltip",
    QPalette.ColorRole.ToolTipText: "tooltip-text",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Mid: "hairline",
    QPalette.ColorRole.Light: "surface",
    QPalette.ColorRole.Dark: "button-border",
    QPalette.ColorRole.BrightText: "error",
}


def load_theme(name: str) -> Theme:
    """Reads `resources/themes/<name>.toml`."""
    data = tomllib.loads(resource("themes", f"{name}.toml").read_text(encoding="utf-8"))
    return Theme(name, bool(data["dark"]), data["colours"])


def theme_for(choice: ThemeChoice) -> Theme:
    """The theme of a choice; SYSTEM asks the desktop whether it is dark."""
    if choice is ThemeChoice.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return load_theme("dark" if dark else "light")
    return load_theme(choice.value)


def load_fonts() -> None:
    """Registers the font that screen and paper share, once for the running application."""
    application = QGuiApplication.instance()
    if application is None or application.property(FONTS_LOADED):
        return
    application.setProperty(FONTS_LOADED, True)
    for file in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def ui_font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal, *, figures: bool = False) -> QFont:
    """The window's font. figures: all of one width, so that columns of numbers line up; Inter then sets hyphens as wide as
    figures, too, which tears words such as “go-live” apart."""
    font = QFont(FONT_FAMILY)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    if figures:
        font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def dress(application: QApplication, theme: Theme) -> None:
    """Gives the whole program the theme's colours and font."""
    from milestone_desktop.desktop.stylesheet import stylesheet

    application.setStyle("Fusion")
    application.setFont(ui_font())
    application.setPalette(theme.palette())
    application.setStyleSheet(stylesheet(theme))
