"""The keyboard map: every action with its key."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.words import _

KeyMap = Iterable[tuple[str, list[tuple[str, str]]]]
"""Sections: a heading and what each key does, as pairs of text and key."""


class KeyboardDialog(Dialog):
    """Made from the table of actions, so it cannot miss one."""

    def __init__(self, key_map: KeyMap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard map"))
        self.resize(560, 640)
        self.rows: list[tuple[str, str]] = []
        content = QWidget()
        content.setObjectName("page")
        grid = QGridLayout(content)
        grid.setContentsMargins(22, 14, 22, 18)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(0, 1)
        for title, pairs in key_map:
            self._section(grid, title, pairs)
        self._section(grid, _("Tables"), table_keys())
        self._section(grid, _("Roadmap table"), roadmap_keys())
        scroll = QScrollArea()
        scroll.setWidget(content)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(_("Keyboard map"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setMinimumWidth(content.sizeHint().width() + scroll.verticalScrollBar().sizeHint().width() + 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _section(self, grid: QGridLayout, title: str, pairs: list[tuple[str, str]]) -> None:
        heading = QLabel(title)
        heading.setProperty("section", True)
        grid.addWidget(heading, grid.rowCount(), 0)
        for text, key in pairs:
            self._add(grid, text, key)

    def _add(self, grid: QGridLayout, text: str, key: str) -> None:
        row = grid.rowCount()
        grid.addWidget(QLabel(text), row, 0)
        told = QLabel(key)
        told.setProperty("muted", True)
        grid.addWidget(told, row, 1, Qt.AlignmentFlag.AlignRight)
        self.rows.append((text, key))


def table_keys() -> list[tuple[str, str]]:
    """What keys do in every table."""
    return [
        (_("Edit a cell"), _("F2, Enter or typing")),
        (_("Leave a cell as it was"), _("Esc")),
    ]


def roadmap_keys() -> list[tuple[str, str]]:
    """What keys do in the roadmap's table beside the actions of the menus. Enter shows a row in the inspector there."""
    return [
        (_("Take what was typed and go down, or up"), _("Enter, Shift+Enter")),
        (_("Take it and go on to the side"), _("Tab, Shift+Tab")),
        (_("Take it for every selected row"), _("Ctrl+Enter")),
        (_("New line in a longer text"), _("Alt+Enter")),
        (_("Add a work item below"), _("Insert")),
        (_("Add a work item inside"), _("Ctrl+Insert")),
        (_("Add a milestone below"), _("Shift+Insert")),
        (_("Extend the range"), _("Shift with arrows, Home, End, Page Up, Page Down")),
        (_("Go as far as it goes"), _("Ctrl with arrows, Home, End")),
        (_("Whole columns, whole rows, everything"), _("Ctrl+Space, Shift+Space, Ctrl+A")),
        (_("Ten percent more, or less"), _("+ and − in a progress cell")),
        (_("Fold and unfold"), _("← and → on a title")),
    ]
