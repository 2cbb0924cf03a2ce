"""Links to files on this computer: what they were when they were linked, and whether they still are that.

The bytes stay where they are; of them the workspace keeps SHA-256, size and the time they were last written. What cannot
be reached or was never read is called so: it is neither the same nor changed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from milestone_desktop.domain.gates import Evidence
from milestone_desktop.domain.instants import Instant, from_datetime
from milestone_desktop.domain.messages import N_, Message, message

LARGEST_READ = 200 << 20
"""Bytes up to which a file is read; of a larger one size and time are compared."""

_WINDOWS_PATH = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class Standing(StrEnum):
    """How a linked file stands against what was kept of it."""

    SAME = "as linked"
    CHANGED = "changed since"
    GONE = "not found"
    UNREADABLE = "cannot be read"
    UNKNOWN = "not read when it was linked"


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it is. sha256: "" of one too large to be read; size in bytes; modified: when it was last written."""

    sha256: str
    size: int
    modified: Instant


def path_of(link: str) -> Path | None:
    """The file that a link means; None where it means none on this computer or its network."""
    link = link.strip()
    if link.lower().startswith("file:"):
        parts = urlsplit(link)
        host = f"//{parts.netloc}" if parts.netloc not in ("", "localhost") else ""
        return Path(host + url2pathname(unquote(parts.path)))
    if link.startswith(("/", "~/")) or _WINDOWS_PATH.match(link):
        return Path(link).expanduser()
    return None


def look_at(link: str) -> Seen | None:
    """The linked file as it is now; None where the link means no file, or it cannot be read."""
    path = path_of(link)
    try:
        return None if path is None or not path.is_file() else _read(path)
    except OSError:
        return None


def _read(path: Path) -> Seen:
    """Raises OSError."""
    status = path.stat()
    found = ""
    if status.st_size <= LARGEST_READ:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    return Seen(found, status.st_size, _local(status.st_mtime))


def _local(timestamp: float) -> Instant:
    return from_datetime(datetime.fromtimestamp(timestamp, UTC).astimezone().replace(tzinfo=None))


class LinkedFiles:
    """Looks at linked files; one that has the size and time it had when it was last read is not read again."""

    def __init__(self) -> None:
        self._seen: dict[tuple[Path, int, int], Seen] = {}

    def standing(self, evidence: Evidence) -> Standing | None:
        """How the file of a link stands; None where the link means no file."""
        path = path_of(evidence.link) if evidence.link else None
        if path is None:
            return None
        if evidence.modified is None:
            return Standing.UNKNOWN
        try:
            status = path.stat()
            key = (path, status.st_size, status.st_mtime_ns)
            if status.st_size != evidence.size:
                return Standing.CHANGED
            if key not in self._seen:
                self._seen[key] = _read(path)
        except FileNotFoundError:
            return Standing.GONE
        except OSError:
            return Standing.UNREADABLE
        now = self._seen[key]
        same = now.sha256 == evidence.sha256 if evidence.sha256 else now.modified == evidence.modified
        return Standing.SAME if same else Standing.CHANGED

    def fault(self, evidence: Evidence) -> Message | None:
        """What is to be known of a linked file; None where it is as it was linked, and where the link means no file."""
        standing = self.standing(evidence)
        return None if standing is None or standing is Standing.SAME else message(_FAULTS[standing], name=evidence.title)


_FAULTS = {
    Standing.CHANGED: N_("“{name}” was changed since it was linked"),
    Standing.GONE: N_("“{name}” is not where it was linked, so nobody can tell whether it was changed"),
    Standing.UNREADABLE: N_("“{name}” cannot be read, so nobody can tell whether it was changed"),
    Standing.UNKNOWN: N_("“{name}” was not read when it was linked, so nobody can tell whether it was changed"),
}
