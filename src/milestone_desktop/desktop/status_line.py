"""The status bar: rows and what a filter hides, how many milestones are completed, what is critical, and the file."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import is_computed


class StatusLine:
    """Fills a status bar."""

    def __init__(self, bar: QStatusBar, session: Session) -> None:
        self._session = session
        self.rows, self.done, self.critical, self.file = QLabel(), QLabel(), QLabel(), QLabel()
        self.rows.setAccessibleDescription(_("Rows"))
        self.done.setAccessibleDescription(_("Milestones completed"))
        self.critical.setAccessibleDescription(_("Critical path"))
        self.file.setAccessibleDescription(_("File"))
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.rows)
        bar.addWidget(self.done)
        bar.addWidget(self.critical)
        bar.addPermanentWidget(self.file)

    def tell(self, rows: str) -> None:
        """rows: how many the page shows, in words; "" where it has none."""
        self.rows.setText(rows)
        self.rows.setVisible(bool(rows))
        plan, project = self._session.plan, self._session.project_id
        shown = [row.id for row in self._session.facts.projects()] if project is None else [project]
        milestones = [row for row_id in shown for row in plan.where(Milestone, "project", row_id)]
        done = sum(row.status is MilestoneStatus.COMPLETED for row in milestones)
        told = ngettext("{n} milestone", "{n} milestones", len(milestones))
        text = _("{milestones}, {done} completed").format(milestones=told, done=number_text(done))
        self.done.setText(text if milestones else "")
        self.done.setVisible(bool(milestones))
        self._tell_critical()

    def _tell_critical(self) -> None:
        """How long the critical path of a computed project is, in activities; parents stand for others and do not count."""
        session, project = self._session, self._session.project
        count = 0
        if project is not None and is_computed(project):
            rows = (session.plan.activity(row_id) for row_id in session.critical())
            count = sum(row.project == project.id and not is_parent(session.plan, row.id) for row in rows if row is not None)
        self.critical.setText(ngettext("Critical: {n} activity", "Critical: {n} activities", count) if count else "")
        self.critical.setVisible(count > 0)
