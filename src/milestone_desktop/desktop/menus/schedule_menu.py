"""The part of the Plan menu that is about the scheduler."""

from __future__ import annotations

from milestone_desktop.desktop.commands import schedule_commands
from milestone_desktop.desktop.commands.view_commands import has_plan, page_opener
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """Its actions in their order."""
    c = schedule_commands
    return (
        Action("plan.mode", "plan", 40, _("Compute the dates…"), c.switch_mode, "Ctrl+Shift+E", "refresh-cw", c.can_switch_mode,
               c.mode_text),
        Action("plan.pin", "plan", 41, _("Pin at…"), c.pin_at, "Ctrl+Shift+P", "pin", c.can_pin),
        Action("plan.release", "plan", 41, _("Release (remove pin)"), c.release, "Ctrl+Shift+U", "pin-off", c.can_release),
        Action("plan.fix", "plan", 41, _("Fix the date"), c.fix, "Ctrl+Shift+X", "lock", c.can_fix),
        Action("plan.path-to", "plan", 42, _("Select the path to it"), c.select_path_to, "Ctrl+[", "arrow-left",
               c.has_schedule),
        Action("plan.path-from", "plan", 42, _("Select the path from it"), c.select_path_from, "Ctrl+]", "arrow-right",
               c.has_schedule),
        Action("plan.conflicts", "plan", 43, _("Conflicts"), page_opener("conflicts"), "F6", "triangle-alert", has_plan),
        Action("plan.offer", "plan", 43, _("Do what the message offers"), c.take_offer, "Ctrl+.", "", c.has_offer),
    )  # fmt: skip
