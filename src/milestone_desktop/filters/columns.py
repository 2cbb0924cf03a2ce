"""The values of fields over all activities of a plan, as columns: made when a filter first asks, then kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.filters.field import Field, Floats, Ints, Reader, Sight, Sort

Mask = npt.NDArray[np.bool_]

NOTHING = np.nan
"""Stands for "no value" in columns of figures and days."""

EDGE = "\0"
"""Stands before and behind each text of a cell."""

MANY = 2000
"""With more changes than this at once, columns are made anew."""


class Texts:
    """Each cell is all texts of an activity in one, in lower case: `EDGE a EDGE b EDGE`; "" for none. Cells that say the
    same are looked at once: `codes` holds the place of each activity's cell among the different ones."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._number: dict[str, int] = {}
        self.codes: Ints = np.array([self._code(cell) for cell in cells], np.int64)

    @classmethod
    def of(cls, values: Sequence[Sequence[str]]) -> Texts:
        return cls([_cell(value) for value in values])

    def with_part(self, needle: str) -> Mask:
        """The cells in which a text stands."""
        return np.array([needle in cell for cell in self._number], np.bool_)[self.codes]

    def empty(self) -> Mask:
        """The cells without a text."""
        return np.array([not cell for cell in self._number], np.bool_)[self.codes]

    def put(self, at: int, value: Sequence[str]) -> None:
        self.codes[at] = self._code(_cell(value))

    def insert(self, at: int, value: Sequence[str]) -> None:
        self.codes = np.insert(self.codes, at, self._code(_cell(value)))

    def delete(self, at: int) -> None:
        self.codes = np.delete(self.codes, at)

    def _code(self, cell: str) -> int:
        return self._number.setdefault(cell, len(self._number))


class Figures:
    """One number a cell (two for first and last day); NOTHING where there is none."""

    def __init__(self, cells: Floats) -> None:
        self.cells = cells

    @classmethod
    def of(cls, values: Sequence[Any], width: int) -> Figures:
        return cls(np.array([_numbers(value, width) for value in values], np.float64).reshape(len(values), width))

    @property
    def first(self) -> Floats:
        return self.cells[:, 0]

    @property
    def last(self) -> Floats:
        return self.cells[:, -1]

    def put(self, at: int, value: Any) -> None:
        self.cells[at] = _numbers(value, self.cells.shape[1])

    def insert(self, at: int, value: Any) -> None:
        self.cells = np.insert(self.cells, at, _numbers(value, self.cells.shape[1]), axis=0)

    def delete(self, at: int) -> None:
        self.cells = np.delete(self.cells, at, axis=0)


def _cell(value: Sequence[str]) -> str:
    texts = [text for text in value if text]
    return EDGE + EDGE.join(texts).casefold() + EDGE if texts else ""


def _numbers(value: Any, width: int) -> list[float]:
    if value is None:
        return [NOTHING] * width
    return [float(part) for part in value] if width > 1 else [float(value)]


class Columns:
    """Every activity of a plan in the order of the ids. `heed` each change to the plan."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self._forget()

    @property
    def ids(self) -> Ints:
        self._list()
        return self._ids

    @property
    def projects(self) -> Ints:
        """The project of each activity."""
        self._list()
        return self._projects

    def texts(self, field: Field) -> Texts:
        """The texts of a field."""
        column = self._column(field)
        if not isinstance(column, Texts):
            raise TypeError(f"{field.name} holds no texts")
        return column

    def figures(self, field: Field) -> Figures:
        """The numbers or days of a field."""
        column = self._column(field)
        if not isinstance(column, Figures):
            raise TypeError(f"{field.name} holds no figures")
        return column

    def heed(self, change_set: ChangeSet) -> None:
        """Takes over what an edit changed; what cannot be told apart is made anew when next asked for."""
        if self._fields:
            changed = list(change_set.of(Milestone, WorkItem))
            if len(changed) > MANY:
                self._forget()
                return
            self._drop(change_set)
            for change in changed:
                self._take(change.id, change.new)
            self._follow(change_set, _parents(changed))
        else:
            self._forget()

    def forget_day(self) -> None:
        """Another day has begun."""
        for name in [name for name, field in self._fields.items() if field.daily]:
            self._remove(name)

    def forget(self, name: str) -> None:
        """Something that a field depends on beside the plan has changed as a whole."""
        if name in self._fields:
            self._remove(name)

    def _forget(self) -> None:
        self._ids: Ints = np.zeros(0, np.int64)
        self._projects: Ints = np.zeros(0, np.int64)
        self._listed = False
        self._fields: dict[str, Field] = {}
        self._made: dict[str, Texts | Figures] = {}
        self._readers: dict[str, Reader] = {}

    def _remove(self, name: str) -> None:
        del self._fields[name], self._made[name], self._readers[name]

    def _list(self) -> None:
        if not self._listed:
            rows = sorted((row.id, row.project) for row in self.sight.plan.activities())
            table = np.array(rows, np.int64).reshape(len(rows), 2)
            self._ids, self._projects = table[:, 0].copy(), table[:, 1].copy()
            self._listed = True

    def _column(self, field: Field) -> Texts | Figures:
        column = self._made.get(field.name)
        if column is None:
            self._list()
            read = field.made(self.sight)
            if field.whole is not None:
                column = Figures(field.whole(self).reshape(len(self._ids), 1))
            else:
                column = _made(field, [read(self._activity(row_id)) for row_id in self._ids.tolist()])
            self._fields[field.name], self._readers[field.name], self._made[field.name] = field, read, column
        return column

    def _activity(self, row_id: int) -> Activity:
        row = self.sight.plan.activity(row_id)
        if row is None:
            raise KeyError(row_id)
        return row

    def _drop(self, change_set: ChangeSet) -> None:
        """Columns that an edit may have changed anywhere."""
        kinds = {change.kind for change in change_set.changes}
        for name, field in list(self._fields.items()):
            if field.whole is not None or any(kind in kinds and attribute is None for kind, attribute in field.heeds):
                self._remove(name)

    def _take(self, row_id: int, new: Activity | None) -> None:
        at = int(np.searchsorted(self._ids, row_id))
        there = at < len(self._ids) and self._ids[at] == row_id
        if new is None:
            if there:
                self._ids, self._projects = np.delete(self._ids, at), np.delete(self._projects, at)
                for column in self._made.values():
                    column.delete(at)
            return
        if there:
            self._projects[at] = new.project
            for name, column in self._made.items():
                column.put(at, self._readers[name](new))
            return
        self._ids, self._projects = np.insert(self._ids, at, row_id), np.insert(self._projects, at, new.project)
        for name, column in self._made.items():
            column.insert(at, self._readers[name](new))

    def _follow(self, change_set: ChangeSet, parents: set[int]) -> None:
        """Cells that depend on other records; parents: those that something came under or went from."""
        for name, field in self._fields.items():
            ids = set(parents)
            for kind, attribute in field.heeds:
                if attribute is not None:
                    changes = change_set.of(kind)
                    ids |= {getattr(row, attribute) for change in changes for row in (change.old, change.new) if row is not None}
            if field.follows is not None:
                ids.update(field.follows(self.sight, change_set))
            for row_id in ids:
                self._refresh(name, row_id)

    def _refresh(self, name: str, row_id: int) -> None:
        row = self.sight.plan.activity(row_id)
        if row is not None:
            self._made[name].put(int(np.searchsorted(self._ids, row_id)), self._readers[name](row))


def _parents(changes: Sequence[Change]) -> set[int]:
    """The parents that something came under or went from: whether they stand for others may have changed."""
    moved = (one for one in changes if one.old is None or one.new is None or one.old.parent != one.new.parent)
    return {row.parent for one in moved for row in (one.old, one.new) if row is not None and row.parent is not None}


def _made(field: Field, values: Sequence[Any]) -> Texts | Figures:
    if field.sort in (Sort.TEXT, Sort.WORDS, Sort.PERSON):
        return Texts.of(values)
    return Figures.of(values, 2 if field.sort is Sort.SPAN else 1)
