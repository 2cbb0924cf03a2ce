"""What the tests of the timeline's gestures share: presses and moves with keys held down, and the menus of the rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from roadmap_desk import (
    activity,
)

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.instants import Instant

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def days(page: RoadmapPage, count: float) -> int:
    return round(count * page.axis.scale.pixels_per_day)


def edits(page: RoadmapPage) -> int:
    return len(page.session.document.history.undo_labels())


def send(page: RoadmapPage, kind: QEvent.Type, at: QPoint, keys: Qt.KeyboardModifier, held: Qt.MouseButton = LEFT) -> None:
    view = page.body.viewport()
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    place = QPointF(at)
    QApplication.sendEvent(view, QMouseEvent(kind, place, view.mapToGlobal(place), button, held, keys))


def drag_with(page: RoadmapPage, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier) -> list[str]:
    """Drags with keys held down; gives the words of the tip before the release."""
    send(page, QEvent.Type.MouseButtonPress, start, keys)
    send(page, QEvent.Type.MouseMove, start + QPoint(20, 0), keys)
    send(page, QEvent.Type.MouseMove, end, keys)
    words = [] if page.body.ghost is None else [page.body.ghost.words]
    send(page, QEvent.Type.MouseButtonRelease, end, keys, Qt.MouseButton.NoButton)
    QApplication.processEvents()
    return words


def dates(page: RoadmapPage, row_id: int) -> tuple[Instant | None, Instant | None]:
    return activity(page, row_id).start, activity(page, row_id).end


def menu(page: RoadmapPage) -> dict[str, QMenu]:
    """The entries of the open menu, by their text; the menu itself beside each."""
    (opened,) = [found for found in page.body.findChildren(QMenu) if found.isVisible() and found.parent() is page.body]
    return {action.text(): opened for action in opened.actions() if action.text()}


def choose(page: RoadmapPage, text: str) -> None:
    opened = menu(page)[text]
    next(action for action in opened.actions() if action.text() == text).trigger()
    opened.close()
    QApplication.processEvents()


def right_click(page: RoadmapPage, at: QPoint) -> None:
    view = page.body.viewport()
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
