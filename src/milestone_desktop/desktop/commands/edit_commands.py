"""The Edit menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import activities, twins
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Project

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def undo(window: MainWindow) -> None:
    window.leave_field()
    label = window.session.undo_label()
    if window.session.undo() and label is not None:
        say_aloud(window.status.file, _("Undone: {label}").format(label=label))


def redo(window: MainWindow) -> None:
    window.leave_field()
    label = window.session.redo_label()
    if window.session.redo() and label is not None:
        say_aloud(window.status.file, _("Redone: {label}").format(label=label))


def can_undo(window: MainWindow) -> bool:
    return window.session.undo_label() is not None


def can_redo(window: MainWindow) -> bool:
    return window.session.redo_label() is not None


def undo_text(window: MainWindow) -> str:
    label = window.session.undo_label()
    return _("Undo") if label is None else _("Undo {label}").format(label=label)


def redo_text(window: MainWindow) -> str:
    label = window.session.redo_label()
    return _("Redo") if label is None else _("Redo {label}").format(label=label)


def can_edit_selection(window: MainWindow) -> bool:
    return bool(window.session.selection) and not window.session.document.read_only


def delete_selected(window: MainWindow) -> None:
    """Deletes rows; on the roadmap, Delete clears cells where the range leaves the titles out."""
    if window.page_name == "roadmap":
        window.roadmap.delete()
        return
    session = window.session
    ids = session.selection
    session.attempt(N_("Delete"), lambda edit: activities.delete(edit, ids))


def duplicate_row(window: MainWindow) -> None:
    """A copy of the milestone or work item in hand, with what lies beneath it."""
    session = window.session
    current = session.current
    made: list[int] = []
    if current is not None and session.attempt(N_("Duplicate"), lambda edit: made.append(twins.duplicate(edit, current).id)):
        session.select(made)


def can_filter(window: MainWindow) -> bool:
    return window.page is not None and window.page.searchable


def filter_rows(window: MainWindow) -> None:
    window.tools.search.setFocus()
    window.tools.search.selectAll()


def can_find(window: MainWindow) -> bool:
    return window.session.plan.count(Project) > 0


def find(window: MainWindow) -> None:
    window.find_bar.open()


def find_next(window: MainWindow) -> None:
    window.find_bar.go(1)


def find_previous(window: MainWindow) -> None:
    window.find_bar.go(-1)


def open_palette(window: MainWindow) -> None:
    from milestone_desktop.desktop.palette.dialog import PaletteDialog  # it lists the actions, of which this is one

    window.leave_field()
    window.actions_.refresh()
    PaletteDialog(window, window.offers).open()
