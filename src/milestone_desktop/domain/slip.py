"""Slip: how far a milestone is from what was promised."""

from __future__ import annotations

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.worktime import WorkTimes


def expected(milestone: Milestone) -> Instant | None:
    """When a milestone is reached: the actual date once completed, until then the planned one."""
    return milestone.actual_finish if milestone.status is MilestoneStatus.COMPLETED else milestone.end


def slip(plan: Plan, milestone: Milestone, times: WorkTimes) -> int | None:
    """Signed working days from target to planned date (to the actual one, once completed); later is positive.

    Working days in (target, planned] on the calendar kept with the target. None without a target, without a date, and
    for a dropped milestone.
    """
    date = expected(milestone)
    if milestone.target is None or date is None or milestone.dropped is not None:
        return None
    return times.of_target(milestone).working_days(day_of(milestone.target), day_of(date))
