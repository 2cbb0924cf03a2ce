"""Dependency lines: which of them are in view, and the way each one takes behind the bars and around the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.rows import Rows
from milestone_desktop.chart.shapes import Box, Point, tidied
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.domain.plan import Plan

Ints = npt.NDArray[np.int64]

BAND = 64
"""Rows in one band of the index."""

NEAR = 2 * BAND
"""A link over more rows than this is drawn only where one of its ends is in view."""

TYPES: tuple[LinkType, ...] = (LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF)


@dataclass(frozen=True, slots=True)
class Links:
    """The dependencies of a plan as columns; `type` holds positions in TYPES."""

    id: Ints
    predecessor: Ints
    successor: Ints
    type: npt.NDArray[np.int8]

    @classmethod
    def of(cls, plan: Plan) -> Links:
        """All dependencies of the workspace."""
        rows = plan.all(Dependency)
        codes = {kind: code for code, kind in enumerate(TYPES)}
        return cls(
            np.array([row.id for row in rows], np.int64),
            np.array([row.predecessor for row in rows], np.int64),
            np.array([row.successor for row in rows], np.int64),
            np.array([codes[row.type] for row in rows], np.int8),
        )

    def among(self, ids: Ints) -> Links:
        """Only the dependencies with both ends among `ids`."""
        inside = np.isin(self.predecessor, ids) & np.isin(self.successor, ids)
        return Links(self.id[inside], self.predecessor[inside], self.successor[inside], self.type[inside])


class LinkIndex:
    """Links between shown rows, found by band of rows. Made anew when rows or dependencies come, go or hide.

    predecessor, successor: rows; before, after: indexes of the two ends into the outline; id, type: as in Links. A link with
    a hidden end is not part of it. Where an end has several rows, the line is drawn to the one next to the other end.
    """

    def __init__(self, links: Links, rows: Rows) -> None:
        places = rows.places
        ids = rows.outline.ids[places]
        by_id = np.argsort(ids, kind="stable")
        predecessor, successor = _rows_of(links.predecessor, ids, by_id), _rows_of(links.successor, ids, by_id)
        if not is_tree(rows.grouping):
            successor = _nearest(links.successor, predecessor, ids, by_id)
            predecessor = _nearest(links.predecessor, successor, ids, by_id)
        shown = np.flatnonzero((predecessor >= 0) & (successor >= 0) & (predecessor != successor))
        self.id = links.id[shown]
        self.type = links.type[shown]
        self.before, self.after = places[predecessor[shown]], places[successor[shown]]
        self.predecessor = predecessor[shown] if rows.lines is None else rows.rows_at(self.before)
        self.successor = successor[shown] if rows.lines is None else rows.rows_at(self.after)
        self._low = np.minimum(self.predecessor, self.successor)
        self._high = np.maximum(self.predecessor, self.successor)
        self._near = self._high - self._low <= NEAR
        self._first, self._members = _bands(self._low, self._high, self._near, len(rows))

    def __len__(self) -> int:
        return len(self.id)

    def between(self, first_row: int, last_row: int) -> Ints:
        """Positions of the links to draw for rows first … last (included), in order.

        Those that touch these rows; of links over more than NEAR rows only those with an end in view.
        """
        bands = len(self._first) - 1
        low, high = max(first_row // BAND, 0), min(last_row // BAND, bands - 1)
        if high < low:
            return np.empty(0, np.int64)
        at = np.unique(self._members[self._first[low] : self._first[high + 1]])
        inside = (self._low[at] <= last_row) & (self._high[at] >= first_row)
        ends = ((self._low[at] >= first_row) & (self._low[at] <= last_row)) | (
            (self._high[at] >= first_row) & (self._high[at] <= last_row)
        )
        chosen: Ints = at[inside & (self._near[at] | ends)]
        return chosen


SPREAD = 50
"""Ids are looked up in a table while that has at most so many places for each row."""


def _rows_of(wanted: Ints, ids: Ints, by_id: Ints) -> Ints:
    """The row of each wanted id, −1 where it is not shown."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    highest = int(ids.max())
    if highest > SPREAD * (len(ids) + 1000):
        found = by_id[np.minimum(np.searchsorted(ids, wanted, sorter=by_id), len(ids) - 1)]
        return np.where(ids[found] == wanted, found, -1)
    row_of = np.full(max(highest, 0) + 1, -1, np.int64)  # looked up, which is ten times as fast as searching
    shown = np.flatnonzero(ids > 0)[::-1]
    row_of[ids[shown]] = shown
    known = (wanted > 0) & (wanted <= highest)
    return np.where(known, row_of[np.where(known, wanted, 0)], -1)


def _nearest(wanted: Ints, to: Ints, ids: Ints, by_id: Ints) -> Ints:
    """The row of each wanted id that lies nearest to the row `to`, −1 where it is not shown."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    count, lowest = len(ids), int(min(ids.min(), wanted.min(initial=0)))
    keys = (ids[by_id] - lowest) * count + by_id  # ascending: ids in order, the rows of each in order
    after = np.searchsorted(keys, (wanted - lowest) * count + to)
    best = np.full(len(wanted), -1, np.int64)
    for at in (np.maximum(after - 1, 0), np.minimum(after, count - 1)):
        row = by_id[at]
        nearer = (ids[row] == wanted) & ((best < 0) | (np.abs(row - to) < np.abs(best - to)))
        best = np.where(nearer, row, best)
    return best


def _bands(low: Ints, high: Ints, near: npt.NDArray[np.bool_], rows: int) -> tuple[Ints, Ints]:
    """For each band the links to look at: near links in every band they cross, far ones in those of their ends."""
    first, last = low // BAND, high // BAND
    crossed = np.where(near, last - first + 1, 0)
    link = np.repeat(np.arange(len(low)), crossed)
    band = np.repeat(first, crossed) + np.arange(len(link)) - np.repeat(np.cumsum(crossed) - crossed, crossed)
    far = np.flatnonzero(~near)
    members = np.concatenate([link, far, far])
    bands = np.concatenate([band, first[far], last[far]])
    sort = np.argsort(bands, kind="stable")
    count = -(-rows // BAND)
    return np.searchsorted(bands[sort], np.arange(count + 1)), members[sort]


@dataclass(frozen=True, slots=True)
class End:
    """One end of a dependency line: its x, and the row's upper edge, lower edge and the half height of what is drawn there."""

    x: float
    top: float
    bottom: float
    half: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def route(start: End, end: End, boxes: Sequence[Box]) -> tuple[Point, ...]:
    """The way of a dependency line: out of the predecessor towards the successor's row, along the gap between two rows,
    and straight into the successor's edge.

    It stays between rows where it runs across, and the long piece down stands where it crosses the fewest of `boxes`
    (labels): at the predecessor, at the successor, or beside a label that is in the way of both.
    """
    down = end.middle >= start.middle
    leave = start.middle + start.half if down else start.middle - start.half
    enter = end.middle - end.half if down else end.middle + end.half
    first_gap = start.bottom + 2 if down else start.top - 2
    last_gap = end.top + 2 if down else end.bottom - 2
    if abs(start.x - end.x) < 1.5:
        straight = ((end.x, leave), (end.x, enter))
    else:
        straight = None
    if not boxes:
        if straight is not None:
            return straight
        return tidied([(start.x, leave), (start.x, last_gap), (end.x, last_gap), (end.x, enter)])
    low, high = sorted((first_gap, last_gap))
    between = [box for box in boxes if box.top < high and box.bottom > low]
    across = [start.x, end.x, *(x for box in between for x in (box.left - 5, box.right + 5))]
    costs = [
        (sum(box.left - 2 < x < box.right + 2 for box in between), _detour(x, start.x, end.x), n) for n, x in enumerate(across)
    ]
    crossed, _, chosen = min(costs)
    if straight is not None and crossed == costs[1][0]:
        return straight
    x = across[chosen]
    points = [(start.x, leave), (start.x, first_gap), (x, first_gap), (x, last_gap), (end.x, last_gap), (end.x, enter)]
    return tidied(points)


def _detour(x: float, start: float, end: float) -> float:
    return abs(x - start) + abs(x - end)


def arrow(tip: Point, before: Point, size: float = 5.0) -> tuple[Point, ...]:
    """An arrow head at `tip` for a line that comes down or up from `before`."""
    back = tip[1] - size if before[1] <= tip[1] else tip[1] + size
    return (tip, (tip[0] - size * 0.7, back), (tip[0] + size * 0.7, back))
