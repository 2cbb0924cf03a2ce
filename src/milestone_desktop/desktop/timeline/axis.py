"""The stretch of time that the timeline shows, shared by its head, its lane and its rows."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from milestone_desktop.chart.timescale import Scale, TimeScale, fit
from milestone_desktop.domain.instants import Instant

ZOOM_STEP = 1.25
EDGE = 24


class Axis(QObject):
    """changed: everything stands elsewhere; panned: everything moved left by that many pixels."""

    changed = Signal()
    panned = Signal(int)

    def __init__(self, scale: TimeScale, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._scale = scale
        self.width = 800

    @property
    def scale(self) -> TimeScale:
        return self._scale

    def show(self, scale: TimeScale) -> None:
        """Shows another stretch of time."""
        if scale != self._scale:
            self._scale = scale
            self.changed.emit()

    def pan(self, dx: int) -> None:
        """Shows what lies `dx` pixels later."""
        if dx:
            self._scale = self._scale.scrolled(dx)
            self.panned.emit(dx)

    def zoom(self, factor: float, about_x: float | None = None) -> None:
        """Nearer (factor > 1) or farther; the instant under `about_x` (default: the middle) stays there."""
        self.show(self._scale.zoomed(factor, self.width / 2 if about_x is None else about_x))

    def set_mode(self, mode: Scale) -> None:
        """Another view mode; the instant in the middle stays there."""
        self.show(self._scale.at_scale(mode, self.width / 2))

    def fit(self, first: Instant, last: Instant, right: float = EDGE) -> None:
        """Shows the whole of a span. right: px kept clear after it, for words."""
        self.show(fit(first, last, self.width, EDGE, right))

    def centre(self, moment: Instant) -> None:
        """Brings an instant to the middle."""
        self.pan(round(self._scale.x(moment) - self.width / 2))

    def reveal(self, first: Instant, last: Instant) -> None:
        """Pans just so far that a span, or at least its end, is in view."""
        left, right = self._scale.x(first), self._scale.x(last)
        if right > self.width - EDGE * 2:
            self.pan(round(min(right - self.width + EDGE * 4, max(left - EDGE, right - self.width / 2))))
        elif left < EDGE:
            self.pan(round(left - EDGE * 2))
