"""What must hold of a plan after every edit. Only what the edit touches is looked at.

Each rule that is broken raises PlanError: what is wrong and why, and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from milestone_desktop.domain.activities import Assignment, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.activity_rules import (
    check_assignment,
    check_code,
    check_completion,
    check_dates,
    check_dependency,
    check_figures,
    check_item,
    check_milestone_link,
    check_parents,
    check_title,
    check_years,
    touched,
)
from milestone_desktop.domain.approval_rules import check_approvals
from milestone_desktop.domain.archive import check_archived
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.kinds import kind_named, references, referring
from milestone_desktop.domain.loops import check_loops
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Project, Shift, WorkflowState
from milestone_desktop.domain.recurrence import check_rule

_KEY = re.compile(r"[A-Z][A-Z0-9]{0,9}")


def check(plan: Plan, change_set: ChangeSet) -> None:
    """Raises PlanError if the plan, as it stands after the change-set, breaks a rule where the change-set touched it."""
    for change in change_set.changes:
        if change.new is None:
            _check_nothing_refers_to(plan, change)
            continue
        _check_references(plan, change)
        for rule in _RULES.get(change.kind, ()):
            rule(plan, change)
    check_parents(plan, change_set)
    check_loops(plan, change_set)
    check_approvals(plan, change_set)
    check_archived(plan, change_set)


# every kind


def _check_references(plan: Plan, change: Change) -> None:
    for name, reference in references(change.kind).items():
        wanted = getattr(change.new, name)
        if wanted is None and reference.on_delete is not OnDelete.REFUSE:
            continue
        if change.old is not None and getattr(change.old, name) == wanted:
            continue
        if not _exists(plan, reference.kind, wanted):
            _refuse_missing(change, name)


def _exists(plan: Plan, kind: str, row_id: int) -> bool:
    if kind == "Activity":
        return plan.activity(row_id) is not None
    return plan.get(kind_named(kind), row_id) is not None


def _refuse_missing(change: Change, field: str) -> None:
    if change.kind is WorkItem and field == "status":
        raise PlanError(N_("“{title}” has no status."), N_("Give it one of its project's states."), title=change.new.title)
    if change.kind is Project and field == "calendar":
        raise PlanError(N_("Project “{title}” has no calendar."), N_("Choose a calendar for it."), title=change.new.title)
    raise PlanError(
        N_("{kind} “{name}” refers to something that is not in the plan ({field})."),
        N_("Choose something that is there, or leave it empty."),
        kind=change.kind.__name__,
        name=_name(change.new),
        field=field,
    )


def _check_nothing_refers_to(plan: Plan, change: Change) -> None:
    for kind, field, _ in referring(change.kind):
        users: list[Any] = plan.where(kind, field, change.id)
        if users:
            raise PlanError(
                N_("“{name}” is still in use by “{user}” and cannot be deleted."),
                N_("Give what uses it something else first."),
                name=_name(change.old),
                user=_name(users[0]),
            )


def _name(row: Any) -> str:
    for field in ("title", "name", "text"):
        text = getattr(row, field, "")
        if text:
            return str(text)
    return f"{type(row).__name__} {row.id}"


# projects


def _check_key(plan: Plan, change: Change) -> None:
    if not touched(change, "key", "aliases"):
        return
    project: Project = change.new
    if not _KEY.fullmatch(project.key):
        raise PlanError(
            N_("“{key}” cannot be a project key."),
            N_("A key is one to ten capital letters and digits and begins with a letter, such as AUR."),
            key=project.key,
        )
    mine = {project.key, *project.aliases}
    for other in plan.all(Project):
        taken = mine & {other.key, *other.aliases} if other.id != project.id else set()
        if taken:
            raise PlanError(
                N_("The key {key} is or was the key of project “{title}”."),
                N_("Choose another key."),
                key=min(taken),
                title=other.title,
            )


def _check_project_figures(plan: Plan, change: Change) -> None:
    project: Project = change.new
    whole_day = MINUTES_PER_DAY
    good = (
        0 < project.minutes_per_day <= whole_day
        and project.minutes_per_day <= project.minutes_per_week <= 7 * whole_day
        and 0 < project.days_per_month <= 31
        and 0 <= project.day_start <= whole_day
        and 0 <= project.day_end <= whole_day
    )
    if not good:
        raise PlanError(
            N_("The working day, week or month of project “{title}” makes no sense."),
            N_("A day has up to 24 hours, a week at least one such day and up to 7 × 24 hours, a month up to 31 days."),
            title=project.title,
        )
    if not (0 <= project.chance_threshold <= 100 and project.tolerance >= 0):
        raise PlanError(
            N_("The thresholds of project “{title}” make no sense."),
            N_("The chance is 0–100 %, the tolerance 0 working days or more."),
            title=project.title,
        )
    day = project.status_date
    check_years(project.title, project.start, project.target_end, day * MINUTES_PER_DAY if day is not None else None)


def _check_one_baseline(plan: Plan, change: Change) -> None:
    baseline: Baseline = change.new
    if baseline.in_force and touched(change, "in_force", "project"):
        for other in plan.where(Baseline, "project", baseline.project):
            if other.in_force and other.id != baseline.id:
                raise PlanError(
                    N_("Baseline “{other}” is in force already; a project has one at a time."),
                    N_("Take it out of force first."),
                    other=other.name,
                )


# calendars


def _check_calendar(plan: Plan, change: Change) -> None:
    calendar: Calendar = change.new
    if len(calendar.week) != 7:
        raise PlanError(
            N_("The week of calendar “{name}” has {days} days."),
            N_("Give the hours of seven days."),
            name=calendar.name,
            days=len(calendar.week),
        )
    for shifts in calendar.week:
        _check_shifts(calendar.name, shifts or ())
    seen: set[int] = set()
    current: Calendar | None = calendar
    while current is not None:
        if current.id in seen:
            raise PlanError(
                N_("Calendar “{name}” would be based on itself."), N_("Choose another base calendar."), name=calendar.name
            )
        seen.add(current.id)
        current = plan.get(Calendar, current.base)


def _check_exception(plan: Plan, change: Change) -> None:
    exception: CalendarException = change.new
    if exception.first > exception.last:
        raise PlanError(
            N_("The calendar exception “{name}” would end before it begins."),
            N_("Move its last day to the first one or later."),
            name=exception.name,
        )
    check_years(exception.name, exception.first * MINUTES_PER_DAY, exception.last * MINUTES_PER_DAY)
    _check_shifts(exception.name, exception.shifts)
    check_rule(exception.recurrence)


def _check_shifts(name: str, shifts: tuple[Shift, ...]) -> None:
    edge = 0
    for start, end in shifts:
        if not (edge <= start < end <= 2 * MINUTES_PER_DAY) or start >= MINUTES_PER_DAY:
            raise PlanError(
                N_("The working hours of “{name}” overlap, are out of order or end before they begin."),
                N_("Give each shift a beginning and a later end, the earliest shift first."),
                name=name,
            )
        edge = end


_Rule = Callable[[Plan, Change], None]

_RULES: dict[type, tuple[_Rule, ...]] = {
    Project: (check_title, _check_key, _check_project_figures),
    Baseline: (check_title, _check_one_baseline),
    Milestone: (check_title, check_dates, check_figures, check_code, check_completion),
    WorkItem: (check_title, check_dates, check_figures, check_item),
    WorkflowState: (check_title,),
    Dependency: (check_dependency,),
    MilestoneLink: (check_milestone_link,),
    Assignment: (check_assignment,),
    Calendar: (check_title, _check_calendar),
    CalendarException: (_check_exception,),
}
