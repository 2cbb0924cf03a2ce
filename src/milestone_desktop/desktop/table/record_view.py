"""How tables of records look and behave everywhere: on pages, in the inspector and in dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from milestone_desktop.desktop.cells import CellDelegate
from milestone_desktop.desktop.models.columns import ColumnTable, sorted_ids
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT

Triggers = QAbstractItemView.EditTrigger
TYPING = Triggers.DoubleClicked | Triggers.EditKeyPressed | Triggers.AnyKeyPressed
LEAST_SECTION = 48


def show_records_in(view: QTableView, session: Session, records: ColumnTable, name: str, triggers: Triggers) -> CellDelegate:
    """Gives a view its records, one a row, under a name for screen readers; returns what edits its cells.

    triggers: how an editor is opened, `TYPING` or not at all.
    """
    delegate = CellDelegate(session, records, view)
    view.setAccessibleName(name)
    view.setModel(records)
    view.setItemDelegate(delegate)
    view.setShowGrid(False)
    view.setMouseTracking(True)
    view.setWordWrap(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setEditTriggers(triggers)
    view.setTabKeyNavigation(False)
    view.verticalHeader().hide()
    view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
    view.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setFixedHeight(ROW_HEIGHT)
    header.setMinimumSectionSize(LEAST_SECTION)
    for section, column in enumerate(records.columns):
        header.resizeSection(section, column.width)
    session.theme_changed.connect(view.viewport().update)
    return delegate


class HeadingSort(QObject):
    """Sorting by clicks on the headings of a view: upwards, once more downwards, a third time the natural order.

    changed: the rows are to be shown in another order; fetch: the record of an id.
    """

    changed = Signal()

    def __init__(self, view: QTableView, records: ColumnTable, fetch: Callable[[int], Any]) -> None:
        super().__init__(view)
        self._header = view.horizontalHeader()
        self._records = records
        self._fetch = fetch
        self._section, self._descending = -1, False
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.setSectionsClickable(True)
        self._header.setSortIndicatorShown(True)
        self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._header.sectionClicked.connect(self.by)

    @property
    def active(self) -> bool:
        """Whether the rows stand in another order than their natural one."""
        return 0 <= self._section < len(self._records.columns)

    def by(self, section: int) -> None:
        """Goes on as after a click on a heading."""
        if section != self._section:
            self._section, self._descending = section, False
        elif not self._descending:
            self._descending = True
        else:
            self._section, self._descending = -1, False
        order = Qt.SortOrder.DescendingOrder if self._descending else Qt.SortOrder.AscendingOrder
        self._header.setSortIndicator(self._section, order)
        self.changed.emit()

    def sorted(self, ids: Iterable[int]) -> list[int]:
        """The ids in the order that is asked for."""
        if not self.active:
            return list(ids)
        return sorted_ids(ids, self._records.columns[self._section], self._fetch, descending=self._descending)
