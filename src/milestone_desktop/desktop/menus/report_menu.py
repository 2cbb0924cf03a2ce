"""The Report menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Report menu's actions in their order."""
    c = view_commands
    return (
        Action("report.status", "report", 0, _("Status report"), c.page_opener("report"), "Ctrl+P", "printer", c.has_project),
    )  # fmt: skip
