"""What an edit changes beside dates, in words: one line for each field, row, link or assignment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.durations import format_duration, format_effort
from milestone_desktop.domain.instants import Instant, at
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project, WorkflowState

Told = str | Message | Instant | None
"""What stood or stands somewhere: a text of the person's, a word of the program's, an instant, or nothing."""


@dataclass(frozen=True, slots=True)
class Difference:
    """title: of what changes; what: which of it, as in “Owner”, or what becomes of it."""

    title: str
    what: Message
    old: Told = None
    new: Told = None


FIELDS: dict[str, str] = {
    "title": N_("Title"), "name": N_("Name"), "code": N_("Code"), "owner": N_("Owner"), "lead": N_("Lead"),
    "status": N_("Status"), "progress": N_("Progress (%)"), "actual_start": N_("Actual start"),
    "actual_finish": N_("Actual finish"), "remaining": N_("Remaining duration"), "duration": N_("Duration"),
    "constraint": N_("Constraint"), "constraint_date": N_("Constraint date"), "deadline": N_("Deadline"),
    "calendar": N_("Calendar"), "priority": N_("Priority"), "estimate": N_("Estimate"), "logged": N_("Logged"),
    "remaining_effort": N_("Remaining effort"), "notes": N_("Notes"), "parent": N_("Under"), "target": N_("Target"),
    "category": N_("Category"), "description": N_("Description"), "status_date": N_("Status date"),
    "slack_limit": N_("Slack limit"), "week": N_("Working hours"), "base": N_("Base calendar"),
    "organisation": N_("Organisation"), "email": N_("E-mail"), "lag": N_("Lag"), "content": N_("Dates"),
    "minutes_per_day": N_("Working day"), "minutes_per_week": N_("Working week"), "days_per_month": N_("Days per month"),
}  # fmt: skip
"""The fields that are told, with their names. Planned dates are missing: those are listed as moves."""

_MOMENTS = frozenset({"actual_start", "actual_finish", "constraint_date", "deadline", "target"})
_LENGTHS = frozenset(
    {"estimate", "logged", "remaining_effort", "remaining", "minutes_per_day", "minutes_per_week", "slack_limit"}
)
_UNTOLD = frozenset({"week", "content", "notes", "description"})
"""Fields whose change is told without what stands in them."""

COMES, GOES = N_("new"), N_("deleted")


def differences(plan: Plan, changes: Iterable[Change]) -> list[Difference]:
    """What changes, in the order of the changes; `plan` stands as they leave it."""
    return [found for change in changes for found in _told(plan, change)]


def _told(plan: Plan, change: Change) -> Iterator[Difference]:
    row = change.new if change.new is not None else change.old
    if isinstance(row, (Dependency, Assignment)):
        yield from _binding(plan, change, row)
    elif isinstance(row, CalendarException):
        calendar = plan.get(Calendar, row.calendar)
        if calendar is not None and (change.old is None or change.new is None):
            what = N_("Day added: {name}") if change.old is None else N_("Day taken away: {name}")
            yield Difference(calendar.name, message(what, name=row.name), None, at(row.first))
    elif not isinstance(row, (Activity, Project, Person, Calendar, Baseline)):
        return
    elif change.old is None or change.new is None:
        yield Difference(_title(row), message(_KINDS[type(row)], what=message(COMES if change.old is None else GOES)),
                         None, row.end if isinstance(row, Activity) else None)  # fmt: skip
    else:
        for field, name in FIELDS.items():
            if getattr(change.old, field, None) != getattr(change.new, field, None):
                old, new = (None, None) if field in _UNTOLD else (_value(plan, side, field) for side in (change.old, change.new))
                yield Difference(_title(change.old), message(name), old, new)


_KINDS: dict[type, str] = {
    Milestone: N_("Milestone: {what}"),
    WorkItem: N_("Work item: {what}"),
    Project: N_("Project: {what}"),
    Person: N_("Person: {what}"),
    Calendar: N_("Calendar: {what}"),
    Baseline: N_("Baseline: {what}"),
}


def _title(row: Any) -> str:
    return str(row.title if hasattr(row, "title") else row.name)


def _binding(plan: Plan, change: Change, row: Dependency | Assignment) -> Iterator[Difference]:
    """A link, told at its successor, or who works on an item."""
    if isinstance(row, Assignment):
        item, person = plan.activity(row.item), plan.get(Person, row.person)
        if item is not None and person is not None and (change.old is None or change.new is None):
            pair = (None, person.name) if change.old is None else (person.name, None)
            yield Difference(item.title, message(N_("Assignee")), *pair)
        return
    before, after = plan.activity(row.predecessor), plan.activity(row.successor)
    if before is not None and after is not None:
        old, new = (None if side is None else _link(plan, side, before) for side in (change.old, change.new))
        if old != new:
            yield Difference(after.title, message(N_("Predecessor")), old, new)


def _link(plan: Plan, link: Dependency, before: Activity) -> str:
    """`Design FS +2d`."""
    project = plan[Project, before.project]
    if link.lag_unit.value.endswith("percent"):
        lag = f"{link.lag / 100:+g}%"
    else:
        lag = format_duration(link.lag, "ed" if link.lag_unit.value == "elapsed" else "d", project)
        lag = lag if lag.startswith("-") else f"+{lag}"
    return " ".join((before.title, link.type.value, *((lag,) if link.lag else ())))


def _value(plan: Plan, row: Any, field: str) -> Told:
    found = getattr(row, field)
    if found is None or found == "":
        return None
    if field in _MOMENTS:
        return int(found)
    if field == "status_date":
        return at(found)
    if field in ("owner", "lead", "calendar", "base", "parent") or (field == "status" and isinstance(row, WorkItem)):
        return _named(plan, field, found)
    project = row if isinstance(row, Project) else plan.get(Project, getattr(row, "project", None))
    if field == "duration" and project is not None:
        return format_duration(found, row.duration_unit, project)
    if field in _LENGTHS and project is not None:
        return format_effort(found, project)
    return message(found.value) if field in ("status", "priority", "constraint") else str(found)


def _named(plan: Plan, field: str, row_id: int) -> str | None:
    if field == "parent":
        row = plan.activity(row_id)
        return None if row is None else row.title
    kind: type[Any] = {"owner": Person, "lead": Person, "status": WorkflowState}.get(field, Calendar)
    found = plan.get(kind, row_id)
    return None if found is None else str(found.name)
