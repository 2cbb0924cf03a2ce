"""Preparations for what is about dates that move: the list, refusals, conflicts, and what is told on opening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Activity
from shots.steps import page, settle, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow


def moves_dialog(window: MainWindow) -> QWidget:
    """What a longer work item would move, listed."""
    from milestone_desktop.desktop.dialogs.moves import MovesDialog
    from milestone_desktop.document.operations import dates
    from milestone_desktop.document.trial import try_out

    page("roadmap", "Prototype ready")(window)
    session, row = window.session, _titled(window, "Map screens")
    trial = try_out(session.document, lambda edit: dates.set_duration(edit, row.id, 40 * 480))
    return shown(MovesDialog(session, trial, told="Nothing has moved yet.", taken="Apply", parent=window))


def status_date_later(window: MainWindow) -> QWidget:
    """The status date two weeks on, with what moves because of it."""
    from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog

    page("roadmap")(window)
    dialog = StatusDateDialog(window.session, window)
    dialog.day.setText("21 dec")
    dialog.day.setModified(True)
    dialog.remaining.setChecked(True)
    dialog.preview()
    return shown(dialog)


def refusal(window: MainWindow) -> QWidget | None:
    """A date that its predecessors do not allow, with the way out beside it."""
    from milestone_desktop.document.operations import dates

    page("milestones", "Client approval")(window)
    row = _titled(window, "Client approval")
    window.session.attempt("Move", lambda edit: dates.set_end(edit, row.id, (row.end or 0) - 20 * 1440))
    settle()
    return None


def conflicts(window: MainWindow) -> QWidget | None:
    """A fixed date that comes before what it waits for."""
    from milestone_desktop.document.operations import dates

    page("milestones", "Client approval")(window)
    row = _titled(window, "Client approval")

    def fix(edit: object) -> None:
        dates.fix(edit, [row.id])  # type: ignore[arg-type]
        dates.set_end(edit, row.id, (row.end or 0) - 20 * 1440)  # type: ignore[arg-type]

    window.session.attempt("Fix", fix)
    window.show_page("conflicts")
    settle()
    return None


def differing(window: MainWindow) -> QWidget | None:
    """What is told where this version would compute other dates."""
    page("roadmap", "Prototype ready")(window)
    window.differing.say("This version would compute 3 dates otherwise than they stand in the file. Nothing has moved.")
    window.differing.offer([(text, window.differing.hide) for text in ("Show…", "Take them over", "Leave")])
    settle()
    return None


def _titled(window: MainWindow, title: str) -> Activity:
    here = window.session.project_id
    return next(row for row in window.session.plan.activities() if row.title == title and row.project == here)
