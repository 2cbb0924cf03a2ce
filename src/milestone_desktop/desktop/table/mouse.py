"""The mouse over the table: selecting, dragging the bar of a progress cell, dragging rows to another place and level."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPen

from milestone_desktop.desktop.models.columns import Look
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.look import INDENT, ROW_HEIGHT, TEXT_MARGIN, TRIANGLE
from milestone_desktop.desktop.table.painter import GRIP, share_box, track_box, triangle_box
from milestone_desktop.domain.grouping import is_tree

if TYPE_CHECKING:
    from milestone_desktop.desktop.table.view import RoadmapTable

DRAG = 5
"""So far (px) the pointer goes before a press becomes a drag."""

REACH = 8
"""So near (px) to the bar of a progress cell a press takes hold of it."""

EDGE = 24
SCROLL_MS = 40
STEP = 10
"""Rows scroll while the pointer is so near (px) to an edge, every so many milliseconds, by so many px."""


class Mode(Enum):
    """What a press has begun."""

    NONE = 0
    RANGE = 1
    PROGRESS = 2
    ROWS = 3


@dataclass(frozen=True, slots=True)
class Drop:
    """Where dragged rows would go: between which rows, at which level; under `parent`, right after or before one of its
    children, or as its last. head: among groups, the id of the head of the one that they would go into, whose first row is
    `row`."""

    row: int
    level: int
    parent: int | None
    after: int | None = None
    before: int | None = None
    head: int | None = None


class TableMouse:
    """Presses, moves and releases of one table."""

    def __init__(self, table: RoadmapTable) -> None:
        self._table = table
        self._mode = Mode.NONE
        self._pressed = QPoint()
        self.row = -1
        self._moved = False
        self._place = QPoint()
        self.percent: int | None = None
        self.drop: Drop | None = None
        self._scroll = QTimer(table)
        self._scroll.setInterval(SCROLL_MS)
        self._scroll.timeout.connect(self._scroll_on)

    @property
    def dragging(self) -> bool:
        """Whether releasing would change something."""
        return self._moved and self._mode in (Mode.ROWS, Mode.PROGRESS)

    def press(self, event: QMouseEvent) -> None:
        """Begins to select, or takes hold of a bar or of rows."""
        table, place = self._table, event.position().toPoint()
        index = table.indexAt(place)
        if not index.isValid():
            return
        table.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed, self.row, self._moved, self._mode = place, index.row(), False, Mode.RANGE
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and index.column() == TITLE and self._on_share(index.row(), place):
            self._mode = Mode.NONE
            table.go_to(index.row(), TITLE)
            table.stepped.emit(index.row(), 1)
            return
        if plain and self._on_bar(index.row(), index.column(), place):
            self._mode = Mode.PROGRESS
        elif plain and index.column() == TITLE and table.can_drag() and self._on_grip(index.row(), place):
            self._mode = Mode.ROWS
            if table.is_selected(index.row()):
                return
        table.select_by_mouse(index, event.modifiers())

    def move(self, event: QMouseEvent) -> None:
        """Goes on with what was begun."""
        self._place = event.position().toPoint()
        if self._mode is Mode.NONE or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (self._place - self._pressed).manhattanLength() >= DRAG:
            self._begin()
        self._go_on()

    def release(self, event: QMouseEvent) -> None:
        """Does what was dragged; a press on a selected row that was no drag selects that row alone."""
        mode, row, moved, percent, drop = self._mode, self.row, self._moved, self.percent, self.drop
        self._end()
        if mode is Mode.PROGRESS and moved and percent is not None:
            self._table.progress_dragged.emit(row, percent)
        elif mode is Mode.ROWS and moved and drop is not None:
            self._table.rows_dropped.emit(drop)
        elif mode is Mode.ROWS and not moved:
            self._table.go_to(row, TITLE)

    def cancel(self) -> None:
        """Esc: nothing has happened."""
        self._end()

    def paint(self, painter: QPainter) -> None:
        """The line where dragged rows would go, from their level on; a frame around the group that they would go into."""
        if self.drop is None:
            return
        table, look = self._table, self._table.look
        if self.drop.head is not None:
            painter.setPen(QPen(look.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._group_box(self.drop.row))
            return
        y = table.rowViewportPosition(0) + self.drop.row * ROW_HEIGHT - 0.5 if table.rows.rowCount() else 0.0
        left = TEXT_MARGIN + self.drop.level * INDENT
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.accent, 2))
        painter.drawLine(QPointF(left + 4, y), QPointF(table.viewport().width(), y))
        painter.setBrush(look.surface)
        painter.drawEllipse(QPointF(left, y), 3.5, 3.5)

    def triangle_row(self, position: QPointF) -> int | None:
        """The row whose expander is at a place."""
        index = self._table.indexAt(position.toPoint())
        if not index.isValid() or index.column() != TITLE or not self._table.rows.is_parent(index.row()):
            return None
        cell = self._table.visualRect(index)
        box = triangle_box(cell.left(), cell.top(), self._table.rows.level(index.row()) * INDENT)
        return index.row() if box.contains(position) else None

    # inside

    def _on_share(self, row: int, place: QPoint) -> bool:
        """Whether a place lies on the count of those that share a row."""
        table = self._table
        share, cell = table.rows.cells(row).share, table.visualRect(table.rows.index(row, TITLE))
        return len(table.rows.shared_by(row)) > 1 and share_box(table.look, cell.right() + 1, cell.top(), share).contains(
            QPointF(place)
        )

    def _begin(self) -> None:
        if self._moved:
            return
        if self._mode is Mode.ROWS:
            problem = self._table.why_not_dragged()
            if problem is not None:
                self._end()
                self._table.note(problem)
                return
            self._table.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._moved = True
        if self._mode in (Mode.ROWS, Mode.RANGE):
            self._scroll.start()

    def _go_on(self) -> None:
        if self._mode is Mode.RANGE:
            index = self._table.indexAt(self._within(self._place))
            if index.isValid() and index != self._table.currentIndex():
                self._table.go_to(index.row(), index.column(), extend=True)
        elif self._mode is Mode.PROGRESS and self._moved:
            track = self._track(self.row)
            share = (self._place.x() - track.left()) / track.width()
            self.percent = max(0, min(100, round(share * 20) * 5))
            self._table.viewport().update()
        elif self._mode is Mode.ROWS and self._moved:
            self.drop = self._drop_at(self._place)
            self._table.viewport().update()

    def _end(self) -> None:
        self._scroll.stop()
        self._mode, self._moved, self.percent, self.drop = Mode.NONE, False, None, None
        self._table.viewport().unsetCursor()
        self._table.viewport().update()

    def _scroll_on(self) -> None:
        """Scrolls while something is dragged to the upper or lower edge."""
        height, y = self._table.viewport().height(), self._place.y()
        step = -STEP if y < EDGE else STEP if y > height - EDGE else 0
        if step:
            bar = self._table.verticalScrollBar()
            bar.setValue(bar.value() + step)
            self._go_on()

    def _on_grip(self, row: int, place: QPoint) -> bool:
        """Rows are dragged by the dots at their edge, by their sign, and by their title once they are selected."""
        if self._table.is_selected(row):
            return True
        level = self._table.rows.level(row)
        sign = TEXT_MARGIN + level * INDENT + (TRIANGLE if self._table.rows.is_parent(row) else 0)
        return place.x() < GRIP + 2 or sign <= place.x() < sign + 16

    def _on_bar(self, row: int, section: int, place: QPoint) -> bool:
        table = self._table
        if table.rows.column(section).look is not Look.PROGRESS or table.rows.refusal(row, section) is not None:
            return False
        return self._track(row).adjusted(-REACH, -REACH, REACH, REACH).contains(QPointF(place))

    def _track(self, row: int) -> QRectF:
        section = self._table.rows.section_of("progress") or 0
        return track_box(QRectF(self._table.visualRect(self._table.rows.index(row, section))))

    def _within(self, place: QPoint) -> QPoint:
        """The place nearest to another that lies over a row."""
        table = self._table
        room = table.viewport().rect()
        last = table.rowViewportPosition(table.rows.rowCount() - 1) + ROW_HEIGHT - 1
        return QPoint(max(0, min(place.x(), room.right())), max(0, min(place.y(), room.bottom(), last)))

    def _drop_at(self, place: QPoint) -> Drop | None:
        """Where rows would go with the pointer at a place; None where they cannot: below themselves."""
        rows = self._table.rows
        if not is_tree(rows.grouping):
            return self._group_at(place)
        top = self._table.verticalScrollBar().value()
        at = max(0, min(rows.rowCount(), round((place.y() + top) / ROW_HEIGHT)))
        least = rows.level(at) if at < rows.rowCount() else 0
        most = rows.level(at - 1) + 1 if at else 0
        level = max(least, min(most, round((place.x() - TEXT_MARGIN) / INDENT)))
        drop = self._drop(at, level)
        moved = set(self._table.dragged_ids())
        above = at - 1
        while drop is not None and above >= 0:
            if rows.level(above) < level and rows.id_at(above) in moved:
                return None
            parent = rows.parent_row(above)
            if parent is None:
                break
            above = parent
        return drop

    def _group_at(self, place: QPoint) -> Drop | None:
        """The group whose rows are at a place; None where that is the one that the rows are dragged from."""
        rows = self._table.rows
        row = self._table.indexAt(self._within(place)).row()
        head = self._head_row(row)
        if head is None or head == self._head_row(self.row):
            return None
        return Drop(head, rows.level(head), None, head=rows.id_at(head))

    def _head_row(self, row: int) -> int | None:
        """The row of the head above a row, or the row itself if it is one."""
        at: int | None = row if row >= 0 else None
        while at is not None and self._table.rows.id_at(at) > 0:
            at = self._table.rows.parent_row(at)
        return at

    def _group_box(self, head: int) -> QRectF:
        """The rows of a group with its head."""
        rows, top = self._table.rows.rows, self._table.rowViewportPosition(head)
        place = int(rows.shown[head])
        count = int(np.searchsorted(rows.shown, place + rows.outline.size[place])) - head
        return QRectF(1, top + 1, self._table.viewport().width() - 2, count * ROW_HEIGHT - 3)

    def _drop(self, at: int, level: int) -> Drop | None:
        rows = self._table.rows
        if at == 0:
            first = rows.id_at(0) if rows.rowCount() and rows.id_at(0) > 0 else None
            return Drop(0, 0, None, before=first)
        above = at - 1
        if level > rows.level(above):
            inside = rows.id_at(above)
            child = rows.id_at(at) if at < rows.rowCount() and rows.level(at) == level else None
            return Drop(at, level, inside if inside > 0 else None, before=child)
        while rows.level(above) > level:
            parent = rows.parent_row(above)
            if parent is None:
                return None
            above = parent
        activity = rows.activity(above)
        return None if activity is None else Drop(at, level, activity.parent, after=activity.id)
