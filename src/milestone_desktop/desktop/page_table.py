"""The window's pages in one table: where each is reached, what it needs, and how it is made when first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.words import _

if TYPE_CHECKING:
    from milestone_desktop.desktop.pages.portfolio import LanesPage
    from milestone_desktop.desktop.window import MainWindow


class Place(Enum):
    """Where a page is reached: by a tab of its own, in the menu “More” behind the tabs, or from elsewhere only."""

    TAB = "tab"
    MORE = "more"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class PageEntry:
    """One page. needs_project: it is about one project, not about the portfolio; portfolio: it is about all projects;
    twin: what is shown in its place in the other case; inspector, tools: these stand beside and above it; timed: it has a
    time axis to zoom; adding: rows can be added to it from the tool row; under: the page whose tab is underlined meanwhile."""

    name: str
    title: Callable[[], str]
    place: Place
    make: Callable[[MainWindow], Page]
    needs_project: bool = False
    inspector: bool = False
    tools: bool = False
    adding: bool = False
    under: str = ""
    portfolio: bool = False
    twin: str = "milestones"
    timed: bool = False

    def fits(self, *, with_project: bool) -> bool:
        """Whether it can be shown. with_project: one project is shown, not the portfolio."""
        return not self.portfolio if with_project else not self.needs_project


def _roadmap(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

    page = RoadmapPage(window.session)
    page.scale_changed.connect(window.actions_.refresh)
    page.activated.connect(lambda row_id: _inspect(window, row_id))
    return page


def _inspect(window: MainWindow, row_id: int) -> None:
    """Shows a row in the inspector: also one that has the keyboard and was not selected yet, as in a window just opened."""
    if row_id != window.session.current and window.session.plan.activity(row_id) is not None:
        window.session.select([row_id])
    window.show_inspector(True)


def _portfolio(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.portfolio import PortfolioPage

    return _with_lanes(window, PortfolioPage(window.session))


def _owners(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.owners import OwnersPage

    return _with_lanes(window, OwnersPage(window.session))


def _with_lanes(window: MainWindow, page: LanesPage) -> Page:
    page.scale_changed.connect(window.actions_.refresh)
    page.opened.connect(window.open_activity)
    page.project_opened.connect(window.session.show_project)
    return page


def _milestones(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.milestones import MilestonesPage

    page = MilestonesPage(window.session)
    page.opened.connect(window.open_milestone)
    return page


def _milestone(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.milestone import MilestonePage

    return MilestonePage(window)


def _log(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.log import LogPage

    return LogPage(window.session)


def _archive(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.archive import ArchivePage

    return ArchivePage(window.session)


def _conflicts(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.conflicts import ConflictsPage

    return ConflictsPage(window.session)


def _plan_check(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.plan_check import PlanCheckPage

    return PlanCheckPage(window)


def _review(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.review import ReviewPage

    return ReviewPage(window.session)


def _blockers(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.blockers import BlockersPage

    return BlockersPage(window.session)


def _milestone_report(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.milestone_report import MilestoneReportPage

    page = MilestoneReportPage(window.session)
    page.opened.connect(window.open_milestone)
    return page


def _billing(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.billing import BillingPage

    page = BillingPage(window.session)
    page.opened.connect(window.open_milestone)
    return page


def _achievements(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.achievements import AchievementsPage

    page = AchievementsPage(window.session)
    page.opened.connect(window.open_milestone)
    return page


def _lessons(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.lessons import LessonsPage

    return LessonsPage(window.session)


def _items(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.items import ItemsPage

    return ItemsPage(window.session)


def _people(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.people import PeoplePage

    return PeoplePage(window.session)


def _calendars(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.calendars import CalendarsPage

    return CalendarsPage(window.session)


def _trend(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.trend import TrendPage

    page = TrendPage(window.session)
    page.opened.connect(window.open_milestone)
    page.day_opened.connect(window.open_history)
    return page


def _history(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.history import HistoryPage

    page = HistoryPage(window.session)
    page.scale_changed.connect(window.actions_.refresh)
    return page


def _baselines(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.baselines import BaselinesPage

    return BaselinesPage(window.session)


def _report(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.report import ReportPage

    return ReportPage(window.session)


def _welcome(window: MainWindow) -> Page:
    from milestone_desktop.desktop.pages.welcome import WelcomePage

    return WelcomePage(window)


_TABLE = (
    PageEntry("roadmap", lambda: _("Roadmap"), Place.TAB, _roadmap, needs_project=True, inspector=True, tools=True, adding=True,
              timed=True, twin="portfolio"),
    PageEntry("portfolio", lambda: _("Roadmap"), Place.TAB, _portfolio, inspector=True, tools=True, portfolio=True, timed=True,
              twin="roadmap"),
    PageEntry("milestones", lambda: _("Milestones"), Place.TAB, _milestones, inspector=True, tools=True, adding=True),
    PageEntry("items", lambda: _("Work items"), Place.TAB, _items, inspector=True, tools=True, adding=True),
    PageEntry("owners", lambda: _("By owner"), Place.TAB, _owners, inspector=True, tools=True, portfolio=True, timed=True),
    PageEntry("milestone", lambda: _("Milestone"), Place.ELSEWHERE, _milestone, under="milestones"),
    PageEntry("log", lambda: _("Log"), Place.TAB, _log, tools=True),
    PageEntry("trend", lambda: _("Trend"), Place.TAB, _trend, needs_project=True),
    PageEntry("history", lambda: _("History"), Place.TAB, _history, needs_project=True, tools=True, timed=True),
    PageEntry("report", lambda: _("Report"), Place.TAB, _report, needs_project=True),
    PageEntry("review", lambda: _("Review"), Place.MORE, _review),
    PageEntry("conflicts", lambda: _("Conflicts"), Place.MORE, _conflicts, inspector=True, tools=True),
    PageEntry("plan-check", lambda: _("Plan check"), Place.MORE, _plan_check, needs_project=True),
    PageEntry("blockers", lambda: _("Blockers"), Place.MORE, _blockers, inspector=True, tools=True),
    PageEntry("milestone-report", lambda: _("Milestone report"), Place.MORE, _milestone_report, inspector=True, tools=True),
    PageEntry("billing", lambda: _("Billing"), Place.MORE, _billing, inspector=True, tools=True),
    PageEntry("achievements", lambda: _("Achievements"), Place.MORE, _achievements, tools=True),
    PageEntry("lessons", lambda: _("Lessons"), Place.MORE, _lessons, tools=True),
    PageEntry("baselines", lambda: _("Baselines"), Place.MORE, _baselines, needs_project=True, tools=True),
    PageEntry("people", lambda: _("People"), Place.MORE, _people, tools=True),
    PageEntry("calendars", lambda: _("Calendars"), Place.MORE, _calendars),
    PageEntry("archive", lambda: _("Archived projects"), Place.MORE, _archive, tools=True, portfolio=True, twin="milestones"),
    PageEntry("welcome", lambda: _("Welcome"), Place.ELSEWHERE, _welcome),
)  # fmt: skip

PAGES: dict[str, PageEntry] = {entry.name: entry for entry in _TABLE}


def titles(place: Place, *, with_project: bool) -> dict[str, str]:
    """The pages reached at a place, in their order: name and title. with_project: a project is shown, not the portfolio."""
    return {entry.name: entry.title() for entry in _TABLE if entry.place is place and entry.fits(with_project=with_project)}
