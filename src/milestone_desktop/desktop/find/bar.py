"""The find bar above the page: words to search for, how many things say them, where this one says it, next and previous."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QSizePolicy, QToolButton, QWidget

from milestone_desktop.desktop.fields import ChoiceField
from milestone_desktop.desktop.find.finder import Finder
from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.words import _, ngettext, number_text
from milestone_desktop.domain.activities import Milestone, WorkItem

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

FIELD_WIDTH = 240


class FindBar(QWidget):
    """Hidden until Ctrl+F. Enter and F3 go to the next match, with Shift to the one before; Esc closes it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self.finder = Finder(window.session, self)
        self._said = ""
        self.setObjectName("find")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in titles, notes, criteria, people…"))
        self.field.setAccessibleName(_("Find"))
        self.field.setMinimumWidth(140)
        self.field.setMaximumWidth(FIELD_WIDTH)
        self.field.setClearButtonEnabled(True)
        self.scope = ChoiceField()
        self.scope.setAccessibleName(_("Where to search"))
        self.scope.addItem(_("This project"), False)
        self.scope.addItem(_("All projects"), True)
        self.count = QLabel()
        self.count.setAccessibleDescription(_("Matches"))
        self.place = QLabel()
        self.place.setProperty("muted", True)
        self.place.setTextFormat(Qt.TextFormat.RichText)
        self.place.setAccessibleDescription(_("Where it was found"))
        self.place.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.unhide = QPushButton(_("Clear the filter"))
        self.unhide.hide()
        self._ways = (self._way(_("Previous match"), -1), self._way(_("Next match"), 1))
        self._close = QToolButton()
        self._close.setAccessibleName(_("Close the find bar"))
        self._close.setToolTip(_("Close (Esc)"))
        self._lay_out()
        self._connect()
        self._recolour()
        self.hide()

    # what the window asks

    def open(self) -> None:
        """Shows the bar with its words selected, so that typing replaces them."""
        self.show()
        self.scope.setVisible(self._window.session.project_id is not None)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._search(select=False)

    def go(self, by: int) -> None:
        """Selects the next match (1) or the one before (-1); opens the bar where nothing is searched for."""
        if not self.isVisible() or not self.field.text().strip():
            self.open()
            return
        self.finder.step(by)
        self._select()

    def close_bar(self) -> None:
        """Closes the bar; the keyboard goes back to the page."""
        self.finder.stop()
        self.hide()
        if self._window.page is not None:
            self._window.page.setFocus()

    def again(self) -> None:
        """Another page or another filter is in front."""
        if self.isVisible():
            self.scope.setVisible(self._window.session.project_id is not None)
            self._search(select=False)

    # Qt's own

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.close_bar()
                return True
            if watched is self.field and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                return True
        return super().eventFilter(watched, event)

    # inside

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 6, 12, 6)
        layout.setSpacing(8)
        for widget in (self.field, self.scope, *self._ways, self.count):
            layout.addWidget(widget)
        layout.addWidget(self.place, 1)
        layout.addWidget(self.unhide)
        layout.addWidget(self._close)

    def _connect(self) -> None:
        self.field.textChanged.connect(self._on_words)
        self.scope.activated.connect(self._on_words)
        self.finder.changed.connect(self._tell)
        self.unhide.clicked.connect(self._clear_filter)
        self._close.clicked.connect(self.close_bar)
        self._window.session.theme_changed.connect(self._recolour)
        for widget in (self.field, self.scope, self.unhide, *self._ways):
            widget.installEventFilter(self)

    def _way(self, name: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({'F3' if by > 0 else 'Shift+F3'})")
        button.clicked.connect(lambda: self.go(by))
        return button

    def _recolour(self) -> None:
        icons = self._window.session.icons
        for button, icon in zip((*self._ways, self._close), ("arrow-up", "arrow-down", "x"), strict=True):
            button.setIcon(icons.icon(icon))

    def _on_words(self) -> None:
        self._search()

    def _search(self, *, select: bool = True) -> None:
        """In the project shown what the page shows; in all projects everything."""
        page, here = self._window.page, self._window.session.project_id is None
        everywhere = here or bool(self.scope.currentData())
        kinds = page.finds if page is not None and page.finds and not everywhere else (Milestone, WorkItem)
        self.finder.search(self.field.text(), kinds, everywhere=everywhere)
        if select and self.finder.matches:
            self._select()

    def _select(self) -> None:
        """Shows the match in hand: its project, its page, its row."""
        if self.finder.current is not None:
            self._window.show_found(self.finder.current)
            self._tell()

    def _tell(self) -> None:
        """Which match of how many, in which field, and whether the filter hides it."""
        found, number = len(self.finder.matches), self.finder.number
        wanted = bool(self.field.text().strip())
        for way in self._ways:
            way.setEnabled(found > 0)
        if not wanted:
            self.count.setText("")
        elif not found:
            self.count.setText(_("Nothing found"))
        elif number:
            self.count.setText(_("{number} of {count}").format(number=number_text(number), count=number_text(found)))
        else:
            self.count.setText(ngettext("{n} match", "{n} matches", found))
        self._set_invalid(wanted and not found)
        place = self.finder.place() if found else None
        page = self._window.page
        hidden = page.filtered_out(self.finder.matches) if page is not None and found else 0
        self.unhide.setVisible(hidden > 0)
        told = "" if place is None else _excerpt(_(place.heading), place.excerpt, place.start, place.end)
        if hidden:
            told += "  " + escaped(ngettext("The filter hides {n} of them.", "The filter hides {n} of them.", hidden))
        self.place.setText(told)
        where = "" if place is None else f"{_(place.heading)}: {place.excerpt}"
        self._say(", ".join(part for part in (self.count.text(), where) if part))

    def _say(self, words: str) -> None:
        """Each news once: the same is told again whenever the plan changes."""
        if words != self._said and self.isVisible():
            self._said = words
            say_aloud(self.count, words)

    def _set_invalid(self, invalid: bool) -> None:
        if bool(self.field.property("invalid")) != invalid:
            self.field.setProperty("invalid", invalid)
            self.field.style().polish(self.field)

    def _clear_filter(self) -> None:
        self._window.clear_filter()
        self._search()
        self.field.setFocus()


def _excerpt(heading: str, text: str, start: int, end: int) -> str:
    """`Notes: …talk to <b>Mara</b> about it` as rich text."""
    return f"{escaped(heading)}: {escaped(text[:start])}<b>{escaped(text[start:end])}</b>{escaped(text[end:])}"


def escaped(text: str) -> str:
    """Plain text inside rich text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
