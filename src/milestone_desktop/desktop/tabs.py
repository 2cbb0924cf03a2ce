"""The tabs of a project's pages."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QTabBar, QWidget

from milestone_desktop.desktop.words import _


class Tabs(QTabBar):
    """One tab a page; the chosen one is underlined. chosen: the name of the page that the person wants."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tabs")
        self.setAccessibleName(_("Pages"))
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._names: list[str] = []
        self.currentChanged.connect(self._on_tab)

    def show_pages(self, titles: dict[str, str], current: str) -> None:
        """Offers these pages and underlines one."""
        self.blockSignals(True)
        if list(titles) != self._names:
            while self.count():
                self.removeTab(0)
            for title in titles.values():
                self.addTab(title)
            self._names = list(titles)
        if current in self._names:
            self.setCurrentIndex(self._names.index(current))
        self.blockSignals(False)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the bold title of the chosen tab, so that the others do not move when it changes."""
        hint = super().tabSizeHint(index)
        return QSize(hint.width() + 2, hint.height())

    def _on_tab(self, index: int) -> None:
        if 0 <= index < len(self._names):
            self.chosen.emit(self._names[index])
