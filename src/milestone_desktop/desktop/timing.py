"""What the schedule says of single activities: slack, what is critical, what they wait for and what they drive."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.scheduling.schedule import Schedule
from milestone_desktop.tracking.figures import slack_of


class Timing:
    """Answers from the columns of the plan's schedule, a look-up each; None where the plan cannot be scheduled.

    schedule: gives that of the plan as it stands. What is finished has neither slack nor a driver, and is not critical.
    """

    def __init__(self, plan: Plan, schedule: Callable[[], Schedule | None]) -> None:
        self._plan = plan
        self._schedule = schedule

    def slack(self, activity: Activity) -> int | None:
        """Total slack in working minutes; below zero where a deadline, a constraint or a link cannot be kept."""
        schedule = self._schedule() if activity.actual_finish is None else None
        return None if schedule is None else slack_of(schedule, activity)

    def slacks(self, ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Total slack of many activities at once, in working minutes; NaN where there is none. What is finished has none
        either, which is not looked into here."""
        found = np.full(len(ids), np.nan)
        schedule = self._schedule()
        if schedule is None or not len(schedule.ids):
            return found
        order = np.argsort(schedule.ids)
        at = np.minimum(np.searchsorted(schedule.ids[order], ids), len(order) - 1)
        rows = order[at]
        there = schedule.ids[rows] == ids
        found[there] = schedule.total_slack[rows[there]]
        return found

    def free_slack(self, activity: Activity) -> int | None:
        """How many working minutes it may slip until something else moves."""
        schedule, row = self._row(activity)
        return None if schedule is None else int(schedule.free_slack[row])

    def is_critical(self, activity: Activity) -> bool | None:
        """Whether its slack is not above its project's slack limit."""
        schedule, row = self._row(activity)
        return None if schedule is None else bool(schedule.critical[row])

    def driver(self, activity: Activity) -> Activity | None:
        """The predecessor that it waits for: the one that determines its dates."""
        schedule, row = self._row(activity)
        return None if schedule is None else self._plan.activity(int(schedule.driver[row]))

    def driven(self, activity: Activity) -> list[Activity]:
        """The activities whose dates it determines, by their dates."""
        schedule = self._schedule()
        found = () if schedule is None else schedule.ids[np.flatnonzero(schedule.driver == activity.id)].tolist()
        rows = [row for row_id in found if (row := self._plan.activity(row_id)) is not None]
        return sorted(rows, key=lambda row: (row.end or 0, row.id))

    def text(self, activity: Activity, minutes: int | None) -> str:
        """Slack in the project's days, `3d`, `-2d`; "—" where there is none."""
        return "—" if minutes is None else format_duration(minutes, "d", self._plan[Project, activity.project])

    def _row(self, activity: Activity) -> tuple[Schedule | None, int]:
        schedule = self._schedule() if activity.actual_finish is None else None
        row = None if schedule is None else schedule.row_of.get(activity.id)
        return (None, 0) if row is None else (schedule, row)
