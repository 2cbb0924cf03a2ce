"""The tool row below the tabs: adding, the roadmap's view mode, undo and redo, search."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QToolButton, QWidget

from milestone_desktop.desktop.actions import Actions, key_text, scales
from milestone_desktop.desktop.words import _


class ToolRow(QWidget):
    """Buttons made from the window's actions. searched: the text of the search box has changed."""

    searched = Signal(str)

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tools")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._add_milestone = button_for(actions["plan.milestone"], _("Milestone"))
        self._add_item = button_for(actions["plan.item"], _("Work item"))
        self._segments = [self._segment(actions, name, text) for name, text in scales().items()]
        self._segments[0].setProperty("first", True)
        self._segments[-1].setProperty("last", True)
        self._today = button_for(actions["view.today"], _("Today"), icon=False)
        self._fit = button_for(actions["view.fit"], _("Fit"), icon=False)
        self.search = QLineEdit()
        self.search.setProperty("search", True)
        self.search.setPlaceholderText(_("Search… {key}").format(key=key_text(actions["edit.find"])))
        self.search.setAccessibleName(_("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(190)
        self.search.textChanged.connect(self.searched)
        self._lay_out(actions)

    def show_for(self, page: str, *, searchable: bool, editing: bool) -> None:
        """Shows what a page has use for. editing: rows can be added there."""
        for segment in (*self._segments, self._today, self._fit):
            segment.setVisible(page == "roadmap")
        self.search.setVisible(searchable)
        for adder in (self._add_milestone, self._add_item):
            adder.setVisible(editing)

    def _lay_out(self, actions: Actions) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(18, 8, 18, 8)
        layout.setSpacing(8)
        layout.addWidget(self._add_milestone)
        layout.addWidget(self._add_item)
        modes = QHBoxLayout()
        modes.setSpacing(0)
        for segment in self._segments:
            modes.addWidget(segment)
        layout.addLayout(modes)
        layout.addWidget(self._today)
        layout.addWidget(self._fit)
        layout.addStretch(1)
        layout.addWidget(tool_for(actions["edit.undo"], _("Undo")))
        layout.addWidget(tool_for(actions["edit.redo"], _("Redo")))
        layout.addWidget(self.search)

    def _segment(self, actions: Actions, name: str, text: str) -> QPushButton:
        segment = button_for(actions[f"view.scale.{name}"], text, icon=False)
        segment.setCheckable(True)
        segment.setProperty("segment", True)
        return segment


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


def tool_for(action: QAction, name: str) -> QToolButton:
    """An icon button that does an action; its tip tells what it would do."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setIconSize(QSize(18, 18))
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
