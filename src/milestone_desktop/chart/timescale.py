"""Time on the horizontal axis: instants to pixels and back, and which stretches of it are shaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant

SMALLEST = 0.002
LARGEST = 400.0
"""Pixels a day between which zooming moves: a window of 1 400 years, or of four days."""

THINNEST_SHADE = 2.5
"""Non-working stretches thinner than this (px) make noise instead of a pattern and are left out."""


MOST_KNOWN = 20_000
"""Days from the first one known beyond which all are forgotten."""

AROUND = 4
"""Days beside the view that are looked at for a stretch that reaches into it."""


class Scale(StrEnum):
    """The five view modes; each is a default zoom and a pair of header levels."""

    DAY = "Day"
    WEEK = "Week"
    MONTH = "Month"
    QUARTER = "Quarter"
    YEAR = "Year"


class WorkingDays(Protocol):
    """What shading asks of a calendar."""

    def is_working(self, day: Day) -> bool:
        """Is there work on this day?"""


def pixels_per_day(scale: Scale) -> float:
    """The zoom at which a view mode opens."""
    return {Scale.DAY: 48.0, Scale.WEEK: 14.0, Scale.MONTH: 3.5, Scale.QUARTER: 1.3, Scale.YEAR: 0.36}[scale]


def scale_at(zoom: float) -> Scale:
    """The view mode whose header suits a zoom in pixels a day."""
    if zoom >= 24:
        return Scale.DAY
    if zoom >= 7:
        return Scale.WEEK
    if zoom >= 2:
        return Scale.MONTH
    return Scale.QUARTER if zoom >= 0.6 else Scale.YEAR


@dataclass(frozen=True, slots=True)
class TimeScale:
    """`origin` (minutes, may be a fraction while panning) stands at x = 0; x grows by `pixels_per_day`."""

    origin: float
    pixels_per_day: float

    def x(self, moment: float) -> float:
        """The x of an instant."""
        return (moment - self.origin) * self.pixels_per_day / MINUTES_PER_DAY

    def xs(self, moments: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The x of many instants."""
        per_minute = self.pixels_per_day / MINUTES_PER_DAY
        return (moments.astype(np.float64) - self.origin) * per_minute

    def instant(self, x: float) -> Instant:
        """The instant at an x, to the minute."""
        return round(self._moment(x))

    def day(self, x: float) -> Day:
        """The day at an x, kept inside the calendar (years 1–9999)."""
        return min(max(int(self._moment(x) // MINUTES_PER_DAY), 1), date.max.toordinal())

    def x_of_day(self, day: Day) -> float:
        """The x at which a day begins."""
        return self.x(day * MINUTES_PER_DAY)

    @property
    def scale(self) -> Scale:
        """The view mode that this zoom belongs to."""
        return scale_at(self.pixels_per_day)

    def zoomed(self, factor: float, about_x: float = 0.0) -> TimeScale:
        """Nearer (factor > 1) or farther; the instant under `about_x` stays there."""
        zoom = min(max(self.pixels_per_day * factor, SMALLEST), LARGEST)
        return TimeScale(self._moment(about_x) - about_x * MINUTES_PER_DAY / zoom, zoom)

    def scrolled(self, dx: float) -> TimeScale:
        """Later by `dx` pixels."""
        return TimeScale(self._moment(dx), self.pixels_per_day)

    def at_scale(self, scale: Scale, about_x: float = 0.0) -> TimeScale:
        """This view in another mode; the instant under `about_x` stays there."""
        return self.zoomed(pixels_per_day(scale) / self.pixels_per_day, about_x)

    def _moment(self, x: float) -> float:
        return self.origin + x * MINUTES_PER_DAY / self.pixels_per_day


def fit(first: Instant, last: Instant, width: float, left: float = 24.0, right: float = 24.0) -> TimeScale:
    """The time scale that shows first … last in `width` pixels, with room for labels at both sides.

    A span below a week is shown as a week around its middle, so that one lone milestone does not fill the window.
    """
    first, last = min(first, last), max(first, last)
    missing = max(7 * MINUTES_PER_DAY - (last - first), 0)
    begin, span = first - missing / 2, last - first + missing
    room = max(width - left - right, width / 3, 1.0)
    zoom = min(max(room * MINUTES_PER_DAY / span, SMALLEST), LARGEST)
    return TimeScale(begin - left * MINUTES_PER_DAY / zoom, zoom)


class KnownDays:
    """A calendar that remembers what it said of each day; good as long as the calendar stays as it is."""

    def __init__(self, calendar: WorkingDays) -> None:
        self._calendar = calendar
        self._first = 0
        self._free = np.zeros(0, np.bool_)

    def is_working(self, day: Day) -> bool:
        return not self.free(day, day)[0]

    def free(self, first: Day, last: Day) -> npt.NDArray[np.bool_]:
        """Whether there is no work, for each of the days first … last."""
        if not len(self._free) or min(abs(first - self._first), abs(last - self._first)) > MOST_KNOWN:
            self._first, self._free = first, self._free[:0]
        begin, end = self._first, self._first + len(self._free)
        if first < begin or last >= end:
            self._free = np.concatenate((self._asked(first, begin), self._free, self._asked(end, last + 1)))
            self._first = min(first, begin)
        return self._free[first - self._first : last + 1 - self._first]

    def _asked(self, first: Day, stop: Day) -> npt.NDArray[np.bool_]:
        return np.array([not self._calendar.is_working(day) for day in range(first, stop)], np.bool_)


def free_stretches(scale: TimeScale, calendar: WorkingDays, x0: float, x1: float) -> npt.NDArray[np.float64]:
    """Weekends and holidays between two x as merged stretches, left and right edge of each; none that is thinner than
    THINNEST_SHADE px where it is not cut. They are told from a few days around, so that one looks the same wherever it is
    cut."""
    if 2 * scale.pixels_per_day < THINNEST_SHADE:
        return np.zeros((0, 2))
    known = calendar if isinstance(calendar, KnownDays) else KnownDays(calendar)
    first, last = max(scale.day(x0) - AROUND, 1), min(scale.day(x1) + AROUND, date.max.toordinal())
    changes = np.diff(known.free(first, last).astype(np.int8), prepend=0, append=0)
    begins, ends = np.flatnonzero(changes > 0) + first, np.flatnonzero(changes < 0) + first
    left, right = scale.xs(begins * MINUTES_PER_DAY), scale.xs(ends * MINUTES_PER_DAY)
    seen = (right - left >= THINNEST_SHADE) & (right > x0) & (left < x1)
    return np.array((np.maximum(left[seen], x0), np.minimum(right[seen], x1))).T
