"""The part of the Plan menu that is about the scheduler."""

from __future__ import annotations

from milestone_desktop.desktop.commands import schedule_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """Its actions in their order."""
    c = schedule_commands
    return (
        Action("plan.mode", "plan", 40, _("Compute the dates…"), c.switch_mode, "Ctrl+Shift+E", "refresh-cw", c.can_switch_mode,
               c.mode_text),
    )  # fmt: skip
