"""The day up to which progress is reported."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import projects
from milestone_desktop.domain.messages import N_, message


class StatusDateDialog(FormDialog):
    """Sets the status date of the project in hand; an empty field means today."""

    label = N_("Change status date")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Status date"), _("Set status date"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._project = project
        self.day = DateField(session.today())
        self.day.show_day(project.status_date if project.status_date is not None else session.today())
        self.day.selectAll()
        told = QLabel(
            _("Late and due are judged at this day. It was {day}.").format(day=long_day_text(project.status_date))
            if project.status_date is not None
            else _("Late and due are judged at this day. Left empty, it is always today.")
        )
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.add(_("Progress is reported up to"), self.day)
        self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        day = self.day.day()
        projects.set_fields(edit, self._project.id, status_date=day)
        edit.label = message(N_("Change status date of “{title}”"), title=self._project.title)
