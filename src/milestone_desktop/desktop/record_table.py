"""A table of records that are only looked at: searched by words and sorted by any column, with keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from milestone_desktop.desktop.models.columns import Column, ColumnTable, matching_ids
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.record_view import HeadingSort, RecordView

LEAST_FIRST = 120
"""So narrow the first column may get, ending in …, before the last ones are cut off."""


class RecordTable(RecordView):
    """One record a row; the first column takes the width that the others leave.

    picked: another row is in hand; chosen: Enter or a double click on a row, with its id.
    """

    picked = Signal()
    chosen = Signal(int)

    def __init__(
        self, session: Session, columns: Sequence[Column], fetch: Callable[[int], Any], name: str, parent: QWidget | None = None
    ) -> None:
        records = ColumnTable(columns, fetch)
        super().__init__(session, records, name, QAbstractItemView.EditTrigger.NoEditTriggers, parent)
        records.setParent(self)
        self._fetch = fetch
        self._all: list[int] = []
        self._words = ""
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sort = HeadingSort(self, self.records, fetch)
        self._sort.changed.connect(self._arrange)
        self.selectionModel().currentRowChanged.connect(self.picked)
        self.doubleClicked.connect(lambda index: self.chosen.emit(self.records.ids[index.row()]))

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
        header.resizeSection(0, max(min(columns[0].width, LEAST_FIRST), left))

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

    def _arrange(self) -> None:
        found = matching_ids(self._all, self.records.columns, self._fetch, self._words)
        self.records.set_ids(self._sort.sorted(found))
