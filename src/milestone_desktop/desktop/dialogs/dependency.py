"""Type and lag of one dependency."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.inspector.linked import link_types
from milestone_desktop.desktop.lags import lag_text, read_lag
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dependencies
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project


class DependencyDialog(FormDialog):
    """One edit for both fields."""

    label = N_("Change dependency")

    def __init__(self, session: Session, dependency: int, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Dependency"), _("Change"), parent)
        self._dependency = dependency
        link = session.plan[Dependency, dependency]
        after = existing(session.plan, link.successor)
        self._project = session.plan[Project, after.project]
        self.type = ChoiceField()
        for value, text in link_types():
            self.type.addItem(text, value)
        self.type.setCurrentIndex(self.type.findData(link.type.value))
        self.lag = QLineEdit(lag_text(link, self._project))
        self.lag.setPlaceholderText(_("+2d, -4h, +3ed (elapsed), 50%"))
        self.add(_("Type"), self.type)
        self.add(_("Lag"), self.lag)

    def write(self, edit: Edit) -> None:
        lag, unit = read_lag(self.lag.text(), self._project)
        dependencies.change(edit, self._dependency, type=LinkType(self.type.currentData()), lag=lag, lag_unit=unit)
