"""The outline of projects as numpy columns in depth-first order, built without a Python loop over levels of records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.depth_first import Forest, Ints, depth_first, without_rings
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, ProgressBasis, StateGroup
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState
from milestone_desktop.domain.slip import expected

NO_INSTANT = -1
"""Stands for "no date" in columns of instants."""

_LATEST = np.iinfo(np.int64).max
FIRST_GROUP = -(1 << 40)

MILESTONE_KINDS: tuple[MilestoneKind, ...] = tuple(MilestoneKind)
"""`Outline.milestone_kind` holds positions in this."""


class RowKind(IntEnum):
    """What a row is. A parent is a work item or milestone with children."""

    PROJECT = 0
    GROUP = 1
    PARENT = 2
    ITEM = 3
    MILESTONE = 4


@dataclass(slots=True)
class Outline:
    """Columns over all rows of the outline, collapsed or not. Sizes count the row itself; parents are positions, −1 at
    the top; `own_*` are recorded instants and `start` / `end` what is shown: the own ones, else the span beneath.

    summary: something lies under the activity in the plan, shown or not; weight: what an item counts for in the mean of
    its project's progress; estimate: working minutes; origin: positions in the outline that this one was made from, −1
    for a group's head. An activity may stand in several rows of an outline with groups.
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


@dataclass(slots=True)
class _Nodes:
    """Rows before ordering: heads and activities, siblings in order. parent: position of the parent, −1 at the top;
    records: the activity of each row, None for a head."""

    ids: Ints
    parent: Ints
    heads: dict[int, str | Message]
    records: list[Activity | None]


def moment_of(milestone: Milestone) -> Instant | None:
    """Where a milestone stands on a chart: on its actual date once completed, until then on the planned one."""
    reached = expected(milestone)
    return milestone.end if reached is None else reached


def outline_of(plan: Plan, projects: Sequence[int], with_heads: bool) -> Outline:
    """The outline of `projects`. Activities whose parent is missing, elsewhere or in a ring stand at the top level."""
    nodes = _nodes(plan, projects, with_heads)
    return _columns(plan, tuple(projects), with_heads, nodes, depth_first(nodes.parent))


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


def _nodes(plan: Plan, projects: Sequence[int], with_heads: bool) -> _Nodes:
    """Heads first, then the activities of each project as siblings follow each other."""
    rank = {project: place for place, project in enumerate(projects)}
    records: list[Activity] = [row for row in plan.activities() if row.project in rank]
    ranks = np.array([rank[row.project] for row in records], np.int64)
    ids = np.array([row.id for row in records], np.int64)
    order = np.array([row.order for row in records], np.float64)
    sort = np.lexsort((ids, order, ranks))
    ids, ranks = ids[sort], ranks[sort]
    records = [records[at] for at in sort.tolist()]
    above = np.array([row.parent or 0 for row in records], np.int64)
    by_id = np.argsort(ids)
    found = by_id[np.minimum(np.searchsorted(ids[by_id], above), len(ids) - 1)] if len(ids) else above
    inside = (ids[found] == above) & (ranks[found] == ranks) if len(ids) else np.zeros(0, np.bool_)
    heads = _project_heads(plan, projects) if with_heads else {}
    no_parent = np.full(len(heads), -1, np.int64)
    top = np.concatenate([no_parent, ranks if with_heads else np.full(len(ids), -1, np.int64)])
    parent = np.concatenate([no_parent, np.where(inside, found + len(heads), top[len(heads) :])])
    return _Nodes(
        np.concatenate([np.array(list(heads), np.int64), ids]),
        without_rings(parent, top),
        heads,
        [*([None] * len(heads)), *records],
    )


def _project_heads(plan: Plan, projects: Sequence[int]) -> dict[int, str | Message]:
    return {-project: plan[Project, project].title for project in projects}


def _columns(plan: Plan, projects: tuple[int, ...], with_heads: bool, nodes: _Nodes, forest: Forest) -> Outline:
    order = forest.order
    records = [nodes.records[at] for at in order.tolist()]
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    parent = nodes.parent[order]
    ids = nodes.ids[order]
    values = _values(plan, records)
    size = forest.size[order]
    outline = Outline(
        projects=projects, with_heads=with_heads, heads=nodes.heads, ids=ids,
        parent=np.where(parent >= 0, place[parent], -1) if len(parent) else parent,
        level=forest.level[order], size=size, kind=_kinds(ids, size, values.is_milestone),
        own_start=values.start, own_end=values.end, start=values.start.copy(), end=values.end.copy(),
        target=values.target, progress=values.progress, weight=values.weight, estimate=values.estimate,
        completed=values.completed, dropped=values.dropped, summary=(size > 1) & (ids > 0),
        milestone_kind=values.milestone_kind, origin=np.arange(len(ids)),
    )  # fmt: skip
    _span_parents(outline, [place[nodes_at] for nodes_at in forest.levels])
    return outline


def _kinds(ids: Ints, size: Ints, is_milestone: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    kinds = np.where(is_milestone, RowKind.MILESTONE, np.where(size > 1, RowKind.PARENT, RowKind.ITEM))
    heads = np.where(ids <= FIRST_GROUP, RowKind.GROUP, RowKind.PROJECT)
    return np.where(ids < 0, heads, kinds).astype(np.int8)


@dataclass(slots=True)
class _Values:
    """What one pass over the records gives, by row."""

    is_milestone: npt.NDArray[np.bool_]
    start: Ints
    end: Ints
    target: Ints
    progress: Ints
    weight: Ints
    estimate: Ints
    completed: npt.NDArray[np.bool_]
    dropped: npt.NDArray[np.bool_]
    milestone_kind: npt.NDArray[np.int8]


def _values(plan: Plan, records: Sequence[Activity | None]) -> _Values:
    done = {state.id for state in plan.all(WorkflowState) if state.group is StateGroup.DONE}
    kinds = {kind: number for number, kind in enumerate(MILESTONE_KINDS)}
    basis = {project.id: project.progress_basis for project in plan.all(Project)}
    count = len(records)
    found = _Values(
        np.zeros(count, np.bool_), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT),
        np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64),
        np.zeros(count, np.bool_), np.zeros(count, np.bool_), np.zeros(count, np.int8),
    )  # fmt: skip
    milestones = [(at, row) for at, row in enumerate(records) if isinstance(row, Milestone)]
    at = np.array([place for place, _ in milestones], np.int64)
    found.is_milestone[at] = True
    found.end[at] = [_or_none(moment_of(row)) for _, row in milestones]
    found.start[at] = found.end[at]
    found.target[at] = [_or_none(row.target) for _, row in milestones]
    found.completed[at] = [row.status is MilestoneStatus.COMPLETED for _, row in milestones]
    found.dropped[at] = [row.dropped is not None for _, row in milestones]
    found.milestone_kind[at] = [kinds[row.kind] for _, row in milestones]
    found.progress[at] = [row.progress for _, row in milestones]
    items = [(at, row) for at, row in enumerate(records) if isinstance(row, WorkItem)]
    at = np.array([place for place, _ in items], np.int64)
    found.start[at] = [_or_none(row.start if row.start is not None else row.end) for _, row in items]
    found.end[at] = [_or_none(row.end if row.end is not None else row.start) for _, row in items]
    found.completed[at] = [row.status in done for _, row in items]
    found.progress[at] = [row.progress for _, row in items]
    found.estimate[at] = [row.estimate or 0 for _, row in items]
    by_duration = np.array([basis[row.project] is ProgressBasis.DURATION for _, row in items], np.bool_)
    by_count = np.array([basis[row.project] is ProgressBasis.COUNT for _, row in items], np.bool_)
    durations = np.array([row.duration for _, row in items], np.int64)
    found.weight[at] = np.where(by_count, 1, np.where(by_duration, durations, found.estimate[at]))
    return found


def _or_none(moment: int | None) -> int:
    return NO_INSTANT if moment is None else moment


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
    values = _values(plan, [row for _, row in touched])
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
