"""What importing a file again would change in the project that came from it, before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QWidget

from milestone_desktop.desktop import jobs
from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.move_list import MoveList
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.tick_box import TickBox
from milestone_desktop.desktop.words import _, instant_text, ngettext, say
from milestone_desktop.document.differences import Difference, Told
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.trial import Trial, trial_of
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.messages import N_, Message, PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.said import Said, recalled
from milestone_desktop.exchange.update import UpdateResult, bring_up_to_date

NOTES_HEIGHT = 66
LARGE = 1000
"""Up to so many items what is new is worked out before one notices."""


@dataclass(frozen=True, slots=True)
class _Update:
    """An edit that brings a copy of the plan up to date, what it takes from the file, and what it moves."""

    edit: Edit
    result: UpdateResult
    trial: Trial


def _updated(
    make: Callable[[Callable[[Edit], object]], Edit], foreign: ForeignPlan, project: int, said: Said | None, *, delete_gone: bool
) -> _Update:
    """make: tries out an edit. Raises PlanError as the edit would."""
    found: list[UpdateResult] = []
    edit = make(lambda edit: found.append(bring_up_to_date(edit, foreign, project, said, delete_gone=delete_gone)))
    return _Update(edit, found[0], trial_of(edit))


class UpdateImportDialog(FormDialog):
    """Lists what changes and what moves; both come as one edit. as_new: the person wants a new project instead."""

    label = N_("Import again")
    listed = Listed.SHOWN

    def __init__(self, session: Session, foreign: ForeignPlan, known: Sequence[Project], parent: QWidget | None = None) -> None:
        """known: the projects that can be brought up to date from the file, the likeliest first."""
        title = foreign.project.title.strip() or known[0].title
        super().__init__(session, _("Import “{title}” again").format(title=title), _("Bring up to date"), parent)
        self.setMinimumSize(880, 620)
        self.as_new = False
        self._tried: Edit | None = None
        self._job: jobs.Job | None = None
        self._foreign = foreign
        self._found: dict[int, Difference] = {}
        self.project = ChoiceField()
        self.project.offer([(row.id, f"{row.key}  {row.title}") for row in known], known[0].id)
        self.add(_("Project"), self.project)
        told = QLabel(
            _("What is new in the file since it was read last is taken. What was changed here stays where the file is silent.")
        )
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(told)
        self.changes = QLabel()
        self.changes.setProperty("strong", True)
        self.table = RecordTable(session, self._columns(), self._found.get, _("Changes"))
        self.delete_gone = TickBox(session)
        self.moves = MoveList(session)
        self.table.setMinimumHeight(130)
        self.notes = QListWidget()
        self.notes.setWordWrap(True)
        self.notes.setFixedHeight(NOTES_HEIGHT)
        self.notes.setAccessibleName(_("Notes on what was read"))
        for part in (self.changes, self.table, self.delete_gone, self.moves, self.notes):
            self.form.addRow(part)
        new = self.buttons.addButton(_("Import as a new project…"), QDialogButtonBox.ButtonRole.ResetRole)
        new.clicked.connect(self._choose_new)
        self.project.picked.connect(self.preview)
        self.delete_gone.toggled.connect(self.preview)
        self.preview()

    @property
    def project_id(self) -> int:
        return int(self.project.currentData())

    def preview(self) -> None:
        """Lists what would change now. With a large plan that is worked out beside the window."""
        document = self.session.document
        said = recalled(self.session.plan[Project, self.project_id], document.blob)
        self._tried = None
        if self._job is not None:
            self._job.cancel()
            self._job = None
        update = partial(
            _updated, document.trial(), self._foreign, self.project_id, said, delete_gone=self.delete_gone.isChecked()
        )
        if max(self.session.plan.count(WorkItem), len(self._foreign.tasks)) > LARGE:
            self.changes.setText(_("Working out what is new…"))
            self.done_button.setEnabled(False)
            self._job = jobs.run(
                update, parent=self, text=_("Working out what is new"), done=self._show_update, failed=self._show_problem
            )
            self._job.over.connect(self._leave_if_cancelled)
            return
        try:
            self._show_update(update())
        except PlanError as error:
            self._show_problem(error)

    def write(self, edit: Edit) -> None:
        """Takes what is listed; it is not worked out a second time."""
        if self._tried is not None:
            edit.take_over(self._tried)

    def done(self, result: int) -> None:
        """Closes at once; what is still being worked out is thrown away when it comes."""
        if self._job is None:
            super().done(result)
            return
        self._job.cancel()
        self._job.over.connect(self.deleteLater)
        QDialog.done(self, result)

    def _show_update(self, found: _Update) -> None:
        self._job, self._tried = None, found.edit
        self.complain("")
        self._show(found.result, found.trial)

    def _show_problem(self, error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        self._job = None
        self._show(None, None)
        self.tell(error)

    def _leave_if_cancelled(self) -> None:
        """Cancelled while it was worked out: there is nothing to take."""
        if self._job is not None and self._job.cancelled:
            self._job = None
            self.reject()

    def _show(self, found: UpdateResult | None, trial: Trial | None) -> None:
        rows = () if found is None else found.differences
        moves = 0 if trial is None else len(trial.moves)
        self._found.clear()
        self._found.update(enumerate(rows))
        self.table.show_records(self._found)
        self.table.setVisible(bool(rows))
        news = bool(rows) or moves > 0
        self.changes.setText(
            ngettext("{n} change", "{n} changes", len(rows)) if rows
            else _("Only dates are new in the file.") if moves else _("Nothing in the file is new.")
        )  # fmt: skip
        self.moves.setVisible(moves > 0)
        if trial is not None:
            self.moves.show_trial(trial)
        gone = 0 if found is None else found.gone
        text = ngettext("Delete {n} row that the file no longer holds", "Delete {n} rows that the file no longer holds", gone)
        self.delete_gone.setText(text)
        self.delete_gone.setVisible(gone > 0)
        findings = () if found is None else found.findings
        self.notes.clear()
        self.notes.addItems([say(finding) for finding in findings])
        self.notes.setVisible(bool(findings))
        self.done_button.setEnabled(news)

    def _choose_new(self) -> None:
        self.as_new = True
        self.reject()

    def _columns(self) -> tuple[Column, ...]:
        def told(side: Told) -> str:
            if side is None or isinstance(side, str):
                return side or "—"
            return say(side) if isinstance(side, Message) else instant_text(side, self.session.today())

        return (
            Column("title", _("Row"), 220, lambda row: row.title, tip=lambda row: row.title),
            Column("what", _("What"), 170, lambda row: say(row.what), Look.MUTED),
            Column("old", _("Here"), 200, lambda row: told(row.old), Look.MUTED, tip=lambda row: told(row.old)),
            Column("new", _("In the file"), 200, lambda row: told(row.new), tip=lambda row: told(row.new)),
        )
