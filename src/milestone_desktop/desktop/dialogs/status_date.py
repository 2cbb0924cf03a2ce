"""The day up to which progress is reported, and what moves because of it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.move_list import MoveList
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.tick_box import TickBox
from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import projects
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import is_computed

PAUSE_MS = 250


class StatusDateDialog(FormDialog):
    """Sets the status date of the project in hand; an empty field means today. In a computed project, work that is not done
    may be moved on to it: what would move is listed while the day is typed."""

    label = N_("Change status date")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Status date"), _("Set status date"), parent)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._project = project
        self._seen: tuple[Day | None, bool] | None = None
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
        self.remaining = TickBox(session, _("Move work that is not done on to the status date"))
        self.remaining.setChecked(project.move_remaining)
        self.moves = MoveList(session)
        self.add(_("Progress is reported up to"), self.day)
        self.form.addRow(told)
        self.form.addRow(self.remaining)
        self.form.addRow(self.moves)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.preview)
        self.day.textEdited.connect(lambda: self._timer.start(PAUSE_MS))
        self.remaining.toggled.connect(self.preview)
        computed = is_computed(project)
        self.remaining.setVisible(computed)
        if computed:
            self.setMinimumSize(860, 520)
            self.moves.setMinimumHeight(270)
            self.preview()
        else:
            self.moves.say(_("The dates of this project are recorded: none of them moves."))

    def preview(self) -> None:
        """Lists what would move now."""
        self._timer.stop()
        self._seen = None
        try:
            asked = self._asked()
            trial = try_out(self.session.document, self.write)
        except PlanError as error:
            self.moves.say("")
            self.tell(error)
            return
        self.complain("")
        self.moves.show_trial(trial)
        self._seen = asked

    def write(self, edit: Edit) -> None:
        day, remaining = self._asked()
        projects.set_fields(edit, self._project.id, status_date=day, move_remaining=remaining)
        edit.label = message(N_("Change status date of “{title}”"), title=self._project.title)

    def accept(self) -> None:
        """What stands in the list is taken as it is seen; what was typed since then is listed first."""
        self._timer.stop()
        try:
            self.listed = Listed.SHOWN if self._seen == self._asked() else Listed.ALL
        except PlanError as error:
            self.tell(error)
            return
        super().accept()

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    def _asked(self) -> tuple[Day | None, bool]:
        return self.day.day(), self.remaining.isChecked()
