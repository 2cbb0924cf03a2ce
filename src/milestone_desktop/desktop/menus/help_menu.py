"""The Help menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Help menu's actions in their order."""
    c = view_commands
    return (
        Action("help.keys", "help", 0, _("Keyboard map"), c.show_keys, "?", "keyboard"),
        Action("help.about", "help", 0, _("About Milestone Desktop"), c.show_about, "", "info"),
    )
