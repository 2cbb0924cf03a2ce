"""Sorting by several columns at once: every record gets a rank, by which siblings stand under their parent or group."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.desktop.models.columns import Column, sort_key
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.search import all_folded
from milestone_desktop.filters.at_once import Keys
from milestone_desktop.filters.records import Records

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
SortKey = tuple[str, bool]
"""The id of a column, and whether the largest comes first."""

MANY = 2_000
"""A change of so many records makes columns anew."""

_A_LITTLE = 8192
"""Values read or put in order in one step of reading ahead."""

_LAST = np.inf
_DONE = object()
_NUMBERS = {int, bool, float, type(None)}


class SortCodes:
    """Numbers that order as the values of columns do, by the id of the activity. A column is read once, when it is first
    sorted by or before that (`read_ahead`); `heed` each change to the plan.

    own: the columns whose values follow from the record alone. The others are read anew after each change. alike: keys of
    activities by the name of a column, the same only where its value is the same: it is read once for each.
    """

    def __init__(self, plan: Plan, own: Iterable[str], alike: Mapping[str, Keys] | None = None) -> None:
        self._plan = plan
        self._own = frozenset(own)
        self._alike = alike or {}
        self._records: Records | None = None
        self._columns: dict[str, _Codes] = {}
        self._begun: tuple[str, _Codes, Iterator[None]] | None = None

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

    def read_ahead(self, columns: Iterable[Column]) -> bool:
        """Reads a little of those of some columns that stay as they are while others are edited; False where all is read."""
        missing = (column for column in columns if column.id in self._own and column.id not in self._columns)
        column = next(missing, None)
        if column is None:
            self._records = None
            return False
        if self._begun is None or self._begun[0] != column.id:
            self._begun = self._begin(column)
        name, codes, reading = self._begun
        if next(reading, _DONE) is _DONE:
            self._columns[name], self._begun = codes, None
        return True

    def heed(self, change_set: ChangeSet) -> None:
        """Takes over what a change altered."""
        self._records = self._begun = None
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
            begun = self._begun if self._begun is not None and self._begun[0] == column.id else self._begin(column)
            _name, codes, reading = begun
            deque(reading, 0)
            self._columns[column.id], self._begun = codes, None
        return codes

    def _begin(self, column: Column) -> tuple[str, _Codes, Iterator[None]]:
        if self._records is None:
            self._records = Records(self._plan)
        codes = _Codes(column, self._records)
        return column.id, codes, codes.read(self._records, self._alike.get(column.id))


class _Codes:
    """The numbers of one column. Numbers and dates are their own; other values are put in order once, and one that comes
    later gets a number between those of its neighbours."""

    def __init__(self, column: Column, records: Records) -> None:
        self._column, self._key = column, sort_key(column)
        self._values: list[Any] = []  # what is no number, in order
        self._numbers: list[float] = []  # of each of them
        self._table = np.full(int(records.ids.max(initial=0)) + 2, _LAST)  # the last place is nobody's: heads look there

    def read(self, records: Records, keys: Keys | None) -> Iterator[None]:
        """Reads all records, a little at each step."""
        if keys is not None:
            values, places = records.read_once(keys(records), self._key)
            yield from self._number_all(values)
            self._table[records.ids] = self._found(values)[places]
            return
        values = []
        for begin in range(0, len(records), _A_LITTLE):
            values += self._read(records.rows[begin : begin + _A_LITTLE])
            yield
        yield from self._number_all(values)
        self._table[records.unordered(records.ids)] = self._found(values)

    def _read(self, rows: Sequence[Activity]) -> list[Any]:
        if self._column.order is not None:
            return list(map(self._column.order, rows))
        return all_folded(list(map(self._column.text, rows)))

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

    def _number_all(self, values: list[Any]) -> Iterator[None]:
        """Puts what is no number in order: a little at a time, then all of it, which is then in order for the most part."""
        if set(map(type, values)) <= _NUMBERS:
            return
        different = [value for value in dict.fromkeys(values) if value is not None and value != ""]
        yield
        for begin in range(0, len(different), _A_LITTLE):
            self._values += sorted(different[begin : begin + _A_LITTLE])
            yield
        self._values.sort()
        self._numbers = [float(number) for number in range(len(self._values))]
        yield

    def _found(self, values: list[Any]) -> Floats:
        """The numbers of values that have been put in order."""
        if self._values:
            values = list(map(dict(zip(self._values, self._numbers, strict=True)).get, values))
        elif not set(map(type, values)) <= _NUMBERS:  # empty texts
            return np.full(len(values), _LAST)
        found = np.array(values, np.float64)  # None becomes NaN
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
