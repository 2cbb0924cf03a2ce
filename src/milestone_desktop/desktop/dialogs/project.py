"""All settings of a project."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, DateField
from milestone_desktop.desktop.pages.milestones import people_choices
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import modes, projects
from milestone_desktop.domain.durations import format_duration, parse_duration
from milestone_desktop.domain.enums import ProgressBasis, ProjectStatus, ScheduleMode
from milestone_desktop.domain.instants import Day, Instant, at, day_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import Calendar, Project


class ProjectDialog(FormDialog):
    """The project in hand. What the scheduler would move is listed first."""

    label = N_("Change project")
    listed = Listed.ALL

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
        self.mode = ChoiceField()
        self.mode.offer(mode_choices(), project.mode.value)
        self.slack_limit = QLineEdit(format_duration(project.slack_limit, "d", project))
        self.slack_threshold = QLineEdit(str(project.slack_threshold))
        self.basis = ChoiceField()
        self.basis.offer([(basis.value, _(basis.value)) for basis in ProgressBasis], project.progress_basis.value)
        self.tolerance = QLineEdit(str(project.tolerance))
        self.description = QPlainTextEdit(project.description)
        self.description.setFixedHeight(84)
        self.description.setTabChangesFocus(True)
        for text, field in (
            (_("Title"), self.title), (_("Key"), self.key), (_("Status"), self.status), (_("Lead"), self.lead),
            (_("Category"), self.category), (_("Start"), self.start), (_("Target end"), self.target_end),
            (_("Calendar"), self.calendar), (_("Dates are"), self.mode), (_("Critical up to a slack of"), self.slack_limit),
            (_("Least slack to a deadline, working days"), self.slack_threshold), (_("Progress counts by"), self.basis),
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
            slack_limit=parse_duration(self.slack_limit.text(), self.project).minutes,
            slack_threshold=_count(self.slack_threshold.text()),
            progress_basis=ProgressBasis(self.basis.currentData()),
            tolerance=_count(self.tolerance.text()),
            description=self.description.toPlainText(),
        )
        mode = ScheduleMode(self.mode.currentData())
        if mode is not self.project.mode:
            modes.set_mode(edit, self.project.id, mode)
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


def mode_choices() -> list[tuple[object, str]]:
    """Who places the dates of a project."""
    return [
        (ScheduleMode.COMPUTED.value, _("computed by the scheduler")),
        (ScheduleMode.RECORDED.value, _("recorded as they are given")),
    ]


def _count(text: str) -> int:
    if not text.strip().isdecimal():
        raise PlanError(N_("“{text}” is not a number of working days."), N_("Type a whole number such as 5."), text=text)
    return int(text)
