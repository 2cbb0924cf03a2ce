"""Whether files inside the workspace are still what was kept."""

from __future__ import annotations

from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import digest
from milestone_desktop.domain.messages import N_, Message, PlanError, message


def fault(document: Document, sha256: str, name: str) -> Message | None:
    """What is wrong with a kept file, None where its bytes are those that were kept. Reads the whole file."""
    try:
        whole = digest(document.blob(sha256)) == sha256
    except KeyError:
        return message(N_("“{name}” is no longer in the workspace"), name=name)
    except PlanError:
        whole = False
    return None if whole else message(N_("“{name}” is not the file that was kept: its bytes were changed on disk"), name=name)
