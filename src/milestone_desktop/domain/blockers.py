"""Blockers: open work items that milestones wait for and that should have ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import ProjectStatus, StateGroup
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.projects import Project, WorkflowState

_RESTING = (ProjectStatus.ON_HOLD, ProjectStatus.ARCHIVED, ProjectStatus.COMPLETED)


@dataclass(frozen=True, slots=True)
class Blocker:
    """item: its id; due: the day on which it should have ended; since: calendar days from then to the status date; holds_up:
    ids of the open milestones that wait for it, directly or through others, the nearest first."""

    item: int
    due: Day
    since: int
    holds_up: tuple[int, ...]


def is_done(plan: Plan, item: WorkItem) -> bool:
    """Whether a work item has ended, by its actual finish or by its state."""
    state = plan.get(WorkflowState, item.status)
    return item.actual_finish is not None or (state is not None and state.group is StateGroup.DONE)


def holds_up(plan: Plan, item: WorkItem) -> tuple[int, ...]:
    """The open milestones that wait for an item: it counts for them, or they follow it, at once or through open work."""
    found: dict[int, None] = {}
    seen, waiting = {item.id}, [item.id]
    while waiting:
        following: list[int] = []
        for row_id in waiting:
            linked = [link.milestone for link in plan.where(MilestoneLink, "item", row_id)]
            after = [link.successor for link in plan.where(Dependency, "predecessor", row_id)]
            for next_id in (*linked, *after):
                row = plan.activity(next_id)
                if row is None or next_id in seen or not _waits(plan, row):
                    continue
                seen.add(next_id)
                following.append(next_id)
                if isinstance(row, Milestone):
                    found[next_id] = None
        waiting = following
    return tuple(found)


def blockers(plan: Plan, project: Project, status_date: Day) -> list[Blocker]:
    """The blockers of a project at its status date, the longest due first; none where it rests or is completed."""
    if project.status in _RESTING:
        return []
    found: list[Blocker] = []
    for item in _overdue(plan, project, status_date):
        held = holds_up(plan, item)
        if held and item.end is not None:
            found.append(Blocker(item.id, day_of(item.end), status_date - day_of(item.end), held))
    return sorted(found, key=lambda one: (one.due, one.item))


def _overdue(plan: Plan, project: Project, status_date: Day) -> Iterable[WorkItem]:
    for item in plan.where(WorkItem, "project", project.id):
        if item.end is not None and day_of(item.end) < status_date and not is_done(plan, item) and not is_parent(plan, item.id):
            yield item


def _waits(plan: Plan, row: Activity) -> bool:
    if isinstance(row, Milestone):
        return is_open(row)
    return not isinstance(row, WorkItem) or not is_done(plan, row)
