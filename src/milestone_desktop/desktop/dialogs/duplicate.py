"""A copy of a project that begins on another day."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.dialogs.new_project import next_monday
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import projects
from milestone_desktop.domain.messages import N_, PlanError


class DuplicateDialog(FormDialog):
    """Title and kickoff of the copy. made: the id of the new project."""

    label = N_("Duplicate project")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Duplicate project"), _("Duplicate"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self.made: int | None = None
        self._source = project.id
        self.title = QLineEdit(_("{title} (copy)").format(title=project.title))
        self.kickoff = DateField(session.today())
        self.kickoff.show_day(next_monday(session.today()))
        self.add(_("Title"), self.title)
        self.add(_("New kickoff"), self.kickoff)

    def write(self, edit: Edit) -> None:
        day = self.kickoff.day()
        if day is None:
            raise PlanError(N_("The copy needs a kickoff day."), N_("Its dates keep their distance from it in working days."))
        self.made = projects.duplicate(edit, self._source, day, title=self.title.text().strip() or None).id
