"""Duplicating milestones and work items with all that lies beneath them."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.document.operations.copying import copy_records
from milestone_desktop.document.operations.items import assign
from milestone_desktop.document.operations.links import set_milestones
from milestone_desktop.document.operations.milestones import free_code
from milestone_desktop.document.operations.order import order_after
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink
from milestone_desktop.domain.messages import N_, message


def duplicate(edit: Edit, activity_id: int) -> Activity:
    """A copy right after an activity, with what lies beneath it, its people, the milestones that it counts for, checklists
    and panels. What has happened is cleared: progress, actual dates, results; so are targets."""
    row = existing(edit.plan, activity_id)
    order = order_after(edit, row.project, row.parent, row.id)[0]
    copies = copy_records(edit, [row], {})
    for old, new in copies.items():
        twin = edit.plan.activity(new)
        if isinstance(twin, Milestone):
            edit.update(twin, code=free_code(edit.plan, row.project))
        elif twin is not None:
            assign(edit, new, [one.person for one in edit.plan.where(Assignment, "item", old)])
            counted = [link.milestone for link in edit.plan.where(MilestoneLink, "item", old)]
            set_milestones(edit, new, [copies.get(milestone, milestone) for milestone in counted])
    twin = edit.update(existing(edit.plan, copies[row.id]), order=order)
    roll_up(edit, [row.parent])
    edit.label = message(N_("Duplicate “{title}”"), title=row.title)
    return twin
