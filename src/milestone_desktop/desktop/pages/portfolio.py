"""The portfolio: the milestones of all projects in one picture, and in one table below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSplitter, QVBoxLayout, QWidget

from milestone_desktop.chart.lanes import Lane
from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.timescale import Scale
from milestone_desktop.desktop.models.columns import Column, restructures
from milestone_desktop.desktop.pages.milestones import milestone_columns
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.portfolio.lanes import project_lanes, shown_milestones
from milestone_desktop.desktop.portfolio.view import LanesView
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP
from milestone_desktop.desktop.words import _
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.projects import Project

COLUMNS = ("dates", "title", "project", "owner", "status", "target", "slip", "progress", "health")
LARGEST_PART, SMALLEST_PART = 0.62, 0.3
"""Of the page's height that the picture takes at first."""

LEAST_HALF = 150
"""Px: a lane below the picture's dates, or some rows below the table's headings."""


class LanesPage(TablePage):
    """A picture of lanes above a table of the same things; both go by the filter. opened: an activity is to be shown in its
    project; project_opened: a project is to be shown; scale_changed: another view mode or zoom."""

    least = QSize(480, 340)
    filterable = True
    opened = Signal(int)
    project_opened = Signal(int)
    scale_changed = Signal()

    def build_picture(self, name: str, heading: str, corner: str = "") -> None:
        """Puts the picture above the table; a page calls it once its table stands. corner: what explains the picture."""
        self.picture = LanesView(self.session, name, corner)
        self.below = QWidget()
        below = QVBoxLayout(self.below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(0)
        self.heading = QLabel(heading)
        self.heading.setProperty("section", True)
        self.heading.setContentsMargins(18, 12, 18, 6)
        below.addWidget(self.heading)
        below.addWidget(self.view, 1)
        below.addWidget(self.empty, 1)
        self.splitter = QSplitter(Qt.Orientation.Vertical)
        self.splitter.setAccessibleName(_("Height of the picture"))
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.picture)
        self.splitter.addWidget(self.below)
        for half in (self.picture, self.below):
            half.setMinimumHeight(LEAST_HALF)
        self._dragged = False
        self.splitter.splitterMoved.connect(self._on_dragged)
        self.body.insertWidget(0, self.splitter, 1)
        self.picture.opened.connect(self.opened)
        self.picture.axis.changed.connect(self.scale_changed)
        self.setTabOrder(self.picture, self.view)

    def enter(self) -> None:
        super().enter()
        self._share_height()

    def lanes(self) -> list[Lane]:
        """What the picture shows now."""
        raise NotImplementedError

    def as_picture(self) -> Scene:
        return self.picture.drawing()

    def _arrange(self) -> None:
        super()._arrange()
        lanes = self.lanes()
        self.picture.show_lanes(lanes)
        for part in (self.picture, self.heading):
            part.setVisible(bool(lanes))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_height()

    def _on_dragged(self) -> None:
        self._dragged = True

    def _share_height(self) -> None:
        """Until the person has chosen, the picture gets the height it needs, and no more than leaves room for some rows of the
        table."""
        if not self._dragged and self.picture.lanes:
            whole = self.splitter.height()
            height = max(self.picture.wanted_height(whole * LARGEST_PART), round(whole * SMALLEST_PART))
            self.splitter.setSizes([height, whole - height - self.splitter.handleWidth()])

    def view_definition(self) -> dict[str, Any]:
        return {"scale": self.scale}

    def show_view(self, definition: Mapping[str, Any]) -> None:
        if str(definition.get("scale", "")).capitalize() in set(Scale):
            self.set_scale(str(definition["scale"]))

    # what the window asks of a page with a time axis

    @property
    def scale(self) -> str:
        """The view mode by name: "day" … "year"."""
        return self.picture.axis.scale.scale.value.lower()

    def set_scale(self, name: str) -> None:
        """Chooses a view mode; what stands in the middle stays there."""
        self.picture.axis.set_mode(Scale(name.capitalize()))

    def zoom_in(self) -> None:
        self.picture.axis.zoom(ZOOM_STEP)

    def zoom_out(self) -> None:
        self.picture.axis.zoom(1 / ZOOM_STEP)

    def go_to_today(self) -> None:
        """Brings today to the middle."""
        self.picture.go_to_today()

    def fit(self) -> None:
        """Shows from the first to the last milestone."""
        self.picture.fit()


class PortfolioPage(LanesPage):
    """All milestones of all projects but archived ones."""

    finds = (Milestone,)

    def __init__(self, session: Session) -> None:
        plan = session.plan
        super().__init__(session, portfolio_columns(session), lambda row_id: plan.get(Milestone, row_id), _("Milestones"))
        self.build_picture(_("Milestones of all projects"), _("Next milestones"))
        self.picture.lane_opened.connect(self.project_opened)

    def ids(self) -> Iterable[int]:
        """What is still to be reached first, by date; then what has been reached or dropped, the latest first."""
        rows = shown_milestones(self.session)
        coming = sorted((row for row in rows if is_open(row)), key=lambda row: (row.end is None, row.end or 0, row.id))
        past = sorted((row for row in rows if not is_open(row)), key=lambda row: (-(row.end or 0), row.id))
        return [row.id for row in (*coming, *past)]

    def lanes(self) -> list[Lane]:
        return project_lanes(self.session, self.session.shown.kept())

    def touched(self, event: Changed) -> set[int]:
        """All that are shown: health and slip of a milestone depend on much around it."""
        self.picture.show_lanes(self.lanes())
        return set(self.model.ids)

    def reorders(self, event: Changed) -> bool:
        changes = event.change_set
        dates = (change for change in changes.of(Milestone) if change.old is None or change.new is None or
                 change.old.end != change.new.end)  # fmt: skip
        return any(True for _change in dates) or restructures(changes.of(WorkItem)) or any(True for _c in changes.of(Project))

    def empty_text(self) -> str:
        return _("No milestones yet. Open a project and add its first one with Ctrl+M.")


def portfolio_columns(session: Session) -> tuple[Column, ...]:
    """The columns of the portfolio's table: the milestone table's, the date first."""
    found = {column.id: column for column in milestone_columns(session)}
    found["dates"] = replace(found["dates"], heading=_("Planned"), right=False)
    return tuple(found[name] for name in COLUMNS)
