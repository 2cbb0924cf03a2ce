"""The Plan menu."""

from __future__ import annotations

from milestone_desktop.desktop.commands import plan_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Plan menu's actions in their order."""
    c = plan_commands
    return (
        Action("plan.project", "plan", 0, _("New project…"), c.new_project, "Ctrl+Shift+N", "briefcase", c.writable),
        Action("plan.settings", "plan", 0, _("Project settings…"), c.edit_project, "Ctrl+,", "settings", c.can_edit_project),
        Action("plan.duplicate", "plan", 0, _("Duplicate project…"), c.duplicate_project, "", "copy", c.can_edit_project),
        Action("plan.template", "plan", 0, _("Save project as template…"), c.save_as_template, "", "layers", c.can_edit_project),
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
    )  # fmt: skip
