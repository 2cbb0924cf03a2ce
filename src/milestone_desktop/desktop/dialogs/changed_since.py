"""Asks from which day on changes are to be shown."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.instants import day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.filters.tree import Condition, Operator, every, tops

A_WEEK = 7


class ChangedSinceDialog(FormDialog):
    """One date; what the filter asked of changes before gives way to it."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Changed since"), _("Show"), parent)
        self.day = DateField(session.today())
        self.day.show_day(session.today() - A_WEEK)
        self.add(_("Since"), self.day)
        self.day.selectAll()

    def accept(self) -> None:
        if self.try_(self._take):
            super(FormDialog, self).accept()

    def _take(self) -> None:
        day = self.day.day()
        if day is None:
            raise PlanError(N_("A date is missing."), N_("Type one such as 4 dec or last mon."))
        shown = self.session.shown
        others = [part for part in tops(shown.node) if not (isinstance(part, Condition) and part.field == "changed")]
        since = Condition("changed", Operator.AT_LEAST, (day_to_iso(day),))
        shown.set_filter(every((*(others if shown.filtering else ()), since)))
