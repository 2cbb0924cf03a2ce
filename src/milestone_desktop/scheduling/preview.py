"""What would move if some activities were dragged: only what depends on them is placed anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.instants import Instant
from milestone_desktop.scheduling.calendars import EARLIEST, LATEST, Ints
from milestone_desktop.scheduling.frame import Bounds
from milestone_desktop.scheduling.network import Network
from milestone_desktop.scheduling.passes import forward
from milestone_desktop.scheduling.schedule import Schedule

Dates = tuple[Instant, Instant]

MANY = 3_000
"""When more rows than this are to be placed anew, the whole forward pass is faster."""


def preview(network: Network, schedule: Schedule, dates: Mapping[int, Dates]) -> dict[int, Dates]:
    """Start and finish of everything that would move, by id: the activities named, what follows them, and the parents.

    dates: where activities are put, as (start, finish); of a milestone the finish counts. What the scheduler places goes on
    from there in working time, and keeps its duration unless only one of its ends is moved; what is fixed, or stands in a
    recorded project, is put exactly there. Parents and ids that the plan does not have are passed over, as are dates outside
    1900–2200. `schedule` is that of `network` and is left as it is.
    """
    placed = {
        network.row_of[row_id]: moments
        for row_id, moments in dates.items()
        if row_id in network.row_of and EARLIEST <= moments[0] <= LATEST and EARLIEST <= moments[1] <= LATEST
    }
    if not placed:
        return {}
    drag = _drag(network, schedule, placed)
    values = _place_following(network, schedule, drag)
    if values is None:
        values = _place_all(network, schedule, drag)
    count = network.frame.count
    changed = np.flatnonzero((values[:count] != schedule.values[:count]) | (values[count:] != schedule.values[count:]))
    changed = changed[network.ids[changed] > 0]
    begin = network.axis.instants(changed, values[:count][changed]).tolist()
    end = network.axis.instants(changed, values[count:][changed]).tolist()
    moved = {row_id: (a, b) for row_id, a, b in zip(network.ids[changed].tolist(), begin, end, strict=True)}
    for row, (start, finish) in placed.items():
        row_id = int(network.ids[row])
        if row_id in moved and network.given[row]:
            moved[row_id] = (finish if network.milestone[row] else start, finish)
    _span_parents(network, schedule, moved)
    return moved


def earliest(network: Network, schedule: Schedule, row_id: int) -> Instant | None:
    """The earliest start that the predecessors of an activity allow; None where none of them holds it where it is."""
    row = network.row_of.get(row_id)
    if row is None or network.given[row] or schedule.drivers.link[row] < 0:
        return None
    bound = schedule.drivers.bound[schedule.drivers.link[row]]
    return int(network.axis.instants(np.array([row]), np.array([bound]))[0])


@dataclass(frozen=True, slots=True)
class _Drag:
    """rows: what is dragged; starts, finishes: values of the axis; whole: which of them keep their duration."""

    rows: Ints
    starts: Ints
    finishes: Ints
    whole: NDArray[np.bool_]


def _drag(network: Network, schedule: Schedule, placed: Mapping[int, Dates]) -> _Drag:
    axis = network.axis
    rows = np.array(sorted(placed), np.int64)
    moments = np.array([placed[row] for row in rows.tolist()], np.int64)
    finish = moments[:, 1]
    start = np.where(network.milestone[rows], finish, moments[:, 0])
    free = network.given[rows] == 0
    ends = (start != schedule.start[rows]).astype(int) + (finish != schedule.finish[rows])
    starts = np.where(free, axis.encode(rows, start), axis.exact(rows, start))
    return _Drag(rows, starts, axis.exact(rows, finish), free & (ends != 1))


def _place_following(network: Network, schedule: Schedule, drag: _Drag) -> Ints | None:
    """Values with what follows the moved rows placed anew, in the order of the network; None where that is too much."""
    values = schedule.values.copy()
    count = network.frame.count
    put = set(drag.rows.tolist())
    values[drag.rows], values[count + drag.rows] = drag.starts, np.maximum(drag.starts, drag.finishes)
    for place in np.flatnonzero(drag.whole).tolist():
        row = int(drag.rows[place])
        network.axis.place(values, row, row + 1, drag.starts[place : place + 1])
    first, targets = network.frame.backward_first.data, network.frame.backward.target.data
    view, least = values.data, network.least.view(np.uint8).data
    waiting = [targets[link] for row in put for link in range(first[row], first[row + 1])]
    heapify(waiting)
    last, done = -1, 0
    while waiting:
        row = heappop(waiting)
        if row == last or row in put:
            continue
        last, done = row, done + 1
        if done > MANY and drag.whole.all():
            return None
        before = view[row], view[count + row]
        if least[row]:
            begin = network.frame.forward_first
            starts = network.axis.starts_by_links(values, int(begin[row]), int(begin[row + 1]))
            network.axis.place(values, row, row + 1, starts.min(keepdims=True))
        else:
            network.axis.walk(view, row, row + 1, schedule.bounds)
        if (view[row], view[count + row]) != before:
            for link in range(first[row], first[row + 1]):
                heappush(waiting, targets[link])
    return values


def _place_all(network: Network, schedule: Schedule, drag: _Drag) -> Ints:
    """The whole forward pass with the moved rows held where they were put."""
    bounds = schedule.bounds
    first, last = bounds.first.copy(), bounds.last.copy()
    first[drag.rows] = last[drag.rows] = drag.starts
    return forward(network, Bounds(first, last, bounds.late_first, bounds.late_last))


def _span_parents(network: Network, schedule: Schedule, moved: dict[int, Dates]) -> None:
    """Adds the parents whose span changes, from the deepest up."""
    outline = network.outline
    parents = {row.id for row in outline.parents}
    front = {outline.above[row_id] for row_id in moved if row_id in outline.above}
    seen: set[int] = set()
    while front:
        following: set[int] = set()
        for parent in front:
            if parent in parents:
                spans = [moved.get(child) or schedule.dates(child) for child in outline.children[parent]]
                span = min(start for start, _ in spans), max(finish for _, finish in spans)
                if span == moved.get(parent, schedule.dates(parent)):
                    continue
                moved[parent] = span
            if parent in outline.above and (parent in parents or parent not in seen):
                following.add(outline.above[parent])
            seen.add(parent)
        front = following
