"""What the mouse does in the timeline: select, move, change an end, link, pan. Escape takes a drag back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QCursor, QMouseEvent
from PySide6.QtWidgets import QApplication

from milestone_desktop.desktop.timeline.gestures import ChangeEnd, DateGesture, Link, Move
from milestone_desktop.desktop.timeline.ghost import Ghost
from milestone_desktop.desktop.timeline.zones import Zone, zone_at
from milestone_desktop.domain.activities import Activity

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

CURSORS = {
    Zone.BODY: Qt.CursorShape.OpenHandCursor,
    Zone.END: Qt.CursorShape.SizeHorCursor,
    Zone.HANDLE: Qt.CursorShape.CrossCursor,
}


class Tool:
    """One press, its moves and its release. A drag begins once the pointer has left the place where it was pressed."""

    def __init__(self, body: TimelineBody) -> None:
        self._body = body
        self._pressed: QPointF | None = None
        self._panning: QPointF | None = None
        self._zone = Zone.NONE
        self._activity: Activity | None = None
        self._gesture: DateGesture | Link | None = None

    @property
    def dragging(self) -> bool:
        return self._gesture is not None

    def press(self, event: QMouseEvent) -> None:
        position = event.position()
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = position
            self._body.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        row = self._body.row_at(position.y())
        if row is None:
            return
        self._body.clicked.emit(row, event.modifiers())
        if event.button() == Qt.MouseButton.LeftButton and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._pressed = position
            self._zone = zone_at(self._body, row, position)
            self._activity = self._body.model.activity(row)

    def move(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._panning is not None:
            self._pan(position)
        elif self._gesture is not None:
            self._follow(position)
        elif self._pressed is not None:
            far = (position - self._pressed).manhattanLength() >= QApplication.startDragDistance()
            if far and self._begin():
                self._follow(position)
        else:
            self._point(position)

    def release(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.MiddleButton:
            self._panning = None
            self._point(event.position())
            return
        gesture, self._gesture, self._pressed = self._gesture, None, None
        ghost = self._body.ghost
        self._body.set_ghost(None)
        if gesture is not None and ghost is not None and ghost.changes:
            self._body.model.session.attempt(gesture.label, gesture.commit)
        self._point(event.position())

    def cancel(self) -> None:
        """Nothing happens; the button may still be down."""
        self._gesture = self._pressed = None
        self._body.set_ghost(None)
        self._body.viewport().unsetCursor()

    # parts

    def _begin(self) -> bool:
        """Starts the drag that the zone under the press stands for."""
        activity, pressed = self._activity, self._pressed
        session = self._body.model.session
        if activity is None or pressed is None or session.document.read_only or self._zone is Zone.NONE:
            self._pressed = None
            return False
        moment = self._body.instant_at(pressed.x())
        work = session.facts.times.of_activity(activity)
        if self._zone is Zone.HANDLE:
            self._gesture = Link(activity)
        elif self._zone is Zone.END:
            self._gesture = ChangeEnd(activity, work, moment, session.today())
        else:
            self._gesture = Move(activity, work, moment, session.today())
        self._body.setFocus(Qt.FocusReason.MouseFocusReason)
        return True

    def _follow(self, position: QPointF) -> None:
        gesture = self._gesture
        if isinstance(gesture, Link):
            row = self._body.row_at(position.y())
            words = gesture.over(self._body.model.activity(row) if row is not None else None)
            self._body.set_ghost(Ghost(gesture.activity, words, position, gesture.target is not None, link_to=position))
        elif gesture is not None:
            proposal = gesture.at(self._body.instant_at(position.x()))
            self._body.set_ghost(
                Ghost(gesture.activity, proposal.words, position, proposal.changes, proposal.start, proposal.end)
            )

    def _pan(self, position: QPointF) -> None:
        if self._panning is None:
            return
        moved = position - self._panning
        self._panning = position
        self._body.axis.pan(-round(moved.x()))
        bar = self._body.verticalScrollBar()
        bar.setValue(bar.value() - round(moved.y()))

    def _point(self, position: QPointF) -> None:
        """Shows by the cursor what a drag would do here, and the handle from which a dependency is dragged."""
        row = self._body.row_at(position.y())
        zone = Zone.NONE if row is None else zone_at(self._body, row, position)
        self._body.set_hovered(row)
        shape = CURSORS.get(zone)
        if shape is None or self._body.model.session.document.read_only:
            self._body.viewport().unsetCursor()
        else:
            self._body.viewport().setCursor(QCursor(shape))
