"""The tables: strict, named, and the same whether made new or by the migrations."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from milestone_desktop.domain.kinds import KINDS, field_names, references
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.store.engine import close_connection, connect, transaction
from milestone_desktop.store.migrate import run_migrations
from milestone_desktop.store.schema import (
    APPLICATION_ID,
    METADATA,
    SCHEMA_NUMBER,
    TABLES,
    create_tables,
    described,
    revision_name,
    table_name,
)
from milestone_desktop.store.workspace_file import create


@pytest.fixture
def made_new() -> dict[str, str]:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        create_tables(connection)
        found = described(connection)
    engine.dispose()
    return found


def test_a_new_file_is_what_the_migrations_make(made_new, tmp_path):
    path = tmp_path / "migrated.db"
    path.touch()
    connection = connect(path, foreign_keys=False)
    with transaction(connection):
        assert run_migrations(connection) == SCHEMA_NUMBER
    migrated = described(connection)
    revision = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    close_connection(connection)
    assert migrated == made_new, "the records changed: a released schema needs a migration"
    assert revision == revision_name(SCHEMA_NUMBER)


def test_every_table_is_strict_but_alembics_own(made_new):
    tables = {name: sql for name, sql in made_new.items() if sql.startswith("CREATE TABLE")}
    assert len(tables) == len(METADATA.tables)
    loose = {name for name, sql in tables.items() if not re.search(r"\bSTRICT\b", sql)}
    assert loose == {"alembic_version"}


def test_every_constraint_has_a_name_and_none_forbids_what_a_person_may_want():
    for table in METADATA.tables.values():
        for constraint in table.constraints:
            assert constraint.name, f"{table.name}: {constraint}"
            assert not isinstance(constraint, sa.UniqueConstraint)
            if isinstance(constraint, sa.ForeignKeyConstraint):
                assert constraint.deferrable
                assert constraint.initially == "DEFERRED"
        assert not any(index.unique for index in table.indexes)


def test_each_field_is_a_column_and_each_reference_a_foreign_key():
    for kind in KINDS:
        table = TABLES[kind]
        assert tuple(table.c.keys()) == field_names(kind)
        for name, reference in references(kind).items():
            (key,) = table.c[name].foreign_keys
            assert key.column.table.name == table_name(reference.kind)


def test_the_file_is_marked_and_survives_power_loss(path, clock):
    create(path, seed_plan(), clock())
    raw = sqlite3.connect(path)
    assert raw.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert raw.execute("PRAGMA user_version").fetchone() == (SCHEMA_NUMBER,)
    assert raw.execute("PRAGMA encoding").fetchone() == ("UTF-8",)
    raw.close()
    connection = connect(path)
    settings = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in PRAGMAS}
    close_connection(connection)
    assert settings == PRAGMAS
    assert sorted(each.name for each in path.parent.iterdir()) == [path.name]


PRAGMAS = {"journal_mode": "delete", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "cell_size_check": 1}


def test_the_frozen_schema_is_not_derived():
    folder = Path(create.__code__.co_filename).parent / "migrations" / "versions"
    assert "milestone_desktop" not in (folder / "0001_first_schema.py").read_text(encoding="utf-8")
