"""A table whose first column stays at the left while the others are scrolled beneath it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
from PySide6.QtWidgets import QAbstractItemView, QTableView

Index = QModelIndex | QPersistentModelIndex
TITLE = 0
"""The section of the title, which is always the first."""


class FrozenTable(QTableView):
    """Where cells stand, with the first column in its place however far the others are scrolled."""

    @property
    def frozen_width(self) -> int:
        """Px at the left that the first column covers; 0 while nothing is scrolled beneath it."""
        header = self.horizontalHeader()
        return header.sectionSize(TITLE) if header.offset() > 0 else 0

    def indexAt(self, place: QPoint) -> QModelIndex:
        if 0 <= place.x() < self.frozen_width:
            row = self.rowAt(place.y())
            return self.model().index(row, TITLE) if row >= 0 else QModelIndex()
        return super().indexAt(place)

    def visualRect(self, index: Index) -> QRect:
        box = super().visualRect(index)
        if index.isValid() and index.column() == TITLE and self.frozen_width:
            box.moveLeft(0)
        return box

    def scrollTo(self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible) -> None:
        """Brings a cell into view; the first column is always there, and no other cell is left behind it."""
        if not index.isValid():
            return
        bar, header = self.horizontalScrollBar(), self.horizontalHeader()
        before = bar.value()
        super().scrollTo(index, hint)
        if index.column() == TITLE:
            bar.setValue(before)
            return
        hidden = header.sectionSize(TITLE) - header.sectionViewportPosition(index.column())
        if hidden > 0:
            bar.setValue(bar.value() - hidden)
