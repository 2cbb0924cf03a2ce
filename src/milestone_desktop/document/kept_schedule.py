"""The schedule that a document keeps beside its plan: made when it is asked for, true until an edit concerns it.

The engine is imported where it runs, so that a plan that nobody asks about needs no numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.plan import Plan

if TYPE_CHECKING:
    from milestone_desktop.scheduling.network import Network
    from milestone_desktop.scheduling.schedule import Schedule


class KeptSchedule:
    """problem: why the plan could not be scheduled when that was last tried, else None."""

    def __init__(self) -> None:
        self.problem: PlanError | None = None
        self._schedule: Schedule | None = None
        self._true = False

    @property
    def network(self) -> Network | None:
        """The last network, whether or not it is still true of the plan: its calendar tables tell for themselves."""
        return None if self._schedule is None else self._schedule.network

    def of(self, plan: Plan) -> Schedule | None:
        """The schedule of the plan as it stands, None where it cannot be scheduled."""
        if not self._true:
            from milestone_desktop.scheduling.schedule import compute

            self.problem = None
            try:
                self._schedule = compute(plan, known=self.network)
            except PlanError as problem:
                self.problem = problem
            self._true = True
        return self._schedule if self.problem is None else None

    def follow(self, change_set: ChangeSet, schedule: Schedule | None) -> None:
        """Takes note of what was done to the plan. schedule: that of the plan after it, where the edit has made it."""
        if schedule is not None:
            self._schedule, self._true, self.problem = schedule, True, None
        elif self._true:
            from milestone_desktop.scheduling.patching import concerns, refresh

            self._true = not any(concerns(change) for change in change_set.changes)
            if self._true and self._schedule is not None:
                refresh(self._schedule.network, change_set)
