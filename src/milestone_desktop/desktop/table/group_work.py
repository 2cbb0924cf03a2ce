"""Rows under the heads of groups: which group a row stands in, and what puts rows into another one."""

from __future__ import annotations

import numpy as np

from milestone_desktop.chart.rows import Rows
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.document.operations import groups
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.domain.messages import N_


class GroupWork:
    """Works on the selected rows of a table whose rows stand in groups. What is refused is said at the cell in hand."""

    def __init__(self, table: RoadmapTable) -> None:
        self._table = table
        self._model = table.rows
        self._session = table.rows.session

    @property
    def here(self) -> bool:
        """Whether the rows stand under heads that say something of them which can be set."""
        grouping = self._model.grouping
        return not is_tree(grouping) and grouping != ("none",)

    def head_at(self, row: int) -> int | None:
        """The id of the head of the innermost group that a row, or a head, stands in; None for none."""
        found = innermost(self._model.rows, int(self._model.rows.shown[row])) if self.here and row >= 0 else None
        return None if found is None else int(self._model.rows.outline.ids[found])

    def way_to(self, head: int | None) -> groups.Way:
        """The groups from the outermost to the one of that head."""
        place = None if head is None else self._model.rows.outline.place(head)
        return () if place is None else way_at(self._model.rows, place)

    def move_to(self, head: int) -> None:
        """Puts the selected rows into a group: each leaves the one of the row in hand, or else the first that it stands in."""
        goal, ids = self.way_to(head), self._table.selected_ids()
        left = self.head_at(self._table.currentIndex().row())
        rows = [(row_id, self._left(row_id, left)) for row_id in ids]
        if goal and rows and self._session.attempt(N_("Move rows"), lambda edit: groups.move(edit, rows, goal)):
            self._go_after(ids[0], head)

    def step(self, by: int) -> None:
        """Puts the selected rows into the group below, or the one above."""
        here = self.head_at(self._table.currentIndex().row())
        outline = self._model.rows.outline
        depth = int(outline.level.max(initial=0))
        heads = outline.ids[np.flatnonzero((outline.ids < 0) & (outline.level == depth - 1))].tolist()
        place = heads.index(here) + by if here in heads else -1
        if 0 <= place < len(heads):
            self.move_to(heads[place])

    def _left(self, row_id: int, head: int | None) -> groups.Way:
        rows = self._model.rows
        places = rows.outline.places(row_id).tolist()
        inside = [at for at in places if int(rows.outline.ids[rows.outline.parent[at]]) == head]
        return way_at(rows, (inside or places)[0]) if places else ()

    def _go_after(self, row_id: int, head: int) -> None:
        """The row in hand is the one in the group that it has come to."""
        for row in self._model.rows_of(row_id):
            if self.head_at(row) == head:
                section = max(self._table.currentIndex().column(), 0)
                if len(self._session.selection) > 1:
                    self._table.scrollTo(self._model.index(row, section))
                else:
                    self._table.go_to(row, section)


def innermost(rows: Rows, place: int) -> int | None:
    """The place of the head that a place of the outline stands under: its own if it is one."""
    outline = rows.outline
    return next((at for at in (place, *outline.above(place)) if int(outline.ids[at]) < 0), None)


def way_at(rows: Rows, place: int) -> groups.Way:
    """The groups that a place of the outline stands in."""
    return tuple(groups.Place(*found) for found in rows.way(place))
