"""Something went wrong that is not the person's fault."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.words import _


class ErrorReport(Dialog):
    """Says that the plan is safe, and shows the details to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.resize(640, 420)
        self._text = text
        heading = QLabel(_("Something went wrong in the program"))
        heading.setProperty("heading", True)
        told = QLabel(
            _(
                "It is not your fault. Your plan is as it was after the last edit, and you can go on. "
                "The details below help to mend it."
            )
        )
        told.setWordWrap(True)
        details = QPlainTextEdit(text)
        details.setReadOnly(True)
        details.setAccessibleName(_("Details"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("Go on"))
        copy = buttons.addButton(_("Copy details"), QDialogButtonBox.ButtonRole.ActionRole)
        copy.clicked.connect(self.copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        for widget in (heading, told, details, buttons):
            layout.addWidget(widget)

    def copy(self) -> None:
        """Puts the details on the clipboard."""
        QGuiApplication.clipboard().setText(self._text)
