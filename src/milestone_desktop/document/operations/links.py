"""Which work items count for which milestones."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.items import item
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.activities import MilestoneLink
from milestone_desktop.domain.messages import N_, message


def link(edit: Edit, milestone_id: int, items: Iterable[int]) -> None:
    """Makes work items count for a milestone; those that already do are left as they are."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Link work items to “{title}”"), title=row.title)
    there = {pair.item for pair in edit.plan.where(MilestoneLink, "milestone", row.id)}
    for item_id in dict.fromkeys(items):
        if item_id not in there:
            edit.add(MilestoneLink(edit.new_id(), row.id, item(edit.plan, item_id).id))


def unlink(edit: Edit, milestone_id: int, items: Iterable[int]) -> None:
    """Makes work items count for a milestone no longer."""
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Unlink work items from “{title}”"), title=row.title)
    wanted = set(items)
    for pair in edit.plan.where(MilestoneLink, "milestone", row.id):
        if pair.item in wanted:
            edit.remove(pair)


def set_milestones(edit: Edit, item_id: int, milestones: Iterable[int]) -> None:
    """Makes a work item count for exactly these milestones."""
    row = item(edit.plan, item_id)
    edit.label = message(N_("Change milestones of “{title}”"), title=row.title)
    wanted = dict.fromkeys(milestones)
    for pair in edit.plan.where(MilestoneLink, "item", row.id):
        if pair.milestone not in wanted:
            edit.remove(pair)
        wanted.pop(pair.milestone, None)
    for milestone_id in wanted:
        edit.add(MilestoneLink(edit.new_id(), milestone(edit.plan, milestone_id).id, row.id))
