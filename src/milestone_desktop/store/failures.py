"""What SQLite and the file system may fail with, as sentences for the person."""

from __future__ import annotations

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.store.engine import sqlite_error
from milestone_desktop.store.packing import MismatchError

DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT}
BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
OUR_FAULT = {0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH, sqlite3.SQLITE_MISUSE}
"""A statement that is wrong, or a row that breaks a constraint: no person can mend that."""
FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}
UNREADABLE = (ValueError, TypeError, LookupError, RecursionError, ArithmeticError)
"""What reading a cell or packed content that cannot be right raises."""

FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class DamagedError(PlanError):
    """The file is a workspace, but a damaged one."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            N_("“{name}” is damaged and cannot be read in full; it was left as it is."), backup_hint(path), name=path.name
        )


def backup_hint(path: Path) -> Message:
    """What to do about a damaged file: the newest backup beside it, if there is one."""
    backup = newest_backup(path)
    if backup is None:
        return message(N_("Open the latest copy that you have of it."))
    return message(N_("A backup lies beside it: open a copy of “{backup}”."), backup=backup.name)


def newest_backup(path: Path) -> Path | None:
    """The backup made last before a migration of this file, or None."""
    pattern = re.compile(re.escape(path.name) + r"\.backup-v\d+(-\d+)?")
    try:
        found = [each for each in path.parent.iterdir() if pattern.fullmatch(each.name)]
        return max(found, key=lambda each: each.stat().st_mtime_ns, default=None)
    except OSError:
        return None


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what reading a damaged, locked or unreadable file raises into PlanError."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if sqlite_error(error)[0] == sqlite3.SQLITE_ERROR:  # a table or column is not there
            raise DamagedError(path) from error
        raise plan_error(path, error) from error
    except (sqlite3.Error, MismatchError, *UNREADABLE) as error:
        raise DamagedError(path) from error
    except OSError as error:
        raise file_error(path, error) from error


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turns what writing to a full, read-only, locked or damaged file raises into PlanError."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if sqlite_error(error)[0] in OUR_FAULT:
            raise
        raise plan_error(path, error) from error
    except UnicodeEncodeError as error:
        raise PlanError(
            N_("A text holds half of a character, which cannot be kept in the file."), N_("Type that text again.")
        ) from error
    except OSError as error:
        raise file_error(path, error) from error


def plan_error(path: Path, error: sa.exc.DBAPIError) -> PlanError:
    """The sentence for a failure of SQLite."""
    code, text = sqlite_error(error)
    if code in DAMAGED:
        return DamagedError(path)
    if code in BUSY:
        return PlanError(
            N_("“{name}” is being used by another program, so nothing was written."),
            N_("Wait a moment and try again."),
            name=path.name,
        )
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN) and path.with_name(f"{path.name}-journal").exists():
        return PlanError(
            N_("“{name}” was being written when its program or the computer stopped, so it cannot be read as it is."),
            N_("Open it for editing once: everything up to the last complete edit comes back."),
            name=path.name,
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return _forbidden(path)
    return _failed(path, text)


def file_error(path: Path, error: OSError) -> PlanError:
    """The sentence for a failure of the file system."""
    if error.errno in FULL:
        return _full(path)
    if error.errno in FORBIDDEN:
        return _forbidden(path)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return PlanError(
            N_("The folder “{folder}” does not exist."), N_("Make it first, or choose another one."), folder=str(path.parent)
        )
    return _failed(path, error.strerror or str(error))


def _full(path: Path) -> PlanError:
    return PlanError(
        N_("The disk is full, so “{name}” was not written."), N_("Make room on the disk and do it again."), name=path.name
    )


def _forbidden(path: Path) -> PlanError:
    return PlanError(
        N_("“{name}” or its folder may not be read or written."),
        N_("Ask for permission, or copy it to another folder."),
        name=path.name,
    )


def _failed(path: Path, reason: str) -> PlanError:
    return PlanError(
        N_("“{name}” cannot be read or written ({reason})."),
        N_("Check that its disk is there, then try again."),
        name=path.name,
        reason=reason,
    )
