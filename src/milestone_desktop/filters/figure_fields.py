"""The fields that are compared: days, figures, truths."""

from __future__ import annotations

import numpy as np

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import Health, Placement
from milestone_desktop.domain.instants import Day, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, KeptCalendar, Project, WorkflowState
from milestone_desktop.filters.at_once import by, by_each_milestone, by_project, days_in, days_of, numbers_of, one_for_each
from milestone_desktop.filters.cells import Figures, Mask
from milestone_desktop.filters.choice_fields import by_state, is_open, is_summary
from milestone_desktop.filters.field import Column, Field, Reader, Sight, Sort, moment_day, plain
from milestone_desktop.filters.following import milestones_judged_anew, progressed
from milestone_desktop.filters.records import Records

_CALENDARS = tuple((kind, None) for kind in (Project, Calendar, CalendarException, KeptCalendar, Baseline))
"""What the slip is counted on."""


def days() -> tuple[Field, ...]:
    day = Sort.DAY
    return (
        Field("due", N_("Due"), day, _due, _all_due, (), ((WorkflowState, None),)),
        _of_instant("start", N_("Start"), "start", ("from",)),
        _of_instant("end", N_("End"), "end", ("to", "planned", "finish")),
        Field("dates", N_("Dates"), Sort.SPAN, _span, _all_spans, ("overlaps", "during")),
        _of_instant("target", N_("Target"), "target"),
        _of_instant("first-target", N_("First target"), "first_target"),
        _of_instant("deadline", N_("Deadline"), "deadline"),
        _of_instant("actual", N_("Actual date"), "actual_finish", ("completed", "reached", "actual-finish")),
        _of_instant("actual-start", N_("Actual start"), "actual_start"),
        Field("invoiced", N_("Invoiced"), day, plain("invoiced"), numbers_of("invoiced")),
        Field("paid", N_("Paid"), day, plain("paid"), numbers_of("paid")),
        Field("changed", N_("Changed"), day, _changed, _all_changed, ("updated",), own_clock=True),
    )


def _of_instant(name: str, heading: str, attribute: str, aliases: tuple[str, ...] = ()) -> Field:
    """The day of an instant of the record."""
    return Field(name, heading, Sort.DAY, moment_day(attribute), days_of(attribute), aliases)


def _due(sight: Sight) -> Reader:
    """The planned end of what is still open: what is done, dropped or stands for others is not due."""

    def read(activity: Activity) -> Day | None:
        waits = is_open(sight.plan, activity) and not is_summary(sight.plan, activity)
        return day_of(activity.end) if activity.end is not None and waits else None

    return read


def _all_due(field: Field, sight: Sight, records: Records) -> Column:
    return Figures.beside(np.where(_waiting(sight.plan, records), days_in(records.numbers("end")), np.nan))


def _waiting(plan: Plan, records: Records) -> Mask:
    """What is open and stands for no others."""
    opened, places = records.read_once(by_state(records), lambda row: is_open(plan, row))
    return np.array(opened, np.bool_)[places] & (records.is_milestone | ~records.is_parent)


def _span(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[Day, Day] | None:
        first = activity.start if activity.start is not None else activity.end
        last = activity.end if activity.end is not None else activity.start
        return None if first is None or last is None else (day_of(first), day_of(last))

    return read


def _all_spans(field: Field, sight: Sight, records: Records) -> Column:
    start, end = days_in(records.numbers("start")), days_in(records.numbers("end"))
    return Figures.beside(np.where(np.isnan(start), end, start), np.where(np.isnan(end), start, end))


def _changed(sight: Sight) -> Reader:
    return lambda activity: sight.changed().get(activity.id)


def _all_changed(field: Field, sight: Sight, records: Records) -> Column:
    days = sight.changed()
    found = np.full(len(records), np.nan)
    if days and len(records):
        ids = np.fromiter(days, np.int64, len(days))
        at = np.minimum(np.searchsorted(records.ids, ids), len(records) - 1)
        there = np.flatnonzero(records.ids[at] == ids)
        found[at[there]] = np.fromiter(days.values(), np.float64, len(days))[there]
    return Figures.beside(found)


# figures


def figures() -> tuple[Field, ...]:
    number, effort = Sort.NUMBER, Sort.EFFORT
    return (
        Field("progress", N_("Progress"), number, lambda sight: sight.progress, _all_progress, (), ((Project, None),), progressed,
              unit="%"),
        Field("slip", N_("Slip"), number, _slip, one_for_each(by_each_milestone), (), _CALENDARS, unit="wd"),
        Field("slack", N_("Slack"), number, _slack, _slacks, anew=True, unit="d"),
        Field("duration", N_("Duration"), effort, _duration, numbers_of("duration", WorkItem)),
        Field("estimate", N_("Estimate"), effort, plain("estimate"), numbers_of("estimate")),
        Field("logged", N_("Logged"), effort, plain("logged"), numbers_of("logged")),
        Field("remaining", N_("Remaining effort"), effort, plain("remaining_effort"), numbers_of("remaining_effort")),
        Field("points", N_("Story points"), number, plain("story_points"), numbers_of("story_points"), ("story-points",)),
        Field("amount", N_("Amount"), number, _amount, _amounts),
    )  # fmt: skip


def _all_progress(field: Field, sight: Sight, records: Records) -> Column:
    return Figures.beside(sight.percents(records.ids))


def _slip(sight: Sight) -> Reader:
    return lambda activity: sight.slip(activity) if isinstance(activity, Milestone) else None


def _slack(sight: Sight) -> Reader:
    def read(activity: Activity) -> float | None:
        minutes = float(sight.slacks(np.array([activity.id]))[0])
        none = np.isnan(minutes) or activity.actual_finish is not None
        return None if none else minutes / sight.plan[Project, activity.project].minutes_per_day

    return read


def _slacks(field: Field, sight: Sight, records: Records) -> Column:
    finished = ~np.isnan(records.numbers("actual_finish"))
    a_day = by_project(records, lambda project: sight.plan[Project, project].minutes_per_day)
    return Figures.beside(np.where(finished, np.nan, sight.slacks(records.ids) / a_day))


def _duration(sight: Sight) -> Reader:
    return lambda activity: activity.duration if isinstance(activity, WorkItem) else None


def _amount(sight: Sight) -> Reader:
    def read(activity: Activity) -> float | None:
        amount: int | None = getattr(activity, "amount", None)
        return None if amount is None else amount / 100

    return read


def _amounts(field: Field, sight: Sight, records: Records) -> Column:
    return Figures.beside(records.numbers("amount") / 100)


# truths


def truths() -> tuple[Field, ...]:
    flag = Sort.FLAG
    return (
        Field("critical", N_("Critical"), flag, _critical, _all_critical, anew=True),
        Field("late", N_("Late"), flag, _late, _all_late, ("overdue",), ((Project, None), (WorkflowState, None)),
              milestones_judged_anew, daily=True),
        Field("pinned", N_("Pinned"), flag, lambda sight: lambda row: row.placement is Placement.PINNED, by("placement")),
        Field("estimated", N_("Estimated"), flag, lambda sight: lambda row: row.estimated, by("estimated")),
        Field("summary", N_("Summary"), flag, lambda sight: lambda row: is_parent(sight.plan, row.id),
              lambda field, sight, records: Figures.beside(records.is_parent)),
    )  # fmt: skip


def _critical(sight: Sight) -> Reader:
    return lambda activity: activity.id in sight.critical()


def _all_critical(field: Field, sight: Sight, records: Records) -> Column:
    critical = sight.critical()
    return Figures.beside(np.isin(records.ids, np.fromiter(critical, np.int64, len(critical))))


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


def _all_late(field: Field, sight: Sight, records: Records) -> Column:
    read, milestones = field.made(sight), records.is_milestone
    past = days_in(records.numbers("end")) < by_project(records, sight.status_day)
    found = past & _waiting(sight.plan, records)
    found[milestones] = [read(records.row(at)) for at in np.flatnonzero(milestones).tolist()]
    return Figures.beside(found)
