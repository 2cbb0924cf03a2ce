"""The rows of the timeline: paints only what is visible, and gives the mouse to the tool."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import ROW_HEIGHT, ROWS_PER_NOTCH, WHEEL_STEP
from milestone_desktop.desktop.table.ranges import RowRange
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.ghost import Ghost, paint_ghost
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.desktop.timeline.scenes import Scenes
from milestone_desktop.desktop.timeline.tool import Tool
from milestone_desktop.desktop.timeline.zones import handle_point
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.instants import Instant

MARGIN = 200
"""How far one can scroll beyond the first and the last date, in pixels; panning goes on without end."""


class TimelineBody(QAbstractScrollArea):
    """activated: an activity is to be shown in the inspector; clicked: a row was pressed, with the keys held then;
    sized: it has another width."""

    activated = Signal(int)
    clicked = Signal(int, Qt.KeyboardModifier)
    sized = Signal()

    def __init__(self, model: RoadmapModel, axis: Axis, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.axis = axis
        self.scenes = scenes
        self.selected: list[RowRange] = []
        self.ghost: Ghost | None = None
        self.hovered: int | None = None
        self._span: tuple[Instant, Instant] | None = None
        self._following = False
        self.tool = Tool(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCornerWidget(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setObjectName("timeline")
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(_("Everything shown here also stands in the table beside it."))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalScrollBar().setSingleStep(40)
        axis.changed.connect(self._take_axis)
        axis.panned.connect(self._take_axis)
        model.rows_changed.connect(self.refresh)

    # what is where

    @property
    def top(self) -> int:
        """The y of the content that stands at the viewport's upper edge."""
        return self.verticalScrollBar().value()

    def row_at(self, y: float) -> int | None:
        """The row at a y of the viewport."""
        row = int((y + self.top) // ROW_HEIGHT)
        return row if 0 <= row < len(self.model.ids) else None

    def instant_at(self, x: float) -> Instant:
        return self.axis.scale.instant(x)

    def row_box(self, row: int) -> QRectF:
        """Where a row stands in the viewport."""
        return QRectF(0, row * ROW_HEIGHT - self.top, self.viewport().width(), ROW_HEIGHT)

    def content_height(self) -> int:
        return len(self.model.ids) * ROW_HEIGHT

    def set_span(self, span: tuple[Instant, Instant] | None) -> None:
        """The first and last instant of the plan, between which the scroll bar moves."""
        self._span = span
        self._place_bars()

    def set_selected(self, ranges: list[RowRange]) -> None:
        """Highlights these rows."""
        if ranges != self.selected:
            self.selected = ranges
            self.viewport().update()

    def set_ghost(self, ghost: Ghost | None) -> None:
        """Shows what a drag would do."""
        self.ghost = ghost
        self.viewport().update()

    def set_hovered(self, row: int | None) -> None:
        """The pointer is over this row."""
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def refresh(self) -> None:
        """Paints anew: rows or dates have changed."""
        self._place_bars()
        self.viewport().update()

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_rows(painter, event.rect())
        self._paint_handle(painter)
        if self.ghost is not None:
            paint_ghost(painter, self.ghost, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.axis.width = self.viewport().width()
        self._place_bars()
        self.sized.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        if dx and not self._following:
            self.axis.pan(-dx)
        self.viewport().update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        modifiers = event.modifiers()
        delta = event.angleDelta()
        turned = delta.y() or delta.x()
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.axis.zoom(ZOOM_STEP ** (turned / WHEEL_STEP), event.position().x())
        elif modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.axis.pan(-_pixels(event.pixelDelta().y() or event.pixelDelta().x(), turned))
        else:
            self.axis.pan(-_pixels(event.pixelDelta().x(), delta.x()))
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - _pixels(event.pixelDelta().y(), delta.y()))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tool.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.tool.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.tool.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self.model.activity(row) is not None:
            self.activated.emit(self.model.id_at(row))

    def leaveEvent(self, event: QEvent) -> None:
        self.set_hovered(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.tool.dragging:
            self.tool.cancel()
        else:
            super().keyPressEvent(event)

    # parts

    def _paint_rows(self, painter: QPainter, area: QRect) -> None:
        """Background and shading, the highlight of selected rows over it, then everything else of the chart."""
        inks = self.scenes.inks
        painter.fillRect(area, inks.brush("surface"))
        scene = self.scenes.rows(self.top, self.axis.width, self.viewport().height())
        paint(painter, scene.layer("shading"), inks)
        first, last = area.top() + self.top, area.bottom() + self.top
        for top, bottom in self.selected:
            if top * ROW_HEIGHT <= last and (bottom + 1) * ROW_HEIGHT > first:
                band = QRectF(area.left(), top * ROW_HEIGHT - self.top, area.width(), (bottom - top + 1) * ROW_HEIGHT)
                painter.fillRect(band, inks.brush("selection"))
        for layer in scene.layers:
            if layer.name != "shading":
                paint(painter, layer.shapes, inks)

    def _paint_handle(self, painter: QPainter) -> None:
        """The ring at the end of the bar under the pointer, from which a dependency is dragged."""
        if self.hovered is None or self.model.session.document.read_only or self.tool.dragging:
            return
        point = handle_point(self, self.hovered)
        if point is not None:
            painter.setPen(self.scenes.inks.pen("accent", 1.5))
            painter.setBrush(self.scenes.inks.brush("surface"))
            painter.drawEllipse(point, 3.5, 3.5)

    def _take_axis(self) -> None:
        self._place_bars()
        self.viewport().update()

    def _place_bars(self) -> None:
        """Ranges and values of both scroll bars; the horizontal one grows where one has panned beyond the plan."""
        vertical, page = self.verticalScrollBar(), self.viewport().height()
        vertical.setPageStep(page)
        vertical.setRange(0, max(0, self.content_height() - page))
        if self._span is None:
            return
        horizontal, width = self.horizontalScrollBar(), self.viewport().width()
        left = math.floor(self.axis.scale.x(self._span[0])) - MARGIN
        right = math.ceil(self.axis.scale.x(self._span[1])) + MARGIN
        self._following = True
        horizontal.setPageStep(width)
        horizontal.setRange(min(0, -left), max(right - left - width, -left, 0))
        horizontal.setValue(-left)
        self._following = False


def _pixels(exact: int, turned: int) -> int:
    """How far a wheel's turn scrolls: what a touchpad gives in pixels, else three rows a notch."""
    return exact or round(turned / WHEEL_STEP * ROWS_PER_NOTCH * ROW_HEIGHT)
