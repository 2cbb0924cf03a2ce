"""The roadmap as it stood, drawn to be looked at."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from milestone_desktop.chart.bands import HEADER_HEIGHT, lane_height
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.pictures import picture
from milestone_desktop.chart.shapes import Scene
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.painting import Inks, paint
from milestone_desktop.desktop.words import LocaleDates, _, long_day_text
from milestone_desktop.domain.instants import Day, at
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

HALF_A_DAY = 720
ROW, HEADS, TALLEST = 24, HEADER_HEIGHT + lane_height(4) + 4, 2400
"""Pixels of a row, of what stands above the rows, and of the whole picture at the most."""


class PastRoadmap(QWidget):
    """The roadmap of one project in another state of the plan; drawn when it is next painted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._inks = Inks(session.theme)
        self._dates = LocaleDates()
        self._state: tuple[Plan, int, Day] | None = None
        self._scene: Scene | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(200)
        self.setAccessibleName(_("Roadmap as it stood"))
        session.theme_changed.connect(self._recolour)

    def show_state(self, plan: Plan, project: int, day: Day) -> None:
        """Shows a project as it stood on a day; nothing where it was not there yet."""
        self._state = (plan, project, day) if plan.get(Project, project) is not None else None
        self.setAccessibleDescription(_("As it stood on {day}").format(day=long_day_text(day)))
        rows = len(plan.activities_where("project", project)) if self._state is not None else 0
        self.setMinimumHeight(round(min(HEADS + rows * ROW, TALLEST)))
        self._scene = None
        self.update()

    def scene(self) -> Scene | None:
        """What is drawn."""
        if self._scene is None and self._state is not None:
            plan, project, day = self._state
            row = plan[Project, project]
            options = Options(words=self._dates, today=at(day, HALF_A_DAY), status_date=row.status_date)
            self._scene = picture(plan, [project], (self.width(), self.height()), options, self._inks.measure)
        return self._scene

    def sizeHint(self) -> QSize:
        return QSize(800, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._scene = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self.session.theme.color("surface"))
        scene = self.scene()
        if scene is not None:
            paint(painter, scene.shapes(), self._inks)

    def _recolour(self) -> None:
        self._inks = Inks(self.session.theme)
        self._scene = None
        self.update()
