"""Which activities an edit may have given another value beside those that it changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from milestone_desktop.domain.activities import Activity, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.outline import ancestors, descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.filters.field import Sight

_NAMES = ("title", "code", "number", "project")
_COUNTED = ("progress", "duration", "estimate", "project")


def milestones_judged_anew(sight: Sight, change_set: ChangeSet) -> Collection[int]:
    """The milestones whose health may be another one."""
    return sight.unjudged()


def beneath_renamed(sight: Sight, change_set: ChangeSet) -> Collection[int]:
    """What lies under something that has another name or place."""
    return {row.id for change in _altered(change_set, (*_NAMES, "parent")) for row in descendants(sight.plan, change.id)}


def linked_anew(sight: Sight, change_set: ChangeSet) -> Collection[int]:
    """The items that count for other milestones, or for one that has another name, and what lies under them."""
    plan = sight.plan
    items = {row.item for change in change_set.of(MilestoneLink) for row in _rows(change)}
    for change in _altered(change_set, _NAMES):
        if change.kind is Milestone:
            items |= {link.item for link in plan.where(MilestoneLink, "milestone", change.id)}
    items |= {change.id for change in _altered(change_set, ("parent",))}
    return items | {row.id for item in items for row in descendants(plan, item)}


def progressed(sight: Sight, change_set: ChangeSet) -> Collection[int]:
    """The items above those that progressed, or were put elsewhere, and the milestones that they count for."""
    plan = sight.plan
    moved = _altered(change_set, ("parent", "dropped"))
    touched = {change.id for change in (*moved, *_altered(change_set, _COUNTED))}
    touched |= {row.id for change in moved for row in descendants(plan, change.id)}
    touched |= {above for change in moved for row in _rows(change) if (above := row.parent) is not None}
    near = [row for row_id in touched if (row := plan.activity(row_id)) is not None]
    items = touched | {above.id for row in near for above in ancestors(plan, row)}
    milestones = {row.milestone for change in change_set.of(Criterion, ChecklistEntry, MilestoneLink) for row in _rows(change)}
    return items | milestones | _linked_to(plan, items)


def _linked_to(plan: Plan, items: Iterable[int]) -> set[int]:
    return {link.milestone for item in items for link in plan.where(MilestoneLink, "item", item)}


def _altered(change_set: ChangeSet, names: tuple[str, ...]) -> list[Change]:
    """The changes of activities that came, went, or differ in one of these fields."""
    return [change for change in change_set.of(Milestone, WorkItem) if _differs(change.old, change.new, names)]


def _differs(old: Activity | None, new: Activity | None, names: tuple[str, ...]) -> bool:
    if old is None or new is None:
        return True
    return any(getattr(old, name, None) != getattr(new, name, None) for name in names)


def _rows(change: Change) -> list[Any]:
    return [row for row in (change.old, change.new) if row is not None]
