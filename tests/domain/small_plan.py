"""A small plan for tests: one project, its calendar, its states; and edits that are checked by the rules."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from milestone_desktop.domain.activities import Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import StateGroup
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project, WorkflowState
from milestone_desktop.domain.rules import check

HOURS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
FIVE_DAYS = (HOURS,) * 5 + ((), ())

CALENDAR, PROJECT, NEW, DOING, DONE = 1, 2, 3, 4, 5


class SmallPlan:
    """Adds records with ids of their own; nothing is checked unless `change` does it."""

    def __init__(self, **project: Any) -> None:
        self.plan = Plan()
        self._last = 100
        self.put(Calendar(CALENDAR, "Standard", FIVE_DAYS))
        self.put(Project(PROJECT, "AUR", "Aurora", CALENDAR, **project))
        self.put(WorkflowState(NEW, "New", StateGroup.NEW))
        self.put(WorkflowState(DOING, "Doing", StateGroup.IN_PROGRESS))
        self.put(WorkflowState(DONE, "Done", StateGroup.DONE))

    def put(self, row: Any) -> Any:
        self.plan.put(row)
        return row

    def id(self) -> int:
        self._last += 1
        return self._last

    def milestone(self, title: str = "Ready", **fields: Any) -> Milestone:
        row_id = self.id()
        return self.put(Milestone(row_id, PROJECT, title, **{"code": f"M{row_id}", **fields}))

    def item(self, title: str = "Work", **fields: Any) -> WorkItem:
        row_id = self.id()
        return self.put(WorkItem(row_id, PROJECT, title, **{"number": row_id, "status": NEW, **fields}))

    def depend(self, before: Any, after: Any, **fields: Any) -> Dependency:
        return self.put(Dependency(self.id(), before.id, after.id, **fields))

    def link(self, milestone: Milestone, item: WorkItem) -> MilestoneLink:
        return self.put(MilestoneLink(self.id(), milestone.id, item.id))

    def change(self, *pairs: tuple[Any, Any]) -> None:
        """Makes the changes (old, new) and checks the rules on them; what is refused stays made, for the test to see."""
        change_set = ChangeSet(Message("test"), tuple(Change(old, new) for old, new in pairs))
        self.plan.apply(change_set)
        check(self.plan, change_set)

    def set(self, row: Any, **fields: Any) -> Any:
        """Changes fields of a record under the rules."""
        new = replace(row, **fields)
        self.change((row, new))
        return new


def at_17(year: int, month: int, day: int) -> int:
    return instant(year, month, day, 17)
