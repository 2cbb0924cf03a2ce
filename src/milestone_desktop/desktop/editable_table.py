"""A short table inside a page or the inspector, as high as its rows: edited in place, with keys and mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QWidget

from milestone_desktop.desktop.models.columns import Attempt, Column, ColumnTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.table.record_view import TYPING, RecordView

EDGE = 2
LEAST_SECTION = 34
SQUEEZED = 0.85
"""The share of their widths that columns still do with."""


class EditableTable(RecordView):
    """Records as rows. F2, Enter or typing edits a cell, Space ticks a box, Delete takes a row away, Alt+Up and Alt+Down
    move it. It never scrolls: what it stands in does.

    attempt: makes an edit under a label; None where nothing is edited. stretch: the column that takes the width left over.
    """

    def __init__(
        self,
        session: Session,
        columns: Sequence[Column],
        fetch: Callable[[int], Any],
        attempt: Attempt | None,
        name: str,
        *,
        stretch: str,
        parent: QWidget | None = None,
    ) -> None:
        records = ColumnTable(columns, fetch, attempt)
        super().__init__(session, records, name, TYPING, parent)
        records.setParent(self)
        self.remove: Callable[[Any], object] | None = None
        self.move_row: Callable[[Any, int], object] | None = None
        self.activate_row: Callable[[Any], object] | None = None
        self._stretch = next((n for n, column in enumerate(columns) if column.id == stretch), 0)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._shape_header()
        self._fit()

    def show_records(self, ids: Sequence[int]) -> None:
        """Shows these records in this order; the row in hand stays in hand."""
        hand, section = self.hand, max(0, self.currentIndex().column())
        self.records.set_ids(ids)
        self.records.patch(ids)
        row = None if hand is None else self.records.row_of(hand)
        if row is not None and self.currentIndex().row() != row:
            self.setCurrentIndex(self.records.index(row, section))
        self._fit()

    @property
    def hand(self) -> int | None:
        """The id of the row in hand."""
        index = self.currentIndex()
        return self.records.ids[index.row()] if index.isValid() else None

    def take(self, row_id: int) -> bool:
        """Takes a row in hand; False where it is not shown."""
        row = self.records.row_of(row_id)
        if row is not None:
            self.setCurrentIndex(self.records.index(row, self._stretch))
        return row is not None

    def record_in_hand(self) -> Any:
        """The record of the row in hand, or None."""
        index = self.currentIndex()
        return self.records.record(index) if index.isValid() else None

    # Qt's own

    def sizeHint(self) -> QSize:
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.records.ids:
            self.setCurrentIndex(self.records.index(0, self._stretch))
        elif self.currentIndex().isValid():
            self.selectRow(self.currentIndex().row())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.state() is not QAbstractItemView.State.EditingState and event.reason() != Qt.FocusReason.PopupFocusReason:
            self.clearSelection()

    def event(self, event: QEvent) -> bool:
        """The keys that mean the row in hand are taken before the window's actions of the same keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._means_row(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() is QAbstractItemView.State.EditingState:  # the key that ended the editing comes by here, too
            super().keyPressEvent(event)
            return
        index, record = self.currentIndex(), self.record_in_hand()
        if record is not None and self._means_row(event):
            if event.key() == Qt.Key.Key_Delete and self.remove is not None:
                self.remove(record)
            elif event.key() != Qt.Key.Key_Delete and self.move_row is not None:
                self.move_row(record, -1 if event.key() == Qt.Key.Key_Up else 1)
            return
        if record is not None and event.key() == Qt.Key.Key_Space and self.delegate.toggle(index):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if index.isValid() and self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
                if not self.delegate.toggle(index):
                    self.edit(index)
            elif record is not None and self.activate_row is not None:
                self.activate_row(record)
            return
        super().keyPressEvent(event)

    # inside

    def _means_row(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Delete and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            return self.remove is not None and self.currentIndex().isValid()
        moves = event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() == Qt.KeyboardModifier.AltModifier
        return moves and self.move_row is not None and self.currentIndex().isValid()

    def _shape_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsClickable(False)
        header.setMinimumSectionSize(LEAST_SECTION)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _fit(self) -> None:
        """As high as its rows, so that what it stands in scrolls."""
        header = 0 if self.horizontalHeader().isHidden() else ROW_HEIGHT
        self.setFixedHeight(header + ROW_HEIGHT * len(self.records.ids) + EDGE)
        self.setVisible(bool(self.records.ids))

    def _fit_columns(self) -> None:
        """One column takes what the others leave. Where there is too little room for all, the last ones are left out, and
        the others shrink a little."""
        header, columns = self.horizontalHeader(), self.records.columns
        room, least = self.viewport().width(), min(columns[self._stretch].width, self.viewport().width() // 3)
        others = [n for n in range(len(columns)) if n != self._stretch]
        while len(others) > 1 and (room - least) < SQUEEZED * sum(columns[n].width for n in others):
            others.pop()
        wanted = sum(columns[n].width for n in others)
        share = min(1.0, max(0.3, (room - least) / wanted)) if wanted else 1.0
        for n in range(len(columns)):
            header.setSectionHidden(n, n not in others and n != self._stretch)
        for n in others:
            header.resizeSection(n, int(columns[n].width * share))
        header.resizeSection(self._stretch, max(40, room - sum(int(columns[n].width * share) for n in others)))
