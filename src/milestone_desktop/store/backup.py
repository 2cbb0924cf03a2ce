"""Copies of a workspace file that are whole at every moment, also while the file is being edited."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.store.engine import close_connection, connect, raw_connection
from milestone_desktop.store.failures import reading, writing
from milestone_desktop.store.lock import acquire
from milestone_desktop.store.recognise import recognise
from milestone_desktop.store.replacing import already_there, beside, discard, flush_to_disk, publish


def copy_file(source: Path, target: Path, now: datetime, *, overwrite: bool = False) -> None:
    """Copies a workspace file, also one that another window holds. Raises PlanError; then `target` is as it was."""
    source = source.resolve()
    recognise(source)
    with reading(source):
        connection = connect(source, read_only=True)
    try:
        copy_connected(connection, source, target, now, overwrite=overwrite)
    finally:
        close_connection(connection)


def copy_connected(connection: sa.Connection, source: Path, target: Path, now: datetime, *, overwrite: bool = False) -> None:
    """Copies the database of an open connection to `target`, which appears in one step.

    Raises PlanError where `target` is the file itself, exists (unless overwrite), is open in another window
    (LockedError), or cannot be written; then it is as it was.
    """
    target = target.resolve()
    if target == source:
        raise PlanError(
            N_("“{name}” is the file that is open; a copy needs another name."), N_("Choose another name."), name=source.name
        )
    if not os.path.lexists(target):
        _copy(connection, source, target, replace=False)
    elif overwrite:
        with writing(target):
            lock = acquire(target, now)
        try:
            _copy(connection, source, target, replace=True)
        finally:
            lock.release()
    else:
        raise already_there(target)


def copy_database(connection: sa.Connection, source: Path, target: Path) -> None:
    """Copies a database page by page into a new file and waits until it is on the disk."""
    with writing(target):
        target.touch(mode=0o666, exist_ok=False)
        into = connect(target)
    try:
        with reading(source), writing(target):
            try:
                raw_connection(connection).backup(raw_connection(into))
            except sqlite3.Error as error:
                raise sa.exc.OperationalError("backup", None, error) from error
    finally:
        close_connection(into)
    flush_to_disk(target)


def _copy(connection: sa.Connection, source: Path, target: Path, *, replace: bool) -> None:
    making = beside(target, "copy")
    try:
        copy_database(connection, source, making)
        with writing(target):
            if replace:
                making.replace(target)
            else:
                publish(making, target)
            flush_to_disk(target.parent)
    finally:
        discard(making)
