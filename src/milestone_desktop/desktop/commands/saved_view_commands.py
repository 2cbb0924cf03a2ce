"""Saved views: showing, keeping, and what is done to the one in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from milestone_desktop.desktop.dialogs.save_view import SaveViewDialog
from milestone_desktop.desktop.offered_views import is_altered, view_in_hand
from milestone_desktop.desktop.words import _
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import views
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import View
from milestone_desktop.filters.tree import EVERYTHING

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def can_save(window: MainWindow) -> bool:
    return window.page is not None and window.page.filterable and not window.session.document.read_only


def has_view(window: MainWindow) -> bool:
    """Whether a view is in hand, altered or not."""
    return view_in_hand(window.session) is not None


def has_own(window: MainWindow) -> bool:
    """Whether the view in hand is one that was saved, and can be changed."""
    return not window.session.document.read_only and _own(window) is not None


def can_update(window: MainWindow) -> bool:
    view = view_in_hand(window.session)
    return has_own(window) and can_save(window) and view is not None and is_altered(view, window.view_definition())


def save_as(window: MainWindow) -> None:
    """Keeps what is shown as a view of its own."""
    view = view_in_hand(window.session)
    dialog = SaveViewDialog(
        window.session, window, definition=window.view_definition(), name=view.title if view is not None else ""
    )
    if dialog.exec() and dialog.made is not None:
        window.session.shown.set_view(f"own:{dialog.made}")


def update(window: MainWindow) -> None:
    """Keeps what is shown in the view in hand."""
    own = _own(window)
    if own is not None:
        window.session.attempt(N_("Update view"), lambda edit: views.update(edit, own.id, window.view_definition()))


def rename(window: MainWindow) -> None:
    own = _own(window)
    if own is not None:
        SaveViewDialog(window.session, window, view=own).exec()


def duplicate(window: MainWindow) -> None:
    """Keeps the view in hand once more, as it was saved, and goes on with the copy."""
    view, made = view_in_hand(window.session), [0]
    if view is None:
        return
    name = _("{view} (copy)").format(view=view.title)

    def copy(edit: Edit) -> None:
        if view.record is not None:
            made[0] = views.duplicate(edit, view.record, name).id
        else:
            made[0] = views.create(edit, name, dict(view.definition)).id

    if window.session.attempt(N_("Duplicate view"), copy):
        window.session.shown.set_view(f"own:{made[0]}")


def delete(window: MainWindow) -> None:
    """Deletes the view in hand; what is shown stays."""
    own = _own(window)
    if own is not None and window.session.attempt(N_("Delete view"), lambda edit: views.delete(edit, own.id)):
        window.session.shown.set_view("")


def mover(by: int) -> Callable[[MainWindow], None]:
    """The command that moves the view in hand up (−1) or down (1)."""

    def move(window: MainWindow) -> None:
        own = _own(window)
        if own is not None:
            project = window.session.project_id
            window.session.attempt(N_("Move view"), lambda edit: views.move(edit, own.id, by, project))

    return move


def leave(window: MainWindow) -> None:
    """Goes back to everything: no view, no filter, no groups, no lanes."""
    window.session.shown.show(EVERYTHING, (), "")
    window.session.shown.set_packed(False)


def _own(window: MainWindow) -> View | None:
    view = view_in_hand(window.session)
    return window.session.plan.get(View, view.record) if view is not None else None
