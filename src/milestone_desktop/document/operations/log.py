"""The log of a project: risks, issues, decisions, actions, assumptions, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.enums import LogType
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.registers import LogEntry, LogLink


def create(edit: Edit, project: int, text: str, kind: LogType, milestones: Iterable[int] = (), **fields: Any) -> LogEntry:
    """Adds an entry about these milestones."""
    edit.label = message(N_("Add to the log: “{text}”"), text=text.strip())
    fields.setdefault("raised", edit.today)
    row = edit.add(LogEntry(edit.new_id(), project, text.strip(), kind, **fields))
    for milestone in dict.fromkeys(milestones):
        edit.add(LogLink(edit.new_id(), row.id, milestone))
    return row
