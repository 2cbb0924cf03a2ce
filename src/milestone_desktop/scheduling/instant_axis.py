"""The axis of a network with several calendars or elapsed lags: values are instants, looked up where work is counted.

Where work is added the value is the end of its last minute, where it is taken away the beginning of its first, so that
results are those of the minute axis wherever one calendar would do.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import ROUND_THE_CLOCK, Ints
from milestone_desktop.scheduling.frame import BOUNDLESS, Bounds, Frame, signs, sources_in, targets_in
from milestone_desktop.scheduling.links import Links


class _Bent:
    """The links that do not simply hand a value on: a lag to count, or a duration to go back or ahead by.

    place: which links; calendar, lag: to count it; after: 1 where it ends after a minute of work.
    """

    def __init__(self, frame: Frame, links: Links, lag: Ints, turned: NDArray[np.bool_], row: Ints, span: Ints) -> None:
        bent = (lag != 0) | (turned & (frame.duration[row] > 0))
        self.place = np.flatnonzero(bent)
        self.number = np.where(bent, np.cumsum(bent) - 1, -1)
        self.begin = np.concatenate(([0], np.cumsum(bent)))
        self.lag = lag[self.place]
        self.after = signs(self.lag)
        self.calendar = np.where(links.elapsed, ROUND_THE_CLOCK, frame.calendar[links.target])[self.place]
        self.own = frame.calendar[row[self.place]]
        self.span = (span * turned)[self.place]
        self.span_after = signs(self.span)
        self.one_by_one = [np.ascontiguousarray(part).data for part in (self.lag, self.calendar, self.own, self.span)]


class InstantAxis:
    """Implements `axis.Axis`."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._tables = frame.tables
        self._count = frame.count
        self._work = (frame.duration > 0).astype(np.int64)
        forward, backward = frame.forward, frame.backward
        self._source = sources_in(forward, frame.count)
        self._target = targets_in(backward, frame.count)
        span = frame.duration[forward.target]
        self._bent = _Bent(frame, forward, forward.lag, forward.to_finish, forward.target, -span)
        span = frame.duration[backward.source]
        self._bent_late = _Bent(frame, backward, -backward.lag, ~backward.from_finish, backward.source, span)
        self._views = [part.data for part in (self._source, self._bent.number, frame.forward_first)]
        self._late_views = [part.data for part in (self._target, self._bent_late.number, frame.backward_first)]
        self._row_views = [part.data for part in (frame.calendar, frame.duration)]

    # between instants and values

    def encode(self, rows: Ints, moments: Ints) -> Ints:
        calendar = self._frame.calendar[rows]
        index = self._tables.index(calendar, moments)
        end = self._tables.end_of(calendar, index)
        return np.where(end == moments, moments, self._tables.start_of(calendar, index))

    def exact(self, rows: Ints, moments: Ints) -> Ints:
        return moments.copy()

    def instants(self, rows: Ints, values: Ints) -> Ints:
        return values.copy()

    def minutes(self, rows: Ints, values: Ints) -> Ints:
        return self._tables.index(self._frame.calendar[rows], values)

    def back(self, rows: Ints, values: Ints) -> Ints:
        return self._shifted(self._frame.calendar[rows], values, -self._frame.duration[rows])

    def ahead(self, rows: Ints, values: Ints) -> Ints:
        return self._shifted(self._frame.calendar[rows], values, self._frame.duration[rows])

    def _shifted(self, calendar: Ints, values: Ints, by: Ints) -> Ints:
        after = signs(by)
        moved = self._tables.start_of(calendar, self._tables.index(calendar, values) + by - after) + after
        return np.where(by == 0, values, moved)

    # whole levels

    def starts_by_links(self, early: Ints, first: int, last: int) -> Ints:
        return self._bend(self._bent, early.take(self._source[first:last]), first, last)

    def finishes_by_links(self, late: Ints, first: int, last: int) -> Ints:
        return self._bend(self._bent_late, late.take(self._target[first:last]), first, last)

    def _bend(self, bent: _Bent, values: Ints, first: int, last: int) -> Ints:
        some = slice(int(bent.begin[first]), int(bent.begin[last]))
        if some.start == some.stop:
            return values
        place = bent.place[some] - first
        before = values[place]
        moved = self._shifted_by(bent.calendar[some], before, bent.lag[some], bent.after[some])
        moved = self._shifted_by(bent.own[some], moved, bent.span[some], bent.span_after[some])
        values[place] = np.where(before >= BOUNDLESS, before, moved)
        return values

    def _shifted_by(self, calendar: Ints, values: Ints, by: Ints, after: Ints) -> Ints:
        if not by.any():
            return values
        moved = self._tables.start_of(calendar, self._tables.index(calendar, values) + by - after) + after
        return np.where(by == 0, values, moved)

    def place(self, early: Ints, first: int, last: int, starts: Ints) -> None:
        calendar, work = self._frame.calendar[first:last], self._work[first:last]
        index = self._tables.index(calendar, starts)
        start = self._tables.start_of(calendar, index)
        index += self._frame.duration[first:last]
        finish = self._tables.end_of(calendar, index)
        held = self._frame.held[first:last]
        early[first:last] = np.where(work & (held < 0), start, starts)
        early[self._count + first : self._count + last] = np.where(held >= 0, held, np.where(work, finish, starts))

    def place_late(self, late: Ints, first: int, last: int, finishes: Ints) -> None:
        calendar, work = self._frame.calendar[first:last], self._work[first:last]
        index = self._tables.index(calendar, finishes)
        finish = self._tables.end_of(calendar, index)
        index -= self._frame.duration[first:last]
        start = self._tables.start_of(calendar, index)
        late[self._count + first : self._count + last] = np.where(work, finish, finishes)
        late[first:last] = np.where(work, start, finishes)

    def release(self, links: Ints, free: NDArray[np.bool_]) -> None:
        held = targets_in(self._frame.backward.chosen(links), self._count)
        self._target[links] = np.where(free, 2 * self._count, held)

    # one row

    def walk(self, early: memoryview, first: int, last: int, bounds: Bounds) -> None:
        source, bent, begin = self._views
        calendars, durations = self._row_views
        lowest, highest, held = bounds.first.data, bounds.last.data, self._frame.held.data
        tables, count = self._tables, self._count
        for row in range(first, last):
            best = lowest[row]
            for link in range(begin[row], begin[row + 1]):
                value = early[source[link]]
                if bent[link] >= 0:
                    value = self._bend_1(self._bent, bent[link], value)
                if value > best:
                    best = value
            best = min(best, highest[row])
            finish = best
            if held[row] >= 0:
                finish = held[row]
            elif durations[row]:
                calendar = calendars[row]
                index = tables.index_1(calendar, best)
                best = tables.start_of_1(calendar, index)
                finish = tables.start_of_1(calendar, index + durations[row] - 1) + 1
            early[row] = best
            early[count + row] = finish

    def walk_late(self, late: memoryview, first: int, last: int, lowest: memoryview, highest: memoryview) -> None:
        target, bent, begin = self._late_views
        calendars, durations = self._row_views
        tables, count = self._tables, self._count
        for row in range(last - 1, first - 1, -1):
            best = highest[row]
            values = []
            for link in range(begin[row], begin[row + 1]):
                value = late[target[link]]
                values.append(value if bent[link] < 0 else self._bend_1(self._bent_late, bent[link], value))
            best = min(max(min(values, default=best), lowest[row]), best)
            start = best
            if durations[row]:
                calendar = calendars[row]
                index = tables.index_1(calendar, best)
                best = tables.start_of_1(calendar, index - 1) + 1
                start = tables.start_of_1(calendar, index - durations[row])
            late[count + row] = best
            late[row] = start

    def _bend_1(self, bent: _Bent, number: int, value: int) -> int:
        lags, calendars, owns, spans = bent.one_by_one
        for calendar, by in ((calendars[number], lags[number]), (owns[number], spans[number])):
            if by and value < BOUNDLESS:
                after = 1 if by > 0 else 0
                value = self._tables.start_of_1(calendar, self._tables.index_1(calendar, value) + by - after) + after
        return value
