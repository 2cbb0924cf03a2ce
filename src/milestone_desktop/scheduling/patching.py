"""Keeping a network over an edit: typing a title costs nothing, and other dates are put into the network there is.

Only what leaves rows, links and levels as they are is put in: dates, durations, pins, constraints, progress. For anything
else, or where a row begins or ends to hold up others, the network is built anew. Both come to the same to the minute.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import OF_DURATION, Placement
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project
from milestone_desktop.scheduling.axis import renewed_axis
from milestone_desktop.scheduling.calendars import Ints
from milestone_desktop.scheduling.frame import Bounds
from milestone_desktop.scheduling.network import Network, bound, build, worked
from milestone_desktop.scheduling.rows import FIXED, NONE, STARTED, Rows, project_starts, rows_of

IN_THE_NETWORK = ("project", "parent", "duration_unit", "calendar")
"""Fields of activities on which rows, links and levels depend."""

OF_ACTIVITIES = (
    *IN_THE_NETWORK, "duration", "placement", "constraint", "constraint_date", "deadline",
    "progress", "actual_start", "actual_finish", "remaining", "stop", "resume",
)  # fmt: skip
OF_PROJECTS = ("calendar", "status", "start", "mode", "status_date", "day_start", "slack_limit", "move_remaining")
OF_LINKS = ("predecessor", "successor", "type", "lag", "lag_unit")
OF_CALENDARS = ("week", "base")
OF_EXCEPTIONS = ("calendar", "first", "last", "shifts", "recurrence")


def patched(network: Network, plan: Plan, change_set: ChangeSet) -> Network:
    """The network after an edit, `plan` being the plan after it: the same where nothing that it is made of has changed,
    else another one with the same options; the one given stays true of the plan before. Raises PlanError as `build` does."""
    concerning = [change for change in change_set.changes if concerns(change)]
    if not concerning:
        refresh(network, change_set)
        return network
    found = None
    if not network.cycles and not any(_is_built_in(change, plan) for change in concerning):
        found = _with_other_dates(twin(network), plan, change_set, concerning)
    computed, as_computed = network.options
    return found or build(plan, projects=computed, as_computed=as_computed, known=network)


def twin(network: Network) -> Network:
    """The same network with records of its own, so that others may be put into it."""
    outline = replace(network.outline, parents=list(network.outline.parents))
    return replace(network, activities=list(network.activities), projects=list(network.projects), outline=outline)


def refresh(network: Network, change_set: ChangeSet) -> None:
    """Puts the new records in place of the old ones in a network that the change-set does not make untrue."""
    for change in change_set.of(Milestone, WorkItem):
        if change.new is not None:
            put_record(network, change.new)
    projects = {change.id: change.new for change in change_set.of(Project)}
    if projects:
        network.projects[:] = [projects.get(row.id) or row for row in network.projects]


def put_record(network: Network, record: Any) -> None:
    """Puts the new record of an activity in place of the old one."""
    place = network.row_of.get(record.id)
    if place is not None:
        network.activities[place] = record
        return
    parents = network.outline.parents
    place = bisect_left(parents, record.id, key=lambda row: row.id)
    if place < len(parents) and parents[place].id == record.id:
        parents[place] = record


def concerns(change: Change) -> bool:
    """Whether a change can alter the network. Dates of activities do where they are given, not where they are computed."""
    fields: dict[type, tuple[str, ...]] = {
        Milestone: OF_ACTIVITIES,
        WorkItem: OF_ACTIVITIES,
        Project: OF_PROJECTS,
        Dependency: OF_LINKS,
        Calendar: OF_CALENDARS,
        CalendarException: OF_EXCEPTIONS,
        Person: ("calendar",),
        Assignment: ("item", "person"),
    }
    names = fields.get(change.kind)
    if names is None or (change.derived and change.kind is Project):
        return False
    if change.old is None or change.new is None:
        return True
    if isinstance(change.new, Activity) and not change.derived:
        names = (*names, "start", "end")
    return _differs(change, names)


def stands_on_own_dates(network: Network, row_id: int) -> bool:
    """Whether dates that the scheduler gives an activity are read when it is placed again: of a milestone without
    predecessors, a pin without a date, and what is fixed."""
    place = network.row_of.get(row_id)
    record = None if place is None else network.activities[place]
    if place is None or record is None:
        return False
    undated = record.placement is Placement.PINNED and record.constraint_date is None
    return undated or int(network.set_at[place]) != NONE or int(network.given[place]) == FIXED


def _differs(change: Change, names: Iterable[str]) -> bool:
    return any(getattr(change.old, name) != getattr(change.new, name) for name in names)


def _is_built_in(change: Change, plan: Plan) -> bool:
    """Whether a change alters rows, links or levels, or the lag of a link that is a percentage of a duration."""
    if not isinstance(change.old, Activity) or not isinstance(change.new, Activity) or _differs(change, IN_THE_NETWORK):
        return True
    if change.old.duration == change.new.duration:
        return False
    return any(link.lag and link.lag_unit in OF_DURATION for link in plan.where(Dependency, "predecessor", change.id))


def _with_other_dates(network: Network, plan: Plan, change_set: ChangeSet, concerning: Sequence[Change]) -> Network | None:
    """A twin of a network with what has changed put in; None where it has to be built anew."""
    refresh(network, change_set)
    undated = [project for project in network.projects if project.start is None]
    if undated:
        starts = project_starts(plan, undated)
        numbers = [number for number, project in enumerate(network.projects) if project.start is None]
        if not np.array_equal(starts, network.project_start[numbers]):
            return None
    places = _places(network, concerning)
    activities = [row for place in places.tolist() if (row := network.activities[place]) is not None]
    computed, as_computed = network.options
    rows = rows_of(
        activities, network.projects, network.frame.calendar[places], network.project_start, network.frame.tables,
        network.outline, computed=computed, as_computed=as_computed,
    )  # fmt: skip
    if not np.array_equal(rows.given >= STARTED, network.given[places] >= STARTED):
        return None
    return _with_rows(network, rows, places)


def _places(network: Network, changes: Iterable[Change]) -> Ints:
    """The rows that changes are about: of a parent all below it."""
    found: set[int] = set()
    for row_id in {change.id for change in changes}:
        if row_id in network.row_of:
            found.add(network.row_of[row_id])
        else:
            found.update(network.outline.leaves_below(row_id, network.row_of, beyond=True))
    return np.array(sorted(found), np.int64)


def _with_rows(network: Network, rows: Rows, places: Ints) -> Network | None:
    """Puts rows into a twin of a network. None where its dates then want another axis of time."""
    before = network.frame

    def put(column: Any, values: Any) -> Any:
        column = column.copy()
        column[places] = values
        return column

    duration = put(before.duration, rows.duration)
    start, finish = put(network.given_start, rows.given_start), put(network.given_finish, rows.given_finish)
    held = places[rows.given > 0]
    duration[held] = worked(before.tables, before.calendar[held], start[held], finish[held])
    frame = replace(before, duration=duration, held_start=start, held=finish)
    axis = renewed_axis(network.axis, before, frame, places)
    if axis is None:
        return None
    bounds = network.bounds
    found = replace(
        network,
        alap=put(network.alap, rows.alap),
        given=put(network.given, rows.given),
        given_start=start,
        given_finish=finish,
        set_at=put(network.set_at, rows.set_at),
        frame=frame,
        axis=axis,
        bounds=Bounds(bounds.first.copy(), bounds.last.copy(), bounds.late_first.copy(), bounds.late_last.copy()),
    )
    bound(found, rows, places, np.arange(len(places)))
    return found
