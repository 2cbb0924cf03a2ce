"""Targets: what a milestone was promised for, and the calendar that its slip is counted on from then."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.kept_calendars import kept_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import KeptCalendar, Project


def promise(edit: Edit, milestone: Milestone, target: Instant | None, reason: str = "", *, calendar: str = "") -> Milestone:
    """Sets the promised date of a milestone, or takes it away; the first one ever set is kept beside it.

    calendar: the digest of a kept calendar (`keep`); left out, the project's calendar is kept as it stands.
    """
    if target is None:
        return edit.update(milestone, target=None, target_set=None, target_reason=reason, target_calendar="")
    first = milestone.first_target if milestone.first_target is not None else target
    kept = calendar or keep(edit, edit.plan, edit.plan[Project, milestone.project].calendar)
    return edit.update(
        milestone, target=target, first_target=first, target_set=edit.now, target_reason=reason, target_calendar=kept
    )


def keep(edit: Edit, plan: Plan, calendar_id: int) -> str:
    """Keeps a calendar of `plan` as it stands, once, and returns its digest."""
    row = kept_of(plan, calendar_id, 0)
    if not edit.plan.where(KeptCalendar, "digest", row.digest):
        edit.add(KeptCalendar(edit.new_id(), row.digest, row.name, row.week, row.exceptions))
    return row.digest
