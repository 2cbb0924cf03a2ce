"""Which columns the table has, how wide they are and what it is sorted by; kept for each view without a journal entry."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from milestone_desktop.desktop.activity_fields.registry import DEFAULT_COLUMNS, TITLE
from milestone_desktop.desktop.dialogs.columns import ColumnsDialog
from milestone_desktop.desktop.models.columns import Look
from milestone_desktop.desktop.table.look import ICON, INDENT, TEXT_MARGIN, TRIANGLE
from milestone_desktop.desktop.table.painter import PILL_GAP, PILL_PADDING
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.words import _

KEY = "roadmap table"
MOST_SAMPLED = 80
"""Of so many rows in view at most a column is measured when it is fitted to what it holds."""

SORT_SIGN = 22


class Arranging(QObject):
    """Listens to the header of a table and remembers what the person chooses there.

    `use` says which view is shown; what was chosen for it before comes back then.
    """

    def __init__(self, table: RoadmapTable) -> None:
        super().__init__(table)
        self._table = table
        self._model = table.rows
        self._session = table.rows.session
        self._view = ""
        self._restoring = False
        header = table.header
        header.sort_wanted.connect(self._sort_section)
        header.move_wanted.connect(self.move)
        header.resized.connect(self._take_width)
        header.fit_wanted.connect(self.fit)
        header.menu_wanted.connect(self._pop_up)
        self._model.columns_changed.connect(self._on_columns)
        self._model.sorting_changed.connect(self._on_sorting)

    # what is kept

    def use(self, view: str, definition: Mapping[str, Any] | None = None) -> None:
        """Shows the columns, widths and sorting that were chosen for a view; those that everybody begins with where none
        were. view: any name, the same each time; definition: of a saved view, whose columns and sorting are its own."""
        if view == self._view and definition is None:
            return
        self._view = view
        kept = self._session.kept(f"{KEY} {view}")
        state: dict[str, Any] = kept if isinstance(kept, dict) else {}
        wanted = state if definition is None else definition
        self._restoring = True
        if state or definition is None:
            self._table.widths.take(_widths(state.get("widths")))
        if definition is None or "columns" in definition:
            self._model.set_columns(_names(wanted.get("columns")) or DEFAULT_COLUMNS)
        if definition is None or "sort" in definition:
            self._model.set_sorting(_keys(wanted.get("sort")))
        self._restoring = False
        self._table.lay_out()
        if definition is not None:
            self._keep()

    def go_on_as(self, view: str) -> None:
        """What is shown is called otherwise from now on; in a view that is new it is what is kept."""
        if view != self._view:
            self._view = view
            if self._session.kept(f"{KEY} {view}") is None:
                self._keep()

    def _keep(self) -> None:
        if self._restoring or not self._view:
            return
        state = {
            "columns": list(self._model.columns),
            "widths": dict(self._table.widths.chosen),
            "sort": [list(key) for key in self._model.sorting],
        }
        self._session.keep(f"{KEY} {self._view}", state)

    # sorting

    def sort_by(self, name: str, *, add: bool = False) -> None:
        """Sorts by a column: upwards, then downwards, a third time no more. add: beside the others."""
        keys = dict(self._model.sorting)
        before = keys.get(name)
        if not add:
            keys = {} if before is None else {name: before}
        if before is None:
            keys[name] = False
        elif before is False:
            keys[name] = True
        else:
            del keys[name]
        self._model.set_sorting(keys.items())

    def sort_in(self, name: str, *, descending: bool) -> None:
        """Sorts by one column in one direction."""
        self._model.set_sorting([(name, descending)])

    def clear_sorting(self) -> None:
        """Shows the rows in the order of the plan."""
        self._model.set_sorting(())

    def sort_by_current(self, *, add: bool = False) -> None:
        """Sorts by the column of the cell in hand."""
        section = max(0, self._table.currentIndex().column())
        self.sort_by(self._model.column(section).id, add=add)

    # columns

    def move(self, section: int, before: int) -> None:
        """Puts a column before another section; the title keeps the first place."""
        names = list(self._model.columns)
        if not (0 < section < len(names)) or before < 1:
            return
        name = names.pop(section)
        names.insert(before - 1 if before > section else before, name)
        self._model.set_columns(names)

    def hide(self, name: str) -> None:
        """Takes a column out of the table; the title stays."""
        self._model.set_columns([one for one in self._model.columns if one != name])

    def show(self, name: str, after: int | None = None) -> None:
        """Puts a column into the table, after a section or at the end."""
        names = [one for one in self._model.columns if one != name]
        names.insert(len(names) if after is None else after + 1, name)
        self._model.set_columns(names)

    def reset(self) -> None:
        """The columns and widths that everybody begins with."""
        self._table.widths.chosen.clear()
        self._model.set_columns(DEFAULT_COLUMNS)
        self._table.lay_out()
        self._keep()

    def choose(self) -> None:
        """Asks which columns there are to be, and in which order."""
        dialog = ColumnsDialog(self._session, self._model, self._table.window())
        if dialog.exec():
            self._model.set_columns(dialog.chosen)

    def fit(self, section: int) -> None:
        """Makes a column as wide as what it holds in the rows in view."""
        self._table.widths.choose(self._model.column(section).id, self._needed(section))
        self._table.lay_out()
        self._keep()

    def fit_all(self) -> None:
        """Fits every column."""
        for section in range(self._model.columnCount()):
            self._table.widths.choose(self._model.column(section).id, self._needed(section))
        self._table.lay_out()
        self._keep()

    def menu(self, section: int) -> QMenu:
        """What can be done with a column."""
        column = self._model.column(section)
        menu = QMenu(self._table)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        _add(menu, _("Sort upwards"), lambda: self.sort_in(column.id, descending=False))
        _add(menu, _("Sort downwards"), lambda: self.sort_in(column.id, descending=True))
        _add(menu, _("Sort by this column too"), lambda: self.sort_by(column.id, add=True), enabled=bool(self._model.sorting))
        _add(menu, _("Clear sorting"), self.clear_sorting, enabled=bool(self._model.sorting))
        menu.addSeparator()
        _add(menu, _("Fit width"), lambda: self.fit(section))
        _add(menu, _("Fit all widths"), self.fit_all)
        menu.addSeparator()
        hidden = _("Hide “{column}”").format(column=column.heading)
        _add(menu, hidden, lambda: self.hide(column.id), enabled=column.id != TITLE)
        self._add_groups(menu.addMenu(_("Show column")), section)
        _add(menu, _("Columns…"), self.choose)
        _add(menu, _("Columns as at first"), self.reset)
        return menu

    # inside

    def _add_groups(self, menu: QMenu, section: int) -> None:
        groups: dict[str, QMenu] = {}
        for column in self._model.fields.values():
            if column.id == TITLE:
                continue
            if column.group not in groups:
                groups[column.group] = menu.addMenu(column.group)
            action = _add(groups[column.group], column.heading, self._toggler(column.id, section))
            action.setCheckable(True)
            action.setChecked(column.id in self._model.columns)

    def _toggler(self, name: str, section: int) -> Callable[[], None]:
        return lambda: self.hide(name) if name in self._model.columns else self.show(name, section)

    def _pop_up(self, section: int, place: QPoint) -> None:
        self.menu(section).popup(place)

    def _sort_section(self, section: int, add: bool) -> None:
        self.sort_by(self._model.column(section).id, add=add)

    def _take_width(self, section: int, width: int) -> None:
        self._table.widths.choose(self._model.column(section).id, width)
        self._table.lay_out()
        self._keep()

    def _on_columns(self) -> None:
        self._table.lay_out()
        self._keep()

    def _on_sorting(self) -> None:
        self._table.header.viewport().update()
        self._keep()

    def _needed(self, section: int) -> int:
        """The width of what a column holds in the rows in view, and of its title."""
        table, model, look = self._table, self._model, self._table.look
        column = model.column(section)
        first = max(0, table.rowAt(0))
        last = min(model.rowCount(), first + MOST_SAMPLED)
        width = look.small.metrics.horizontalAdvance(column.heading) * 1.08 + TEXT_MARGIN + SORT_SIGN
        for row in range(first, last):
            cell, cells = model.cell(row, section), model.cells(row)
            metrics = (look.strong if cells.summary else look.normal).metrics
            needed = metrics.horizontalAdvance(cell.text) + 2 * TEXT_MARGIN
            if column.look is Look.TITLE:
                needed += model.level(row) * INDENT + (TRIANGLE if cells.parent else 0) + (0 if cells.summary else ICON)
            elif column.look is Look.STATUS:
                needed += 18
            elif column.look is Look.PROGRESS:
                needed = column.width
            elif column.look is Look.PILLS:
                words = cell.raw or ()
                needed = sum(look.small.metrics.horizontalAdvance(word) + PILL_PADDING + PILL_GAP for word in words) + 16
            width = max(width, needed)
        return round(width)


def _add(menu: QMenu, text: str, function: Callable[[], object], *, enabled: bool = True) -> QAction:
    action = menu.addAction(text)
    action.triggered.connect(lambda: function())
    action.setEnabled(enabled)
    return action


def _widths(kept: Any) -> dict[str, int]:
    pairs = kept.items() if isinstance(kept, dict) else ()
    return {str(name): width for name, width in pairs if isinstance(width, int)}


def _names(kept: Any) -> list[str]:
    return [str(name) for name in kept] if isinstance(kept, (list, tuple)) else []


def _keys(kept: Any) -> list[tuple[str, bool]]:
    pairs = kept if isinstance(kept, (list, tuple)) else []
    return [(str(pair[0]), bool(pair[1])) for pair in pairs if isinstance(pair, (list, tuple)) and len(pair) == 2]
