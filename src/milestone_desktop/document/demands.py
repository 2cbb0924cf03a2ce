"""Dates that an edit asks of the scheduler: had, or refused with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from milestone_desktop.document.edit import Demand
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import ConstraintType
from milestone_desktop.domain.instants import Instant, day_of, instant_to_iso
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import ancestors, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.worktime import WorkTimes

if TYPE_CHECKING:
    from milestone_desktop.scheduling.schedule import Schedule


class DateRefusedError(PlanError):
    """A date that what stands before an activity does not allow.

    demand: what was asked for; earliest: what can be had; driver: id of the activity that it waits for, None where
    something else holds it; fixable: the date can be had all the same by fixing it (`operations.conflicts.instead`).
    """

    def __init__(self, demand: Demand, earliest: Instant, driver: int | None, fixable: bool, reason: Message, title: str) -> None:
        self.demand = demand
        self.earliest = earliest
        self.driver = driver
        self.fixable = fixable
        wanted, possible = _apart(demand.moment, earliest)
        super().__init__(
            N_("“{title}” cannot be on {wanted}: {reason}, so the earliest is {earliest}."),
            _hint(driver, fixable),
            title=title, wanted=wanted, reason=reason, earliest=possible,
        )  # fmt: skip


def check_demands(plan: Plan, schedule: Schedule, demands: Iterable[Demand]) -> None:
    """Raises DateRefusedError where an activity is later than was asked for. `plan` has the dates of `schedule` already."""
    times = WorkTimes(plan)
    for demand in demands:
        activity = plan.activity(demand.activity)
        got = getattr(activity, demand.field, None)
        if activity is None or got is None or got <= demand.moment or _same_work(activity, times, demand.moment, got):
            continue
        driver, reason = _held_by(plan, schedule, activity, got)
        fixable = isinstance(activity, Milestone) or not is_parent(plan, activity.id)
        raise DateRefusedError(demand, got, driver, fixable, reason, activity.title)


def _same_work(activity: Activity, times: WorkTimes, a: Instant, b: Instant) -> bool:
    """17:00 and 08:00 of the next working day are the same place in working time; elapsed time knows no such gaps."""
    if activity.duration_unit.startswith("e") and not isinstance(activity, Milestone):
        return a == b
    return times.of_activity(activity).minutes_between(a, b) == 0


def _held_by(plan: Plan, schedule: Schedule, activity: Activity, got: Instant) -> tuple[int | None, Message]:
    """The id of what an activity waits for, if it waits for one, and what holds it where it is."""
    leaf = _first_leaf(schedule, activity.id)
    row = plan.activity(leaf)
    driver = plan.activity(_driver(schedule, leaf))
    if driver is not None:
        return driver.id, message(N_("it waits for “{driver}”"), driver=driver.title)
    if row is not None and row.actual_start is not None:
        return None, message(N_("“{other}” in it has begun"), other=row.title)
    if row is not None and row.id != activity.id and _not_before(row) is not None:
        return None, message(N_("“{other}” in it is not to be earlier"), other=row.title)
    above = ancestors(plan, activity)
    bound = [parent for parent in above if _not_before(parent) is not None]
    if bound:
        latest = max(bound, key=lambda parent: _not_before(parent) or 0)
        if (_not_before(latest) or 0) >= got or day_of(_not_before(latest) or 0) == day_of(got):
            return None, message(N_("“{other}” above it is not to begin earlier"), other=latest.title)
    return None, message(N_("its project does not begin earlier"))


def _first_leaf(schedule: Schedule, activity_id: int) -> int:
    """The activity itself; of a parent what begins first below it, seen through to what that waits for within it."""
    network = schedule.network
    if activity_id in network.row_of:
        return activity_id
    rows = network.outline.leaves_below(activity_id, network.row_of)
    if not rows:
        return activity_id
    below = {int(network.ids[row]) for row in rows}
    leaf = int(network.ids[min(rows, key=lambda row: (int(schedule.start[row]), row))])
    seen: set[int] = set()
    while leaf not in seen and _driver(schedule, leaf) in below:
        seen.add(leaf)
        leaf = _driver(schedule, leaf)
    return leaf


def _driver(schedule: Schedule, activity_id: int) -> int:
    row = schedule.row_of.get(activity_id)
    return 0 if row is None else int(schedule.driver[row])


def _not_before(row: Activity) -> Instant | None:
    return row.constraint_date if row.constraint in (ConstraintType.SNET, ConstraintType.FNET) else None


def _hint(driver: int | None, fixable: bool) -> str:
    if not fixable:
        return N_("Move what is in it, or change what it waits for.")
    if driver is None:
        return N_("Fix the date to keep it there all the same.")
    return N_("Change the link, or fix the date to keep it there all the same.")


def _apart(wanted: Instant, earliest: Instant) -> tuple[Any, Any]:
    """Two dates in ISO form; with their times where the days alone would look the same."""
    texts = [instant_to_iso(moment).split("T") for moment in (wanted, earliest)]
    if texts[0][0] != texts[1][0]:
        return texts[0][0], texts[1][0]
    first, second = (message(N_("{date} at {time}"), date=day, time=time) for day, time in texts)
    return first, second
