"""Making a workspace file and opening one."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from milestone_desktop.domain.kinds import KINDS
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store import journal
from milestone_desktop.store.engine import close_connection, connect, raw_connection, transaction
from milestone_desktop.store.failures import FORBIDDEN, DamagedError, reading, writing
from milestone_desktop.store.lock import Lock, acquire
from milestone_desktop.store.recognise import recognise
from milestone_desktop.store.records import insert_rows, write_counters
from milestone_desktop.store.replacing import already_there, beside, discard, flush_to_disk, publish
from milestone_desktop.store.schema import METADATA, SCHEMA_NUMBER, create_tables
from milestone_desktop.store.storage import FileStorage


def create(path: Path, plan: Plan, now: datetime) -> None:
    """Makes a workspace file that holds `plan`, in one step: nobody sees it half made, nothing is overwritten.

    Raises PlanError where something stands at `path` already or the folder cannot be written.
    """
    path = path.absolute()
    if os.path.lexists(path):
        raise already_there(path)
    making = beside(path, "new")
    try:
        with writing(path):
            making.touch(mode=0o666, exist_ok=False)
            _fill(making, plan, now)
            flush_to_disk(making)
            publish(making, path)
            flush_to_disk(path.parent)
    finally:
        discard(making)


def open_(path: Path, now: datetime, *, read_only: bool = False, take_over: bool = False) -> FileStorage:
    """Opens a workspace file; one of an older version is first brought up to date, with a backup beside it.

    Read-only, without a lock, where asked for or where file or folder cannot be written. take_over: although another
    window holds it. Raises LockedError where another window holds it, other PlanErrors where it cannot be opened; then
    the file is as it was.
    """
    path = path.resolve()
    schema = recognise(path).schema
    lock = None if read_only or not os.access(path, os.W_OK) else _lock(path, now, take_over)
    try:
        if schema < SCHEMA_NUMBER:
            _bring_up_to_date(path, lock, now)
        return FileStorage(path, _opened(path, read_only=lock is None), lock)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _fill(path: Path, plan: Plan, now: datetime) -> None:
    connection = connect(path)
    try:
        with transaction(connection):
            create_tables(connection)
            for kind in KINDS:
                insert_rows(connection, kind, sorted(plan.all(kind), key=lambda row: row.id))
            write_counters(connection, plan.counters)
            journal.write_checkpoint(connection, 0, plan, now)
    finally:
        close_connection(connection)


def _lock(path: Path, now: datetime, take_over: bool) -> Lock | None:
    """The lock; None where the folder takes no new files."""
    try:
        return acquire(path, now, take_over=take_over)
    except OSError as error:
        if error.errno in FORBIDDEN:
            return None
        raise


def _bring_up_to_date(path: Path, lock: Lock | None, now: datetime) -> None:
    if lock is None:
        raise PlanError(
            N_("“{name}” is of an older version, and cannot be brought up to date where it may not be written."),
            N_("Copy it to another folder and open it there."),
            name=path.name,
        )
    from milestone_desktop.store.migrate import migrate  # Alembic takes long to import and is rarely needed

    migrate(path, now)


def _opened(path: Path, *, read_only: bool) -> sa.Connection:
    """A connection to a file that looks as one of ours should."""
    with reading(path):
        connection = connect(path, read_only=read_only)
    try:
        with reading(path), transaction(connection):
            _check_schema(connection, path)
        if not read_only:
            # A rollback journal is a file's state anyway, unless another program has put it into WAL mode.
            with reading(path):
                raw_connection(connection).execute("PRAGMA journal_mode = DELETE")
    except BaseException:
        close_connection(connection)
        raise
    return connection


def _check_schema(connection: sa.Connection, path: Path) -> None:
    """A missing table is damage; a trigger or view is somebody's doing and could act on its own."""
    rows = connection.exec_driver_sql("SELECT type, name FROM sqlite_schema").all()
    if any(kind in ("trigger", "view") for kind, _ in rows):
        raise PlanError(
            N_("“{name}” holds triggers or views, which a workspace never does; it was left as it is."),
            N_("Open a copy that no other program has changed."),
            name=path.name,
        )
    if not set(METADATA.tables) <= {name for _, name in rows}:
        raise DamagedError(path)
