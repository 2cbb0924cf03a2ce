"""The outline of a project: who is under whom, and in which order.

Milestones and work items share it. Nothing here recurses, so depth costs no stack; an activity whose parent is missing
counts as one at the top, and so does one member of a loop of parents, so that a bad file hides nothing and never hangs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.plan import Plan


def children(plan: Plan, project: int, parent: int | None) -> list[Activity]:
    """The activities of a project right under `parent` (None: at its top), in order."""
    if parent is not None:
        found = [row for row in plan.activities_where("parent", parent) if row.project == project]
    else:
        found = [row for row in plan.activities_where("project", project) if _at_top(plan, row)]
    return in_order(found)


def in_order(activities: Iterable[Activity]) -> list[Activity]:
    """Siblings in the order in which they stand under their parent."""
    return sorted(activities, key=lambda row: (row.order, row.id))


def walk(plan: Plan, project: int) -> Iterator[tuple[int, Activity]]:
    """Every activity of a project, each once, with its level (0 = top), parents before their children."""
    rows = in_order(plan.activities_where("project", project))
    under: dict[int | None, list[Activity]] = {}
    for row in rows:
        under.setdefault(None if _at_top(plan, row) else row.parent, []).append(row)
    seen: set[int] = set()
    yield from _walk_down(under.get(None, []), under, seen)
    if len(seen) < len(rows):  # parents that form a loop
        for row in rows:
            if row.id not in seen:
                yield from _walk_down([row], under, seen)


def ancestors(plan: Plan, activity: Activity) -> list[Activity]:
    """The parent of an activity, its parent, and so on to the top."""
    found: list[Activity] = []
    seen = {activity.id}
    parent = plan.activity(activity.parent)
    while parent is not None and parent.id not in seen:
        seen.add(parent.id)
        found.append(parent)
        parent = plan.activity(parent.parent)
    return found


def descendants(plan: Plan, row_id: int) -> list[Activity]:
    """All activities under the one with that id, parents before their children, siblings in order."""
    found: list[Activity] = []
    seen = {row_id}
    waiting = _last_first(plan, row_id)
    while waiting:
        row = waiting.pop()
        if row.id not in seen:
            seen.add(row.id)
            found.append(row)
            waiting += _last_first(plan, row.id)
    return found


def is_parent(plan: Plan, row_id: int) -> bool:
    """True where an activity has others under it."""
    return bool(plan.count_where(WorkItem, "parent", row_id) or plan.count_where(Milestone, "parent", row_id))


def _at_top(plan: Plan, row: Activity) -> bool:
    if row.parent is None:
        return True
    parent = plan.activity(row.parent)
    return parent is None or parent.project != row.project


def _walk_down(roots: list[Activity], under: dict[int | None, list[Activity]], seen: set[int]) -> Iterator[tuple[int, Activity]]:
    waiting = [(0, row) for row in reversed(roots)]
    while waiting:
        level, row = waiting.pop()
        if row.id in seen:
            continue
        seen.add(row.id)
        yield level, row
        waiting += [(level + 1, child) for child in reversed(under.get(row.id, ()))]


def _last_first(plan: Plan, parent: int) -> list[Activity]:
    return in_order(plan.activities_where("parent", parent))[::-1]
