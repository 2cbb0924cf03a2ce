"""Depth-first order of a forest by numpy: one pass down and one up, a level at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forest:
    """order: positions in depth-first order; level (0 at the top) and size (the node and all beneath it) by position;
    levels: the positions at each depth."""

    order: Ints
    level: Ints
    size: Ints
    levels: list[Ints]


def depth_first(parent: Ints) -> Forest:
    """The depth-first order of a forest without rings.

    parent: position of each node's parent, −1 at the top; siblings follow each other by position.
    """
    return _ordered(parent, _levels(parent))


def without_rings(parent: Ints, top: Ints) -> Ints:
    """`parent` with each ring of parents opened at its first member, which then hangs under its `top` (a position or −1)."""
    parent = parent.copy()
    while True:
        seen = np.zeros(len(parent), np.bool_)
        for nodes in _levels(parent):
            seen[nodes] = True
        lost = np.flatnonzero(~seen)
        if not len(lost):
            return parent
        parent[lost[0]] = top[lost[0]]


def _levels(parent: Ints) -> list[Ints]:
    """The nodes of each level, grouped by parent in the order of the level above, siblings in order."""
    by_parent = np.argsort(parent, kind="stable")
    first_child = np.searchsorted(parent[by_parent], np.arange(len(parent) + 1))
    count = np.diff(first_child)
    nodes = by_parent[: first_child[0]] if len(parent) else by_parent
    levels = []
    while len(nodes):
        levels.append(nodes)
        counts = count[nodes]
        offsets = np.repeat(first_child[nodes] - (np.cumsum(counts) - counts), counts)
        nodes = by_parent[offsets + np.arange(len(offsets))]
    return levels


def _ordered(parent: Ints, levels: list[Ints]) -> Forest:
    level = np.zeros(len(parent), np.int64)
    size = np.ones(len(parent), np.int64)
    for depth in range(len(levels) - 1, 0, -1):
        nodes = levels[depth]
        level[nodes] = depth
        np.add.at(size, parent[nodes], size[nodes])
    place = np.zeros(len(parent), np.int64)
    for depth, nodes in enumerate(levels):
        before = np.cumsum(size[nodes]) - size[nodes]
        if depth == 0:
            place[nodes] = before
            continue
        above = parent[nodes]
        opens = np.flatnonzero(np.diff(above, prepend=-1))  # the first child of each parent
        lengths = np.diff(np.append(opens, len(nodes)))
        place[nodes] = place[above] + 1 + before - np.repeat(before[opens], lengths)
    order = np.empty(len(parent), np.int64)
    order[place] = np.arange(len(parent))
    return Forest(order, level, size, levels)
