"""Every kind of record, owners before what belongs to them, and what refers to what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, get_type_hints

from milestone_desktop.domain import activities as a
from milestone_desktop.domain import gates as g
from milestone_desktop.domain import projects as p
from milestone_desktop.domain import registers as r
from milestone_desktop.domain.fields import Reference

KINDS: tuple[type, ...] = (
    p.Workspace, p.Calendar, p.CalendarException, p.KeptCalendar, p.Person, p.Project, p.WorkflowState, p.Template, p.View,
    a.Milestone, a.WorkItem, a.Dependency, a.Relation, a.MilestoneLink, a.Assignment, a.MoveReason,
    p.Baseline, p.BaselineRepair,
    g.ChecklistEntry, g.Criterion, g.CriterionRun, g.Evidence, g.SignOff, g.SignOffCondition, g.GateOverride,
    g.Meeting, g.AgendaRow, g.Objective, g.ScopeLine, g.RoleLine, g.Artefact, g.Feedback, g.LaunchStep, g.GoDecision,
    g.Lesson, g.Achievement,
    r.LogEntry, r.LogLink,
)  # fmt: skip

ACTIVITY_KINDS: tuple[type[a.Activity], ...] = (a.Milestone, a.WorkItem)


def _references_of(kind: type) -> dict[str, Reference]:
    found = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        for tag in getattr(hint, "__metadata__", ()):
            if isinstance(tag, Reference):
                found[name] = tag
    return found


def _referring_to(kind: type) -> tuple[tuple[type, str, Reference], ...]:
    names = {kind.__name__} | ({"Activity"} if kind in ACTIVITY_KINDS else set())
    return tuple(
        (other, name, reference) for other in KINDS for name, reference in _REFERENCES[other].items() if reference.kind in names
    )


_NAMED: dict[str, type] = {kind.__name__: kind for kind in KINDS}
_FIELDS: dict[type, tuple[str, ...]] = {kind: tuple(f.name for f in fields(kind)) for kind in KINDS}
_PLACES = {kind: {name: place for place, name in enumerate(names)} for kind, names in _FIELDS.items()}
_READ = {kind: attrgetter(*names) for kind, names in _FIELDS.items()}
_REFERENCES: dict[type, dict[str, Reference]] = {kind: _references_of(kind) for kind in KINDS}
_REFERRING: dict[type, tuple[tuple[type, str, Reference], ...]] = {kind: _referring_to(kind) for kind in KINDS}


def kind_named(name: str) -> type:
    """The class of a kind by its name, as written in the journal. Raises KeyError."""
    return _NAMED[name]


def field_names(kind: type) -> tuple[str, ...]:
    """The fields of a kind in the order of its constructor."""
    return _FIELDS[kind]


def references(kind: type) -> dict[str, Reference]:
    """The fields of `kind` that hold ids of other records."""
    return _REFERENCES[kind]


def referring(kind: type) -> tuple[tuple[type, str, Reference], ...]:
    """Every (kind, field, reference) that may refer to a record of `kind`."""
    return _REFERRING[kind]


def values(row: Any) -> dict[str, Any]:
    """The fields of a record as a dictionary (not copied deeply)."""
    return {name: getattr(row, name) for name in _FIELDS[type(row)]}


def with_fields(row: Any, changed: Mapping[str, Any]) -> Any:
    """The record with some fields replaced, as `dataclasses.replace` does it, several times faster. Raises KeyError."""
    kind = type(row)
    found = list(_READ[kind](row))
    places = _PLACES[kind]
    for name, value in changed.items():
        found[places[name]] = value
    return kind(*found)
