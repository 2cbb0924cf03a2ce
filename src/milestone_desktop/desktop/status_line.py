"""The status bar: rows and what a filter hides, how many milestones are completed, and the file."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QStatusBar

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneStatus


class StatusLine:
    """Fills a status bar."""

    def __init__(self, bar: QStatusBar, session: Session) -> None:
        self._session = session
        self.rows, self.done, self.file = QLabel(), QLabel(), QLabel()
        self.rows.setAccessibleName(_("Rows"))
        self.done.setAccessibleName(_("Milestones completed"))
        self.file.setAccessibleName(_("File"))
        bar.setSizeGripEnabled(False)
        bar.addWidget(self.rows)
        bar.addWidget(self.done)
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
