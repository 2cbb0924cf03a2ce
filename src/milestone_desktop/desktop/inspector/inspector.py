"""The inspector: all of the milestone or work item in hand, at the side of the window."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from milestone_desktop.desktop.fields import LineField, TextField
from milestone_desktop.desktop.inspector.item import ItemPanel
from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.activities import Milestone

LEAST_WIDTH, MOST_WIDTH = 290, 460


class Inspector(QWidget):
    """Follows the session's current activity while it is shown: what is hidden has nothing to tell, to a screen reader neither.
    Its panels are made when first needed.

    closed: the person wants it gone, where it lies over the page; page_wanted: the page of the milestone shown.
    """

    closed = Signal()
    page_wanted = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setMaximumWidth(MOST_WIDTH)
        self.setAccessibleName(_("Inspector"))
        self.session = session
        self.panel: Panel | None = None
        self._panels: dict[type[Panel], tuple[Panel, QScrollArea]] = {}
        self.stack = QStackedWidget()
        self.nothing = QLabel(_("Select a milestone or work item to see all of it here."))
        self.nothing.setProperty("muted", True)
        self.nothing.setWordWrap(True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.nothing.setMargin(28)
        self.stack.addWidget(self.nothing)
        self.close_button = QToolButton()
        self.close_button.setAccessibleName(_("Close the inspector"))
        self.close_button.setToolTip(_("Close the inspector (Esc)"))
        self.close_button.clicked.connect(self.closed)
        self._overlay = False
        self._stale = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self.stack)
        self.set_overlay(False)
        session.selection_changed.connect(self.show_current)
        session.changed.connect(self._on_changed)
        session.theme_changed.connect(self._on_changed)
        session.theme_changed.connect(self._recolour)
        self._recolour()
        self.show_current()

    def set_overlay(self, overlay: bool) -> None:
        """Whether it lies over the page: then it has an edge, and can be closed."""
        self._overlay = overlay
        self.close_button.setVisible(overlay)
        self.setProperty("overlay", overlay)
        self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it where it lies over the page; a field in which something is typed takes the first Esc for itself."""
        if event.key() == Qt.Key.Key_Escape and self._overlay:
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def show_current(self) -> None:
        """Shows the activity in hand; what was being typed about another is taken in first."""
        if self._waits():
            return
        current = self.session.current
        if self.panel is not None and self.panel.row_id != current:
            self._take_in()
        row = self.session.plan.activity(current)
        if row is None or current is None:
            self.panel = None
            self.stack.setCurrentWidget(self.nothing)
            return
        self.panel, holder = self._panel_of(MilestonePanel if isinstance(row, Milestone) else ItemPanel)
        if self.panel.row_id != current:
            holder.verticalScrollBar().setValue(0)
        self.panel.show_activity(current)
        self.stack.setCurrentWidget(holder)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.show_current()

    def _waits(self) -> bool:
        """Whether it is hidden; it then looks at everything when it is shown again."""
        self._stale = self.isHidden()
        return self._stale

    def _on_changed(self) -> None:
        if self.panel is not None and not self._waits():
            self.panel.refresh()

    def _recolour(self) -> None:
        self.close_button.setIcon(self.session.icons.icon("x"))

    def _take_in(self) -> None:
        field = QApplication.focusWidget()
        if self.panel is None or self.panel.row is None or field is None or not self.isAncestorOf(field):
            return
        if (isinstance(field, LineField) and field.isModified()) or isinstance(field, TextField):
            field.clearFocus()

    def _panel_of(self, kind: type[MilestonePanel] | type[ItemPanel]) -> tuple[Panel, QScrollArea]:
        if kind not in self._panels:
            panel = kind(self.session)
            if isinstance(panel, MilestonePanel):
                panel.page_wanted.connect(self.page_wanted)
            scroll = QScrollArea()
            scroll.setWidget(panel)
            scroll.setWidgetResizable(True)
            scroll.setFrameShape(QFrame.Shape.NoFrame)
            scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scroll.setAccessibleName(_("Inspector"))
            self._panels[kind] = (panel, scroll)
            self.stack.addWidget(scroll)
        return self._panels[kind]
