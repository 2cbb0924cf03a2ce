"""Small drawings that stand in a picture over and over, each made once: marks, arrow heads, the corners of lines.

Drawing a curve or a slanted edge costs Qt many times as much as laying a small picture of it where it belongs. A sprite is
made for each quarter of a pixel at which it can stand, so that nobody sees that it is one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QTransform

from milestone_desktop.chart.shapes import Floats

PHASES = 4
LARGEST = 32.0
"""Pixels: what is larger is drawn as it is."""

MOST_KEPT = 2_000

_SMOOTH = QPainter.RenderHint.Antialiasing

Box = tuple[float, float, float, float]
Whole = npt.NDArray[np.int64]
"""Whole pixels of the screen."""

Kept = tuple[QImage, int, int]
"""A picture, and how far what it shows lies from its left and upper edge, in pixels of the screen."""

Draw = Callable[[QPainter, float, float], None]
"""Draws something that stands at a point."""


@dataclass(slots=True)
class Surface:
    """What is painted on. ratio: pixels of the screen a pixel; whole: what is drawn comes to lie on whole ones, so that sprites
    can be taken; left … bottom: the part that shows; hard: the painter counts in pixels of the screen now.

    Telling Qt how to draw costs as much as drawing, so that it is told only where one way follows the other.
    """

    painter: QPainter
    ratio: float
    whole: bool
    left: float
    top: float
    right: float
    bottom: float
    hard: bool = False

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

    def in_pixels(self) -> None:
        """From here on the painter counts in whole pixels of the screen, and edges stay hard."""
        if self.hard:
            return
        painter, ratio, self.hard = self.painter, self.ratio, True
        if ratio != int(ratio):  # here what was moved by whole pixels may stand between those of the screen
            painter.save()
            painter.scale(1 / ratio, 1 / ratio)
            stands = painter.deviceTransform()
            painter.translate(round(stands.dx()) - stands.dx(), round(stands.dy()) - stands.dy())
        elif ratio != 1:
            painter.scale(1 / ratio, 1 / ratio)
        painter.setRenderHint(_SMOOTH, False)

    def smoothly(self) -> None:
        """From here on the painter counts as it did at first, and edges are smooth."""
        if not self.hard:
            return
        painter, ratio, self.hard = self.painter, self.ratio, False
        if ratio != int(ratio):
            painter.restore()
        elif ratio != 1:
            painter.scale(ratio, ratio)
        painter.setRenderHint(_SMOOTH)

    def touched(self, boxes: Whole) -> npt.NDArray[np.bool_]:
        """Which of some areas are not empty and lie at least partly in what shows. boxes: left, top, right and bottom in pixels
        of the screen, as an array of n × 4."""
        left, top, right, bottom = boxes.T
        ratio = self.ratio
        found: npt.NDArray[np.bool_] = (right > left) & (bottom > top)
        found &= (right >= self.left * ratio) & (left <= self.right * ratio)
        found &= (bottom >= self.top * ratio) & (top <= self.bottom * ratio)
        return found


class Sprites:
    """The sprites of one theme. They are known by what they show; the same key always means the same drawing."""

    def __init__(self) -> None:
        self._kept: dict[object, dict[int, Kept]] = {}

    def put(self, on: Surface, places: Floats, key: object, reach: Box, draw: Draw) -> None:
        """Draws at each of some places what `draw` draws there, from a sprite; nothing where it would not show.

        places: x and y of each, as an array of n × 2; reach: (left, top, right, bottom), how far it goes from the place.
        """
        ratio, lay = int(on.ratio), on.painter.drawImage
        phases = self._phases((key, ratio))
        (x, y), (left, top, right, bottom) = places.T, reach
        seen = (x >= on.left - right) & (x <= on.right - left) & (y >= on.top - bottom) & (y <= on.bottom - top)
        if not seen.any():
            return
        steps = np.rint(places[seen] * (PHASES * ratio)).astype(np.int64)
        phase = steps % PHASES
        at = steps // PHASES
        on.in_pixels()
        for across, down, number in zip(*at.T.tolist(), (phase[:, 0] * PHASES + phase[:, 1]).tolist(), strict=True):
            kept = phases.get(number)
            if kept is None:
                kept = phases[number] = _made(number, ratio, reach, draw)
            picture, back, up = kept
            lay(across - back, down - up, picture)

    def one(self, ratio: float, key: object, reach: Box, draw: Draw) -> Kept:
        """The sprite of something that always stands on whole pixels of the screen."""
        phases = self._phases((key, ratio))
        kept = phases.get(0)
        if kept is None:
            kept = phases[0] = _made(0, ratio, reach, draw)
        return kept

    def _phases(self, key: object) -> dict[int, Kept]:
        """The pictures of one drawing, by where between pixels it stands."""
        phases = self._kept.get(key)
        if phases is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            phases = self._kept[key] = {}
        return phases


def _made(phase: int, ratio: float, reach: Box, draw: Draw) -> Kept:
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
    picture.setDevicePixelRatio(1)
    return picture, left, top
