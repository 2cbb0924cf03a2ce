"""The picture of lanes on the screen: hover tells, a click selects, a double click opens, a drag moves."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QMenu, QToolTip, QWidget

from milestone_desktop.chart.bands import HEADER_HEIGHT, LANE_MARK, header_scene
from milestone_desktop.chart.hit import Part, hit
from milestone_desktop.chart.lanes import (
    HEAD_WIDTH,
    NOTE_STYLE,
    SIDE,
    Lane,
    Stack,
    Window,
    heads_scene,
    lanes_picture,
    lanes_scene,
    span,
    stack,
)
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.desktop.portfolio.drag import Drawn, LaneDrag
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.ghost import paint_tip
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.desktop.words import LocaleDates, _, instant_text, say, working_days_text
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import MINUTES_PER_DAY, at
from milestone_desktop.domain.projects import Project

HALO = LANE_MARK + 4
NOTCH = 120
ROW_STEP = 48
HALF_A_DAY = MINUTES_PER_DAY // 2
FIRST_ZOOM = 1.3


class LanesView(QAbstractScrollArea):
    """Lanes under a header of dates. The selection is the session's.

    corner: what stands above the heads of the lanes; drag: what is being dragged, None for nothing; opened: a milestone is
    to be shown in its project; lane_opened: the head of a lane was double-clicked, with its id.
    """

    opened = Signal(int)
    lane_opened = Signal(int)

    def __init__(self, session: Session, name: str, corner: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.corner = corner
        self.axis = Axis(TimeScale(at(session.today()), FIRST_ZOOM), self)
        self.lanes: tuple[Lane, ...] = ()
        self._inks = Inks(session.theme)
        self._stack: tuple[float, Stack] | None = None
        self._scene: tuple[object, Scene] | None = None
        self._pressed: QPointF | None = None
        self._panned_from: QPointF | None = None
        self.drag: LaneDrag | None = None
        self._to_fit = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("lanes")
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Everything shown here also stands in the table below it."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(ROW_STEP)
        self.axis.changed.connect(self._take_axis)
        self.axis.panned.connect(self._take_axis)
        session.selection_changed.connect(self.viewport().update)
        session.theme_changed.connect(self._recolour)

    # what is shown

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Shows other lanes; the stretch of time stays, but for the first time."""
        if tuple(lanes) != self.lanes:
            self.lanes = tuple(lanes)
            self._stack = self._scene = None
            self._take_axis()
        self.fit_once()

    def fit(self) -> None:
        """Shows from the first to the last milestone."""
        found = span(self.lanes)
        if found is None:
            self.go_to_today()
        else:
            self.axis.fit(*found)

    def fit_once(self) -> None:
        """Fits when there is something to fit for the first time."""
        if self._to_fit and self.lanes and self.isVisible() and self.axis.width > 1:
            self._to_fit = False
            self.fit()

    def go_to_today(self) -> None:
        """Brings today to the middle."""
        self.axis.centre(at(self.session.today()) + HALF_A_DAY)

    def show_lane(self, lane_id: int) -> None:
        """Scrolls to a lane."""
        number = next((n for n, lane in enumerate(self.lanes) if lane.id == lane_id), None)
        if number is not None:
            self.verticalScrollBar().setValue(round(self.standing().tops[number]))

    def wanted_height(self, most: float = math.inf) -> int:
        """The height in pixels that shows every lane; of those for which `most` px are too little, the whole ones before."""
        bottoms = [top + HEADER_HEIGHT for top in self.standing().tops[1:]]
        whole = [bottom for bottom in bottoms if bottom <= most]
        return round(whole[-1] if whole else bottoms[0])

    def standing(self) -> Stack:
        """Where the lanes stand at this zoom."""
        zoom = self.axis.scale.pixels_per_day
        if self._stack is None or self._stack[0] != zoom:
            self._stack = (zoom, stack(self.lanes, zoom, self._inks.measure))
        return self._stack[1]

    def place_of(self, milestone: int) -> QPointF | None:
        """Where a milestone's mark stands in the viewport; None where no lane has it."""
        standing = self.standing()
        for number, lane in enumerate(self.lanes):
            for mark in lane.marks:
                if mark.id == milestone:
                    y = standing.line_y(number) - self.verticalScrollBar().value() + HEADER_HEIGHT
                    return QPointF(self.axis.scale.x(mark.moment) + HEAD_WIDTH, y)
        return None

    def milestones_at(self, position: QPointF) -> tuple[int, ...]:
        """The milestone under a place of the viewport, or those behind a counted marker."""
        x, y = position.x() - HEAD_WIDTH, position.y() - HEADER_HEIGHT
        if x < 0 or y < 0:
            return ()
        scene = self._scene_now()
        found = hit(scene, x, y, self._inks.measure)
        if found is None or found.part not in (Part.BODY, Part.LABEL, Part.MARKER):
            return ()
        return scene.markers[found.id].ids if found.part is Part.MARKER else (found.id,)

    def drawing(self) -> Scene:
        """All lanes with their heads and the dates above them, as they are looked at: for a file."""
        return lanes_picture(self.lanes, self.viewport().width(), self._options(), self._inks.measure, self.axis.scale)

    def sizeHint(self) -> QSize:
        return QSize(900, 400)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.axis.width = max(1, round(self.viewport().width() - HEAD_WIDTH))
        self._scene = None
        self.fit_once()
        self._take_axis()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self._scene = None
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, width, height = self.session.theme, self.viewport().width(), self.viewport().height()
        painter.fillRect(self.viewport().rect(), theme.color("surface"))
        chart = QRectF(HEAD_WIDTH, HEADER_HEIGHT, width - HEAD_WIDTH, height - HEADER_HEIGHT)
        painter.save()
        painter.setClipRect(chart)
        painter.translate(chart.topLeft())
        paint(painter, self._scene_now().shapes(), self._inks)
        painter.translate(-chart.topLeft())
        self._paint_selection(painter)
        if self.drag is not None:
            self.drag.paint(painter, Drawn(self.axis.scale, HEAD_WIDTH, self.place_of))
        painter.restore()
        self._paint_heads(painter, height)
        if round(self.standing().height + HEADER_HEIGHT) - self.verticalScrollBar().value() == height:
            painter.fillRect(QRectF(0, height - 1, width, 1), theme.color("surface"))  # the edge of the view ends the last lane
        self._paint_header(painter, width)
        painter.fillRect(QRectF(HEAD_WIDTH - 1, 0, 1, height), theme.color("hairline"))
        if self.drag is not None:
            paint_tip(painter, self.drag.lines, self.drag.pointer, self._inks, theme, width)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, width - 1, height - 1))

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = self.words_at(QPointF(event.pos()))
            if words:
                QToolTip.showText(event.globalPos(), words, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel scrolls, with Ctrl it zooms about the pointer, with Shift it pans; over the dates it pans too."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        sideways = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) or event.position().y() < HEADER_HEIGHT
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.axis.zoom(ZOOM_STEP ** (turned / NOTCH), event.position().x() - HEAD_WIDTH)
        elif sideways or event.angleDelta().x():
            self.axis.pan(-round(turned / NOTCH * ROW_STEP))
        else:
            super().wheelEvent(event)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        ids = self.milestones_at(event.position())
        left = event.button() == Qt.MouseButton.LeftButton
        if left and len(ids) == 1:
            self._select(ids[0], adding=bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier))
            self._pressed = event.position()
        elif left and ids:
            self._offer(ids, event)
        elif event.button() == Qt.MouseButton.MiddleButton or (left and event.position().x() > HEAD_WIDTH):
            self._panned_from = event.position()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._panned_from is not None:
            moved = event.position() - self._panned_from
            self._panned_from = event.position()
            self.axis.pan(-round(moved.x()))
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - round(moved.y()))
        elif self._pressed is not None:
            self._drag(event.position())
        elif self.milestones_at(event.position()):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        gesture = self.drag
        self.cancel()
        if gesture is not None:
            gesture.release()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        ids = self.milestones_at(event.position())
        number = self.standing().lane_at(event.position().y() - HEADER_HEIGHT + self.verticalScrollBar().value())
        if len(ids) == 1:
            self.opened.emit(ids[0])
        elif event.position().x() < HEAD_WIDTH and event.position().y() > HEADER_HEIGHT and number is not None:
            self.lane_opened.emit(self.lanes[number].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from milestone to milestone and from lane to lane; Enter opens; Escape takes a drag back."""
        key, current = event.key(), self.session.current
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(key)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
            self.opened.emit(current)
        elif key == Qt.Key.Key_Escape and self.drag is not None:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        self.viewport().update()

    def cancel(self) -> None:
        """Ends a drag without doing anything."""
        self.drag = self._pressed = self._panned_from = None
        self.viewport().unsetCursor()
        self.viewport().update()

    # inside

    def words_at(self, position: QPointF) -> str:
        """What a tip tells about the milestones at a place."""
        return "\n\n".join(self._words(milestone) for milestone in self.milestones_at(position))

    def _words(self, milestone_id: int) -> str:
        session, today = self.session, self.session.today()
        row = session.plan.get(Milestone, milestone_id)
        if row is None:
            return ""
        assessment = session.facts.assessment(row)
        lines = [
            _("{title}, {date}").format(title=row.title, date=instant_text(row.end, today)),
            session.plan[Project, row.project].title,
            session.facts.person_name(row.owner),
            health_text(assessment.health),
            *(say(reason) for reason in assessment.reasons),
        ]
        if row.target is not None:
            slip = working_days_text(session.facts.slip(row))
            lines.append(_("Target {date}, {slip}").format(date=instant_text(row.target, today), slip=slip))
        return "\n".join(line for line in lines if line)

    def _select(self, milestone: int, *, adding: bool) -> None:
        chosen = self.session.selection
        if not adding:
            self.session.select([milestone])
        elif milestone in chosen:
            self.session.select([row_id for row_id in chosen if row_id != milestone])
        else:
            self.session.select([*chosen, milestone])

    def _go(self, key: int) -> None:
        """Selects the next milestone in the direction of an arrow key; the first one where none is selected."""
        current = self.session.current
        lanes = [lane for lane in self.lanes if lane.marks]
        here = next(((lane, n) for lane in lanes for n, mark in enumerate(lane.marks) if mark.id == current), None)
        if not lanes:
            return
        if here is None:
            wanted = lanes[0].marks[0]
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            lane, number = here
            step = 1 if key == Qt.Key.Key_Right else -1
            wanted = lane.marks[min(max(number + step, 0), len(lane.marks) - 1)]
        else:
            lane, number = here
            place = lanes.index(lane) + (1 if key == Qt.Key.Key_Down else -1)
            moment = lane.marks[number].moment
            wanted = min(lanes[min(max(place, 0), len(lanes) - 1)].marks, key=lambda mark: abs(mark.moment - moment))
        self.session.select([wanted.id])
        self.reveal(wanted.id)

    def reveal(self, milestone: int) -> None:
        """Brings a milestone into view."""
        place = self.place_of(milestone)
        if place is None:
            return
        moment = self.axis.scale.instant(place.x() - HEAD_WIDTH)
        self.axis.reveal(moment, moment)
        bar, y = self.verticalScrollBar(), place.y() - HEADER_HEIGHT
        room = self.viewport().height() - HEADER_HEIGHT
        if y < 30:
            bar.setValue(round(bar.value() + y - 30))
        elif y > room - 30:
            bar.setValue(round(bar.value() + y - room + 30))

    def _drag(self, position: QPointF) -> None:
        pressed = self._pressed
        if pressed is None or self.session.document.read_only:
            return
        if self.drag is None:
            row = self.session.plan.get(Milestone, self.session.current)
            far = (position - pressed).manhattanLength() >= QApplication.startDragDistance()
            if not far or row is None or row.actual_finish is not None:
                return
            moment = self.axis.scale.instant(pressed.x() - HEAD_WIDTH)
            self.drag = LaneDrag(self.session, row, moment)
        self.drag.to(self.axis.scale.instant(position.x() - HEAD_WIDTH), position)
        self.viewport().update()

    def _offer(self, ids: tuple[int, ...], event: QMouseEvent) -> None:
        """The list behind a counted marker."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for milestone in ids:
            action = menu.addAction(self._words(milestone).splitlines()[0])
            action.triggered.connect(lambda _checked=False, chosen=milestone: self.session.select([chosen]))
        menu.popup(event.globalPosition().toPoint())

    def _take_axis(self) -> None:
        bar = self.verticalScrollBar()
        room = round(self.viewport().height() - HEADER_HEIGHT)
        bar.setPageStep(max(room, 1))
        bar.setRange(0, max(0, round(self.standing().height) - room))
        self._scene = None
        self.viewport().update()

    def _recolour(self) -> None:
        self._inks = Inks(self.session.theme)
        self._stack = self._scene = None
        self.viewport().update()

    def _options(self) -> Options:
        return Options(words=LocaleDates(), today=at(self.session.today()) + HALF_A_DAY)

    def _scene_now(self) -> Scene:
        scroll = self.verticalScrollBar().value()
        window = Window(self.axis.width, max(self.viewport().height() - HEADER_HEIGHT, 0), scroll)
        key = (self.axis.scale, window, self.session.today())
        if self._scene is None or self._scene[0] != key:
            scene = lanes_scene(self.standing(), self.axis.scale, window, self._options(), self._inks.measure)
            self._scene = (key, scene)
        return self._scene[1]

    def _paint_heads(self, painter: QPainter, height: int) -> None:
        painter.save()
        painter.translate(0, HEADER_HEIGHT)
        painter.fillRect(QRectF(0, 0, HEAD_WIDTH, height), self.session.theme.color("surface"))
        heads = heads_scene(self.standing(), height - HEADER_HEIGHT, self.verticalScrollBar().value(), self._inks.measure)
        paint(painter, heads.shapes(), self._inks)
        painter.restore()

    def _paint_header(self, painter: QPainter, width: int) -> None:
        theme = self.session.theme
        painter.fillRect(QRectF(0, 0, width, HEADER_HEIGHT), theme.color("header"))
        painter.fillRect(QRectF(0, HEADER_HEIGHT - 1, width, 1), theme.color("hairline"))
        painter.save()
        painter.setClipRect(QRectF(HEAD_WIDTH, 0, width - HEAD_WIDTH, HEADER_HEIGHT))
        painter.translate(HEAD_WIDTH, 0)
        header = header_scene(self.axis.scale, self.axis.width, self._options(), self._inks.measure)
        paint(painter, header.shapes(), self._inks)
        painter.restore()
        if self.corner:
            painter.setFont(self._inks.font(NOTE_STYLE))
            painter.setPen(theme.color(NOTE_STYLE.token))
            box = QRectF(SIDE, 0, HEAD_WIDTH - 2 * SIDE, HEADER_HEIGHT - 10)
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, self.corner)

    def _paint_selection(self, painter: QPainter) -> None:
        accent = self.session.theme.color("focus")
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2))
        for row_id in self.session.selection:
            place = self.place_of(row_id)
            if place is not None:
                painter.drawEllipse(place, HALO, HALO)
