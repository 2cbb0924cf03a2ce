"""What decides where an activity stands in time beside its dates: calendar, placement, constraint, deadline, estimates."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.common import Choices, day_or_none, setter
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.durations import format_duration, parse_duration
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Day, at
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Calendar, Project


def add_scheduling(panel: Panel) -> None:
    """Adds calendar, placement, constraint and deadline to a panel."""
    section = panel.section(_("Scheduling"))
    section.choice(
        _("Calendar"),
        N_("Change calendar"),
        lambda row: _calendars(panel, row),
        lambda row: row.calendar,
        setter(panel, "calendar"),
    )
    section.choice(
        _("Placement"), N_("Change placement"), lambda row: placements(), lambda row: row.placement.value,
        lambda edit, value: activities.set_fields(edit, [panel.row_id], placement=Placement(value)),
    )  # fmt: skip
    section.choice(
        _("Constraint"), N_("Change constraint"), lambda row: constraints(), lambda row: row.constraint.value,
        lambda edit, value: activities.set_fields(edit, [panel.row_id], constraint=ConstraintType(value)),
    )  # fmt: skip
    section.date(
        _("Constraint date"), N_("Change constraint date"), lambda row: day_or_none(row.constraint_date),
        lambda edit, day: _set_moment(panel, edit, "constraint_date", day, early=panel.row),
    )  # fmt: skip
    section.date(
        _("Deadline"), N_("Change deadline"), lambda row: day_or_none(row.deadline),
        lambda edit, day: _set_moment(panel, edit, "deadline", day),
    )  # fmt: skip


def add_estimates(panel: Panel) -> None:
    """Adds the three-point estimate and the remaining duration to a panel."""
    section = panel.section(_("Estimates"))
    for text, name in (
        (_("Remaining"), "remaining"), (_("Optimistic"), "optimistic"), (_("Most likely"), "most_likely"),
        (_("Pessimistic"), "pessimistic"),
    ):  # fmt: skip
        section.line(text, N_("Change estimate"), _duration_getter(panel, name), _duration_putter(panel, name))


def placements() -> Choices:
    """Who decides where an activity stands."""
    return [
        (Placement.COMPUTED.value, _("computed")),
        (Placement.PINNED.value, _("pinned: not before")),
        (Placement.FIXED.value, _("fixed")),
    ]


def constraints() -> Choices:
    """The kinds of constraint in words."""
    return [
        (ConstraintType.ASAP.value, _("as soon as possible")),
        (ConstraintType.ALAP.value, _("as late as possible")),
        (ConstraintType.SNET.value, _("start no earlier than")),
        (ConstraintType.SNLT.value, _("start no later than")),
        (ConstraintType.FNET.value, _("finish no earlier than")),
        (ConstraintType.FNLT.value, _("finish no later than")),
        (ConstraintType.MSO.value, _("must start on")),
        (ConstraintType.MFO.value, _("must finish on")),
    ]


_AT_START = frozenset({ConstraintType.SNET, ConstraintType.SNLT, ConstraintType.MSO})


def _set_moment(panel: Panel, edit: Edit, name: str, day: Day | None, early: Any = None) -> None:
    """A bare day means the end of work, or its start for a constraint about the start."""
    project = _project(panel)
    minute = project.day_start if early is not None and early.constraint in _AT_START else project.day_end
    activities.set_fields(edit, [panel.row_id], **{name: None if day is None else at(day, minute)})


def _calendars(panel: Panel, row: Any) -> Choices:
    plan = panel.session.plan
    shared = plan.where(Calendar, "project", None) + plan.where(Calendar, "project", row.project)
    return [(None, _("of the project")), *((calendar.id, calendar.name) for calendar in shared)]


def _duration_getter(panel: Panel, name: str) -> Any:
    def get(row: Any) -> str:
        minutes = getattr(row, name)
        return "" if minutes is None else format_duration(minutes, row.duration_unit, _project(panel))

    return get


def _duration_putter(panel: Panel, name: str) -> Any:
    def put(edit: Edit, text: str) -> None:
        minutes = parse_duration(text, _project(panel)).minutes if text.strip() else None
        activities.set_fields(edit, [panel.row_id], **{name: minutes})

    return put


def _project(panel: Panel) -> Project:
    row = panel.row
    if row is None:
        raise LookupError("the activity is gone")
    return panel.session.plan[Project, row.project]
