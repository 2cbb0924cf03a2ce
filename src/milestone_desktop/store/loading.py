"""Rows to records: a whole plan at once, column by column, which for many rows is several times faster than row by row."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.instants import MINUTES_PER_DAY, day_from_iso, instant_from_iso
from milestone_desktop.domain.kinds import KINDS, references
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.codecs import FieldCodec, codecs
from milestone_desktop.store.engine import raw_cursor
from milestone_desktop.store.schema import TABLES

ROWS_AT_ONCE = 1000
"""Rows read before they are made into records: few enough to stay in the processor's cache."""


def load_plan(connection: sa.Connection) -> Plan:
    """Every record and counter.

    Raises ValueError, TypeError, LookupError or RecursionError for a cell that cannot be a value of its field.
    """
    plan = Plan()
    instants, ids = _Instants(), _Known(_as_it_is)
    with _without_garbage_collection():
        for kind in KINDS:
            plan.load(kind, _records(connection, kind, instants, ids))
        plan.counters = dict(raw_cursor(connection).execute("SELECT name, value FROM counter"))
    return plan


def _records(connection: sa.Connection, kind: type, instants: _Known, ids: _Known) -> Iterator[Any]:
    table, fields = TABLES[kind].name, codecs(kind)
    names, known = [field.name for field in fields], dict.fromkeys(references(kind), ids)
    cursor = raw_cursor(connection).execute(f'SELECT {_listed(names)} FROM "{table}" ORDER BY id')
    rows = cursor.fetchmany(ROWS_AT_ONCE)
    if not rows:
        return
    columns = dict(zip(names, zip(*rows, strict=True), strict=True))
    readers = {field.name: _reader(field, instants, known, columns[field.name]) for field in fields}
    yield from map(kind, *_read(readers, columns).values())
    if len(rows) < ROWS_AT_ONCE:
        return
    told = _read(readers, {name: columns[name][:1] for name in _same_everywhere(connection, table, columns)})
    same = {name: repeat(next(iter(column))) for name, column in told.items()}
    others = [name for name in names if name not in same]
    cursor.execute(f'SELECT {_listed(others)} FROM "{table}" WHERE id > ? ORDER BY id', [columns["id"][-1]])
    for rows in iter(partial(cursor.fetchmany, ROWS_AT_ONCE), []):
        read = same | _read(readers, dict(zip(others, zip(*rows, strict=True), strict=True)))
        yield from map(kind, *(read[name] for name in names))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _read(readers: dict[str, _Reader | None], columns: dict[str, tuple[Any, ...]]) -> dict[str, Iterable[Any]]:
    """Columns of cells as columns of values."""
    return {name: reader(column) if (reader := readers[name]) else column for name, column in columns.items()}


def _same_everywhere(connection: sa.Connection, table: str, sample: dict[str, tuple[Any, ...]]) -> set[str]:
    """The columns in which all rows have the same cell: most plans leave most fields empty, and to read a cell takes ten times
    as long as to look at it. sample: the first rows, by column."""
    likely = {name: column[0] for name, column in sample.items() if column.count(column[0]) == len(column)}
    if not likely:
        return set()
    differs = ", ".join(f'max("{name}" IS NOT ?)' for name in likely)
    found = raw_cursor(connection).execute(f'SELECT {differs} FROM "{table}"', list(likely.values())).fetchone()
    return {name for name, differs in zip(likely, found, strict=True) if not differs}


class _Known(dict[Any, Any]):
    """Values by cell; an unknown cell is converted once. Plans repeat dates, states and tags a thousand times."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__({None: None})
        self._convert = convert

    def __missing__(self, cell: Any) -> Any:
        value = self[cell] = self._convert(cell)
        return value


class _Instants(_Known):
    """Instants by text. Day and time of day are looked up apart: few of each make many instants."""

    def __init__(self) -> None:
        super().__init__(instant_from_iso)
        self._days = _Known(lambda text: day_from_iso(text) * MINUTES_PER_DAY)
        self._times = {f"T{minute // 60:02d}:{minute % 60:02d}": minute for minute in range(MINUTES_PER_DAY)}

    def __missing__(self, cell: Any) -> Any:
        value = self[cell] = self._days[cell[:10]] + self._times[cell[10:]]
        return value


_Reader = Callable[[Iterable[Any]], Iterable[Any]]


def _reader(field: FieldCodec, instants: _Known, known: dict[str, _Known], sample: tuple[Any, ...]) -> _Reader | None:
    """What makes values of a column's cells; None where a cell is its value. Equal ones are one object in memory, as far as
    the first rows repeat them. known: by field, what shares values with other columns."""
    if field.from_plain is instant_from_iso:
        return partial(map, instants.__getitem__)
    if field.from_plain is not None or field.as_text:
        return partial(map, _Known(field.from_cell).__getitem__)
    if field.name in known:
        return partial(map, known[field.name].__getitem__)
    repeats = len(set(sample)) * 2 <= len(sample)
    return partial(map, _Known(_as_it_is).__getitem__) if repeats else None


def _as_it_is(cell: Any) -> Any:
    return cell


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """A plan holds a million objects and no cycle; looking for one again and again would double the time to load it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
