"""Sorting by several columns at once: every record gets a rank, by which siblings stand under their parent or group."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.desktop.models.columns import Column

Ints = NDArray[np.int64]
SortKey = tuple[str, bool]
"""The id of a column, and whether the largest comes first."""

_LAST = np.iinfo(np.int64).max
_WHOLE = {int, bool}


class SortCodes:
    """Numbers that order as the values of a column do, worked out once for each column and list of records."""

    def __init__(self, records: Sequence[Any]) -> None:
        self._records = records
        self._codes: dict[str, Ints] = {}

    def ranks(self, keys: Sequence[tuple[Column, bool]]) -> Ints:
        """A rank for each record, 0 first: by the first key, equal ones by the next, equal in all as they stand.

        keys: columns, each with whether the largest comes first. Records without a value come last either way, and so
        does None, which stands for a head.
        """
        codes = [self._of(column, descending) for column, descending in keys]
        order = np.lexsort(tuple(reversed(codes)))  # stable: equal ones as they stand
        ranks = np.empty(len(self._records), np.int64)
        ranks[order] = np.arange(len(self._records))
        return ranks

    def _of(self, column: Column, descending: bool) -> Ints:
        codes = self._codes.get(column.id)
        if codes is None:
            codes = self._codes[column.id] = _codes(column, self._records)
        return np.where(codes == _LAST, codes, -codes) if descending else codes


def ranks_of(keys: Sequence[tuple[Column, bool]], records: Sequence[Any]) -> Ints:
    """The ranks of records sorted once."""
    return SortCodes(records).ranks(keys)


def folded(text: str) -> str:
    """A text by which people look for it in an alphabet: capitals and accents make no difference."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _codes(column: Column, records: Sequence[Any]) -> Ints:
    """Numbers that order as the column's values do."""
    order, text = column.order, column.text
    if order is not None:
        values = [None if record is None else order(record) for record in records]
    else:
        values = [None if record is None else folded(text(record)) or None for record in records]
    kinds = set(map(type, values)) - {type(None)}
    if not kinds:
        return np.full(len(values), _LAST, np.int64)
    if kinds <= _WHOLE:
        return np.array([_LAST if value is None else value for value in values], np.int64)
    there = sorted({value for value in values if value is not None and value != ""})
    place = {value: number for number, value in enumerate(there)}
    return np.array([place.get(value, _LAST) for value in values], np.int64)
