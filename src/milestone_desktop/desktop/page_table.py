"""The window's pages by name, made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.words import _

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow


def tab_titles() -> dict[str, str]:
    """The tabs in their order: name of the page and its title."""
    return {
        "roadmap": _("Roadmap"),
        "milestones": _("Milestones"),
        "items": _("Work items"),
        "report": _("Report"),
        "people": _("People"),
    }


NEEDS_PROJECT = frozenset({"roadmap", "report"})
WITH_INSPECTOR = frozenset({"roadmap", "milestones", "items"})
WITH_TOOLS = WITH_INSPECTOR | {"people"}


def _roadmap(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

    page = RoadmapPage(window.session)
    page.scale_changed.connect(window.actions_.refresh)
    page.activated.connect(lambda: window.show_inspector(True))
    return page


def _milestones(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.milestones import MilestonesPage

    return MilestonesPage(window.session)


def _items(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.items import ItemsPage

    return ItemsPage(window.session)


def _people(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.people import PeoplePage

    return PeoplePage(window.session)


def _report(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.report import ReportPage

    return ReportPage(window.session)


def _welcome(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.welcome import WelcomePage

    return WelcomePage(window)


PAGES: dict[str, Callable[[MainWindow], Page]] = {
    "roadmap": _roadmap,
    "milestones": _milestones,
    "items": _items,
    "people": _people,
    "report": _report,
    "welcome": _welcome,
}
