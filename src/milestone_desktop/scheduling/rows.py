"""The activities of a plan as columns: what is placed, on which calendar, for how long, and within which bounds.

Milestones and work items without children are placed; work items with children are *parents* and only span them. Columns
are in the order of the ids, whatever the order of the records. Instants that do not apply are NONE.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Instant, at
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, is_computed
from milestone_desktop.domain.worktime import assigned_calendars
from milestone_desktop.scheduling.calendars import LONGEST, ROUND_THE_CLOCK, CalendarIds, Ints, Tables, build_tables

NONE: Instant = -1

LIMITS = ("start_min", "start_max", "finish_min", "finish_max", "late_start", "late_finish", "late_start_is", "late_finish_is")
"""Columns of bounds: what a constraint says of early dates (…_min, …_max), of late dates (late_…) and exactly (…_is)."""


@dataclass(slots=True)
class Rows:
    """Columns by row. given: 1 fixed, 2 started, 3 finished (dates in given_start, given_finish); set_at: where a
    milestone was set; limits: by name of LIMITS; projects: ids, which `project` gives the place of."""

    activities: list[Activity]
    projects: list[Project]
    project: Ints
    calendar: Ints
    duration: Ints
    milestone: NDArray[np.bool_]
    alap: NDArray[np.bool_]
    given: NDArray[np.int8]
    given_start: Ints
    given_finish: Ints
    set_at: Ints
    limits: dict[str, Ints]
    project_start: Ints
    tables: Tables
    outline: Outline


@dataclass(slots=True)
class Outline:
    """parents: work items with children, by id, and the numbers of their calendars; children: ids by parent, of milestones
    with something below them, too; above: the parent of each child."""

    parents: list[WorkItem]
    children: dict[int, list[int]]
    above: dict[int, int]
    calendar: Ints

    def leaves_below(self, parent: int, row_of: dict[int, int], *, beyond: bool = False) -> list[int]:
        """The rows that a parent spans, in order: a milestone counts by itself, whatever is below it. beyond: what stands below
        such milestones, too."""
        found: list[int] = []
        seen: set[int] = set()
        waiting = [parent]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            if current in row_of:
                found.append(row_of[current])
                if not beyond:
                    continue
            waiting += self.children.get(current, ())
        return sorted(found)


FIXED, STARTED, FINISHED = 1, 2, 3


def read_rows(plan: Plan, computed: Collection[int] | None, as_computed: bool, known: Tables | None = None) -> Rows:
    """The columns of a plan.

    computed: ids of the projects to schedule, the others entering as fixed (default: all, by their own mode);
    as_computed: schedule them whatever their mode and the activities' placement; known: tables to take over where the
    calendars are as they were. Raises PlanError.
    """
    placed, outline = _outlined(plan)
    projects = sorted(plan.all(Project), key=lambda project: project.id)
    calendars, of_parents = _calendars(plan, placed), _calendars(plan, outline.parents)
    tables = build_tables(plan, sorted({*calendars, *of_parents}), known)
    number = tables.number
    outline.calendar = np.array([number[calendar] for calendar in of_parents], np.int64)
    elapsed = [row.duration_unit[:1] == "e" and isinstance(row, WorkItem) for row in placed]
    calendar = [ROUND_THE_CLOCK if clock else number[own] for clock, own in zip(elapsed, calendars, strict=True)]
    starts = project_starts(plan, projects)
    return rows_of(
        placed, projects, np.array(calendar, np.int64), starts, tables, outline, computed=computed, as_computed=as_computed
    )


def rows_of(
    placed: list[Activity],
    projects: list[Project],
    calendar: Ints,
    starts: Ints,
    tables: Tables,
    outline: Outline,
    *,
    computed: Collection[int] | None,
    as_computed: bool,
) -> Rows:
    """The columns of some activities of a plan, whose calendars and outline are known. computed, as_computed: as in
    `read_rows`. Raises PlanError."""
    place = {project.id: number for number, project in enumerate(projects)}
    count = len(placed)
    rows = Rows(
        placed,
        projects,
        np.array([place[row.project] for row in placed], np.int64),
        calendar,
        np.array([0 if isinstance(row, Milestone) else row.duration for row in placed], np.int64),
        np.array([isinstance(row, Milestone) for row in placed], bool),
        np.zeros(count, bool),
        np.zeros(count, np.int8),
        np.full(count, NONE, np.int64),
        np.full(count, NONE, np.int64),
        np.array([row.end if isinstance(row, Milestone) and row.end is not None else NONE for row in placed], np.int64),
        {name: np.full(count, NONE, np.int64) for name in LIMITS},
        starts,
        tables,
        outline,
    )
    _check_durations(rows)
    held = {} if as_computed else {project.id for project in projects if not is_computed(project)}
    held = {*held, *(project.id for project in projects if computed is not None and project.id not in computed)}
    for at_row, row in enumerate(placed):
        if row.project in held or _is_special(row):
            _bound(rows, at_row, row, row.project in held, as_computed)
    _bound_by_status_date(rows)
    _bound_from_parents(rows, held)
    return rows


def _calendars(plan: Plan, rows: Iterable[Activity]) -> list[CalendarIds]:
    """What `calendars_for` gives each row. Assignments are looked at only where somebody has a calendar."""
    assignments: dict[int, list[Assignment]] = {}
    if any(person.calendar is not None for person in plan.all(Person)):
        for assignment in sorted(plan.all(Assignment), key=lambda assignment: assignment.id):
            assignments.setdefault(assignment.item, []).append(assignment)
    usual: dict[int, CalendarIds] = {project.id: (project.calendar,) for project in plan.all(Project)}
    found: list[CalendarIds] = []
    for row in rows:
        if row.calendar is not None:
            found.append((row.calendar,))
        elif row.id in assignments:
            found.append(assigned_calendars(plan, row, assignments[row.id]))
        else:
            found.append(usual[row.project])
    return found


def _outlined(plan: Plan) -> tuple[list[Activity], Outline]:
    """What is placed, by id, and the outline. A work item is a parent where it has children in its own project."""
    rows = sorted(plan.activities(), key=lambda row: row.id)
    project_of = {row.id: row.project for row in rows}
    children: dict[int, list[int]] = {}
    for row in rows:
        if row.parent is not None and project_of.get(row.parent) == row.project:
            children.setdefault(row.parent, []).append(row.id)
    upwards = {child: parent for parent, below in children.items() for child in below}
    looped = _looped(upwards)
    parents = [row for row in rows if row.id in children and isinstance(row, WorkItem) and row.id not in looped]
    known = {row.id for row in parents}
    return [row for row in rows if row.id not in known], Outline(parents, children, upwards, np.zeros(0, np.int64))


def _looped(upwards: dict[int, int]) -> set[int]:
    """Members of a loop of parents, which no outline can hold: they count as activities of their own."""
    state: dict[int, int] = {}
    looped: set[int] = set()
    for start in upwards:
        path: list[int] = []
        current: int | None = start
        while current is not None and current not in state:
            state[current] = start
            path.append(current)
            current = upwards.get(current)
        if current is not None and state[current] == start and current in path:
            looped.update(path[path.index(current) :])
    return looped


def project_starts(plan: Plan, projects: list[Project]) -> Ints:
    """Where each project begins: its start, else its earliest date, else the status date; NONE where there is no date. What has
    no date in a recorded project without any holds nothing up: it begins where the first of the other projects does."""
    starts = [_begins(plan, project) for project in projects]
    if any(start is None and not is_computed(project) for start, project in zip(starts, projects, strict=True)):
        first = min((start for project in plan.all(Project) if (start := _begins(plan, project)) is not None), default=None)
        starts = [
            first if start is None and not is_computed(project) else start
            for start, project in zip(starts, projects, strict=True)
        ]
    return np.array([NONE if start is None else start for start in starts], np.int64)


def _begins(plan: Plan, project: Project) -> Instant | None:
    """The first date that a project says something of; None where it has none."""
    if project.start is not None:
        return project.start
    dates = (row.start if row.start is not None else row.end for row in plan.activities_where("project", project.id))
    start = min((moment for moment in dates if moment is not None), default=None)
    if start is None and project.status_date is not None:
        return at(project.status_date, project.day_start)
    return start


def _check_durations(rows: Rows) -> None:
    for place in np.flatnonzero((rows.duration > LONGEST) | (rows.duration < 0)).tolist()[:1]:
        raise PlanError(
            N_("“{title}” takes longer than the years 1900–2200 have room for."),
            N_("Type a shorter duration."),
            title=rows.activities[place].title,
        )


def _is_special(row: Activity) -> bool:
    return (
        row.placement is not Placement.COMPUTED
        or row.constraint is not ConstraintType.ASAP
        or row.deadline is not None
        or row.actual_start is not None
        or row.actual_finish is not None
    )


def _bound(rows: Rows, place: int, row: Activity, held: bool, as_computed: bool) -> None:
    """Fills in what a row says beyond its duration: progress first, then where it is fixed, then its constraint."""
    if row.actual_finish is not None:
        start = row.actual_start if row.actual_start is not None else row.start
        milestone = isinstance(row, Milestone) or start is None
        _give(rows, place, FINISHED, row.actual_finish if milestone else start, row.actual_finish)
        return
    _bound_late(rows.limits, place, row.constraint, row.constraint_date, row.deadline)
    if row.actual_start is not None and isinstance(row, WorkItem):
        _give(rows, place, STARTED, row.actual_start, _expected_finish(rows, place, row))
        return
    fixed = held or (row.placement is Placement.FIXED and not as_computed)
    if fixed and (row.start is not None or row.end is not None):
        start, end = _own_dates(rows, place, row)
        _give(rows, place, FIXED, start, end)
        return
    limits = rows.limits
    if row.placement is Placement.PINNED and row.constraint_date is None:
        pin, name = (row.end, "finish_min") if isinstance(row, Milestone) else (row.start, "start_min")
        limits[name][place] = NONE if pin is None else pin
    _bound_early(rows, place, row.constraint, row.constraint_date)


def _give(rows: Rows, place: int, how: int, start: Instant | None, finish: Instant) -> None:
    rows.given[place] = how
    rows.given_start[place] = finish if start is None else min(start, finish)
    rows.given_finish[place] = finish


def _own_dates(rows: Rows, place: int, row: Activity) -> tuple[Instant, Instant]:
    """Stored start and end; of a milestone its end; what is missing by the duration."""
    start, end = row.start, row.end
    if isinstance(row, Milestone):
        moment = end if end is not None else start
        assert moment is not None
        return moment, moment
    tables, calendar, minutes = rows.tables, int(rows.calendar[place]), int(rows.duration[place])
    if start is None:
        assert end is not None
        start = tables.start_of_1(calendar, tables.index_1(calendar, end) - minutes) if minutes else end
    if end is None:
        end = tables.start_of_1(calendar, tables.index_1(calendar, start) + minutes - 1) + 1 if minutes else start
    return start, end


def _expected_finish(rows: Rows, place: int, row: WorkItem) -> Instant:
    """When started work will end: what remains, from where it goes on, not before the status date if the project says so."""
    tables, calendar, minutes = rows.tables, int(rows.calendar[place]), int(rows.duration[place])
    remaining = row.remaining if row.remaining is not None else minutes - minutes * row.progress // 100
    start = row.actual_start
    assert start is not None
    index = tables.index_1(calendar, start) + max(0, minutes - remaining)
    going_on = row.resume if row.resume is not None else row.stop
    if going_on is not None:
        index = max(tables.index_1(calendar, going_on), tables.index_1(calendar, start))
    project = rows.projects[int(rows.project[place])]
    not_before = status_start(project)
    if not_before is not None:
        index = max(index, tables.index_1(calendar, not_before))
    finish = tables.start_of_1(calendar, index + remaining - 1) + 1
    return max(finish, start)


def _bound_by_status_date(rows: Rows) -> None:
    """Work that has not begun does not start before the status date, where the project moves what is not done. Constraints
    that pull it to an earlier date still do."""
    starts = [status_start(project) for project in rows.projects]
    if all(start is None for start in starts):
        return
    not_before = np.array([NONE if start is None else start for start in starts], np.int64)[rows.project]
    waits = (rows.given == 0) & ~rows.milestone
    start_min = rows.limits["start_min"]
    start_min[waits] = np.maximum(start_min[waits], not_before[waits])


def status_start(project: Project) -> Instant | None:
    """From when on work that is not done may be placed: the start of work on the status date, where the project wants it."""
    if not project.move_remaining or project.status_date is None:
        return None
    return at(project.status_date, project.day_start)


def _bound_early(rows: Rows, place: int, constraint: ConstraintType, when: Instant | None) -> None:
    limits = rows.limits
    if constraint is ConstraintType.ALAP:
        rows.alap[place] = True
    if when is None:
        return
    match constraint:
        case ConstraintType.SNET:
            limits["start_min"][place] = max(when, int(limits["start_min"][place]))
        case ConstraintType.FNET:
            limits["finish_min"][place] = max(when, int(limits["finish_min"][place]))
        case ConstraintType.SNLT:
            limits["start_max"][place] = when
        case ConstraintType.FNLT:
            limits["finish_max"][place] = when
        case ConstraintType.MSO:
            limits["start_min"][place] = limits["start_max"][place] = when
        case ConstraintType.MFO:
            limits["finish_min"][place] = limits["finish_max"][place] = when


def _bound_late(
    limits: dict[str, Ints], place: int, constraint: ConstraintType, when: Instant | None, deadline: Instant | None
) -> None:
    names = {
        ConstraintType.SNLT: "late_start",
        ConstraintType.FNLT: "late_finish",
        ConstraintType.MSO: "late_start_is",
        ConstraintType.MFO: "late_finish_is",
    }
    if when is not None and constraint in names:
        limits[names[constraint]][place] = when
    if deadline is not None:
        known = int(limits["late_finish"][place])
        limits["late_finish"][place] = deadline if known == NONE else min(known, deadline)


def _bound_from_parents(rows: Rows, held: Collection[int]) -> None:
    """A parent's pin or SNET holds for everything under it, as do its deadline and FNLT; other constraints of a parent
    have no meaning, since it only spans its children."""
    limits = {row.id: _of_parent(row) for row in rows.outline.parents if _is_special(row) and row.project not in held}
    if not limits:
        return
    above = rows.outline.above
    known: dict[int, tuple[Instant, Instant]] = {}
    for place, row in enumerate(rows.activities):
        not_before, not_after = _from_above(above.get(row.id), above, limits, known)
        if rows.given[place] not in (STARTED, FINISHED) and not_before != NONE:
            rows.limits["start_min"][place] = max(int(rows.limits["start_min"][place]), not_before)
        if rows.given[place] != FINISHED and not_after != NONE:
            _bound_late(rows.limits, place, ConstraintType.ASAP, None, not_after)


def _of_parent(parent: WorkItem) -> tuple[Instant, Instant]:
    """Before and after which nothing below a parent may be, NONE where it does not say."""
    not_before = parent.start if parent.placement is Placement.PINNED and parent.constraint_date is None else None
    if parent.constraint is ConstraintType.SNET:
        not_before = max(parent.constraint_date or NONE, not_before or NONE)
    ends = [parent.deadline, parent.constraint_date if parent.constraint is ConstraintType.FNLT else None]
    not_after = min((end for end in ends if end is not None), default=None)
    return NONE if not_before is None else not_before, NONE if not_after is None else not_after


def _from_above(
    parent: int | None,
    above: dict[int, int],
    limits: dict[int, tuple[Instant, Instant]],
    known: dict[int, tuple[Instant, Instant]],
) -> tuple[Instant, Instant]:
    """What the parents from one upwards say together. known: what has been found out of some, added to."""
    path: list[int] = []
    passed: set[int] = set()
    while parent is not None and parent not in known and parent not in passed:
        passed.add(parent)
        path.append(parent)
        parent = above.get(parent)
    found = known.get(parent, (NONE, NONE)) if parent is not None else (NONE, NONE)
    for row_id in reversed(path):
        own = limits.get(row_id, (NONE, NONE))
        ends = [end for end in (own[1], found[1]) if end != NONE]
        found = known[row_id] = max(own[0], found[0]), min(ends, default=NONE)
    return found
