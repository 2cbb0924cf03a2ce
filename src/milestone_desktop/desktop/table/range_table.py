"""A table with a range of cells in hand: its rows are the selected ones, its columns a span."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.frozen import TITLE, FrozenTable, Index
from milestone_desktop.desktop.table.keys import FAR
from milestone_desktop.desktop.table.ranges import as_selection, ids_in, ranges_of
from milestone_desktop.desktop.table.span import ColumnSpan

Select = QItemSelectionModel.SelectionFlag
MOST_ASKED = 1000
"""Of so many selected rows at most each is asked whether it takes an edit, before the edit."""


class RangeTable(FrozenTable):
    """range_changed: another range of cells, in columns rather than rows."""

    range_changed = Signal()

    def __init__(self, model: RoadmapModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.span = ColumnSpan()
        self._going = False
        self._anchor: QPersistentModelIndex | None = None

    def in_range(self, section: int) -> bool:
        """Whether the cells of selected rows in a column belong to the range; a range of one cell needs no sign but its
        frame."""
        return section in self.span and (len(self.span) > 1 or self._several_rows())

    def selected_rows(self) -> list[int]:
        """The rows of the range, from top to bottom."""
        return [row for top, bottom in ranges_of(self.selectionModel()) for row in range(top, bottom + 1)]

    def selected_ids(self) -> list[int]:
        """The milestones and work items of the range, from top to bottom; heads are left out."""
        if self.rows.packed:  # more may be selected than what the rows show
            return self.rows.in_order(self.rows.session.selection)
        return list(ids_in(ranges_of(self.selectionModel()), self.rows.ids))

    def edited_ids(self, row: int, section: int, *, every: bool = False) -> list[int]:
        """The rows that an edit of a cell is for: all selected ones that take it, if this is one of them. every: also in a
        column that is usually for one row only."""
        own = self.rows.id_at(row)
        if self.rows.column(section).single and not every:
            return [own]
        chosen = self.selected_ids()
        if own not in chosen:
            return [own]
        if len(chosen) > MOST_ASKED:
            return chosen
        return [one for one in chosen if (at := self.rows.row_of(one)) is not None and self.rows.refusal(at, section) is None]

    def go_to(self, row: int, section: int, *, extend: bool = False) -> None:
        """Makes a cell the one in hand; extend: the range reaches to it from where it was begun."""
        rows, columns = self.rows.rowCount(), self.rows.columnCount()
        if not rows:
            return
        row, section = max(0, min(rows - 1, row)), max(0, min(columns - 1, section))
        index = self.rows.index(row, section)
        model = self.selectionModel()
        self._going = True
        if extend and self._anchor is not None and self._anchor.isValid():
            self.span.reach(section)
            model.setCurrentIndex(index, Select.NoUpdate)
            self._select_rows(min(self._anchor.row(), row), max(self._anchor.row(), row))
        else:
            self.span.begin(section)
            self._anchor = QPersistentModelIndex(index)
            model.setCurrentIndex(index, Select.ClearAndSelect | Select.Rows)
        self._going = False
        self.scrollTo(index)
        self._range_changed()

    def select_by_mouse(self, index: QModelIndex, held: Qt.KeyboardModifier) -> None:
        """Selects as everywhere: Ctrl adds or takes away a row, Shift reaches up to one."""
        if not held & Qt.KeyboardModifier.ControlModifier:
            self.go_to(index.row(), index.column(), extend=bool(held & Qt.KeyboardModifier.ShiftModifier))
            return
        self._going = True
        self.span.begin(index.column())
        self._anchor = QPersistentModelIndex(index)
        self.selectionModel().setCurrentIndex(index, Select.Toggle | Select.Rows)
        self._going = False
        self._range_changed()

    def is_selected(self, row: int) -> bool:
        return self.selectionModel().isRowSelected(row, QModelIndex())

    def select_columns(self) -> None:
        """The range covers every row of its columns."""
        if self.rows.rowCount():
            self._select_rows(0, self.rows.rowCount() - 1)
            self._range_changed()

    def select_whole_rows(self) -> None:
        """The range covers every column of its rows."""
        self.span.cover(0, self.rows.columnCount() - 1)
        self._range_changed()

    def selectAll(self) -> None:
        self.span.cover(0, self.rows.columnCount() - 1)
        self.select_columns()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Whoever else takes another cell in hand begins another range there."""
        super().currentChanged(current, previous)
        if not self._going and current.isValid():
            self.span.begin(current.column())
            self._anchor = QPersistentModelIndex(current)

    def section_beside(self, section: int, right: int) -> int:
        """The next shown section on one side, or the last one there."""
        shown = [n for n in range(self.rows.columnCount()) if not self.isColumnHidden(n)]
        if abs(right) == FAR or section not in shown:
            return shown[-1] if right > 0 else shown[0]
        return shown[max(0, min(len(shown) - 1, shown.index(section) + right))]

    def _select_rows(self, top: int, bottom: int) -> None:
        self.selectionModel().select(as_selection(self.rows, [(top, bottom)]), Select.ClearAndSelect)

    def _several_rows(self) -> bool:
        chosen = self.selectionModel().selection()
        return chosen.count() > 1 or (chosen.count() == 1 and chosen.at(0).height() > 1)

    def _range_changed(self) -> None:
        self.viewport().update()
        self.range_changed.emit()

    def forget_range(self) -> None:
        """The rows or columns are others now."""
        self._anchor = None
        self.span.begin(TITLE)
