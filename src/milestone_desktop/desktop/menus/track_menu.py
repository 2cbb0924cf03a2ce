"""The Track menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import following_commands, plan_commands, track_commands, view_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Track menu's actions in their order."""
    c, f, t, v = plan_commands, following_commands, track_commands, view_commands
    return (
        Action("track.open", "track", 0, _("Open milestone page"), t.open_milestone, "Alt+Return", "diamond", t.has_milestone),
        Action("track.complete", "track", 0, _("Complete milestone…"), c.complete, "Ctrl+Return", "party-popper", c.can_complete),
        Action("track.reopen", "track", 0, _("Reopen milestone"), c.reopen, "", "refresh-cw", c.can_reopen),
        Action("track.drop", "track", 0, _("Drop milestone…"), t.drop, "", "x", t.can_drop, t.drop_text),
        Action("track.card", "track", 0, _("Note, thanks and card…"), t.open_card, "", "star", t.is_reached),
        Action("track.reason", "track", 0, _("Give a reason for a move…"), f.give_reason, "", "", f.has_moves),
        Action(
            "track.celebrate",
            "track",
            2,
            _("Celebrate what is reached"),
            t.toggle_celebration,
            "",
            "party-popper",
            None,
            None,
            t.celebrates,
        ),
        Action("track.review", "track", 1, _("Review"), t.review, "Ctrl+R", "list-checks", v.has_plan),
        Action(
            "track.check",
            "track",
            1,
            _("Plan check"),
            v.page_opener("plan-check"),
            "Ctrl+Shift+H",
            "clipboard-check",
            v.has_project,
        ),
        Action("track.trend", "track", 1, _("Trend"), v.page_opener("trend"), "", "", v.has_project),
        Action("track.baseline", "track", 1, _("Set baseline…"), f.set_baseline, "", "", c.can_edit_project),
        Action("track.baselines", "track", 1, _("Baselines"), v.page_opener("baselines"), "", "", v.has_project),
        Action("track.history", "track", 1, _("History"), v.page_opener("history"), "", "", v.has_project),
        Action("track.status-date", "track", 1, _("Status date…"), c.set_status_date, "", "calendar-check", c.can_edit_project),
    )
