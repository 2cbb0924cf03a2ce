"""Columns of cells, one a record: texts, of which those that say the same are looked at once, and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NOTHING = np.nan
"""Stands for "no value" in columns of figures and days."""

EDGE = "\0"
"""Stands before and behind each text of a cell."""

_MOST = 1 << 22
"""Ids up to this are looked up in a table."""

_SEAM = "\n\2\n"
_AT_ONCE = 4096
"""Texts folded at one go: few enough that their copies take little memory."""


class Texts:
    """Each cell is all texts of an activity in one, in lower case: `EDGE a EDGE b EDGE`; "" for none. `codes` holds the place
    of each activity's cell among the cells, which are different ones as far as that was worth looking into."""

    def __init__(self, cells: list[str], codes: Ints, known: dict[str, int] | None = None) -> None:
        """known: the places of cells; others are added a second time where they are put in again."""
        self._cells = cells
        self._known: dict[str, int] = {} if known is None else known
        self.codes = codes

    @classmethod
    def of(cls, values: Iterable[Sequence[str]]) -> Texts:
        """The texts of each record."""
        known: dict[str, int] = {}
        codes = [known.setdefault(cell_of(value), len(known)) for value in values]
        return cls(list(known), np.array(codes, np.int64), known)

    def spread(self, places: Ints) -> Texts:
        """A column that holds the cells at these places of this one."""
        return Texts(self._cells, self.codes[places], self._known)

    def cell(self, at: int) -> str:
        """The cell of one activity."""
        return self._cells[int(self.codes[at])]

    def with_part(self, needle: str) -> Mask:
        """The cells in which a text stands."""
        return np.array([needle in cell for cell in self._cells], np.bool_)[self.codes]

    def empty(self) -> Mask:
        """The cells without a text."""
        return np.array([not cell for cell in self._cells], np.bool_)[self.codes]

    def put(self, at: int, value: Sequence[str]) -> None:
        self.codes[at] = self._code(cell_of(value))

    def insert(self, at: Ints, values: Sequence[Sequence[str]]) -> None:
        """New cells, each before the one that stands at a place now."""
        self.codes = np.insert(self.codes, at, [self._code(cell_of(value)) for value in values])

    def delete(self, at: Ints) -> None:
        self.codes = np.delete(self.codes, at)

    def _code(self, cell: str) -> int:
        code = self._known.setdefault(cell, len(self._cells))
        if code == len(self._cells):
            self._cells.append(cell)
        return code


class Figures:
    """One number a cell (two for first and last day); NOTHING where there is none."""

    def __init__(self, cells: Floats) -> None:
        self.cells = cells

    @classmethod
    def of(cls, values: Sequence[Any], width: int) -> Figures:
        return cls(np.array([_numbers(value, width) for value in values], np.float64).reshape(len(values), width))

    @classmethod
    def beside(cls, *columns: npt.ArrayLike) -> Figures:
        """Numbers that are there as columns already."""
        return cls(np.stack([np.asarray(column, np.float64) for column in columns], axis=1))

    def spread(self, places: Ints) -> Figures:
        """A column that holds the cells at these places of this one."""
        return Figures(self.cells[places])

    @property
    def first(self) -> Floats:
        return self.cells[:, 0]

    @property
    def last(self) -> Floats:
        return self.cells[:, -1]

    def put(self, at: int, value: Any) -> None:
        self.cells[at] = _numbers(value, self.cells.shape[1])

    def insert(self, at: Ints, values: Sequence[Any]) -> None:
        """New cells, each before the one that stands at a place now."""
        self.cells = np.insert(self.cells, at, Figures.of(values, self.cells.shape[1]).cells, axis=0)

    def delete(self, at: Ints) -> None:
        self.cells = np.delete(self.cells, at, axis=0)


def cell_of(value: Sequence[str]) -> str:
    """The cell of some texts."""
    texts = [text for text in value if text]
    return EDGE + EDGE.join(texts).casefold() + EDGE if texts else ""


def cells_of(texts: Sequence[str]) -> list[str]:
    """The cells of many records with one text each (or "" for none), folded together, which costs a fifth."""
    found: list[str] = []
    seam = EDGE + _SEAM + EDGE
    for begin in range(0, len(texts), _AT_ONCE):
        some = texts[begin : begin + _AT_ONCE]
        cells = (EDGE + seam.join(some).casefold() + EDGE).split(_SEAM)
        if len(cells) != len(some):  # some text has a seam of its own
            cells = [cell_of((text,)) for text in some]
        found += cells
    if "" in texts:
        return ["" if cell == EDGE + EDGE else cell for cell in found]
    return found


def figures_of(ids: Ints, figure: Callable[[int], float]) -> Floats:
    """A figure of each id, where many are the same one; none is below 0."""
    if len(ids) and (ids == ids[0]).all():
        return np.full(len(ids), figure(int(ids[0])), np.float64)
    if int(ids.max(initial=0)) > _MOST:
        different, where = np.unique(ids, return_inverse=True)
        return np.array([figure(one) for one in different.tolist()], np.float64)[where]
    counts = np.bincount(ids)
    found = np.zeros(len(counts))
    for one in np.flatnonzero(counts).tolist():
        found[one] = figure(one)
    return found[ids]


def _numbers(value: Any, width: int) -> list[float]:
    if value is None:
        return [NOTHING] * width
    return [float(part) for part in value] if width > 1 else [float(value)]
