"""The forward and the backward pass: early and late dates of every row, level by level."""

from __future__ import annotations

import numpy as np

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.frame import EVER, NEVER, Bounds
from milestone_desktop.scheduling.network import Network


def forward(network: Network, bounds: Bounds | None = None) -> Ints:
    """Early starts of all rows, then early finishes, as values of the network's axis."""
    axis, first_link = network.axis, network.frame.forward_first
    bounds = bounds or network.bounds
    pairs, other = _in_pairs(first_link)
    early = np.empty(2 * network.frame.count, np.int64)
    view = early.data
    bounded = _bounded(network, bounds.first, bounds.last)
    for run, held in zip(network.runs, bounded, strict=True):
        first, last = run.first, run.last
        if run.least:
            values = axis.starts_by_links(early, int(first_link[first]), int(first_link[last]))
            axis.place(early, first, last, values.min(keepdims=True, initial=EVER) if len(values) else bounds.first[first:last])
            continue
        if not run.wide:
            axis.walk(view, first, last, bounds)
            continue
        begin, end = int(first_link[first]), int(first_link[last])
        if begin == end:
            starts = np.minimum(bounds.first[first:last], bounds.last[first:last])
        else:
            values = axis.starts_by_links(early, begin, end)
            where = first_link[first:last] - begin
            if pairs:
                starts = np.maximum(values.take(where), values.take(other[first:last] - begin))
            else:
                starts = np.maximum.reduceat(values, where)
            if held:
                np.maximum(starts, bounds.first[first:last], out=starts)
                np.minimum(starts, bounds.last[first:last], out=starts)
        axis.place(early, first, last, starts)
    return early


def _in_pairs(first_link: Ints) -> tuple[bool, Ints]:
    """Whether no row has more than two links, and the place of the second link of each, or of its only one.

    Looking two values up and taking the later costs a third of reducing thousands of such short runs of links.
    """
    begin, end = first_link[:-1], first_link[1:]
    return bool((end - begin).max(initial=0) <= 2), np.minimum(begin + 1, end - 1)


def project_finishes(network: Network, early: Ints) -> Ints:
    """The latest early finish of each project, by its place."""
    ends = early[network.frame.count : 2 * network.frame.count]
    if network.joined:
        ends = np.where(network.ids > 0, ends, NEVER)
    finishes = np.full(len(network.projects), NEVER, np.int64)
    if len(finishes) == 1:
        finishes[0] = ends.max(initial=NEVER)
    else:
        np.maximum.at(finishes, network.project, ends)
    return finishes


def backward(network: Network, early: Ints) -> Ints:
    """Late starts of all rows, then late finishes, then one value more. Each project's own latest finish bounds its rows."""
    _release(network, early)
    ends = project_finishes(network, early).take(network.project)
    highest = np.minimum(ends, network.bounds.late_last)
    if network.joined:
        highest[network.ids == 0] = EVER
    return late_dates(network, network.bounds.late_first, highest)


def late_dates(network: Network, lowest: Ints, highest: Ints) -> Ints:
    """The backward pass from given bounds of the late finishes."""
    axis, first_link = network.axis, network.frame.backward_first
    late = np.full(2 * network.frame.count + 1, EVER, np.int64)
    view = late.data
    low, high = lowest.data, highest.data
    bounded = lowest.max(initial=NEVER) > NEVER
    for run in reversed(network.runs):
        first, last = run.first, run.last
        if not run.wide:
            axis.walk_late(view, first, last, low, high)
            continue
        finishes = highest[first:last].copy()
        begin, end = int(first_link[first]), int(first_link[run.linked])
        if begin < end:
            values = axis.finishes_by_links(late, begin, end)
            by_links = np.minimum.reduceat(values, first_link[first : run.linked] - begin)
            if bounded:
                np.maximum(by_links, lowest[first : run.linked], out=by_links)
            np.minimum(by_links, finishes[: run.linked - first], out=finishes[: run.linked - first])
        axis.place_late(late, first, last, finishes)
    return late


def _release(network: Network, early: Ints) -> None:
    """A parent starts with its earliest child, so only that one has to keep to what waits for the parent's start."""
    if network.least.any():
        links = network.frame.backward
        place = np.flatnonzero(network.least[links.target])
        network.axis.release(place, early[links.source[place]] > early[links.target[place]])


def _bounded(network: Network, lowest: Ints, highest: Ints) -> list[bool]:
    """For each run whether any of its rows has a bound."""
    firsts = [run.first for run in network.runs]
    if not firsts:
        return []
    free = (lowest == NEVER) & (highest == EVER)
    found: list[bool] = (~np.logical_and.reduceat(free, firsts)).tolist()
    return found
