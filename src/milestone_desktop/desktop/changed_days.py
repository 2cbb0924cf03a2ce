"""The day of the last edit of each milestone and work item, read from the journal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from milestone_desktop.document.document import Changed, Document
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import PlanError

if TYPE_CHECKING:
    from milestone_desktop.domain.changes import ChangeSet


class ChangedDays:
    """Read when first asked for, then kept up to date. An edit that was taken back does not count, nor what follows from
    others (dates that the scheduler moved do); edits before the last compaction are not known."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._days: dict[int, Day] | None = None

    def now(self) -> Mapping[int, Day]:
        """The days by the ids of activities."""
        if self._days is None:
            self._days = self._read()
        return self._days

    def heed(self, event: Changed) -> None:
        """Takes over an edit; after an undo all is read anew when next asked for."""
        if event.line.undoes is not None:
            self._days = None
        elif self._days is not None:
            self._days |= dict.fromkeys(event.change_set.ids(Milestone, WorkItem), event.line.time.toordinal())

    def _read(self) -> dict[int, Day]:
        """From the newest entry backwards: each is undone on a copy of the plan to read the one before it."""
        storage = self._document.storage
        plan = self._document.plan.copy()
        lines = storage.lines()
        first = storage.undoable_from()
        taken_back: set[int] = set()
        days: dict[int, Day] = {}
        for line in reversed(lines):
            if line.sequence < first:
                break
            try:
                changes: ChangeSet = storage.change_set(line.sequence, plan)
            except PlanError:
                break
            if line.undoes is not None and line.sequence not in taken_back:
                taken_back.add(line.undoes)
            elif line.undoes is None and line.sequence not in taken_back:
                for row_id in changes.ids(Milestone, WorkItem):
                    days.setdefault(row_id, line.time.toordinal())
            plan.apply(changes.inverted())
        return days
