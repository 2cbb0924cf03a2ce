"""The outline of projects as numpy columns in depth-first order, built without a Python loop over levels of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.depth_first import Ints, depth_first, without_rings
from milestone_desktop.chart.row_values import NO_INSTANT, Values, numbers, values_of
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState

_LATEST = np.iinfo(np.int64).max
FIRST_GROUP = -(1 << 40)


class RowKind(IntEnum):
    """What a row is. A parent is a work item or milestone with children."""

    PROJECT = 0
    GROUP = 1
    PARENT = 2
    ITEM = 3
    MILESTONE = 4


@dataclass(frozen=True, slots=True)
class Places:
    """Where records put themselves: id, project (its place among those shown), order among siblings, recorded parent (0 for
    none). One value a record, or a row."""

    ids: Ints
    project: Ints
    order: npt.NDArray[np.float64]
    above: Ints

    def taken(self, at: Ints) -> Places:
        """Those at some positions; 0 at −1, for a row without a record."""
        return Places(
            np.append(self.ids, 0)[at], np.append(self.project, 0)[at], np.append(self.order, 0)[at],
            np.append(self.above, 0)[at],
        )  # fmt: skip

    def beside(self, more: Places) -> Places:
        """These, and others behind them."""
        return Places(
            np.append(self.ids, more.ids), np.append(self.project, more.project),
            np.append(self.order, more.order), np.append(self.above, more.above),
        )  # fmt: skip


@dataclass(slots=True)
class Outline:
    """Columns over all rows of the outline, collapsed or not. Sizes count the row itself; parents are positions, −1 at
    the top; `own_*` are recorded instants and `start` / `end` what is shown: the own ones, else the span beneath.

    summary: something lies under the activity in the plan, shown or not; weight: what an item counts for in the mean of
    its project's progress; estimate: working minutes; origin: positions in the outline that this one was made from, −1
    for a group's head; by_record: where the records of a whole outline put themselves, None in one made from another. An
    activity may stand in several rows of an outline with groups.
    """

    projects: tuple[int, ...]
    with_heads: bool
    heads: dict[int, str | Message]
    ids: Ints
    parent: Ints
    level: Ints
    size: Ints
    kind: npt.NDArray[np.int8]
    own_start: Ints
    own_end: Ints
    start: Ints
    end: Ints
    target: Ints
    progress: Ints
    weight: Ints
    estimate: Ints
    completed: npt.NDArray[np.bool_]
    dropped: npt.NDArray[np.bool_]
    summary: npt.NDArray[np.bool_]
    milestone_kind: npt.NDArray[np.int8]
    origin: Ints
    by_record: Places | None = field(default=None, repr=False, compare=False)
    _by_id: Ints | None = field(default=None, repr=False, compare=False)

    def places(self, row_id: int) -> Ints:
        """The positions of an id, from top to bottom."""
        if self._by_id is None:
            self._by_id = np.argsort(self.ids, kind="stable")
        first = np.searchsorted(self.ids, row_id, "left", self._by_id)
        last = np.searchsorted(self.ids, row_id, "right", self._by_id)
        return self._by_id[first:last]

    def place(self, row_id: int) -> int | None:
        """The first position of an id, None where it is not part of this."""
        found = self.places(row_id)
        return int(found[0]) if len(found) else None

    def above(self, at: int) -> list[int]:
        """The positions above one, nearest first."""
        found = []
        while (at := int(self.parent[at])) >= 0:
            found.append(at)
        return found

    def parents_of(self, row_id: int) -> list[int]:
        """Ids of the rows above all places of an id."""
        return [int(self.ids[above]) for at in self.places(row_id).tolist() for above in self.above(at)]


VALUES = (
    "own_start", "own_end", "start", "end", "target", "progress", "weight", "estimate", "completed", "dropped",
    "milestone_kind",
)  # fmt: skip
"""The columns that hold what a record says, as against where its row stands."""


def outline_of(plan: Plan, projects: Sequence[int], with_heads: bool) -> Outline:
    """The outline of `projects`. Activities whose parent is missing, elsewhere or in a ring stand at the top level."""
    rank = {project: place for place, project in enumerate(projects)}
    records: list[Activity] = [row for row in plan.activities() if row.project in rank]
    heads: dict[int, str | Message] = {-one: plan[Project, one].title for one in projects} if with_heads else {}
    return _laid_out(tuple(projects), with_heads, heads, _places_of(records, rank), values_of(plan, records))


def regrown_outline(outline: Outline, plan: Plan, change_set: ChangeSet) -> Outline | None:
    """The whole outline after rows came, went or changed places; only what changed is read again. None where more than rows
    has changed and the outline has to be built anew."""
    rank = {project: place for place, project in enumerate(outline.projects)}
    touched, fresh = [], []
    for change in change_set.changes:
        if change.kind is WorkflowState or (change.kind is Project and change.id in rank):
            if not _head_stays(outline, change.old, change.new):
                return None
        elif change.kind in (Milestone, WorkItem):
            touched.append(change.id)
            fresh += [change.new] if change.new is not None and change.new.project in rank else []
    if outline.by_record is None:
        return None
    kept = np.flatnonzero((outline.ids > 0) & ~np.isin(outline.ids, touched))
    places = outline.by_record.taken(kept).beside(_places_of(fresh, rank))
    values = _values_at(outline, kept).beside(values_of(plan, fresh))
    return _laid_out(outline.projects, outline.with_heads, dict(outline.heads), places, values)


def patched_outline(outline: Outline, plan: Plan, change_set: ChangeSet) -> Ints | None:
    """Takes a change-set's values into the columns and returns the positions that they concern, parents included. None
    where the rows themselves change and the outline has to be built anew."""
    shown = set(outline.projects)
    touched: list[tuple[int, Activity]] = []
    for change in change_set.changes:
        if change.kind is WorkflowState or (change.kind is Project and change.id in shown):
            if not _head_stays(outline, change.old, change.new):
                return None
            continue
        if change.kind not in (Milestone, WorkItem):
            continue
        if not any(row is not None and row.project in shown for row in (change.old, change.new)):
            continue
        if not _place_stays(change.old, change.new):
            return None
        at = outline.place(change.id)
        if at is not None:
            touched.append((at, change.new))
    return _take_values(outline, plan, touched)


def _head_stays(outline: Outline, old: Any, new: Any) -> bool:
    """True where a changed project or workflow state leaves every row where it is and its values as they are."""
    if old is None or new is None:
        return False
    if isinstance(new, WorkflowState):
        return bool(old.group == new.group)
    if old.progress_basis != new.progress_basis:
        return False
    if outline.with_heads and -new.id in outline.heads:
        outline.heads[-new.id] = new.title
    return True


def _place_stays(old: Activity | None, new: Activity | None) -> bool:
    """True where an activity stays on the row that it has: parent and order are as before."""
    if old is None or new is None:
        return False
    return (old.parent, old.order, old.project) == (new.parent, new.order, new.project)


def _places_of(records: Sequence[Activity], rank: Mapping[int, int]) -> Places:
    """rank: the place of each project among the others."""
    return Places(
        numbers(records, "id", 0),
        np.array([rank[row.project] for row in records], np.int64),
        np.array([row.order for row in records], np.float64),
        numbers(records, "parent", 0),
    )


def _values_at(outline: Outline, at: Ints) -> Values:
    """What was read of the records at some positions of a whole outline."""
    return Values(
        outline.kind[at] == RowKind.MILESTONE, outline.own_start[at], outline.own_end[at], outline.target[at],
        outline.progress[at], outline.weight[at], outline.estimate[at], outline.completed[at], outline.dropped[at],
        outline.milestone_kind[at],
    )  # fmt: skip


def _parents(places: Places, with_heads: bool, heads: int) -> Ints:
    """Where the parent of each row stands: first come the heads, then the records as siblings follow each other."""
    ids, project, above = places.ids, places.project, places.above
    top = project if with_heads else np.full(len(ids), -1, np.int64)
    inside, found = np.zeros(len(ids), np.bool_), np.zeros(len(ids), np.int64)
    if len(ids):
        by_id = np.argsort(ids)
        found = by_id[np.minimum(np.searchsorted(ids[by_id], above), len(ids) - 1)]
        inside = (ids[found] == above) & (project[found] == project)
    none = np.full(heads, -1, np.int64)
    parent = np.concatenate([none, np.where(inside, found + heads, top)])
    return without_rings(parent, np.concatenate([none, top]))


def _laid_out(
    projects: tuple[int, ...], with_heads: bool, heads: dict[int, str | Message], places: Places, values: Values
) -> Outline:
    """Records in any order as an outline in depth-first order."""
    sort = np.lexsort((places.ids, places.order, places.project))
    parents = _parents(places.taken(sort), with_heads, len(heads))
    forest = depth_first(parents)
    order = forest.order
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    record = np.concatenate([np.full(len(heads), -1, np.int64), sort])[order]  # −1 for a head
    ids = np.concatenate([np.array(list(heads), np.int64), places.ids[sort]])[order]
    parent, size, found = parents[order], forest.size[order], values.taken(record)
    outline = Outline(
        projects=projects, with_heads=with_heads, heads=heads, ids=ids,
        parent=np.where(parent >= 0, place[parent], -1) if len(parent) else parent,
        level=forest.level[order], size=size, kind=_kinds(ids, size, found.is_milestone),
        own_start=found.start, own_end=found.end, start=found.start.copy(), end=found.end.copy(),
        target=found.target, progress=found.progress, weight=found.weight, estimate=found.estimate,
        completed=found.completed, dropped=found.dropped, summary=(size > 1) & (ids > 0),
        milestone_kind=found.milestone_kind, origin=np.arange(len(ids)), by_record=places.taken(record),
    )  # fmt: skip
    _span_parents(outline, [place[nodes_at] for nodes_at in forest.levels])
    return outline


def _kinds(ids: Ints, size: Ints, is_milestone: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    kinds = np.where(is_milestone, RowKind.MILESTONE, np.where(size > 1, RowKind.PARENT, RowKind.ITEM))
    heads = np.where(ids <= FIRST_GROUP, RowKind.GROUP, RowKind.PROJECT)
    return np.where(ids < 0, heads, kinds).astype(np.int8)


def _span_parents(outline: Outline, levels: Sequence[Ints]) -> None:
    """Gives each parent without dates of its own the span of the recorded dates beneath it."""
    first = np.where(outline.own_start == NO_INSTANT, _LATEST, outline.own_start)
    last = outline.own_end.copy()  # NO_INSTANT is below every instant
    for nodes in reversed(levels[1:]):
        above = outline.parent[nodes]
        np.minimum.at(first, above, first[nodes])
        np.maximum.at(last, above, last[nodes])
    open_ = (outline.own_start == NO_INSTANT) & (first < _LATEST) & (outline.kind != RowKind.MILESTONE)
    outline.start[open_] = first[open_]
    open_ = (outline.own_end == NO_INSTANT) & (outline.kind != RowKind.MILESTONE)
    outline.end[open_] = last[open_]


def _take_values(outline: Outline, plan: Plan, touched: Sequence[tuple[int, Activity]]) -> Ints:
    """Writes changed records into the columns and spans the parents above them anew; returns the rows concerned."""
    if not touched:
        return np.zeros(0, np.int64)
    at = np.array([place for place, _ in touched], np.int64)
    values = values_of(plan, [row for _, row in touched])
    for column, fresh in (
        (outline.own_start, values.start), (outline.own_end, values.end), (outline.start, values.start),
        (outline.end, values.end), (outline.target, values.target), (outline.progress, values.progress),
        (outline.weight, values.weight), (outline.estimate, values.estimate),
    ):  # fmt: skip
        column[at] = fresh
    outline.completed[at], outline.dropped[at] = values.completed, values.dropped
    outline.milestone_kind[at] = values.milestone_kind
    concerned = _and_above(outline, at)
    for place in concerned:
        _span(outline, place)
    return np.array(concerned, np.int64)


def _and_above(outline: Outline, at: Ints) -> list[int]:
    """The given rows and all their ancestors, each once."""
    found: set[int] = set()
    for place in at.tolist():
        while place >= 0 and place not in found:
            found.add(place)
            place = int(outline.parent[place])
    return sorted(found)


def _span(outline: Outline, place: int) -> None:
    size = int(outline.size[place])
    if size == 1 or outline.kind[place] == RowKind.MILESTONE:
        return
    beneath = slice(place, place + size)
    starts = outline.own_start[beneath]
    if outline.own_start[place] == NO_INSTANT:
        known = starts[starts != NO_INSTANT]
        outline.start[place] = known.min() if len(known) else NO_INSTANT
    if outline.own_end[place] == NO_INSTANT:
        outline.end[place] = outline.own_end[beneath].max()
