"""What an edit would move, to be listed before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.recompute import Move, move_of
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, WorkItem
from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import scenario_ids
from milestone_desktop.domain.worktime import WorkTimes


@dataclass(frozen=True, slots=True)
class LatestFinish:
    """The latest date of a project before and after. working_days: signed, on the project's calendar, None where there was
    no date."""

    project: int
    title: str
    old: Instant | None
    new: Instant | None
    working_days: int | None


@dataclass(frozen=True, slots=True)
class Trial:
    """What an edit would do. moves: of rows that there are before it, and of new ones that the scheduler places elsewhere
    than the edit asked, by project and in the order of their old dates; latest: of each project in which something moves;
    derived: ids of what the scheduler moves; touched: ids of the projects in which the edit itself changes something.
    """

    moves: tuple[Move, ...]
    latest: tuple[LatestFinish, ...]
    derived: frozenset[int]
    touched: frozenset[int]

    def elsewhere(self, here: int | None) -> list[Move]:
        """What the scheduler moves in projects that the edit is not about. here: the project in hand."""
        near = self.touched | {here}
        return [move for move in self.moves if move.activity in self.derived and move.project not in near]


def try_out(document: Document, action: Callable[[Edit], object]) -> Trial:
    """What an action would do, found out on a copy of the plan. Raises PlanError as the edit would."""
    return trial_of(document.tried(action))


def trial_of(edit: Edit, *, latest: bool = True) -> Trial:
    """What an edit does so far; the scheduler has been there already. Working days are counted on the calendars as the
    edit leaves them, as receipts count them. latest: whether to look for the latest dates, which reads whole projects."""
    times, changes = WorkTimes(edit.plan), edit.changes().changes
    touched = {
        project
        for change in changes
        if not change.derived
        for row in (change.old, change.new)
        for project in _projects_of(edit.plan, row)
    }
    following = scenario_ids(edit.plan) - touched  # what is only tried out follows by itself
    moves = sorted((move for move in _moves(edit, changes, times) if move.project not in following), key=_order)
    before = {move.activity: move.old_end for move in moves}
    projects = dict.fromkeys(move.project for move in moves) if latest else {}
    found = tuple(_latest(edit.plan, edit.plan[Project, project], before, times) for project in projects)
    moved = {change.id for change in changes if change.derived} | {row_id for _kind, row_id in edit.displaced}
    return Trial(tuple(moves), found, frozenset(moved), frozenset(touched))


def trial_of_moves(plan: Plan, moves: list[Move]) -> Trial:
    """Moves that no edit makes yet, such as `recompute.differences`, in the form that they are listed in."""
    times = WorkTimes(plan)
    after = {move.activity: move.new_end for move in moves}
    found = []
    for project in dict.fromkeys(move.project for move in moves):
        rows = plan.activities_where("project", project)
        old = max((row.end for row in rows if row.end is not None), default=None)
        new = max((end for row in rows if (end := after.get(row.id, row.end)) is not None), default=None)
        found.append(_finish(plan[Project, project], old, new, times))
    ids = frozenset(move.activity for move in moves)
    return Trial(tuple(sorted(moves, key=_order)), tuple(found), ids, frozenset())


def _order(move: Move) -> tuple[int, Instant, int]:
    return move.project, move.old_end or 0, move.activity


def _moves(edit: Edit, changes: Iterable[Change], times: WorkTimes) -> Iterator[Move]:
    for change in changes:
        old = change.old if change.old is not None else edit.displaced.get((change.kind, change.id))
        if isinstance(old, Activity) and change.new is not None and (old.start, old.end) != (change.new.start, change.new.end):
            yield move_of(old, change.new.start, change.new.end, times)


def _latest(plan: Plan, project: Project, before: dict[int, Instant | None], times: WorkTimes) -> LatestFinish:
    rows = plan.activities_where("project", project.id)
    old = max((end for row in rows if (end := before.get(row.id, row.end)) is not None), default=None)
    new = max((row.end for row in rows if row.end is not None), default=None)
    return _finish(project, old, new, times)


def _finish(project: Project, old: Instant | None, new: Instant | None, times: WorkTimes) -> LatestFinish:
    days = None if old is None or new is None else times.of_project(project.id).working_days(day_of(old), day_of(new))
    return LatestFinish(project.id, project.title, old, new, days)


def _projects_of(plan: Plan, row: object) -> set[int]:
    """The projects that a record is about. A link between two projects is about neither: it reaches from one to another."""
    if isinstance(row, Project):
        return {row.id}
    if isinstance(row, Dependency):
        ends = {end.project for row_id in (row.predecessor, row.successor) if (end := plan.activity(row_id)) is not None}
        return ends if len(ends) == 1 else set()
    if isinstance(row, Assignment):
        item = plan.get(WorkItem, row.item)
        return set() if item is None else {item.project}
    project = getattr(row, "project", None)
    return set() if project is None else {project}
