"""Plan → Schedule: the public face of the room."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import OF_DURATION
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.calendars import EARLIEST, LATEST, Ints
from milestone_desktop.scheduling.frame import NEVER, Bounds
from milestone_desktop.scheduling.network import Network, build
from milestone_desktop.scheduling.passes import backward, forward
from milestone_desktop.scheduling.rollup import span_parents
from milestone_desktop.scheduling.rows import FINISHED, NONE, STARTED
from milestone_desktop.scheduling.slack import Conflict, Drivers, Slack, conflicts_of, driver_ids, drivers_of, slack_of

ROUNDS = 100
"""More parents than this do not wait for each other by lags in percent of their durations."""


@dataclass(slots=True)
class Schedule:
    """Dates and slack of every activity, by row; `row_of` maps ids to rows. The network's rows come first, in its order
    (a join has id 0), then the parents.

    Dates are instants, slack and duration working minutes on the activity's calendar. start, finish: where the activity
    is placed, which differs from the early dates for one as late as possible and what follows it. driver: id of the
    activity that it waits for, 0 for none; project_finish: the latest finish by id of the project; values,
    bounds, drivers: what previews and explanations go on from.
    """

    network: Network
    row_of: dict[int, int]
    ids: Ints
    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    start: Ints
    finish: Ints
    duration: Ints
    start_slack: Ints
    finish_slack: Ints
    total_slack: Ints
    free_slack: Ints
    critical: NDArray[np.bool_]
    driver: Ints
    conflicts: list[Conflict]
    cycles: list[list[int]]
    project_finish: dict[int, Instant]
    values: Ints
    bounds: Bounds
    drivers: Drivers

    def dates(self, row_id: int) -> tuple[Instant, Instant]:
        """Start and finish of an activity. Raises KeyError where the plan had none with that id."""
        row = self.row_of[row_id]
        return int(self.start[row]), int(self.finish[row])


DATES = ("early_start", "early_finish", "late_start", "late_finish", "start", "finish")


def compute(
    plan: Plan, *, projects: Collection[int] | None = None, as_computed: bool = False, known: Network | None = None
) -> Schedule:
    """Schedules a plan.

    projects: ids of those to schedule, the others entering as fixed where they are (default: all); as_computed:
    recorded and archived projects, too, and fixed activities; known: see `build`. Raises PlanError.
    """
    return schedule(build(plan, projects=projects, as_computed=as_computed, known=known))


def settled(plan: Plan, *, projects: Collection[int] | None = None, as_computed: bool = False) -> Schedule:
    """As `compute`, with lags in percent of a parent's duration taken of what that comes to, not of what is stored. The plan
    stays as it is. Raises PlanError."""
    found = compute(plan, projects=projects, as_computed=as_computed)
    waited_for = {link.predecessor for link in plan.all(Dependency) if link.lag and link.lag_unit in OF_DURATION}
    for _ in range(ROUNDS):
        longer = [
            replace(row, duration=int(found.duration[found.row_of[row.id]]))
            for row in found.network.outline.parents
            if row.id in waited_for and int(found.duration[found.row_of[row.id]]) != row.duration
        ]
        if not longer:
            break
        plan = plan.copy()
        for row in longer:
            plan.put(row)
        found = compute(plan, projects=projects, as_computed=as_computed, known=found.network)
    return found


def schedule(network: Network) -> Schedule:
    """Schedules a built network. Raises PlanError where a date falls outside the years 1900–2200."""
    count, axis, rows = network.frame.count, network.axis, network.everything
    early = forward(network)
    late = backward(network, early)
    placed, bounds = _placed(network, early, late)
    if placed is not early:
        early = _early_after_late_ones(network, early, placed)
    slack = slack_of(network, early, late, placed)
    drivers = drivers_of(network, placed)
    columns = {
        name: axis.instants(rows, values[part])
        for name, values, part in (
            ("early_start", early, slice(count)),
            ("early_finish", early, slice(count, None)),
            ("late_start", late, slice(count)),
            ("late_finish", late, slice(count, 2 * count)),
        )
    }
    columns["start"], columns["finish"] = columns["early_start"], columns["early_finish"]
    if placed is not early:
        columns["start"], columns["finish"] = axis.instants(rows, placed[:count]), axis.instants(rows, placed[count:])
    _show_as_given(network, columns, early, placed)
    _show_late_milestones(network, columns, early, late)
    _check_years(network, columns)
    return _with_parents(network, columns, slack, placed, bounds, drivers)


def _placed(network: Network, early: Ints, late: Ints) -> tuple[Ints, Bounds]:
    """Where rows are placed: early, but as late as possible where the constraint says so, and after those that are."""
    late_ones = np.flatnonzero(network.alap & (network.given == 0))
    if not len(late_ones):
        return early, network.bounds
    bounds = network.bounds
    first = bounds.first.copy()
    first[late_ones] = np.maximum(first[late_ones], late[late_ones])
    bounds = Bounds(first, bounds.last, bounds.late_first, bounds.late_last)
    return forward(network, bounds), bounds


def _early_after_late_ones(network: Network, early: Ints, placed: Ints) -> Ints:
    """What follows an activity that is as late as possible cannot be earlier than placed; such an activity itself could."""
    frame, count = network.frame, network.frame.count
    found = placed.copy()
    for row in np.flatnonzero(network.alap & (network.given == 0)).tolist():
        begin, end = int(frame.forward_first[row]), int(frame.forward_first[row + 1])
        values = network.axis.starts_by_links(placed, begin, end)
        start = np.array([max(values.max(initial=NEVER), network.bounds.first[row])])
        network.axis.place(found, row, row + 1, np.minimum(start, network.bounds.last[row : row + 1]))
        if not len(values):
            found[[row, count + row]] = early[[row, count + row]]
    return found


def _show_late_milestones(network: Network, columns: dict[str, Ints], early: Ints, late: Ints) -> None:
    """The late date of a milestone is an end of work, unless it is its early date."""
    rows = np.flatnonzero((network.frame.duration == 0) & (network.given != FINISHED))
    axis = network.axis
    same = axis.minutes(rows, early[rows]) == axis.minutes(rows, late[rows])
    calendar = network.frame.calendar[rows]
    index = network.frame.tables.index(calendar, columns["late_finish"][rows])
    ends = np.where(same, columns["early_finish"][rows], network.frame.tables.end_of(calendar, index))
    columns["late_start"][rows] = columns["late_finish"][rows] = ends


def _check_years(network: Network, columns: dict[str, Ints]) -> None:
    for column in columns.values():
        outside = np.flatnonzero((column < EARLIEST) | (column > LATEST))
        outside = outside[network.ids[outside] > 0]
        if len(outside):
            activity = network.activities[int(outside[0])]
            raise PlanError(
                N_("“{title}” would fall outside the years 1900–2200."),
                N_("Shorten durations and lags, or check the dates of its project."),
                title=activity.title if activity is not None else "",
            )


def _show_as_given(network: Network, columns: dict[str, Ints], early: Ints, placed: Ints) -> None:
    """Given dates are shown as they were given, to the minute, also where they lie outside working time."""
    held = np.flatnonzero(network.given)
    for name in ("early_start", "start"):
        columns[name][held] = network.given_start[held]
    for name in ("early_finish", "finish"):
        columns[name][held] = network.given_finish[held]
    done = network.given[held] >= STARTED
    columns["late_start"][held[done]] = network.given_start[held[done]]
    done = network.given[held] == FINISHED
    columns["late_finish"][held[done]] = network.given_finish[held[done]]
    free = np.flatnonzero((network.set_at != NONE) & (network.given == 0))
    values = network.axis.encode(free, np.maximum(network.set_at[free], 1))
    for source, names in ((early, ("early_start", "early_finish")), (placed, ("start", "finish"))):
        kept = free[source[free] == values]
        for name in names:
            columns[name][kept] = network.set_at[kept]


def _with_parents(
    network: Network, columns: dict[str, Ints], slack: Slack, placed: Ints, bounds: Bounds, drivers: Drivers
) -> Schedule:
    """The schedule of rows and parents. A parent has the slack of its span, and as free slack its total slack."""
    low = {name: columns[name] for name in DATES if name.endswith("start")}
    high = {name: columns[name] for name in DATES if name.endswith("finish")}
    spans = span_parents(network, low, high)
    both = {name: np.concatenate((columns[name], {**spans.lowest, **spans.highest}[name])) for name in DATES}
    count, more = network.frame.count, len(spans.ids)
    of_parents = {name: column[count:] for name, column in both.items()}
    tables, calendar = network.frame.tables, network.outline.calendar

    def between(first: str, last: str) -> Ints:
        return tables.index(calendar, of_parents[last]) - tables.index(calendar, of_parents[first])

    start, finish = between("early_start", "late_start"), between("early_finish", "late_finish")
    total = np.minimum(start, finish)
    limits = {row.id: row.slack_limit for row in network.projects}
    critical = total <= np.array([limits[row.project] for row in network.outline.parents], np.int64)
    latest = np.full(len(network.projects), NONE, np.int64)
    np.maximum.at(latest, network.project, columns["finish"])
    finishes = {network.projects[place].id: int(latest[place]) for place in range(len(latest)) if latest[place] != NONE}
    return Schedule(
        network=network,
        row_of={**network.row_of, **{row_id: count + place for place, row_id in enumerate(spans.ids)}},
        ids=np.concatenate((network.ids, np.array(spans.ids, np.int64))),
        **both,
        duration=np.concatenate((network.frame.duration, between("start", "finish"))),
        start_slack=np.concatenate((slack.start, start)),
        finish_slack=np.concatenate((slack.finish, finish)),
        total_slack=np.concatenate((slack.total, total)),
        free_slack=np.concatenate((slack.free, np.maximum(total, 0))),
        critical=np.concatenate((slack.critical, critical)),
        driver=np.concatenate((driver_ids(network, drivers), np.zeros(more, np.int64))),
        conflicts=conflicts_of(network, drivers),
        cycles=network.cycles,
        project_finish=finishes,
        values=placed,
        bounds=bounds,
        drivers=drivers,
    )
