"""When work began and ended in fact."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, milestones
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.projects import WorkflowState


def set_actual_start(edit: Edit, item_id: int, moment: Instant | None) -> Activity:
    """When an item began in fact. Raises PlanError for a milestone."""
    row = items.item(edit.plan, item_id)
    edit.label = message(N_("Change actual start of “{title}”"), title=row.title)
    if moment is not None and row.actual_finish is not None and moment > row.actual_finish:
        hint = N_("Change its actual finish first.")
        raise PlanError(N_("“{title}” cannot have ended before it began."), hint, title=row.title)
    return edit.update(row, actual_start=moment)


def set_actual_finish(edit: Edit, activity_id: int, moment: Instant | None) -> Activity:
    """When an activity was done in fact: a milestone is completed by that, an item is at 100 %; None takes it back."""
    row = existing(edit.plan, activity_id)
    if isinstance(row, Milestone):
        if moment is None:
            return milestones.reopen(edit, row.id)
        return milestones.set_status(edit, row.id, MilestoneStatus.COMPLETED, moment)
    item = items.item(edit.plan, activity_id)
    label = message(N_("Change actual finish of “{title}”"), title=row.title)
    done = edit.plan[WorkflowState, item.status].group is StateGroup.DONE
    if moment is not None and not done:
        item = items.set_progress(edit, item.id, 100)
    elif moment is None and done:
        item = items.set_progress(edit, item.id, min(item.progress, 99))
    edit.label = label
    start = item.actual_start
    if moment is not None and start is not None and start > moment:
        start = moment
    return edit.update(item, actual_finish=moment, actual_start=start)
