"""A link to keep with an activity."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import evidence
from milestone_desktop.domain.messages import N_, PlanError


class LinkDialog(FormDialog):
    """Address and title."""

    label = N_("Attach link")

    def __init__(self, session: Session, activity: int, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Attach link"), _("Attach"), parent)
        self._activity = activity
        self.link = QLineEdit()
        self.link.setPlaceholderText("https://")
        self.title = QLineEdit()
        self.add(_("Address"), self.link)
        self.add(_("Title"), self.title)

    def write(self, edit: Edit) -> None:
        if not self.link.text().strip():
            raise PlanError(N_("There is no address yet."), N_("Paste the link to be kept."))
        evidence.attach_link(edit, self._activity, self.title.text(), self.link.text())
