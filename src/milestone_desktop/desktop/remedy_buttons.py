"""What would help against a refusal, as buttons below the place where it is told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import say
from milestone_desktop.document.operations.conflicts import Remedy


class RemedyButtons(QWidget):
    """Hidden while nothing is offered. applied: a remedy has been taken and has worked."""

    applied = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 2, 0, 4)
        self._layout.setSpacing(4)
        self.hide()

    def offer(self, remedies: Iterable[Remedy]) -> None:
        """Shows a button for each remedy."""
        for button in self.buttons:
            self._layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(remedy) for remedy in remedies]
        self.setVisible(bool(self.buttons))

    def _button(self, remedy: Remedy) -> QPushButton:
        text = say(remedy.label)
        button = QPushButton(text.replace("&", "&&"))
        button.setAutoDefault(True)
        button.setAccessibleName(text)
        button.setToolTip(text)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.clicked.connect(partial(self._apply, remedy))
        self._layout.addWidget(button)
        return button

    def _apply(self, remedy: Remedy) -> None:
        if self._session.apply(remedy):
            self.offer(())
            self.applied.emit()
