"""The Plan and Track menus."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.choose import choose_activity
from milestone_desktop.desktop.dialogs.complete import CompleteDialog
from milestone_desktop.desktop.dialogs.duplicate import DuplicateDialog
from milestone_desktop.desktop.dialogs.new_project import NewProjectDialog
from milestone_desktop.desktop.dialogs.project import ProjectDialog
from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog
from milestone_desktop.desktop.dialogs.template import TemplateDialog
from milestone_desktop.desktop.linking import attempt_link
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, dependencies, items, milestones, projects
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.enums import MilestoneStatus
from milestone_desktop.domain.instants import at
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.projects import Project

if TYPE_CHECKING:
    from collections.abc import Callable

    from milestone_desktop.desktop.window import MainWindow

DAYS_OF_NEW_ITEM = 5


def writable(window: MainWindow) -> bool:
    return not window.session.document.read_only


def can_edit_project(window: MainWindow) -> bool:
    return writable(window) and window.session.project is not None


def can_edit_selection(window: MainWindow) -> bool:
    return writable(window) and bool(window.session.selection)


def can_edit_current(window: MainWindow) -> bool:
    return writable(window) and window.session.current is not None


def can_link(window: MainWindow) -> bool:
    return writable(window) and len(window.session.selection) > 1


def new_project(window: MainWindow) -> None:
    dialog = NewProjectDialog(window.session, window)
    if dialog.exec() and dialog.made is not None:
        window.session.show_project(dialog.made)


def edit_project(window: MainWindow) -> None:
    if can_edit_project(window):
        ProjectDialog(window.session, window).exec()


def duplicate_project(window: MainWindow) -> None:
    dialog = DuplicateDialog(window.session, window)
    if dialog.exec() and dialog.made is not None:
        window.session.show_project(dialog.made)


def save_as_template(window: MainWindow) -> None:
    TemplateDialog(window.session, window).exec()


def delete_project(window: MainWindow) -> None:
    project = window.session.project_id
    if project is not None:
        window.session.attempt(N_("Delete project"), lambda edit: projects.delete(edit, project))


def set_status_date(window: MainWindow) -> None:
    if can_edit_project(window):
        StatusDateDialog(window.session, window).exec()


def add_milestone(window: MainWindow) -> None:
    """Adds a milestone after the row in hand, on its date, and opens its title for typing."""
    if _add_in_place(window, milestone=True):
        return
    session = window.session

    def make(edit: Edit, project: Project, parent: int | None, after: Activity | None) -> int:
        near = after.end if after is not None and after.end is not None else at(session.today(), project.day_end)
        return milestones.create(
            edit, project.id, _("New milestone"), near, parent=parent, after=None if after is None else after.id
        ).id

    _add(window, N_("Add milestone"), make)


def add_item(window: MainWindow) -> None:
    """Adds a work item of a week after the row in hand and opens its title for typing."""
    if _add_in_place(window, milestone=False):
        return
    session = window.session

    def make(edit: Edit, project: Project, parent: int | None, after: Activity | None) -> int:
        row = items.create(
            edit, project.id, _("New work item"), parent=parent, after=None if after is None else after.id,
            duration=DAYS_OF_NEW_ITEM * project.minutes_per_day,
        )  # fmt: skip
        day = session.today() if after is None or after.end is None else after.end // 1440
        dates.set_start(edit, row.id, dates.start_instant(edit.plan, row, day))
        return row.id

    _add(window, N_("Add work item"), make)


def _add_in_place(window: MainWindow, *, milestone: bool) -> bool:
    """On the roadmap a row is typed where it will stand, and made with its title. False on other pages."""
    if window.page_name != "roadmap":
        return False
    window.leave_field()
    here = window.session.plan.activity(window.session.current)
    inside = here is not None and is_parent(window.session.plan, here.id)
    window.roadmap.row_work.insert(child=inside, milestone=milestone)
    return True


def _add(window: MainWindow, label: str, make: Callable[[Edit, Project, int | None, Activity | None], int]) -> None:
    """Makes a row below the one in hand (inside it, if it is a parent) and hands it to the page for naming."""
    session, project = window.session, window.session.project
    if project is None:
        return
    window.leave_field()
    here = session.plan.activity(session.current)
    inside = here is not None and is_parent(session.plan, here.id)
    parent = None if here is None else here.id if inside else here.parent
    after = None if inside else here
    made: list[int] = []
    if session.attempt(label, lambda edit: made.append(make(edit, project, parent, after))):
        session.select(made)
        if window.page is not None:
            window.page.name_row(made[0])


def link_selected(window: MainWindow) -> None:
    """Links the selected rows one after the other, finish to start; pairs that are linked already are left alone."""
    session = window.session
    chosen = session.selection

    def link(edit: Edit) -> None:
        for before, after in pairwise(chosen):
            there = edit.plan.where(Dependency, "predecessor", before)
            if not any(row.successor == after for row in there):
                dependencies.add(edit, before, after)

    attempt_link(session, N_("Link selected rows"), link, chosen)


def add_dependency(window: MainWindow) -> None:
    """Asks for a predecessor of the row in hand and links it."""
    session, current = window.session, window.session.current
    if current is None:
        return
    chosen = choose_activity(session, window, _("Add predecessor"), lambda row: row.id != current)
    if chosen is not None:
        attempt_link(session, N_("Add dependency"), lambda edit: dependencies.add(edit, chosen, current), [current])


def move_up(window: MainWindow) -> None:
    _on_selection(window, N_("Move up"), activities.move_up)


def move_down(window: MainWindow) -> None:
    _on_selection(window, N_("Move down"), activities.move_down)


def indent(window: MainWindow) -> None:
    _on_selection(window, N_("Indent"), activities.indent)


def outdent(window: MainWindow) -> None:
    _on_selection(window, N_("Outdent"), activities.outdent)


def can_complete(window: MainWindow) -> bool:
    row = window.session.plan.get(Milestone, window.session.current)
    return writable(window) and row is not None and row.status is not MilestoneStatus.COMPLETED


def can_reopen(window: MainWindow) -> bool:
    row = window.session.plan.get(Milestone, window.session.current)
    return writable(window) and row is not None and row.status is MilestoneStatus.COMPLETED


def complete(window: MainWindow) -> None:
    row = window.session.plan.get(Milestone, window.session.current)
    if row is not None:
        CompleteDialog(window.session, row, window).exec()


def reopen(window: MainWindow) -> None:
    current = window.session.current
    if current is not None:
        window.session.attempt(N_("Reopen milestone"), lambda edit: milestones.reopen(edit, current))


def _on_selection(window: MainWindow, label: str, operation: Callable[[Edit, tuple[int, ...]], object]) -> None:
    if window.page_name == "roadmap":
        window.roadmap.row_work.rearrange(label, operation)
        return
    session = window.session
    chosen = session.selection
    session.attempt(label, lambda edit: operation(edit, chosen))
