"""Dependency lines: which of them are in view, and the way each one takes behind the bars and around the labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.rows import Rows
from milestone_desktop.chart.shapes import Box, Point, tidied
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.distinct import distinct

Ints = npt.NDArray[np.int64]

NEAR = 128
"""A link over more rows than this is drawn only where one of its ends is in view."""

STEP = 64
"""Rows by which the part that was looked at last goes beyond the view, so that scrolling looks anew only now and then."""

TYPES: tuple[LinkType, ...] = (LinkType.FS, LinkType.SS, LinkType.FF, LinkType.SF)


@dataclass(frozen=True)
class Links:
    """The dependencies of a plan as columns; `type` holds positions in TYPES. Good as long as no dependency changes, whatever
    becomes of the rows."""

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

    def touching(self, ids: Ints) -> Ints:
        """Places in the columns, in order, of the links with an end among `ids`."""
        ends, links = self._by_end
        low, high = np.searchsorted(ends, ids, "left"), np.searchsorted(ends, ids, "right")
        many = high - low
        at = np.arange(int(many.sum())) + np.repeat(low - (np.cumsum(many) - many), many)
        found: Ints = distinct(links[at])
        return found

    @cached_property
    def _by_end(self) -> tuple[Ints, Ints]:
        """Every end of a link in order of its activity, and which link it is an end of."""
        ends = np.concatenate((self.predecessor, self.successor))
        order = np.argsort(ends, kind="stable")
        return ends[order], order % max(len(self.id), 1)


@dataclass(frozen=True, slots=True)
class LinkRows:
    """Links between shown rows, as columns. predecessor, successor: rows; before, after: indexes of the two ends into the
    outline; id, type: as in Links."""

    id: Ints
    type: npt.NDArray[np.int8]
    predecessor: Ints
    successor: Ints
    before: Ints
    after: Ints

    def at(self, chosen: Ints | npt.NDArray[np.bool_]) -> LinkRows:
        """Some of them."""
        return LinkRows(
            self.id[chosen], self.type[chosen], self.predecessor[chosen], self.successor[chosen], self.before[chosen],
            self.after[chosen],
        )  # fmt: skip


class LinkIndex:
    """The links between shown rows. Made anew when rows or dependencies come, go or hide, which costs next to nothing: rows
    are looked up only of the links around the view.

    A link with a hidden end is not part of it. Where an end has several rows, the line is drawn to the one next to the
    other end.
    """

    def __init__(self, links: Links, rows: Rows) -> None:
        self._links = links
        self._rows = rows
        self._places = rows.places
        self._ids = rows.outline.ids[self._places]
        self._known: tuple[tuple[int, int], LinkRows] | None = None

    def between(self, first_row: int, last_row: int) -> LinkRows:
        """The links to draw for rows first … last (included), in order.

        Those that touch these rows; of links over more than NEAR rows only those with an end in view.
        """
        part = (first_row // STEP * STEP, (last_row // STEP + 1) * STEP)
        if self._known is None or self._known[0] != part:
            self._known = (part, self._around(*part))
        found = self._known[1]
        low, high = np.minimum(found.predecessor, found.successor), np.maximum(found.predecessor, found.successor)
        inside = (low <= last_row) & (high >= first_row)
        ends = ((low >= first_row) & (low <= last_row)) | ((high >= first_row) & (high <= last_row))
        return found.at(inside & ((high - low <= NEAR) | ends))

    def _around(self, first: int, stop: int) -> LinkRows:
        """The links with an end in rows first … stop or so near to them that it can run through."""
        links, rows = self._links, self._rows
        low, high = (min(max(row, 0), len(rows)) for row in (first - NEAR, stop + NEAR))
        if rows.lines is None:
            places = rows.shown[low:high]
        else:
            places = rows.lines.places[rows.lines.first[low] : rows.lines.first[high]]
        at = links.touching(distinct(rows.outline.ids[places]))
        predecessor, successor = self._found(links.predecessor[at]), self._found(links.successor[at])
        if not is_tree(rows.grouping):
            successor = _nearest(links.successor[at], predecessor, self._ids, self._by_id)
            predecessor = _nearest(links.predecessor[at], successor, self._ids, self._by_id)
        shown = np.flatnonzero((predecessor >= 0) & (successor >= 0) & (predecessor != successor))
        at, predecessor, successor = at[shown], predecessor[shown], successor[shown]
        before, after = self._places[predecessor], self._places[successor]
        if rows.lines is not None:
            predecessor, successor = rows.rows_at(before), rows.rows_at(after)
        return LinkRows(links.id[at], links.type[at], predecessor, successor, before, after)

    def _found(self, wanted: Ints) -> Ints:
        """The first of the shown with each wanted id, −1 where it is not shown."""
        if not len(self._ids):
            return np.full(len(wanted), -1, np.int64)
        table = self._table
        if table is None:
            found = self._by_id[np.minimum(np.searchsorted(self._ids, wanted, sorter=self._by_id), len(self._ids) - 1)]
            return np.where(self._ids[found] == wanted, found, -1)
        known = (wanted > 0) & (wanted < len(table))
        return np.where(known, table[np.where(known, wanted, 0)], -1)

    @cached_property
    def _by_id(self) -> Ints:
        return np.argsort(self._ids, kind="stable")

    @cached_property
    def _table(self) -> Ints | None:
        """The first of the shown by id; None where ids are so far apart that searching is better."""
        highest = int(self._ids.max())
        if highest > SPREAD * (len(self._ids) + 1000):
            return None
        table = np.full(max(highest, 0) + 1, -1, np.int64)
        shown = np.flatnonzero(self._ids > 0)[::-1]
        table[self._ids[shown]] = shown
        return table


SPREAD = 50
"""Ids are looked up in a table while that has at most so many places for each row."""


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
