"""Choosing a milestone or work item from a list that is searched while typing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.outline import walk

MOST = 200
ROW = Qt.ItemDataRole.UserRole + 1


class ChooseDialog(Dialog):
    """A search box above a list. several: more than one may be chosen. chosen: the ids."""

    def __init__(
        self, session: Session, title: str, rows: Iterable[Activity], *, several: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumSize(480, 420)
        self._session = session
        self._rows = list(rows)
        self.chosen: list[int] = []
        heading = QLabel(title)
        heading.setProperty("heading", True)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search by title, key or code"))
        self.search.setAccessibleName(_("Search"))
        self.list = QListWidget()
        self.list.setAccessibleName(title)
        if several:
            self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.done_button = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.done_button.setText(_("Choose"))
        self.done_button.setProperty("primary", True)
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("Cancel"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        for widget in (heading, self.search, self.list, buttons):
            layout.addWidget(widget)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.list.itemActivated.connect(self.accept)
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self._fill("")

    def accept(self) -> None:
        self.chosen = [item.data(ROW) for item in self.list.selectedItems()]
        if self.chosen:
            super().accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down move in the list while the search box keeps the keyboard."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        self.list.clear()
        words = text.casefold().split()
        for row in self._rows:
            told = f"{self._session.facts.code(row)}  {row.title}"
            if all(word in told.casefold() for word in words):
                item = QListWidgetItem(told)
                item.setData(ROW, row.id)
                self.list.addItem(item)
                if self.list.count() == MOST:
                    break
        self.list.setCurrentRow(0)


def choose_activity(session: Session, parent: QWidget, title: str, fits: Callable[[Activity], bool]) -> int | None:
    """Asks for one activity of the project in hand; None where the person thinks better of it."""
    chosen = choose_activities(session, parent, title, fits, several=False)
    return chosen[0] if chosen else None


def choose_activities(
    session: Session, parent: QWidget, title: str, fits: Callable[[Activity], bool], *, several: bool = True
) -> list[int]:
    """Asks for activities of the project in hand, or of all projects in the portfolio."""
    projects = [session.project_id] if session.project_id is not None else [row.id for row in session.facts.projects()]
    rows = [row for project in projects for _level, row in walk(session.plan, project) if fits(row)]
    dialog = ChooseDialog(session, title, rows, several=several, parent=parent)
    return dialog.chosen if dialog.exec() else []
