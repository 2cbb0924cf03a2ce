"""The log of a project: risks, issues, decisions, actions, assumptions, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import LogState, LogType
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.registers import LogEntry, LogLink

CLOSED = LogState.CLOSED


def entry(plan: Plan, entry_id: int) -> LogEntry:
    """The entry with that id. Raises PlanError where it is gone."""
    found = plan.get(LogEntry, entry_id)
    if found is None:
        raise PlanError(N_("This log entry is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return found


def about(plan: Plan, milestone_id: int) -> list[LogEntry]:
    """The entries that are about a milestone, in their order."""
    rows = (plan.get(LogEntry, link.entry) for link in plan.where(LogLink, "milestone", milestone_id))
    return sorted((row for row in rows if row is not None), key=lambda row: (row.order, row.id))


def milestones_of(plan: Plan, entry_id: int) -> list[Milestone]:
    """The milestones that an entry is about."""
    rows = (plan.get(Milestone, link.milestone) for link in plan.where(LogLink, "entry", entry_id))
    return [row for row in rows if row is not None]


def create(edit: Edit, project: int, text: str, kind: LogType, milestones: Iterable[int] = (), **fields: Any) -> LogEntry:
    """Adds an entry about these milestones. Raises PlanError for an empty text."""
    said = _some_text(text)
    edit.label = message(N_("Add to the log: “{text}”"), text=said)
    fields.setdefault("raised", edit.today)
    row = edit.add(LogEntry(edit.new_id(), project, said, kind, **fields))
    for milestone in dict.fromkeys(milestones):
        edit.add(LogLink(edit.new_id(), row.id, milestone))
    return row


def create_typed(edit: Edit, project: int, text: str, milestones: Iterable[int] = ()) -> LogEntry:
    """Adds an entry whose type stands before it, `risk: the supplier is slow`; without one it is a note."""
    head, colon, rest = text.partition(":")
    kinds = {kind.value: kind for kind in LogType}
    kind = kinds.get(head.strip().casefold()) if colon else None
    return create(edit, project, rest if kind is not None else text, kind or LogType.NOTE, milestones)


def change(edit: Edit, entry_id: int, **fields: Any) -> LogEntry:
    """Changes fields of an entry. Raises PlanError for an empty text."""
    row = entry(edit.plan, entry_id)
    edit.label = message(N_("Change log entry “{text}”"), text=row.text)
    if fields.get("state") is LogState.CLOSED and row.state is LogState.OPEN:
        edit.label = message(N_("Close log entry “{text}”"), text=row.text)
    if "text" in fields:
        fields["text"] = _some_text(fields["text"])
    return edit.update(row, **fields)


def set_milestones(edit: Edit, entry_id: int, milestones: Iterable[int]) -> None:
    """Says which milestones an entry is about."""
    row = entry(edit.plan, entry_id)
    edit.label = message(N_("Change what “{text}” is about"), text=row.text)
    wanted = dict.fromkeys(milestones)
    for link in edit.plan.where(LogLink, "entry", row.id):
        if link.milestone not in wanted:
            edit.remove(link)
        wanted.pop(link.milestone, None)
    for milestone in wanted:
        edit.add(LogLink(edit.new_id(), row.id, milestone))


def move_to_project(edit: Edit, entry_id: int, project: int) -> LogEntry:
    """Carries an entry over to another project; what it was about stays behind."""
    row = entry(edit.plan, entry_id)
    set_milestones(edit, row.id, ())
    edit.label = message(N_("Carry “{text}” over to “{title}”"), text=row.text, title=edit.plan[Project, project].title)
    return edit.update(row, project=project)


def remove(edit: Edit, entry_id: int) -> None:
    """Deletes an entry."""
    row = entry(edit.plan, entry_id)
    edit.label = message(N_("Delete log entry “{text}”"), text=row.text)
    edit.remove(row)


def _some_text(text: str) -> str:
    trimmed = text.strip()
    if not trimmed:
        raise PlanError(N_("A log entry without text says nothing."), N_("Type what it is about."))
    return trimmed
