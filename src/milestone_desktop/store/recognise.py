"""What a file is, told from its first bytes alone, so that a file which is not ours is never touched."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.store.failures import DamagedError, file_error
from milestone_desktop.store.schema import APPLICATION_ID, SCHEMA_NUMBER

MAGIC = b"SQLite format 3\0"
HEADER_SIZE = 100
PAGE_SIZE, CHANGES, PAGES, USER_VERSION, APPLICATION, VALID_FOR = 16, 24, 28, 60, 68, 92
"""Places in the database header (sqlite.org/fileformat2.html, section 1.3); numbers are big-endian."""

OTHER_FILE = N_("Choose a workspace, or import the file if it is a plan of another program.")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A workspace file. schema: its schema number."""

    schema: int


def recognise(path: Path, newest: int = SCHEMA_NUMBER) -> Recognised:
    """Looks at a file without opening it as a database.

    Raises PlanError, each time another sentence, where it is missing, a folder, empty, not a database, another
    program's database, cut off, or written by a newer version.
    """
    header, size = _first_bytes(path)
    if size == 0:
        raise PlanError(
            N_("“{name}” is an empty file, not a workspace."), N_("Choose another file, or make a new one."), name=path.name
        )
    if not header.startswith(MAGIC):
        raise PlanError(N_("“{name}” is not a workspace but another kind of file."), OTHER_FILE, name=path.name)
    if len(header) < HEADER_SIZE:
        raise DamagedError(path)
    schema = _number(header, USER_VERSION)
    if _number(header, APPLICATION) != APPLICATION_ID:
        raise PlanError(N_("“{name}” is a database of another program."), OTHER_FILE, name=path.name)
    if schema > newest:
        raise PlanError(
            N_("“{name}” was written by a newer version of Milestone Desktop; it was left as it is."),
            N_("Update the program to open it."),
            name=path.name,
        )
    # An unfinished write may leave the file shorter until SQLite rolls it back with the journal beside the file.
    if schema < 1 or (size < _whole_size(header) and not _has_rollback_journal(path)):
        raise DamagedError(path)
    return Recognised(schema)


def is_database(path: Path) -> bool:
    """Whether a file begins as a database does: a workspace, sound or not, rather than a plan of another program."""
    header, _ = _first_bytes(path)
    return header.startswith(MAGIC)


def _first_bytes(path: Path) -> tuple[bytes, int]:
    """The header, or what there is of it, and the size of the file."""
    try:
        status = path.stat()
        if stat.S_ISREG(status.st_mode):
            with path.open("rb") as file:
                return file.read(HEADER_SIZE), status.st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise PlanError(
            N_("“{name}” does not exist."),
            N_("It may have been moved or renamed: look for it, or make a new one."),
            name=str(path),
        ) from error
    except OSError as error:
        raise file_error(path, error) from error
    if stat.S_ISDIR(status.st_mode):
        raise PlanError(N_("“{name}” is a folder, not a workspace."), N_("Choose a file in it."), name=path.name)
    raise PlanError(N_("“{name}” is not a file."), N_("Choose a workspace."), name=path.name)


def _number(header: bytes, place: int, size: int = 4) -> int:
    return int.from_bytes(header[place : place + size], "big")


def _whole_size(header: bytes) -> int:
    """The size in bytes that the header gives, 0 where it does not say."""
    if _number(header, CHANGES) != _number(header, VALID_FOR):
        return 0
    page_size = _number(header, PAGE_SIZE, 2)
    return _number(header, PAGES) * (65536 if page_size == 1 else page_size)


def _has_rollback_journal(path: Path) -> bool:
    try:
        return path.with_name(f"{path.name}-journal").stat().st_size > 0
    except OSError:
        return False
