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
    if several or elapsed or len(calendars) > 1 or _given_off_hours(frame):
        return InstantAxis(frame)
    return MinuteAxis(frame, calendars.pop() if calendars else 0)


def _given_off_hours(frame: Frame) -> bool:
    """Whether a given date lies outside working time: only instants can hold it."""
    rows = np.flatnonzero(frame.held >= 0)
    calendar, tables = frame.calendar[rows], frame.tables
    for moments in (frame.held_start[rows], frame.held[rows]):
        index = tables.index(calendar, moments)
        if ((tables.start_of(calendar, index) != moments) & (tables.end_of(calendar, index) != moments)).any():
            return True
    return False
