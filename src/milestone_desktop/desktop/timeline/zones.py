"""Which part of a bar or diamond lies under the pointer. Taken from the row map, so it holds at any zoom."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

from milestone_desktop.chart.rows import NO_INSTANT, RowKind
from milestone_desktop.desktop.table.look import ROW_HEIGHT

if TYPE_CHECKING:
    from milestone_desktop.desktop.timeline.body import TimelineBody

EDGE = 6.0
HANDLE = 16.0
DIAMOND = 9.0
"""Pixels: how near its end a bar is taken by the end, how far the handle reaches beyond it, how large a diamond is."""


class Zone(Enum):
    """What a press would take hold of."""

    NONE = "none"
    BODY = "body"
    END = "end"
    HANDLE = "handle"


def zone_at(body: TimelineBody, row: int, position: QPointF) -> Zone:
    """The zone of a row at a position of the viewport."""
    rows = body.model.rows
    shown = rows.shown[row]
    start, end = int(rows.outline.start[shown]), int(rows.outline.end[shown])
    kind = rows.kind_at(row)
    if end == NO_INSTANT or kind in (RowKind.PROJECT, RowKind.GROUP):
        return Zone.NONE
    middle = row * ROW_HEIGHT - body.top + ROW_HEIGHT / 2
    if abs(position.y() - middle) > ROW_HEIGHT / 2 - 4:
        return Zone.NONE
    right = body.axis.scale.x(end)
    milestone = body.model.is_milestone(row)
    if milestone:
        if abs(position.x() - right) <= DIAMOND:
            return Zone.BODY
        return Zone.HANDLE if DIAMOND < position.x() - right <= DIAMOND + HANDLE - 6 else Zone.NONE
    left = body.axis.scale.x(start) if start != NO_INSTANT else right
    if right < position.x() <= right + HANDLE:
        return Zone.HANDLE
    if not left - 2 <= position.x() <= right:
        return Zone.NONE
    if kind is RowKind.PARENT:
        return Zone.BODY
    return Zone.END if right - position.x() <= min(EDGE, (right - left) / 3) else Zone.BODY


def handle_point(body: TimelineBody, row: int) -> QPointF | None:
    """Where the handle of a row is drawn, in the viewport; None where it has none."""
    rows = body.model.rows
    end = int(rows.outline.end[rows.shown[row]])
    if end == NO_INSTANT or body.model.activity(row) is None:
        return None
    gap = DIAMOND + 4 if body.model.is_milestone(row) else 8
    return QPointF(body.axis.scale.x(end) + gap, row * ROW_HEIGHT - body.top + ROW_HEIGHT / 2)
