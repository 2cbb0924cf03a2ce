"""What the pictures of the roadmap's table show: many columns, sorting, fields that are open, the list of columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.steps import page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.pages.roadmap import RoadmapPage
    from milestone_desktop.desktop.window import MainWindow

MANY = (
    "title", "key", "owner", "status", "health", "progress", "slip", "start", "end", "duration", "target", "total_slack",
    "critical", "driver", "predecessors", "criteria", "amount", "priority", "milestones", "tags",
)  # fmt: skip
WIDE = 1060


def many_columns(window: MainWindow) -> QWidget | None:
    """Many columns, scrolled a little beneath the title, sorted by two of them."""
    roadmap = _roadmap(window, MANY)
    roadmap.model.set_sorting([("health", False), ("end", True)])
    _settle()
    roadmap.table.horizontalScrollBar().setValue(60)
    return None


def reading(window: MainWindow) -> QWidget | None:
    """A date is being typed and its reading stands below it."""
    roadmap = _roadmap(window)
    _type(roadmap, "Billing module", "end", "8 jan")
    return None


def refusal(window: MainWindow) -> QWidget | None:
    """What was typed is refused, and stays."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    roadmap = _roadmap(window)
    _type(roadmap, "Prototype ready", "end", "31.31")
    if roadmap.table.delegate.open is not None:
        QTest.keyClick(roadmap.table.delegate.open.field, Qt.Key.Key_Return)
    return None


def many_rows(window: MainWindow) -> QWidget | None:
    """Several rows take one edit, and the field says so."""
    roadmap = _roadmap(window)
    row = _row(roadmap, "Sync engine")
    section = roadmap.model.section_of("tags") or 0
    roadmap.table.go_to(row, section)
    roadmap.table.go_to(row + 3, section, extend=True)
    roadmap.table.edit(roadmap.table.currentIndex())
    _put(roadmap, "backend, risky")
    return None


def cell_range(window: MainWindow) -> QWidget | None:
    """A range of cells."""
    roadmap = _roadmap(window)
    row = _row(roadmap, "Sync engine")
    roadmap.table.go_to(row, 1)
    roadmap.table.go_to(row + 4, 4, extend=True)
    return None


def new_row(window: MainWindow) -> QWidget | None:
    """A row is being added among the others."""
    from milestone_desktop.chart.drafts import Draft

    roadmap = _roadmap(window)
    row = roadmap.model.set_draft(Draft(roadmap.model.id_at(_row(roadmap, "Map screens"))))
    roadmap.table.edit_cell(row or 0, 0)
    return None


def lines(window: MainWindow) -> QWidget | None:
    """A longer text on its sheet."""
    roadmap = _roadmap(window, ("title", "status", "end", "comment"))
    roadmap.table.go_to(_row(roadmap, "Prototype ready"), 3)
    roadmap.table.edit(roadmap.table.currentIndex())
    return None


def columns_dialog(window: MainWindow) -> QWidget:
    """The list of columns."""
    from milestone_desktop.desktop.dialogs.columns import ColumnsDialog

    roadmap = _roadmap(window)
    dialog = ColumnsDialog(window.session, roadmap.model, window)
    dialog.show()
    return dialog


def column_menu(window: MainWindow) -> QWidget:
    """The menu of a column."""
    roadmap = _roadmap(window)
    menu = roadmap.arranging.menu(4)
    menu.popup(window.mapToGlobal(window.rect().center()))
    return menu


def _roadmap(window: MainWindow, columns: tuple[str, ...] = ()) -> RoadmapPage:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    page("roadmap", "Prototype ready")(window)
    roadmap = window.roadmap
    if roadmap.table.delegate.open is not None:
        QTest.keyClick(roadmap.table.delegate.open.field, Qt.Key.Key_Escape)
    roadmap.model.set_draft(None)
    roadmap.model.set_sorting(())
    roadmap.arranging.reset()
    if columns:
        roadmap.model.set_columns(columns)
        roadmap.splitter.setSizes([WIDE, 400])
    else:
        roadmap.splitter.setSizes([620, 900])
    _settle()
    return roadmap


def _row(roadmap: RoadmapPage, title: str) -> int:
    return next(row for row in range(roadmap.model.rowCount()) if roadmap.model.cells(row).title == title)


def _type(roadmap: RoadmapPage, title: str, column: str, text: str) -> None:
    roadmap.table.edit_cell(_row(roadmap, title), roadmap.model.section_of(column) or 0)
    _put(roadmap, text)


def _put(roadmap: RoadmapPage, text: str) -> None:
    from PySide6.QtTest import QTest

    _settle()
    if roadmap.table.delegate.open is not None:
        QTest.keyClicks(roadmap.table.delegate.open.field, text)
    _settle()


def _settle() -> None:
    from PySide6.QtWidgets import QApplication

    for _round in range(3):
        QApplication.processEvents()
