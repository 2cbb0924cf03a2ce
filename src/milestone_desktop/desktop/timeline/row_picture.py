"""Paints the rows of the timeline, as far as they have come into view; under a drag from a picture that is kept."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap, QRegion

from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.timeline.handles import paint_chosen
from milestone_desktop.desktop.timeline.painting import paint_ground, paint_layers

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

MOST_AREAS = 3
"""Parts that are painted one by one; more of them cost more than painting all that lies between."""


class RowPicture:
    """What the body of a timeline shows but for what lies over it: handles, the focus, and what a drag would do."""

    def __init__(self, body: TimelineBody) -> None:
        self._body = body
        self._chosen: tuple[tuple[int, ...], frozenset[int]] = ((), frozenset())
        self._still: tuple[object, QPixmap] | None = None

    def forget(self) -> None:
        """Rows or dates have changed."""
        self._still = None

    def paint(self, painter: QPainter, region: QRegion) -> None:
        """Paints the parts of the viewport that have to be painted; all of it from one picture while something is dragged."""
        if self._body.ghost is not None:
            painter.drawPixmap(0, 0, self._still_rows())
            return
        self._still = None
        for area in _areas(region):
            painter.save()
            painter.setClipRect(area)
            self._paint_rows(painter, area)
            painter.restore()

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Background and shading, the highlight of selected rows over it, then everything else of the chart."""
        inks = self._body.scenes.inks
        first, last = (area.top() + self._body.top) // ROW_HEIGHT, (area.bottom() + self._body.top) // ROW_HEIGHT
        scene = self._body.scenes.rows(first * ROW_HEIGHT, (last - first + 1) * ROW_HEIGHT)
        painter.translate(0, -self._body.top)
        ground, *layers = scene.layers
        paint_ground(painter, area.translated(0, self._body.top), "surface", ground, inks)
        if self._body.model.packed:
            paint_chosen(painter, scene, self._chosen_now(), inks)
        for top, bottom in () if self._body.model.packed else self._body.selected:
            if top <= last and bottom >= first:
                box = QRectF(area.left(), top * ROW_HEIGHT, area.width(), (bottom - top + 1) * ROW_HEIGHT)
                painter.fillRect(box, inks.brush("selection"))
        paint_layers(painter, layers, inks)

    def _chosen_now(self) -> frozenset[int]:
        """What is selected, to look up."""
        selection = self._body.model.session.selection
        if self._chosen[0] is not selection:
            self._chosen = (selection, frozenset(selection))
        return self._chosen[1]

    def _still_rows(self) -> QPixmap:
        """The rows as they stand under a drag, painted once for as long as they stay where they are."""
        view = self._body.viewport()
        key = (self._body.axis.scale, self._body.top, view.size(), tuple(self._body.selected), self._body.model.session.selection)
        if self._still is None or self._still[0] != key:
            picture = QPixmap(view.size() * view.devicePixelRatio())
            picture.setDevicePixelRatio(view.devicePixelRatio())
            painter = QPainter(picture)
            self._paint_rows(painter, view.rect())
            painter.end()
            self._still = (key, picture)
        return self._still[1]


def _areas(region: QRegion) -> list[QRect]:
    """The areas that a region is made of; as one where they are many."""
    areas = list(cast(Iterable[QRect], region))
    return areas if len(areas) <= MOST_AREAS else [region.boundingRect()]
