"""Saying afterwards why a milestone moved."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, day_text, pair_text, working_days_text
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import reasons
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import N_
from milestone_desktop.tracking.waterfall import reasons_of


class ReasonDialog(FormDialog):
    """A reason for one of the moves of a milestone. entry: the one that is offered first, the latest where it is None."""

    label = N_("Give a reason for a move")

    def __init__(self, session: Session, row: Milestone, entry: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Why did it move?"), _("Keep reason"), parent)
        self.setMinimumWidth(580)
        self._row = row
        self.move_ = ChoiceField()
        known = reasons_of(session.plan, row.id)
        moves = [
            (line, receipt) for line, receipt in session.document.receipts(row.id) if receipt.what == "planned" and receipt.old
        ]
        for line, receipt in reversed(moves):
            old, new = pair_text(receipt.old, receipt.new, session.today())
            day = day_text(line.time.toordinal(), session.today())
            told = _("{day}: {old} → {new}, {days}").format(
                day=day, old=old, new=new, days=working_days_text(receipt.working_days)
            )  # fmt: skip
            self.move_.addItem(told, (line.sequence, known.get(line.sequence) or receipt.reason))
            if line.sequence == entry:
                self.move_.setCurrentIndex(self.move_.count() - 1)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("such as: the vendor delivers in March"))
        self.add(_("Move of “{title}”").format(title=row.title), self.move_)
        self.add(_("Reason"), self.reason)
        self.move_.currentIndexChanged.connect(self._show_known)
        self._show_known()
        self.reason.setFocus()

    def _show_known(self) -> None:
        data = self.move_.currentData()
        self.reason.setText(data[1] if data else "")

    def write(self, edit: Edit) -> None:
        data = self.move_.currentData()
        if data:
            reasons.give(edit, self._row.id, data[0], self.reason.text())
