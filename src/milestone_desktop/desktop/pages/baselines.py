"""Baselines: what was kept, which one is in force, and row by row how far the plan is from it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSplitter, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.baselines import RepairDialog, SetBaselineDialog, UseBaselineDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, ngettext, working_days_text
from milestone_desktop.document.document import Changed
from milestone_desktop.document.operations import baselines
from milestone_desktop.domain.durations import format_duration
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.tracking.baselines import BaselineRow
from milestone_desktop.tracking.variance import Variance, against_each_other, against_plan


class BaselinesPage(Page):
    """The baselines of the project at the left, the variance table of the one in hand at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.variances: dict[int, Variance] = {}
        plan = session.plan
        self.list = RecordTable(session, self._baseline_columns(), lambda row_id: plan.get(Baseline, row_id), _("Baselines"))
        self.table = RecordTable(session, variance_columns(session), lambda row_id: self.variances.get(row_id), _("Variance"))
        self._lay_out()
        self.list.picked.connect(self._show_variance)
        self.list.chosen.connect(lambda _row: self.use.click())
        self.table.picked.connect(self._offer)
        self.table.chosen.connect(lambda _row: self.repair.click())
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        self.setFocusProxy(self.list)

    # what the window asks

    def enter(self) -> None:
        self.reload()

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        self.table.search(text)
        self.rows_changed.emit()

    def rows_text(self) -> str:
        return ngettext("{n} row", "{n} rows", len(self.table.records.ids))

    # showing

    def baselines(self) -> list[Baseline]:
        """The baselines of the project, the newest first."""
        project = self.session.project_id
        return [] if project is None else baselines.baselines_of(self.session.plan, project)[::-1]

    def hand(self) -> Baseline | None:
        """The baseline in hand."""
        return self.session.plan.get(Baseline, self.list.hand)

    def reload(self) -> None:
        """Reads which baselines there are; the one in hand stays in hand."""
        rows = self.baselines()
        self.list.blockSignals(True)
        self.list.show_records([row.id for row in rows])
        self.list.blockSignals(False)
        self.empty.setVisible(not rows)
        self.splitter.setVisible(bool(rows))
        self.setFocusProxy(self.list if rows else self.empty)
        self._show_variance()

    # inside

    def _lay_out(self) -> None:
        self.set = QPushButton(_("Set baseline…"))
        self.set.clicked.connect(self._set)
        self.use = QPushButton(_("Put in force…"))
        self.use.clicked.connect(self._use)
        self.out = QPushButton(_("Take out of force"))
        self.out.clicked.connect(self._take_out)
        self.remove = QPushButton(_("Delete"))
        self.remove.clicked.connect(self._delete)
        self.repair = QPushButton(_("Repair row…"))
        self.repair.clicked.connect(self._repair)
        self.against = ChoiceField()
        self.against.setAccessibleName(_("Compared with"))
        self.against.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.against.setMinimumWidth(200)
        self.against.activated.connect(lambda _number: self._fill_table())
        self.told = QLabel()
        self.told.setProperty("muted", True)
        strip = QHBoxLayout()
        strip.setContentsMargins(18, 10, 18, 10)
        strip.setSpacing(8)
        for button in (self.set, self.use, self.out, self.remove):
            strip.addWidget(button)
        strip.addStretch(1)
        comparing = QHBoxLayout()
        comparing.setContentsMargins(18, 0, 18, 10)
        comparing.setSpacing(8)
        label = QLabel(_("Compared with"))
        label.setProperty("muted", True)
        comparing.addWidget(label)
        comparing.addWidget(self.against)
        comparing.addWidget(self.told, 1)
        comparing.addWidget(self.repair)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(comparing)
        column.addWidget(self.table, 1)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.list)
        self.splitter.addWidget(right)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([350, 990])
        self.empty = QLabel(_("No baseline yet. Set one to keep the planned dates as they stand now, and to promise them."))
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(strip)
        layout.addWidget(self.splitter, 1)
        layout.addWidget(self.empty, 1)

    def _baseline_columns(self) -> list[Column]:
        today = self.session.today

        def rows(row: Baseline) -> str:
            content = self.session.baselines.content(row)
            return "—" if content is None else str(len(content.rows))

        return [
            Column("name", _("Baseline"), 120, lambda row: row.name, tip=lambda row: row.note),
            Column("set", _("Set"), 92, lambda row: instant_text(row.created, today()), order=lambda row: row.created),
            Column("rows", _("Rows"), 60, rows, right=True),
            Column("in_force", _("In force"), 82, lambda row: _("in force") if row.in_force else ""),
        ]

    def _show_variance(self) -> None:
        """Offers what the baseline in hand can be compared with, and compares it."""
        row, chosen = self.hand(), self.against.currentData()
        self.against.clear()
        self.against.addItem(_("The plan as it stands"), None)
        for other in self.baselines():
            if row is not None and other.id != row.id:
                self.against.addItem(other.name, other.id)
        self.against.setCurrentIndex(max(0, self.against.findData(chosen)))
        self._fill_table()

    def _fill_table(self) -> None:
        row = self.hand()
        content = None if row is None else self.session.baselines.content(row)
        found: list[Variance] = []
        self.told.setText("")
        if row is not None and content is None:
            self.told.setText(_("What it kept is no longer in the file."))
        elif row is not None and content is not None:
            other = self.session.plan.get(Baseline, self.against.currentData())
            other_content = None if other is None else self.session.baselines.content(other)
            if other is not None and other_content is not None:
                found = against_each_other(self.session.plan, (row, content), (other, other_content))
            else:
                found = against_plan(self.session.plan, row, content)
        self.variances = {each.activity: each for each in found}
        self.table.show_records(self.variances)
        self.rows_changed.emit()
        self._offer()

    def _offer(self) -> None:
        writable = not self.session.document.read_only
        row = self.hand()
        there = row is not None and self.session.baselines.content(row) is not None
        self.set.setEnabled(writable and self.session.project_id is not None)
        self.use.setEnabled(writable and there)
        self.out.setEnabled(writable and row is not None and row.in_force)
        self.remove.setEnabled(writable and row is not None)
        chosen = self.table.hand
        self.repair.setEnabled(writable and there and self.session.plan.activity(chosen) is not None)

    def _set(self) -> None:
        dialog = SetBaselineDialog(self.session, self.window())
        if dialog.exec() and dialog.made is not None:
            self.list.take(dialog.made)

    def _use(self) -> None:
        row = self.hand()
        content = None if row is None else self.session.baselines.content(row)
        if row is not None and content is not None:
            UseBaselineDialog(self.session, row, content, self.window()).exec()

    def _take_out(self) -> None:
        row = self.hand()
        if row is not None:
            self.session.attempt(N_("Take baseline out of force"), lambda edit: baselines.take_out_of_force(edit, row.id))

    def _delete(self) -> None:
        row = self.hand()
        if row is not None:
            self.session.attempt(N_("Delete baseline"), lambda edit: baselines.delete(edit, row.id))

    def _repair(self) -> None:
        row, activity = self.hand(), self.session.plan.activity(self.table.hand)
        if row is not None and activity is not None:
            kept: BaselineRow | None = self.variances[activity.id].before
            RepairDialog(self.session, row, activity, kept, self.window()).exec()

    def _on_changed(self, event: Changed) -> None:
        if self.isVisible():
            self.reload()

    def _on_project(self) -> None:
        if self.isVisible():
            self.reload()


def variance_columns(session: Session) -> list[Column]:
    """Start, end and duration then and now, and what lies between."""

    def date(moment: int | None) -> str:
        return "—" if moment is None else instant_text(moment, session.today())

    def days(count: int | None) -> str:
        return "" if count is None else working_days_text(count)

    def length(row: Variance) -> str:
        if row.duration is None or row.is_milestone or row.duration == 0:
            return ""
        project = session.project
        return format_duration(row.duration, "d", project) if project is not None else ""

    def note(row: Variance) -> str:
        if row.before is None:
            return _("added since")
        if row.after is None:
            return _("no longer there")
        return _("repaired: {reason}").format(reason=row.repaired[-1]) if row.repaired else ""

    return [
        Column("title", _("Row"), 220, lambda row: row.title or "—"),
        Column("start_then", _("Start then"), 98, lambda row: date(row.before.start if row.before else None)),
        Column("start", _("Start moved"), 98, lambda row: days(row.start), right=True, order=lambda row: row.start or 0),
        Column("end_then", _("End then"), 98, lambda row: date(row.before.end if row.before else None)),
        Column("end_now", _("End now"), 98, lambda row: date(row.after.end if row.after else None)),
        Column("end", _("End moved"), 92, lambda row: days(row.end), right=True, order=lambda row: row.end or 0),
        Column("duration", _("Duration"), 86, length, right=True, order=lambda row: row.duration or 0),
        Column("slip", _("Slip"), 76, lambda row: days(row.slip), Look.SLIP, right=True, raw=lambda row: row.slip,
               order=lambda row: row.slip or 0),
        Column("note", _("Note"), 110, note, tip=note),
    ]  # fmt: skip
