"""What the rows of an outline say of their records, read in one pass: dates, progress, weight and state as numpy columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import attrgetter

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
    count = len(records)
    found = Values(
        np.zeros(count, np.bool_), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT), np.full(count, NO_INSTANT),
        np.zeros(count, np.int64), np.zeros(count, np.int64), np.zeros(count, np.int64),
        np.zeros(count, np.bool_), np.zeros(count, np.bool_), np.zeros(count, np.int8),
    )  # fmt: skip
    found.is_milestone[:] = [isinstance(row, Milestone) for row in records]
    _read_milestones(found, [row for row in records if isinstance(row, Milestone)])
    _read_items(found, plan, [row for row in records if isinstance(row, WorkItem)])
    return found


def numbers(records: Sequence[Activity], name: str, missing: int) -> Ints:
    """A field of whole numbers; `missing` stands for None. No Python runs for each record."""
    found = np.array(list(map(attrgetter(name), records)), np.float64)  # None becomes NaN; minutes fit without loss
    return np.where(np.isnan(found), missing, found).astype(np.int64)


def _read_milestones(found: Values, milestones: Sequence[Milestone]) -> None:
    at, kinds = np.flatnonzero(found.is_milestone), {kind: number for number, kind in enumerate(MILESTONE_KINDS)}
    moments = map(moment_of, milestones)
    found.end[at] = [NO_INSTANT if moment is None else moment for moment in moments]
    found.start[at] = found.end[at]
    found.target[at] = numbers(milestones, "target", NO_INSTANT)
    found.progress[at] = numbers(milestones, "progress", 0)
    found.completed[at] = [row.status is MilestoneStatus.COMPLETED for row in milestones]
    found.dropped[at] = [row.dropped is not None for row in milestones]
    found.milestone_kind[at] = [kinds[row.kind] for row in milestones]


def _read_items(found: Values, plan: Plan, items: Sequence[WorkItem]) -> None:
    at = np.flatnonzero(~found.is_milestone)
    start, end = numbers(items, "start", NO_INSTANT), numbers(items, "end", NO_INSTANT)
    found.start[at] = np.where(start == NO_INSTANT, end, start)
    found.end[at] = np.where(end == NO_INSTANT, start, end)
    found.progress[at] = numbers(items, "progress", 0)
    found.estimate[at] = numbers(items, "estimate", 0)
    done = [state.id for state in plan.all(WorkflowState) if state.group is StateGroup.DONE]
    found.completed[at] = np.isin(numbers(items, "status", 0), done)
    project, projects = numbers(items, "project", 0), list(plan.all(Project))
    by_duration = np.isin(project, [row.id for row in projects if row.progress_basis is ProgressBasis.DURATION])
    by_count = np.isin(project, [row.id for row in projects if row.progress_basis is ProgressBasis.COUNT])
    effort = np.where(by_duration, numbers(items, "duration", 0), found.estimate[at])
    found.weight[at] = np.where(by_count, 1, effort)
