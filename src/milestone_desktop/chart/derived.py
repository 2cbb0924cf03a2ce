"""Outlines made from the whole outline of some projects: filtered, in another order, or flat under the heads of groups.

All of it goes by numpy over the columns that are there already; only grouping looks at each record once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.depth_first import Ints
from milestone_desktop.chart.memberships import Memory
from milestone_desktop.chart.outline import FIRST_GROUP, VALUES, Outline, RowKind
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.domain.grouping import Group
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan

Mask = npt.NDArray[np.bool_]
HeadIds = dict[tuple[Any, ...], int]


def kept_rows(base: Outline, keep: Ints) -> tuple[Mask, Mask]:
    """Which rows a filter keeps, given by ids, and which of them show: every row above a kept one, and every head."""
    kept = _among(base.ids, keep)
    return kept, (np.diff(_running(kept)[_edges(base)], axis=0)[0] > 0) | (base.ids < 0)


def _running(mask: Mask) -> Ints:
    """How many of the first n rows are in the mask, for each n."""
    return np.concatenate(([0], np.cumsum(mask)))


def _edges(base: Outline) -> Ints:
    """Where each row's subtree begins and ends."""
    here = np.arange(len(base.ids))
    return np.stack((here, here + base.size))


def _among(ids: Ints, wanted: Ints) -> Mask:
    """Which of the ids are wanted. Ids are dense, so that a table by id is the fastest way."""
    found = np.zeros(len(ids), np.bool_)
    if len(ids) == 0 or len(wanted) == 0:
        return found
    table = np.zeros(max(int(wanted.max()), 0) + 2, np.bool_)
    table[wanted[wanted >= 0]] = True
    own = (ids >= 0) & (ids < len(table))
    found[own] = table[ids[own]]
    return found


def filtered(base: Outline, shown: Mask) -> Outline:
    """Only the rows of the mask; whoever is shown has its parents shown too."""
    at = np.flatnonzero(shown)
    place = np.cumsum(shown) - 1
    parent = base.parent[at]
    size = np.diff(_running(shown)[_edges(base)], axis=0)[0][at]
    return _taken(base, at, np.where(parent >= 0, place[parent], -1), base.level[at], size)


def without_heads(base: Outline) -> Outline:
    """The outline of several projects one below the other, without a row for each project."""
    if not base.with_heads:
        return base
    at = np.flatnonzero(base.ids > 0)
    place = np.cumsum(base.ids > 0) - 1
    parent = base.parent[at]
    inside = (parent >= 0) & (base.ids[parent] > 0)
    return _taken(base, at, np.where(inside, place[parent], -1), base.level[at] - 1, base.size[at])


def ordered(base: Outline, ranks: Ints) -> Outline:
    """Siblings in the order of their ranks: one for each row, 0 to the number of rows less one, the heads of projects in
    their own order."""
    count = len(base.ids)
    by_parent = np.argsort((base.parent + 1) * count + ranks)  # siblings side by side, in their new order
    size = base.size[by_parent]
    before = np.cumsum(size) - size
    above = base.parent[by_parent]
    first = np.flatnonzero(np.diff(above, prepend=-2))  # the first child of each parent
    among = np.empty(count, np.int64)  # rows between a parent and its child
    among[by_parent] = before - np.repeat(before[first], np.diff(np.append(first, count)))
    place = np.empty(count, np.int64)
    deepest = int(base.level.max(initial=0))
    by_level = np.argsort(base.level.astype(np.min_scalar_type(deepest)), kind="stable")  # small numbers sort at once
    ends = np.searchsorted(base.level[by_level], np.arange(deepest + 2))
    place[by_level[: ends[1]]] = among[by_level[: ends[1]]]
    for level in range(1, len(ends) - 1):
        nodes = by_level[ends[level] : ends[level + 1]]
        place[nodes] = place[base.parent[nodes]] + 1 + among[nodes]
    at = np.empty(count, np.int64)
    at[place] = np.arange(count)
    parent = base.parent[at]
    return _taken(base, at, np.where(parent >= 0, place[parent], -1) if count else parent, base.level[at], base.size[at])


def grouped(base: Outline, kept: Mask, plan: Plan, names: Sequence[str], memory: Memory, ranks: Ints | None) -> Outline:
    """The kept activities flat under the heads of their groups, without those that stand for others beneath them; in one
    list for no names. An activity stands in each of its groups; inside they follow the outline, or the ranks of its rows.
    """
    at = _lowest(base, kept)
    row, levels = _memberships(base, at, plan, names, memory)
    order = np.lexsort((row if ranks is None else ranks[row], *(rank[code] for code, rank, _ in reversed(levels))))
    row = row[order]
    heads: dict[int, str | Message] = {}
    columns = [code[order] for code, _, _ in levels]
    return _under_heads(base, row, columns, [groups for _, _, groups in levels], tuple(names), heads, memory.head_ids)


def _lowest(base: Outline, kept: Mask) -> Ints:
    """Positions of the activities that stand in groups: milestones, and items with nothing kept beneath them."""
    kept = kept & (base.ids > 0)
    inside = np.diff(_running(kept)[_edges(base)], axis=0)[0]
    return np.flatnonzero(kept & ((inside == 1) | (base.kind == RowKind.MILESTONE)))


_Level = tuple[Ints, Ints, Mapping[int, Group]]
"""The number of the group of each row, the place of each group among its like, and the groups by number."""


def _memberships(base: Outline, at: Ints, plan: Plan, names: Sequence[str], memory: Memory) -> tuple[Ints, list[_Level]]:
    """Each row once for every combination of its groups."""
    levels: list[_Level] = []
    for name in names:
        place, codes, groups = memory.members(name).of(plan, base.ids[at])
        at = at[place]
        levels = [(code[place], rank, known) for code, rank, known in levels]
        levels.append((codes, _places(groups), groups))
    return at, levels


def _places(groups: Mapping[int, Group]) -> Ints:
    places = np.zeros(max(groups, default=-1) + 1, np.int64)
    places[sorted(groups, key=lambda number: groups[number].order)] = np.arange(len(groups))
    return places


def _under_heads(
    base: Outline,
    row: Ints,
    codes: Sequence[Ints],
    groups: Sequence[Mapping[int, Group]],
    names: tuple[str, ...],
    heads: dict[int, str | Message],
    head_ids: HeadIds,
) -> Outline:
    """Heads put in before the first row of each group. Rows come sorted by their groups."""
    count, depth = len(row), len(codes)
    opens = np.zeros((depth, count), np.bool_)  # where a head of each level stands right before a row
    for level, code in enumerate(codes):
        opens[level, :1] = True
        opens[level, 1:] = (code[1:] != code[:-1]) | (opens[level - 1, 1:] if level else False)
    before = np.cumsum(opens.sum(axis=0)) if depth else np.zeros(count, np.int64)
    place = np.arange(count) + before  # where each row stands among heads and rows
    total = int(count + opens.sum())
    origin = np.full(total, -1, np.int64)
    origin[place] = row
    ids, parent, level_of, size = (np.zeros(total, np.int64) for _ in range(4))
    ids[place], level_of[place], size[place] = base.ids[row], depth, 1
    above = np.full(count, -1, np.int64)
    for level in range(depth):
        first = np.flatnonzero(opens[level])
        at = place[first] - opens[level:, first].sum(axis=0)
        level_of[at], parent[at] = level, above[first]
        closed = opens[: level + 1].any(axis=0)
        ends = np.append(np.flatnonzero(closed)[1:], count)
        last = ends[np.searchsorted(ends, first, "right")] if len(first) else first
        size[at] = place[last - 1] + 1 - at
        for head, start in zip(at.tolist(), first.tolist(), strict=True):
            way = tuple((names[n], groups[n][int(codes[n][start])].key) for n in range(level + 1))
            group = groups[level][int(codes[level][start])]
            ids[head] = _head_id(way, group, head_ids, plain=level == 0)
            heads[int(ids[head])] = group.title
        above = at[np.cumsum(opens[level]) - 1] if count else above
    parent[place] = above
    outline = _taken(base, origin, parent, level_of, size)
    outline.ids[:], outline.heads = ids, heads
    on_top = origin < 0
    outline.kind[on_top] = np.where(ids[on_top] <= FIRST_GROUP, RowKind.GROUP, RowKind.PROJECT)
    span_groups(outline)
    return outline


def _head_id(way: tuple[Any, ...], group: Group, head_ids: HeadIds, *, plain: bool) -> int:
    """A project's own id, negative, at the first level; an id below all of those for any other group."""
    if plain and group.project is not None:
        return -group.project
    return head_ids.setdefault(way, FIRST_GROUP - len(head_ids))


def span_groups(outline: Outline, rows: Ints | None = None) -> None:
    """Gives the heads of groups (only those above `rows`) the span of what they hold."""
    if rows is None:
        heads = np.flatnonzero(outline.origin < 0)
    else:
        heads = np.array(sorted({above for at in rows.tolist() for above in outline.above(at) if outline.origin[above] < 0}))
    for head in heads.tolist():
        beneath = slice(head + 1, head + int(outline.size[head]))
        real = outline.origin[beneath] >= 0
        starts, ends = outline.start[beneath][real], outline.end[beneath][real]
        starts = np.where(starts == NO_INSTANT, ends, starts)
        outline.start[head] = starts[starts != NO_INSTANT].min(initial=np.iinfo(np.int64).max)
        outline.end[head] = ends.max(initial=NO_INSTANT)
        if outline.end[head] == NO_INSTANT:
            outline.start[head] = NO_INSTANT


def take_over(outline: Outline, base: Outline, concerned: Ints) -> None:
    """Copies the values at some positions of `base` to the rows that were made from them."""
    changed = np.zeros(len(base.ids), np.bool_)
    changed[concerned] = True
    rows = np.flatnonzero((outline.origin >= 0) & changed[outline.origin])
    for name in VALUES:
        getattr(outline, name)[rows] = getattr(base, name)[outline.origin[rows]]
    if (outline.origin < 0).any():
        span_groups(outline, rows)


def _taken(base: Outline, at: Ints, parent: Ints, level: Ints, size: Ints) -> Outline:
    """The rows of `base` at these positions (−1 for a head without dates), with their places anew."""
    none = at < 0
    columns = {name: getattr(base, name)[at] for name in VALUES}
    for name, column in columns.items():
        column[none] = NO_INSTANT if name in ("own_start", "own_end", "start", "end", "target") else 0
    return Outline(
        projects=base.projects, with_heads=base.with_heads, heads=base.heads, ids=base.ids[at], parent=parent, level=level,
        size=size, kind=base.kind[at], summary=base.summary[at] & ~none, origin=np.where(none, -1, base.origin[at]), **columns,
    )  # fmt: skip
