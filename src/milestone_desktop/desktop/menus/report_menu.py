"""The Report menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import track_commands, view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Report menu's actions in their order."""
    c, t = view_commands, track_commands
    return (
        Action("report.status", "report", 0, _("Status report"), c.page_opener("report"), "Ctrl+P", "printer", c.has_project),
        Action("report.milestones", "report", 0, _("Milestone report"), c.page_opener("milestone-report"), "", "table",
               c.has_plan),
        Action("report.billing", "report", 1, _("Billing"), c.page_opener("billing"), "", "receipt", c.has_plan),
        Action("report.ready", "report", 1, _("Ready to invoice"), t.show_ready_to_invoice, "", "receipt", c.has_plan),
        Action("report.achievements", "report", 2, _("Achievements"), c.page_opener("achievements"), "", "star", c.has_plan),
        Action("report.lessons", "report", 2, _("Lessons"), c.page_opener("lessons"), "", "book-open", c.has_plan),
    )  # fmt: skip
