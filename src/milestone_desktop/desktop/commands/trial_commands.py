"""Replanning, and trying things out on a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.moves import list_moves
from milestone_desktop.desktop.dialogs.replan import ReplanDialog
from milestone_desktop.desktop.dialogs.scenario import CompareDialog, TryDialog
from milestone_desktop.desktop.session import Listed
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import scenarios
from milestone_desktop.document.trial import try_out
from milestone_desktop.domain.enums import ProjectStatus
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import SCENARIO_OF, is_scenario

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def can_replan(window: MainWindow) -> bool:
    project = window.session.project
    return not window.session.document.read_only and project is not None and project.status is not ProjectStatus.ARCHIVED


def can_try(window: MainWindow) -> bool:
    project = window.session.project
    return not window.session.document.read_only and project is not None and not is_scenario(project)


def in_scenario(window: MainWindow) -> bool:
    project = window.session.project
    return project is not None and is_scenario(project)


def can_end_scenario(window: MainWindow) -> bool:
    return in_scenario(window) and not window.session.document.read_only


def replan(window: MainWindow) -> None:
    """Asks what is to move, by how much and why."""
    if can_replan(window):
        window.leave_field()
        ReplanDialog(window.session, window).exec()


def try_scenario(window: MainWindow) -> None:
    """Makes a copy to try things on, and shows it."""
    dialog = TryDialog(window.session, window)
    if dialog.exec() and dialog.made is not None:
        window.session.show_project(dialog.made)


def compare_scenario(window: MainWindow) -> None:
    """Shows what the scenario in hand does differently, and applies it where that is wanted."""
    project = window.session.project
    if project is None or not is_scenario(project):
        return
    try:
        dialog = CompareDialog(window.session, project, window)
    except PlanError as error:
        window.session.fail(error)
        return
    if dialog.exec():
        apply_scenario(window)


def apply_scenario(window: MainWindow) -> None:
    """Carries the scenario in hand over to its project. What would move there is listed first."""
    session, project = window.session, window.session.project
    if project is None or not can_end_scenario(window):
        return
    window.leave_field()
    original = project.extra[SCENARIO_OF]
    try:
        trial = try_out(session.document, lambda edit: scenarios.apply(edit, project.id))
    except PlanError as error:
        session.fail(error)
        return
    named = session.plan.get(Project, original)
    told = _("Applying “{scenario}” carries what was changed in it over to “{project}” and removes the scenario.").format(
        scenario=project.title, project=named.title if named is not None else "—"
    )
    if list_moves(session, trial, window, told) and session.attempt(
        N_("Apply scenario"), lambda edit: scenarios.apply(edit, project.id), listed=Listed.SHOWN
    ):
        session.show_project(original)
        session.noticed.emit(_("“{scenario}” was applied. Undo takes it back.").format(scenario=project.title))


def discard_scenario(window: MainWindow) -> None:
    """Removes the scenario in hand; Undo brings it back."""
    session, project = window.session, window.session.project
    if project is None or not can_end_scenario(window):
        return
    window.leave_field()
    original = project.extra[SCENARIO_OF]
    if session.attempt(N_("Discard scenario"), lambda edit: scenarios.discard(edit, project.id)):
        session.show_project(original if session.plan.get(Project, original) is not None else None)
        session.noticed.emit(_("“{scenario}” was discarded. Undo brings it back.").format(scenario=project.title))
