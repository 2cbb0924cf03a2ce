"""How tables of records look and behave everywhere: on pages, in the inspector and in dialogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QTableView, QWidget

from milestone_desktop.desktop.bubble import Bubble
from milestone_desktop.desktop.cells import CellDelegate
from milestone_desktop.desktop.models.columns import ColumnTable, sorted_ids
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.words import say_error
from milestone_desktop.domain.messages import N_, PlanError

Triggers = QAbstractItemView.EditTrigger
WITHOUT_TEXT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
TYPING = Triggers.DoubleClicked | Triggers.EditKeyPressed | Triggers.AnyKeyPressed
LEAST_SECTION = 48


class RecordView(QTableView):
    """One record a row. A cell that cannot be edited says why, and what is refused stays open until it is mended, or given
    up by Escape.

    name: for screen readers; triggers: how an editor is opened, `TYPING` or not at all.
    """

    def __init__(
        self, session: Session, records: ColumnTable, name: str, triggers: Triggers, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.records = records
        self.delegate = CellDelegate(session, records, self)
        self._read_only = session.document.read_only
        self._typing = triggers == TYPING and any(column.write is not None for column in records.columns)
        self._bubble = Bubble(self.viewport())
        self.setAccessibleName(name)
        self.setModel(records)
        self.setItemDelegate(self.delegate)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(triggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setFixedHeight(ROW_HEIGHT)
        header.setMinimumSectionSize(LEAST_SECTION)
        for section, column in enumerate(records.columns):
            header.resizeSection(section, column.width)
        session.theme_changed.connect(self.viewport().update)

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        """What was refused stays to be mended; Escape gives it up."""
        if hint == QStyledItemDelegate.EndEditHint.RevertModelCache or not self.delegate.holds(editor):
            self.delegate.forget()
            super().closeEditor(editor, hint)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._bubble.hide()
        if self.state() is not QAbstractItemView.State.EditingState and self._asks_to_edit(event) and self.say_why_not():
            event.accept()
            return
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.delegate.waits()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._bubble.hide()
        if not self.delegate.waits():
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.delegate.waits():
            return
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.say_why_not()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._bubble.hide()
        super().scrollContentsBy(dx, dy)

    def say_why_not(self) -> bool:
        """Says at the cell in hand why it cannot be edited; False where it can, or where nothing here is."""
        index = self.currentIndex()
        if not self._typing or not index.isValid() or self.records.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        problem = PlanError(N_("This workspace is open for reading only."), N_("Save a copy to edit it."))
        if not self._read_only:
            why_not = self.records.column(index).why_not
            said = None if why_not is None else why_not(self.records.record(index))
            problem = said or PlanError(N_("This cell cannot be edited."))
        self._bubble.say(say_error(problem), wrong=True)
        self._bubble.show_at(self.visualRect(index))
        return True

    def _asks_to_edit(self, event: QKeyEvent) -> bool:
        types = bool(event.text()) and event.text().isprintable() and not event.text().isspace()
        return event.key() == Qt.Key.Key_F2 or (types and not event.modifiers() & WITHOUT_TEXT)


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
