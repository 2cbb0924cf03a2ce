"""A pin: the date that an activity is not to be before."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_, PlanError


class PinDialog(FormDialog):
    """Pins an activity of a computed project. A date before its drivers is refused, naming them, and fixing it is offered."""

    label = N_("Pin")

    def __init__(self, session: Session, row: Activity, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Pin “{title}”").format(title=row.title), _("Pin"), parent)
        self._row = row
        self._point = isinstance(row, Milestone)
        self.day = DateField(session.today())
        moment = row.end if self._point else row.start
        self.day.show_day(None if moment is None else day_of(moment))
        self.day.selectAll()
        self.add(_("Not before") if self._point else _("Not to start before"), self.day)
        told = QLabel(_("The scheduler keeps it from being earlier; what it waits for can still make it later."))
        told.setProperty("muted", True)
        told.setWordWrap(True)
        self.form.addRow(told)

    def write(self, edit: Edit) -> None:
        day = self.day.day()
        if day is None:
            raise PlanError(N_("A pin has a date."), N_("Type the day, or release the activity instead."))
        row = existing(edit.plan, self._row.id)
        moment = dates.end_instant(edit.plan, row, day) if self._point else dates.start_instant(edit.plan, row, day)
        dates.pin_there(edit, row, moment)
