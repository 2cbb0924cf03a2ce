"""People: who owns, works, approves; one of them is the person at the keyboard."""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Workspace


def person(plan: Plan, person_id: int) -> Person:
    """The person with that id. Raises PlanError where they are gone."""
    found = plan.get(Person, person_id)
    if found is None:
        raise PlanError(N_("This person is no longer there."), N_("They may have been deleted; Undo brings them back."))
    return found


def create(edit: Edit, name: str, **fields: Any) -> Person:
    """Adds a person."""
    edit.label = message(N_("Add person “{name}”"), name=name.strip())
    return edit.add(Person(edit.new_id(), name.strip(), **fields))


def named(edit: Edit, name: str) -> Person:
    """The person with this name, upper and lower case alike; added where there is none."""
    wanted = name.strip().casefold()
    found = next((row for row in edit.plan.all(Person) if row.name.casefold() == wanted), None)
    return found if found is not None else edit.add(Person(edit.new_id(), name.strip()))


def set_fields(edit: Edit, person_id: int, **fields: Any) -> Person:
    """Sets fields of a person."""
    row = person(edit.plan, person_id)
    edit.label = message(N_("Change person “{name}”"), name=row.name)
    return edit.update(row, **fields)


def delete(edit: Edit, person_id: int) -> None:
    """Deletes a person; what they owned has no owner then."""
    row = person(edit.plan, person_id)
    edit.label = message(N_("Delete person “{name}”"), name=row.name)
    edit.remove(row)


def set_me(edit: Edit, person_id: int | None) -> None:
    """Says which person sits at the keyboard."""
    edit.label = message(N_("Change who “me” is"))
    edit.update(edit.plan[Workspace, 1], me=person_id)
