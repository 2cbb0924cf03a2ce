"""Slack, what is critical, what drives an activity, and links that its dates break. All in working minutes of the
calendar of the activity that they are about."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.frame import BOUNDLESS, EVER
from milestone_desktop.scheduling.network import Network
from milestone_desktop.scheduling.passes import project_finishes
from milestone_desktop.scheduling.rows import FINISHED, STARTED


@dataclass(frozen=True, slots=True)
class Conflict:
    """A link that dates break which the scheduler may not move: fixed ones, or ones that a constraint demands.

    minutes: how much later the successor would have to start, in working minutes.
    """

    dependency: int
    predecessor: int
    successor: int
    minutes: int


@dataclass(slots=True)
class Slack:
    """By row, in working minutes. total: the smaller of start and finish slack, finish slack alone once work has begun;
    free: before any successor moves, never below 0."""

    start: Ints
    finish: Ints
    total: Ints
    free: Ints
    critical: NDArray[np.bool_]


def slack_of(network: Network, early: Ints, late: Ints, placed: Ints) -> Slack:
    """Total slack = min(late start - early start, late finish - early finish); critical: not more than the project's
    slack limit, and not finished. Activities as late as possible have none. placed: where rows are, see `Schedule`."""
    count, rows, axis = network.frame.count, network.everything, network.axis
    finishes = axis.minutes(rows, early[count:])
    start = axis.minutes(rows, late[:count]) - axis.minutes(rows, early[:count])
    finish = axis.minutes(rows, late[count : 2 * count]) - finishes
    start[network.alap] = finish[network.alap] = 0
    total = np.where(network.given >= STARTED, finish, np.minimum(start, finish))
    limits = np.array([project.slack_limit for project in network.projects], np.int64)
    critical = total <= limits[network.project] if count else np.zeros(0, bool)
    critical &= network.given != FINISHED
    return Slack(start, finish, total, _free(network, placed, finishes, total), critical)


def _free(network: Network, placed: Ints, finishes: Ints, total: Ints) -> Ints:
    """How much later each row could finish before an early date of a successor, or the project's end, moves. Where it has
    no successor: its total slack."""
    frame, axis = network.frame, network.axis
    first, count = frame.backward_first, frame.count
    linked = np.flatnonzero(np.diff(first))
    limit = np.full(count, EVER, np.int64)
    if len(linked):
        values = axis.finishes_by_links(_open_ended(network, placed), 0, int(first[-1]))
        limit[linked] = np.minimum.reduceat(values, first[linked])
        ends = project_finishes(network, placed).take(network.project[linked])
        limit[linked] = np.where(network.ids[linked] > 0, np.minimum(limit[linked], ends), limit[linked])
    free = total.copy()
    linked = linked[limit[linked] < BOUNDLESS]
    free[linked] = axis.minutes(linked, limit[linked]) - finishes[linked]
    if network.joined:
        _add_free_of_joins(network, free)
    np.maximum(free, 0, out=free)
    free[(network.given == FINISHED) | network.alap] = 0
    return free


def _open_ended(network: Network, placed: Ints) -> Ints:
    """Placed values, one more that binds nothing, and joins that lead to nothing bound by it."""
    values = np.append(placed, EVER)
    if network.joined:
        loose = np.flatnonzero((network.ids == 0) & (np.diff(network.frame.backward_first) == 0))
        values[loose] = values[network.frame.count + loose] = EVER
    return values


def _add_free_of_joins(network: Network, free: Ints) -> None:
    """What leads into a join has the free slack of the join on top, which no activity sees."""
    joins = np.flatnonzero((network.ids == 0) & (np.diff(network.frame.backward_first) > 0))
    links = network.frame.backward
    for join in joins[free[joins] > 0].tolist():
        for row in links.source[links.target == join].tolist():
            others = links.target[links.source == row]
            if (others == join).all():
                free[row] += free[join]


@dataclass(slots=True)
class Drivers:
    """link: by row, the forward link that determines its dates, -1 where none does; bound: by link, the start that it
    allows its target, and `minutes` how far its target starts after that (below 0: the link is broken)."""

    link: Ints
    bound: Ints
    minutes: Ints


def drivers_of(network: Network, dates: Ints) -> Drivers:
    """Which predecessor each row waits for. Of several that bind equally the first in the order of the network counts."""
    links, axis, count = network.frame.forward, network.axis, network.frame.count
    total = len(links.source)
    link = np.full(count, -1, np.int64)
    if not total:
        return Drivers(link, np.zeros(0, np.int64), np.zeros(0, np.int64))
    bound = axis.starts_by_links(dates, 0, total)
    minutes = axis.minutes(links.target, dates[:count][links.target]) - axis.minutes(links.target, bound)
    binding = np.flatnonzero((minutes == 0) & (network.given[links.target] == 0))
    targets, place = np.unique(links.target[binding], return_index=True)
    link[targets] = binding[place]
    return Drivers(link, bound, minutes)


def driver_ids(network: Network, drivers: Drivers) -> Ints:
    """The id of each row's driving activity, 0 where none: joins are seen through."""
    link = drivers.link
    sources = network.frame.forward.source
    if not len(sources):
        return np.zeros(network.frame.count, np.int64)
    before = np.where(link >= 0, sources[link], -1)
    for _ in range(int((network.ids == 0).sum()) and 2):
        through = (before >= 0) & (network.ids[before] == 0)
        before = np.where(through, before[before], before)
    return np.where(before >= 0, network.ids[before], 0)


def conflicts_of(network: Network, drivers: Drivers) -> list[Conflict]:
    """Links that are broken, by the id of the dependency. Work that has begun is past and breaks nothing."""
    links = network.frame.forward
    broken = np.flatnonzero((drivers.minutes < 0) & (network.given[links.target] < STARTED) & (network.ids[links.target] > 0))
    if not len(broken):
        return []
    source = links.source[broken]
    joins = network.ids[source] == 0
    source[joins] = links.source[drivers.link[source[joins]]]
    keys = links.dependency[broken], network.ids[source], network.ids[links.target[broken]]
    order = np.lexsort(keys[::-1])
    columns = [key[order] for key in keys]
    other = np.any([np.diff(column, prepend=-1) != 0 for column in columns], axis=0)
    first = np.flatnonzero(other)
    minutes = np.maximum.reduceat(-drivers.minutes[broken][order], first)
    return list(map(Conflict, *(column[first].tolist() for column in columns), minutes.tolist()))
