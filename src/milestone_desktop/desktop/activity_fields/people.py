"""Whose an activity is. Names that nobody has yet become people with the edit that names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from milestone_desktop.desktop.activity_fields.making import of_items
from milestone_desktop.desktop.activity_fields.reading import parts
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, items, people
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Person

Names = tuple[str, ...]


def people_fields(session: Session) -> tuple[Column, ...]:
    """The owner of a milestone or the assignees of an item, and who reported it."""
    group, facts = _("People"), session.facts

    def owners(row: Any) -> Names:
        if isinstance(row, Milestone):
            return (facts.person_name(row.owner),) if row.owner is not None else ()
        return tuple(person.name for person in facts.assignees(row))

    def reporter(row: Any) -> Names:
        found = getattr(row, "reporter", None)
        return () if found is None else (facts.person_name(found),)

    def read_owners(row: Any, text: str) -> Names:
        return _read(session, text, one=isinstance(row, Milestone))

    def known() -> Sequence[str]:
        return [person.name for person in facts.people()]

    def told(row: Any, names: Names) -> str:
        return _told(session, names)

    return (
        Column("owner", _("Owner"), 120, lambda row: ", ".join(owners(row)), editor=Editor.LIST, value=owners, read=read_owners,
               told=told, write=set_owners, label=N_("Change owner"), words=known, group=group),
        Column("reporter", _("Reporter"), 110, lambda row: ", ".join(reporter(row)), editor=Editor.LIST, value=reporter,
               read=lambda row, text: _read(session, text, one=True), told=told, write=_set_reporter,
               label=N_("Change reporter"), words=known, group=group, why_not=of_items),
    )  # fmt: skip


def set_owners(edit: Edit, row: Activity, names: Names) -> None:
    """Makes people the owner of a milestone, or the assignees of an item."""
    ids = [people.named(edit, name).id for name in names]
    if isinstance(row, Milestone):
        activities.set_fields(edit, [row.id], owner=ids[0] if ids else None)
    else:
        items.assign(edit, row.id, ids)


def _set_reporter(edit: Edit, row: Activity, names: Names) -> None:
    activities.set_fields(edit, [row.id], reporter=people.named(edit, names[0]).id if names else None)


def _read(session: Session, text: str, *, one: bool) -> Names:
    """Names as the people have them. A beginning that fits one person only means that person."""
    people_there = session.facts.people()
    found = []
    for part in parts(text):
        wanted = part.casefold()
        exact = next((person.name for person in people_there if person.name.casefold() == wanted), None)
        begun = [person.name for person in people_there if wanted in person.name.casefold().split()]
        if exact is None and len(begun) != 1 and not any(letter.isalpha() for letter in part):
            raise PlanError(N_("“{text}” is not a name."), N_("Type the name of a person."), text=part)
        found.append(exact if exact is not None else begun[0] if len(begun) == 1 else part)
    if one and len(found) > 1:
        raise PlanError(N_("Only one person can stand here, not {count}."), N_("Type one name."), count=len(found))
    return tuple(dict.fromkeys(found))


def _told(session: Session, names: Names) -> str:
    there = {person.name for person in session.plan.all(Person)}
    told = [name if name in there else _("new person: {name}").format(name=name) for name in names]
    return ", ".join(told) or _("nobody")
