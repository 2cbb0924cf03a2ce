"""One selection in table, timeline and session: what is selected in one of them is selected in all."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from PySide6.QtCore import QItemSelectionModel, QObject, Qt

from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.ranges import RowRange, as_selection, each_once, ids_in, ranges_from_rows, ranges_of
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.timeline.body import TimelineBody
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.scheduling.distinct import distinct


class RoadmapSelection(QObject):
    """busy: the table's selection is being taken over, so that nobody needs to follow it."""

    def __init__(self, table: RoadmapTable, body: TimelineBody) -> None:
        super().__init__(table)
        self._table = table
        self._body = body
        self._model = table.rows
        self._session = table.rows.session
        self.busy = False
        self._hand = -1  # the row that was in hand when the rows were last looked at
        selection = table.selectionModel()
        selection.selectionChanged.connect(self._take)
        selection.currentChanged.connect(self._take)
        self._session.selection_changed.connect(self._follow)

    def _take(self) -> None:
        """The table's selection becomes the session's, and the timeline shows it."""
        if self.busy or self._model.rearranging:
            return
        ranges = ranges_of(self._table.selectionModel())
        current = self._table.currentIndex()
        self._hand = current.row()
        if current.isValid() and self._model.is_draft(current.row()):
            return  # what was selected before stays in the inspector while a new row is named
        hand = self._model.id_at(current.row()) if current.isValid() else -1
        ids = self._ids_in(ranges)
        if current.isValid() and hand in ids and not any(top <= current.row() <= bottom for top, bottom in ranges):
            ids = tuple(
                row_id for row_id in ids if row_id != hand
            )  # one of its rows was taken out of the selection: the others go with it
        self.busy = True
        self._session.select(ids, hand if hand in ids else None, distinct=True)
        if not is_tree(self._model.grouping):
            self._select_twins(ranges)
        self.busy = False
        self._body.set_selected(ranges_of(self._table.selectionModel()))

    def _ids_in(self, ranges: list[RowRange]) -> tuple[int, ...]:
        """What rows stand for; all rows stand for all that share them, too."""
        model = self._model
        if model.packed and sum(bottom - top + 1 for top, bottom in ranges) == model.rowCount():
            return each_once(model.rows.outline.ids[model.rows.places])
        return ids_in(ranges, model.ids)

    def _select_twins(self, ranges: list[RowRange]) -> None:
        """An activity that stands in several groups is one thing: all its rows are selected, or none."""
        model = self._model
        rows = model.rows.rows_among(self._session.selection)
        chosen = [np.arange(top, bottom + 1) for top, bottom in ranges]
        heads = [part[model.ids[part] < 0] for part in chosen]
        wanted = ranges_from_rows(distinct(np.concatenate((rows, *heads))))
        if wanted != ranges:
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._table.selectionModel().select(as_selection(model, wanted), flags)

    def _rows_selected(self) -> list[RowRange]:
        """The rows of what is selected in the session, all of them where an activity has several."""
        return ranges_from_rows(self._model.rows.rows_among(self._session.selection))

    def _follow(self) -> None:
        if not self.busy:
            self.show()

    def follow_rows(self) -> None:
        """Other rows are shown, or they show something else: the row in hand stays in view where it has another place now."""
        before = self._hand
        if not self.busy:
            self.show(scrolling=False)
            if self._hand not in (-1, before):
                self._table.scrollTo(self._table.currentIndex())

    def show(self, *, scrolling: bool = True) -> None:
        """The session's selection becomes the table's. scrolling: brings the row in hand into view."""
        if self.busy:
            return
        session = self._session
        if session.current is not None:
            self._model.reveal(session.current)
        ranges = self._rows_selected()
        selection, flags = self._table.selectionModel(), QItemSelectionModel.SelectionFlag
        self.busy = True
        rows = () if session.current is None else self._model.rows_of(session.current)
        self._hand = -1
        if rows:
            here = self._table.currentIndex().row()
            self._hand = here if here in rows else rows[0]
            index = self._model.index(self._hand, max(self._table.currentIndex().column(), 0))
            selection.setCurrentIndex(index, flags.NoUpdate)
            if scrolling:
                self._table.scrollTo(index)
        selection.select(as_selection(self._model, ranges), flags.ClearAndSelect)
        self.busy = False
        self._body.set_selected(ranges_of(selection))

    def take(self, ids: Iterable[int], hand: int | None) -> None:
        """What was chosen in the timeline, where nothing has to come into view: it becomes the session's and the table's."""
        self.busy = True
        self._session.select(ids, hand)
        self.busy = False
        self.show()

    def click(self, row: int, modifiers: Qt.KeyboardModifier) -> None:
        """A click in the timeline selects as one in the table does: Ctrl adds, Shift reaches up to."""
        flags, selection = QItemSelectionModel.SelectionFlag, self._table.selectionModel()
        current = self._table.currentIndex()
        index = self._model.index(row, TITLE)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and current.isValid():
            reach = (min(current.row(), row), max(current.row(), row))
            selection.select(as_selection(self._model, [reach]), flags.ClearAndSelect)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            selection.setCurrentIndex(index, flags.Toggle | flags.Rows)
        else:
            selection.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
