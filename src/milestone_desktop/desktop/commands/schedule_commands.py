"""What the Plan menu does with the scheduler: who places the dates, pins and fixed dates, conflicts, chains."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.moves import confirm_moves
from milestone_desktop.desktop.dialogs.pin import PinDialog
from milestone_desktop.desktop.inspector.timing import chain
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import dates, modes
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import ConstraintType, Placement, ProjectStatus, ScheduleMode
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project, is_computed

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


def can_pin(window: MainWindow) -> bool:
    row = window.session.plan.activity(window.session.current)
    return row is not None and _scheduled(window, [row]) and row.actual_start is None and row.actual_finish is None


def can_release(window: MainWindow) -> bool:
    rows = _selected(window)
    held = [row for row in rows if row.placement is not Placement.COMPUTED or row.constraint is not ConstraintType.ASAP]
    return _scheduled(window, rows) and bool(held)


def can_fix(window: MainWindow) -> bool:
    rows = _selected(window)
    return _scheduled(window, rows) and any(row.placement is not Placement.FIXED for row in rows)


def pin_at(window: MainWindow) -> None:
    """Asks for the date that the activity in hand is not to be before."""
    row = window.session.plan.activity(window.session.current)
    if row is not None:
        PinDialog(window.session, row, window).exec()


def release(window: MainWindow) -> None:
    """Takes pins, fixed dates and constraints of the selected rows away: the scheduler places them again."""
    ids = window.session.selection
    window.session.attempt(N_("Release"), lambda edit: dates.release(edit, ids))


def fix(window: MainWindow) -> None:
    """Leaves the selected rows where they are, whatever their links say."""
    ids = window.session.selection
    window.session.attempt(N_("Fix the date"), lambda edit: dates.fix(edit, ids))


def has_schedule(window: MainWindow) -> bool:
    schedule = window.session.document.schedule() if window.session.current is not None else None
    return schedule is not None and window.session.current in schedule.row_of


def select_path_to(window: MainWindow) -> None:
    """Selects the chain that the activity in hand waits for."""
    _select_chain(window, onwards=False)


def select_path_from(window: MainWindow) -> None:
    """Selects all that moves when the activity in hand does."""
    _select_chain(window, onwards=True)


def take_offer(window: MainWindow) -> None:
    """Does what the message in the window offers."""
    (window.failure if window.failure.buttons else window.notice).press_first()


def has_offer(window: MainWindow) -> bool:
    return bool(window.failure.buttons or window.notice.buttons)


def _select_chain(window: MainWindow, *, onwards: bool) -> None:
    session, current = window.session, window.session.current
    schedule = session.document.schedule()
    if schedule is not None and current is not None and current in schedule.row_of:
        session.select(chain(schedule, current, onwards=onwards), current)


def _selected(window: MainWindow) -> list[Activity]:
    found = (window.session.plan.activity(row_id) for row_id in window.session.selection)
    return [row for row in found if row is not None]


def _scheduled(window: MainWindow, rows: list[Activity]) -> bool:
    """Whether the scheduler places these rows, and they may be edited."""
    plan = window.session.plan
    computed = all(is_computed(plan[Project, row.project]) for row in rows)
    return bool(rows) and computed and not window.session.document.read_only
