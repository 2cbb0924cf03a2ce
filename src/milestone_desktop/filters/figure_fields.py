"""The fields that are compared: days, figures, truths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import Health, Placement
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, KeptCalendar, Project, WorkflowState
from milestone_desktop.filters.choice_fields import is_open, is_summary
from milestone_desktop.filters.field import Field, Floats, Reader, Sight, Sort, moment_day, plain
from milestone_desktop.filters.following import milestones_judged_anew, progressed

if TYPE_CHECKING:
    from milestone_desktop.filters.columns import Columns

_CALENDARS = tuple((kind, None) for kind in (Project, Calendar, CalendarException, KeptCalendar, Baseline))
"""What the slip is counted on."""


_ACTUAL = Field("actual", N_("Actual date"), Sort.DAY, moment_day("actual_finish"), ("completed", "reached", "actual-finish"))


def days() -> tuple[Field, ...]:
    day = Sort.DAY
    return (
        Field("due", N_("Due"), day, _due, (), ((WorkflowState, None),)),
        Field("start", N_("Start"), day, moment_day("start"), ("from",)),
        Field("end", N_("End"), day, moment_day("end"), ("to", "planned", "finish")),
        Field("dates", N_("Dates"), Sort.SPAN, _span, ("overlaps", "during")),
        Field("target", N_("Target"), day, moment_day("target")),
        Field("first-target", N_("First target"), day, moment_day("first_target")),
        Field("deadline", N_("Deadline"), day, moment_day("deadline")),
        _ACTUAL,
        Field("actual-start", N_("Actual start"), day, moment_day("actual_start")),
        Field("invoiced", N_("Invoiced"), day, plain("invoiced")),
        Field("paid", N_("Paid"), day, plain("paid")),
        Field("changed", N_("Changed"), day, _changed, ("updated",), own_clock=True),
    )


def _due(sight: Sight) -> Reader:
    """The planned end of what is still open: what is done, dropped or stands for others is not due."""

    def read(activity: Activity) -> Day | None:
        waits = is_open(sight.plan, activity) and not is_summary(sight.plan, activity)
        return day_of(activity.end) if activity.end is not None and waits else None

    return read


def _span(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[Day, Day] | None:
        first = activity.start if activity.start is not None else activity.end
        last = activity.end if activity.end is not None else activity.start
        return None if first is None or last is None else (day_of(first), day_of(last))

    return read


def _changed(sight: Sight) -> Reader:
    return lambda activity: sight.changed().get(activity.id)


# figures


def figures() -> tuple[Field, ...]:
    number, effort = Sort.NUMBER, Sort.EFFORT
    return (
        Field("progress", N_("Progress"), number, lambda sight: sight.progress, (), ((Project, None),), progressed, unit="%"),
        Field("slip", N_("Slip"), number, _slip, (), _CALENDARS, unit="wd"),
        Field("slack", N_("Slack"), number, _slack, whole=_slacks, unit="d"),
        Field("duration", N_("Duration"), effort, _duration),
        Field("estimate", N_("Estimate"), effort, plain("estimate")),
        Field("logged", N_("Logged"), effort, lambda sight: lambda row: getattr(row, "logged", None)),
        Field("remaining", N_("Remaining effort"), effort, plain("remaining_effort")),
        Field("points", N_("Story points"), number, plain("story_points"), ("story-points",)),
        Field("amount", N_("Amount"), number, _amount),
    )


def _slip(sight: Sight) -> Reader:
    return lambda activity: sight.slip(activity) if isinstance(activity, Milestone) else None


def _slack(sight: Sight) -> Reader:
    def read(activity: Activity) -> float | None:
        minutes = float(sight.slacks(np.array([activity.id]))[0])
        none = np.isnan(minutes) or activity.actual_finish is not None
        return None if none else minutes / sight.plan[Project, activity.project].minutes_per_day

    return read


def _slacks(columns: Columns) -> Floats:
    minutes, finished = columns.sight.slacks(columns.ids), ~np.isnan(columns.figures(_ACTUAL).first)
    projects, where = np.unique(columns.projects, return_inverse=True)
    a_day = np.array([columns.sight.plan[Project, one].minutes_per_day for one in projects.tolist()], np.float64)
    return np.where(finished, np.nan, minutes / a_day[where]) if len(projects) else minutes


def _duration(sight: Sight) -> Reader:
    return lambda activity: activity.duration if isinstance(activity, WorkItem) else None


def _amount(sight: Sight) -> Reader:
    def read(activity: Activity) -> float | None:
        amount: int | None = getattr(activity, "amount", None)
        return None if amount is None else amount / 100

    return read


# truths


def truths() -> tuple[Field, ...]:
    return (
        Field("critical", N_("Critical"), Sort.FLAG, _critical, whole=_all_critical),
        Field(
            "late",
            N_("Late"),
            Sort.FLAG,
            _late,
            ("overdue",),
            ((Project, None), (WorkflowState, None)),
            milestones_judged_anew,
            daily=True,
        ),
        Field("pinned", N_("Pinned"), Sort.FLAG, lambda sight: lambda row: row.placement is Placement.PINNED),
        Field("estimated", N_("Estimated"), Sort.FLAG, lambda sight: lambda row: row.estimated),
        Field("summary", N_("Summary"), Sort.FLAG, lambda sight: lambda row: is_parent(sight.plan, row.id)),
    )


def _critical(sight: Sight) -> Reader:
    return lambda activity: activity.id in sight.critical()


def _all_critical(columns: Columns) -> Floats:
    critical = columns.sight.critical()
    return np.isin(columns.ids, np.fromiter(critical, np.int64, len(critical))).astype(np.float64)


def _late(sight: Sight) -> Reader:
    """A milestone whose health says so; an open item, not a summary, that should have ended before the status date."""
    plan = sight.plan

    def read(activity: Activity) -> bool:
        if isinstance(activity, Milestone):
            return sight.health(activity) is Health.LATE
        if activity.end is None or day_of(activity.end) >= sight.status_day(activity.project):
            return False
        return is_open(plan, activity) and not is_summary(plan, activity)

    return read
