"""The axis of time that the passes run on. Two implement it: working minutes of one calendar, and instants of several."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.distinct import distinct
from milestone_desktop.scheduling.frame import Bounds, Frame
from milestone_desktop.scheduling.instant_axis import InstantAxis
from milestone_desktop.scheduling.minute_axis import MinuteAxis


class Axis(Protocol):
    """Columns of values are starts of all rows, then finishes of all rows. Instants count in minutes as in `domain`."""

    def encode(self, rows: Ints, moments: Ints) -> Ints:
        """Values of instants on the rows' calendars; one outside working time counts as where work goes on."""

    def exact(self, rows: Ints, moments: Ints) -> Ints:
        """Values of instants that stay as they are, where the axis can hold them outside working time."""

    def instants(self, rows: Ints, values: Ints) -> Ints:
        """Instants of values."""

    def minutes(self, rows: Ints, values: Ints) -> Ints:
        """Working minutes before values on the rows' calendars; their differences are slack."""

    def back(self, rows: Ints, values: Ints) -> Ints:
        """Starts that belong to finishes."""

    def ahead(self, rows: Ints, values: Ints) -> Ints:
        """Finishes that belong to starts."""

    def starts_by_links(self, early: Ints, first: int, last: int) -> Ints:
        """The earliest start that each of some forward links allows its target."""

    def finishes_by_links(self, late: Ints, first: int, last: int) -> Ints:
        """The latest finish that each of some backward links allows its source."""

    def place(self, early: Ints, first: int, last: int, starts: Ints) -> None:
        """Writes early start and finish of some rows, given what bounds their starts."""

    def place_late(self, late: Ints, first: int, last: int, finishes: Ints) -> None:
        """Writes late start and finish of some rows, given what bounds their finishes."""

    def release(self, links: Ints, free: NDArray[np.bool_]) -> None:
        """Makes some backward links bind nothing, where `free`, or bind again."""

    def walk(self, early: memoryview, first: int, last: int, bounds: Bounds) -> None:
        """Places some rows early, one after the other."""

    def walk_late(self, late: memoryview, first: int, last: int, lowest: memoryview, highest: memoryview) -> None:
        """Places some rows late, one after the other from the last; lowest, highest: bounds of late finishes."""


def axis_for(frame: Frame, several: bool = False) -> Axis:
    """The fastest axis that the network allows; `several`: the one for several calendars all the same."""
    calendars = set(distinct(frame.calendar).tolist())
    elapsed = bool((frame.forward.elapsed & (frame.forward.lag != 0)).any())
    if several or elapsed or len(calendars) > 1 or _off_hours(frame, np.arange(frame.count)):
        return InstantAxis(frame)
    return MinuteAxis(frame, calendars.pop() if calendars else 0)


def renewed_axis(axis: Axis, before: Frame, frame: Frame, places: Ints) -> Axis | None:
    """The axis of a frame in which durations and given dates of some rows are others than before, links and calendars being
    the same; None where the fastest axis may be of another kind now."""
    off = _off_hours(frame, places)
    if isinstance(axis, MinuteAxis):
        return None if off else MinuteAxis(frame, axis.calendar)
    found = InstantAxis(frame) if off or not _off_hours(before, places) else axis_for(frame)
    return found if isinstance(found, InstantAxis) else None


def _off_hours(frame: Frame, places: Ints) -> bool:
    """Whether a given date at one of the places lies outside working time: only instants can hold it."""
    rows = places[frame.held[places] >= 0]
    calendar, tables = frame.calendar[rows], frame.tables
    for moments in (frame.held_start[rows], frame.held[rows]):
        index = tables.index(calendar, moments)
        if ((tables.start_of(calendar, index) != moments) & (tables.end_of(calendar, index) != moments)).any():
            return True
    return False
