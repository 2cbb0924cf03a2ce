"""The schedule that a document keeps beside its plan: made when it is asked for, true until an edit concerns it.

The engine is imported where it runs, so that a plan that nobody asks about needs no numpy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import Message, PlanError
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
        self._since: list[Change] = []
        """What was done to the plan since `_schedule` was true of it."""

    def twin(self) -> KeptSchedule:
        """The same, for work on a copy of the plan: it stays as it is while the plan goes on."""
        found = KeptSchedule()
        found.problem, found._schedule, found._true, found._since = self.problem, self._schedule, self._true, list(self._since)
        return found

    @property
    def network(self) -> Network | None:
        """The last network, whether or not it is still true of the plan: its calendar tables tell for themselves."""
        return None if self._schedule is None else self._schedule.network

    def of(self, plan: Plan) -> Schedule | None:
        """The schedule of the plan as it stands, None where it cannot be scheduled."""
        if not self._true:
            self.problem = None
            try:
                self._keep(self.after(plan))
            except PlanError as problem:
                self.problem = problem
            self._true = True
        return self._schedule if self.problem is None else None

    def after(self, plan: Plan, changes: tuple[Change, ...] = ()) -> Schedule:
        """The schedule of a plan to which changes are being made; what is kept is as it was. Raises PlanError."""
        from milestone_desktop.scheduling.patching import patched, twin
        from milestone_desktop.scheduling.schedule import compute, schedule

        if self._schedule is None:
            return compute(plan)
        network = self._schedule.network
        found = patched(network, plan, ChangeSet(Message(""), (*self._since, *changes)))
        return schedule(twin(network) if found is network else found)

    def follow(self, change_set: ChangeSet, schedule: Schedule | None) -> None:
        """Takes note of what was done to the plan. schedule: that of the plan after it, where the edit has made it."""
        if schedule is not None:
            from milestone_desktop.scheduling.patching import stands_on_own_dates

            self._keep(schedule)
            self._true, self.problem = True, None
            derived = (change for change in change_set.changes if change.derived and isinstance(change.new, Activity))
            moved = (change for change in derived if stands_on_own_dates(schedule.network, change.id))
            self._since += [replace(change, derived=False) for change in moved]
        elif self._true or self._schedule is not None:
            from milestone_desktop.scheduling.patching import concerns, refresh

            self._true = self._true and not any(concerns(change) for change in change_set.changes)
            if self._schedule is not None and self._true and self.problem is None:
                refresh(self._schedule.network, change_set)
            elif self._schedule is not None:
                self._since += change_set.changes

    def _keep(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._since.clear()
