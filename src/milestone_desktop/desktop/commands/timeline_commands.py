"""What the View and Plan menus do to the roadmap's timeline, and to dates by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from milestone_desktop.desktop.commands.plan_commands import writable
from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.words import ngettext, range_text
from milestone_desktop.document.operations import dates
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.messages import N_

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Command = Callable[["MainWindow"], None]
Question = Callable[["MainWindow"], bool]

DAYS_OF_A_WEEK = 5
"""Working days that are called a week when dates are moved by keys."""

PAN_SHARE = 0.25


def fit_project(window: MainWindow) -> None:
    window.roadmap.fit_project()


def fit_selection(window: MainWindow) -> None:
    window.roadmap.fit_selection()


def jump(window: MainWindow) -> None:
    window.roadmap.jump()


def pan_earlier(window: MainWindow) -> None:
    window.roadmap.pan(-PAN_SHARE)


def pan_later(window: MainWindow) -> None:
    window.roadmap.pan(PAN_SHARE)


def focus_timeline(window: MainWindow) -> None:
    window.roadmap.body.setFocus()


def show_toggler(name: str) -> Command:
    """The command that shows or hides one part of the timeline."""
    return lambda window: window.roadmap.set_shown(window.roadmap.shown ^ {name})


def is_shown(name: str) -> Question:
    """Whether that part shows."""
    return lambda window: window.page_name == "roadmap" and name in window.roadmap.shown


def has_selection(window: MainWindow) -> bool:
    return window.page_name == "roadmap" and bool(window.session.selection)


def can_move(window: MainWindow) -> bool:
    return writable(window) and bool(window.session.selection)


def can_stretch(window: MainWindow) -> bool:
    session = window.session
    return writable(window) and any(session.plan.get(WorkItem, row_id) is not None for row_id in session.selection)


def mover(working_days: int) -> Command:
    """The command that moves what is selected by working days."""

    def move(window: MainWindow) -> None:
        window.leave_field()
        ids = window.session.selection
        if window.session.attempt(N_("Move rows"), lambda edit: dates.move(edit, ids, working_days)):
            _say_dates(window)

    return move


def stretcher(working_days: int, *, at_start: bool) -> Command:
    """The command that moves the ends, or the starts, of the selected work items by working days."""
    label = N_("Change start") if at_start else N_("Change end")

    def stretch(window: MainWindow) -> None:
        window.leave_field()
        ids = window.session.selection
        if window.session.attempt(label, lambda edit: dates.stretch(edit, ids, working_days, at_start=at_start)):
            _say_dates(window)

    return stretch


def _say_dates(window: MainWindow) -> None:
    """Tells a screen reader where the row in hand is now, and how many others went along."""
    session = window.session
    row = session.plan.activity(session.current)
    if row is None:
        return
    others = len(session.selection) - 1
    words = f"{row.title}, {range_text(row.start, row.end, session.today())}"
    more = ngettext("and {n} more row", "and {n} more rows", others) if others else ""
    say_aloud(window.status.file, ", ".join(part for part in (words, more) if part))
