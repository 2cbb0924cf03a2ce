"""The head of the timeline: two lines of dates and the lane with all milestones."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import WHEEL_STEP
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.desktop.timeline.scenes import Scenes
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.activities import Milestone

PAN_STEP = 60


class TimelineHead(QWidget):
    """chosen: a milestone of the lane was clicked; activated: it was double-clicked; resized: the lane's height changed."""

    chosen = Signal(int)
    activated = Signal(int)

    def __init__(self, model: RoadmapModel, axis: Axis, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._axis = axis
        self._scenes = scenes
        self._dragged_from: QPointF | None = None
        self.setObjectName("timelineHead")
        self.setAccessibleName(_("Dates and milestones"))
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
        paint(painter, self._scenes.header().shapes(), inks)
        lane = self._scenes.lane()
        if lane is not None:
            painter.translate(0, titles)
            paint(painter, lane.shapes(), inks)
            painter.translate(0, -titles)
        painter.fillRect(0, self.height() - 1, width, 1, inks.brush("hairline"))

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
        if event.button() == Qt.MouseButton.LeftButton and len(ids) == 1:
            self.chosen.emit(ids[0])
        elif event.button() == Qt.MouseButton.LeftButton and ids:
            self._offer(ids, event)
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
        ids = self._scenes.lane_ids_at(event.position())
        if len(ids) == 1:
            self.activated.emit(ids[0])

    def _offer(self, ids: tuple[int, ...], event: QMouseEvent) -> None:
        """The list behind a counted marker."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for milestone_id in ids:
            action = menu.addAction(self._title(milestone_id))
            action.triggered.connect(lambda _checked=False, chosen=milestone_id: self.chosen.emit(chosen))
        menu.popup(event.globalPosition().toPoint())

    def _words_at(self, position: QPointF) -> str:
        return "\n".join(self._title(milestone_id) for milestone_id in self._scenes.lane_ids_at(position))

    def _title(self, milestone_id: int) -> str:
        session = self._model.session
        milestone = session.plan.get(Milestone, milestone_id)
        if milestone is None:
            return ""
        return _("{title}, {date}").format(title=milestone.title, date=self._scenes.date_words(milestone.end))
