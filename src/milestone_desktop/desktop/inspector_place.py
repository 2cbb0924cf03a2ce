"""Where the inspector stands: beside the page where there is room for both, over it on a small screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from milestone_desktop.desktop.inspector.inspector import Inspector

WIDTH = 304
OVERLAY_WIDTH = 360


class PagePlace(QWidget):
    """What the pages stand in. resized: it has another size."""

    resized = Signal()

    def __init__(self, pages: QWidget) -> None:
        super().__init__()
        holder = QVBoxLayout(self)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(pages)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class InspectorPlace:
    """wanted: beside the page, as the person left it. Over the page the inspector comes only when asked for, and goes again.

    holder: what it lies over on a small screen.
    """

    def __init__(self, inspector: Inspector, splitter: QSplitter, holder: PagePlace, *, wanted: bool) -> None:
        self._inspector = inspector
        self._splitter = splitter
        self._holder = holder
        self._small = False
        self._asked = False
        self.wanted = wanted
        splitter.addWidget(inspector)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 0)
        splitter.setSizes([1200, WIDTH])
        holder.resized.connect(self._cover)

    def want(self, wanted: bool) -> None:
        """Shows or hides it, where the window stands now, at the next `arrange`."""
        if not self._small:
            self.wanted = wanted
        self._asked = wanted

    def arrange(self, *, small: bool, offered: bool) -> None:
        """small: there is no room beside the page; offered: the page has something to inspect."""
        if small != self._small:
            self._small = small
            self._asked = False
            self._move()
        shown = self._asked if small else self.wanted
        self._inspector.setVisible(shown and offered)
        self._cover()

    def _move(self) -> None:
        self._inspector.set_overlay(self._small)
        if self._small:
            self._inspector.setParent(self._holder)
        else:
            self._splitter.addWidget(self._inspector)
            self._splitter.setStretchFactor(1, 0)
            self._splitter.setSizes([self._holder.width() - WIDTH, WIDTH])

    def _cover(self) -> None:
        """Lies at the end of the page, from top to bottom."""
        if self._small:
            width = min(OVERLAY_WIDTH, self._holder.width())
            self._inspector.setGeometry(self._holder.width() - width, 0, width, self._holder.height())
