"""What the tests of cells share: ranges of them, the clipboard, and the columns to show."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from roadmap_desk import go_to, key, row_of

from milestone_desktop.desktop.pages.roadmap import RoadmapPage

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
ALL = ["Design", "Sketch", "Draft", "Ready", "Build", "Code", "Launch"]
Key = Qt.Key


def place(page: RoadmapPage) -> tuple[int, int]:
    index = page.table.currentIndex()
    return index.row(), index.column()


def clip(text: str) -> None:
    QApplication.clipboard().setText(text)


def clipped() -> str:
    return QApplication.clipboard().text()


def select(page: RoadmapPage, first: int, last: int, column: str, to_column: str = "") -> None:
    """Selects a range of cells with Shift and arrows."""
    go_to(page, first, column)
    for _row in range(row_of(page, last) - row_of(page, first)):
        key(page, Key.Key_Down, SHIFT)
    if to_column:
        steps = page.model.columns.index(to_column) - page.model.columns.index(column)
        for _step in range(steps):
            key(page, Key.Key_Right, SHIFT)


def show(page: RoadmapPage, *columns: str) -> None:
    page.model.set_columns(["title", *columns])
    QApplication.processEvents()
