"""What an action of the window is: one line of the tables from which menus, tool row, shortcuts and keyboard map are made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Keys = str | QKeySequence.StandardKey | tuple[str, ...]
"""One key, the platform's own, or several: the first is the one that menus show."""


@dataclass(frozen=True, slots=True)
class Action:
    """One action. menu: where it stands; section: a line is drawn between two sections of a menu; enabled when: asked
    before it is shown; text_now: a text that depends on the state; checked: for what is on or off; submenu: the title of
    a menu within the menu."""

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
    submenu: str = ""
