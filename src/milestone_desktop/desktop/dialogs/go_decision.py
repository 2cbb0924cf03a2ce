"""Recording a go or a no-go."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, DateField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import gate_records
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import GoDecisionValue
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Person, Workspace


class GoDialog(FormDialog):
    """Go or no-go, who decided, when, and why."""

    label = N_("Record go or no-go")

    def __init__(self, session: Session, milestone: Milestone, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Go or no-go for “{title}”").format(title=milestone.title), _("Record"), parent)
        self._milestone = milestone
        self.decision = ChoiceField()
        for value in GoDecisionValue:
            self.decision.addItem(_(value.value), value.value)
        self.by, self.note = QLineEdit(), QLineEdit()
        me = session.plan.get(Person, session.plan[Workspace, 1].me)
        self.by.setText(me.name if me is not None else "")
        self.day = DateField(session.today())
        self.day.show_day(session.today())
        self.add(_("Decision"), self.decision)
        self.add(_("Decided by"), self.by)
        self.add(_("On"), self.day)
        self.add(_("Note"), self.note)

    def write(self, edit: Edit) -> None:
        gate_records.decide(
            edit, self._milestone.id, GoDecisionValue(self.decision.currentData()), self.by.text(), self.note.text(),
            self.day.day(),
        )  # fmt: skip
