"""The pages of the window, one of them in front, and the line above them that gives way where the window is low."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from milestone_desktop.desktop.header import Header
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.tabs import TabStrip

LOW = 440
"""Height of a window, in px, below which title and tabs share a line: a small screen on which all words are twice as large."""


class PageStack(QStackedWidget):
    """A page that can become only so small is scrolled where there is less room; others take what there is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: dict[Page, QWidget] = {}

    def add(self, page: Page) -> None:
        """Takes a page in; it stays where it is until it is shown."""
        self._places[page] = page if page.least is None else self._scrolled(page)
        self.addWidget(self._places[page])

    def show_page(self, page: Page) -> None:
        """Brings a page that was taken in to the front."""
        self.setCurrentWidget(self._places[page])

    def _scrolled(self, page: Page) -> QScrollArea:
        if page.least is not None:
            page.setMinimumSize(page.least)
        area = QScrollArea()
        area.setObjectName("pageScroll")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(page)
        return area


def share_line(header: Header, strip: TabStrip, *, low: bool) -> None:
    """In a low window the tabs fold into a menu at the end of the title's line."""
    if strip.folded is low:
        return
    strip.fold(low)
    above, centre = header.layout(), header.parentWidget()
    if low and above is not None:
        above.addWidget(strip)
        header.fit()
    elif centre is not None:
        layout = centre.layout()
        if isinstance(layout, QVBoxLayout):
            layout.insertWidget(layout.indexOf(header) + 1, strip)
