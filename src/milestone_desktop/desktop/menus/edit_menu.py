"""The Edit menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from milestone_desktop.desktop.commands import edit_commands, table_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The Edit menu's actions in their order."""
    c, t, key = edit_commands, table_commands, QKeySequence.StandardKey
    return (
        Action("edit.undo", "edit", 0, _("Undo"), c.undo, key.Undo, "undo-2", c.can_undo, c.undo_text),
        Action("edit.redo", "edit", 0, _("Redo"), c.redo, ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", c.can_redo, c.redo_text),
        Action("edit.cut", "edit", 1, _("Cut"), t.cut, key.Cut, "scissors", t.can_change),
        Action("edit.copy", "edit", 1, _("Copy"), t.copy, key.Copy, "copy", t.can_copy),
        Action("edit.copy-headings", "edit", 1, _("Copy with headings"), t.copy_with_headings, "Ctrl+Shift+C", "", t.can_copy),
        Action("edit.paste", "edit", 1, _("Paste"), t.paste, key.Paste, "clipboard-paste", t.can_change),
        Action("edit.delete", "edit", 1, _("Delete"), c.delete_selected, key.Delete, "trash-2", c.can_edit_selection,
               t.delete_text),
        Action("edit.delete-rows", "edit", 1, _("Delete rows"), t.delete_rows, "Ctrl+Del", "", t.can_change),
        Action("edit.duplicate", "edit", 1, _("Duplicate"), t.fill_or_duplicate, "Ctrl+D", "copy",
               t.can_fill_or_duplicate, t.fill_or_duplicate_text),
        Action("edit.find", "edit", 2, _("Find…"), c.find, key.Find, "search", c.can_find),
        Action("edit.find-next", "edit", 2, _("Find next"), c.find_next, "F3", "arrow-down", c.can_find),
        Action("edit.find-previous", "edit", 2, _("Find previous"), c.find_previous, "Shift+F3", "arrow-up", c.can_find),
        Action("edit.palette", "edit", 2, _("Command palette…"), c.open_palette, "Ctrl+K", ""),
        Action("edit.filter", "edit", 2, _("Filter"), c.filter_rows, "Ctrl+Shift+F", "", c.can_filter),
    )  # fmt: skip
