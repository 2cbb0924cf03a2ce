"""Signs of cells kept as small pictures: putting one on the screen costs a tenth of drawing its shape."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from milestone_desktop.desktop.theme import Theme

MOST_KEPT = 2_000


class Pictures:
    """Pictures by what they show, in the colours of one theme and for one density of the screen."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, QPixmap] = {}
        self._theme: Theme | None = None
        self._ratio = 1.0
        self._painter = QPainter()

    def begin(self, painter: QPainter, theme: Theme) -> None:
        """What is put down from here on goes to `painter`, in the colours of a theme."""
        ratio = painter.device().devicePixelRatioF()
        if ratio != self._ratio or theme is not self._theme:
            self._kept.clear()
        self._painter, self._theme, self._ratio = painter, theme, ratio

    def put(self, key: Hashable, x: int, y: int, width: int, height: int, draw: Callable[[QPainter], object]) -> None:
        """Puts a picture at a place, drawn where there is none yet of that key. draw: paints it with its corner at 0, 0."""
        picture = self._kept.get(key)
        if picture is None:
            picture = self._drawn(key, width, height, draw)
        if self._ratio.is_integer():
            self._painter.drawPixmap(x, y, picture)
        else:
            place = QPointF(round(x * self._ratio) / self._ratio, round(y * self._ratio) / self._ratio)
            self._painter.drawPixmap(place, picture)

    def _drawn(self, key: Hashable, width: int, height: int, draw: Callable[[QPainter], object]) -> QPixmap:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        picture = QPixmap(math.ceil(width * self._ratio), math.ceil(height * self._ratio))
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
        self._kept[key] = picture
        return picture
