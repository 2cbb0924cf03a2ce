"""New rows from the keyboard: below the row in hand, or inside it."""

from __future__ import annotations

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dates, items
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project

DAYS_OF_NEW_ITEM = 5


def insert_below(session: Session) -> int | None:
    """Adds a work item right below the row in hand (at the end where none is) and returns its id; None if refused."""
    here = session.plan.activity(session.current)
    parent = None if here is None else here.parent
    return _insert(session, parent, here)


def insert_child(session: Session) -> int | None:
    """Adds a work item as the last child of the row in hand and returns its id; None if refused."""
    here = session.plan.activity(session.current)
    return None if here is None else _insert(session, here.id, here, inside=True)


def _insert(session: Session, parent: int | None, near: Activity | None, *, inside: bool = False) -> int | None:
    project_id = session.project_id if near is None else near.project
    project = session.plan.get(Project, project_id)
    if project is None:
        return None
    made: list[int] = []
    moment = None if near is None else near.start if near.start is not None else near.end
    day = session.today() if moment is None else day_of(moment)
    after = None if near is None or inside else near.id

    def make(edit: Edit) -> None:
        length = DAYS_OF_NEW_ITEM * project.minutes_per_day
        row = items.create(edit, project.id, _("New work item"), parent=parent, after=after, duration=length)
        label = edit.label
        dates.set_start(edit, row.id, dates.start_instant(edit.plan, row, day))
        edit.label = label
        made.append(row.id)

    return made[0] if session.attempt(N_("Add work item"), make) else None
