"""Loops of dependencies: an edit must not close one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from milestone_desktop.domain.activities import Activity, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan

_NAMED = 12
"""A loop longer than this is named by its first titles."""


def check_loops(plan: Plan, change_set: ChangeSet) -> None:
    """Raises PlanError, naming the loop, if a link that the change-set adds or turns closes one, or a row that it moves
    under another.

    Links with a `source` are exempt: a file's own links come in as they are. Loops that were there before stay.
    """
    added = [change.new for change in change_set.of(Dependency) if change.new is not None and not change.new.source]
    changed = {change.id for change in change_set.of(Dependency) if _same_ends(change.old, change.new)}
    links = [link for link in added if link.id not in changed]
    moved = [change.new for change in change_set.of(Milestone, WorkItem) if _is_moved(change)]
    if not links and not moved:
        return
    outline = _Outline(plan)
    ways = [(link.successor, outline.leaving(link.predecessor)) for link in links]
    for row in moved:
        above = outline.container(row)
        if above is not None:
            ways += [(-above, outline.leaving(row.id)), (row.id, above)]
    suspects = _loops_and_after(outline, {begin for begin, _ in ways})
    for begin, end in ways:
        if begin in suspects:
            path = _path(outline, begin, end, suspects)
            if path:
                _refuse(plan, [*path, begin], by_link=len(links) > 0)


def on_a_loop(plan: Plan, project: int) -> Activity | None:
    """The first activity of a project, by id, whose dependencies lead back to it; None where there is no loop."""
    outline = _Outline(plan)
    rows = plan.activities_where("project", project)
    suspects = _loops_and_after(outline, [row.id for row in rows])
    for row in rows:
        leaving = outline.leaving(row.id)
        if row.id in suspects and any(_path(outline, after, row.id, suspects) for after in outline.after(leaving)):
            return row
    return None


class LoopsThrough:
    """Tells of each activity whether a link to it from `predecessor` would close a loop. What leads to the predecessor is
    found once, so that a person can drag over one activity after another."""

    def __init__(self, plan: Plan, predecessor: int) -> None:
        self._plan = plan
        outline = _Outline(plan)
        goal = outline.leaving(predecessor)
        self._next: dict[int, int] = {goal: goal}
        waiting = deque([goal])
        while waiting:
            place = waiting.popleft()
            for before in outline.before(place):
                if before not in self._next:
                    self._next[before] = place
                    waiting.append(before)

    def refuse(self, successor: int) -> None:
        """Raises PlanError, naming the loop, if a link to `successor` closes one."""
        if successor not in self._next:
            return
        path = [successor]
        while self._next[path[-1]] != path[-1]:
            path.append(self._next[path[-1]])
        _refuse(self._plan, [*path, successor], by_link=True)


class _Outline:
    """What comes after what, links on parents meaning what is below them.

    A *place* is the id of an activity, or less than zero where it is a parent that is left: what leads to a parent leads
    to each of its children, and from each child, once it is left, on to the parent.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._below: dict[int, list[int]] = {}

    def after(self, place: int) -> list[int]:
        """The places that come right after one."""
        row = self._plan.activity(abs(place))
        if row is None:
            return []
        below = self._children(row)
        if place > 0 and below:
            return below
        above = self.container(row)
        following = [link.successor for link in self._plan.where(Dependency, "predecessor", row.id)]
        return following if above is None else [*following, -above]

    def before(self, place: int) -> list[int]:
        """The places that a place comes right after: `after` the other way round."""
        row = self._plan.activity(abs(place))
        if row is None:
            return []
        if place < 0:
            return [self.leaving(child) for child in self._children(row)]
        above = self.container(row)
        leading = [self.leaving(link.predecessor) for link in self._plan.where(Dependency, "successor", row.id)]
        return leading if above is None else [*leading, above]

    def leaving(self, row_id: int) -> int:
        """The place from which the links of an activity go on."""
        row = self._plan.activity(row_id)
        return -row_id if row is not None and self._children(row) else row_id

    def container(self, row: Activity) -> int | None:
        """The parent that spans an activity: a milestone spans nothing, and nothing is spanned from another project."""
        above = self._plan.activity(row.parent)
        spans = isinstance(above, WorkItem) and above.project == row.project and above.id != row.id
        return above.id if above is not None and spans else None

    def _children(self, row: Activity) -> list[int]:
        """What a parent spans directly; what stands under a milestone in it is not among it."""
        if isinstance(row, Milestone):
            return []
        known = self._below.get(row.id)
        if known is None:
            rows = self._plan.activities_where("parent", row.id)
            known = self._below[row.id] = [child.id for child in rows if child.project == row.project and child.id != row.id]
        return known


def _is_moved(change: Change) -> bool:
    """Whether an activity has come under another parent."""
    return change.old is not None and change.new is not None and change.new.parent not in (None, change.old.parent)


def _same_ends(old: Dependency | None, new: Dependency | None) -> bool:
    return old is not None and new is not None and (old.predecessor, old.successor) == (new.predecessor, new.successor)


def _loops_and_after(outline: _Outline, starts: Iterable[int]) -> set[int]:
    """What can be reached from `starts`, less what no loop leads to: the loops and what comes after them. Empty where
    there is no loop."""
    following: dict[int, list[int]] = {}
    waiting = list(starts)
    while waiting:
        place = waiting.pop()
        if place not in following:
            following[place] = outline.after(place)
            waiting += following[place]
    entering = dict.fromkeys(following, 0)
    for after in following.values():
        for place in after:
            entering[place] += 1
    free = [place for place, count in entering.items() if count == 0]
    while free:
        place = free.pop()
        del entering[place]
        for behind in following[place]:
            entering[behind] -= 1
            if entering[behind] == 0:
                free.append(behind)
    return set(entering)


def _path(outline: _Outline, start: int, goal: int, within: set[int]) -> list[int] | None:
    """The shortest way from one place to another, both included."""
    came_from: dict[int, int | None] = {start: None}
    waiting = deque([start])
    while waiting:
        place = waiting.popleft()
        if place == goal:
            path = [place]
            while (before := came_from[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for after in outline.after(place):
            if after in within and after not in came_from:
                came_from[after] = place
                waiting.append(after)
    return None


def _refuse(plan: Plan, loop: list[int], by_link: bool) -> None:
    titles = []
    for place, before in zip(loop, [0, *loop], strict=False):
        row = plan.activity(abs(place))
        if abs(place) != abs(before):
            titles.append(row.title if row is not None else str(place))
    if len(titles) > _NAMED:
        titles = [*titles[: _NAMED - 2], "…", titles[-1]]
    if by_link:
        raise PlanError(
            N_("This link would close a loop: {loop}."),
            N_("Remove one of these links first, or turn the new one round."),
            loop=" → ".join(titles),
        )
    raise PlanError(
        N_("Here this row would close a loop: {loop}."),
        N_("Remove one of the links between them first."),
        loop=" → ".join(titles),
    )
