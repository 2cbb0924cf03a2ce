"""Reaching a milestone: the actual date."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.gates import ChecklistEntry
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project


class CompleteDialog(FormDialog):
    """Asks for the actual date; the status date stands there first."""

    label = N_("Complete milestone")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Complete “{title}”").format(title=milestone.title), " " + _("Complete"), parent)
        self._milestone = milestone
        self.done_button.setIcon(session.icons.icon("party-popper", "accent-text"))
        self.day = DateField(session.today())
        self.day.show_day(session.facts.status_day(milestone.project, session.today()))
        self.day.selectAll()
        self.add(_("Reached on"), self.day)
        open_lines = sum(not line.done for line in session.plan.where(ChecklistEntry, "milestone", milestone.id))
        if open_lines:
            told = QLabel(
                ngettext("{n} line of its checklist is still open.", "{n} lines of its checklist are still open.", open_lines)
            )
            told.setProperty("muted", True)
            self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        day = self.day.day()
        if day is None:
            raise PlanError(N_("A completed milestone has an actual date."), N_("Type the day on which it was reached."))
        project = edit.plan[Project, self._milestone.project]
        milestones.complete(edit, self._milestone.id, at(day, project.day_end))
