"""A line under the tool row that says what could not be done, or a piece of good news; it never asks to be clicked."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _


class Banner(QWidget):
    """Shows one sentence until it is closed or the next edit works. `name` ("failure" or "notice") gives its colours."""

    def __init__(self, name: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAccessibleName(_("What happened"))
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close this message"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.addWidget(self.label, 1)
        layout.addWidget(self._close)
        session.theme_changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def say(self, text: str) -> None:
        """Shows a sentence; "" hides the line."""
        self.label.setText(text)
        self.setVisible(bool(text))

    def _recolour(self) -> None:
        self._close.setIcon(self.session.icons.icon("x"))
