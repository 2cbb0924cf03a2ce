"""Dropping a milestone that is no longer wanted."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import N_


class DropDialog(FormDialog):
    """Asks why; it stays in reports, history and trend with that reason."""

    label = N_("Drop milestone")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Drop “{title}”").format(title=milestone.title), _("Drop"), parent)
        self._milestone = milestone
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why it is no longer wanted"))
        self.add(_("Reason"), self.reason)
        told = QLabel(_("It counts no longer for progress and health, and stays in reports and history."))
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        milestones.drop(edit, self._milestone.id, self.reason.text())
