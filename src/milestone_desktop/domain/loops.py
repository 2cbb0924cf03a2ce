"""Loops of dependencies: an edit must not close one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan

_NAMED = 12
"""A loop longer than this is named by its first titles."""


def check_loops(plan: Plan, change_set: ChangeSet) -> None:
    """Raises PlanError, naming the loop, if a link that the change-set adds or turns closes one.

    Links with a `source` are exempt: a file's own links come in as they are. Loops that were there before stay.
    """
    added = [change.new for change in change_set.of(Dependency) if change.new is not None and not change.new.source]
    changed = {change.id for change in change_set.of(Dependency) if _same_ends(change.old, change.new)}
    links = [link for link in added if link.id not in changed]
    if not links:
        return
    suspects = _loops_and_after(plan, {link.successor for link in links})
    for link in links:
        if link.successor in suspects:
            path = _path(plan, link.successor, link.predecessor, suspects)
            if path:
                _refuse(plan, [*path, link.successor])


def successors(plan: Plan, row_id: int) -> list[int]:
    """Ids of the activities that depend on the one with that id."""
    return [link.successor for link in plan.where(Dependency, "predecessor", row_id)]


def _same_ends(old: Dependency | None, new: Dependency | None) -> bool:
    return old is not None and new is not None and (old.predecessor, old.successor) == (new.predecessor, new.successor)


def _loops_and_after(plan: Plan, starts: Iterable[int]) -> set[int]:
    """What can be reached from `starts`, less what no loop leads to: the loops and what comes after them. Empty where
    there is no loop."""
    following: dict[int, list[int]] = {}
    waiting = list(starts)
    while waiting:
        row_id = waiting.pop()
        if row_id not in following:
            following[row_id] = successors(plan, row_id)
            waiting += following[row_id]
    entering = dict.fromkeys(following, 0)
    for after in following.values():
        for row_id in after:
            entering[row_id] += 1
    free = [row_id for row_id, count in entering.items() if count == 0]
    while free:
        row_id = free.pop()
        del entering[row_id]
        for after_id in following[row_id]:
            entering[after_id] -= 1
            if entering[after_id] == 0:
                free.append(after_id)
    return set(entering)


def _path(plan: Plan, start: int, goal: int, within: set[int]) -> list[int] | None:
    """The shortest way along dependencies from `start` to `goal`, both included."""
    came_from: dict[int, int | None] = {start: None}
    waiting = deque([start])
    while waiting:
        row_id = waiting.popleft()
        if row_id == goal:
            path = [row_id]
            while (before := came_from[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for after in successors(plan, row_id):
            if after in within and after not in came_from:
                came_from[after] = row_id
                waiting.append(after)
    return None


def _refuse(plan: Plan, loop: list[int]) -> None:
    titles = []
    for row_id in loop:
        row = plan.activity(row_id)
        titles.append(row.title if row is not None else str(row_id))
    if len(titles) > _NAMED:
        titles = [*titles[: _NAMED - 2], "…", titles[-1]]
    raise PlanError(
        N_("This link would close a loop: {loop}."),
        N_("Remove one of these links first, or turn the new one round."),
        loop=" → ".join(titles),
    )
