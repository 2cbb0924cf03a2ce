"""Keeping a project as a template."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.templates import save_as_template
from milestone_desktop.domain.messages import N_


class TemplateDialog(FormDialog):
    """The name of the template. One of the same name is replaced."""

    label = N_("Save project as template")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Save project as template"), _("Save template"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._source = project.id
        self.name = QLineEdit(project.title)
        told = QLabel(_("Activities, links and checklists are kept, with dates as working days after the kickoff."))
        told.setWordWrap(True)
        told.setProperty("muted", True)
        self.add(_("Name"), self.name)
        self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        save_as_template(edit, self._source, self.name.text())
