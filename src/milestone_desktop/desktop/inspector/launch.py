"""A launch: the steps to go live, the go or no-go, and the release."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from milestone_desktop.desktop.dialogs.go_decision import GoDialog
from milestone_desktop.desktop.inspector.common import text_setter
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, action_button, add_register, button_strip
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.typed_dates import read_moment
from milestone_desktop.desktop.words import _, day_text, number_text, time_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import kind_rows
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import GoDecisionValue
from milestone_desktop.domain.gates import GoDecision, LaunchStep
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_


def add_launch(panel: Panel) -> None:
    """Adds the sections of a launch."""
    section = panel.section(_("Release"))
    section.line(_("Release"), N_("Change release"), lambda row: row.release, text_setter(panel, "release"))
    add_register(panel, Register(
        LaunchStep, _("Go-live checklist"), _steps, ("done", "text"), _("Add a step…"),
        lambda edit, row_id, text: kind_rows.add(edit, LaunchStep, row_id, text), _heading))  # fmt: skip
    register = Register(
        GoDecision, _("Go or no-go"), _decisions, ("decision", "decided_by"), remove=None, movable=False, stretch="decided_by",
        rows=lambda panel: sorted(
            panel.session.plan.where(GoDecision, "milestone", panel.row_id), key=lambda row: (row.decided, row.id), reverse=True
        ),
    )  # fmt: skip
    decided, _table = add_register(panel, register)
    nothing = QLabel(_("Nothing is decided yet."))
    nothing.setProperty("muted", True)
    decided.wide(nothing)
    panel.on_refresh(lambda: nothing.setVisible(not panel.session.plan.where(GoDecision, "milestone", panel.row_id)))
    decide = action_button(panel, _("Record go or no-go…"), lambda: _decide(panel))
    button_strip(decided, decide)
    panel.places["GoDecision"] = decide


def _decide(panel: Panel) -> None:
    GoDialog(panel.session, panel.session.plan[Milestone, panel.row_id], panel.window()).exec()


def _heading(rows: list[Any]) -> str:
    if not rows:
        return _("Go-live checklist")
    done = sum(row.done for row in rows)
    return _("Go-live checklist · {done} of {all}").format(done=number_text(done), all=number_text(len(rows)))


def _steps(panel: Panel) -> tuple[Column, ...]:
    fields, today = Fields(panel, N_("Change launch step")), panel.session.today

    def moment(row: Any) -> str:
        return "" if row.planned is None else f"{day_text(day_of(row.planned), today())} {time_text(row.planned)}"

    def put(edit: Edit, row: Any, text: str) -> None:
        kind_rows.change(edit, row, planned=read_moment(text, today()))

    return (
        fields.tick("done", _("Done"), 54, _("done")),
        fields.text("text", _("Step"), 180),
        fields.person("owner", _("Owner"), 130),
        Column("planned", _("When"), 130, moment, editor=Editor.TEXT, write=put, label=N_("Change launch step")),
        fields.tick("required", _("Required"), 82, _("required")),
        fields.text("rollback", _("Way back"), 180, muted=True),
    )


def _decisions(panel: Panel) -> tuple[Column, ...]:
    today = panel.session.today
    signs = {GoDecisionValue.GO: ("✓", "health-on-track"), GoDecisionValue.NO_GO: ("✕", "health-late")}
    return (
        Column("decision", _("Decision"), 90, lambda row: f"{signs[row.decision][0]} {_(row.decision.value)}", Look.TONED,
               raw=lambda row: signs[row.decision][1]),
        Column("decided_by", _("By"), 160, lambda row: row.decided_by),
        Column("decided", _("On"), 90, lambda row: day_text(row.decided, today())),
        Column("note", _("Note"), 260, lambda row: row.note, Look.MUTED, tip=lambda row: row.note),
    )  # fmt: skip
