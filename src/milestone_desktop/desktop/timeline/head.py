"""The head of the timeline: two lines of dates and the lane with all milestones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import WHEEL_STEP
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.painting import paint_layers
from milestone_desktop.desktop.timeline.scenes import LaneStop, Scenes
from milestone_desktop.desktop.timeline.speaking import announce, day_words
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import day_of

PAN_STEP = 60
MOST_NAMED = 12
"""Milestones that the tip of a counted marker names before it counts the rest."""


class TimelineHead(QWidget):
    """Left and Right go along the lane, Enter goes to a milestone or opens the list behind a counted marker.

    chosen: a milestone of the lane was clicked; activated: it was double-clicked.
    """

    chosen = Signal(int)
    activated = Signal(int)

    def __init__(self, model: RoadmapModel, axis: Axis, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._axis = axis
        self._scenes = scenes
        self._dragged_from: QPointF | None = None
        self._stop: LaneStop | None = None
        self.setObjectName("timelineHead")
        self.setAccessibleName(_("Dates and milestones"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        axis.changed.connect(self.update)
        axis.panned.connect(self.update)
        model.rows_changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(720, self._scenes.head_height)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inks = self._scenes.inks
        titles, width = self._scenes.header_height, self.width()
        painter.fillRect(0, 0, width, titles, inks.brush("header"))
        painter.fillRect(0, titles, width, self.height() - titles, inks.brush("lane"))
        paint_layers(painter, self._scenes.header().layers, inks)
        lane = self._scenes.lane()
        if lane is not None:
            painter.translate(0, titles)
            paint_layers(painter, lane.layers, inks)
            painter.translate(0, -titles)
        painter.fillRect(0, self.height() - 1, width, 1, inks.brush("hairline"))
        if self.hasFocus():
            self._paint_focus(painter)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self._words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel over the dates zooms with Ctrl and pans without."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._axis.zoom(ZOOM_STEP ** (turned / WHEEL_STEP), event.position().x())
        else:
            self._axis.pan(-round(turned / WHEEL_STEP * PAN_STEP))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        ids = self._scenes.lane_ids_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and ids:
            self._take(ids, event.globalPosition().toPoint())
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._dragged_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None:
            self._axis.pan(round(self._dragged_from.x() - event.position().x()))
            self._dragged_from = event.position()
        elif self._scenes.lane_ids_at(event.position()):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a milestone: the inspector. On a month, week or day among the dates: that time fills the view."""
        ids = self._scenes.lane_ids_at(event.position())
        if len(ids) == 1:
            self.activated.emit(ids[0])
            return
        span = self._scenes.unit_at(event.position())
        if span is not None:
            self._axis.fit(*span)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        stops = self._scenes.lane_stops()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if event.key() in steps and stops:
            places = [stop.ids for stop in stops]
            here = places.index(self._stop.ids) if self._stop is not None and self._stop.ids in places else None
            by = steps[Qt.Key(event.key())]
            place = (0 if by > 0 else len(stops) - 1) if here is None else min(max(here + by, 0), len(stops) - 1)
            self._go_to(stops[place])
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and stops:
            self._go_to(stops[0 if event.key() == Qt.Key.Key_Home else -1])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._stop is not None:
            place_of = QPointF(self._stop.box.left(), self._stop.box.bottom()).toPoint()
            self._take(self._stop.ids, self.mapToGlobal(place_of))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        stops = self._scenes.lane_stops()
        if self._stop is None and stops:
            self._go_to(stops[0])
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    # parts

    def _go_to(self, stop: LaneStop) -> None:
        self._stop = stop
        announce(self, self._words(stop.ids))
        self.update()

    def _paint_focus(self, painter: QPainter) -> None:
        """The ring around the milestone or marker that the keyboard is on; around everything where there is none."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._scenes.inks.pen("focus", 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        ids = None if self._stop is None else self._stop.ids
        found = next((stop for stop in self._scenes.lane_stops() if stop.ids == ids), None)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -2) if found is None else found.box.adjusted(-3, -2, 3, 2)
        painter.drawRoundedRect(box, 5, 5)

    def _take(self, ids: tuple[int, ...], where: QPoint) -> None:
        """Goes to a milestone, or offers several in a list."""
        if len(ids) == 1:
            self.chosen.emit(ids[0])
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for milestone_id in ids:
            action = menu.addAction(self._title(milestone_id).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, chosen=milestone_id: self.chosen.emit(chosen))
        menu.popup(where)

    def _words_at(self, position: QPointF) -> str:
        ids = self._scenes.lane_ids_at(position)
        if ids:
            return self._words(ids)
        day = day_of(self._axis.scale.instant(position.x()))
        return day_words(self._model.session, day) if position.y() < self._scenes.header_height else ""

    def _words(self, ids: tuple[int, ...]) -> str:
        """The milestones with their dates, one a line."""
        lines = [self._title(milestone_id) for milestone_id in ids[:MOST_NAMED]]
        rest = len(ids) - MOST_NAMED
        return "\n".join([*lines, ngettext("and {n} more", "and {n} more", rest)] if rest > 0 else lines)

    def _title(self, milestone_id: int) -> str:
        session = self._model.session
        milestone = session.plan.get(Milestone, milestone_id)
        if milestone is None:
            return ""
        return _("{title}, {date}").format(title=milestone.title, date=self._scenes.date_words(milestone.end))
