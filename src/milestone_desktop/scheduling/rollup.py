"""Parents: work items that span their children. Their dates, duration and slack follow from what is below them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.network import Network


@dataclass(slots=True)
class Spans:
    """Parents in the order of `Outline.parents`: ids, and the smallest or largest of each column below them."""

    ids: list[int]
    lowest: dict[str, Ints]
    highest: dict[str, Ints]


def span_parents(network: Network, lowest: dict[str, Ints], highest: dict[str, Ints]) -> Spans:
    """Rolls columns of the network's rows up to the parents.

    lowest, highest: columns of which a parent has the smallest (largest) value of its children. A parent without
    anything placed below it cannot be; one below a milestone only spans what is below itself.
    """
    parents = network.outline.parents
    count = network.frame.count
    place = {row.id: count + number for number, row in enumerate(parents)}
    joined = {**network.row_of, **place}
    low = {name: _with_room(column, len(parents), np.iinfo(np.int64).max) for name, column in lowest.items()}
    high = {name: _with_room(column, len(parents), np.iinfo(np.int64).min) for name, column in highest.items()}
    for children, above in _upwards(network, place, joined):
        for column in low.values():
            np.minimum.at(column, above, column[children])
        for column in high.values():
            np.maximum.at(column, above, column[children])
    return Spans(
        [row.id for row in parents],
        {name: column[count:] for name, column in low.items()},
        {name: column[count:] for name, column in high.items()},
    )


def _with_room(column: Ints, more: int, value: int) -> Ints:
    return np.concatenate((column, np.full(more, value, np.int64)))


def _upwards(network: Network, place: dict[int, int], joined: dict[int, int]) -> list[tuple[Ints, Ints]]:
    """Pairs (children, their parents) of places, the deepest parents first."""
    depth: dict[int, int] = {}
    above = network.outline.above
    for start in place:
        path = []
        current: int | None = start
        while current is not None and current not in depth:
            path.append(current)
            depth[current] = -1
            current = above.get(current)
        base = depth[current] if current is not None else -1
        for number, row_id in enumerate(reversed(path), 1):
            depth[row_id] = base + number
    by_depth: dict[int, list[int]] = {}
    for parent in place:
        by_depth.setdefault(depth[parent], []).append(parent)
    pairs = []
    for _, parents in sorted(by_depth.items(), reverse=True):
        links = [(joined[child], place[parent]) for parent in parents for child in network.outline.children[parent]]
        pairs.append((np.array([child for child, _ in links]), np.array([parent for _, parent in links])))
    return pairs
