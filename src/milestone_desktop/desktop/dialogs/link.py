"""A link to keep with an activity."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.linked_files import look_at
from milestone_desktop.document.operations import evidence
from milestone_desktop.domain.messages import N_, PlanError


class LinkDialog(FormDialog):
    """Address and title. Of a file on this computer its SHA-256 is kept, so that a later change of it is found."""

    label = N_("Attach link")

    def __init__(self, session: Session, activity: int, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Attach link"), _("Attach"), parent)
        self._activity = activity
        self.link = QLineEdit()
        self.link.setPlaceholderText("https://")
        self.title = QLineEdit()
        self.file = QPushButton(_("Choose file…"))
        self.file.clicked.connect(self._choose)
        address = QWidget()
        line = QHBoxLayout(address)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.link, 1)
        line.addWidget(self.file)
        self.add(_("Address"), address)
        self.add(_("Title"), self.title)

    def write(self, edit: Edit) -> None:
        if not self.link.text().strip():
            raise PlanError(N_("There is no address yet."), N_("Paste the link to be kept."))
        link = self.link.text()
        evidence.attach_link(edit, self._activity, self.title.text(), link, look_at(link))

    def _choose(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, _("Link to a file"), str(Path.home()))
        if name:
            self.link.setText(name)
            if not self.title.text().strip():
                self.title.setText(Path(name).name)
