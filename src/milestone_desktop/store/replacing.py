"""Files that appear in one step: made under another name in the same folder, flushed to the disk, then named."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from milestone_desktop.domain.messages import N_, PlanError

DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


def beside(path: Path, ending: str) -> Path:
    """A path in the same folder that is not taken, for a file which takes this one's place when it is ready."""
    return path.with_name(f".~{path.name}.{secrets.token_hex(4)}.{ending}")


def discard(making: Path) -> None:
    """Takes an unfinished file away, if it ever came to be, without hiding the failure that left it unfinished."""
    with suppress(OSError):
        making.unlink()


def flush_to_disk(path: Path) -> None:
    """Waits until a file, or a folder's list of names, is on the disk. Windows knows no such thing for a folder."""
    folder = path.is_dir()
    if folder and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if folder else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(making: Path, path: Path) -> None:
    """Gives a finished file its name. Raises PlanError where that is taken; then nothing is overwritten."""
    try:
        path.hardlink_to(making)
    except FileExistsError as error:
        raise already_there(path) from error
    except OSError as error:
        if error.errno in DISK_FULL:
            raise
        # This file system has no hard links. Windows refuses to rename onto a file; elsewhere one has to look first.
        if os.path.lexists(path):
            raise already_there(path) from error
        making.rename(path)
    else:
        making.unlink()


def already_there(path: Path) -> PlanError:
    """The sentence for a name that is taken."""
    return PlanError(N_("“{name}” exists already and was left as it is."), N_("Choose another name, or open it."), name=path.name)
