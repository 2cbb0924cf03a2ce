"""docs/file-format.md tells of every table, of no other, and its queries run."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.domain.kinds import KINDS
from milestone_desktop.store.schema import APPLICATION_ID, METADATA, SCHEMA_NUMBER, table_name

PAGE = (Path(__file__).parents[2] / "docs" / "file-format.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^    (SELECT .+?;)$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_page_names_every_table():
    named = set(re.findall(r"`([a-z_]+)`", PAGE))
    assert {table.name for table in METADATA.tables.values()} <= named
    assert {table_name(kind.__name__) for kind in KINDS} <= named


def test_the_marks_are_those_of_the_file():
    assert f"0x{APPLICATION_ID:08X}" in PAGE
    assert f"number of the schema, {SCHEMA_NUMBER} so far" in PAGE


def test_there_are_queries_to_try():
    assert len(QUERIES) == 3


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.milestones"
    files.new_sample(path, lambda: datetime(2026, 11, 23, 9, 0)).close()
    return path


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_page_finds_something(query, sample):
    with closing(sqlite3.connect(sample)) as connection:
        assert connection.execute(query).fetchall()
