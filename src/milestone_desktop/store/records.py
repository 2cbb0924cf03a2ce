"""Records to rows: only what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.changes import Change
from milestone_desktop.domain.kinds import ACTIVITY_KINDS
from milestone_desktop.store.codecs import codec_by_name, codecs
from milestone_desktop.store.schema import ACTIVITY, COUNTER, TABLES


def write_changes(connection: sa.Connection, changes: Iterable[Change]) -> None:
    """Inserts, updates (the changed columns) and deletes rows. Raises LookupError where a row to change is not there.

    The order does not matter: foreign keys are checked when the transaction ends.
    """
    added: dict[type, list[Any]] = defaultdict(list)
    altered: dict[tuple[type, tuple[str, ...]], list[Any]] = defaultdict(list)
    removed: dict[type, list[int]] = defaultdict(list)
    for change in changes:
        if change.old is None:
            added[change.kind].append(change.new)
        elif change.new is None:
            removed[change.kind].append(change.id)
        else:
            altered[change.kind, changed_fields(change)].append(change.new)
    for kind, rows in added.items():
        insert_rows(connection, kind, rows)
    for (kind, names), rows in altered.items():
        if names:
            _update_rows(connection, kind, names, rows)
    for kind, ids in removed.items():
        _delete_rows(connection, TABLES[kind], ids)
        if kind in ACTIVITY_KINDS:
            _delete_rows(connection, ACTIVITY, ids)


def insert_rows(connection: sa.Connection, kind: type, rows: Sequence[Any]) -> None:
    """Adds records of one kind."""
    if not rows:
        return
    if kind in ACTIVITY_KINDS:
        connection.execute(ACTIVITY.insert(), [{"id": row.id, "kind": kind.__name__} for row in rows])
    fields = codecs(kind)
    connection.execute(
        TABLES[kind].insert(), [{field.name: field.cell(getattr(row, field.name)) for field in fields} for row in rows]
    )


def write_counters(connection: sa.Connection, counters: Mapping[str, int]) -> None:
    """Keeps the counters given, adding those not yet there."""
    if counters:
        statement = COUNTER.insert().prefix_with("OR REPLACE")
        connection.execute(statement, [{"name": name, "value": value} for name, value in counters.items()])


def changed_fields(change: Change) -> tuple[str, ...]:
    """The names of the fields in which old and new record of a change differ."""
    old, new = change.old, change.new
    return tuple(field.name for field in codecs(change.kind) if getattr(old, field.name) != getattr(new, field.name))


def _update_rows(connection: sa.Connection, kind: type, names: tuple[str, ...], rows: Sequence[Any]) -> None:
    table = TABLES[kind]
    fields = [codec_by_name(kind)[name] for name in names]
    statement = (
        table.update().where(table.c.id == sa.bindparam("row_id")).values({name: sa.bindparam(f"new_{name}") for name in names})
    )
    parameters = [
        {"row_id": row.id} | {f"new_{field.name}": field.cell(getattr(row, field.name)) for field in fields} for row in rows
    ]
    _expect(connection.execute(statement, parameters).rowcount, len(rows), table)


def _delete_rows(connection: sa.Connection, table: sa.Table, ids: Sequence[int]) -> None:
    statement = table.delete().where(table.c.id == sa.bindparam("row_id"))
    _expect(connection.execute(statement, [{"row_id": row_id} for row_id in ids]).rowcount, len(ids), table)


def _expect(found: int, wanted: int, table: sa.Table) -> None:
    if found != wanted:
        raise LookupError(f"{wanted - found} of {wanted} rows are missing in {table.name}")
