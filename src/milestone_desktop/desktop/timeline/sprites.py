"""Small drawings that stand in a picture over and over, each made once: marks, arrow heads, the corners of lines.

Drawing a curve or a slanted edge costs Qt many times as much as laying a small picture of it where it belongs. A sprite is
made for each quarter of a pixel at which it can stand, so that nobody sees that it is one.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from milestone_desktop.chart.shapes import Point

PHASES = 4
LARGEST = 32.0
"""Pixels: what is larger is drawn as it is."""

MOST_KEPT = 2_000

Box = tuple[float, float, float, float]

_Kept = tuple[QImage, float, float]

Draw = Callable[[QPainter, float, float], None]
"""Draws something that stands at a point."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What is painted on. ratio: device pixels a pixel; whole: what is drawn comes to lie on whole ones, so that sprites can
    be taken; left … bottom: the part that shows."""

    painter: QPainter
    ratio: float
    whole: bool
    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, painter: QPainter) -> Surface:
        """What a painter paints on as it stands now."""
        device, transform, kinds = painter.device(), painter.transform(), QTransform.TransformationType
        ratio = device.devicePixelRatio()
        plain = transform.type() in (kinds.TxNone, kinds.TxTranslate)
        if painter.hasClipping():
            box = painter.clipBoundingRect()
        else:
            box = transform.inverted()[0].mapRect(QRectF(0, 0, device.width(), device.height()))
        return cls(painter, ratio, plain and ratio == int(ratio), box.left(), box.top(), box.right(), box.bottom())


class Sprites:
    """The sprites of one theme. They are known by what they show; the same key always means the same drawing."""

    def __init__(self) -> None:
        self._kept: dict[object, dict[int, _Kept]] = {}

    def put(self, on: Surface, places: Sequence[Point], key: object, reach: Box, draw: Draw) -> None:
        """Draws at each of some places what `draw` draws there, from a sprite; nothing where it would not show. reach:
        (left, top, right, bottom), how far it goes from the place."""
        ratio, painter = int(on.ratio), on.painter
        steps = PHASES * ratio
        phases = self._phases((key, ratio))
        left, right, top, bottom = on.left - reach[2], on.right - reach[0], on.top - reach[3], on.bottom - reach[1]
        for x, y in places:
            if not (left <= x <= right and top <= y <= bottom):
                continue
            across, down = round(x * steps), round(y * steps)
            phase = across % PHASES * PHASES + down % PHASES
            kept = phases.get(phase)
            if kept is None:
                kept = phases[phase] = _made(phase, ratio, reach, draw)
            picture, back, up = kept
            painter.drawImage(QPointF(across // PHASES / ratio - back, down // PHASES / ratio - up), picture)

    def _phases(self, key: object) -> dict[int, _Kept]:
        """The pictures of one drawing, by where between pixels it stands."""
        phases = self._kept.get(key)
        if phases is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            phases = self._kept[key] = {}
        return phases


def _made(phase: int, ratio: int, reach: Box, draw: Draw) -> _Kept:
    """One picture, and how far its place lies from its left and upper edge."""
    left, top, right, bottom = (math.ceil(side * ratio) + 1 for side in (-reach[0], -reach[1], reach[2], reach[3]))
    picture = QImage(left + right + 1, top + bottom + 1, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    across, down = divmod(phase, PHASES)
    draw(painter, (left + across / PHASES) / ratio, (top + down / PHASES) / ratio)
    painter.end()
    return picture, left / ratio, top / ratio
