"""The box in which a filter is typed: says what it does not understand and suggests what could come next."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say, say_error
from milestone_desktop.filters.suggesting import Suggestion, suggestions


class FilterBox(QLineEdit):
    """typed: another text was typed (or cleared away); left: Enter or Esc was pressed, the person goes on elsewhere.

    On pages without a filter it looks for words and suggests nothing.
    """

    typed = Signal(str)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filtering = True
        self._telling = False
        self._offered: list[Suggestion] = []
        self._list = QStringListModel(self)
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        self._completer = QCompleter(self._list, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._popup = QListView()
        self._popup.setAccessibleName(_("Suggestions"))
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._take)
        self.textChanged.connect(self._on_text)
        self.textEdited.connect(self._suggest)
        session.shown.filter_changed.connect(self.follow)
        session.project_changed.connect(self.follow)

    def set_filtering(self, filtering: bool, key: str) -> None:
        """Whether the page has a filter (True) or is searched for words; key: what brings the keyboard here."""
        self._filtering = filtering
        self.setPlaceholderText((_("Filter… {key}") if filtering else _("Search… {key}")).format(key=key).strip())
        self.setAccessibleName(_("Filter") if filtering else _("Search"))
        self.follow()

    def follow(self) -> None:
        """Shows the filter as it stands; what is being typed stays."""
        shown = self._session.shown
        if self._filtering and self.text() != shown.text:
            self._telling = True
            self.setText(shown.text)
            self._telling = False
        problem = say_error(shown.problem) if self._filtering and shown.problem is not None else ""
        self.setToolTip(problem or (_("status:open due<30d tag:client") if self._filtering else ""))
        self.setAccessibleDescription(problem)
        if self.property("invalid") != bool(problem):
            self.setProperty("invalid", bool(problem))
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup, key = self._popup, event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            popup.hide()
            self.left.emit()
        elif key == Qt.Key.Key_Down and not popup.isVisible():
            self._suggest()
        else:
            super().keyPressEvent(event)

    def _on_text(self, text: str) -> None:
        if not self._telling:
            self.typed.emit(text)

    def _suggest(self) -> None:
        if not self._filtering:
            return
        self._offered = suggestions(self.text(), self.cursorPosition(), self._session.plan)
        told = [(one.text, one.told if isinstance(one.told, str) else say(one.told)) for one in self._offered]
        self._list.setStringList([text if text.strip('":') == words else f"{text}   {words}" for text, words in told])
        if self._offered:
            self._completer.complete()
        else:
            self._popup.hide()

    def _take(self, line: str) -> None:
        """Puts a suggestion in place of the word at the cursor."""
        lines = self._list.stringList()
        if line not in lines:
            return
        one = self._offered[lines.index(line)]
        text = self.text()
        self.setText(text[: one.start] + one.text + text[one.end :])
        self.setCursorPosition(one.start + len(one.text))
        if one.text.endswith(":"):
            self._suggest()
