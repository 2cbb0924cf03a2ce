"""The tool row below the tabs: adding, the roadmap's view mode, undo and redo, search."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from milestone_desktop.desktop.actions import Actions, key_text
from milestone_desktop.desktop.filters.box import FilterBox
from milestone_desktop.desktop.menus.arrange_menu import first_groups, second_groups
from milestone_desktop.desktop.menus.view_menu import scales
from milestone_desktop.desktop.page_table import PAGES
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.shown import CRITICAL, show_titles
from milestone_desktop.desktop.words import _
from milestone_desktop.filters.quick import quick_filters

SEARCH_WIDTH = 320
NARROW_SEARCH = 124
NARROWEST_SEARCH = 84
TYPING_SEARCH = 260
WITH_KEY = 170
"""Width from which the box also says which key brings the keyboard to it; its tip says it in any case."""

LEAST_WIDTH = 320


class ToolRow(QWidget):
    """Buttons made from the window's actions. Where they do not fit, groups of them fold into menus, one after the other:
    what adds (the table has a line for that, too), then the view modes; last the Group button keeps its groups to itself.

    searched: another text was typed into the box; left: the person goes on elsewhere.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST_WIDTH)
        self._row = QHBoxLayout(self)
        self._page, self._editing, self._filterable, self._typing = "", True, True, False
        self._groups = _("Group ▾")
        adders = {"plan.milestone": _("Milestone"), "plan.item": _("Work item")}
        self._adders = [button_for(actions[name], f"+ {text}", icon=False) for name, text in adders.items()]
        self._segments = [self._segment(actions, name, text) for name, text in scales().items()]
        self._segments[0].setProperty("first", True)
        self._segments[-1].setProperty("last", True)
        ways = {"view.today": _("Today"), "view.fit": _("Fit")}
        self._ways = [button_for(actions[name], text, icon=False) for name, text in ways.items()]
        self._shown_actions = {name: actions[f"view.show.{name}"] for name in show_titles()}
        self._show_menu = menu_button(_("Show"), list(self._shown_actions.values()))
        self._add_menu = menu_button(_("Add"), [actions[name] for name in adders])
        self._scale_actions = {name: actions[f"view.scale.{name}"] for name in scales()}
        self._scale_menu = menu_button(_("Scale"), [*self._scale_actions.values(), None, *(actions[name] for name in ways)])
        for action in self._scale_actions.values():
            action.toggled.connect(self._name_scale)
        self._filter_menu = menu_button(_("Filter"), filter_actions(actions))
        self._group_actions = [{name: actions[f"group.first.{name}"] for name in first_groups()}]
        self._group_actions.append({name: actions[f"group.second.{name}"] for name in second_groups()})
        self._lanes_action = actions["group.lanes"]
        self._group_menu = self._make_group_menu()
        self.search = FilterBox(session)
        self.search.setMinimumWidth(NARROW_SEARCH)
        self.search.setMaximumWidth(SEARCH_WIDTH)
        self.search.typed.connect(self.searched)
        self.search.left.connect(self.left)
        self.search.entered.connect(self._give_room)
        self._key = key_text(actions["edit.filter"])
        self._lay_out(actions)
        for action in self._shown_actions.values():
            action.toggled.connect(lambda _on: self._fold())
        self._name_scale()
        self.name_groups()

    def show_for(self, page: str, *, searchable: bool, filterable: bool, editing: bool) -> None:
        """Shows what a page has use for. filterable: it goes by the filter; editing: rows can be added there."""
        self._page, self._editing, self._filterable = page, editing, filterable
        self.search.setVisible(searchable)
        self._fold()
        self._name_search()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self._name_search()

    def _give_room(self, typing: bool) -> None:
        """While something is typed into the box it takes what it needs to be read, and buttons fold for it."""
        self._typing = typing
        self.search.setMinimumWidth(TYPING_SEARCH if typing else NARROW_SEARCH)
        self._fold()
        self._name_search()

    def _name_search(self) -> None:
        """What the box is for, with its key where there is room."""
        self._row.activate()
        key = self._key if self._filterable else ""
        self.search.set_filtering(self._filterable, key, roomy=self.search.width() >= WITH_KEY)

    def _fold(self) -> None:
        """Folds as many groups as it takes for the rest to fit; first of all the words of the Show button."""
        for folded in range(6):
            self._show(scales_folded=folded > 2, adders_folded=folded > 1)
            self._name_shown(told=folded < 1)
            self._group_menu.setText(self._groups if folded < 4 else _("Group ▾"))
            if not self._typing:
                self.search.setMinimumWidth(NARROW_SEARCH if folded < 5 else NARROWEST_SEARCH)
            self._row.activate()
            if self._row.minimumSize().width() <= self.width():
                return

    def _show(self, *, scales_folded: bool, adders_folded: bool) -> None:
        timed = self._page in PAGES and PAGES[self._page].timed
        for button in (*self._segments, *self._ways):
            button.setVisible(timed and not scales_folded)
        self._scale_menu.setVisible(timed and scales_folded)
        for button in (self._group_menu, self._show_menu):
            button.setVisible(self._page == "roadmap")
        self._filter_menu.setVisible(self._filterable)
        for button in self._adders:
            button.setVisible(self._editing and not adders_folded)
        self._add_menu.setVisible(self._editing and adders_folded)

    def _name_shown(self, *, told: bool) -> None:
        """The Show button. told: it names one of what is shown, the critical path before others, and counts the rest."""
        chosen = [name for name in show_titles() if self._shown_actions[name].isChecked()]
        titles = [show_titles()[name] for name in sorted(chosen, key=lambda name: name != CRITICAL)]
        if not told or not titles:
            self._show_menu.setText(_("Show ▾"))
        elif len(titles) == 1:
            self._show_menu.setText(_("Show: {title} ▾").format(title=titles[0]))
        else:
            self._show_menu.setText(_("Show: {title} +{more} ▾").format(title=titles[0], more=len(titles) - 1))

    def _name_scale(self) -> None:
        """The folded view modes are called by the one that is chosen."""
        chosen = next((text for name, text in scales().items() if self._scale_actions[name].isChecked()), _("Scale"))
        self._scale_menu.setText(f"{chosen} ▾")
        self._scale_menu.setAccessibleName(_("Scale: {scale}").format(scale=chosen))

    def _lay_out(self, actions: Actions) -> None:
        layout = self._row
        layout.setContentsMargins(18, 8, 18, 8)
        layout.setSpacing(8)
        for button in (*self._adders, self._add_menu):
            layout.addWidget(button)
        modes = QHBoxLayout()
        modes.setSpacing(0)
        for segment in self._segments:
            modes.addWidget(segment)
        layout.addLayout(modes)
        for button in (self._scale_menu, *self._ways, self._group_menu, self._filter_menu, self._show_menu):
            layout.addWidget(button)
        layout.addStretch(1)
        layout.addWidget(tool_for(actions["edit.undo"], _("Undo")))
        layout.addWidget(tool_for(actions["edit.redo"], _("Redo")))
        layout.addWidget(self.search, 1)

    def name_groups(self) -> None:
        """The Group button says what the rows are grouped by, and that they are packed into lanes."""
        chosen = []
        for level, words in enumerate((first_groups(), second_groups())):
            chosen += [words[name] for name, action in self._group_actions[level].items() if action.isChecked() and name]
        if self._lanes_action.isChecked():
            chosen.append(_("lanes"))
        if chosen:
            self._groups = _("Group: {groups} ▾").format(groups=", ".join(chosen))
            self._group_menu.setAccessibleName(_("Group: {groups}").format(groups=", ".join(chosen)))
            self._fold()
            self._name_search()

    def _make_group_menu(self) -> QPushButton:
        button = menu_button(_("Group"), [*self._group_actions[0].values(), None])
        then = button.menu().addMenu(_("Then group by"))
        for action in self._group_actions[1].values():
            then.addAction(action)
        button.menu().addSeparator()
        button.menu().addAction(self._lanes_action)
        self._lanes_action.toggled.connect(self.name_groups)
        for actions in self._group_actions:
            for action in actions.values():
                action.toggled.connect(self.name_groups)
        return button

    def _segment(self, actions: Actions, name: str, text: str) -> QPushButton:
        segment = button_for(actions[f"view.scale.{name}"], text, icon=False)
        segment.setCheckable(True)
        segment.setProperty("segment", True)
        return segment


def filter_actions(actions: Actions) -> list[QAction | None]:
    """What the Filter menu of the tool row offers."""
    quick: list[QAction | None] = [actions[f"filter.{one.id}"] for one in quick_filters()]
    return [*quick, actions["filter.since"], None, actions["edit.filter"], actions["filter.build"], actions["filter.clear"]]


def button_for(action: QAction, text: str, *, icon: bool = True) -> QPushButton:
    """A button that does an action and is enabled and checked with it."""
    button = QPushButton(f" {text}" if icon else text)  # Qt leaves no room between icon and text
    button.setAccessibleName(action.text().replace("&", ""))
    button.setIconSize(QSize(16, 16))

    def follow() -> None:
        button.setEnabled(action.isEnabled())
        if icon:
            button.setIcon(action.icon())
        if action.isCheckable() and button.isCheckable():
            button.setChecked(action.isChecked())
        key = key_text(action)
        button.setToolTip(f"{action.text()} ({key})" if key else action.text())

    button.clicked.connect(action.trigger)
    button.clicked.connect(follow)
    action.changed.connect(follow)
    action.toggled.connect(follow)
    follow()
    return button


def menu_button(text: str, actions: list[QAction | None]) -> QPushButton:
    """A button that opens a menu of actions; None draws a line between two groups of them."""
    button = QPushButton(f"{text} ▾")
    button.setAccessibleName(text)
    menu = QMenu(button)
    for action in actions:
        if action is None:
            menu.addSeparator()
        else:
            menu.addAction(action)
    button.setMenu(menu)
    return button


def tool_for(action: QAction, name: str) -> QToolButton:
    """An icon button that does an action; its tip tells what it would do."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
