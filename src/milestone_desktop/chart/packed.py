"""Rows packed into lanes: what lies directly under a parent or in a group stands on as few rows as hold it.

Beside bars and marks there is room for their names at the zoom that was packed for; nearer than that there is more.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.drafts import DRAFT
from milestone_desktop.chart.packing import Ints, pack
from milestone_desktop.chart.rows import NO_INSTANT, Lines, RowKind, Rows
from milestone_desktop.chart.shapes import SPARE, Measure, TextStyle
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.plan import Plan

Floats = npt.NDArray[np.float64]

NAME_STYLE = TextStyle(11.5, 400, "text")
WIDEST_NAME = 160.0
"""Longer names are shortened."""

MARK = 8.0
"""Half the width of a milestone's mark."""

TARGET = 6.5
SLIM = 3.0
"""A bar is never drawn slimmer than this."""

INSIDE = 6.0
"""Clear pixels on both sides of a name inside a bar."""

BESIDE = 6.0
"""Between a bar or mark and the name beside it."""

APART = 4.0
"""Between one item and the next on a row, where it ends without a name; after a name twice as much."""

STEPS_PER_DOUBLING = 2
_UNDATED = 1 << 30
_DRAFT = _UNDATED + 1
_RANKS = 1 << 31


def zoom_step(pixels_per_day: float) -> float:
    """The zoom to pack for: the next one out of a row of steps, so that rows do not jump at each turn of the wheel."""
    return float(2.0 ** (math.floor(math.log2(pixels_per_day) * STEPS_PER_DOUBLING) / STEPS_PER_DOUBLING))


class Packer:
    """Packs the rows of a plan. Names are measured once; `forget` those that were changed.

    targets: whether the promised dates of milestones are drawn, and need room.
    """

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._widths = np.zeros(0)
        self.targets = True

    def forget(self, ids: Iterable[int]) -> None:
        """The titles of these activities may be others."""
        known = [row_id for row_id in ids if row_id < len(self._widths)]
        self._widths[known] = np.nan

    def packed(self, rows: Rows, plan: Plan, zoom: float) -> Rows:
        """The same rows with their items on shared rows. zoom: pixels a day.

        Heads, parents and a row that is being added keep rows of their own. The items of each stand right below it, what
        has no dates on a last row; what has nothing above it stands at the top. A row shows the first item that is not
        completed, else its last one.
        """
        outline, shown = rows.outline, rows.shown
        if not len(shown):
            return rows
        ids, kind, above = outline.ids[shown], outline.kind[shown], outline.parent[shown]
        item = (ids > 0) & (outline.size[shown] == 1) & ((kind == RowKind.ITEM) | (kind == RowKind.MILESTONE))
        dated = item & (outline.end[shown] != NO_INSTANT)
        at = np.flatnonzero(dated)
        begin, end = self._rooms(rows, plan, shown[at], zoom)
        rank = np.where(item, _UNDATED, np.where(ids == DRAFT, _DRAFT, 0))
        row, in_time = pack(above[at] + 1, begin, end)
        rank[at] = 1 + row
        under = np.where(rank > 0, above, shown)  # a head stands at its own place, items at that of their head
        key = (under + 1) * _RANKS + rank
        order = np.concatenate((np.flatnonzero(~dated), at[in_time]))
        return _lined_up(rows, key, order[np.argsort(key[order], kind="stable")])

    def _rooms(self, rows: Rows, plan: Plan, places: Ints, zoom: float) -> tuple[Ints, Ints]:
        """From when to when each item needs its row, its name included."""
        outline, minutes = rows.outline, MINUTES_PER_DAY / zoom
        start, end = outline.start[places].astype(np.float64), outline.end[places].astype(np.float64)
        names = self._names(plan, outline.ids[places])
        point = outline.kind[places] == RowKind.MILESTONE
        left = np.where(point, end - MARK * minutes, np.minimum(start, end))
        right = np.where(point, end + MARK * minutes, np.maximum(end, start + SLIM * minutes))
        if self.targets:
            target = outline.target[places]
            promised = point & (target != NO_INSTANT) & ~outline.dropped[places]
            left = np.where(promised, np.minimum(left, target - TARGET * minutes), left)
            right = np.where(promised, np.maximum(right, target + TARGET * minutes), right)
        inside = ~point & (right - left >= (names + 2 * INSIDE) * minutes)
        name = np.where(inside | (names == 0), APART, BESIDE + names + 2 * APART)
        return np.floor(left).astype(np.int64), np.ceil(right + name * minutes).astype(np.int64)

    def _names(self, plan: Plan, ids: Ints) -> Floats:
        """The widths of some activities' names, at most WIDEST_NAME."""
        highest = int(ids.max(initial=0))
        if highest >= len(self._widths):
            grown = np.full(highest + 1 + highest // 4, np.nan)
            grown[: len(self._widths)] = self._widths
            self._widths = grown
        missing = ids[np.isnan(self._widths[ids])]
        if len(missing):
            rows = (plan.activity(row_id) for row_id in missing.tolist())
            self._widths[missing] = text_widths(["" if row is None else row.title for row in rows], self._measure)
        return np.minimum(self._widths[ids], WIDEST_NAME)


def text_widths(texts: list[str], measure: Measure) -> Floats:
    """How wide many texts are in NAME_STYLE, with a little to spare, by the widths of their characters; in pixels."""
    joined = "\n".join((*texts, "")).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(joined, np.uint32).astype(np.int64)
    seen = np.flatnonzero(np.bincount(codes, minlength=11))
    widths = np.zeros(int(seen[-1]) + 1)
    widths[seen] = [0.0 if code == 10 else measure(_character(code), NAME_STYLE) for code in seen.tolist()]
    total = np.concatenate(([0.0], np.cumsum(widths[codes])))
    ends = np.flatnonzero(codes == 10)
    if len(ends) != len(texts):  # some title has line breaks of its own
        return np.array([sum(measure(letter, NAME_STYLE) for letter in text if letter != "\n") * SPARE for text in texts])
    found: Floats = np.diff(total[ends], prepend=0.0) * SPARE
    return found


def _character(code: int) -> str:
    return "" if 0xD800 <= code <= 0xDFFF else chr(code)


def _lined_up(rows: Rows, key: Ints, order: Ints) -> Rows:
    """The rows in an order in which what has the same key follows each other: it shares a row."""
    places, key = rows.shown[order], key[order]
    opens = np.concatenate(([True], key[1:] != key[:-1]))
    first = np.append(np.flatnonzero(opens), len(places))
    row = np.full(len(rows.outline.ids), -1, np.int64)
    row[places] = np.cumsum(opens) - 1
    open_ = np.where(rows.outline.completed[places], len(places), np.arange(len(places)))
    front = np.minimum(np.minimum.reduceat(open_, first[:-1]), first[1:] - 1)
    return replace(rows, shown=places[front], lines=Lines(places, first, row), _rows_by_id={})
