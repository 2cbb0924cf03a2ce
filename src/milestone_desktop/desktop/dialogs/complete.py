"""Reaching a milestone: the actual date, and a reason where something is still open."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.completion import open_points
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

MOST_LINES = 6
LINE_PADDING = 12


class CompleteDialog(FormDialog):
    """Asks for the actual date; the status date stands there first. What is open is listed, and a reason asked for."""

    label = N_("Complete milestone")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        self.points = open_points(session.plan, milestone)
        super().__init__(
            session,
            _("Complete “{title}”").format(title=milestone.title),
            _("Complete all the same") if self.points else " " + _("Complete"),
            parent,
        )
        self._milestone = milestone
        self.day = DateField(session.today())
        self.day.show_day(session.facts.status_day(milestone.project, session.today()))
        self.day.selectAll()
        self.add(_("Reached on"), self.day)
        self.reason = QLineEdit()
        if self.points:
            self._list_points()
        else:
            self.done_button.setIcon(session.icons.icon("party-popper", "accent-text"))

    def write(self, edit: Edit) -> None:
        day = self.day.day()
        if day is None:
            raise PlanError(N_("A completed milestone has an actual date."), N_("Type the day on which it was reached."))
        reason = self.reason.text().strip()
        if self.points and not reason:
            raise PlanError(
                N_("Something is still open, so completing it needs a reason."),
                N_("Type the reason; it is kept with what was open."),
            )
        project = edit.plan[Project, self._milestone.project]
        milestones.complete(edit, self._milestone.id, at(day, project.day_end), override=reason)

    def _list_points(self) -> None:
        """The primary button is the one thing to do next, and completing is not that yet."""
        self.done_button.setProperty("primary", False)
        self.done_button.style().polish(self.done_button)
        told = QLabel(ngettext("{n} point is still open:", "{n} points are still open:", len(self.points)))
        told.setProperty("muted", True)
        self.list = QListWidget()
        self.list.addItems([say(point) for point in self.points])
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self.list.setAccessibleName(told.text())
        line = self.fontMetrics().height() + LINE_PADDING
        self.list.setFixedHeight(line * min(len(self.points), MOST_LINES) + LINE_PADDING)
        self.form.addRow(told)
        self.form.addRow(self.list)
        self.reason.setPlaceholderText(_("Why it counts as reached all the same"))
        self.add(_("Reason"), self.reason)


def complete_text(still_open: int) -> str:
    """What the button that completes a milestone says."""
    return _("Complete… ({count} open)").format(count=number_text(still_open)) if still_open else _("Complete")
