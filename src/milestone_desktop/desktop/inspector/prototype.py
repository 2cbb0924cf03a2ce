"""A prototype: what it shows, and what people said about it."""

from __future__ import annotations

from typing import Any

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, add_register
from milestone_desktop.desktop.models.columns import Choices, Column, Editor
from milestone_desktop.desktop.words import _, number_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import kind_rows
from milestone_desktop.document.operations.gate_records import item_from_feedback
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.gates import Artefact, Evidence, Feedback
from milestone_desktop.domain.messages import N_

NEW_ITEM = -1


def add_prototype(panel: Panel) -> None:
    """Adds the sections of a prototype."""
    add_register(panel, Register(
        Artefact, _("Artefacts"), _artefacts, ("title", "version"), _("Add an artefact…"),
        lambda edit, row_id, text: kind_rows.add(edit, Artefact, row_id, text), stretch="title"))  # fmt: skip
    add_register(panel, Register(
        Feedback, _("Feedback"), _feedback, ("text", "decision"), _("Add feedback…"),
        lambda edit, row_id, text: kind_rows.add(edit, Feedback, row_id, text), _heading))  # fmt: skip


def _heading(rows: list[Any]) -> str:
    undecided = sum(not row.decision.strip() for row in rows)
    return _("Feedback · {n} undecided").format(n=number_text(undecided)) if undecided else _("Feedback")


def _artefacts(panel: Panel) -> tuple[Column, ...]:
    fields, plan = Fields(panel, N_("Change artefact")), panel.session.plan

    def files(row: Any) -> Choices:
        rows = [one for one in plan.where(Evidence, "activity", panel.row_id) if one.is_kept]
        return [(None, _("no file")), *((one.id, one.title) for one in rows)]

    def file(row: Any) -> str:
        there = plan.get(Evidence, row.evidence)
        return there.title if there is not None else ""

    return (
        fields.text("title", _("Artefact"), 180),
        fields.text("version", _("Version"), 90),
        fields.text("link", _("Link"), 200, muted=True),
        Column("evidence", _("File"), 150, file, editor=Editor.CHOICE, value=lambda row: row.evidence, choices=files,
               write=lambda edit, row, value: kind_rows.change(edit, row, evidence=value), label=N_("Change artefact")),
    )  # fmt: skip


def _feedback(panel: Panel) -> tuple[Column, ...]:
    fields, session = Fields(panel, N_("Change feedback")), panel.session

    def item(row: Any) -> str:
        there = session.plan.get(WorkItem, row.item)
        return session.facts.code(there) if there is not None else ""

    def items(row: Any) -> Choices:
        linked = session.facts.items_of(session.plan[Milestone, panel.row_id])
        chosen = session.plan.get(WorkItem, row.item)
        rows = linked if chosen is None or chosen in linked else [*linked, chosen]
        told = [(one.id, f"{session.facts.code(one)} {one.title}") for one in rows]
        return [(None, _("none")), (NEW_ITEM, _("a new work item")), *told]

    def put_item(edit: Edit, row: Any, value: int | None) -> None:
        if value == NEW_ITEM:
            item_from_feedback(edit, row.id)
        else:
            kind_rows.change(edit, row, item=value)

    return (
        fields.text("text", _("Feedback"), 180),
        fields.text("author", _("From"), 110),
        fields.day("given", _("Date"), 86),
        fields.text("severity", _("Severity"), 84),
        fields.text("decision", _("Decision"), 180),
        Column("item", _("Work item"), 96, item, editor=Editor.CHOICE, value=lambda row: row.item, choices=items,
               write=put_item, label=N_("Change feedback")),
    )  # fmt: skip
