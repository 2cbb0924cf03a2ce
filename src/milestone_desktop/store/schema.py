"""The tables of a workspace file, derived from the records of the domain; and those of the file's own memory.

A kind's table has the kind's name in snake_case and one column for each field. Milestones and work items share the
parent table `activity`, because anything may refer to either. Every table is STRICT and every constraint has a name.
"""

from __future__ import annotations

import re
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from milestone_desktop.domain.kinds import ACTIVITY_KINDS, KINDS
from milestone_desktop.store.codecs import FieldCodec, codecs

APPLICATION_ID = 0x4D53544E
"""“MSTN”: marks a SQLite file as a workspace."""

SCHEMA_NUMBER = 3
"""Stands in the file's `user_version`; the Alembic revision is the same number with four digits."""

RARELY_DELETED = {"Project", "Calendar", "Person", "WorkflowState", "Baseline"}
"""Kinds deleted one at a time. Deleting a row scans each table that may refer to it, unless there is an index: for
these a scan costs less than keeping an index in step with every edit."""

METADATA = sa.MetaData()

COLUMN_TYPES = {"INTEGER": sa.INTEGER, "REAL": sa.REAL, "TEXT": sa.TEXT}


def table_name(kind: str) -> str:
    """`WorkItem` → `work_item`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


def revision_name(number: int) -> str:
    """The Alembic revision of a schema number."""
    return f"{number:04d}"


def _table(name: str, *parts: sa.Column[object] | sa.Constraint) -> sa.Table:
    return sa.Table(name, METADATA, *parts, sqlite_strict=True)


def _foreign_key(table: str, column: str, target: str, target_column: str = "id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{target}.{target_column}"], name=f"fk_{table}_{column}", deferrable=True, initially="DEFERRED"
    )


def _record_table(kind: type) -> sa.Table:
    name = table_name(kind.__name__)
    fields = codecs(kind)
    constraints: list[sa.Constraint] = [sa.PrimaryKeyConstraint("id", name=f"pk_{name}")]
    if kind in ACTIVITY_KINDS:
        constraints.append(_foreign_key(name, "id", "activity"))
    for field in fields:
        if field.reference:
            constraints.append(_foreign_key(name, field.name, table_name(field.reference.kind)))
        if field.boolean:
            constraints.append(sa.CheckConstraint(f'"{field.name}" IN (0, 1)', name=f"ck_{name}_{field.name}"))
    table = _table(name, *(_column(field) for field in fields), *constraints)
    for field in fields:
        if field.reference and field.reference.kind not in RARELY_DELETED:
            sa.Index(f"ix_{name}_{field.name}", table.c[field.name])
    return table


def _column(field: FieldCodec) -> sa.Column[object]:
    return sa.Column(field.name, COLUMN_TYPES[field.column](), nullable=field.optional)


ACTIVITY = _table(
    "activity",
    sa.Column("id", sa.INTEGER, nullable=False),
    sa.Column("kind", sa.TEXT, nullable=False),
    sa.PrimaryKeyConstraint("id", name="pk_activity"),
)

TABLES = {kind: _record_table(kind) for kind in KINDS}

JOURNAL = _table(
    "journal",
    sa.Column("sequence", sa.INTEGER, nullable=False),
    sa.Column("time", sa.TEXT, nullable=False),
    sa.Column("format", sa.INTEGER, nullable=False),
    sa.Column("undoes", sa.INTEGER),
    sa.Column("label", sa.TEXT, nullable=False),
    sa.Column("content", sa.BLOB),
    sa.Column("receipts", sa.BLOB),
    sa.PrimaryKeyConstraint("sequence", name="pk_journal"),
    _foreign_key("journal", "undoes", "journal", "sequence"),
)
"""content: the packed changes, NULL once compacted; receipts: packed, NULL for none."""

JOURNAL_BLOCK = _table(
    "journal_block",
    sa.Column("first", sa.INTEGER, nullable=False),
    sa.Column("last", sa.INTEGER, nullable=False),
    sa.Column("format", sa.INTEGER, nullable=False),
    sa.Column("content", sa.BLOB, nullable=False),
    sa.PrimaryKeyConstraint("first", name="pk_journal_block"),
)
"""The contents of entries `first` … `last`, which were compacted: packed together, for history to read."""

JOURNAL_MILESTONE = sa.Table(
    "journal_milestone",
    METADATA,
    sa.Column("milestone", sa.INTEGER, nullable=False),
    sa.Column("sequence", sa.INTEGER, nullable=False),
    sa.Column("moved_from", sa.TEXT),
    sa.Column("moved_to", sa.TEXT),
    sa.PrimaryKeyConstraint("milestone", "sequence", name="pk_journal_milestone"),
    _foreign_key("journal_milestone", "sequence", "journal", "sequence"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Which entries concern a milestone: hold receipts of it, change it or what belongs to it; and its planned date before and
after those that move it, as the receipts say, so that the trend is read at once. It outlives the milestone, so it has no
foreign key to it."""

CHECKPOINT = _table(
    "checkpoint",
    sa.Column("sequence", sa.INTEGER, nullable=False),
    sa.Column("time", sa.TEXT, nullable=False),
    sa.Column("format", sa.INTEGER, nullable=False),
    sa.Column("content", sa.BLOB, nullable=False),
    sa.PrimaryKeyConstraint("sequence", name="pk_checkpoint"),
)
"""The whole plan as it stood right after journal entry `sequence` (0: at creation), packed."""

COUNTER = _table(
    "counter",
    sa.Column("name", sa.TEXT, nullable=False),
    sa.Column("value", sa.INTEGER, nullable=False),
    sa.PrimaryKeyConstraint("name", name="pk_counter"),
)

BLOB = _table(
    "blob",
    sa.Column("sha256", sa.TEXT, nullable=False),
    sa.Column("content", sa.BLOB, nullable=False),
    sa.PrimaryKeyConstraint("sha256", name="pk_blob"),
)

VIEW_STATE = _table(
    "view_state",
    sa.Column("key", sa.TEXT, nullable=False),
    sa.Column("value", sa.TEXT, nullable=False),
    sa.PrimaryKeyConstraint("key", name="pk_view_state"),
)

ALEMBIC_VERSION = sa.Table(
    "alembic_version",
    METADATA,
    sa.Column("version_num", sa.VARCHAR(32), nullable=False),
    sa.PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)
"""Alembic's own table, as Alembic makes it."""


def create_tables(connection: sa.Connection) -> None:
    """Makes all tables in an empty database and marks it as a workspace of this schema."""
    for statement in _statements():
        connection.exec_driver_sql(statement)
    connection.execute(ALEMBIC_VERSION.insert(), {"version_num": revision_name(SCHEMA_NUMBER)})
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_NUMBER}")


@cache
def _statements() -> tuple[str, ...]:
    """The SQL that makes each table and index; putting it together takes longer than running it, so it is done once."""
    tables = METADATA.tables.values()
    indexes = [index for table in tables for index in sorted(table.indexes, key=lambda one: str(one.name))]
    made: list[ExecutableDDLElement] = [*map(CreateTable, tables), *map(CreateIndex, indexes)]
    sqlite = dialect()
    return tuple(str(statement.compile(dialect=sqlite)) for statement in made)


def described(connection: sa.Connection) -> dict[str, str]:
    """The SQL of every table and index by name, white space made even: equal for equal schemas."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return {name: " ".join(sql.split()) for name, sql in rows}
