"""Following a milestone: its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Milestone

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def has_milestone(window: MainWindow) -> bool:
    return window.session.plan.get(Milestone, window.session.current) is not None


def open_milestone(window: MainWindow) -> None:
    window.leave_field()
    window.open_milestone()
