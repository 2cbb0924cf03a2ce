"""What the mouse does in the timeline: select, move, stretch, set progress, link, create, pan. Escape takes a drag back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication

from milestone_desktop.chart.hit import Hit, Part
from milestone_desktop.chart.outline import RowKind
from milestone_desktop.desktop.linking import attempt_link
from milestone_desktop.desktop.table.look import ROW_HEIGHT
from milestone_desktop.desktop.timeline.creating import Span, add_milestone_on
from milestone_desktop.desktop.timeline.following import Followers, Following
from milestone_desktop.desktop.timeline.gestures import Gesture, Move, SetProgress, Stretch, free_step
from milestone_desktop.desktop.timeline.ghost import BAR_HEIGHT, Ghost
from milestone_desktop.desktop.timeline.linking import Link
from milestone_desktop.desktop.words import _, day_text
from milestone_desktop.domain.activities import Activity, WorkItem
from milestone_desktop.domain.instants import day_of

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

CURSORS = {
    Part.BODY: Qt.CursorShape.OpenHandCursor,
    Part.START_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.END_EDGE: Qt.CursorShape.SizeHorCursor,
    Part.PROGRESS: Qt.CursorShape.SplitHCursor,
    Part.LINK_START: Qt.CursorShape.CrossCursor,
    Part.LINK_END: Qt.CursorShape.CrossCursor,
    Part.PIN: Qt.CursorShape.PointingHandCursor,
    Part.LINK: Qt.CursorShape.PointingHandCursor,
}
CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
EDGE = 28
"""Pixels from the edge of the view in which a drag scrolls it, unless it began there."""

SCROLL_MS = 30
SCROLL_PIXELS = 14


class Tool(QObject):
    """One press, its moves and its release. A drag begins once the pointer has left the place where it was pressed."""

    def __init__(self, body: TimelineBody) -> None:
        super().__init__(body)
        self._body = body
        self._pressed: QPointF | None = None
        self._modifiers = Qt.KeyboardModifier.NoModifier
        self._panning: QPointF | None = None
        self._hit: Hit | None = None
        self._row: int | None = None
        self._click_waits = False
        self._gesture: Gesture | Span | None = None
        self._link: Link | None = None
        self._frame = self._day = False
        self._following: Following | None = None
        self._last: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self._scroller = QTimer(self)
        self._scroller.setInterval(SCROLL_MS)
        self._scroller.timeout.connect(self._scroll_along)

    @property
    def dragging(self) -> bool:
        """Whether a release would do something."""
        return self._gesture is not None or self._link is not None or self._frame or self._day

    @property
    def busy(self) -> bool:
        """Whether something is dragged, be it the view."""
        return self.dragging or self._panning is not None

    # the mouse

    def press(self, event: QMouseEvent) -> None:
        position, body = event.position(), self._body
        if event.button() == Qt.MouseButton.MiddleButton:
            self._start_panning(position)
            return
        self._row, self._hit = body.row_at(position.y()), body.hit_at(position)
        body.select_link(self._hit.id if self._hit is not None and self._hit.part is Part.LINK else None)
        if self._hit is not None and self._hit.part is Part.LINK:
            return
        modifiers = event.modifiers() & (CONTROL | SHIFT | ALT)
        # A drag that begins here may be about all that is selected, or mean something else: then the click waits.
        self._click_waits = self._row is not None and self._may_drag_on(modifiers)
        if self._row is not None and not self._click_waits:
            body.press_row(self._row, self._hit, modifiers)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._modifiers = position, modifiers

    def move(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._panning is not None:
            self._pan(position)
        elif self.dragging:
            self._follow(position, event.modifiers())
            self._scroller.start() if self._at_edge(position) else self._scroller.stop()
        elif self._pressed is not None:
            far = (position - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and self._begin():
                self._follow(position, event.modifiers())
        else:
            self._point(position)

    def release(self, event: QMouseEvent) -> None:
        self._scroller.stop()
        if self._panning is not None:
            self._panning = None
            self._forget()
            self._point(event.position())
            return
        if self._click_waits and not self.dragging and self._row is not None and self._pressed is not None:
            self._body.press_row(self._row, self._hit, self._modifiers)
        if self.dragging:
            self._commit()
        elif self._hit is not None and self._hit.part is Part.PIN and self._pressed is not None:
            self._body.offer_pin(self._hit.id, event.globalPosition().toPoint())
        self._forget()
        self._body.set_ghost(None)
        self._point(event.position())

    def double_click(self, event: QMouseEvent) -> None:
        """On a bar or its words: the inspector. On empty ground: a new milestone on that day."""
        body, position = self._body, event.position()
        row, hit = body.row_at(position.y()), body.hit_at(position)
        self._forget()
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if hit is not None and hit.part is not Part.LINK:
            if hit.id > 0:
                body.activated.emit(hit.id)
        elif hit is None:
            self._add_milestone(position, row)

    def cancel(self) -> None:
        """Nothing happens; the button may still be down."""
        self._scroller.stop()
        self._forget()
        self._body.set_ghost(None)
        self._body.viewport().unsetCursor()

    # parts

    def _may_drag_on(self, modifiers: Qt.KeyboardModifier) -> bool:
        if self._hit is None:
            return bool(modifiers & (CONTROL | SHIFT))
        return modifiers == Qt.KeyboardModifier.NoModifier and self._hit.id in self._body.model.session.selection

    def _begin(self) -> bool:
        """Starts the drag that the place and the keys of the press stand for."""
        pressed, session = self._pressed, self._body.model.session
        if pressed is None:
            return False
        if self._hit is None and self._modifiers & SHIFT:
            self._frame = True
        elif session.only_read() is not None or (self._hit is None and not self._modifiers & CONTROL and not self._is_bare()):
            self._pressed = None
            self._start_panning(pressed)
            return False
        elif self._hit is None and self._modifiers & CONTROL:
            self._day = session.project is not None
        elif self._hit is None:
            self._begin_span(pressed)
        elif self._modifiers in (Qt.KeyboardModifier.NoModifier, ALT):
            self._begin_gesture(self._hit, pressed)
        if not self.dragging:
            self._pressed = None
        self._body.setFocus(Qt.FocusReason.MouseFocusReason)
        return self.dragging

    def _begin_gesture(self, hit: Hit, pressed: QPointF) -> None:
        body, session = self._body, self._body.model.session
        activity = session.plan.activity(hit.id)
        if activity is None:
            return
        moment = body.instant_at(pressed.x())
        chosen = session.selection if hit.id in session.selection else (hit.id,)
        if hit.part is Part.BODY:
            self._gesture = Move(session, activity, chosen, moment)
        elif hit.part in (Part.START_EDGE, Part.END_EDGE):
            self._gesture = Stretch(session, activity, chosen, moment, at_start=hit.part is Part.START_EDGE)
        elif hit.part is Part.PROGRESS and isinstance(activity, WorkItem):
            self._gesture = SetProgress(session, activity)
        elif hit.part in (Part.LINK_START, Part.LINK_END):
            self._link = Link(session, activity, from_start=hit.part is Part.LINK_START)
        if isinstance(self._gesture, (Move, Stretch)):
            self._following = Following(session, activity)

    def _begin_span(self, pressed: QPointF) -> None:
        body, session = self._body, self._body.model.session
        activity = None if self._row is None else body.model.activity(self._row)
        project = session.project
        if project is not None:
            self._gesture = Span(session, project, activity, body.instant_at(pressed.x()))

    def _is_bare(self) -> bool:
        """Whether a bar may be drawn where the press was: below the rows, or in a row that has no dates."""
        body = self._body
        if body.model.session.project is None:
            return False
        if self._row is None:
            return True
        activity = body.model.activity(self._row)
        return activity is not None and activity.end is None and activity.start is None and not body.model.is_parent(self._row)

    def _follow(self, position: QPointF, modifiers: Qt.KeyboardModifier) -> None:
        """Shows what a release here would do."""
        body = self._body
        self._last = (position, modifiers)
        if self._link is not None:
            body.set_ghost(self._link_ghost(self._link, position))
        elif self._frame and self._pressed is not None:
            body.set_ghost(Ghost("", position, changes=True, area=QRectF(self._pressed, position).normalized()))
        elif self._day:
            day = day_of(body.instant_at(position.x()))
            words = _("New milestone on {date}").format(date=day_text(day, body.model.session.today(), weekday=True))
            body.set_ghost(Ghost(words, position, changes=True))
        elif self._gesture is not None:
            step = free_step(body.axis.scale.pixels_per_day) if modifiers & ALT else None
            body.set_ghost(self._gesture_ghost(self._gesture, position, step))
        self._show_cursor(self._cursor_of_drag())

    def _cursor_of_drag(self) -> Qt.CursorShape:
        """What is held, is drawn, or cannot be had where the pointer is."""
        ghost = self._body.ghost
        if ghost is not None and ghost.problem:
            return Qt.CursorShape.ForbiddenCursor
        if isinstance(self._gesture, Move):
            return Qt.CursorShape.ClosedHandCursor
        if isinstance(self._gesture, (Stretch, SetProgress)) and self._hit is not None:
            return CURSORS[self._hit.part]
        return Qt.CursorShape.CrossCursor

    def _show_cursor(self, shape: Qt.CursorShape) -> None:
        view = self._body.viewport()
        if view.cursor().shape() != shape:
            view.setCursor(QCursor(shape))

    def _gesture_ghost(self, gesture: Gesture | Span, position: QPointF, step: int | None) -> Ghost:
        body = self._body
        proposal = gesture.at(body.instant_at(position.x()), step)
        if isinstance(gesture, Span):
            left, right = (body.axis.scale.x(moment) for moment in gesture.dates())
            top = position.y() - BAR_HEIGHT / 2 if self._row is None else body.row_box(self._row).center().y() - BAR_HEIGHT / 2
            area = QRectF(left, top, max(right - left, 2.0), BAR_HEIGHT)
            return Ghost(proposal.words, position, proposal.changes, area=area)
        followers = self._following.of(proposal.places) if self._following is not None else Followers()
        progress = None
        if proposal.percent is not None and gesture.activity.start is not None and gesture.activity.end is not None:
            left, right = body.axis.scale.x(gesture.activity.start), body.axis.scale.x(gesture.activity.end)
            progress = (gesture.activity.id, left + (right - left) * proposal.percent / 100)
        return Ghost(
            proposal.words, position, proposal.changes, followers.words, followers.problem, proposal.places, followers.places,
            progress,
        )  # fmt: skip

    def _link_ghost(self, link: Link, position: QPointF) -> Ghost:
        body = self._body
        row = body.row_at(position.y())
        target, to_start = self._link_target(position, row)
        words = link.over(target, to_start=to_start)
        begin = body.end_point(link.activity.id, at_start=link.from_start)
        changes = link.target is not None and not link.problem
        return Ghost(words, position, changes, problem=link.problem, link=(begin, position) if begin is not None else None)

    def _link_target(self, position: QPointF, row: int | None) -> tuple[Activity | None, bool]:
        """The activity under the pointer, and whether the nearer end of its bar is the start."""
        body = self._body
        activity = None if row is None else body.activity_near(row, position.x())
        if activity is None:
            return None, True
        begin, end = body.end_point(activity.id, at_start=True), body.end_point(activity.id, at_start=False)
        if begin is None or end is None or body.kind_of(activity.id) is RowKind.MILESTONE:
            return activity, True
        return activity, position.x() <= (begin.x() + end.x()) / 2

    def _commit(self) -> None:
        """Does what the ghost shows."""
        body, ghost, session = self._body, self._body.ghost, self._body.model.session
        if self._link is not None and self._link.problem:
            session.failed.emit(self._link.problem)
        if ghost is None or not ghost.changes:
            return
        if self._frame and ghost.area is not None:
            body.select_in(ghost.area)
        elif self._day:
            self._add_milestone(ghost.pointer, self._row)
        elif self._link is not None:
            after = self._link.target
            attempt_link(session, self._link.label, self._link.commit, [] if after is None else [after.id])
        elif self._gesture is not None and session.attempt(self._gesture.label, self._gesture.commit):
            made = self._gesture.made if isinstance(self._gesture, Span) else None
            if made is not None:
                session.select([made])
                body.made.emit(made)

    def _add_milestone(self, position: QPointF, row: int | None) -> None:
        body, session = self._body, self._body.model.session
        project = session.project
        if project is None or session.only_read() is not None:
            return
        below = None if row is None else body.model.activity(row)
        made = add_milestone_on(session, project, day_of(body.instant_at(position.x())), below)
        if made is not None:
            session.select([made])
            body.made.emit(made)

    def _start_panning(self, position: QPointF) -> None:
        self._panning = position
        self._body.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _pan(self, position: QPointF) -> None:
        if self._panning is None:
            return
        moved = position - self._panning
        self._panning = position
        self._body.axis.pan(-round(moved.x()))
        bar = self._body.verticalScrollBar()
        bar.setValue(bar.value() - round(moved.y()))

    def _at_edge(self, position: QPointF) -> bool:
        dx, dy = self._push(position)
        return bool(dx or dy)

    def _push(self, position: QPointF) -> tuple[int, int]:
        """How far the view is to be scrolled for a pointer at its edge."""
        view, pressed = self._body.viewport(), self._pressed if self._pressed is not None else position
        across = _pushed(position.x(), pressed.x(), view.width())
        down = _pushed(position.y(), pressed.y(), view.height())
        moves_rows = self._link is not None or self._frame
        return across * SCROLL_PIXELS, (down * ROW_HEIGHT // 2 if moves_rows else 0)

    def _scroll_along(self) -> None:
        """Scrolls while the pointer is held at the edge, and lets the drag follow."""
        if self._last is None or not self.dragging:
            self._scroller.stop()
            return
        position, modifiers = self._last
        dx, dy = self._push(position)
        bar = self._body.verticalScrollBar()
        before = bar.value()
        bar.setValue(before + dy)
        self._body.axis.pan(dx)
        if self._pressed is not None:
            self._pressed -= QPointF(dx, bar.value() - before)
        self._follow(position, modifiers)

    def _forget(self) -> None:
        self._gesture = self._link = self._following = self._pressed = self._last = None
        self._panning = None
        self._frame = self._day = self._click_waits = False

    def _point(self, position: QPointF) -> None:
        """Shows by the cursor what a drag would do here, and the handles of the bar under the pointer."""
        body = self._body
        hit = body.hit_at(position)
        body.set_hovered(body.row_at(position.y()), hit)
        shape = None if hit is None else CURSORS.get(hit.part)
        if shape is None or body.model.session.only_read() is not None:
            body.viewport().unsetCursor()
        else:
            body.viewport().setCursor(QCursor(shape))


def _pushed(at: float, began: float, size: int) -> int:
    """−1 or 1 where a pointer has come to an edge of the view, or has left it."""
    if at < (EDGE if began >= EDGE else 0):
        return -1
    return 1 if at > (size - EDGE if began <= size - EDGE else size) else 0
