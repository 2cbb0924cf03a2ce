"""The lock file beside a workspace: who has it open, so that two windows never write it in turns.

`.~NAME.lock` holds a JSON object. It is made with O_EXCL, taken over silently when its process on this computer is gone,
and removed on closing. It guards people from each other's edits; the file itself is guarded by SQLite's own locking.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.store.processes import process_namespace, process_start


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who holds a lock. started: when the process began, so that a reused process number is not taken for it;
    namespace: the process numbers that `pid` belongs to (a container has its own); since: local time, ISO text."""

    user: str
    host: str
    pid: int
    started: str
    namespace: str
    since: str


class LockedError(PlanError):
    """Another window has the workspace open; `owner` says who (None where the lock file cannot be read)."""

    def __init__(self, path: Path, owner: LockOwner | None) -> None:
        self.owner = owner
        hint = N_("Open it for reading only, or open a copy.")
        if owner is None:
            super().__init__(N_("“{name}” is already open in another program."), hint, name=path.name)
            return
        super().__init__(
            N_("“{name}” is already open: {user} on {host} has had it open since {since}."),
            hint,
            name=path.name,
            user=owner.user,
            host=owner.host,
            since=owner.since.replace("T", " ")[:16],
        )


class Lock:
    """A lock that is held. Only `acquire` makes one."""

    def __init__(self, path: Path, content: bytes) -> None:
        self._path = path
        self._content = content

    def release(self) -> None:
        """Removes the lock file if it is still this one's. Does nothing a second time."""
        try:
            if self._path.read_bytes() == self._content:
                self._path.unlink()
        except OSError:  # gone, or its folder is: there is nothing left to release
            return


def lock_path(workspace: Path) -> Path:
    """Where the lock file of a workspace stands."""
    return workspace.with_name(f".~{workspace.name}.lock")


def acquire(workspace: Path, now: datetime, *, take_over: bool = False) -> Lock:
    """Locks a workspace. take_over: also where somebody else holds it, because the person said so.

    Raises LockedError where somebody holds it, OSError where no file can be made in the folder.
    """
    path = lock_path(workspace)
    content = _own_content(now)
    for _ in range(10):
        try:
            _create(path, content)
        except FileExistsError:
            _clear_way(workspace, path, take_over)
        else:
            return Lock(path, content)
    raise LockedError(workspace, None)


def owner_of(workspace: Path) -> LockOwner | None:
    """Who holds the lock; None where nobody does or the lock file cannot be read."""
    try:
        return _parsed(lock_path(workspace).read_bytes())
    except OSError:
        return None


def is_gone(owner: LockOwner) -> bool:
    """Whether the owner's process is surely no longer there: only this computer's own processes can be judged."""
    if owner.host != platform.node() or owner.namespace != process_namespace():
        return False
    start = process_start(owner.pid)
    return start is None or ("" not in (start, owner.started) and start != owner.started)


def _own_content(now: datetime) -> bytes:
    pid = os.getpid()
    started = process_start(pid) or ""
    owner = LockOwner(_user(), platform.node(), pid, started, process_namespace(), now.isoformat(timespec="minutes"))
    # The nonce tells this lock from another one of the same process.
    return json.dumps({**asdict(owner), "nonce": secrets.token_hex(8)}, ensure_ascii=False, indent=1).encode()


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # no name in the system's list: a container, or no such list on this system
        return "?"


def _create(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_way(workspace: Path, path: Path, take_over: bool) -> None:
    """Takes the lock in the way aside if it may be, else raises LockedError."""
    try:
        seen = path.read_bytes()
    except FileNotFoundError:
        return
    owner = _parsed(seen)
    if not take_over and (owner is None or not is_gone(owner)):
        raise LockedError(workspace, owner)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        path.rename(aside)
    except FileNotFoundError:
        return
    moved = aside.read_bytes()
    if moved != seen:
        # Somebody else was quicker and this is their new lock: give it back.
        if not path.exists():
            aside.rename(path)
        else:
            aside.unlink()
        raise LockedError(workspace, _parsed(moved))
    aside.unlink()


def _parsed(content: bytes) -> LockOwner | None:
    try:
        data = json.loads(content)
        return LockOwner(
            str(data["user"]),
            str(data["host"]),
            int(data["pid"]),
            str(data["started"]),
            str(data["namespace"]),
            str(data["since"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
