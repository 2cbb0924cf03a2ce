"""Linking activities, and saying which dates that has moved: in a computed project linked rows come as early as links allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, instant_text, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.messages import Message

NAMED = 2
"""So many of the rows that have moved are named with their dates; the others are counted."""


def attempt_link(session: Session, label: str | Message, function: Callable[[Edit], object], ids: Iterable[int]) -> bool:
    """Makes an edit that links activities; tells below the tools which of these, by id, came to another date."""
    rows = [row for row_id in ids if (row := session.plan.activity(row_id)) is not None]
    if not session.attempt(label, function):
        return False
    now = ((row, session.plan.activity(row.id)) for row in rows)
    moved = [(old, new) for old, new in now if new is not None and old.end != new.end]
    if moved:
        session.noticed.emit(_told(session, moved))
    return True


def _told(session: Session, moved: list[tuple[Activity, Activity]]) -> str:
    today = session.today()
    named = [
        _("“{title}” from {old} to {new}").format(
            title=new.title, old=instant_text(old.end, today), new=instant_text(new.end, today)
        )
        for old, new in moved[:NAMED]
    ]
    left = len(moved) - len(named)
    if left:
        named.append(ngettext("{n} more row", "{n} more rows", left))
    return _("Moved by the link: {rows}. Linked rows come as early as their links allow; a pin keeps a date.").format(
        rows=", ".join(named)
    )
