"""The box in which a filter is typed: says what it does not understand and suggests what could come next."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say, say_error
from milestone_desktop.filters.suggesting import Suggestion, suggestions

LINE = 26
LIST_WIDTH = 300
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class FilterBox(QLineEdit):
    """typed: another text was typed (or cleared away); left: Enter or Esc was pressed, the person goes on elsewhere; entered:
    the keyboard came (True) or went.

    On pages without a filter it looks for words and suggests nothing.
    """

    typed = Signal(str)
    left = Signal()
    entered = Signal(bool)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._filtering = True
        self._key = ""
        self._telling = False
        self._offered: list[Suggestion] = []
        self.list = QListWidget(self)
        self.list.setObjectName("suggestions")
        self.list.setAccessibleName(_("Suggestions"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.clicked.connect(self._take)
        self.list.hide()
        self.setProperty("search", True)
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._on_text)
        self.textEdited.connect(self._suggest)
        session.shown.filter_changed.connect(self.follow)
        session.project_changed.connect(self.follow)

    def set_filtering(self, filtering: bool, key: str, *, roomy: bool) -> None:
        """Whether the page has a filter (True) or is searched for words; key: what brings the keyboard here, said in the box
        where there is room (roomy)."""
        self._filtering = filtering
        self._key = key
        words = _("Filter… {key}") if filtering else _("Search… {key}")
        self.setPlaceholderText(words.format(key=key if roomy else "").strip())
        self.setAccessibleName(_("Filter") if filtering else _("Search"))
        self.follow()

    def follow(self) -> None:
        """Shows the filter as it stands; what is being typed stays."""
        shown = self._session.shown
        if self._filtering and self.text() != shown.text:
            self._telling = True
            self.setText(shown.text)
            self._telling = False
            if not self.hasFocus():
                self.setCursorPosition(0)
        problem = say_error(shown.problem) if self._filtering and shown.problem is not None else ""
        example = _("Filter, such as status:open due<30d tag:client ({key})").format(key=self._key)
        self.setToolTip(problem or (example if self._filtering else ""))
        self.setAccessibleDescription(problem)
        if self.property("invalid") != bool(problem):
            self.setProperty("invalid", bool(problem))
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, offering = event.key(), self.list.isVisible()
        if offering and key in _TAKES and self.list.currentRow() >= 0:
            self._take(self.list.currentIndex())
        elif offering and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count() if self.list.currentRow() >= 0 else 0)
            self.setAccessibleDescription(self.list.currentItem().text())
        elif offering and key == Qt.Key.Key_Escape:
            self.list.hide()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self.list.hide()
            self.left.emit()
        elif key == Qt.Key.Key_Down:
            self._suggest()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next_: bool) -> bool:
        """Tab takes the chosen suggestion, or the first one; where nothing is suggested it goes on as everywhere."""
        if next_ and self.list.isVisible() and self._offered:
            self._take(self.list.model().index(max(0, self.list.currentRow()), 0))
            return True
        return super().focusNextPrevChild(next_)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.list.hide()
        self.setCursorPosition(0)
        super().focusOutEvent(event)
        self.entered.emit(False)

    def _on_text(self, text: str) -> None:
        if not self._telling:
            self.typed.emit(text)

    def _suggest(self) -> None:
        if not self._filtering:
            return
        self._offered = suggestions(self.text(), self.cursorPosition(), self._session.plan)
        told = [(one.text, one.told if isinstance(one.told, str) else say(one.told)) for one in self._offered]
        self.list.clear()
        self.list.addItems([text if text.strip('":') == words else f"{text}   {words}" for text, words in told])
        self.list.setVisible(bool(self._offered))
        self._place_list()

    def _place_list(self) -> None:
        """Under the box, over whatever stands there: a part of the window, so that the box keeps the keyboard."""
        if not self._offered:
            return
        window = self.window()
        if self.list.parent() is not window:
            self.list.setParent(window)
            self.list.show()
        width = max(self.width(), LIST_WIDTH)
        corner = self.mapTo(window, QPoint(self.width() - width, self.height() + 2))
        self.list.setGeometry(max(4, corner.x()), corner.y(), width, min(LINE * self.list.count() + 10, 12 * LINE))
        self.list.raise_()

    def _take(self, index: QModelIndex) -> None:
        """Puts a suggestion in place of the word at the cursor."""
        one = self._offered[index.row()]
        text = self.text()
        self.list.hide()
        self.setText(text[: one.start] + one.text + text[one.end :])
        self.setCursorPosition(one.start + len(one.text))
        if one.text.endswith(":"):
            self._suggest()
