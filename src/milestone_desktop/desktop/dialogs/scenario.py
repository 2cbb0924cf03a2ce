"""Trying something out on a copy: making a scenario, and comparing it with its project before it is applied."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, pair_text, range_text, say, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import scenarios
from milestone_desktop.document.operations.scenarios import Difference
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import SCENARIO_OF, scenarios_of


class TryDialog(FormDialog):
    """Asks what the scenario is called. made: its id."""

    label = N_("Try a scenario")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Try a scenario"), _("Try"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._project = project
        self.made: int | None = None
        number = len(scenarios_of(session.plan, project.id)) + 1
        self.title = QLineEdit(_("{title}, scenario {number}").format(title=project.title, number=number))
        self.title.selectAll()
        told = QLabel(
            _("An exact copy in which anything can be changed. It counts nowhere until it is applied to “{title}”.").format(
                title=project.title
            )
        )
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.add(_("Name"), self.title)
        self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        self.made = scenarios.try_out(edit, self._project.id, self.title.text()).id


class CompareDialog(Dialog):
    """Milestones first, then the other rows that differ, then what else does. applied: the person wants to apply it."""

    def __init__(self, session: Session, scenario: Project, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        original = session.plan.get(Project, scenario.extra[SCENARIO_OF])
        title = _("“{scenario}” compared with “{original}”").format(
            scenario=scenario.title, original=original.title if original is not None else "—"
        )
        self.setWindowTitle(title)
        self.resize(820, 520)
        heading = QLabel(title)
        heading.setProperty("heading", True)
        heading.setWordWrap(True)
        rows = scenarios.compare(session.plan, scenario.id)
        rows.sort(key=lambda row: not self._is_milestone(row))
        self._rows = dict(enumerate(rows, 1))
        self.counted = QLabel(self._count(rows))
        self.counted.setWordWrap(True)
        self.counted.setAccessibleDescription(_("What differs"))
        self.table = RecordTable(session, self._columns(), self._rows.get, _("Dates that differ"))
        self.table.show_records(self._rows)
        self.table.setVisible(bool(rows))
        others = [say(text) for text in scenarios.other_changes(session.plan, scenario.id)]
        self.others = QLabel(_("Also different: {what}.").format(what="; ".join(others)) if others else "")
        self.others.setProperty("muted", True)
        self.others.setWordWrap(True)
        self.others.setVisible(bool(others))
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Close)
        self.done_button = self.buttons.button(button.Ok)
        self.done_button.setText(_("Apply…"))
        self.done_button.setProperty("primary", True)
        self.done_button.setEnabled(bool(rows or others) and not session.document.read_only)
        self.buttons.button(button.Close).setText(_("Close"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(10)
        for widget in (heading, self.counted):
            layout.addWidget(widget)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.others)
        if not rows:
            layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.table.setFocus()

    def _is_milestone(self, row: Difference) -> bool:
        return isinstance(self._session.plan.activity(row.activity), Milestone)

    def _count(self, rows: Sequence[Difference]) -> str:
        if not rows:
            return _("No date differs.")
        milestones = sum(self._is_milestone(row) for row in rows)
        parts = [
            ngettext("{n} milestone differs", "{n} milestones differ", milestones),
            ngettext("{n} work item differs", "{n} work items differ", len(rows) - milestones),
        ]
        return ", ".join(parts)

    def _columns(self) -> tuple[Column, ...]:
        plan, today = self._session.plan, self._session.today

        def own(row: Difference) -> str:
            if row.own_end is None:
                return _("not there")
            if self._is_milestone(row):
                return pair_text(row.own_end, row.scenario_end, today())[0]
            return range_text(row.own_start, row.own_end, today())

        def tried(row: Difference) -> str:
            if row.scenario_end is None:
                return _("removed")
            start = None if self._is_milestone(row) else row.scenario_start
            return range_text(start, row.scenario_end, today())

        return (
            Column("title", _("Activity"), 180, lambda row: row.title, Look.TITLE, raw=lambda row: plan.activity(row.activity),
                   tip=lambda row: row.title),
            Column("own", _("Original"), 170, own, Look.MUTED, right=True, order=lambda row: row.own_end),
            Column("scenario", _("Scenario"), 170, tried, right=True, order=lambda row: row.scenario_end),
            Column("days", _("Working days"), 118, lambda row: working_days_text(row.working_days), Look.SLIP, right=True,
                   raw=lambda row: row.working_days, order=lambda row: row.working_days),
        )  # fmt: skip
