"""Levels of a network: each row one above the highest of its predecessors; loops are found, named and cut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.distinct import distinct

NARROW = 16
"""Below this width a level costs less row by row than as an array."""


@dataclass(slots=True)
class Adjacency:
    """The rows linked to each row: `others[first[i]:first[i + 1]]`."""

    first: Ints
    others: Ints


def adjacency(keys: Ints, others: Ints, count: int) -> Adjacency:
    """Groups `others` by `keys`, which lie within 0 … count - 1."""
    order = np.argsort(keys, kind="stable")
    first = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(keys, minlength=count), out=first[1:])
    return Adjacency(first, others[order])


def levels_of(count: int, source: Ints, target: Ints) -> Ints:
    """The level of each row from 0; -1 for rows on a loop and after one."""
    after = adjacency(source, target, count)
    waiting = np.bincount(target, minlength=count).astype(np.int64)
    level = np.full(count, -1, np.int64)
    front = np.flatnonzero(waiting == 0)
    number = 0
    while len(front):
        if len(front) < NARROW:
            front, number = _walk_narrow(front, number, level, waiting, after)
            continue
        level[front] = number
        reached = _neighbours(after, front)
        np.subtract.at(waiting, reached, 1)
        front = distinct(reached[waiting[reached] == 0])
        number += 1
    return level


def _walk_narrow(front: Ints, number: int, level: Ints, waiting: Ints, after: Adjacency) -> tuple[Ints, int]:
    """Goes on row by row until a level is wide again or nothing is left."""
    levels, counts = level.data, waiting.data
    first, others = after.first.data, after.others.data
    current: list[int] = front.tolist()
    while 0 < len(current) < 2 * NARROW:
        following: list[int] = []
        for row in current:
            levels[row] = number
            for place in range(first[row], first[row + 1]):
                other = others[place]
                counts[other] -= 1
                if not counts[other]:
                    following.append(other)
        current = following
        number += 1
    return np.array(current, np.int64), number


def _neighbours(adjacent: Adjacency, rows: Ints) -> Ints:
    """All that is linked to any of the rows, one entry a link."""
    starts, lengths = adjacent.first[rows], adjacent.first[rows + 1] - adjacent.first[rows]
    total = int(lengths.sum())
    offsets = np.repeat(starts - np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)
    found: Ints = adjacent.others[offsets + np.arange(total)]
    return found


def knots(count: int, source: Ints, target: Ints, level: Ints) -> tuple[NDArray[np.int64], list[list[int]]]:
    """The loops among the rows without a level: for each row the number of its knot (rows that all lead to each other),
    -1 for none; and of each knot one loop, as rows in the order of the links."""
    open_link = (level[source] < 0) & (level[target] < 0)
    after = adjacency(source[open_link], target[open_link], count)
    knot = np.full(count, -1, np.int64)
    loops: list[list[int]] = []
    following = [after.others[a:b].tolist() for a, b in zip(after.first[:-1], after.first[1:], strict=True)]
    for members in _strongly_connected(np.flatnonzero(level < 0).tolist(), following):
        if len(members) > 1 or members[0] in following[members[0]]:
            knot[members] = len(loops)
            loops.append(_one_loop(members, following))
    return knot, loops


def _strongly_connected(rows: list[int], following: list[list[int]]) -> list[list[int]]:
    """Sets of rows that lead to each other (Tarjan's algorithm with a stack of its own)."""
    number: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in rows:
        if root in number:
            continue
        walk = [(root, 0)]
        while walk:
            row, place = walk.pop()
            if place == 0:
                number[row] = low[row] = len(number)
                stack.append(row)
                on_stack.add(row)
            while place < len(following[row]):
                other = following[row][place]
                place += 1
                if other not in number:
                    walk += [(row, place), (other, 0)]
                    break
                if other in on_stack:
                    low[row] = min(low[row], number[other])
            else:
                if low[row] == number[row]:
                    members = _popped(stack, row)
                    on_stack.difference_update(members)
                    found.append(sorted(members))
                if walk:
                    above = walk[-1][0]
                    low[above] = min(low[above], low[row])
    return found


def _popped(stack: list[int], last: int) -> list[int]:
    members = [stack.pop()]
    while members[-1] != last:
        members.append(stack.pop())
    return members


def _one_loop(members: list[int], following: list[list[int]]) -> list[int]:
    """The shortest loop through the first member."""
    within = set(members)
    start = members[0]
    came_from: dict[int, int] = {}
    front = [start]
    while front:
        reached: list[int] = []
        for row in front:
            for other in following[row]:
                if other == start:
                    loop = [row]
                    while loop[-1] != start:
                        loop.append(came_from[loop[-1]])
                    return loop[::-1]
                if other in within and other not in came_from:
                    came_from[other] = row
                    reached.append(other)
        front = reached
    return members
