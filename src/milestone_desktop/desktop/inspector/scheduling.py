"""What decides where an activity stands in time beside its dates: calendar, placement, constraint, deadline, estimates."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from milestone_desktop.desktop.inspector.common import Choices, day_or_none, setter
from milestone_desktop.desktop.inspector.panel import Panel, Section
from milestone_desktop.desktop.inspector.timing import add_timing
from milestone_desktop.desktop.schedule_words import constraint_words
from milestone_desktop.desktop.words import _, instant_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates
from milestone_desktop.document.operations.dates import pin_there
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.durations import format_duration, parse_duration
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Day, at
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Calendar, Project


def add_scheduling(panel: Panel) -> None:
    """Adds what the schedule says, and calendar, placement, constraint and deadline, to a panel."""
    add_timing(panel)
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
        lambda edit, value: _place(panel, edit, Placement(value)),
    )  # fmt: skip
    _add_pin(panel, section)
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


def _place(panel: Panel, edit: Edit, placement: Placement) -> None:
    """Lets the scheduler place the activity, fixes it, or pins it where it stands."""
    row = panel.row
    if placement is Placement.FIXED:
        dates.fix(edit, [panel.row_id])
    elif placement is Placement.COMPUTED:
        dates.release(edit, [panel.row_id])
    elif row is not None:
        pin_there(edit, row, row.end if isinstance(row, Milestone) else row.start)


def _add_pin(panel: Panel, section: Section) -> None:
    """The pin in words with a button that takes it away; hidden where there is none."""
    strip = QWidget()
    line = QHBoxLayout(strip)
    line.setContentsMargins(9, 0, 0, 0)
    told = WrappedText()
    told.setMinimumHeight(26)
    remove = QPushButton(_("Remove"))
    remove.setAccessibleName(_("Remove the pin"))
    remove.clicked.connect(lambda: panel.commit(N_("Remove pin"), lambda edit: dates.release(edit, [panel.row_id])))
    line.addWidget(told, 1)
    line.addWidget(remove)
    section.pair(_("Pin"), strip)

    def refresh() -> None:
        row = panel.row
        pinned = row is not None and row.placement is Placement.PINNED
        section.show_pair(strip, pinned)
        if row is not None and pinned:
            told.setText(_("not before {day}").format(day=instant_text(row.constraint_date, panel.session.today())))
            told.setAccessibleName(_("Pin"))
        remove.setEnabled(not panel.session.document.read_only)

    panel.on_refresh(refresh)


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
    return [(kind.value, words) for kind, words in constraint_words().items()]


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
