"""The program's icons: line drawings in SVG, drawn in a colour of the theme, sharp at each screen's density."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from milestone_desktop.desktop.theme import Theme
from milestone_desktop.resource_files import resource

SIZES = (16, 20, 24, 32, 40, 48)


class Icons:
    """Icons of one theme, each drawn once."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._made: dict[tuple[str, str], QIcon] = {}

    def icon(self, name: str, token: str = "text-muted") -> QIcon:
        """The icon `resources/icons/<name>.svg` in the colour of a token; faint where its control is disabled."""
        key = (name, token)
        if key not in self._made:
            icon = QIcon()
            for size in SIZES:
                icon.addPixmap(draw(name, self._theme.color(token), size))
                icon.addPixmap(draw(name, self._theme.color("text-disabled"), size), QIcon.Mode.Disabled)
            self._made[key] = icon
        return self._made[key]

    def pixmap(self, name: str, token: str, size: int, ratio: float) -> QPixmap:
        """One drawing `size` logical pixels wide for a screen with `ratio` device pixels to each."""
        drawn = draw(name, self._theme.color(token), round(size * ratio))
        drawn.setDevicePixelRatio(ratio)
        return drawn


def draw(name: str, colour: QColor, size: int) -> QPixmap:
    """The icon in one colour, `size` device pixels wide and high. Qt's own cache keeps it for other windows."""
    key = f"icon {name} {colour.name()} {size}"
    pixmap = QPixmap()
    if QPixmapCache.find(key, pixmap):
        return pixmap
    renderer = QSvgRenderer(QByteArray(_lines_of(name).replace("currentColor", colour.name()).encode()))
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    QPixmapCache.insert(key, pixmap)
    return pixmap


@cache
def _lines_of(name: str) -> str:
    """The SVG text of an icon; reading it costs more than drawing it."""
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")
