"""A page that is one table of records: sorted by any column, searched by words, edited in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QVBoxLayout

from milestone_desktop.desktop.models.columns import Column, ColumnTable, matching_ids
from milestone_desktop.desktop.pages.page import Page, rows_text
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.table.record_view import TYPING, HeadingSort, RecordView
from milestone_desktop.desktop.words import _, all_hidden_text, ngettext
from milestone_desktop.document.document import Changed


class TablePage(Page):
    """The frame of such a page. A page gives its columns, says which records there are, and which a change concerns.

    opening: the columns in which Enter and a double click open the record rather than the cell. opened: its id.
    """

    opened = Signal(int)
    opening: frozenset[str] = frozenset()

    def __init__(self, session: Session, columns: Sequence[Column], fetch: Callable[[int], Any], name: str) -> None:
        super().__init__(session)
        attempt = None if session.document.read_only else session.attempt
        self.model = ColumnTable(columns, fetch, attempt, self)
        self._fetch = fetch
        self._all: list[int] = []
        self._selecting = False
        self._title_section = next((n for n, column in enumerate(columns) if column.id == "title"), 0)
        self.view = self._make_view(name)
        self._sort = HeadingSort(self.view, self.model, fetch)
        self._sort.changed.connect(self._arrange)
        self.empty = QLabel()
        self.empty.setProperty("muted", True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self.body.addWidget(self.view, 1)
        self.body.addWidget(self.empty, 1)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self.reload)
        if self.filterable:
            session.shown.filter_changed.connect(self._on_filter)
        session.selection_changed.connect(self._show_selection)
        session.marked_changed.connect(self.view.viewport().update)

    # what a page says of itself

    def ids(self) -> Iterable[int]:
        """Every record that belongs on the page, in its natural order."""
        return ()

    def touched(self, event: Changed) -> set[int]:
        """The records whose cells a change may have altered."""
        return set()

    def reorders(self, event: Changed) -> bool:
        """Whether a change may have added, removed or renamed records."""
        return True

    def empty_text(self) -> str:
        """What an empty page says."""
        return _("Nothing here yet.")

    # showing

    def reload(self) -> None:
        """Reads which records there are, and shows those that the search leaves, sorted."""
        self._all = list(self.ids())
        self._arrange()

    def set_filter(self, text: str) -> None:
        super().set_filter(text)
        self._arrange()

    def rows_text(self) -> str:
        shown, hidden = len(self.model.ids), len(self._all) - len(self.model.ids)
        if self.filterable:
            return rows_text(self.session, shown, hidden)
        told = ngettext("{n} row", "{n} rows", shown)
        if hidden:
            return _("{rows}, search hides {hidden}").format(rows=told, hidden=hidden)
        return told

    def hidden_rows(self) -> int:
        return len(self._all) - len(self.model.ids)

    def enter(self) -> None:
        self.reload()
        self._show_selection()

    def sort_by(self, section: int) -> None:
        """Sorts by a column; once more turns the order round, a third time gives the natural order."""
        self._sort.by(section)

    def reveal(self, row_id: int) -> bool:
        row = self.model.row_of(row_id)
        if row is not None:
            self.view.scrollTo(self.model.index(row, self._title_section))
        return row is not None

    def filtered_out(self, ids: Sequence[int]) -> int:
        here = set(self._all)
        return sum(row_id in here and self.model.row_of(row_id) is None for row_id in ids)

    def name_row(self, row_id: int) -> None:
        """Opens the first editable cell of a row."""
        row = self.model.row_of(row_id)
        if row is None:
            return
        for section in range(self.model.columnCount()):
            index = self.model.index(row, section)
            if self.model.flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.view.setCurrentIndex(index)
                self.view.scrollTo(index)
                self.view.edit(index)
                return

    def fit_title(self) -> None:
        """Gives the title what the other columns leave, and never less than its own width."""
        header, title = self.view.horizontalHeader(), self._title_section
        shown = [n for n in range(self.model.columnCount()) if n != title and not header.isSectionHidden(n)]
        left = self.view.viewport().width() - sum(header.sectionSize(n) for n in shown)
        header.resizeSection(title, max(self.model.columns[title].width, left))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the cell in hand, as F2 does; the title follows the width of the table."""
        if event.type() == QEvent.Type.Resize and watched is self.view.viewport():
            self.fit_title()
        if (
            watched is self.view.viewport()
            and event.type() == QEvent.Type.MouseButtonDblClick
            and isinstance(event, QMouseEvent)
            and self._open(self.view.indexAt(event.position().toPoint()))
        ):
            return True
        if (
            watched is self.view
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
            and self.view.state() is not QAbstractItemView.State.EditingState
        ):
            index = self.view.currentIndex()
            if self._open(index):
                return True
            if not self.view.say_why_not() and index.isValid():
                self.view.edit(index)
            return True
        return super().eventFilter(watched, event)

    # inside

    def _open(self, index: QModelIndex) -> bool:
        if not index.isValid() or self.model.column(index).id not in self.opening:
            return False
        self.opened.emit(self.model.ids[index.row()])
        return True

    def _make_view(self, name: str) -> RecordView:
        view = RecordView(self.session, self.model, name, TYPING)
        view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        view.horizontalHeader().setStretchLastSection(False)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.selectionModel().currentChanged.connect(self._on_current)
        self.setFocusProxy(view)
        return view

    def _arrange(self) -> None:
        """Search, then sort, then show; what was selected stays selected."""
        if self.filterable:
            found = self._kept()
        else:
            found = matching_ids(self._all, self.model.columns, self._fetch, self.filter_text)
        self.model.set_ids(self._sort.sorted(found))
        shown, other = (self.view, self.empty) if found else (self.empty, self.view)
        focused = other.hasFocus()
        shown.show()
        self.setFocusProxy(shown)
        if focused:
            shown.setFocus()  # before the other one goes: the keyboard stays on the page
        other.hide()
        self.empty.setText(self._hidden_text(len(self._all)) if self._all else self.empty_text())
        self._show_selection()
        self.rows_changed.emit()

    def _hidden_text(self, count: int) -> str:
        """What a page says whose rows are all hidden."""
        if self.filterable:
            return all_hidden_text(count)
        rows = ngettext("{n} row", "{n} rows", count)
        return _("“{words}” stands in none of {rows}.").format(words=self.filter_text, rows=rows)

    def _kept(self) -> list[int]:
        """What the filter keeps, in the natural order."""
        keep = self.session.shown.kept()
        if keep is None:
            return self._all
        rows = np.array(self._all, np.int64)
        kept: list[int] = rows[np.isin(rows, keep)].tolist()
        return kept

    def _on_filter(self) -> None:
        if self.isVisible():
            self._arrange()

    def _on_changed(self, event: Changed) -> None:
        if not self.isVisible():
            return
        if self.reorders(event):
            self._all = list(self.ids())
        filtered = self.session.shown.filtering if self.filterable else bool(self.filter_text)
        if self.reorders(event) or filtered or self._sort.active:
            self._arrange()
        self.model.patch(self.touched(event))

    def _on_selection(self) -> None:
        if self._selecting:
            return
        model = self.view.selectionModel()
        rows = sorted({index.row() for index in model.selectedIndexes()})
        current = model.currentIndex()
        hand = self.model.ids[current.row()] if current.isValid() and current.row() in rows else None
        self._selecting = True
        chosen = [self.model.ids[row] for row in rows]
        self.pick(chosen, hand)
        self._selecting = False
        if set(self.picked()[0]) != set(chosen):  # one thing may stand in several rows: all of them are selected
            self._show_selection()

    def _on_current(self) -> None:
        """Another row is in hand. Qt also makes a row current when the keyboard comes; that selects nothing."""
        model = self.view.selectionModel()
        if model.isRowSelected(model.currentIndex().row()):
            self._on_selection()

    def pick(self, ids: list[int], current: int | None) -> None:
        """The person has selected rows."""
        self.session.select(ids, current)

    def picked(self) -> tuple[tuple[int, ...], int | None]:
        """What is selected now, and the row in hand."""
        return self.session.selection, self.session.current

    def _show_selection(self) -> None:
        """Selects in the table what is selected in the session."""
        if self._selecting or not self.isVisible():
            return
        self._selecting = True
        ids, hand = self.picked()
        model = self.view.selectionModel()
        current = self.view.currentIndex()
        section = current.column() if current.isValid() else self._title_section
        model.clearSelection()
        row = self.model.row_of(hand) if hand is not None else None
        if row is not None:
            index = self.model.index(row, section)
            model.setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.view.scrollTo(index)
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for row_id in ids:
            shown = self.model.row_of(row_id)
            if shown is not None:
                model.select(self.model.index(shown, 0), flags)
        self._selecting = False
