"""Entries of the log that are about a milestone, in its panel."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, add_register
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.operations import log
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import LogState, LogType
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.registers import LogEntry


def add_open_entries(panel: Panel) -> None:
    """Adds the open entries that are about the milestone; what is typed below becomes a risk, an issue, an action …"""
    section, _table = add_register(panel, log_register(_("Log"), _("Add to the log: risk: …, issue: …, action: …"), None))
    section.heading.setToolTip(_("Open risks, issues, decisions, actions, assumptions and notes about this milestone"))


def log_register(title: str, hint: str, kind: LogType | None) -> Register:
    """The register of the entries of one type, or of all open ones where `kind` is None."""

    def rows(panel: Panel) -> list[LogEntry]:
        found = log.about(panel.session.plan, panel.row_id)
        return [row for row in found if (row.type is kind if kind is not None else row.state is LogState.OPEN)]

    def add(edit: Any, milestone: int, text: str) -> None:
        project = edit.plan[Milestone, milestone].project
        if kind is not None:
            log.create(edit, project, text, kind, [milestone])
        else:
            log.create_typed(edit, project, text, [milestone])

    def heading(found: list[Any]) -> str:
        if kind is not None or not found:
            return title
        return ngettext("Log · {n} open", "Log · {n} open", len(found))

    return Register(
        LogEntry, title, _columns if kind is None else _decisions, ("text", "type" if kind is None else "owner"), hint, add,
        heading, rows, lambda edit, row: log.remove(edit, row.id), movable=False,
    )  # fmt: skip


def _fields(panel: Panel) -> Fields:
    return Fields(panel, N_("Change log entry"), lambda edit, row, **fields: log.change(edit, row.id, **fields))


def _columns(panel: Panel) -> tuple[Column, ...]:
    fields = _fields(panel)
    return (
        fields.text("text", _("Entry"), 200),
        fields.choice("type", _("Type"), 96, LogType),
        fields.person("owner", _("Owner"), 130),
        fields.day("due", _("Due"), 90),
        fields.choice("state", _("State"), 80, LogState),
        fields.text("response", _("Response"), 220, muted=True),
    )


def _decisions(panel: Panel) -> tuple[Column, ...]:
    fields = _fields(panel)
    return (
        fields.text("text", _("Decision"), 200),
        fields.person("owner", _("Decided by"), 140),
        fields.day("raised", _("On"), 90),
        fields.text("response", _("Why"), 220, muted=True),
    )
