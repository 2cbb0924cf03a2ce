"""Connections to a workspace file, set up so that an edit survives a power cut and a hostile file can do nothing."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_from_bytes

import sqlalchemy as sa
from sqlalchemy.pool import NullPool

MODES = slice(18, 20)
"""The bytes of the database header that tell how the file is written: 1 rollback journal, 2 WAL."""

BUSY_SECONDS = 2.0
"""How long to wait while another program holds SQLite's own lock on the file."""


def connect(path: Path, *, read_only: bool = False, foreign_keys: bool = True) -> sa.Connection:
    """Opens an existing SQLite file. `close_connection` ends it. Raises sqlalchemy.exc.DBAPIError.

    Nothing is written before the first statement that writes, unless the last writer died in mid-write: then SQLite
    first rolls that write back.
    """

    def opened() -> sqlite3.Connection:
        mode = "rw" if not read_only else "ro&immutable=1" if _has_empty_log(path) else "ro"
        # Python's own transaction control begins late and not at all for DDL; `_begin` below says BEGIN itself.
        raw = sqlite3.connect(f"{_uri(path)}?mode={mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None)
        _harden(raw, read_only, foreign_keys)
        return raw

    engine = sa.create_engine("sqlite://", creator=opened, poolclass=NullPool)
    sa.event.listen(engine, "begin", _begin_reading if read_only else _begin_writing)
    return engine.connect()


def close_connection(connection: sa.Connection) -> None:
    """Closes a connection and what stands behind it."""
    connection.close()
    connection.engine.dispose()


@contextmanager
def transaction(connection: sa.Connection) -> Iterator[None]:
    """All or nothing. A commit that fails (disk full, a foreign key that dangles) leaves SQLite's transaction open and
    SQLAlchemy's closed; here it is rolled back as well, so that the connection can go on."""
    try:
        with connection.begin():
            yield
    except BaseException:
        raw = raw_connection(connection)
        if raw.in_transaction:
            raw.rollback()
        raise


def raw_cursor(connection: sa.Connection) -> sqlite3.Cursor:
    """A cursor of the driver, for reading much at once."""
    return raw_connection(connection).cursor()


def raw_connection(connection: sa.Connection) -> sqlite3.Connection:
    """The driver's connection."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError("the connection is closed")
    return raw


def sqlite_error(error: sa.exc.DBAPIError) -> tuple[int, str]:
    """SQLite's primary error code of a failure (as `sqlite3.SQLITE_FULL`; 0 if unknown) and its text."""
    code = getattr(error.orig, "sqlite_errorcode", None) or 0
    return code & 0xFF, str(error.orig)


def _harden(raw: sqlite3.Connection, read_only: bool, foreign_keys: bool) -> None:
    """trusted_schema and cell_size_check: a prepared file may neither call functions from its schema nor lead SQLite
    astray with a broken page; temp_store: no part of a plan goes to the folder for temporary files."""
    for pragma in (
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        f"foreign_keys = {'ON' if foreign_keys else 'OFF'}",
    ):
        raw.execute(f"PRAGMA {pragma}")
    if read_only:
        raw.execute("PRAGMA query_only = ON")
    else:
        raw.execute("PRAGMA synchronous = FULL")


def _has_empty_log(path: Path) -> bool:
    """Whether another program has put the file into SQLite's WAL mode and left nothing in its log.

    Even a reader would then make side files, unless told that the file does not change.
    """
    with path.open("rb") as file:
        in_wal_mode = file.read(MODES.stop)[MODES] == b"\x02\x02"
    log = path.with_name(f"{path.name}-wal")
    return in_wal_mode and not (log.exists() and log.stat().st_size)


def _begin_writing(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _uri(path: Path) -> str:
    """A `file:` URI that SQLite reads on every system, shares of Windows included (their name stands in the path)."""
    text = os.fsencode(path.absolute().as_posix())
    return "file://" + quote_from_bytes(text if text.startswith(b"/") else b"/" + text)
