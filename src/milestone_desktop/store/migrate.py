"""Bringing a workspace file of an older version up to date, on a copy that takes the file's place when it is proved good.

Imported only when a file needs it: Alembic takes long to import.
"""

from __future__ import annotations

import os
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

from milestone_desktop.store import journal
from milestone_desktop.store.backup import copy_database
from milestone_desktop.store.engine import close_connection, connect, transaction
from milestone_desktop.store.failures import DamagedError, reading, writing
from milestone_desktop.store.loading import load_plan
from milestone_desktop.store.recognise import recognise
from milestone_desktop.store.replacing import beside, discard, flush_to_disk

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(path: Path, now: datetime, folder: Path | None = None) -> Path:
    """Brings a file to the newest schema in `folder` and returns the backup of it as it was (`NAME.backup-vN`).

    The caller holds the file's lock. Raises PlanError where the file is damaged or cannot be written; then it is as it
    was and nothing lies beside it.
    """
    folder = folder or MIGRATIONS
    schema = recognise(path).schema
    making = beside(path, "migrating")
    try:
        _copy(path, making)
        with reading(path):
            _upgrade(making, now, folder, path)
        with writing(path):
            flush_to_disk(making)
            backup = _keep_original(path, schema)
            making.replace(path)
            flush_to_disk(path.parent)
    finally:
        discard(making)
    return backup


def run_migrations(connection: sa.Connection, folder: Path = MIGRATIONS) -> int:
    """Runs the migrations that the database has not had, in the transaction under way; returns the schema number."""
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    head = int(ScriptDirectory.from_config(config).get_current_head() or 0)
    connection.exec_driver_sql(f"PRAGMA user_version = {head}")
    return head


def _copy(path: Path, making: Path) -> None:
    # Opened for writing, so that SQLite first rolls back what a crash left half done.
    with reading(path):
        connection = connect(path)
    try:
        copy_database(connection, path, making)
    finally:
        close_connection(connection)


def _upgrade(making: Path, now: datetime, folder: Path, path: Path) -> None:
    connection = connect(making, foreign_keys=False)
    try:
        with transaction(connection):
            run_migrations(connection, folder)
            journal.write_checkpoint(connection, journal.last_sequence(connection), load_plan(connection), now)
        with transaction(connection):
            dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
            sound = connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        if dangling or not sound:
            raise DamagedError(path)
    finally:
        close_connection(connection)


def _keep_original(path: Path, schema: int) -> Path:
    """Gives the file as it is a second name, so that it stays when the new one takes the first."""
    for number in count(1):
        backup = path.with_name(f"{path.name}.backup-v{schema}" + (f"-{number}" if number > 1 else ""))
        if os.path.lexists(backup):
            continue
        try:
            backup.hardlink_to(path)
        except OSError:  # no hard links on this file system
            shutil.copy2(path, backup)
            flush_to_disk(backup)
        return backup
    raise AssertionError("count() never ends")
