"""Saved views: a filter with groups, columns, sorting, scale and what the timeline shows, under a name.

A view belongs to a project, or to the workspace and then to all projects.
"""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import View


def view(plan: Plan, view_id: int) -> View:
    """The view with that id. Raises PlanError where it is gone."""
    found = plan.get(View, view_id)
    if found is None:
        raise PlanError(N_("This view is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return found


def views_for(plan: Plan, project: int | None) -> list[View]:
    """The views offered in a project, or in the portfolio (None), in their order."""
    found = [*plan.where(View, "project", None), *(plan.where(View, "project", project) if project is not None else ())]
    return sorted(found, key=lambda row: (row.order, row.id))


def create(edit: Edit, name: str, definition: dict[str, Any], project: int | None = None) -> View:
    """Adds a view at the end. project: the one that it is offered in; None for all. Raises PlanError for an empty name."""
    said = _named(name)
    edit.label = message(N_("Save view “{name}”"), name=said)
    last = max((row.order for row in edit.plan.all(View)), default=0.0)
    return edit.add(View(edit.new_id(), said, project, last + 1.0, dict(definition)))


def rename(edit: Edit, view_id: int, name: str) -> View:
    """Gives a view another name. Raises PlanError for an empty one."""
    said = _named(name)
    row = view(edit.plan, view_id)
    edit.label = message(N_("Rename view “{name}”"), name=row.name)
    return edit.update(row, name=said)


def set_project(edit: Edit, view_id: int, project: int | None) -> View:
    """Offers a view in one project only, or in all (None)."""
    row = view(edit.plan, view_id)
    edit.label = message(N_("Change where view “{name}” is offered"), name=row.name)
    return edit.update(row, project=project)


def update(edit: Edit, view_id: int, definition: dict[str, Any]) -> View:
    """Gives a view another definition."""
    row = view(edit.plan, view_id)
    edit.label = message(N_("Update view “{name}”"), name=row.name)
    return edit.update(row, definition=dict(definition))


def duplicate(edit: Edit, view_id: int, name: str) -> View:
    """Adds a view like another one under a name."""
    row = view(edit.plan, view_id)
    made = create(edit, name, row.definition, row.project)
    edit.label = message(N_("Duplicate view “{name}”"), name=row.name)
    return made


def delete(edit: Edit, view_id: int) -> None:
    """Deletes a view; nothing of the plan."""
    row = view(edit.plan, view_id)
    edit.label = message(N_("Delete view “{name}”"), name=row.name)
    edit.remove(row)


def move(edit: Edit, view_id: int, by: int, project: int | None) -> View:
    """Moves a view up (by < 0) or down among those that are offered in a project (None: in the portfolio)."""
    row = view(edit.plan, view_id)
    edit.label = message(N_("Move view “{name}”"), name=row.name)
    rows = views_for(edit.plan, project)
    here = next((place for place, one in enumerate(rows) if one.id == view_id), None)
    if here is None or not 0 <= here + by < len(rows):
        return row
    rows.insert(here + by, rows.pop(here))
    for place, one in enumerate(rows):
        edit.update(one, order=float(place + 1))
    return view(edit.plan, view_id)


def _named(name: str) -> str:
    said = " ".join(name.split())
    if not said:
        raise PlanError(N_("A view needs a name."), N_("Type one such as “Open for the client”."))
    return said
