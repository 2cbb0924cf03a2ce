"""Paths through a schedule: what an activity waits for, what waits for it, and the critical paths of a project."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.scheduling.distinct import distinct
from milestone_desktop.scheduling.frame import BOUNDLESS, EVER, NEVER
from milestone_desktop.scheduling.network import Network
from milestone_desktop.scheduling.passes import late_dates
from milestone_desktop.scheduling.rows import STARTED
from milestone_desktop.scheduling.schedule import Schedule


def path_to(schedule: Schedule, row_id: int) -> list[int]:
    """Ids from the first activity of the chain that drives one, along driving predecessors, to the activity itself."""
    path = [row_id]
    while (before := int(schedule.driver[schedule.row_of[path[-1]]])) != 0:
        path.append(before)
    return path[::-1]


def path_from(schedule: Schedule, row_id: int) -> list[int]:
    """Ids of all activities that one drives, directly or through others, predecessors first. They move when it does."""
    count = schedule.network.frame.count
    driver = schedule.driver[:count]
    driving = np.flatnonzero(driver)
    before = np.full(count, -1, np.int64)
    before[driving] = [schedule.row_of[row] for row in driver[driving].tolist()]
    reached = np.zeros(count, bool)
    start = schedule.row_of[row_id]
    if start >= count:
        return []
    reached[start] = True
    found = []
    views = before.data
    for row in range(start + 1, count):
        if views[row] >= 0 and reached[views[row]]:
            reached[row] = True
            found.append(int(schedule.ids[row]))
    return found


def critical_paths(schedule: Schedule, project: int) -> list[list[int]]:
    """The critical paths of a project, that of the latest end first: for each critical activity that drives no critical
    one the chain that leads to it, as long as it is critical itself."""
    network = schedule.network
    count = network.frame.count
    mine = np.array([row.id == project for row in network.projects], bool)[network.project] if count else np.zeros(0, bool)
    critical = schedule.critical[:count] & mine & (network.ids > 0)
    drives = distinct(schedule.driver[:count][critical])
    ends = np.flatnonzero(critical & ~np.isin(network.ids, drives))
    ends = ends[np.argsort(-schedule.finish[ends], kind="stable")]
    return [_critical_part(schedule, critical, int(schedule.ids[row])) for row in ends.tolist()]


def _critical_part(schedule: Schedule, critical: NDArray[np.bool_], row_id: int) -> list[int]:
    path = [row_id]
    while (before := int(schedule.driver[schedule.row_of[path[-1]]])) and critical[schedule.row_of[before]]:
        path.append(before)
    return path[::-1]


def slack_to(schedule: Schedule, row_id: int) -> dict[int, int]:
    """For each activity that leads to one, how many working minutes it may slip until that one moves; what leads to a
    scenario from outside is left out. Raises KeyError."""
    network = schedule.network
    count = network.frame.count
    goal = schedule.row_of[row_id]
    if goal >= count:
        return {}
    before = _leading_to(network, goal)
    highest = np.full(count, EVER, np.int64)
    highest[goal] = schedule.values[count + goal]
    late = late_dates(network, np.full(count, NEVER, np.int64), highest)
    rows = np.flatnonzero(before & (late[count : 2 * count] < BOUNDLESS))
    slack = network.axis.minutes(rows, late[count : 2 * count][rows]) - network.axis.minutes(rows, schedule.values[count:][rows])
    return {int(network.ids[row]): int(minutes) for row, minutes in zip(rows, slack, strict=True) if network.ids[row]}


def _leading_to(network: Network, goal: int) -> NDArray[np.bool_]:
    """The row `goal` and all rows with a path to it. Work that has begun waits for nothing any more."""
    sources, first = network.frame.forward.source, network.frame.forward_first
    found = np.zeros(network.frame.count, bool)
    found[goal] = True
    waiting = [goal]
    while waiting:
        row = waiting.pop()
        if network.given[row] >= STARTED:
            continue
        for before in sources[first[row] : first[row + 1]].tolist():
            if not found[before]:
                found[before] = True
                waiting.append(before)
    return found
