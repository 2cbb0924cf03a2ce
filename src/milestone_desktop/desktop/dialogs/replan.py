"""Replanning: what has not begun moves by some working days, with a reason. What would move is listed while one types."""

from __future__ import annotations

import re

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QWidget

from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.move_list import MoveList
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _, ngettext, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import replan
from milestone_desktop.document.operations.replan import Reach
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.messages import N_, PlanError

PAUSE_MS = 250
_DAYS = re.compile(r"\s*([+\-−]?)\s*(\d{1,4})\s*(?:d|wd|days?|w|weeks?)?\s*", re.IGNORECASE)
DAYS_OF_WEEK = 5


class ReplanDialog(FormDialog):
    """What, by how many working days, why; and the moves that it makes."""

    label = N_("Replan")

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, _("Replan"), _("Replan"), parent)
        self.setMinimumSize(760, 520)
        project = session.project
        if project is None:
            raise ValueError("no project is shown")
        self._project, self._ids = project, session.selection
        self._seen: tuple[object, ...] | None = None
        self.reach = ChoiceField()
        chosen = ngettext("{n} selected row that has not begun", "{n} selected rows that have not begun", len(self._ids))
        selection: list[tuple[object, str]] = [(Reach.SELECTION.value, chosen)] if self._ids else []
        words: list[tuple[object, str]] = [
            (Reach.NOT_STARTED.value, _("everything that has not begun")),
            (Reach.PROJECT.value, _("the whole project, with its start")),
        ]
        self.reach.offer([*selection, *words], Reach.SELECTION.value if self._ids else Reach.NOT_STARTED.value)
        self.days = QLineEdit("+5")
        self.days.setToolTip(_("Working days: +5 is later, -3 is earlier, +2w two weeks"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("stands in the history and with each move"))
        for text, field in ((_("Move"), self.reach), (_("By working days"), self.days), (_("Reason"), self.reason)):
            self.add(text, field)
        self.moves = MoveList(session)
        self.moves.setMinimumHeight(260)
        self.form.addRow(self.moves)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.preview)
        self.days.textEdited.connect(lambda: self._timer.start(PAUSE_MS))
        self.reach.picked.connect(self.preview)
        self.days.selectAll()
        self.days.setFocus()
        self.preview()

    def preview(self) -> None:
        """Lists what would move now."""
        self._timer.stop()
        self._seen = None
        try:
            asked = self._asked()
            trial = try_out(self.session.document, self._shift)
        except PlanError as error:
            self.moves.say("")
            self.complain(say_error(error))
            return
        self.complain("")
        self.moves.show_trial(trial)
        self._seen = asked

    def write(self, edit: Edit) -> None:
        self._shift(edit)

    def done(self, result: int) -> None:
        self._timer.stop()
        super().done(result)

    def accept(self) -> None:
        try:
            self.listed = Listed.SHOWN if self._seen == self._asked() else Listed.ALL
        except PlanError as error:
            self.complain(say_error(error))
            return
        super().accept()

    def _shift(self, edit: Edit) -> None:
        reach, days = self._asked()
        replan.shift(edit, self._project.id, days, reach=reach, ids=self._ids, reason=self.reason.text())

    def _asked(self) -> tuple[Reach, int]:
        return Reach(self.reach.currentData()), read_days(self.days.text())


def read_days(text: str) -> int:
    """`+5`, `-3 d`, `2w` as signed working days. Raises PlanError."""
    found = _DAYS.fullmatch(text)
    if found is None:
        raise PlanError(
            N_("“{text}” is not a number of working days."), N_("Type one such as +5 or -3."), text=text.strip()
        )  # fmt: skip
    weeks = text.strip().casefold().rstrip("s").endswith(("w", "week"))
    days = int(found[2]) * (DAYS_OF_WEEK if weeks and not text.strip().casefold().endswith("wd") else 1)
    return -days if found[1] in ("-", "−") else days
