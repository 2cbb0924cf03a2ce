"""Where the person was on the roadmap: what was folded, and how far table and timeline were scrolled, for each view.

Kept as view state, without a journal entry, when a view is left; it comes back with the view, after a restart too.
"""

from __future__ import annotations

from typing import Any

from milestone_desktop.chart.timescale import LARGEST, SMALLEST, TimeScale
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.timeline.axis import Axis
from milestone_desktop.domain.instants import MINUTES_PER_DAY

KEY = "roadmap place"
LAST_DAY = 3_652_059
"""The last day of the calendar, 31 December 9999."""


class Place:
    """One of them, as it was kept: JSON that nobody vouches for."""

    def __init__(self, kept: dict[str, Any]) -> None:
        self._kept = kept

    @property
    def folded(self) -> list[Any] | None:
        """What was folded (`Rows.kept_folds`)."""
        folded = self._kept.get("folded")
        return folded if isinstance(folded, list) else None

    @property
    def times(self) -> TimeScale | None:
        """The time scale of the timeline."""
        left, zoom = self._kept.get("left"), self._kept.get("zoom")
        if not isinstance(left, int) or not isinstance(zoom, (int, float)):
            return None
        sane = SMALLEST <= zoom <= LARGEST and abs(left) <= LAST_DAY * MINUTES_PER_DAY
        return TimeScale(left, float(zoom)) if sane else None

    def number(self, name: str, usual: int) -> int:
        """A whole number; `usual` where none was kept."""
        kept = self._kept.get(name)
        return kept if isinstance(kept, int) else usual


class Places:
    """The places of one roadmap. A view is any name, the same each time."""

    def __init__(self, model: RoadmapModel, table: RoadmapTable, axis: Axis) -> None:
        self._model = model
        self._table = table
        self._axis = axis
        self._session = model.session

    def leave(self, view: str) -> None:
        """Keeps where the person is in a view."""
        self._session.keep(f"{KEY} {view}", self._place_now())

    def of(self, view: str) -> Place:
        """Where the person was in a view; nowhere in one that is new."""
        kept = self._session.kept(f"{KEY} {view}")
        return Place(kept if isinstance(kept, dict) else {})

    def return_to(self, place: Place) -> None:
        """Folds and scrolls the rows as they were there; leaves what was not kept as it is."""
        if place.folded is not None:
            self._model.take_folds(place.folded)
        row = self._model.row_of(place.number("top", 0))
        self._table.executeDelayedItemsLayout()
        self._table.updateGeometries()
        if row is not None:
            down = min(max(place.number("down", 0), 0), ROW_HEIGHT)
            self._table.verticalScrollBar().setValue(row * ROW_HEIGHT + down)
        bar = self._table.horizontalScrollBar()
        bar.setValue(place.number("across", bar.value()))

    def _place_now(self) -> dict[str, Any]:
        row = self._table.rowAt(0)
        scale = self._axis.scale
        return {
            "folded": self._model.kept_folds(),
            "top": self._model.id_at(row) if row >= 0 else None,
            "down": -self._table.rowViewportPosition(row) if row >= 0 else 0,
            "across": self._table.horizontalScrollBar().value(),
            "left": scale.instant(0),
            "zoom": scale.pixels_per_day,
        }
