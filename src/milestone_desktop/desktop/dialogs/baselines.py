"""Setting a baseline, putting one in force with its targets listed first, and repairing one of its rows."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.models.columns import Column
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.tick_box import TickBox
from milestone_desktop.desktop.words import _, instant_text, ngettext, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import baselines, dates
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Baseline
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.tracking.baselines import BaselineContent, BaselineRow
from milestone_desktop.tracking.variance import TargetChange, targets_of


class SetBaselineDialog(FormDialog):
    """Keeps the planned dates of the project in hand under a name. made: the new baseline's id."""

    label = N_("Set baseline")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Set baseline"), _("Set baseline"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._project = project.id
        self.made: int | None = None
        self._chosen = {
            row.id
            for row_id in session.selection
            if (row := session.plan.activity(row_id)) is not None and row.project == project.id
        }
        self.name = QLineEdit(baselines.free_name(session.plan, project.id))
        self.name.selectAll()
        self.note = QLineEdit()
        self.only = TickBox(session, ngettext("Only the {n} selected row", "Only the {n} selected rows", len(self._chosen)))
        self.only.setEnabled(len(self._chosen) > 1)
        self.use = TickBox(session, _("Put it in force: its dates become the targets"))
        self.add(_("Name"), self.name)
        self.add(_("Note"), self.note)
        self.form.addRow(self.only)
        self.form.addRow(self.use)

    def write(self, edit: Edit) -> None:
        ids = self._chosen if self.only.isChecked() else None
        row = baselines.save(edit, self._project, self.name.text(), self.note.text().strip(), ids=ids)
        self.made = row.id
        if self.use.isChecked():
            from milestone_desktop.tracking.baselines import content_of

            label = edit.label
            baselines.put_in_force(edit, row.id, content_of(edit.plan, self._project, ids))
            edit.label = label


class UseBaselineDialog(FormDialog):
    """Lists the targets that a baseline would set, and puts it in force."""

    label = N_("Put baseline in force")

    def __init__(self, session: Session, row: Baseline, content: BaselineContent, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Put “{name}” in force").format(name=row.name), _("Put in force"), parent)
        self.setMinimumWidth(620)
        self._row, self._content = row, content
        self.changes = {change.milestone: change for change in targets_of(session.plan, row, content)}
        count = len(self.changes)
        told = QLabel(
            ngettext("{n} target would be set or changed.", "{n} targets would be set or changed.", count)
            if count
            else _("Every target stands already as this baseline has it.")
        )
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(told)
        self.table = RecordTable(session, _target_columns(session), lambda row_id: self.changes.get(row_id), _("Targets"))
        self.table.setMinimumSize(520, 240)
        self.form.addRow(self.table)
        self.table.show_records(self.changes)
        self.table.setVisible(count > 0)

    def write(self, edit: Edit) -> None:
        baselines.put_in_force(edit, self._row.id, self._content)


def _target_columns(session: Session) -> list[Column]:
    def date(moment: int | None) -> str:
        return "—" if moment is None else instant_text(moment, session.today())

    def days(change: TargetChange) -> str:
        return "" if change.working_days is None else working_days_text(change.working_days)

    return [
        Column("title", _("Milestone"), 220, lambda change: change.title),
        Column("old", _("Target now"), 110, lambda change: date(change.old), order=lambda change: change.old or 0),
        Column("new", _("New target"), 110, lambda change: date(change.new), order=lambda change: change.new),
        Column("days", _("Difference"), 96, days, right=True, order=lambda change: change.working_days or 0),
    ]


class RepairDialog(FormDialog):
    """Corrects the dates that a baseline keeps of one row, or takes up a row that came later."""

    label = N_("Repair row of baseline")

    def __init__(
        self, session: Session, row: Baseline, activity: Activity, kept: BaselineRow | None, parent: QWidget | None = None
    ) -> None:  # fmt: skip
        super().__init__(
            session, _("Repair “{title}” in “{name}”").format(title=activity.title, name=row.name), _("Repair"), parent
        )
        self._row, self._activity = row, activity
        self._kept = kept if kept is not None else baselines.row_now(session.plan, activity.id)
        self.start = DateField(session.today())
        self.end = DateField(session.today())
        for field, moment in ((self.start, self._kept.start), (self.end, self._kept.end)):
            field.show_day(None if moment is None else day_of(moment))
        self.reason = QLineEdit()
        if not isinstance(activity, Milestone):
            self.add(_("Start"), self.start)
        self.add(_("Date") if isinstance(activity, Milestone) else _("End"), self.end)
        self.add(_("Reason"), self.reason)

    def write(self, edit: Edit) -> None:
        plan, row, kept = edit.plan, self._activity, self._kept
        start_day, end_day = self.start.day(), self.end.day()
        end = None if end_day is None else dates.end_instant(plan, row, end_day)
        if kept.end is not None and end_day == day_of(kept.end):
            end = kept.end
        if isinstance(row, Milestone):
            start, duration = None, 0
        else:
            start = None if start_day is None else dates.start_instant(plan, row, start_day)
            if kept.start is not None and start_day == day_of(kept.start):
                start = kept.start
            if start is not None and end is not None and end < start:
                raise PlanError(N_("It cannot end before it starts."), N_("Choose a later end."))
            duration = kept.duration
            if start is not None and end is not None and (start, end) != (kept.start, kept.end):
                duration = WorkTimes(plan).of_activity(row).minutes_between(start, end)
        baselines.repair(edit, self._row.id, row.id, start, end, duration, self.reason.text())
