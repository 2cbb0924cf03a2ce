"""What the Plan menu does with the scheduler: who places the dates, pins and fixed dates, conflicts, chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.moves import confirm_moves
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import modes
from milestone_desktop.domain.enums import ProjectStatus, ScheduleMode
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def can_switch_mode(window: MainWindow) -> bool:
    project = window.session.project
    return not window.session.document.read_only and project is not None and project.status is not ProjectStatus.ARCHIVED


def mode_text(window: MainWindow) -> str:
    project = window.session.project
    computed = project is not None and project.mode is ScheduleMode.COMPUTED
    return _("Record the dates (stop computing)") if computed else _("Compute the dates…")


def switch_mode(window: MainWindow) -> None:
    """Lets the scheduler place the project in hand, or stops it. What would move is listed first; where nothing does, the
    window says so."""
    session, project = window.session, window.session.project
    if project is None or not can_switch_mode(window):
        return
    computed = project.mode is ScheduleMode.COMPUTED
    mode = ScheduleMode.RECORDED if computed else ScheduleMode.COMPUTED
    before = [(row.id, row.start, row.end) for row in session.plan.activities_where("project", project.id)]
    if not confirm_moves(session, N_("Change schedule mode"), lambda edit: modes.set_mode(edit, project.id, mode)):
        return
    after = [(row.id, row.start, row.end) for row in session.plan.activities_where("project", project.id)]
    if computed:
        session.noticed.emit(_("The dates of “{title}” are recorded now: every date stays as it is.").format(title=project.title))
    elif after == before:
        session.noticed.emit(_("The dates of “{title}” are computed now. No date moved.").format(title=project.title))
