"""What makes the scheduler move a project: its mode and its status date. Each is one edit; `recompute.tried` lists its moves."""

from __future__ import annotations

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.projects import project
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.projects import Project


def set_mode(edit: Edit, project_id: int, mode: ScheduleMode) -> Project:
    """Lets the scheduler place a project's activities (computed), or keeps every date as it stands (recorded)."""
    row = project(edit.plan, project_id)
    text = N_("Compute the dates of “{title}”") if mode is ScheduleMode.COMPUTED else N_("Record the dates of “{title}”")
    edit.label = message(text, title=row.title)
    return edit.update(row, mode=mode)


def set_status_date(edit: Edit, project_id: int, day: Day | None) -> Project:
    """Says up to which day progress is reported."""
    row = project(edit.plan, project_id)
    edit.label = message(N_("Set the status date of “{title}”"), title=row.title)
    return edit.update(row, status_date=day)
