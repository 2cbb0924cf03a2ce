"""The roadmap's two halves side by side: where they part is remembered, and either may be hidden, never both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from milestone_desktop.desktop.session import Session

KEY = "roadmap halves"
TABLE, TIMELINE = "table", "timeline"
ROOMY = 1100
"""Px from which the table has its usual width beside a timeline that can be read."""

NARROW_SHARE = 0.46
"""Of a narrower page."""


class Halves(QSplitter):
    """Table left, timeline right. What the person chose is kept with the workspace, without a journal entry."""

    def __init__(self, table: QWidget, timeline: QWidget, session: Session, width: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._halves = {TABLE: table, TIMELINE: timeline}
        self._session = session
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(table)
        self.addWidget(timeline)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        kept = session.kept(KEY)
        state: dict[str, Any] = kept if isinstance(kept, dict) else {}
        wanted = state.get("width")
        self._usual = width
        kept_width = wanted if isinstance(wanted, int) and wanted > 0 else None
        self._chosen = kept_width is not None
        self.setSizes([width if kept_width is None else kept_width, 1000])
        self.hidden = ""
        if state.get("hidden") in self._halves:
            self._hide(state["hidden"])
        self.handle(1).installEventFilter(self)

    def shows(self, half: str) -> bool:
        """Whether a half is shown: TABLE or TIMELINE."""
        return self.hidden != half

    def show_half(self, half: str, wanted: bool) -> None:
        """Shows or hides a half. Hiding one shows the other."""
        self._hide("" if wanted else half)
        self._keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Until the person has chosen a width, the table gives way where both would be cramped."""
        super().resizeEvent(event)
        if not self._chosen:
            whole = self.width()
            table = self._usual if whole >= ROOMY else round(whole * NARROW_SHARE)
            self.setSizes([table, whole - table])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease:
            self._chosen = True
            self._keep()
        return super().eventFilter(watched, event)

    def _hide(self, half: str) -> None:
        self.hidden = half
        for name, widget in self._halves.items():
            widget.setVisible(name != half)

    def _keep(self) -> None:
        before = self._session.kept(KEY)
        width = before.get("width") if isinstance(before, dict) else None
        shown = not self.hidden
        self._session.keep(KEY, {"width": self.sizes()[0] if shown else width, "hidden": self.hidden})
