"""Sections that milestones and work items share."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.messages import N_

Choices = list[tuple[Any, str]]


def setter(panel: Panel, name: str) -> Any:
    """What writes one field of the panel's activity."""

    def put(edit: Edit, value: Any) -> None:
        activities.set_fields(edit, [panel.row_id], **{name: value})

    return put


def text_setter(panel: Panel, name: str) -> Any:
    """The same for a line of text."""

    def put(edit: Edit, value: str) -> None:
        activities.set_fields(edit, [panel.row_id], **{name: value.strip()})

    return put


def people_offer(panel: Panel) -> Choices:
    """Everybody, and nobody."""
    return [(None, _("Nobody")), *((person.id, person.name) for person in panel.session.facts.people())]


def add_texts(panel: Panel) -> None:
    """Tags, release, module and notes."""
    section = panel.section(_("More"))
    for name in ("tags", "release", "module"):
        section.cell(panel.fields[name])
    notes = panel.section(_("Notes"))
    notes.text(N_("Change notes"), lambda row: row.notes, setter(panel, "notes"), _("Notes"))


def add_description(panel: Panel) -> None:
    """The description."""
    section = panel.section(_("Description"))
    section.text(N_("Change description"), lambda row: row.description, setter(panel, "description"), _("Description"))
