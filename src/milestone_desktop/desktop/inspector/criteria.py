"""Acceptance criteria: result, tester and date in the round that is going on, and what earlier rounds gave."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.registers import Fields, Register, action_button, add_register, button_strip
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.words import LocaleDates, _, number_text
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import criteria, milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import ordered
from milestone_desktop.domain.enums import CriterionPriority, CriterionResult
from milestone_desktop.domain.gates import Criterion, CriterionRun
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.files import write_whole
from milestone_desktop.reports.results import acceptance_results

LOOKS = {
    CriterionResult.NOT_RUN: ("○", "text-muted"),
    CriterionResult.PASS: ("✓", "health-on-track"),
    CriterionResult.FAIL: ("✕", "health-late"),
    CriterionResult.BLOCKED: ("!", "health-at-risk"),
}
"""Sign and colour token of each result."""


def add_criteria(panel: Panel) -> None:
    """Adds the section of the acceptance criteria to a panel."""
    section, _table = add_register(panel, Register(
        Criterion, _("Acceptance criteria"), _columns, ("text", "result"), _("Add a criterion…"), milestones.add_criterion,
        _heading, remove=lambda edit, row: milestones.remove_criterion(edit, row.id)))  # fmt: skip
    earlier = WrappedText()
    earlier.setProperty("faint", True)
    earlier.setAccessibleDescription(_("Earlier rounds"))
    section.wide(earlier)
    button = action_button(panel, _("New round"), lambda: panel.commit(N_("New round"), _begin(panel)))
    button.setToolTip(_("The results so far go on record; every criterion is to be tested again."))
    printing = action_button(panel, _("Results as PDF…"), lambda: _ask_where(panel))
    button_strip(section, button, printing)

    def refresh() -> None:
        told = _rounds(panel)
        earlier.setText(told)
        earlier.setVisible(bool(told))
        there = bool(panel.session.plan.where(Criterion, "milestone", panel.row_id))
        button.setVisible(there)
        printing.setVisible(there)
        printing.setEnabled(True)  # printing changes nothing, so it works in a file that is only read, too

    panel.on_refresh(refresh)


def _ask_where(panel: Panel) -> None:
    title = panel.session.plan[Milestone, panel.row_id].title
    proposal = str(Path.home() / f"{title.replace('/', '-')}.pdf")
    name, _kind = QFileDialog.getSaveFileName(panel.window(), _("Results as PDF"), proposal, _("PDF documents (*.pdf)"))
    if name:
        print_results(panel, Path(name))


def print_results(panel: Panel, path: Path) -> None:
    """Prints the results of all rounds to a file."""
    session = panel.session
    path = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    try:
        made = acceptance_results(session.plan, panel.row_id, session.today(), translate=_, dates=LocaleDates())
        write_whole(path, made)
    except PlanError as error:
        session.fail(error)
    else:
        session.noticed.emit(_("Saved as {name}.").format(name=path.name))


def _begin(panel: Panel) -> Any:
    return lambda edit: criteria.new_round(edit, panel.row_id)


def _heading(rows: list[Any]) -> str:
    if not rows:
        return _("Acceptance criteria")
    passed = sum(row.result is CriterionResult.PASS for row in rows)
    number = max(row.round for row in rows)
    told = _("Acceptance criteria · {passed} of {all} passed").format(passed=number_text(passed), all=number_text(len(rows)))
    return _("{told} · round {number}").format(told=told, number=number_text(number)) if number > 1 else told


def _rounds(panel: Panel) -> str:
    """One line for each earlier round: how many passed, and what did not."""
    plan = panel.session.plan
    rows = ordered(plan, Criterion, panel.row_id)
    runs = [(run, row) for row in rows for run in plan.where(CriterionRun, "criterion", row.id)]
    lines = []
    for number in sorted({run.round for run, _row in runs}):
        of_round = [(run, row) for run, row in runs if run.round == number]
        passed = sum(run.result is CriterionResult.PASS for run, _row in of_round)
        told = _("Round {number}: {passed} of {all} passed").format(
            number=number_text(number), passed=number_text(passed), all=number_text(len(of_round))
        )
        others = [f"{row.code} {_(run.result.value)}" for run, row in of_round if run.result is not CriterionResult.PASS]
        lines.append("; ".join([told, *others]))
    return "\n".join(lines)


def _columns(panel: Panel) -> tuple[Column, ...]:
    fields = Fields(panel, N_("Change criterion"), _put)
    waived = Column(
        "waived_reason", _("Waived, why"), 130, lambda row: row.waived_reason, Look.MUTED, editor=Editor.TEXT,
        write=lambda edit, row, value: criteria.waive(edit, row.id, value), label=N_("Waive criterion"),
    )  # fmt: skip
    return (
        Column("code", _("Id"), 52, lambda row: row.code, Look.MUTED),
        fields.text("text", _("Criterion"), 200),
        fields.choice("priority", _("Priority"), 78, CriterionPriority),
        fields.choice("result", _("Result"), 96, CriterionResult, tone=lambda result: LOOKS[result][1],
                      sign=lambda result: LOOKS[result][0]),
        fields.person("tester", _("Tester"), 120),
        fields.day("tested", _("Date"), 82),
        fields.text("note", _("Evidence, note"), 150, muted=True),
        waived,
    )  # fmt: skip


def _put(edit: Edit, row: Any, **fields: Any) -> None:
    milestones.change_criterion(edit, row.id, **fields)
