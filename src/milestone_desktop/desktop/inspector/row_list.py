"""Rows of things that belong to an activity: checklist lines, links, evidence. A row is rebuilt only when it comes or goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from milestone_desktop.desktop.session import Session


class Row(QWidget):
    """One thing. `refresh` shows it as it stands in the plan."""

    def __init__(self, session: Session, thing: Any) -> None:
        super().__init__()
        self.session = session
        self.thing = thing
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(4)

    def refresh(self, thing: Any) -> None:
        """Shows the thing as it stands now."""
        self.thing = thing

    def small_button(self, icon: str, name: str, function: Callable[[], object]) -> QToolButton:
        """A button at the end of the row."""
        button = QToolButton()
        button.setIcon(self.session.icons.icon(icon))
        button.setIconSize(QSize(14, 14))
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setEnabled(not self.session.document.read_only)
        button.clicked.connect(lambda: function())
        self.line.addWidget(button)
        return button


class RowList(QWidget):
    """Rows by the ids of their things."""

    def __init__(self, make: Callable[[Any], Row], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._rows: dict[int, Row] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(1)

    @property
    def rows(self) -> list[Row]:
        """The rows in their order."""
        return list(self._rows.values())

    def show_things(self, things: Sequence[Any]) -> None:
        """Shows these things in this order."""
        if [thing.id for thing in things] != list(self._rows):
            self._rebuild(things)
        for thing in things:
            self._rows[thing.id].refresh(thing)

    def _rebuild(self, things: Sequence[Any]) -> None:
        wanted = {thing.id for thing in things}
        for row_id, row in self._rows.items():
            self._layout.removeWidget(row)
            if row_id not in wanted:
                row.hide()
                row.deleteLater()
        kept = {row_id: row for row_id, row in self._rows.items() if row_id in wanted}
        self._rows = {thing.id: kept.get(thing.id) or self._make(thing) for thing in things}
        for row in self._rows.values():
            self._layout.addWidget(row)
            row.show()
