"""Opening what is kept in the workspace with the system's program, as a copy that is only read."""

from __future__ import annotations

import stat
import tempfile
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say
from milestone_desktop.document import kept_files

READ_ONLY = stat.S_IRUSR


def open_kept_file(session: Session, sha256: str, name: str) -> Path | None:
    """Writes a file kept in the workspace to a folder of its own, read-only, and has the system open it. What is wrong with
    it is shown in the window; returns the copy, None where there is none."""
    fault = kept_files.fault(session.document, sha256, name)
    if fault is not None:
        told = say(fault)
        session.failed.emit(_("{fault}. A backup of the workspace may still have it.").format(fault=told[:1].upper() + told[1:]))
        return None
    try:
        path = copy_of(session.document.blob(sha256), name)
    except OSError as error:
        session.failed.emit(
            _("“{name}” cannot be opened: {reason}. Make room in the folder for temporary files.").format(
                name=name, reason=error.strerror or type(error).__name__
            )
        )
        return None
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        session.failed.emit(_("The system has no program for “{name}”. Its copy is {path}.").format(name=name, path=path))
    return path


def copy_of(data: bytes, name: str) -> Path:
    """A temporary, read-only file with these bytes, under a name that harms nothing. Raises OSError."""
    plain = Path(name.replace("\\", "/")).name.strip(". ") or "file"
    path = Path(tempfile.mkdtemp(prefix="milestone-desktop-")) / plain
    path.write_bytes(data)
    path.chmod(READ_ONLY)
    return path
