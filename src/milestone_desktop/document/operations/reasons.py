"""Saying afterwards why a milestone moved."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.milestones import milestone
from milestone_desktop.domain.activities import MoveReason
from milestone_desktop.domain.messages import N_, PlanError, message


def give(edit: Edit, milestone_id: int, entry: int, reason: str) -> MoveReason:
    """Says why a milestone moved in journal entry `entry`; an earlier word about the same move is replaced.

    Raises PlanError for an empty reason.
    """
    row = milestone(edit.plan, milestone_id)
    edit.label = message(N_("Give a reason for a move of “{title}”"), title=row.title)
    text = reason.strip()
    if not text:
        raise PlanError(N_("A reason without words says nothing."), N_("Say why it moved, or cancel."))
    known = [each for each in edit.plan.where(MoveReason, "milestone", row.id) if each.entry == entry]
    if known:
        return edit.update(known[-1], reason=text, given=edit.now)
    return edit.add(MoveReason(edit.new_id(), row.id, entry, text, edit.now))
