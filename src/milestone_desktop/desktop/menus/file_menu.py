"""The File menu."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence

from milestone_desktop.desktop.commands import file_commands, following_commands
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.words import _


def actions() -> tuple[Action, ...]:
    """The File menu's actions in their order."""
    c, f, key = file_commands, following_commands, QKeySequence.StandardKey
    return (
        Action("file.new", "file", 0, _("New workspace…"), c.new_workspace, key.New, "file-plus"),
        Action("file.open", "file", 0, _("Open…"), c.open_workspace, key.Open, "folder-open"),
        Action("file.welcome", "file", 0, _("Welcome page"), c.show_welcome, "", "house"),
        Action("file.import", "file", 1, _("Import project…"), c.import_project, "Ctrl+Shift+I", "file-input", c.writable),
        Action("file.paste", "file", 1, _("Paste a list of milestones…"), c.paste_list, "Ctrl+Shift+V", "clipboard-paste",
               c.writable),
        Action("file.copy", "file", 2, _("Save a copy…"), c.save_copy, key.SaveAs, "copy"),
        Action("file.picture", "file", 2, _("Save picture…"), c.save_picture, "Ctrl+Shift+G", "image", c.has_picture),
        Action("file.compact", "file", 2, _("Make the file smaller"), f.compact, "", "", c.writable),
        Action("file.quit", "file", 3, _("Quit"), c.quit_program, key.Quit),
    )  # fmt: skip
