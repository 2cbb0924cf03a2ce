"""The Plan menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import plan_commands, timeline_commands, track_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Plan menu's actions in their order."""
    c, t, k = plan_commands, timeline_commands, track_commands
    return (
        Action("plan.project", "plan", 0, _("New project…"), c.new_project, "Ctrl+Shift+N", "briefcase", c.writable),
        Action("plan.settings", "plan", 0, _("Project settings…"), c.edit_project, "Ctrl+,", "settings", c.can_edit_project),
        Action("plan.duplicate", "plan", 0, _("Duplicate project…"), c.duplicate_project, "", "copy", c.can_edit_project),
        Action("plan.template", "plan", 0, _("Save project as template…"), c.save_as_template, "", "layers", c.can_edit_project),
        Action("plan.close", "plan", 0, _("Close project…"), k.close_project, "", "flag", c.can_edit_project),
        Action("plan.delete", "plan", 0, _("Delete project"), c.delete_project, "", "trash-2", c.can_edit_project),
        Action("plan.milestone", "plan", 1, _("Add milestone"), c.add_milestone, "Ctrl+M", "diamond-plus", c.can_edit_project),
        Action("plan.item", "plan", 1, _("Add work item"), c.add_item, "Ctrl+I", "list-plus", c.can_edit_project),
        Action("plan.link", "plan", 2, _("Link selected rows"), c.link_selected, "Ctrl+L", "link", c.can_link),
        Action("plan.dependency", "plan", 2, _("Add dependency…"), c.add_dependency, "Ctrl+Shift+L", "spline",
               c.can_edit_current),
        Action("plan.up", "plan", 3, _("Move up"), c.move_up, "Alt+Up", "arrow-up", c.can_edit_selection),
        Action("plan.down", "plan", 3, _("Move down"), c.move_down, "Alt+Down", "arrow-down", c.can_edit_selection),
        Action("plan.indent", "plan", 3, _("Indent"), c.indent, "Alt+Right", "indent-increase", c.can_edit_selection),
        Action("plan.outdent", "plan", 3, _("Outdent"), c.outdent, "Alt+Left", "indent-decrease", c.can_edit_selection),
        *(
            Action(f"plan.{name}", "plan", 4, text, t.mover(days), key, "", t.can_move, submenu=_("Move in time"))
            for name, text, days, key in moves()
        ),
        *(
            Action(f"plan.{name}", "plan", 4, text, t.stretcher(days, at_start=at_start), key, "", t.can_stretch,
                   submenu=_("Move in time"))
            for name, text, days, at_start, key in stretches()
        ),
    )  # fmt: skip


def moves() -> tuple[tuple[str, str, int, str], ...]:
    """What moves the selected rows in time: name, text, working days and key."""
    week = timeline_commands.DAYS_OF_A_WEEK
    return (
        ("day-later", _("A working day later"), 1, "Alt+Shift+Right"),
        ("day-earlier", _("A working day earlier"), -1, "Alt+Shift+Left"),
        ("week-later", _("A week later"), week, "Ctrl+Alt+Shift+Right"),
        ("week-earlier", _("A week earlier"), -week, "Ctrl+Alt+Shift+Left"),
    )


def stretches() -> tuple[tuple[str, str, int, bool, str], ...]:
    """What moves one end of the selected bars: name, text, working days, whether it is the start, and key."""
    return (
        ("longer", _("End a working day later"), 1, False, "Alt+Shift+Down"),
        ("shorter", _("End a working day earlier"), -1, False, "Alt+Shift+Up"),
        ("start-later", _("Start a working day later"), 1, True, "Ctrl+Alt+Shift+Down"),
        ("start-earlier", _("Start a working day earlier"), -1, True, "Ctrl+Alt+Shift+Up"),
    )
