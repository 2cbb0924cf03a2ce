"""The health of milestones and projects, each judged once and kept until something that it depends on changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import ChangeSet, JournalLine, Receipt
from milestone_desktop.domain.gates import Criterion
from milestone_desktop.domain.health import Assessment, Figures, assess, summed_up
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project, WorkflowState
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.scheduling.schedule import Schedule
from milestone_desktop.tracking.figures import recent_moves, slack_of

Moves = Iterable[tuple[JournalLine, Receipt]]

_OF_ALL = (Project, Calendar, CalendarException, WorkflowState)
"""What a change of may alter every health."""

_OF_ITEM = ("title", "number", "project", "end", "actual_finish", "status")
"""The fields of a work item that a milestone's health looks at."""


class Assessments:
    """today: the clock's day; moves: reads every receipt of the journal, oldest first; asked once, then kept up to date;
    schedule: that of the plan as it stands, for slack."""

    def __init__(
        self,
        plan: Plan,
        times: WorkTimes,
        today: Callable[[], Day],
        moves: Callable[[], Moves],
        schedule: Callable[[], Schedule | None],
    ) -> None:
        self._plan = plan
        self._times = times
        self._today = today
        self._read_moves = moves
        self._moves: dict[int, list[tuple[JournalLine, Receipt]]] | None = None
        self._schedule = schedule
        self._seen: Schedule | None = None
        self._judged_on = today()
        self._of_milestones: dict[int, Assessment] = {}
        self._of_projects: dict[int, Assessment] = {}

    def of_milestone(self, milestone: Milestone) -> Assessment:
        """The health of a milestone with its reasons."""
        self._heed_clock()
        found = self._of_milestones.get(milestone.id)
        if found is None:
            found = assess(self._plan, milestone, self._times, self._judged_on, self._figures(milestone))
            self._of_milestones[milestone.id] = found
        return found

    def of_project(self, project: Project) -> Assessment:
        """The health of a project with its reasons."""
        self._heed_clock()
        found = self._of_projects.get(project.id)
        if found is None:
            found = self._of_projects[project.id] = summed_up(self._plan, project, self.of_milestone)
        return found

    def unjudged(self) -> list[int]:
        """The milestones that were not asked about since something that their health depends on has changed."""
        known = self._of_milestones
        return [row.id for row in self._plan.all(Milestone) if row.id not in known]

    def heed(self, event: Changed) -> set[int]:
        """Forgets what the change may have altered, and returns the projects whose health that concerns."""
        self._take_moves(event)
        if any(True for _change in event.change_set.of(*_OF_ALL)):
            touched = {row.id for row in self._plan.all(Project)} | event.change_set.ids(Project)
            self._of_milestones.clear()
            self._of_projects.clear()
            return touched
        touched = set()
        for row_id in _milestones_of(self._plan, event.change_set) | self._with_other_slack():
            self._of_milestones.pop(row_id, None)
            milestone = self._plan.get(Milestone, row_id)
            if milestone is not None:
                touched.add(milestone.project)
        for change in event.change_set.of(Milestone):
            touched |= {row.project for row in (change.old, change.new) if row is not None}
        for project in touched:
            self._of_projects.pop(project, None)
        return touched

    def forget(self) -> None:
        """Judges and reads everything anew when next asked: the journal behind it is another one."""
        self._moves = self._seen = None
        self._of_milestones.clear()
        self._of_projects.clear()

    def _figures(self, milestone: Milestone) -> Figures:
        if self._moves is None:
            self._moves = {}
            for line, receipt in self._read_moves():
                self._moves.setdefault(receipt.milestone, []).append((line, receipt))
        moves = recent_moves(self._plan, self._moves.get(milestone.id, ()), self._judged_on).get(milestone.id, ())
        self._seen = self._schedule()
        return Figures(slack=None if self._seen is None else slack_of(self._seen, milestone), moves=tuple(moves))

    def _with_other_slack(self) -> set[int]:
        """The judged milestones whose slack is another one now; nothing is scheduled where nothing was judged."""
        before = self._seen
        if not self._of_milestones:
            return set()
        self._seen = self._schedule()
        if before is None or self._seen is None:
            return set() if before is self._seen else set(self._of_milestones)
        return set() if before is self._seen else milestones_with_other_slack(before, self._seen)

    def _take_moves(self, event: Changed) -> None:
        """An undo is a new entry of the journal too, so moves are only ever added."""
        if self._moves is not None:
            for receipt in event.receipts:
                self._moves.setdefault(receipt.milestone, []).append((event.line, receipt))

    def _heed_clock(self) -> None:
        day = self._today()
        if day != self._judged_on:
            self._judged_on = day
            self._of_milestones.clear()
            self._of_projects.clear()


def _milestones_of(plan: Plan, changes: ChangeSet) -> set[int]:
    """The milestones that a change of anything but the surroundings may have altered the health of."""
    found = changes.ids(Milestone)
    for change in changes.of(Criterion, MilestoneLink):
        found |= {row.milestone for row in (change.old, change.new) if row is not None}
    for change in changes.of(Dependency):
        found |= {row.successor for row in (change.old, change.new) if row is not None}
    for change in changes.of(WorkItem):
        if change.old is None or change.new is None or any(getattr(change.old, f) != getattr(change.new, f) for f in _OF_ITEM):
            found |= {link.milestone for link in plan.where(MilestoneLink, "item", change.id)}
            found |= {link.successor for link in plan.where(Dependency, "predecessor", change.id)}
    return found


def milestones_with_other_slack(before: Schedule, now: Schedule) -> set[int]:
    """Ids of the milestones whose slack two schedules tell differently."""
    (old_ids, old), (new_ids, new) = _slack_column(before), _slack_column(now)
    if np.array_equal(old_ids, new_ids):
        return set(new_ids[old != new].tolist())
    both, at_old, at_new = np.intersect1d(old_ids, new_ids, assume_unique=True, return_indices=True)
    found = set(np.setxor1d(old_ids, new_ids, assume_unique=True).tolist())
    return found | set(both[old[at_old] != new[at_new]].tolist())


def _slack_column(schedule: Schedule) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ids of all milestones, and their slack, by id."""
    network = schedule.network
    rows = np.flatnonzero(network.milestone & (network.ids > 0))
    rows = rows[np.argsort(network.ids[rows])]
    return network.ids[rows], schedule.total_slack[rows]
