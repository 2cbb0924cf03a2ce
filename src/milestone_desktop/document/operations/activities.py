"""What can be done to milestones and work items alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.order import place
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.outline import ancestors, children
from milestone_desktop.domain.plan import Plan


def existing(plan: Plan, activity_id: int) -> Activity:
    """The activity with that id. Raises PlanError where it is gone."""
    activity = plan.activity(activity_id)
    if activity is None:
        raise PlanError(N_("This row is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return activity


def rename(edit: Edit, activity_id: int, title: str) -> Activity:
    """Gives an activity another title."""
    activity = existing(edit.plan, activity_id)
    edit.label = message(
        N_("Rename milestone “{title}”") if isinstance(activity, Milestone) else N_("Rename work item “{title}”"),
        title=activity.title,
    )
    return edit.update(activity, title=title.strip())


def set_fields(edit: Edit, ids: Iterable[int], **fields: Any) -> None:
    """Sets the same fields of one or many activities; those that a kind does not have are left out for it.

    Dates have operations of their own in `dates`.
    """
    for activity_id in ids:
        activity = existing(edit.plan, activity_id)
        edit.update(activity, **{name: value for name, value in fields.items() if hasattr(activity, name)})


def set_tags(edit: Edit, ids: Iterable[int], tags: Iterable[str]) -> None:
    """Gives each activity these tags, trimmed, each once, in the order given."""
    clean = tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))
    set_fields(edit, ids, tags=clean)


def topmost(plan: Plan, ids: Iterable[int]) -> list[Activity]:
    """The activities among `ids` that have no other of them above, in the order given."""
    chosen = list(dict.fromkeys(ids))
    inside = set(chosen)
    rows = [existing(plan, activity_id) for activity_id in chosen]
    return [row for row in rows if not any(above.id in inside for above in ancestors(plan, row))]


def delete(edit: Edit, ids: Iterable[int]) -> None:
    """Deletes activities with all that is below them and belongs to them."""
    rows = topmost(edit.plan, ids)
    if len(rows) == 1:
        edit.label = message(N_("Delete “{title}”"), title=rows[0].title)
    else:
        edit.label = message(N_("Delete {count} rows"), count=len(rows))
    parents = {row.parent for row in rows}
    for row in rows:
        edit.remove(row)
    roll_up(edit, parents)


def move_up(edit: Edit, ids: Iterable[int]) -> None:
    """Moves rows one place up among their siblings."""
    _step(edit, topmost(edit.plan, ids), -1)


def move_down(edit: Edit, ids: Iterable[int]) -> None:
    """Moves rows one place down among their siblings."""
    _step(edit, topmost(edit.plan, ids), 1)


def indent(edit: Edit, ids: Iterable[int]) -> None:
    """Makes rows children of the sibling above them. Raises PlanError where there is none."""
    rows = topmost(edit.plan, ids)
    moved = {row.id for row in rows}
    parents = {row.parent for row in rows}
    for row in rows:
        above = _sibling(edit.plan, row, -1, moved)
        if above is None:
            raise PlanError(N_("“{title}” has no row above it to be moved under."), title=row.title)
        place(edit, [row], above.id)
        parents.add(above.id)
    roll_up(edit, parents)


def outdent(edit: Edit, ids: Iterable[int]) -> None:
    """Moves rows one level up, right after what was their parent. Raises PlanError at the top level."""
    rows = topmost(edit.plan, ids)
    parents = {row.parent for row in rows}
    for row in reversed(rows):
        parent = edit.plan.activity(row.parent)
        if parent is None:
            raise PlanError(N_("“{title}” already stands at the top level."), title=row.title)
        place(edit, [row], parent.parent, after=parent.id)
        parents.add(parent.parent)
    roll_up(edit, parents)


def move_to(edit: Edit, ids: Iterable[int], parent: int | None, *, after: int | None = None, before: int | None = None) -> None:
    """Moves rows under `parent`, right after or before one of its children, or to its end."""
    rows = topmost(edit.plan, ids)
    parents = {row.parent for row in rows} | {parent}
    place(edit, rows, parent, after=after, before=before)
    roll_up(edit, parents)


def _step(edit: Edit, rows: Sequence[Activity], direction: int) -> None:
    moved = {row.id for row in rows}
    for row in rows if direction < 0 else reversed(rows):
        neighbour = _sibling(edit.plan, row, direction, moved)
        if neighbour is None:
            raise PlanError(N_("“{title}” cannot be moved further in that direction."), title=row.title)
        if direction < 0:
            place(edit, [row], row.parent, before=neighbour.id)
        else:
            place(edit, [row], row.parent, after=neighbour.id)


def _sibling(plan: Plan, row: Activity, direction: int, leaving_out: set[int]) -> Activity | None:
    """The nearest sibling in one direction that is not itself being moved."""
    siblings = children(plan, row.project, row.parent)
    position = next(n for n, sibling in enumerate(siblings) if sibling.id == row.id)
    ahead = siblings[position + 1 :] if direction > 0 else siblings[:position][::-1]
    return next((sibling for sibling in ahead if sibling.id not in leaving_out), None)
