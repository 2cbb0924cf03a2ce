"""Every action of the window in one table: menus, tool row, shortcuts and the keyboard map are made from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from milestone_desktop.desktop.commands import edit_commands, file_commands, plan_commands, view_commands
from milestone_desktop.desktop.theme import ThemeChoice
from milestone_desktop.desktop.words import _

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Keys = str | QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Action:
    """One action. menu: where it stands; section: a line is drawn between two sections of a menu; enabled when: asked
    before it is shown; text_now: a text that depends on the state; checked: for what is on or off."""

    id: str
    menu: str
    section: int
    text: str
    function: Callable[[MainWindow], object]
    key: Keys = ""
    icon: str = ""
    enabled: Callable[[MainWindow], bool] | None = None
    text_now: Callable[[MainWindow], str] | None = None
    checked: Callable[[MainWindow], bool] | None = None
    group: str = ""


def menu_titles() -> dict[str, str]:
    """The menus of the menu bar, in order, by name."""
    return {
        "file": _("&File"),
        "edit": _("&Edit"),
        "view": _("&View"),
        "plan": _("&Plan"),
        "track": _("&Track"),
        "report": _("&Report"),
        "help": _("&Help"),
    }


def action_table() -> tuple[Action, ...]:
    """Every action, in the order of the menus."""
    return (*_file(), *_edit(), *_view(), *_plan(), *_track_and_report(), *_help())


def _file() -> tuple[Action, ...]:
    c, key = file_commands, QKeySequence.StandardKey
    return (
        Action("file.new", "file", 0, _("New workspace…"), c.new_workspace, key.New, "file-plus"),
        Action("file.open", "file", 0, _("Open…"), c.open_workspace, key.Open, "folder-open"),
        Action("file.welcome", "file", 0, _("Welcome page"), c.show_welcome, "", "house"),
        Action("file.import", "file", 1, _("Import project…"), c.import_project, "Ctrl+Shift+I", "file-input", c.writable),
        Action("file.paste", "file", 1, _("Paste a list of milestones…"), c.paste_list, "Ctrl+Shift+V", "clipboard-paste",
               c.writable),
        Action("file.copy", "file", 2, _("Save a copy…"), c.save_copy, key.SaveAs, "copy"),
        Action("file.quit", "file", 3, _("Quit"), c.quit_program, key.Quit),
    )  # fmt: skip


def _edit() -> tuple[Action, ...]:
    c, key = edit_commands, QKeySequence.StandardKey
    return (
        Action("edit.undo", "edit", 0, _("Undo"), c.undo, key.Undo, "undo-2", c.can_undo, c.undo_text),
        Action("edit.redo", "edit", 0, _("Redo"), c.redo, "Ctrl+Shift+Z", "redo-2", c.can_redo, c.redo_text),
        Action("edit.delete", "edit", 1, _("Delete"), c.delete_selected, key.Delete, "trash-2", c.can_edit_selection),
        Action("edit.duplicate", "edit", 1, _("Duplicate milestone"), c.duplicate_milestone, "Ctrl+D", "copy",
               c.can_edit_milestone),
        Action("edit.find", "edit", 2, _("Search"), c.search, key.Find, "search", c.can_search),
    )  # fmt: skip


def _view() -> tuple[Action, ...]:
    c = view_commands
    return (
        Action("view.roadmap", "view", 0, _("Roadmap"), c.page_opener("roadmap"), "Ctrl+1", "chart-gantt", c.has_project),
        Action("view.milestones", "view", 0, _("Milestones"), c.page_opener("milestones"), "Ctrl+2", "diamond", c.has_plan),
        Action("view.items", "view", 0, _("Work items"), c.page_opener("items"), "Ctrl+3", "list-checks", c.has_plan),
        Action("view.report", "view", 0, _("Report"), c.page_opener("report"), "Ctrl+4", "file-text", c.has_project),
        Action("view.people", "view", 0, _("People"), c.page_opener("people"), "Ctrl+5", "users", c.has_plan),
        *(
            Action(f"view.scale.{name}", "view", 1, text, c.scale_setter(name), f"Alt+{number}", "", c.on_roadmap,
                   None, c.scale_is(name), "scale")
            for number, (name, text) in enumerate(scales().items(), 1)
        ),
        Action("view.today", "view", 2, _("Go to today"), c.go_to_today, "Ctrl+T", "locate-fixed", c.on_roadmap),
        Action("view.fit", "view", 2, _("Fit the whole plan"), c.fit, "Ctrl+0", "maximize", c.on_roadmap),
        Action("view.zoom-in", "view", 2, _("Zoom in"), c.zoom_in, QKeySequence.StandardKey.ZoomIn, "zoom-in", c.on_roadmap),
        Action("view.zoom-out", "view", 2, _("Zoom out"), c.zoom_out, QKeySequence.StandardKey.ZoomOut, "zoom-out",
               c.on_roadmap),
        Action("view.expand", "view", 3, _("Expand all"), c.expand_all, "Ctrl+Shift+Down", "chevrons-up-down", c.on_roadmap),
        Action("view.collapse", "view", 3, _("Collapse all"), c.collapse_all, "Ctrl+Shift+Up", "chevrons-down-up",
               c.on_roadmap),
        Action("view.inspector", "view", 4, _("Inspector"), c.toggle_inspector, "F4", "panel-right", None, None,
               c.inspector_shown),
        Action("view.sidebar", "view", 4, _("Sidebar"), c.toggle_sidebar, "F9", "panel-left", None, None, c.sidebar_shown),
        *(
            Action(f"view.theme.{choice.value}", "view", 5, text, c.theme_setter(choice), "", icon, None, None,
                   c.theme_is(choice), "theme")
            for choice, text, icon in themes()
        ),
    )  # fmt: skip


def scales() -> dict[str, str]:
    """The roadmap's view modes by name."""
    return {"day": _("Day"), "week": _("Week"), "month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}


def themes() -> tuple[tuple[ThemeChoice, str, str], ...]:
    """The themes to choose from: choice, text and icon."""
    return (
        (ThemeChoice.SYSTEM, _("Theme of the system"), "monitor"),
        (ThemeChoice.LIGHT, _("Light theme"), "sun"),
        (ThemeChoice.DARK, _("Dark theme"), "moon"),
        (ThemeChoice.HIGH_CONTRAST, _("High contrast theme"), "eye"),
    )


def _plan() -> tuple[Action, ...]:
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


def _track_and_report() -> tuple[Action, ...]:
    c, view = plan_commands, view_commands
    return (
        Action("track.complete", "track", 0, _("Complete milestone…"), c.complete, "Ctrl+Return", "party-popper", c.can_complete),
        Action("track.reopen", "track", 0, _("Reopen milestone"), c.reopen, "", "refresh-cw", c.can_reopen),
        Action("track.status-date", "track", 1, _("Status date…"), c.set_status_date, "", "calendar-check", c.can_edit_project),
        Action(
            "report.status", "report", 0, _("Status report"), view.page_opener("report"), "Ctrl+P", "printer", view.has_project
        ),
    )


def _help() -> tuple[Action, ...]:
    c = view_commands
    return (
        Action("help.keys", "help", 0, _("Keyboard map"), c.show_keys, "?", "keyboard"),
        Action("help.about", "help", 0, _("About Milestone Desktop"), c.show_about, "", "info"),
    )


class Actions:
    """The Qt actions of one window, made from the table."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.table = action_table()
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for action in self.table:
            self._make(action)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Puts every action into its menu and returns the menus by name."""
        menus = {name: bar.addMenu(title) for name, title in menu_titles().items()}
        sections: dict[str, int] = {}
        for action in self.table:
            menu = menus[action.menu]
            if sections.setdefault(action.menu, action.section) != action.section:
                menu.addSeparator()
                sections[action.menu] = action.section
            menu.addAction(self._actions[action.id])
        return menus

    def refresh(self) -> None:
        """Asks of each action whether it can be done now, what it is called, and whether it is on."""
        for action in self.table:
            made = self._actions[action.id]
            made.setEnabled(action.enabled is None or action.enabled(self._window))
            if action.text_now is not None:
                made.setText(action.text_now(self._window))
            if action.checked is not None:
                made.setChecked(action.checked(self._window))

    def recolour(self) -> None:
        """Draws the icons in the colours of the theme."""
        for action in self.table:
            if action.icon:
                self._actions[action.id].setIcon(self._window.session.icons.icon(action.icon))

    def key_map(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each menu that has keys: its title, and its actions with their keys."""
        found = []
        for name, title in menu_titles().items():
            of_menu = [(action.text, key_text(self._actions[action.id])) for action in self.table if action.menu == name]
            keyed = [(text, key) for text, key in of_menu if key]
            if keyed:
                found.append((title.replace("&", ""), keyed))
        return found

    def _make(self, action: Action) -> None:
        made = QAction(action.text, self._window)
        made.setObjectName(action.id)
        if action.key:
            made.setShortcut(QKeySequence(action.key))
        made.setStatusTip(action.text)
        if action.checked is not None:
            made.setCheckable(True)
        if action.group:
            group = self._groups.setdefault(action.group, QActionGroup(self._window))
            group.addAction(made)
        made.triggered.connect(lambda: action.function(self._window))
        self._window.addAction(made)
        self._actions[action.id] = made


def key_text(made: QAction) -> str:
    """The shortcut of an action as the platform writes it."""
    return made.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
