"""An archived project is only read: an edit that would alter it is refused."""

from __future__ import annotations

from typing import Any

from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import ProjectStatus
from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, kind_named, references, values
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project


def archived(plan: Plan) -> list[Project]:
    """The archived projects, in the order of the sidebar."""
    rows = [row for row in plan.all(Project) if row.status is ProjectStatus.ARCHIVED]
    return sorted(rows, key=lambda row: (row.order, row.id))


def check_archived(plan: Plan, change_set: ChangeSet) -> None:
    """Raises PlanError where an edit alters what belongs to a project that was archived before it and still is.

    Deleting the project as a whole, its place in the order, and references to what is deleted elsewhere are let through.
    """
    closed = {row.id for row in archived(plan)}
    if not closed:
        return
    before = {(change.kind, change.id): change.old for change in change_set.changes if change.old is not None}
    for change in change_set.of(Project):
        if change.old is None or change.old.status is not ProjectStatus.ARCHIVED:
            closed.discard(change.id)
    for change in change_set.changes:
        if _only_clears(change):
            continue
        for row in (change.old, change.new):
            project = _project_of(plan, before, row) if row is not None else None
            if project in closed:
                raise only_read((before.get((Project, project)) or plan[Project, project]).title)


def only_read(title: str) -> PlanError:
    """What is said where an archived project is to be altered."""
    return PlanError(
        N_("Project “{title}” is archived and only read."),
        N_("Set its status to Active in the project settings to change it."),
        title=title,
    )


def _only_clears(change: Change) -> bool:
    """Whether only references went, or a project's place in the order changed."""
    if change.old is None or change.new is None:
        return False
    old, new = values(change.old), values(change.new)
    differing = [name for name in old if old[name] != new[name]]
    if isinstance(change.new, Project):
        return differing == ["order"]
    return bool(differing) and all(name in references(change.kind) and new[name] is None for name in differing)


def _project_of(plan: Plan, before: dict[tuple[type, int], Any], row: Any) -> int | None:
    """The project that a record belongs to, directly or through its owners; of two owners the last decides."""
    if isinstance(row, Project):
        return row.id
    found: int | None = None
    for name, reference in references(type(row)).items():
        if reference.on_delete is not OnDelete.CASCADE or name == "parent":
            continue
        owner_id = getattr(row, name)
        if reference.kind == "Project":
            return owner_id  # type: ignore[no-any-return]  # every such field holds an id
        kinds = ACTIVITY_KINDS if reference.kind == "Activity" else (kind_named(reference.kind),)
        owner = next((there for kind in kinds if (there := plan.get(kind, owner_id) or before.get((kind, owner_id)))), None)
        found = _project_of(plan, before, owner) if owner is not None else found
    return found
