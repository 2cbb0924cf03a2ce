"""The rows of the timeline: paints only what has come into view, and gives mouse and keys to tools of their own."""

from __future__ import annotations

import math

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip, QWidget

from milestone_desktop.chart.hit import Hit, Part
from milestone_desktop.chart.link_lines import NEARBY
from milestone_desktop.chart.outline import RowKind
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.table.look import ROW_HEIGHT, ROWS_PER_NOTCH, WHEEL_STEP
from milestone_desktop.desktop.table.ranges import RowRange
from milestone_desktop.desktop.timeline.axis import ZOOM_STEP, Axis
from milestone_desktop.desktop.timeline.ghost import Ghost, paint_ghost
from milestone_desktop.desktop.timeline.handles import paint_focus, paint_handles
from milestone_desktop.desktop.timeline.keys import Keys
from milestone_desktop.desktop.timeline.menus import Menus
from milestone_desktop.desktop.timeline.row_picture import RowPicture
from milestone_desktop.desktop.timeline.scenes import Scenes
from milestone_desktop.desktop.timeline.speaking import announce, spoken_row, tip_at
from milestone_desktop.desktop.timeline.tool import Tool
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.instants import Instant

MARGIN = 200
"""How far one can scroll beyond the first and the last date, in pixels; panning goes on without end."""


SEAM = 4
"""Pixels painted anew beside what has come into view: what is cut at an edge may look otherwise so near to it."""


class TimelineBody(QAbstractScrollArea):
    """activated: an activity is to be shown in the inspector; clicked: a row was pressed, with the keys held then; picked: one
    of those that share a row was; framed: activities were caught in a frame; made: a new row is to be named; sized: it has
    another width."""

    activated = Signal(int)
    clicked = Signal(int, Qt.KeyboardModifier)
    picked = Signal(int, Qt.KeyboardModifier)
    framed = Signal(list)
    made = Signal(int)
    sized = Signal()

    def __init__(self, model: RoadmapModel, axis: Axis, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.axis = axis
        self.scenes = scenes
        self.selected: list[RowRange] = []
        self.ghost: Ghost | None = None
        self.hovered: int | None = None
        self.hit: Hit | None = None
        self.link: int | None = None
        self._span: tuple[Instant, Instant] | None = None
        self._following = False
        self._picture = RowPicture(self)
        self.tool = Tool(self)
        self.keys = Keys(self)
        self.menus = Menus(self)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCornerWidget(QWidget())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("timeline")
        self.setAccessibleName(_("Timeline"))
        self.setAccessibleDescription(_("Everything shown here also stands in the table beside it."))
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.horizontalScrollBar().setSingleStep(40)
        axis.changed.connect(self._take_axis)
        axis.panned.connect(self._take_pan)
        model.rows_changed.connect(self.refresh)
        model.session.selection_changed.connect(self._take_selection)

    # what is where

    @property
    def top(self) -> int:
        """The y of the content that stands at the viewport's upper edge."""
        return self.verticalScrollBar().value()

    def row_at(self, y: float) -> int | None:
        """The row at a y of the viewport."""
        row = int((y + self.top) // ROW_HEIGHT)
        return row if 0 <= row < len(self.model.ids) else None

    def visible_rows(self) -> range:
        """The rows that are at least partly in view."""
        first = self.top // ROW_HEIGHT
        last = min((self.top + self.viewport().height() - 1) // ROW_HEIGHT, len(self.model.ids) - 1)
        return range(first, last + 1)

    def instant_at(self, x: float) -> Instant:
        return self.axis.scale.instant(x)

    def row_box(self, row: int) -> QRectF:
        """Where a row stands in the viewport."""
        return QRectF(0, row * ROW_HEIGHT - self.top, self.viewport().width(), ROW_HEIGHT)

    def hit_at(self, position: QPointF) -> Hit | None:
        """What lies under a place of the viewport."""
        row = self.row_at(position.y())
        return None if row is None else self.scenes.hit(row, position.x(), position.y() + self.top)

    def end_point(self, activity_id: int, *, at_start: bool) -> QPointF | None:
        """An end of an activity's bar, in the viewport; None where it is not shown or has no dates."""
        row, at, outline = self.model.row_of(activity_id), self.place_of(activity_id), self.model.rows.outline
        if row is None or at is None:
            return None
        column = outline.start if at_start and outline.kind[at] != RowKind.MILESTONE else outline.end
        if column[at] == NO_INSTANT:
            return None
        return QPointF(self.axis.scale.x(int(column[at])), self.row_box(row).center().y())

    def place_of(self, activity_id: int) -> int | None:
        """Where an activity stands in the outline's columns; None where it is not shown."""
        return self.model.rows.place_of(activity_id)

    def kind_of(self, activity_id: int) -> RowKind | None:
        """As what an activity is drawn; None where it is not shown."""
        at = self.place_of(activity_id)
        return None if at is None else RowKind(int(self.model.rows.outline.kind[at]))

    def activity_near(self, row: int, x: float) -> Activity | None:
        """The activity of a row; where several share it, the one that lies nearest to an x."""
        rows = self.model.rows
        places = rows.places_at(row)
        if len(places) < 2:
            return self.model.activity(row)
        moment = self.axis.scale.instant(x)
        away = np.maximum(rows.outline.start[places] - moment, moment - rows.outline.end[places])
        return self.model.session.plan.activity(int(rows.outline.ids[places[int(away.argmin())]]))

    def press_row(self, row: int, hit: Hit | None, modifiers: Qt.KeyboardModifier) -> None:
        """Selects what was pressed: a row, or one of those that share it."""
        if self.model.packed and hit is not None and hit.id > 0 and hit.part is not Part.LINK:
            self.picked.emit(hit.id, modifiers)
        else:
            self.clicked.emit(row, modifiers)

    def activity_in_hand(self) -> Activity | None:
        """The activity that the keyboard acts on."""
        return self.model.session.plan.activity(self.model.session.current)

    def content_height(self) -> int:
        """All rows, and the room below them where the table offers to add one."""
        return (len(self.model.ids) + 1) * ROW_HEIGHT

    def set_span(self, span: tuple[Instant, Instant] | None) -> None:
        """The first and last instant of the plan, between which the scroll bar moves."""
        self._span = span
        self._place_bars()

    # what is shown over the rows

    def set_selected(self, ranges: list[RowRange]) -> None:
        """Highlights these rows."""
        if ranges != self.selected:
            self.selected = ranges
            self.viewport().update()

    def set_ghost(self, ghost: Ghost | None) -> None:
        """Shows what a drag would do."""
        if ghost is not self.ghost:
            self.ghost = ghost
            self.viewport().update()

    def set_hovered(self, row: int | None, hit: Hit | None = None) -> None:
        """The pointer is over this row, and over this part of it."""
        same = row == self.hovered and (not self.model.packed or _owner(hit) == _owner(self.hit))
        self.hit = hit
        if not same:
            self._update_row(self.hovered)
            self._update_row(row)
            self.hovered = row
            self._guide()

    def select_link(self, dependency: int | None) -> None:
        """Marks a dependency line; None marks none."""
        if dependency != self.link:
            self.link = dependency
            self.scenes.marked_link = dependency
            self.viewport().update()

    def select_in(self, area: QRectF) -> None:
        """Selects the rows whose bars lie in an area of the viewport."""
        rows = self.model.rows
        first, last = (int((y + self.top) // ROW_HEIGHT) for y in (area.top(), area.bottom()))
        inside = range(max(first, 0), min(last, len(self.model.ids) - 1) + 1)
        early, late = self.axis.scale.instant(area.left()), self.axis.scale.instant(area.right())
        places = np.concatenate([rows.places_at(row) for row in inside]) if inside else rows.shown[:0]
        dated = places[rows.outline.end[places] != NO_INSTANT]
        caught = dated[(rows.outline.start[dated] <= late) & (rows.outline.end[dated] >= early)]
        self.framed.emit([row_id for row_id in rows.outline.ids[caught].tolist() if row_id > 0])

    def offer_pin(self, activity_id: int, where: QPoint) -> None:
        """What can be done with the pin of an activity."""
        self.menus.of_pin(activity_id, where)

    def refresh(self) -> None:
        """Paints anew: rows or dates have changed."""
        self._picture.forget()
        self._place_bars()
        self._speak()
        self.viewport().update()

    # Qt's events

    def sizeHint(self) -> QSize:
        return QSize(720, 480)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._picture.paint(painter, event.region())
        paint_handles(painter, self)
        paint_focus(painter, self)
        if self.ghost is not None:
            paint_ghost(painter, self.ghost, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.axis.width = self.viewport().width()
        self._place_bars()
        self.sized.emit()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Down and up, what is painted already is shifted, unless something lies over it that stays where it is."""
        if dx and not self._following:
            self.axis.pan(-dx)
        if dx and not dy:
            return  # whoever moves the axis has it painted
        if dx or self.ghost is not None or abs(dy) >= self.viewport().height():
            self.viewport().update()
        elif dy:
            if self.hovered is not None:
                self.set_hovered(None)
            self.viewport().scroll(0, dy)

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

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            return self._pinch(event)
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            words = "" if self.tool.dragging else tip_at(self, QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), words, self.viewport()) if words else QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.tool.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.tool.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.tool.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.tool.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menus.open(event)

    def leaveEvent(self, event: QEvent) -> None:
        self.set_hovered(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.keys.press(event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._speak()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    # parts

    def _pinch(self, event: QNativeGestureEvent) -> bool:
        """Two fingers on a touchpad zoom about the place between them."""
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self.axis.zoom(max(1 + event.value(), 0.1), event.position().x())
        return True

    def _update_row(self, row: int | None) -> None:
        if row is not None:
            self.viewport().update(self.row_box(row).toRect())

    def _take_selection(self) -> None:
        self._guide()
        self._speak()
        if self.model.packed:
            self.viewport().update()  # which of those that share a row are selected
            return
        self._update_row(self.model.row_of(self.model.session.current) if self.model.session.current is not None else None)

    def _guide(self) -> None:
        """The milestone under the pointer, or else the one in hand, has a line through all rows."""
        hovered = self.model.id_at(self.hovered) if self.hovered is not None and self.hovered < len(self.model.ids) else None
        if self.model.packed:
            hovered = _owner(self.hit)
        self.scenes.point_at(hovered if hovered is not None and hovered > 0 else self.model.session.current)
        if self.scenes.guides_changed():
            self.viewport().update()

    def _speak(self) -> None:
        """Tells a screen reader what the bar in hand says, where the timeline has the keyboard."""
        if self.hasFocus():
            announce(self, spoken_row(self, self.model.session.current))

    def _take_axis(self) -> None:
        self._place_bars()
        self.viewport().update()

    def _take_pan(self, dx: int) -> None:
        """What is painted is shifted, and only what has come into view is painted, and rows whose words stand elsewhere."""
        self._place_bars()
        view, rows = self.viewport(), self.visible_rows()
        moved = self.scenes.words_moved(rows[0], rows[-1], dx) if rows and not self._stands_still(dx) else None
        if moved is None:
            view.update()
            return
        self.set_hovered(None)
        view.scroll(-dx, 0)
        wide = abs(dx) + SEAM
        view.update(QRect(view.width() - wide if dx > 0 else 0, 0, wide, view.height()))
        for row in moved:  # and the rows around it: a link looks for its way around the words between its ends
            near = self.row_box(row).adjusted(0, -NEARBY * ROW_HEIGHT, 0, NEARBY * ROW_HEIGHT)
            view.update(near.toRect())

    def _stands_still(self, dx: int) -> bool:
        """Whether something that does not move along lies over the rows, or nothing that is painted stays in view."""
        current = self.model.session.current
        ends = [None if current is None else self.end_point(current, at_start=at_start) for at_start in (True, False)]
        framed = self.hasFocus() and None in ends  # the focus is drawn around everything, there being no bar
        return self.ghost is not None or framed or abs(dx) >= self.viewport().width()

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


def _owner(hit: Hit | None) -> int | None:
    """The activity that was hit."""
    return None if hit is None or hit.part is Part.LINK else hit.id


def _pixels(exact: int, turned: int) -> int:
    """How far a wheel's turn scrolls: what a touchpad gives in pixels, else three rows a notch."""
    return exact or round(turned / WHEEL_STEP * ROWS_PER_NOTCH * ROW_HEIGHT)
