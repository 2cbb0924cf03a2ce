"""The axis of a network that knows one calendar only: no look-up at all during the passes.

A value is twice the index of an instant on the calendar, plus one where it is taken as the beginning of the work that
follows (08:00) and not as the end of the work before (17:00). The two are equal in working time; the last bit keeps apart
where a milestone is to be shown, and orders them as the clock does.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.frame import Bounds, Frame, sources_in, targets_in


class MinuteAxis:
    """Implements `axis.Axis`."""

    def __init__(self, frame: Frame, calendar: int) -> None:
        self._frame = frame
        self._tables = frame.tables
        self.calendar = calendar
        self._count = frame.count
        work = (frame.duration > 0).astype(np.int64)
        self._work = work
        self._to_finish = 2 * frame.duration - work
        self._mask = ~work
        self._twice = 2 * frame.duration
        forward, backward = frame.forward, frame.backward
        self._source = sources_in(forward, frame.count)
        self._target = targets_in(backward, frame.count)
        duration = frame.duration[forward.target] * forward.to_finish
        self._later = 2 * (forward.lag - duration) + (forward.lag < 0)
        self._keep = np.where((forward.lag == 0) & (duration == 0), -1, -2)
        duration = frame.duration[backward.source] * ~backward.from_finish
        self._earlier = 2 * (duration - backward.lag) + (backward.lag > 0)
        self._keep_late = np.where((backward.lag == 0) & (duration == 0), -1, -2)
        self._plain = not self._later.any()
        self._plain_late = not self._earlier.any()
        self._views = [part.data for part in (self._source, self._keep, self._later, frame.forward_first)]
        self._late_views = [part.data for part in (self._target, self._keep_late, self._earlier, frame.backward_first)]
        self._row_views = [part.data for part in (self._work, self._to_finish)]

    # between instants and values

    def encode(self, rows: Ints, moments: Ints) -> Ints:
        index = self._tables.index(self.calendar, moments)
        values: Ints = 2 * index + (self._tables.end_of(self.calendar, index) != moments)
        return values

    def exact(self, rows: Ints, moments: Ints) -> Ints:
        return self.encode(rows, moments)

    def instants(self, rows: Ints, values: Ints) -> Ints:
        return self._tables.start_of(self.calendar, (values - 1) >> 1) + (~values & 1)

    def minutes(self, rows: Ints, values: Ints) -> Ints:
        return values >> 1

    def back(self, rows: Ints, values: Ints) -> Ints:
        work = self._work[rows]
        return np.where(work, ((values | 1) - self._twice[rows]), values)

    def ahead(self, rows: Ints, values: Ints) -> Ints:
        work = self._work[rows]
        return np.where(work, (values & ~1) + self._twice[rows], values)

    # whole levels

    def starts_by_links(self, early: Ints, first: int, last: int) -> Ints:
        values = early.take(self._source[first:last])
        if not self._plain:
            values &= self._keep[first:last]
            values += self._later[first:last]
        return values

    def place(self, early: Ints, first: int, last: int, starts: Ints) -> None:
        begin = early[first:last]
        np.bitwise_or(starts, self._work[first:last], out=begin)
        np.add(begin, self._to_finish[first:last], out=early[self._count + first : self._count + last])

    def finishes_by_links(self, late: Ints, first: int, last: int) -> Ints:
        values = late.take(self._target[first:last])
        if not self._plain_late:
            values &= self._keep_late[first:last]
            values += self._earlier[first:last]
        return values

    def place_late(self, late: Ints, first: int, last: int, finishes: Ints) -> None:
        end = late[self._count + first : self._count + last]
        np.bitwise_and(finishes, self._mask[first:last], out=end)
        np.subtract(end, self._to_finish[first:last], out=late[first:last])

    def release(self, links: Ints, free: NDArray[np.bool_]) -> None:
        held = targets_in(self._frame.backward.chosen(links), self._count)
        self._target[links] = np.where(free, 2 * self._count, held)

    # one row

    def walk(self, early: memoryview, first: int, last: int, bounds: Bounds) -> None:
        source, keep, later, begin = self._views
        work, to_finish = self._row_views
        lowest, highest = bounds.first.data, bounds.last.data
        count = self._count
        for row in range(first, last):
            best = lowest[row]
            for link in range(begin[row], begin[row + 1]):
                value = (early[source[link]] & keep[link]) + later[link]
                if value > best:
                    best = value
            if best > highest[row]:
                best = highest[row]
            best |= work[row]
            early[row] = best
            early[count + row] = best + to_finish[row]

    def walk_late(self, late: memoryview, first: int, last: int, lowest: memoryview, highest: memoryview) -> None:
        target, keep, earlier, begin = self._late_views
        work, to_finish = self._row_views
        count = self._count
        for row in range(last - 1, first - 1, -1):
            links = range(begin[row], begin[row + 1])
            best = min([(late[target[link]] & keep[link]) + earlier[link] for link in links], default=highest[row])
            best = min(max(best, lowest[row]), highest[row]) & ~work[row]
            late[count + row] = best
            late[row] = best - to_finish[row]
