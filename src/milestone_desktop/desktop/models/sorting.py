"""Sorting by several columns at once: every record gets a rank, by which siblings stand under their parent or group."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.desktop.models.columns import Column

Ints = NDArray[np.int64]
SortKey = tuple[str, bool]
"""The id of a column, and whether the largest comes first."""

_LAST = np.iinfo(np.int64).max
_NUMBERS = {int, float, bool}


def ranks_of(keys: Sequence[tuple[Column, bool]], records: Sequence[Any]) -> Ints:
    """A rank for each record, 0 first: by the first key, equal ones by the next, equal in all as they stand.

    keys: columns, each with whether the largest comes first. Records without a value come last either way, and so does
    None, which stands for a head.
    """
    codes = [_codes(column, records, descending) for column, descending in keys]
    order = np.lexsort((np.arange(len(records)), *reversed(codes)))
    ranks = np.empty(len(records), np.int64)
    ranks[order] = np.arange(len(records))
    return ranks


def folded(text: str) -> str:
    """A text by which people look for it in an alphabet: capitals and accents make no difference."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def _codes(column: Column, records: Sequence[Any], descending: bool) -> Ints:
    """Numbers that order as the column's values do."""
    order = column.order if column.order is not None else _by_text(column.text)
    values = [None if record is None else order(record) for record in records]
    there = [value for value in values if value is not None and value != ""]
    codes = np.full(len(values), _LAST, np.int64)
    if not there:
        return codes
    known = np.fromiter((value is not None and value != "" for value in values), np.bool_, len(values))
    if set(map(type, there)) <= _NUMBERS:
        figures = np.array(there)
        if figures.dtype.kind == "f":
            figures = np.unique(figures, return_inverse=True)[1]
        found = figures.astype(np.int64)
    else:
        place = {value: number for number, value in enumerate(sorted(set(there)))}
        found = np.array([place[value] for value in there], np.int64)
    codes[known] = -found if descending else found
    return codes


def _by_text(text: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda record: folded(text(record))
