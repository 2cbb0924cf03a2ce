"""Parents span their children: whoever changes dates or the outline calls `roll_up` for the rows it touched."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.outline import children
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.domain.worktime import WorkTimes


def roll_up(edit: Edit, parents: Iterable[int | None]) -> None:
    """Sets start, end and duration of these work items, and of those above them, to what their children span.

    A milestone keeps its own date whatever is below it; a parent whose children have no dates keeps its own. In a
    computed project the scheduler does this when the edit ends.
    """
    times = WorkTimes(edit.plan)
    for start in set(parents):
        current = start
        seen: set[int] = set()
        while current is not None and current not in seen:
            seen.add(current)
            activity = edit.plan.activity(current)
            if activity is None:
                break
            if isinstance(activity, WorkItem) and not is_computed(edit.plan[Project, activity.project]):
                _span(edit, activity, times)
            current = activity.parent


def _span(edit: Edit, parent: WorkItem, times: WorkTimes) -> None:
    below = children(edit.plan, parent.project, parent.id)
    starts: list[Instant] = [moment for row in below if (moment := row.start if row.start is not None else row.end) is not None]
    ends: list[Instant] = [row.end for row in below if row.end is not None]
    if not starts or not ends:
        return
    first, last = min(starts), max(*ends, min(starts))
    if (first, last) != (parent.start, parent.end):
        length = max(0, times.of_activity(parent).minutes_between(first, last))
        edit.update(parent, derived=True, start=first, end=last, duration=length)
