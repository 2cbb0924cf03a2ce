"""The network of a workspace: activities, links and bounds as columns, in an order in which predecessors come first."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import is_scenario
from milestone_desktop.scheduling.axis import Axis, axis_for
from milestone_desktop.scheduling.calendars import Ints, Tables
from milestone_desktop.scheduling.frame import EVER, NEVER, Bounds, Frame, first_of
from milestone_desktop.scheduling.levels import NARROW, knots, levels_of
from milestone_desktop.scheduling.links import Joins, Links, read_links
from milestone_desktop.scheduling.rows import FINISHED, FIXED, NONE, STARTED, Outline, Rows, read_rows


@dataclass(slots=True)
class Run:
    """Rows that a pass takes together: one wide level, or narrow levels one after the other. linked: the first row of a
    wide level without successors, the rows before it have some; least: a single join that takes its earliest source."""

    first: int
    last: int
    linked: int
    wide: bool
    least: bool = False


@dataclass(slots=True)
class Network:
    """Rows of a plan by level; a join (id 0) stands for a link between two parents.

    project_start: where each of `projects` begins, NONE where it has no date; project: place in `projects`; given: FIXED,
    STARTED or FINISHED rows with their instants; set_at: where a milestone without predecessors was set (NONE elsewhere);
    least: joins that stand for a parent's start, which is its children's earliest; cycles: ids along each loop, whose
    links are left out.
    """

    ids: Ints
    row_of: dict[int, int]
    activities: list[Activity | None]
    projects: list[Project]
    project_start: Ints
    project: Ints
    milestone: NDArray[np.bool_]
    alap: NDArray[np.bool_]
    given: NDArray[np.int8]
    given_start: Ints
    given_finish: Ints
    set_at: Ints
    least: NDArray[np.bool_]
    frame: Frame
    axis: Axis
    bounds: Bounds
    runs: list[Run]
    outline: Outline
    cycles: list[list[int]]
    everything: Ints
    joined: bool
    options: tuple[Collection[int] | None, bool]


def build(
    plan: Plan,
    *,
    projects: Collection[int] | None = None,
    as_computed: bool = False,
    several_calendars: bool = False,
    known: Network | None = None,
) -> Network:
    """The network of a whole workspace.

    projects: ids of those to schedule (default: all), the others enter as fixed; as_computed: schedule them whatever
    their mode and placement; several_calendars: run on instants even where one calendar would do (for comparison);
    known: an earlier network, whose calendar tables are taken over where the calendars are as they were.
    Raises PlanError: a calendar without working time, a duration or lag beyond 1900–2200, a project without any date.
    """
    rows = read_rows(plan, projects, as_computed, None if known is None else known.frame.tables)
    links, loops, joins = read_links(plan, rows)
    count = len(rows.activities) + len(joins.project)
    links, level, cycles = _levelled(rows, links, count)
    holding = _holding(rows, links, joins)
    links, order, level, leaving = _ordered(links, level, holding)
    network = _assemble(rows, links, holding, order, joins, several_calendars)
    network.cycles = [*loops, *cycles]
    network.runs = _runs(level, leaving, np.flatnonzero(network.least).tolist())
    network.options = (projects, as_computed)
    placed = np.flatnonzero(order < len(rows.activities))
    bound(network, rows, placed, order[placed])
    return network


def _levelled(rows: Rows, links: Links, count: int) -> tuple[Links, Ints, list[list[int]]]:
    """Levels without loops: links within a knot are left out, and its rows stay where they are."""
    level = levels_of(count, links.source, links.target)
    if (level >= 0).all():
        return links, level, []
    knot, loops = knots(count, links.source, links.target, level)
    links = links.chosen((knot[links.source] < 0) | (knot[links.source] != knot[links.target]))
    for place in np.flatnonzero(knot[: len(rows.activities)] >= 0).tolist():
        row = rows.activities[place]
        if rows.given[place] == 0 and row.end is not None:
            rows.given[place] = FIXED
            rows.given_start[place] = row.start if row.start is not None and not rows.milestone[place] else row.end
            rows.given_finish[place] = row.end
    named = [[rows.activities[place].id for place in loop if place < len(rows.activities)] for loop in loops]
    return links, levels_of(count, links.source, links.target), named


def _holding(rows: Rows, links: Links, joins: Joins) -> NDArray[np.bool_]:
    """Which links bind the late dates of their source. Work that has begun holds up nobody before it, and what is only tried
    out in a scenario waits for others and binds nobody outside."""
    begun = np.concatenate((rows.given >= STARTED, np.zeros(len(joins.project), bool)))
    project = np.concatenate((rows.project, joins.project))
    tried = np.array([is_scenario(row) for row in rows.projects], bool)
    into_trial = np.zeros(len(links.source), bool)
    if tried.any():
        into_trial = tried[project[links.target]] & (project[links.source] != project[links.target])
    held: NDArray[np.bool_] = ~begun[links.target] & ~into_trial
    return held


def _ordered(links: Links, level: Ints, holding: NDArray[np.bool_]) -> tuple[Links, Ints, Ints, NDArray[np.bool_]]:
    """Rows by level, those that successors hold first, then by id; the links renumbered to that order."""
    count = len(level)
    leaving = np.zeros(count, bool)
    leaving[links.source[holding]] = True
    order = np.lexsort((np.arange(count), ~leaving, level))
    place = np.empty(count, np.int64)
    place[order] = np.arange(count)
    return replace(links, source=place[links.source], target=place[links.target]), order, level[order], leaving[order]


def _assemble(
    rows: Rows, links: Links, holding: NDArray[np.bool_], order: Ints, joins: Joins, several: bool
) -> Network:  # fmt: skip
    count, known = len(order), len(rows.activities)
    plain = order < known
    where = np.where(plain, order, 0)

    def column(values: Ints, other: int) -> Ints:
        return np.where(plain, values[where], other) if known else np.zeros(0, np.int64)

    given = column(rows.given.astype(np.int64), 0).astype(np.int8)
    calendar = column(rows.calendar, int(rows.calendar[0]) if known else 0)
    forward = links.chosen(np.lexsort((links.dependency, links.source, links.target)))
    backward = links.chosen(holding)
    backward = backward.chosen(np.lexsort((backward.dependency, backward.target, backward.source)))
    start, finish = column(rows.given_start, NONE), column(rows.given_finish, NONE)
    duration = column(rows.duration, 0)
    held = np.flatnonzero(given)
    duration[held] = worked(rows.tables, calendar[held], start[held], finish[held])
    ends = first_of(forward.target, count), first_of(backward.source, count)
    frame = Frame(rows.tables, count, calendar, duration, forward, ends[0], backward, ends[1], start, finish)
    project = column(rows.project, 0)
    project[~plain] = joins.project[order[~plain] - known]
    least = np.zeros(count, bool)
    least[~plain] = joins.least[order[~plain] - known]
    activities: list[Activity | None] = [rows.activities[place] if place < known else None for place in order.tolist()]
    ids = np.array([0 if row is None else row.id for row in activities], np.int64)
    return Network(
        ids,
        {row_id: place for place, row_id in enumerate(ids.tolist()) if row_id},
        activities,
        rows.projects,
        rows.project_start,
        project,
        column(rows.milestone.astype(np.int64), 1).astype(bool),
        column(rows.alap.astype(np.int64), 0).astype(bool),
        given,
        start,
        finish,
        column(rows.set_at, NONE),
        least,
        frame,
        axis_for(frame, several),
        no_bounds(count),
        [],
        rows.outline,
        [],
        np.arange(count),
        count > known,
        (None, False),
    )


def _runs(level: Ints, leaving: NDArray[np.bool_], least: list[int]) -> list[Run]:
    """Wide levels one by one, narrow ones together, and joins that take their earliest source alone. least: in order."""
    runs: list[Run] = []
    firsts = np.flatnonzero(np.diff(level, prepend=-1)).tolist()
    for first, last in pairwise([*firsts, len(level)]):
        begin = first
        for join in least[bisect_left(least, first) : bisect_left(least, last)]:
            _add_run(runs, begin, join, leaving)
            runs.append(Run(join, join + 1, join + 1, False, True))
            begin = join + 1
        _add_run(runs, begin, last, leaving)
    return runs


def _add_run(runs: list[Run], first: int, last: int, leaving: NDArray[np.bool_]) -> None:
    wide = last - first >= NARROW
    if first == last:
        return
    if not wide and runs and not runs[-1].wide and not runs[-1].least:
        runs[-1].last = last
    else:
        runs.append(Run(first, last, first + int(leaving[first:last].sum()), wide))


def worked(tables: Tables, calendar: Ints, start: Ints, finish: Ints) -> Ints:
    """The durations of activities between given dates."""
    minutes: Ints = np.maximum(tables.index(calendar, finish) - tables.index(calendar, start), 0)
    return minutes


def no_bounds(count: int) -> Bounds:
    """Bounds that bind nothing."""
    return Bounds(*(np.full(count, value, np.int64) for value in (NEVER, EVER, NEVER, EVER)))


def bound(network: Network, rows: Rows, places: Ints, numbers: Ints) -> None:
    """Sets the network's bounds at some places from what the activities there say. numbers: where these stand in `rows`.
    Raises PlanError where a project has no date to begin at."""
    axis, bounds = network.axis, network.bounds
    for column, value in zip((bounds.first, bounds.last, bounds.late_first, bounds.late_last), (NEVER, EVER) * 2, strict=True):
        column[places] = value
    _bound_by_project(network, places)

    def tighten(column: Ints, name: str, turn: str = "") -> None:
        """Takes in the limits of one name."""
        moments = rows.limits[name][numbers]
        some = places[moments != NONE]
        found = axis.encode(some, moments[moments != NONE])
        if turn:
            found = axis.back(some, found) if turn == "back" else axis.ahead(some, found)
        lower = column is bounds.first or column is bounds.late_first
        column[some] = np.maximum(column[some], found) if lower else np.minimum(column[some], found)

    tighten(bounds.first, "start_min")
    tighten(bounds.first, "finish_min", "back")
    tighten(bounds.last, "start_max")
    tighten(bounds.last, "finish_max", "back")
    for name, turn in (("late_start_is", "ahead"), ("late_finish_is", "")):
        tighten(bounds.late_first, name, turn)
        tighten(bounds.late_last, name, turn)
    tighten(bounds.late_last, "late_start", "ahead")
    tighten(bounds.late_last, "late_finish")
    held = places[network.given[places] > 0]
    bounds.first[held] = bounds.last[held] = axis.exact(held, network.given_start[held])
    done = places[network.given[places] == FINISHED]
    bounds.late_first[done] = bounds.late_last[done] = axis.exact(done, network.given_finish[done])


def _bound_by_project(network: Network, places: Ints) -> None:
    """What has no predecessor begins with its project, and what waits for a finish with its own finish not before it; a
    milestone without a predecessor is where it was set. A lead to a start may reach before the project's start."""
    links = network.frame.forward
    free = np.diff(network.frame.forward_first) == 0
    floored = free.copy()
    floored[links.target[links.from_finish & links.to_finish]] = True
    network.set_at[places[~free[places]]] = NONE
    project, set_at = network.project[places], network.set_at[places]
    starts = network.project_start[project] if len(network.projects) else np.zeros(0, np.int64)
    moments = np.where(set_at != NONE, set_at, starts)
    lost = project[free[places] & (moments == NONE) & (network.given[places] == 0)]
    if len(lost):
        raise PlanError(
            N_("The project “{title}” has no start, so nothing in it can be scheduled."),
            N_("Give the project a start date."),
            title=network.projects[int(lost[0])].title,
        )
    begun = floored[places] & (moments != NONE)
    network.bounds.first[places[begun]] = network.axis.encode(places[begun], moments[begun])
