"""A table of records that are only looked at: searched by words and sorted by any column, with keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from milestone_desktop.desktop.cells import CellDelegate
from milestone_desktop.desktop.models.columns import Column, ColumnTable, matching_ids, sorted_ids
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT


class RecordTable(QTableView):
    """One record a row; the first column takes the width that the others leave.

    picked: another row is in hand; chosen: Enter or a double click on a row, with its id.
    """

    picked = Signal()
    chosen = Signal(int)

    def __init__(
        self, session: Session, columns: Sequence[Column], fetch: Callable[[int], Any], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.records = ColumnTable(columns, fetch, None, self)
        self._fetch = fetch
        self._all: list[int] = []
        self._words = ""
        self._sorted_by, self._descending = -1, False
        self.setAccessibleName(name)
        self.setModel(self.records)
        self.setItemDelegate(CellDelegate(session, self.records, self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        self._shape_header(columns)
        self.selectionModel().currentRowChanged.connect(self.picked)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self.records.ids[index.row()]))
        session.theme_changed.connect(self.viewport().update)

    @property
    def hand(self) -> int | None:
        """The id of the row in hand."""
        index = self.currentIndex()
        return self.records.ids[index.row()] if index.isValid() else None

    def show_records(self, ids: Iterable[int]) -> None:
        """Shows these records; the row in hand stays in hand, or the first one is taken."""
        before = self.hand
        self._all = list(ids)
        self._arrange()
        self.records.patch(self.records.ids)
        self.take(before)

    def search(self, words: str) -> None:
        """Shows only records in which each word stands."""
        before = self.hand
        self._words = words
        self._arrange()
        self.take(before)

    def sort_by(self, section: int) -> None:
        """Sorts by a column; once more turns the order round, a third time gives the natural order."""
        if section != self._sorted_by:
            self._sorted_by, self._descending = section, False
        elif not self._descending:
            self._descending = True
        else:
            self._sorted_by, self._descending = -1, False
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(self._sorted_by, order)
        self._arrange()

    def take(self, row_id: int | None) -> None:
        """Takes a row in hand; the first one where that is not shown."""
        row = None if row_id is None else self.records.row_of(row_id)
        if self.records.ids:
            self.selectRow(row or 0)
        self.picked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        header, columns = self.horizontalHeader(), self.records.columns
        left = self.viewport().width() - sum(header.sectionSize(n) for n in range(1, len(columns)))
        header.resizeSection(0, max(columns[0].width, left))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            hand = self.hand
            if hand is not None:
                self.chosen.emit(hand)
            event.accept()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Figures go to whoever listens to the table, not to a search by typing."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isdecimal():
            event.ignore()
            return False
        return super().event(event)

    def _shape_header(self, columns: Sequence[Column]) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setMinimumSectionSize(48)
        header.setFixedHeight(ROW_HEIGHT)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        for section, column in enumerate(columns):
            header.resizeSection(section, column.width)
        header.sectionClicked.connect(self.sort_by)

    def _arrange(self) -> None:
        columns = self.records.columns
        found = matching_ids(self._all, columns, self._fetch, self._words)
        if self._sorted_by >= 0:
            found = sorted_ids(found, columns[self._sorted_by], self._fetch, descending=self._descending)
        self.records.set_ids(found)
