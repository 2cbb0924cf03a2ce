"""The selection as ranges of rows: its cost depends on how many ranges there are, never on how many rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractItemModel, QItemSelection, QItemSelectionModel

RowRange = tuple[int, int]
"""First and last row, both included."""


def ranges_of(selection: QItemSelectionModel) -> list[RowRange]:
    """The selected rows, from top to bottom, neighbouring ranges joined."""
    chosen = selection.selection()
    found = sorted((chosen.at(number).top(), chosen.at(number).bottom()) for number in range(chosen.count()))
    joined: list[RowRange] = []
    for top, bottom in found:
        if joined and top <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(joined[-1][1], bottom))
        else:
            joined.append((top, bottom))
    return joined


def rows_within(selection: QItemSelectionModel, rows: range) -> frozenset[int]:
    """Which of some neighbouring rows are selected."""
    chosen, found = selection.selection(), set[int]()
    for stretch in (chosen.at(number) for number in range(chosen.count())):
        found.update(range(max(rows.start, stretch.top()), min(rows.stop, stretch.bottom() + 1)))
    return frozenset(found)


def ranges_from_rows(rows: NDArray[np.int64]) -> list[RowRange]:
    """Ranges that cover the rows, which come in ascending order."""
    if len(rows) == 0:
        return []
    breaks = np.flatnonzero(np.diff(rows) > 1)
    tops = rows[np.concatenate(([0], breaks + 1))]
    bottoms = rows[np.concatenate((breaks, [len(rows) - 1]))]
    return [(int(top), int(bottom)) for top, bottom in zip(tops, bottoms, strict=True)]


def ids_in(ranges: Iterable[RowRange], ids: NDArray[np.int64]) -> tuple[int, ...]:
    """The milestones and work items that the rows in the ranges stand for, from top to bottom, each once. ids: by row."""
    parts = [ids[top : bottom + 1] for top, bottom in ranges]
    return each_once(np.concatenate(parts) if parts else ids[:0])


def each_once(ids: NDArray[np.int64]) -> tuple[int, ...]:
    """The ids above 0, which heads of groups have none of, in their order without repeats. Mostly nothing repeats, which
    sorting tells sooner than looking each up."""
    found = ids[ids > 0]
    in_order = np.sort(found)
    repeats = bool((in_order[1:] == in_order[:-1]).any())
    known = found.tolist()
    return tuple(dict.fromkeys(known)) if repeats else tuple(known)


def as_selection(model: QAbstractItemModel, ranges: Sequence[RowRange]) -> QItemSelection:
    """Qt's selection of whole rows for the ranges."""
    selection = QItemSelection()
    last = model.columnCount() - 1
    for top, bottom in ranges:
        selection.select(model.index(top, 0), model.index(bottom, last))
    return selection
