"""Every action of the window in one table: menus, tool row, shortcuts and the keyboard map are made from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from milestone_desktop.desktop.menus import (
    arrange_menu,
    edit_menu,
    file_menu,
    help_menu,
    plan_menu,
    report_menu,
    schedule_menu,
    track_menu,
    trial_menu,
    view_menu,
)
from milestone_desktop.desktop.menus.action import Action
from milestone_desktop.desktop.window_shape import fit_menu
from milestone_desktop.desktop.words import _

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

MENUS = (
    file_menu, edit_menu, view_menu, arrange_menu, plan_menu, schedule_menu, trial_menu, track_menu, report_menu, help_menu,
)  # fmt: skip


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
    return tuple(action for menu in MENUS for action in menu.actions())


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
        for menu in menus.values():  # some go by what no signal tells: the sorting, the cell in hand
            menu.aboutToShow.connect(self.refresh)
            menu.aboutToShow.connect(lambda menu=menu: fit_menu(menu))
        sections: dict[str, int] = {}
        inner: dict[tuple[str, str], QMenu] = {}
        for action in self.table:
            menu = menus[action.menu]
            if sections.setdefault(action.menu, action.section) != action.section:
                menu.addSeparator()
                sections[action.menu] = action.section
            if action.submenu:
                key = (action.menu, action.submenu)
                menu = inner[key] = inner[key] if key in inner else menu.addMenu(action.submenu)
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
            of_menu = [(action.text, keys_text(self._actions[action.id])) for action in self.table if action.menu == name]
            keyed = [(text, key) for text, key in of_menu if key]
            if keyed:
                found.append((title.replace("&", ""), keyed))
        return found

    def _make(self, action: Action) -> None:
        made = QAction(action.text, self._window)
        made.setObjectName(action.id)
        if isinstance(action.key, tuple):
            made.setShortcuts([QKeySequence(key) for key in action.key])
        elif action.key:
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


def keys_text(made: QAction) -> str:
    """All shortcuts of an action, where it has several."""
    return ", ".join(key.toString(QKeySequence.SequenceFormat.NativeText) for key in made.shortcuts())
