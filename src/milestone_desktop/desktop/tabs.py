"""The tabs of a project's pages, and the menu of those that have none."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QTabBar, QWidget

from milestone_desktop.desktop.words import _

GAP = 22
"""Px between two tabs, as the style sheet has it."""


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
        self.elsewhere = False
        self.currentChanged.connect(self._on_tab)
        self.tabBarClicked.connect(self._on_click)

    def show_pages(self, titles: dict[str, str], current: str) -> None:
        """Offers these pages and underlines one; none of them where the page in front has no tab."""
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
        if self.elsewhere is (current in self._names):
            self.elsewhere = current not in self._names
            self.setProperty("elsewhere", self.elsewhere)
            self.style().polish(self)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the bold title of the chosen tab, so that the others do not move when it changes."""
        hint = super().tabSizeHint(index)
        return QSize(hint.width() + 2, hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """With the keyboard in it, a frame stands around the chosen tab, around all of them where none is chosen."""
        super().paintEvent(event)
        if self.hasFocus():
            inside = self.rect() if self.elsewhere else self.tabRect(self.currentIndex())
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            around = QRectF(inside).adjusted(0.5, 4.5, -GAP + 4, -3.5)
            painter.drawRoundedRect(around, 5, 5)

    def _on_tab(self, index: int) -> None:
        if 0 <= index < len(self._names):
            self.chosen.emit(self._names[index])

    def _on_click(self, index: int) -> None:
        """The tab that was left for a page without one has not changed when it is clicked."""
        if self.elsewhere and index == self.currentIndex():
            self._on_tab(index)


class TabStrip(QWidget):
    """The tabs, and behind them “More”: a menu of the other pages, and of those whose tabs do not fit.

    chosen: the name of the page that the person wants.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Tabs()
        self.more = QPushButton()
        self.more.setObjectName("moreTab")
        self.menu = QMenu(self.more)
        self.more.setMenu(self.menu)
        self.folded = False
        self._titles: dict[str, str] = {}
        self._others: dict[str, str] = {}
        self._current = ""
        layout = QHBoxLayout(self)
        layout.setContentsMargins(17, 2, 17, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs)
        layout.addWidget(self.more)
        self._edges = layout.contentsMargins().left() + layout.contentsMargins().right()
        layout.addStretch(1)
        self.setMinimumWidth(1)
        self.tabs.chosen.connect(self.chosen)

    def show_pages(self, titles: dict[str, str], others: dict[str, str], current: str) -> None:
        """titles: pages that have a tab; others: pages in the menu; current: the one that is underlined."""
        self._titles, self._others, self._current = titles, others, current
        self._fit()

    def fold(self, folded: bool) -> None:
        """Puts all pages into the menu (True), or as few as need be."""
        self.folded = folded
        self.tabs.setVisible(not folded)
        self.setMinimumWidth(0 if folded else 1)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Next to nothing: what does not fit folds."""
        if self.folded:
            return super().minimumSizeHint()
        return QSize(1, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._titles:
            self._fit()

    def _fit(self) -> None:
        """The last tabs fold into the menu, as many as it takes for the rest to stand beside it."""
        self._fold()
        self.tabs.updateGeometry()  # the layout has asked for their size while there were none
        self.more.updateGeometry()

    def _fold(self) -> None:
        names = list(self._titles)
        if self.folded:
            self._fill(self._titles | self._others)
            return
        for count in range(len(names), 0, -1):
            folded = {name: self._titles[name] for name in names[count:]} | self._others
            self.tabs.show_pages({name: self._titles[name] for name in names[:count]}, self._current)
            self._fill(folded)
            room = self.width() - self._edges - self.more.sizeHint().width()
            if self.tabs.sizeHint().width() <= room:
                return

    def _fill(self, folded: dict[str, str]) -> None:
        """The menu's button is called by the page in front where that is one of its own."""
        here = self._current in folded
        self.more.setText(f"{folded[self._current] if here else _('More')} ▾")
        self.more.setAccessibleName(_("More pages: {page}").format(page=folded[self._current]) if here else _("More pages"))
        self.more.setVisible(bool(folded))
        if self.more.property("chosen") != here:
            self.more.setProperty("chosen", here)
            self.more.style().polish(self.more)
        if [action.data() for action in self.menu.actions()] != list(folded):
            self.menu.clear()
            for name, title in folded.items():
                action = self.menu.addAction(title)
                action.setData(name)
                action.setCheckable(True)
                action.triggered.connect(lambda _on=False, wanted=name: self.chosen.emit(wanted))
        for action in self.menu.actions():
            action.setChecked(action.data() == self._current)
