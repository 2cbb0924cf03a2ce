"""The View and Help menus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from milestone_desktop.desktop.dialogs.about import AboutDialog
from milestone_desktop.desktop.dialogs.keyboard import KeyboardDialog
from milestone_desktop.desktop.pages.page import TimedPage
from milestone_desktop.desktop.theme import ThemeChoice
from milestone_desktop.domain.projects import Project

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

Command = Callable[["MainWindow"], None]
Question = Callable[["MainWindow"], bool]


def has_plan(window: MainWindow) -> bool:
    return window.session.plan.count(Project) > 0


def has_project(window: MainWindow) -> bool:
    return window.session.project_id is not None


def page_opener(name: str) -> Command:
    """The command that brings a page to the front."""
    return lambda window: window.show_page(name)


def show_portfolio(window: MainWindow) -> None:
    window.session.show_project(None)
    window.show_page("portfolio")


def show_owners(window: MainWindow) -> None:
    window.session.show_project(None)
    window.show_page("owners")


def on_roadmap(window: MainWindow) -> bool:
    return window.page_name == "roadmap"


def has_time_axis(window: MainWindow) -> bool:
    return timed_page(window) is not None


def timed_page(window: MainWindow) -> TimedPage | None:
    """The page in front, if it has a time axis."""
    page = window.page
    return page if isinstance(page, TimedPage) else None


def scale_setter(name: str) -> Command:
    """The command that chooses a view mode."""
    return _on_timed(lambda page: page.set_scale(name))


def scale_is(name: str) -> Question:
    """Whether the page in front stands in this view mode."""

    def asked(window: MainWindow) -> bool:
        page = timed_page(window)
        return page is not None and page.scale == name

    return asked


def go_to_today(window: MainWindow) -> None:
    _on_timed(lambda page: page.go_to_today())(window)


def fit(window: MainWindow) -> None:
    _on_timed(lambda page: page.fit())(window)


def zoom_in(window: MainWindow) -> None:
    _on_timed(lambda page: page.zoom_in())(window)


def zoom_out(window: MainWindow) -> None:
    _on_timed(lambda page: page.zoom_out())(window)


def _on_timed(act: Callable[[TimedPage], None]) -> Command:
    def do(window: MainWindow) -> None:
        page = timed_page(window)
        if page is not None:
            act(page)

    return do


def expand_all(window: MainWindow) -> None:
    window.roadmap.expand_all()


def collapse_all(window: MainWindow) -> None:
    window.roadmap.collapse_all()


def toggle_inspector(window: MainWindow) -> None:
    window.show_inspector(window.inspector.isHidden())


def inspector_shown(window: MainWindow) -> bool:
    return not window.inspector.isHidden()


def toggle_sidebar(window: MainWindow) -> None:
    window.sidebar.setVisible(window.sidebar.isHidden())
    window.actions_.refresh()


def sidebar_shown(window: MainWindow) -> bool:
    return not window.sidebar.isHidden()


def half_shower(half: str) -> Command:
    """The command that shows or hides a half of the roadmap."""

    def do(window: MainWindow) -> None:
        halves = window.roadmap.splitter
        halves.show_half(half, not halves.shows(half))
        window.roadmap.enter()
        window.actions_.refresh()

    return do


def half_shown(half: str) -> Question:
    """Whether a half of the roadmap is shown."""
    return lambda window: window.page_name != "roadmap" or window.roadmap.splitter.shows(half)


def toggle_fullscreen(window: MainWindow) -> None:
    """The window takes the whole screen, or gives it back as it was."""
    window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
    window.actions_.refresh()


def is_fullscreen(window: MainWindow) -> bool:
    return window.isFullScreen()


def theme_setter(choice: ThemeChoice) -> Command:
    """The command that chooses a theme."""
    return lambda window: window.choose_theme(choice)


def theme_is(choice: ThemeChoice) -> Question:
    """Whether this theme is chosen."""
    return lambda window: window.settings.theme is choice


def text_sizer(percent: int) -> Command:
    """The command that makes all words, and everything else, larger or smaller. The window opens anew."""

    def do(window: MainWindow) -> None:
        if percent != window.settings.text_size:
            window.leave_field()
            window.settings.text_size = percent
            window.settings.sync()
            window.program.restart()

    return do


def text_size_is(percent: int) -> Question:
    """Whether this size of words is chosen."""
    return lambda window: window.settings.text_size == percent


def show_keys(window: MainWindow) -> None:
    KeyboardDialog(window.actions_.key_map(), window).exec()


def show_about(window: MainWindow) -> None:
    AboutDialog(window).exec()
