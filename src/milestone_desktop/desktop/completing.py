"""Completing words in a line, also each of several between commas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCompleter, QLineEdit, QListView

LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class Completions(QCompleter):
    """Offers words below a line. Where none of them is taken in hand, the keys that leave the line leave it at once: Qt would
    have them only close the list.

    several: what stands after the last comma is completed.
    """

    def __init__(self, field: QLineEdit, words: Sequence[str], *, several: bool) -> None:
        super().__init__(list(words), field)
        self._field = field
        self._several = several
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        popup = QListView()
        popup.setObjectName("completions")
        self.setPopup(popup)

    def splitPath(self, path: str) -> list[str]:
        return [path.rpartition(",")[2].strip()] if self._several else [path]

    def pathFromIndex(self, index: object) -> str:
        word = super().pathFromIndex(index)  # type: ignore[arg-type]  # Qt's own signature
        before = self._field.text().rpartition(",")[0] if self._several else ""
        return f"{before}, {word}" if before else word

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        popup = self.popup()
        if (
            popup is not None
            and watched is popup
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in LEAVING
            and not popup.currentIndex().isValid()
        ):
            popup.hide()
            QApplication.sendEvent(self._field, event)
            return True
        return super().eventFilter(watched, event)


def complete(field: QLineEdit, words: Sequence[str], *, several: bool = False) -> None:
    """Offers words while one types in a line."""
    field.setCompleter(Completions(field, words, several=several))
