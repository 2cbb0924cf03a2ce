"""How the window stood when it was closed: its size and place, how it is divided, and what it showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from milestone_desktop.desktop.page_table import PAGES, Place

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

KEY = "window"
USUAL = QSize(1680, 940)
LEAST = QSize(800, 480)
TITLE_BAR = 32
"""Px that the desktop puts above a window; Qt tells it only once the window stands."""


def restore_shape(window: MainWindow) -> None:
    """Gives the window the size and place that it had, or the usual ones."""
    geometry, splitter = window.settings.geometry(), window.settings.splitter()
    if geometry is None or not window.restoreGeometry(geometry):
        window.resize(USUAL)
    if splitter is not None:
        window.splitter.restoreState(splitter)
    _keep_to_screen(window)


def keep_shape(window: MainWindow) -> None:
    """Remembers size, place and division for the person, and what is shown with the workspace."""
    window.settings.keep_shape(window.saveGeometry(), window.splitter.saveState(), inspector=window.inspector_place.wanted)
    window.settings.sync()
    window.session.shown.leave()
    if PAGES[window.page_name].place is not Place.ELSEWHERE:
        window.session.keep(KEY, {"project": window.session.project_id, "page": window.page_name})


def last_shown(window: MainWindow) -> tuple[int | None, str] | None:
    """The project (None: the portfolio) and the page in front when the workspace was closed, as far as both still are there."""
    kept = window.session.kept(KEY)
    if not isinstance(kept, dict) or kept.get("page") not in PAGES:
        return None
    project = kept.get("project")
    if project is not None and project not in {row.id for row in window.session.facts.projects()}:
        return None
    return project, str(kept["page"])


def screen_room(window: QWidget) -> QSize:
    """How large a window can be on its screen. Without a screen: as large as it is."""
    room = window.screen().availableGeometry().size() - QSize(0, TITLE_BAR)
    return room.expandedTo(window.size()) if QGuiApplication.platformName() == "offscreen" else room


def fit_menu(menu: QMenu) -> None:
    """A menu that is too long for its screen stands in columns; where there is no room for these either, it is scrolled."""
    if menu.sizeHint().width() > screen_room(menu).width():
        menu.setStyleSheet("QMenu { menu-scrollable: 1; }")


def _keep_to_screen(window: MainWindow) -> None:
    """Never larger than the screen, as a small one is when all words are twice as large: it takes the whole of that. Without a
    screen: as wished."""
    room = screen_room(window)
    window.setMinimumSize(LEAST.boundedTo(room))
    if window.size().boundedTo(room) != window.size():
        window.resize(window.size().boundedTo(room))
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
