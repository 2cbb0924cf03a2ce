"""Packing: which stretches of time share a row without overlapping, on as few rows as possible.

Pure arithmetic over columns. Each stretch takes the topmost row that is free when it begins, in the order in which they
begin. That needs exactly as many rows as stretches ever lie side by side, and an edit moves only what overlaps with it,
directly or through others: wherever all rows are free the filling begins anew at the top.
"""

from __future__ import annotations

from heapq import heappop, heappush

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

SHORT_RUN, ALONE = 64, 6
"""Runs of overlapping stretches are filled side by side, a stretch of each at a time; only so many of the longest are filled
one after the other, where they are longer than SHORT_RUN: with few beside them the columns are no help."""

ROW_BITS = 24


def pack(lane: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """The row of each stretch within its lane, from 0 at the top; and the stretches' positions lane by lane, in each in the
    order in which they begin.

    lane: any whole number from 0 on, one for each lane; start, end: in any whole unit, end not included: a stretch may begin
    where another ends; one without length is taken as one unit long. Equal starts go by position.
    """
    row = np.zeros(len(lane), np.int64)
    if len(lane) < 2:
        return row, np.arange(len(lane))
    low = int(start.min())
    end = np.maximum(end, start + 1) - low
    apart = lane * (int(end.max()) + 1)  # lanes one after the other on one axis
    order = np.argsort(apart + start - low, kind="stable")
    begins, ends = (apart + start - low)[order], (apart + end)[order]
    reach = np.maximum.accumulate(ends)
    first = np.concatenate(([0], np.flatnonzero(begins[1:] >= reach[:-1]) + 1))
    size = np.diff(np.append(first, len(order)))
    found = np.zeros(len(order), np.int64)
    longest_first = np.argsort(-size, kind="stable")[: np.count_nonzero(size > 1)]
    first, size = first[longest_first], size[longest_first]
    alone = int(np.count_nonzero(size[:ALONE] > SHORT_RUN))
    for at, count in zip(first[:alone].tolist(), size[:alone].tolist(), strict=True):
        found[at : at + count] = _filled(begins[at : at + count].tolist(), ends[at : at + count].tolist())
    _fill_together(first[alone:], size[alone:], begins, ends, found)
    row[order] = found
    return row, order


def _fill_together(first: Ints, size: Ints, begins: Ints, ends: Ints, found: Ints) -> None:
    """Fills runs side by side, the longest first: the first stretch of each, then the second of each that has one, …"""
    free_from = np.full((len(first), 4), -1, np.int64)  # when each row of each run is free again
    used = 0
    for step in range(int(size[0]) if len(size) else 0):
        runs = int(np.searchsorted(-size, -step, "left"))  # those with more than `step` stretches
        at = first[:runs] + step
        if used == free_from.shape[1]:
            free_from = np.concatenate((free_from, np.full_like(free_from, -1)), axis=1)
        row = (free_from[:runs, : used + 1] <= begins[at, None]).argmax(axis=1)
        free_from[np.arange(runs), row] = ends[at]
        found[at] = row
        used = max(used, int(row.max()) + 1)


def _filled(begins: list[int], ends: list[int]) -> list[int]:
    """Fills one run of any length, its stretches in order of their beginnings."""
    busy: list[int] = []  # when each busy row is free again, and below that its number: whole numbers are quick to compare
    free: list[int] = []
    rows = []
    low = begins[0] if begins else 0
    for begin, end in zip(begins, ends, strict=True):
        now = (begin - low + 1) << ROW_BITS
        while busy and busy[0] < now:
            heappush(free, heappop(busy) & (1 << ROW_BITS) - 1)
        row = heappop(free) if free else len(busy)
        heappush(busy, (end - low << ROW_BITS) + row)
        rows.append(row)
    return rows
