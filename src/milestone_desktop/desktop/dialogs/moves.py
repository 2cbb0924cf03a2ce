"""What would move is listed, and taken or left: one dialog for every edit that moves dates which the person does not touch."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.move_list import MoveList
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.trial import Trial
from milestone_desktop.domain.messages import Message

WIDTH, HEIGHT = 860, 480


class MovesDialog(Dialog):
    """Lists a trial. Accepted, the moves are taken; rejected, everything stays as it is.

    told: a sentence above the list, why it is shown; taken: the word on the button, None where there is only to look.
    """

    def __init__(
        self, session: Session, trial: Trial, *, told: str = "", taken: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        title = _("These dates would move")
        self.setWindowTitle(title)
        self.resize(WIDTH, HEIGHT)
        heading = QLabel(title)
        heading.setProperty("heading", True)
        self.list = MoveList(session)
        self.list.show_trial(trial)
        button = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(button.Ok | button.Cancel if taken is not None else button.Close)
        if taken is not None:
            self.done_button = self.buttons.button(button.Ok)
            self.done_button.setText(taken)
            self.done_button.setProperty("primary", True)
            self.buttons.button(button.Cancel).setText(_("Cancel"))
        else:
            self.buttons.button(button.Close).setText(_("Close"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(10)
        layout.addWidget(heading)
        if told:
            line = QLabel(told)
            line.setProperty("muted", True)
            line.setWordWrap(True)
            layout.addWidget(line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.buttons)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.list.table.setFocus()


def list_moves(session: Session, trial: Trial, parent: QWidget | None, told: str = "") -> bool:
    """Lists what would move; whether the person takes it."""
    return bool(MovesDialog(session, trial, told=told, taken=_("Apply"), parent=parent).exec())


def confirm_moves(
    session: Session, label: str | Message, function: Callable[[Edit], object], initiator: object | None = None
) -> bool:
    """Makes an edit that lets the scheduler move dates, a calendar's for instance: tries it, lists what would move, and applies
    it as one edit where the person takes it. Nothing is listed where nothing would move. `function` may be run twice.

    False where the person leaves everything as it is, or where the edit is refused, which is then shown in the window.
    """
    return session.attempt(label, function, initiator, listed=Listed.ALL)
