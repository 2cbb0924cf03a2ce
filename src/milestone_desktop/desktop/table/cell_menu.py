"""The menu of a cell: what can be done with it, with its range and with its row, each with its key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

Entry = tuple[str, str, Callable[[], object], bool]
"""Text, key, what it does, and whether it can be done."""


def cell_menu(page: RoadmapPage) -> QMenu:
    """The menu for the cell in hand."""
    menu = QMenu(page.table)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for number, section in enumerate((_of_cell(page), _of_range(page), _of_row(page))):
        if number:
            menu.addSeparator()
        for text, key, function, enabled in section:
            action = menu.addAction(text)
            action.setShortcut(QKeySequence(key))
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            action.setEnabled(enabled)
            action.triggered.connect(_caller(function))
    menu.addSeparator()
    column = page.arranging.menu(max(0, page.table.currentIndex().column()))
    column.setTitle(_("Column"))
    column.setParent(menu, column.windowFlags())
    menu.addMenu(column)
    return menu


def _of_cell(page: RoadmapPage) -> list[Entry]:
    index = page.table.currentIndex()
    able = index.isValid() and page.model.refusal(index.row(), index.column()) is None
    return [
        (_("Edit"), "F2", lambda: page.table.edit_cell(index.row(), index.column()), able),
        (_("Show in the inspector"), "Return", lambda: page.activated.emit(page.model.id_at(index.row())), index.isValid()),
    ]


def _of_range(page: RoadmapPage) -> list[Entry]:
    writable, cells = not page.session.document.read_only, page.cells
    several = len(page.session.selection) > 1
    return [
        (_("Cut"), "Ctrl+X", cells.cut, writable),
        (_("Copy"), "Ctrl+C", cells.copy, True),
        (_("Copy with headings"), "Ctrl+Shift+C", lambda: cells.copy(headings=True), True),
        (_("Paste"), "Ctrl+V", cells.paste, writable),
        (_("Fill down"), "Ctrl+D", cells.fill_down, writable and several),
        (_("Clear cells"), "" if page.deletes_rows() else "Del", cells.clear, writable and not page.deletes_rows()),
    ]


def _of_row(page: RoadmapPage) -> list[Entry]:
    writable, rows = not page.session.document.read_only, page.row_work
    chosen = writable and bool(page.session.selection)
    movable = chosen and rows.why_not_moved() is None
    return [
        (_("Add work item below"), "Ins", rows.insert, writable),
        (_("Add work item inside"), "Ctrl+Ins", lambda: rows.insert(child=True), chosen),
        (_("Add milestone below"), "Shift+Ins", lambda: rows.insert(milestone=True), writable),
        (_("Move up"), "Alt+Up", lambda: rows.rearrange(N_("Move up"), activities.move_up), movable),
        (_("Move down"), "Alt+Down", lambda: rows.rearrange(N_("Move down"), activities.move_down), movable),
        (_("Indent"), "Alt+Right", lambda: rows.rearrange(N_("Indent"), activities.indent), movable),
        (_("Outdent"), "Alt+Left", lambda: rows.rearrange(N_("Outdent"), activities.outdent), movable),
        (_("Delete rows"), "Ctrl+Del", rows.delete, chosen),
    ]


def _caller(function: Callable[[], object]) -> Callable[[], None]:
    """Qt hands its actions an argument that nobody wants."""

    def call() -> None:
        function()

    return call
