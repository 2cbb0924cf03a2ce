"""What the rows of an outline say of their records, read in one pass: dates, progress, weight and state as numpy columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.depth_first import Ints
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, ProgressBasis, StateGroup
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState
from milestone_desktop.domain.slip import expected

NO_INSTANT = -1
"""Stands for "no date" in columns of instants."""

MILESTONE_KINDS: tuple[MilestoneKind, ...] = tuple(MilestoneKind)
"""`milestone_kind` holds positions in this."""

_DATES = frozenset({"start", "end", "target"})


@dataclass(slots=True)
class Values:
    """One value a record in each column; a milestone's start is its end."""

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

    def beside(self, more: Values) -> Values:
        """These, and others behind them."""
        return Values(*(np.concatenate((getattr(self, name), getattr(more, name))) for name in _NAMES))

    def taken(self, at: Ints) -> Values:
        """Those at some positions; −1 for a row without a record."""
        nothing = {name: NO_INSTANT if name in _DATES else 0 for name in _NAMES}
        columns = {name: getattr(self, name) for name in _NAMES}
        return Values(*(np.append(column, column.dtype.type(nothing[name]))[at] for name, column in columns.items()))


_NAMES = tuple(field.name for field in fields(Values))


def moment_of(milestone: Milestone) -> Instant | None:
    """Where a milestone stands on a chart: on its actual date once completed, until then on the planned one."""
    reached = expected(milestone)
    return milestone.end if reached is None else reached


def values_of(plan: Plan, records: Sequence[Activity]) -> Values:
    """What some records say."""
    done = {state.id for state in plan.all(WorkflowState) if state.group is StateGroup.DONE}
    kinds = {kind: number for number, kind in enumerate(MILESTONE_KINDS)}
    basis = {project.id: project.progress_basis for project in plan.all(Project)}
    count = len(records)
    found = Values(
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
