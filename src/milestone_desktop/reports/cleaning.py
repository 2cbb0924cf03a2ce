"""The texts of a project that a report may print, and a plan in which they can all be printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Person, Project
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.reports.glyphs import Printable

_LINES: dict[type, tuple[str, ...]] = {
    Project: ("title",),
    Person: ("name",),
    Milestone: ("title", "dropped_reason"),
    WorkItem: ("title",),
    Baseline: ("name",),
}
_PASSAGES: dict[type, tuple[str, ...]] = {
    Project: ("description",),
    Milestone: ("comment", "recovery"),
    LogEntry: ("text",),
}


def texts_of(plan: Plan, project_id: int) -> Iterator[str]:
    """Yields every text that a report about the project may print."""
    for row in _printed_records(plan, project_id):
        for field in (*_LINES.get(type(row), ()), *_PASSAGES.get(type(row), ())):
            yield getattr(row, field)


def printable_plan(plan: Plan, project_id: int, printable: Printable) -> Plan:
    """Returns a copy of the plan whose texts about the project can be printed; `plan` stays as it is."""
    twin = plan.copy()
    for row in _printed_records(plan, project_id):
        fields = {field: printable.line(getattr(row, field)) for field in _LINES.get(type(row), ())}
        fields |= {field: printable.text(getattr(row, field)) for field in _PASSAGES.get(type(row), ())}
        if any(getattr(row, field) != text for field, text in fields.items()):
            twin.put(replace(row, **fields))
    return twin


def _printed_records(plan: Plan, project_id: int) -> Iterator[Any]:
    yield plan[Project, project_id]
    for kind in (Milestone, WorkItem, LogEntry, Baseline):
        yield from plan.where(kind, "project", project_id)
    yield from plan.all(Person)
