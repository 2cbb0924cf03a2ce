"""The main window: it puts the parts together and leaves the work to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QSplitter, QWidget

from milestone_desktop.desktop.actions import Actions
from milestone_desktop.desktop.banner import Banner
from milestone_desktop.desktop.celebration import Celebration
from milestone_desktop.desktop.commands import (
    filter_commands,
    plan_commands,
    saved_view_commands,
    schedule_commands,
    track_commands,
)
from milestone_desktop.desktop.dialogs.moves import list_moves
from milestone_desktop.desktop.filters.chip_row import ChipRow
from milestone_desktop.desktop.find.bar import FindBar
from milestone_desktop.desktop.header import Header
from milestone_desktop.desktop.inspector.inspector import Inspector
from milestone_desktop.desktop.inspector_place import InspectorPlace, PagePlace
from milestone_desktop.desktop.layouts import centre_of, hairline
from milestone_desktop.desktop.offered_views import definition_now, is_altered, node_of, offered_views, view_in_hand
from milestone_desktop.desktop.page_stack import LOW, PageStack, share_line
from milestone_desktop.desktop.page_table import PAGES, Place, titles
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.palette.entries import Offers
from milestone_desktop.desktop.program import Program
from milestone_desktop.desktop.scenario_bar import ScenarioBar
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.settings import Settings
from milestone_desktop.desktop.sidebar import NARROW, WIDE, Sidebar
from milestone_desktop.desktop.spoken import say_aloud
from milestone_desktop.desktop.status_line import StatusLine
from milestone_desktop.desktop.tabs import TabStrip
from milestone_desktop.desktop.theme import ThemeChoice, dress, theme_for
from milestone_desktop.desktop.tools import ToolRow
from milestone_desktop.desktop.window_shape import keep_shape, last_shown, restore_shape
from milestone_desktop.desktop.words import _, clock_text, day_text, say
from milestone_desktop.document.operations.conflicts import Remedy
from milestone_desktop.document.trial import Trial
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Project
from milestone_desktop.resource_files import resource

if TYPE_CHECKING:
    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

ROOMY = 1500
"""Window width from which the sidebar has words beside its signs, and the inspector stands beside the page."""


class MainWindow(QMainWindow):
    """One open workspace. path: its file, None where it is kept in memory only."""

    def __init__(self, session: Session, settings: Settings, program: Program, path: Path | None = None) -> None:
        super().__init__()
        self.session = session
        self.settings = settings
        self.program = program
        self.path = path
        self.page: Page | None = None
        self.page_name = ""
        self._wished = "roadmap"  # what to show when a project is shown again
        self._pages: dict[str, Page] = {}
        session.setParent(self)
        self.actions_ = Actions(self)
        self.offers = Offers(self)
        self._build()
        self._connect()
        self._name_window()
        self.recolour()
        self._show_first_page()

    # pages

    @property
    def roadmap(self) -> RoadmapPage:
        """The roadmap page, made when first asked for."""
        from milestone_desktop.desktop.pages.roadmap import RoadmapPage

        page = self._page_named("roadmap")
        if not isinstance(page, RoadmapPage):
            raise TypeError(f"the roadmap page is a {type(page).__name__}")
        return page

    def show_page(self, name: str) -> None:
        """Brings a page to the front; one that needs a project, or all of them, gives way to its twin."""
        if PAGES[name].place is not Place.ELSEWHERE:
            self._wished = name
        if not PAGES[name].fits(with_project=self.session.project_id is not None):
            name = PAGES[name].twin
        page, entry = self._page_named(name), PAGES[name]
        welcome = name == "welcome"
        for part in (self.header, self.tab_strip):
            part.setVisible(not welcome)
        self.tools.setVisible(entry.tools)
        self.page, self.page_name = page, name
        here = self.session.project_id is not None
        self.tab_strip.show_pages(
            titles(Place.TAB, with_project=here), titles(Place.MORE, with_project=here), entry.under or name
        )
        editing = entry.adding and self._editing_makes_sense()
        if page.searchable and not page.filterable:
            self.tools.search.setText(page.filter_text)
        self.tools.show_for(name, searchable=page.searchable, filterable=page.filterable, editing=editing)
        self.stack.show_page(page)
        page.enter()
        self.find_bar.again()
        if not self.tools.search.hasFocus():
            page.setFocus()
        self._place_inspector()
        self.refresh()

    def open_activity(self, row_id: int) -> None:
        """Shows a milestone or work item in its project: on the roadmap, selected."""
        activity = self.session.plan.activity(row_id)
        if activity is None:
            return
        self.session.show_project(activity.project)
        if not PAGES[self.page_name].adding:
            self.show_page("roadmap")
        self.session.select([row_id])

    def show_found(self, row_id: int) -> None:
        """Shows what was found: its project, a page that shows such things, its row unfolded and selected."""
        activity = self.session.plan.activity(row_id)
        if activity is None:
            return
        if self.session.project_id not in (None, activity.project):
            self.session.show_project(activity.project)
        if self.page is None or not isinstance(activity, self.page.finds):
            self.session.show_project(activity.project)
            self.show_page("roadmap")
        if self.page is not None:
            self.page.reveal(row_id)
        self.session.select([row_id])

    def show_owner(self, person: int) -> None:
        """Shows what a person has to see to."""
        from milestone_desktop.desktop.pages.owners import OwnersPage

        self.session.show_project(None)
        self.show_page("owners")
        if isinstance(self.page, OwnersPage):
            self.page.show_owner(person)

    def show_view(self, key: str) -> None:
        """Shows a view: its filter and groups, and on the roadmap its columns, sorting, scale and what the timeline shows."""
        view = next((one for one in offered_views(self.session) if one.key == key), None)
        if view is None:
            return
        if self.page is None or not self.page.filterable:
            self.show_page("roadmap")
        groups = view.definition.get("group", self.session.shown.grouping)
        self.session.shown.show(node_of(self.session, view), tuple(str(name) for name in groups), key)
        self.session.shown.set_packed(bool(view.definition.get("lanes", self.session.shown.packed)))
        if self.page is not None:
            self.page.show_view(view.definition)
        self.refresh()

    def view_definition(self) -> dict[str, Any]:
        """What is shown now, as a view keeps it."""
        return definition_now(self.session, self.page.view_definition() if self.page is not None else {})

    def clear_filter(self) -> None:
        """Shows everything that the page has."""
        self.tools.search.clear()

    def open_milestone(self, row_id: int | None = None) -> None:
        """Shows the page of a milestone, that in hand where none is named."""
        row = self.session.plan.get(Milestone, row_id if row_id is not None else self.session.current)
        if row is not None:
            if self.session.project_id is not None:
                self.session.show_project(row.project)
            self.session.select([row.id])
            self.show_page("milestone")

    def open_history(self, day: int) -> None:
        """Shows the plan as it stood at the end of a day."""
        from milestone_desktop.desktop.pages.history import HistoryPage

        self.show_page("history")
        if isinstance(self.page, HistoryPage):
            self.page.show_day(day)

    def show_inspector(self, wanted: bool) -> None:
        """Shows or hides the inspector; where it stands beside the page, that is remembered."""
        self.inspector_place.want(wanted)
        self._place_inspector()
        self.actions_.refresh()
        if not wanted and self.page is not None:
            self.page.setFocus()

    def leave_field(self) -> None:
        """Takes in what is being typed, so that it is part of what an action works on."""
        field = QApplication.focusWidget()
        if field is not None and self.isAncestorOf(field):
            field.clearFocus()
            field.setFocus()

    # look

    def choose_theme(self, choice: ThemeChoice) -> None:
        """Takes on a theme and remembers it."""
        self.settings.theme = choice
        self.wear(choice)

    def wear(self, choice: ThemeChoice) -> None:
        """Takes on a theme."""
        theme = theme_for(choice)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, theme)
        self.session.set_theme(theme)
        self.recolour()

    def recolour(self) -> None:
        self.actions_.recolour()
        self.actions_.refresh()

    def refresh(self) -> None:
        """Actions and status bar as they stand now."""
        self.actions_.refresh()
        self._tell_status()

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < ROOMY
        self.sidebar.set_narrow(narrow)
        self.sidebar.setFixedWidth(NARROW if narrow else WIDE)
        share_line(self.header, self.tab_strip, low=self.height() < LOW)
        self._place_inspector()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.leave_field()
        keep_shape(self)
        self.session.close()
        super().closeEvent(event)

    # building

    def _build(self) -> None:
        self.menus = self.actions_.fill(self.menuBar())
        self._recent = QMenu(_("Recent workspaces"), self)
        self.menus["file"].insertMenu(self.actions_["file.welcome"], self._recent)
        self._recent.aboutToShow.connect(self._fill_recent)
        self._fill_recent()
        self.sidebar = Sidebar(self.session)
        self.header = Header(self.session)
        self.tab_strip = TabStrip()
        self.tools = ToolRow(self.session, self.actions_)
        self.chips = ChipRow(self.session)
        self.find_bar = FindBar(self)
        self.failure = Banner("failure", self.session)
        of_scenario = {_("Compare"): "compare", _("Apply…"): "apply-scenario", _("Discard"): "discard-scenario"}
        actions = {text: self.actions_[f"plan.{name}"] for text, name in of_scenario.items()}
        self.scenario_bar = ScenarioBar(self.session, actions)
        self.notice = Banner("notice", self.session)
        self.differing = Banner("notice", self.session)
        self.stack = PageStack()
        self.inspector = Inspector(self.session)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.page_place = PagePlace(self.stack)
        bars = (self.header, self.tab_strip, hairline(vertical=False), self.tools, self.chips, self.find_bar)
        banners = (self.scenario_bar, self.failure, self.notice, self.differing)
        self.splitter.addWidget(centre_of(bars, banners, self.page_place))
        self.inspector_place = InspectorPlace(self.inspector, self.splitter, self.page_place, wanted=self.settings.inspector)
        whole = QWidget()
        layout = QHBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.sidebar)
        layout.addWidget(hairline(vertical=True))
        layout.addWidget(self.splitter, 1)
        self.setCentralWidget(whole)
        self.status = StatusLine(self.statusBar(), self.session)
        restore_shape(self)

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)
        session.selection_changed.connect(self.actions_.refresh)
        session.failed.connect(self.failure.say)
        session.failed.connect(lambda: self.notice.say(""))
        session.offered.connect(self._offer)
        session.noticed.connect(self.notice.say)
        self.celebration = Celebration(
            session, self.notice, lambda: self.settings.celebrate, lambda: track_commands.open_card(self), self
        )
        session.list_moves = self._list_moves
        self.tab_strip.chosen.connect(self.show_page)
        self.sidebar.archive_wanted.connect(self._show_archive)
        self.tools.searched.connect(self._on_search)
        self.inspector.page_wanted.connect(self.open_milestone)
        self.tools.left.connect(lambda: self.page.setFocus() if self.page is not None else None)
        self.sidebar.view_wanted.connect(self.show_view)
        self.sidebar.view_command.connect(lambda name: self.actions_[f"saved.{name}"].trigger())
        self.chips.saved.connect(lambda: saved_view_commands.save_as(self))
        self.chips.updated.connect(lambda: saved_view_commands.update(self))
        session.shown.view_changed.connect(self.refresh)
        self.chips.built.connect(lambda: filter_commands.build_filter(self))
        session.shown.filter_changed.connect(self._on_filter)
        session.shown.grouping_changed.connect(self.refresh)
        session.shown.packed_changed.connect(self.refresh)
        self.inspector.closed.connect(lambda: self.show_inspector(False))
        self.header.status_date_wanted.connect(lambda: plan_commands.set_status_date(self))
        self.header.conflicts_wanted.connect(lambda: self.show_page("conflicts"))
        self.header.mode_wanted.connect(lambda: schedule_commands.switch_mode(self))
        self.header.project_wanted.connect(lambda: plan_commands.edit_project(self))
        QApplication.styleHints().colorSchemeChanged.connect(self._on_system_theme)

    def _name_window(self) -> None:
        name = self.path.name if self.path is not None else _("not kept in a file")
        state = _("{file} (read only)").format(file=name) if self.session.document.read_only else name
        self.setWindowTitle(_("{file} – Milestone Desktop").format(file=state))
        self.setWindowIcon(QIcon(str(resource("icons", "milestone-desktop.png"))))
        self.status.file.setText(state)
        self.sidebar.show_saved(_("Read only") if self.session.document.read_only else _("All changes saved"))
        QTimer.singleShot(0, self, self._tell_last_edit)  # after the first picture

    def _show_first_page(self) -> None:
        projects, last = self.session.facts.projects(), last_shown(self)
        if not projects and self.session.facts.archived():
            self._show_archive()
        elif not projects:
            self.show_page("welcome")
        elif last is not None:
            project, self._wished = last
            self.session.show_project(project)
            self.show_page(self._wished)
        elif self.session.project_id is None:
            self.session.show_project(projects[0].id)
        else:
            self.show_page("roadmap")

    def _page_named(self, name: str) -> Page:
        if name not in self._pages:
            page = PAGES[name].make(self)
            page.rows_changed.connect(self._tell_status)
            self._pages[name] = page
            self.stack.add(page)
        return self._pages[name]

    # listening

    def _on_changed(self) -> None:
        if not self.session.outstanding:
            self.differing.hide()
        self._tell_saved(self.session.document.clock())
        if self.page_name == "welcome" and self.session.plan.count(Project):
            self._show_first_page()
        elif self.page_name != "welcome" and not self.session.plan.count(Project):
            self.show_page("welcome")
        self.refresh()

    def _tell_last_edit(self) -> None:
        """When the workspace was changed last, in this run or an earlier one."""
        document = self.session.document
        lines = document.storage.lines()
        if lines and not document.read_only and lines[-1].time <= document.clock():  # a clock may have been put back
            self._tell_saved(lines[-1].time)

    def _tell_saved(self, time: datetime) -> None:
        today = self.session.today()
        day = time.toordinal()
        told = clock_text(time) if day == today else day_text(day, today)
        self.sidebar.show_saved(_("All changes saved · {time}").format(time=told))

    def _show_archive(self) -> None:
        self.session.show_project(None)
        self.show_page("archive")

    def _on_project(self) -> None:
        if self.session.plan.count(Project):
            self.show_page(self._wished)

    def _on_filter(self) -> None:
        self.refresh()
        say_aloud(self.status.rows, self.status.rows.text())

    def _on_search(self, text: str) -> None:
        if self.page is None or not self.page.searchable:
            return
        if self.page.filterable:
            self.session.shown.type(text)
        else:
            self.page.set_filter(text)
            self._tell_status()

    def _on_system_theme(self) -> None:
        if self.settings.theme is ThemeChoice.SYSTEM:
            self.wear(ThemeChoice.SYSTEM)

    def _offer(self, remedies: tuple[Remedy, ...]) -> None:
        """Puts beside the failure what would help."""
        self.failure.offer([(say(remedy.label), partial(self.session.apply, remedy)) for remedy in remedies])
        self.actions_.refresh()

    def _list_moves(self, trial: Trial) -> bool:
        elsewhere = {move.project for move in trial.moves} - {self.session.project_id}
        told = _("Other projects are concerned, too. ") if elsewhere and self.session.project_id is not None else ""
        return list_moves(self.session, trial, QApplication.activeModalWidget() or self, told + _("Nothing has moved yet."))

    # telling

    def _tell_status(self) -> None:
        rows = self.page.rows_text() if self.page is not None else ""
        filterable = self.page is not None and self.page.filterable
        self.chips.setVisible(filterable)
        if self.page is not None and filterable:
            view = view_in_hand(self.session)
            altered = view is not None and is_altered(view, self.view_definition())
            own = view is not None and view.record is not None and not self.session.document.read_only
            self.chips.tell(self.page.hidden_rows(), view.title if view is not None else "", altered=altered, own=own)
        self.status.tell(rows)

    def _editing_makes_sense(self) -> bool:
        return self.session.project_id is not None and not self.session.document.read_only

    def _place_inspector(self) -> None:
        self.inspector_place.arrange(
            small=self.width() < ROOMY, offered=self.page is not None and PAGES[self.page_name].inspector
        )

    def _fill_recent(self) -> None:
        self._recent.clear()
        for path in self.settings.recent_files():
            self._recent.addAction(path.name, self._opener(path)).setToolTip(str(path))
        self._recent.setEnabled(bool(self._recent.actions()))

    def _opener(self, path: Path) -> Callable[[], None]:
        return lambda: self.program.open_workspace(path)
