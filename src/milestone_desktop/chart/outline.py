"""The outline of projects as numpy columns in depth-first order, built without a Python loop over levels of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.depth_first import Forest, Ints, depth_first, without_rings
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState
from milestone_desktop.domain.slip import expected

Keep = Callable[[Activity], bool] | AbstractSet[int]
Group = Callable[[Activity], str]

NO_INSTANT = -1
"""Stands for "no date" in columns of instants."""

_LATEST = np.iinfo(np.int64).max
_FIRST_GROUP = -(1 << 40)

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
    the top; `own_*` are recorded instants and `start` / `end` what is shown: the own ones, else the span beneath."""

    projects: tuple[int, ...]
    with_heads: bool
    heads: dict[int, str]
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
    completed: npt.NDArray[np.bool_]
    dropped: npt.NDArray[np.bool_]
    milestone_kind: npt.NDArray[np.int8]
    position: dict[int, int]

    def parents_of(self, row_id: int) -> list[int]:
        """Ids of the rows above an id, nearest first."""
        at = self.position.get(row_id, -1)
        found = []
        while at >= 0 and (at := int(self.parent[at])) >= 0:
            found.append(int(self.ids[at]))
        return found


@dataclass(slots=True)
class _Nodes:
    """Rows before ordering: heads and activities, siblings in order. parent: position of the parent, −1 at the top;
    records: the activity of each row, None for a head."""

    ids: Ints
    parent: Ints
    heads: dict[int, str]
    records: list[Activity | None]


def moment_of(milestone: Milestone) -> Instant | None:
    """Where a milestone stands on a chart: on its actual date once completed, until then on the planned one."""
    reached = expected(milestone)
    return milestone.end if reached is None else reached


def outline_of(plan: Plan, projects: Sequence[int], keep: Keep | None, group: Group | None, with_heads: bool) -> Outline:
    """The outline of `projects`. Activities whose parent is missing, elsewhere or in a ring stand at the top level."""
    nodes = _nodes(plan, projects, with_heads)
    if keep is not None:
        nodes = _kept(nodes, keep)
    if group is not None:
        nodes = _grouped(nodes, group)
    return _columns(plan, tuple(projects), with_heads, nodes, depth_first(nodes.parent))


def patched_outline(outline: Outline, plan: Plan, change_set: ChangeSet, keep: Keep | None, group: Group | None) -> bool:
    """Takes a change-set's values into the columns. False where the rows themselves change and it has to be built anew."""
    shown = set(outline.projects)
    touched: list[tuple[int, Activity]] = []
    for change in change_set.changes:
        if change.kind is WorkflowState or (change.kind is Project and change.id in shown):
            if not _head_stays(outline, change.old, change.new):
                return False
            continue
        if change.kind not in (Milestone, WorkItem):
            continue
        if not any(row is not None and row.project in shown for row in (change.old, change.new)):
            continue
        if not _place_stays(change.old, change.new, keep, group):
            return False
        at = outline.position.get(change.id)
        if at is not None:
            touched.append((at, change.new))
    _take_values(outline, plan, touched)
    return True


def _head_stays(outline: Outline, old: Any, new: Any) -> bool:
    """True where a changed project or workflow state leaves every row where it is and its values as they are."""
    if old is None or new is None:
        return False
    if isinstance(new, WorkflowState):
        return bool(old.group == new.group)
    if outline.with_heads and -new.id in outline.heads:
        outline.heads[-new.id] = new.title
    return True


def _place_stays(old: Activity | None, new: Activity | None, keep: Keep | None, group: Group | None) -> bool:
    """True where an activity stays on the row that it has: parent, order, filter and group are as before."""
    if old is None or new is None:
        return False
    if (old.parent, old.order, old.project) != (new.parent, new.order, new.project):
        return False
    if callable(keep) and keep(old) != keep(new):
        return False
    return group is None or group(old) == group(new)


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


def _project_heads(plan: Plan, projects: Sequence[int]) -> dict[int, str]:
    return {-project: plan[Project, project].title for project in projects}


def _kept(nodes: _Nodes, keep: Keep) -> _Nodes:
    """Only what the filter keeps, and every row above it; heads stay."""
    if callable(keep):
        wanted = np.array([row is None or keep(row) for row in nodes.records], np.bool_)
    else:
        wanted = np.isin(nodes.ids, np.fromiter(keep, np.int64, len(keep))) | (nodes.ids < 0)
    for at_depth in reversed(depth_first(nodes.parent).levels[1:]):
        wanted[nodes.parent[at_depth[wanted[at_depth]]]] = True
    place = np.cumsum(wanted) - 1
    parent = nodes.parent[wanted]
    records = [nodes.records[at] for at in np.flatnonzero(wanted).tolist()]
    return _Nodes(nodes.ids[wanted], np.where(parent >= 0, place[parent], -1), nodes.heads, records)


def _grouped(nodes: _Nodes, group: Group) -> _Nodes:
    """The lowest activities under one head per group, project by project; groups as they first appear."""
    forest = depth_first(nodes.parent)
    ids: list[int] = []
    parent: list[int] = []
    records: list[Activity | None] = []
    heads = dict(nodes.heads)
    under: dict[tuple[int, str], int] = {}
    project_head = -1
    for at in forest.order.tolist():
        record = nodes.records[at]
        if record is None:
            project_head = len(ids)
            ids.append(int(nodes.ids[at]))
            parent.append(-1)
            records.append(record)
        elif forest.size[at] == 1:
            name = group(record)
            head = under.get((record.project, name))
            if head is None:
                head = under[record.project, name] = len(ids)
                heads[_FIRST_GROUP - len(under)] = name
                ids.append(_FIRST_GROUP - len(under))
                parent.append(project_head)
                records.append(None)
            ids.append(record.id)
            parent.append(head)
            records.append(record)
    return _Nodes(np.array(ids, np.int64), np.array(parent, np.int64), heads, records)


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
        target=values.target, progress=values.progress, completed=values.completed, dropped=values.dropped,
        milestone_kind=values.milestone_kind, position=dict(zip(ids.tolist(), range(len(ids)), strict=True)),
    )  # fmt: skip
    _span_parents(outline, [place[nodes_at] for nodes_at in forest.levels])
    return outline


def _kinds(ids: Ints, size: Ints, is_milestone: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    kinds = np.where(is_milestone, RowKind.MILESTONE, np.where(size > 1, RowKind.PARENT, RowKind.ITEM))
    heads = np.where(ids <= _FIRST_GROUP, RowKind.GROUP, RowKind.PROJECT)
    return np.where(ids < 0, heads, kinds).astype(np.int8)


@dataclass(slots=True)
class _Values:
    """What one pass over the records gives, by row."""

    is_milestone: npt.NDArray[np.bool_]
    start: Ints
    end: Ints
    target: Ints
    progress: Ints
    completed: npt.NDArray[np.bool_]
    dropped: npt.NDArray[np.bool_]
    milestone_kind: npt.NDArray[np.int8]


def _values(plan: Plan, records: Sequence[Activity | None]) -> _Values:
    done = {state.id for state in plan.all(WorkflowState) if state.group is StateGroup.DONE}
    kinds = {kind: number for number, kind in enumerate(MILESTONE_KINDS)}
    count = len(records)
    found = _Values(
        np.zeros(count, np.bool_), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT),
        np.zeros(count, np.int64), np.zeros(count, np.bool_), np.zeros(count, np.bool_), np.zeros(count, np.int8),
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


def _take_values(outline: Outline, plan: Plan, touched: Sequence[tuple[int, Activity]]) -> None:
    """Writes changed records into the columns and spans the parents above them anew."""
    if not touched:
        return
    at = np.array([place for place, _ in touched], np.int64)
    values = _values(plan, [row for _, row in touched])
    for column, fresh in (
        (outline.own_start, values.start), (outline.own_end, values.end), (outline.start, values.start),
        (outline.end, values.end), (outline.target, values.target), (outline.progress, values.progress),
    ):  # fmt: skip
        column[at] = fresh
    outline.completed[at], outline.dropped[at] = values.completed, values.dropped
    outline.milestone_kind[at] = values.milestone_kind
    for place in _and_above(outline, at):
        _span(outline, place)


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
