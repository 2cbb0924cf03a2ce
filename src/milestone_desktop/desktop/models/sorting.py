"""Sorting by several columns at once: every record gets a rank, by which siblings stand under their parent or group."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.desktop.models.columns import Column, sort_key
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.search import all_folded

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SortKey = tuple[str, bool]
"""The id of a column, and whether the largest comes first."""

MANY = 2_000
"""A change of so many records makes columns anew."""

_LAST = np.inf
_NUMBERS = {int, bool, float, type(None)}


class SortCodes:
    """Numbers that order as the values of columns do, by the id of the activity. A column is read once, when it is first
    sorted by; `heed` each change to the plan.

    own: the columns whose values follow from the record alone. The others are read anew after each change.
    """

    def __init__(self, plan: Plan, own: Iterable[str]) -> None:
        self._plan = plan
        self._own = frozenset(own)
        self._columns: dict[str, _Codes] = {}

    def ranks(self, keys: Sequence[tuple[Column, bool]], ids: Ints) -> Ints:
        """A rank for each of some rows, 0 first: by the first key, equal ones by the next, equal in all as they stand.

        keys: columns, each with whether the largest comes first. ids: of the rows; records without a value come last either
        way, and so do heads, whose ids are negative.
        """
        columns = [self._of(column).by_id(ids, descending=descending) for column, descending in keys]
        order = np.lexsort(columns[::-1])  # stable: equal ones as they stand
        ranks = np.empty(len(ids), np.int64)
        ranks[order] = np.arange(len(ids))
        return ranks

    def heed(self, change_set: ChangeSet) -> None:
        """Takes over what a change altered."""
        self._columns = {name: codes for name, codes in self._columns.items() if name in self._own}
        changes = list(change_set.of(Milestone, WorkItem))
        if len(changes) > MANY:
            self._columns.clear()
        for codes in self._columns.values():
            for change in changes:
                if change.new is not None:
                    codes.put(change.new)

    def _of(self, column: Column) -> _Codes:
        codes = self._columns.get(column.id)
        if codes is None:
            codes = self._columns[column.id] = _Codes(column, list(self._plan.activities()))
        return codes


class _Codes:
    """The numbers of one column. Numbers and dates are their own; other values are put in order once, and one that comes
    later gets a number between those of its neighbours."""

    def __init__(self, column: Column, records: Sequence[Activity]) -> None:
        self._key = sort_key(column)
        self._values: list[Any] = []  # what is no number, in order
        self._numbers: list[float] = []  # of each of them
        ids = np.fromiter(map(attrgetter("id"), records), np.int64, len(records))
        self._table = np.full(int(ids.max(initial=0)) + 2, _LAST)  # the last place is nobody's: heads look there
        if column.order is None:
            self._table[ids] = self._first_numbers(all_folded(list(map(column.text, records))))
        else:
            self._table[ids] = self._first_numbers(list(map(column.order, records)))

    def by_id(self, ids: Ints, *, descending: bool) -> Floats:
        """The numbers of some rows, turned round where the largest comes first; what has no value stays at the end."""
        there = (ids >= 0) & (ids < len(self._table))
        found = self._table[np.where(there, ids, len(self._table) - 1)]
        return np.where(found == _LAST, _LAST, -found) if descending else found

    def put(self, record: Activity) -> None:
        """Reads a record that is new, or another one now."""
        if record.id >= len(self._table) - 1:
            more = record.id - len(self._table) + 2 + len(self._table) // 8
            self._table = np.append(self._table, np.full(more, _LAST))
        self._table[record.id] = self._number(self._key(record))

    def _first_numbers(self, values: list[Any]) -> Floats:
        if set(map(type, values)) <= _NUMBERS:
            found = np.array(values, np.float64)  # None becomes NaN
            return np.where(np.isnan(found), _LAST, found)
        self._values = sorted(value for value in dict.fromkeys(values) if value is not None and value != "")
        self._numbers = [float(number) for number in range(len(self._values))]
        numbers = dict(zip(self._values, self._numbers, strict=True))
        found = np.array(list(map(numbers.get, values)), np.float64)  # None becomes NaN
        return np.where(np.isnan(found), _LAST, found)

    def _number(self, value: Any) -> float:
        if value is None or value == "":
            return _LAST
        if not self._values and type(value) in _NUMBERS:
            return float(value)
        at = bisect_left(self._values, value)
        if at < len(self._values) and self._values[at] == value:
            return self._numbers[at]
        number = self._between(at)
        if number in self._numbers[max(0, at - 1) : at + 1]:  # no room is left there
            self._number_anew()
            number = self._between(at)
        self._values.insert(at, value)
        self._numbers.insert(at, number)
        return number

    def _between(self, at: int) -> float:
        """A number for a value that comes before the one in a place."""
        before = self._numbers[at - 1] if at else (self._numbers[0] - 2 if self._numbers else 0)
        after = self._numbers[at] if at < len(self._numbers) else before + 2
        return (before + after) / 2

    def _number_anew(self) -> None:
        known = self._table != _LAST
        self._table[known] = np.searchsorted(np.array(self._numbers), self._table[known])
        self._numbers = [float(number) for number in range(len(self._numbers))]
