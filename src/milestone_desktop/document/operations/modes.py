"""What makes the scheduler move a project: its mode and its status date. Each is one edit; `trial.try_out` lists its moves."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.projects import project
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import Placement, ScheduleMode
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.projects import Project


def set_mode(edit: Edit, project_id: int, mode: ScheduleMode) -> Project:
    """Lets the scheduler place a project's activities (computed), or keeps every date as it stands (recorded).

    An import records every date as fixed; once the project is computed, only what the file itself says was placed by hand
    stays so, and what the person has fixed in rows of their own.
    """
    row = project(edit.plan, project_id)
    text = N_("Compute the dates of “{title}”") if mode is ScheduleMode.COMPUTED else N_("Record the dates of “{title}”")
    edit.label = message(text, title=row.title)
    if mode is ScheduleMode.COMPUTED and row.mode is ScheduleMode.RECORDED:
        for activity in edit.plan.activities_where("project", row.id):
            if activity.placement is Placement.FIXED and activity.source and not placed_by_hand(activity):
                edit.update(activity, placement=Placement.COMPUTED)
    return edit.update(row, mode=mode)


def placed_by_hand(activity: Activity) -> bool:
    """Whether the file that an activity comes from says that no scheduler placed it."""
    return any(isinstance(kept, dict) and kept.get("Manual") == "1" for kept in activity.extra.values())


def set_status_date(edit: Edit, project_id: int, day: Day | None) -> Project:
    """Says up to which day progress is reported."""
    row = project(edit.plan, project_id)
    edit.label = message(N_("Set the status date of “{title}”"), title=row.title)
    return edit.update(row, status_date=day)


def take_computed_dates(edit: Edit) -> None:
    """Puts every activity of the computed projects where the scheduler places it now, though nothing else has changed: a
    newer version may compute other dates than those in the file (`recompute.differences`)."""
    edit.label = message(N_("Take over the computed dates"))
    edit.reschedule = True
