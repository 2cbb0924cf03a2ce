"""When an activity is: planned, promised and actual dates, duration, and what holds it in time."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.activity_fields.making import (
    any_of,
    begins,
    choice_column,
    computed_field,
    ends,
    moment_column,
    of_items,
    of_leaves,
    of_milestones,
)
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.models.roadmap_cells import date_words
from milestone_desktop.desktop.schedule_words import constraints, placements
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, actuals, dates
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.durations import Duration, format_duration, parse_duration
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Day, Instant
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project

_AT_START = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})
_WITHOUT_DATE = frozenset({ConstraintType.ASAP, ConstraintType.ALAP})


def date_fields(session: Session) -> tuple[Column, ...]:
    """Dates in the order in which they are met."""
    return (*_planned(session), *_promised(session), *_actual(session), *_held(session))


def _planned(session: Session) -> tuple[Column, ...]:
    group, leaf = _("Dates"), of_leaves(session)
    return (
        moment_column(session, "start", _("Start Date"), "start", dates.start_instant,
                      lambda edit, row, moment: dates.set_start(edit, row.id, moment), N_("Change start"), group=group,
                      width=78, why_not=leaf),
        moment_column(session, "end", _("End Date"), "end", dates.end_instant,
                      lambda edit, row, moment: dates.set_end(edit, row.id, moment), N_("Change end"), group=group,
                      width=78, why_not=leaf),
        _duration(session, group),
        _length(session, "remaining", _("Remaining"), group),
        _length(session, "optimistic", _("Optimistic"), group),
        _length(session, "most_likely", _("Most likely"), group),
        _length(session, "pessimistic", _("Pessimistic"), group),
    )  # fmt: skip


def _promised(session: Session) -> tuple[Column, ...]:
    group, facts = _("Dates"), session.facts

    def slip(row: Any) -> int | None:
        return facts.slip(row) if isinstance(row, Milestone) else None

    return (
        moment_column(session, "target", _("Target"), "target", dates.end_instant,
                      lambda edit, row, moment: dates.set_target(edit, row.id, moment), N_("Set target"), group=group,
                      why_not=of_milestones),
        Column("first_target", _("First target"), 88, lambda row: date_words(getattr(row, "first_target", None), session.today()),
               Look.DATE, right=True, order=lambda row: getattr(row, "first_target", None), group=group,
               why_not=computed_field(N_("The first target is kept as it was; set the target instead."))),
        Column("slip", _("Slip"), 72, lambda row: working_days_text(slip(row)) if isinstance(row, Milestone) else "", Look.SLIP,
               right=True, raw=slip, order=slip, group=group,
               why_not=computed_field(N_("Slip is worked out from target and planned date."))),
    )  # fmt: skip


def _actual(session: Session) -> tuple[Column, ...]:
    group, leaf = _("Dates"), of_leaves(session)
    return (
        moment_column(session, "actual_start", _("Actual start"), "actual_start", begins,
                      lambda edit, row, moment: actuals.set_actual_start(edit, row.id, moment), N_("Change actual start"),
                      group=group, width=90, why_not=any_of(of_items, leaf)),
        moment_column(session, "actual_finish", _("Actual finish"), "actual_finish", ends,
                      lambda edit, row, moment: actuals.set_actual_finish(edit, row.id, moment), N_("Change actual finish"),
                      group=group, width=90, why_not=leaf),
    )  # fmt: skip


def _held(session: Session) -> tuple[Column, ...]:
    group = _("Schedule")

    def constrained(row: Any) -> PlanError | None:
        if row.constraint in _WITHOUT_DATE:
            return PlanError(N_("This constraint has no date."), N_("Choose another constraint first."))
        return None

    return (
        moment_column(session, "deadline", _("Deadline"), "deadline", ends,
                      lambda edit, row, moment: activities.set_fields(edit, [row.id], deadline=moment), N_("Change deadline"),
                      group=group),
        choice_column("placement", _("Placement"), 96, lambda row: placements(), lambda row: row.placement.value,
                      _set_placement, N_("Change placement"), group=group, text=lambda row: _(row.placement.value)),
        choice_column("constraint", _("Constraint"), 150, lambda row: constraints(), lambda row: row.constraint.value,
                      _set_constraint, N_("Change constraint"), group=group),
        moment_column(session, "constraint_date", _("Constraint date"), "constraint_date", _of_constraint,
                      lambda edit, row, moment: activities.set_fields(edit, [row.id], constraint_date=moment),
                      N_("Change constraint date"), group=group, width=108, why_not=constrained),
        choice_column("calendar", _("Calendar"), 130, lambda row: calendars(session, row), lambda row: row.calendar,
                      lambda edit, row, found: activities.set_fields(edit, [row.id], calendar=found), N_("Change calendar"),
                      group=group),
    )  # fmt: skip


def calendars(session: Session, row: Activity) -> list[tuple[int | None, str]]:
    """What an activity may be worked by: the calendar of its project, one of that project's own, or a shared one."""
    found = session.plan.where(Calendar, "project", None) + session.plan.where(Calendar, "project", row.project)
    return [(None, _("of the project")), *((calendar.id, calendar.name) for calendar in found)]


def _of_constraint(plan: Plan, row: Activity, day: Day, minute: int | None = None) -> Instant:
    """A constraint about the start means the start of work on a bare day, the others its end."""
    return (begins if row.constraint in _AT_START else ends)(plan, row, day, minute)


def _set_placement(edit: Edit, row: Activity, value: str) -> None:
    wanted = Placement(value)
    if wanted is Placement.COMPUTED:
        dates.release(edit, [row.id])
    elif wanted is Placement.FIXED:
        dates.fix(edit, [row.id])
    else:
        moment = row.end if isinstance(row, Milestone) else row.start
        if moment is None:
            raise PlanError(N_("“{title}” has no date to be pinned to."), N_("Give it one first."), title=row.title)
        dates.pin(edit, row, moment)


def _set_constraint(edit: Edit, row: Activity, value: str) -> None:
    """A constraint without a date loses the one it had; one that needs a date begins with the date that stands there."""
    wanted = ConstraintType(value)
    moment = row.constraint_date
    if wanted in _WITHOUT_DATE:
        moment = None
    elif moment is None:
        moment = row.start if wanted in _AT_START and row.start is not None else row.end
        if moment is None:
            raise PlanError(N_("This constraint needs a date."), N_("Give “{title}” a date first."), title=row.title)
    activities.set_fields(edit, [row.id], constraint=wanted, constraint_date=moment)


def _duration(session: Session, group: str) -> Column:
    plan = session.plan

    def text(row: Any) -> str:
        if isinstance(row, Milestone):
            return ""
        return format_duration(row.duration, row.duration_unit, plan[Project, row.project], estimated=row.estimated)

    def read(row: Any, typed: str) -> Duration:
        return parse_duration(typed, plan[Project, row.project])

    return Column(
        "duration", _("Duration"), 84, text, right=True, order=lambda row: None if isinstance(row, Milestone) else row.duration,
        editor=Editor.TEXT, value=lambda row: Duration(row.duration, row.duration_unit, row.estimated), read=read,
        told=lambda row, found: format_duration(found.minutes, found.unit, plan[Project, row.project], estimated=found.estimated),
        write=lambda edit, row, found: dates.set_duration(edit, row.id, found.minutes, found.unit, estimated=found.estimated),
        label=N_("Change duration"), group=group, why_not=any_of(of_items, of_leaves(session)),
    )  # fmt: skip


def _length(session: Session, name: str, heading: str, group: str) -> Column:
    """A duration that may be missing: what remains, and the three points of an estimate."""
    plan = session.plan

    def of(row: Any) -> int | None:
        found: int | None = getattr(row, name)
        return found

    def told(row: Any, minutes: int | None) -> str:
        return "" if minutes is None else format_duration(minutes, row.duration_unit, plan[Project, row.project])

    def read(row: Any, typed: str) -> int | None:
        return parse_duration(typed, plan[Project, row.project]).minutes if typed.strip() else None

    return Column(
        name, heading, 92, lambda row: "" if isinstance(row, Milestone) else told(row, of(row)), right=True,
        order=of, editor=Editor.TEXT, value=of, read=read, told=told,
        write=lambda edit, row, minutes: activities.set_fields(edit, [row.id], **{name: minutes}), label=N_("Change estimate"),
        group=group, why_not=any_of(of_items, of_leaves(session)),
    )  # fmt: skip
