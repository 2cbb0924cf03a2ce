"""All settings of a project."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, DateField
from milestone_desktop.desktop.pages.milestones import people_choices
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import projects
from milestone_desktop.domain.enums import ProgressBasis, ProjectStatus
from milestone_desktop.domain.instants import Day, Instant, at, day_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import Calendar, Project


class ProjectDialog(FormDialog):
    """The project in hand."""

    label = N_("Change project")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Project settings"), _("Save"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self.project: Project = project
        self.title = QLineEdit(project.title)
        self.key = QLineEdit(project.key)
        self.status = ChoiceField()
        self.status.offer([(status.value, _(status.value)) for status in ProjectStatus], project.status.value)
        self.lead = ChoiceField()
        self.lead.offer(list(people_choices(session)), project.lead)
        self.category = QLineEdit(project.category)
        self.start = self._day(project.start)
        self.target_end = self._day(project.target_end)
        self.calendar = ChoiceField()
        self.calendar.offer([(row.id, row.name) for row in self._calendars()], project.calendar)
        self.basis = ChoiceField()
        self.basis.offer([(basis.value, _(basis.value)) for basis in ProgressBasis], project.progress_basis.value)
        self.tolerance = QLineEdit(str(project.tolerance))
        self.description = QPlainTextEdit(project.description)
        self.description.setFixedHeight(84)
        self.description.setTabChangesFocus(True)
        for text, field in (
            (_("Title"), self.title), (_("Key"), self.key), (_("Status"), self.status), (_("Lead"), self.lead),
            (_("Category"), self.category), (_("Start"), self.start), (_("Target end"), self.target_end),
            (_("Calendar"), self.calendar), (_("Progress counts by"), self.basis),
            (_("Tolerance, working days"), self.tolerance), (_("Description"), self.description),
        ):  # fmt: skip
            self.add(text, field)
        self.title.selectAll()

    def write(self, edit: Edit) -> None:
        start, end = self.start.day(), self.target_end.day()
        projects.set_fields(
            edit,
            self.project.id,
            title=self.title.text().strip(),
            key=self.key.text(),
            status=ProjectStatus(self.status.currentData()),
            lead=self.lead.currentData(),
            category=self.category.text().strip(),
            start=None if start is None else at(start, self.project.day_start),
            target_end=None if end is None else at(end, self.project.day_end),
            calendar=self.calendar.currentData(),
            progress_basis=ProgressBasis(self.basis.currentData()),
            tolerance=_count(self.tolerance.text()),
            description=self.description.toPlainText(),
        )
        edit.label = message(N_("Change project “{title}”"), title=self.project.title)

    def _calendars(self) -> list[Calendar]:
        plan = self.session.plan
        own = plan.where(Calendar, "project", None) + plan.where(Calendar, "project", self.project.id)
        return sorted(own, key=lambda row: (row.name.casefold(), row.id))

    def _day(self, moment: Instant | None) -> DateField:
        field = DateField(self.session.today())
        day: Day | None = None if moment is None else day_of(moment)
        field.show_day(day)
        return field


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise PlanError(N_("“{text}” is not a number of working days."), N_("Type a whole number such as 5."), text=text)
    return int(text)
