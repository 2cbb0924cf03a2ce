"""The head of a page: the project's title, its health, status date and target, and the tabs."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from milestone_desktop.desktop.elided import ElidedLabel
from milestone_desktop.desktop.portfolio.lanes import counts
from milestone_desktop.desktop.problems import problems
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.words import _, day_text, instant_text, long_day_text, ngettext, say
from milestone_desktop.domain.enums import Health, ProjectStatus
from milestone_desktop.domain.projects import Project, is_computed
from milestone_desktop.domain.scenarios import is_scenario

OLD_STATUS_DATE = 7
"""Days after which the status date is said to be old."""


class Header(QWidget):
    """Title and pills. status_date_wanted, mode_wanted, conflicts_wanted, project_wanted: the person wants to change them."""

    status_date_wanted = Signal()
    mode_wanted = Signal()
    conflicts_wanted = Signal()
    project_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.title = ElidedLabel()
        self.title.setObjectName("title")
        self.title.setAccessibleDescription(_("Project"))
        self.title.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.health = self._pill(_("Health of the project"), self.project_wanted)
        self.status_date = self._pill(_("Status date"), self.status_date_wanted)
        self.conflicts = self._pill(_("Conflicts"), self.conflicts_wanted)
        self.conflicts.setProperty("health", Health.LATE.value)
        self._counted: tuple[object, int | None] | None = None
        self.mode = self._pill(_("Schedule mode"), self.mode_wanted)
        self.target = self._pill(_("Target"), self.project_wanted)
        self.state = self._pill(_("Status of the project"), self.project_wanted)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 10, 18, 4)
        layout.setSpacing(8)
        for widget in (self.title, self.health, self.state, self.conflicts, self.mode, self.status_date, self.target):
            layout.addWidget(widget)
        self._pills: list[QLabel] = []
        self.counts = QHBoxLayout()
        self.counts.setSpacing(8)
        layout.addLayout(self.counts)
        layout.addStretch(1)
        self._wanted: list[QWidget] = []
        session.projects_touched.connect(self._on_projects)
        session.project_changed.connect(self.refresh)
        session.changed.connect(self._show_conflicts)
        self.refresh()

    def refresh(self) -> None:
        """Shows title and pills of the project in hand."""
        self._show_all()
        self._wanted = [pill for pill in self._giving_way() if not pill.isHidden()]
        self.fit()

    def fit(self) -> None:
        """Where there is no room for all pills, those give way that tell what the settings or the page tell, too."""
        layout = self.layout()
        if layout is None:
            return
        for pill in self._wanted:
            pill.show()
        for pill in self._wanted:
            layout.activate()
            if layout.minimumSize().width() <= self.width():
                return
            pill.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def _giving_way(self) -> list[QWidget]:
        """The pills that go first where there is little room, in this order."""
        return [self.target, self.mode, self.status_date, *reversed(self._pills)]

    def _show_all(self) -> None:
        project = self.session.project
        self._show_conflicts()
        for pill in (self.health, self.mode, self.status_date, self.target, self.state):
            pill.setVisible(project is not None)
        self._show_counts()
        if project is None:
            self.title.setText(_("Portfolio"))
            self._show_trial(False)
            return
        self.title.setText(project.title)
        self._show_trial(is_scenario(project))
        assessment = self.session.facts.project_assessment(project)
        self.health.setText(health_text(assessment.health))
        self.health.setVisible(assessment.health is not Health.NONE)
        self.health.setToolTip("\n".join(say(reason) for reason in assessment.reasons))
        if self.health.property("health") != assessment.health.value:
            self.health.setProperty("health", assessment.health.value)
            self.health.style().polish(self.health)
        self.state.setText(project.status.value)
        self.state.setVisible(project.status is not ProjectStatus.ACTIVE)
        self._show_mode(project)
        self.status_date.setText(self._status_date_text())
        self.target.setText(self._target_text())
        self.target.setVisible(bool(self.target.text()))

    def _show_trial(self, trial: bool) -> None:
        """A scenario has another tone."""
        if self.property("trial") is not trial:
            self.setProperty("trial", trial)
            for widget in (self, self.title):
                widget.style().polish(widget)

    def _show_conflicts(self) -> None:
        """How many links are broken; counted anew only where the schedule is another one."""
        schedule = self.session.document.schedule() if self.session.project is not None else None
        counted = (schedule, self.session.project_id)
        if self._counted is not None and self._counted[0] is schedule and self._counted[1] == counted[1]:
            return
        self._counted = counted
        count = 0 if schedule is None else len(problems(self.session))
        self.conflicts.setText(_("! {conflicts}").format(conflicts=ngettext("{n} conflict", "{n} conflicts", count)))
        self.conflicts.setVisible(count > 0)
        self.fit()

    def _show_mode(self, project: Project) -> None:
        computed = is_computed(project)
        self.mode.setText(_("Computed") if computed else _("Recorded"))
        self.mode.setToolTip(
            _("The scheduler places the dates. Click to record them as they stand.")
            if computed
            else _("The dates stay as recorded. Click to let the scheduler compute them; what would move is listed first.")
        )
        self.mode.setVisible(project.status is not ProjectStatus.ARCHIVED)

    def _show_counts(self) -> None:
        """The figures of the portfolio; none beside a project."""
        shown = counts(self.session) if self.session.project_id is None else []
        while len(self._pills) > len(shown):
            gone = self._pills.pop()
            gone.hide()
            gone.deleteLater()
        while len(self._pills) < len(shown):
            self._pills.append(QLabel())
            self._pills[-1].setProperty("pill", True)
            self.counts.addWidget(self._pills[-1])
        for pill, count in zip(self._pills, shown, strict=True):
            pill.setText(count.text)
            pill.setProperty("health", count.health.value)
            pill.style().polish(pill)

    def _on_projects(self, touched: frozenset[int]) -> None:
        if self.session.project_id in touched or self.session.project_id is None:
            self.refresh()

    def _status_date_text(self) -> str:
        project = self.session.project
        today = self.session.today()
        if project is None or project.status_date is None:
            return _("Status date: today, {day}").format(day=day_text(today, today))
        text = _("Status date {day}").format(day=long_day_text(project.status_date))
        if today - project.status_date > OLD_STATUS_DATE:
            return _("{text}, {days} days old").format(text=text, days=today - project.status_date)
        return text

    def _target_text(self) -> str:
        project = self.session.project
        if project is None:
            return ""
        baseline = self.session.facts.baseline_in_force(project.id)
        if baseline is not None:
            day = instant_text(baseline.created, self.session.today())
            return _("Target: {baseline} · {day}").format(baseline=baseline.name, day=day)
        if project.target_end is not None:
            return _("Target end {day}").format(day=instant_text(project.target_end, self.session.today()))
        return ""

    def _pill(self, name: str, wanted: object) -> QPushButton:
        pill = QPushButton()
        pill.setProperty("pill", True)
        pill.setAccessibleDescription(name)
        pill.clicked.connect(wanted)
        return pill
