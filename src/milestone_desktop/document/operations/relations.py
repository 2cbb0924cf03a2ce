"""Relations: what has to do with what, without an effect on dates."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Relation
from milestone_desktop.domain.enums import RelationType
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan


def of_activity(plan: Plan, activity_id: int) -> list[Relation]:
    """The relations in which an activity stands, on either side, by id."""
    found = plan.where(Relation, "activity", activity_id) + plan.where(Relation, "other", activity_id)
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


def add(edit: Edit, activity_id: int, other_id: int, kind: RelationType = RelationType.RELATES_TO) -> Relation:
    """Relates two activities. Raises PlanError for one and the same, and for two that are related already."""
    activity, other = existing(edit.plan, activity_id), existing(edit.plan, other_id)
    if activity.id == other.id:
        raise PlanError(N_("“{title}” cannot be related to itself."), title=activity.title)
    if any({row.activity, row.other} == {activity.id, other.id} for row in of_activity(edit.plan, activity.id)):
        raise PlanError(N_("“{title}” and “{other}” are related already."), title=activity.title, other=other.title)
    edit.label = message(N_("Relate “{title}” to “{other}”"), title=activity.title, other=other.title)
    return edit.add(Relation(edit.new_id(), activity.id, other.id, kind))


def change(edit: Edit, relation_id: int, kind: RelationType) -> Relation:
    """Says what kind of relation it is."""
    row = _existing(edit, relation_id)
    activity, other = existing(edit.plan, row.activity), existing(edit.plan, row.other)
    edit.label = message(N_("Change relation of “{title}” to “{other}”"), title=activity.title, other=other.title)
    return edit.update(row, type=kind)


def remove(edit: Edit, relation_id: int) -> None:
    """Removes a relation."""
    row = _existing(edit, relation_id)
    activity, other = existing(edit.plan, row.activity), existing(edit.plan, row.other)
    edit.label = message(N_("Remove relation of “{title}” to “{other}”"), title=activity.title, other=other.title)
    edit.remove(row)


def _existing(edit: Edit, relation_id: int) -> Relation:
    row = edit.plan.get(Relation, relation_id)
    if row is None:
        raise PlanError(N_("This relation is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return row
