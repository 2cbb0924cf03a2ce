"""A kickoff: the meeting, its agenda, objectives, scope, roles and decisions."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.log_lines import log_register
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, add_register
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.words import _, number_text, time_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import gate_records, kind_rows
from milestone_desktop.domain.enums import AgendaState, LogType
from milestone_desktop.domain.gates import AgendaRow, Meeting, Objective, RoleLine, ScopeLine
from milestone_desktop.domain.instants import Day, at, day_of, minute_of
from milestone_desktop.domain.messages import N_, PlanError

NINE = 540


def add_kickoff(panel: Panel) -> None:
    """Adds the sections of a kickoff."""
    _add_meeting(panel)
    add_register(panel, Register(
        AgendaRow, _("Agenda"), _agenda, ("text", "state"), _("Add an agenda point…"),
        lambda edit, row_id, text: kind_rows.add(edit, AgendaRow, row_id, text), _agenda_heading))  # fmt: skip
    add_register(panel, Register(
        Objective, _("Objectives"), _objectives, ("text",), _("Add an objective…"),
        lambda edit, row_id, text: kind_rows.add(edit, Objective, row_id, text)))  # fmt: skip
    add_register(panel, Register(
        ScopeLine, _("Scope"), _scope, ("text", "included"), _("Add to the scope…"),
        lambda edit, row_id, text: kind_rows.add(edit, ScopeLine, row_id, text)))  # fmt: skip
    add_register(panel, Register(
        RoleLine, _("Roles"), _roles, ("role", "person"), _("Add a role…"),
        lambda edit, row_id, text: kind_rows.add(edit, RoleLine, row_id, text), stretch="role"))  # fmt: skip
    add_register(panel, log_register(_("Decisions"), _("Add a decision…"), LogType.DECISION))


def _agenda(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change agenda"))
    return (
        fields.text("text", _("Point"), 160),
        Column("minutes", _("Minutes"), 76, lambda row: number_text(row.minutes) if row.minutes else "", right=True,
               editor=Editor.TEXT, value=lambda row: str(row.minutes or ""), label=N_("Change agenda"),
               write=lambda edit, row, value: kind_rows.change(edit, row, minutes=read_minutes(value))),
        fields.person("owner", _("Owner"), 130),
        fields.choice("state", _("State"), 92, AgendaState),
        fields.text("reason", _("Why waived"), 170, muted=True),
    )  # fmt: skip


def _agenda_heading(rows: list[Any]) -> str:
    minutes = sum(row.minutes for row in rows)
    return _("Agenda · {minutes} min").format(minutes=number_text(minutes)) if minutes else _("Agenda")


def _objectives(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change objective"))
    return fields.text("text", _("Objective"), 200), fields.text("measure", _("Measured by"), 240, muted=True)


def _scope(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change scope"))
    inside = Column(
        "included", _("In or out"), 88, lambda row: _("in") if row.included else _("out"), editor=Editor.CHOICE,
        value=lambda row: row.included, choices=lambda row: [(True, _("in")), (False, _("out"))],
        write=lambda edit, row, value: kind_rows.change(edit, row, included=value), label=N_("Change scope"),
    )  # fmt: skip
    return fields.text("text", _("Scope"), 200), inside


def _roles(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change role"))
    return fields.text("role", _("Role"), 150), fields.person("person", _("Person"), 140), fields.text("duties", _("Duties"), 260)


def read_minutes(text: str) -> int:
    """Whole minutes; an empty text is none. Raises PlanError."""
    plain = text.strip().removesuffix("min").strip()
    if not plain:
        return 0
    if not plain.isdecimal() or int(plain) > 1440:
        raise PlanError(N_("“{text}” is no number of minutes."), N_("Type a whole number up to 1440."), text=text.strip())
    return int(plain)


def _add_meeting(panel: Panel) -> None:
    section = panel.section(_("Meeting"))

    def meeting() -> Meeting | None:
        return next(iter(panel.session.plan.where(Meeting, "milestone", panel.row_id)), None)

    def held(row: Any) -> Day | None:
        there = meeting()
        return None if there is None or there.held is None else day_of(there.held)

    def put_day(edit: Edit, day: Day | None) -> None:
        there = meeting()
        minute = minute_of(there.held) if there is not None and there.held is not None else NINE
        gate_records.set_meeting(edit, panel.row_id, held=None if day is None else at(day, minute))

    def put_time(edit: Edit, text: str) -> None:
        there = meeting()
        if there is None or there.held is None:
            raise PlanError(N_("The meeting has no day yet."), N_("Type its day first."))
        gate_records.set_meeting(edit, panel.row_id, held=at(day_of(there.held), read_time(text)))

    def told_time(row: Any) -> str:
        there = meeting()
        return "" if there is None or there.held is None else time_text(there.held)

    label = N_("Change meeting")
    section.date(_("Day"), label, held, put_day)
    section.line(_("Time"), label, told_time, put_time)
    section.line(
        _("Place"), label, lambda row: getattr(meeting(), "place", ""),
        lambda edit, text: gate_records.set_meeting(edit, panel.row_id, place=text.strip()),
    )  # fmt: skip
    section.text(
        label, lambda row: getattr(meeting(), "notes", ""),
        lambda edit, text: gate_records.set_meeting(edit, panel.row_id, notes=text.strip()), _("Notes of the meeting"),
    )  # fmt: skip


def read_time(text: str) -> int:
    """`9`, `9:30`, `09.30` as minutes after midnight. Raises PlanError."""
    hour, _colon, minute = text.strip().replace(".", ":").partition(":")
    minute = minute or "0"
    if not (hour.isdecimal() and minute.isdecimal() and int(hour) < 24 and int(minute) < 60):
        raise PlanError(N_("“{text}” is no time of day."), N_("Type one such as 9:30."), text=text.strip())
    return int(hour) * 60 + int(minute)
