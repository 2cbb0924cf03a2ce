"""The part of the Plan menu that replans and tries things out."""

from __future__ import annotations

from milestone_desktop.desktop.commands import trial_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """Its actions in their order."""
    c = trial_commands
    return (
        Action("plan.replan", "plan", 45, _("Replan…"), c.replan, "Ctrl+Shift+R", "calendar-range", c.can_replan),
        Action("plan.try", "plan", 46, _("Try a scenario…"), c.try_scenario, "", "flask-conical", c.can_try),
        Action("plan.compare", "plan", 46, _("Compare scenario…"), c.compare_scenario, "", "", c.in_scenario),
        Action("plan.apply-scenario", "plan", 46, _("Apply scenario…"), c.apply_scenario, "", "check", c.can_end_scenario),
        Action("plan.discard-scenario", "plan", 46, _("Discard scenario"), c.discard_scenario, "", "trash-2",
               c.can_end_scenario),
    )  # fmt: skip
