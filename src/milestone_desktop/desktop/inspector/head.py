"""The head of a panel: sign, title and a line that says what it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.signs import draw_milestone
from milestone_desktop.desktop.words import _
from milestone_desktop.desktop.wrapped_text import WrappedText
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.enums import Health, MilestoneStatus
from milestone_desktop.domain.messages import N_


class Head(QWidget):
    """subtitle: says in one line what the activity is."""

    def __init__(self, panel: Panel, subtitle: Callable[[Any], str]) -> None:
        super().__init__(panel)
        self.sign = Sign(panel)
        self.title = LineField()
        self.title.setObjectName("inspectorTitle")
        self.title.setProperty("calm", True)
        self.title.setAccessibleName(_("Title"))
        self.subtitle = WrappedText()
        self.subtitle.setProperty("muted", True)
        self.error = WrappedText()
        self.error.setProperty("error", True)
        self.error.hide()
        line = QHBoxLayout()
        line.setSpacing(2)
        line.addWidget(self.sign)
        line.addWidget(self.title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.error)
        layout.addWidget(self.subtitle)
        self._panel = panel
        self.title.left.connect(self._rename)

        def refresh() -> None:
            row = panel.row
            if row is not None:
                if not self.error.isVisible():
                    self.title.show_text(row.title)
                self.title.setToolTip(row.title)
                self.title.setEnabled(not panel.session.document.read_only)
                self.subtitle.setText(subtitle(row))
                self.sign.show_activity(row)

        panel.on_refresh(refresh)

    def _rename(self) -> None:
        panel, text = self._panel, self.title.text()
        if panel.commit(N_("Rename"), lambda edit: activities.rename(edit, panel.row_id, text), self.error):
            self.title.setModified(False)
            panel.refresh()


class Sign(QWidget):
    """The shape of its kind for a milestone, a square for a work item."""

    def __init__(self, panel: Panel) -> None:
        super().__init__(panel)
        self._session = panel.session
        self._row: Activity | None = None
        self.setFixedSize(18, 26)

    def show_activity(self, row: Activity) -> None:
        self._row = row
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, row = QPainter(self), self._session.theme, self._row
        middle = QRectF(self.rect()).center()
        if isinstance(row, Milestone):
            done = row.status is MilestoneStatus.COMPLETED
            late = self._session.facts.assessment(row).health is Health.LATE
            colour = theme.color("completed" if done else "critical" if late else "diamond-outline")
            draw_milestone(painter, middle, 6.5, row.kind, colour, filled=done)
        elif row is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bar-progress"))
            painter.drawRoundedRect(QRectF(middle + QPointF(-6, -6), middle + QPointF(6, 6)), 3, 3)
        painter.end()
