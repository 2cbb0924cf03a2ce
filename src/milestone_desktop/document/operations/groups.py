"""Putting activities into a group of the roadmap: what the group stands for is set of them, and what another one stood for
is given up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, items, links, milestones
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState, Workspace


@dataclass(frozen=True, slots=True)
class Place:
    """A group. grouping: the name of its way to group (`domain.grouping`); key: what tells the group from others there, None
    for that of what belongs to none; title: what its head says."""

    grouping: str
    key: Any
    title: str | Message


Way = tuple[Place, ...]
"""The groups from the outermost to the one that a row stands in."""


def move(edit: Edit, rows: Sequence[tuple[int, Way]], goal: Way) -> None:
    """Moves activities from the groups that they stand in to others. Raises PlanError where one cannot be in there."""
    for activity_id, left in rows:
        before = dict.fromkeys(left)
        for place in goal:
            if place not in before:
                _put(edit, activity_id, place, next((one for one in left if one.grouping == place.grouping), None))
    title = goal[-1].title
    if len(rows) == 1:
        row = activities.existing(edit.plan, rows[0][0])
        edit.label = message(N_("Move “{title}” to “{group}”"), title=row.title, group=title)
    else:
        edit.label = message(N_("Move {count} rows to “{group}”"), count=len(rows), group=title)


def join(edit: Edit, activity_id: int, goal: Way) -> None:
    """Gives a new activity what its groups stand for, as far as it can have that."""
    label = edit.label
    for place in goal:
        if place.key is None:
            continue
        try:
            _put(edit, activity_id, place, None)
        except PlanError:  # such as the kind of a milestone for a work item: it stands elsewhere then
            continue
    edit.label = label


def _put(edit: Edit, activity_id: int, place: Place, left: Place | None) -> None:
    _SETTERS[place.grouping](edit, activities.existing(edit.plan, activity_id), place, left)


_Setter = Callable[[Edit, Any, Place, Place | None], object]


def _exchanged(now: Iterable[Any], place: Place, value: Any, left: Any) -> list[Any]:
    """Values of which an activity may have several: the one it came from gives way to the one it goes to; none at all in the
    group of those that have none."""
    return [] if place.key is None else [*(one for one in now if left is None or one != left), value]


def _project(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    raise PlanError(N_("“{title}” stays in its project."), title=row.title)


def _milestone(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    if isinstance(row, Milestone):
        raise PlanError(N_("“{title}” is a milestone and stands in its own group."), title=row.title)
    linked = [link.milestone for link in edit.plan.where(MilestoneLink, "item", row.id)]
    came_from = None if left is None else left.key
    if came_from is not None and came_from not in linked:
        raise PlanError(
            N_("“{title}” counts for “{group}” by a row above it."), N_("Change the milestones of that one."),
            title=row.title, group="" if left is None else left.title,
        )  # fmt: skip
    links.set_milestones(edit, row.id, _exchanged(linked, place, place.key, came_from))


def _text(field: str) -> _Setter:
    def put(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
        activities.set_fields(edit, [row.id], **{field: "" if place.key is None else str(place.title)})

    return put


def _owner(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    person = None if place.key is None else edit.plan[Person, place.key].id
    if isinstance(row, Milestone):
        activities.set_fields(edit, [row.id], owner=person)
        return
    working = [one.person for one in edit.plan.where(Assignment, "item", row.id)]
    items.assign(edit, row.id, _exchanged(working, place, person, None if left is None else left.key))


def _kind(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    if not isinstance(row, Milestone):
        raise PlanError(N_("“{title}” is a work item and has no kind."), title=row.title)
    if place.key is None:
        raise PlanError(N_("“{title}” is a milestone, not a work item."), title=row.title)
    edit.update(row, kind=MilestoneKind(place.key))


def _type(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    workspace = edit.plan[Workspace, 1]
    allowed = workspace.milestone_types if isinstance(row, Milestone) else workspace.item_types
    if place.key not in allowed:
        what = (
            N_("“{type}” is no type of milestones.") if isinstance(row, Milestone) else N_("“{type}” is no type of work items.")
        )
        raise PlanError(what, N_("There are: {names}."), type=place.title, names=", ".join(allowed))
    edit.update(row, type=place.key)


def _status(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    if isinstance(row, Milestone):
        _milestone_status(edit, row, place)
        return
    state = _state(edit.plan, row, place.key)
    if state is None:
        names = ", ".join(one.name for one in items.states(edit.plan, row.project))
        raise PlanError(N_("“{status}” is no status of work items."), N_("There are: {names}."), status=place.title, names=names)
    items.set_status(edit, row.id, state.id)


def _milestone_status(edit: Edit, row: Milestone, place: Place) -> None:
    if place.key == "dropped":
        raise PlanError(N_("Dropping “{title}” takes a reason."), N_("Choose Track, Drop milestone."), title=row.title)
    if row.dropped is not None:
        raise PlanError(N_("“{title}” is dropped."), N_("Choose Track, Take up milestone."), title=row.title)
    status = next((one for one in MilestoneStatus if one.value.casefold() == place.key), None)
    if status is None:
        names = ", ".join(one.value for one in MilestoneStatus)
        raise PlanError(N_("“{status}” is no status of milestones."), N_("There are: {names}."), status=place.title, names=names)
    project = edit.plan[Project, row.project]
    day = project.status_date if project.status_date is not None else edit.today
    milestones.set_status(edit, row.id, status, at(day, project.day_end))


def _state(plan: Plan, row: Activity, key: Any) -> WorkflowState | None:
    return next((one for one in items.states(plan, row.project) if one.name.casefold() == key), None)


def _tag(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    came_from = "" if left is None else left.key
    kept = [tag for tag in row.tags if tag.casefold() != came_from]
    activities.set_tags(edit, [row.id], [] if place.key is None else [*kept, str(place.title)])


def _parent(edit: Edit, row: Activity, place: Place, left: Place | None) -> None:
    activities.move_to(edit, [row.id], place.key)


_SETTERS: dict[str, _Setter] = {
    "project": _project, "milestone": _milestone, "release": _text("release"), "module": _text("module"), "owner": _owner,
    "kind": _kind, "type": _type, "status": _status, "tag": _tag, "parent": _parent,
}  # fmt: skip
