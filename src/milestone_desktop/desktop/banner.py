"""A line under the tool row that says what could not be done, or a piece of news, and offers what can be done about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.spoken import say_aloud
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
        self.label.setAccessibleDescription(_("What happened"))
        self.buttons: list[QPushButton] = []
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close this message"))
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 6, 6)
        layout.setSpacing(8)
        layout.addWidget(self.label, 1)
        layout.addWidget(self._close)
        session.theme_changed.connect(self._recolour)
        self._recolour()
        self.hide()

    def say(self, text: str) -> None:
        """Shows a sentence with nothing to be done about it; "" hides the line."""
        self.offer(())
        self.label.setText(text)
        self.setVisible(bool(text))
        say_aloud(self, text, urgent=self.objectName() == "failure")

    def offer(self, ways: Iterable[tuple[str, Callable[[], object]]]) -> None:
        """Puts buttons beside the sentence: what each says and what it does. They go with the next sentence."""
        layout = self.layout()
        for button in self.buttons:
            if layout is not None:
                layout.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(text, function) for text, function in ways]

    def press_first(self) -> None:
        """Does what the first button offers."""
        if self.isVisible() and self.buttons:
            self.buttons[0].click()

    def _button(self, text: str, function: Callable[[], object]) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"))
        button.setAutoDefault(True)
        button.clicked.connect(lambda: function())
        layout = self.layout()
        if isinstance(layout, QHBoxLayout):
            layout.insertWidget(layout.count() - 1, button)
        return button

    def _recolour(self) -> None:
        self._close.setIcon(self.session.icons.icon("x"))
