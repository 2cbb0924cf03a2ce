"""What the Edit and View menus do to the cells and columns of the roadmap's table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from milestone_desktop.desktop.commands import edit_commands
from milestone_desktop.desktop.commands.plan_commands import can_edit_current
from milestone_desktop.desktop.commands.view_commands import on_roadmap
from milestone_desktop.desktop.words import _

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def can_copy(window: MainWindow) -> bool:
    return on_roadmap(window) and window.roadmap.model.rowCount() > 0


def can_change(window: MainWindow) -> bool:
    return can_copy(window) and not window.session.document.read_only


def can_fill(window: MainWindow) -> bool:
    """Several rows are selected: the cells of the first can be given to the others."""
    return can_change(window) and len(window.session.selection) > 1


def copy(window: MainWindow) -> None:
    window.roadmap.cells.copy()


def copy_with_headings(window: MainWindow) -> None:
    window.roadmap.cells.copy(headings=True)


def cut(window: MainWindow) -> None:
    window.roadmap.cells.cut()


def paste(window: MainWindow) -> None:
    if QApplication.clipboard().text():
        window.roadmap.cells.paste()


def can_fill_or_duplicate(window: MainWindow) -> bool:
    return can_fill(window) or can_edit_current(window)


def fill_or_duplicate(window: MainWindow) -> None:
    """With several rows selected the first one's cells go to the others; else the one in hand is duplicated."""
    if can_fill(window):
        window.roadmap.cells.fill_down()
    else:
        edit_commands.duplicate_row(window)


def fill_or_duplicate_text(window: MainWindow) -> str:
    return _("Fill down") if can_fill(window) else _("Duplicate")


def delete_rows(window: MainWindow) -> None:
    window.roadmap.row_work.delete()


def delete_text(window: MainWindow) -> str:
    """Delete clears cells; where the range holds the titles, it deletes the rows."""
    if not on_roadmap(window) or window.roadmap.deletes_rows():
        return _("Delete")
    return _("Clear cells")


def choose_columns(window: MainWindow) -> None:
    window.roadmap.arranging.choose()


def sort(window: MainWindow) -> None:
    window.roadmap.arranging.sort_by_current()


def sort_too(window: MainWindow) -> None:
    window.roadmap.arranging.sort_by_current(add=True)


def clear_sorting(window: MainWindow) -> None:
    window.roadmap.arranging.clear_sorting()


def is_sorted(window: MainWindow) -> bool:
    return on_roadmap(window) and bool(window.roadmap.model.sorting)
