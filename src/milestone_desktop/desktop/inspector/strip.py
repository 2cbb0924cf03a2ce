"""The strip of an explanation: the calendar days up to a date as segments, told apart by pattern as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text, say
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.scheduling.explain import Kind, Segment

BAR, GAP, LINE, SWATCH = 22, 8, 19, 14
_TOKENS = {Kind.WORK: "chart-2", Kind.WEEKEND: "hairline", Kind.HOLIDAY: "chart-4", Kind.LAG: "chart-3", Kind.WAITING: "surface"}
_PATTERNS = {
    Kind.WEEKEND: Qt.BrushStyle.BDiagPattern,
    Kind.HOLIDAY: Qt.BrushStyle.DiagCrossPattern,
    Kind.LAG: Qt.BrushStyle.VerPattern,
    Kind.WAITING: Qt.BrushStyle.Dense6Pattern,
}


def kind_words() -> dict[Kind, str]:
    """What days are spent on, in words."""
    return {
        Kind.WORK: _("work"),
        Kind.WEEKEND: _("weekend"),
        Kind.HOLIDAY: _("holiday"),
        Kind.LAG: _("lag"),
        Kind.WAITING: _("waiting"),
    }


def segment_text(session: Session, segment: Segment) -> str:
    """`5 days: work on “Sync engine”`; days that go back in time have a minus."""
    plan = session.plan
    row = plan.activity(segment.activity)
    title = row.title if row is not None else ""
    link = plan.get(Dependency, segment.dependency)
    match segment.kind:
        case Kind.WORK:
            told = _("work on “{title}”").format(title=title)
        case Kind.LAG if link is not None:
            ends = [end.title for row_id in (link.predecessor, link.successor) if (end := plan.activity(row_id)) is not None]
            told = _("{lag} between “{before}” and “{after}”").format(lag=say(segment.name), before=ends[0], after=ends[-1])
        case Kind.WAITING:
            told = _("“{title}” waits for {name}").format(title=title, name=say(segment.name))
        case _:
            told = _("{name}, in the calendar of “{title}”").format(name=say(segment.name), title=title)
    days = ngettext("{n} day", "{n} days", abs(segment.days))
    return _("{days}: {what}").format(days=f"−{days}" if segment.days < 0 else days, what=told)


class Strip(QWidget):
    """Segments as wide as their days, a legend with their sums below. Left and Right go from one to the next.

    pointed: the number of the segment under the mouse or the keyboard, -1 for none.
    """

    pointed = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.segments: tuple[Segment, ...] = ()
        self.at = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Where the days go"))
        session.theme_changed.connect(self.update)

    def show_segments(self, segments: Sequence[Segment]) -> None:
        """Shows another explanation."""
        if tuple(segments) != self.segments:
            self.segments = tuple(segments)
            self._point(-1)
        self.setVisible(bool(self.segments))
        self.setFixedHeight(self._height(self.width()))
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setFixedHeight(self._height(self.width()))

    def boxes(self) -> list[QRectF]:
        """Where the segments are drawn: as wide as their days, back in time or not, side by side without gaps."""
        days = sum(abs(segment.days) for segment in self.segments)
        found, left, room = [], 1.0, self.width() - 2.0
        for segment in self.segments:
            width = room * abs(segment.days) / days
            found.append(QRectF(left, 1, width, BAR - 2))
            left += width
        return found

    def legend(self) -> list[tuple[Kind, str]]:
        """The kinds that there are, with the sum of their days; together the calendar days of the sentence."""
        sums = {kind: sum(segment.days for segment in self.segments if segment.kind is kind) for kind in Kind}
        words = kind_words()
        return [
            (kind, _("{days} {what}").format(days=number_text(days).replace("-", "−"), what=words[kind]))
            for kind, days in sums.items()
            if any(segment.kind is kind for segment in self.segments)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._session.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = self.boxes()
        for segment, box in zip(self.segments, boxes, strict=True):
            self._draw(painter, box, segment.kind, back=segment.days < 0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color("input-border"), 1))
        painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, BAR - 1))
        if 0 <= self.at < len(boxes):
            painter.setPen(QPen(theme.color("focus"), 2))
            box = boxes[self.at]
            painter.drawRect(QRectF(max(1, box.left()), 1, max(3, box.width()), BAR - 2))
        elif self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(1, 1, self.width() - 2, BAR - 2))
        for (kind, text), spot in zip(self.legend(), self._spots(self.width()), strict=True):
            self._draw(painter, QRectF(spot.x(), spot.y() + 3, SWATCH, SWATCH - 2), kind, edge=True)
            painter.setPen(theme.color("text-muted"))
            painter.drawText(QRectF(spot.x() + SWATCH + 5, spot.y(), 400, LINE - 1), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            number = self._number_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._text(number), self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(self._number_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        self._point(self._number_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        if not self.hasFocus():
            self._point(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._point(max(self.at, 0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._point(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self.segments) - 1
        steps = {Qt.Key.Key_Left: self.at - 1, Qt.Key.Key_Right: self.at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None:
            super().keyPressEvent(event)
        else:
            self._point(min(max(wanted, 0), last))

    def _point(self, number: int) -> None:
        if number != self.at:
            self.at = number
            self.setAccessibleDescription(self._text(number))
            self.pointed.emit(number)
            self.update()

    def _text(self, number: int) -> str:
        return segment_text(self._session, self.segments[number]) if 0 <= number < len(self.segments) else ""

    def _number_at(self, point: QPointF) -> int:
        if not 0 <= point.y() <= BAR:
            return -1
        return next((n for n, box in enumerate(self.boxes()) if box.left() <= point.x() < box.right()), -1)

    def _draw(self, painter: QPainter, box: QRectF, kind: Kind, *, back: bool = False, edge: bool = False) -> None:
        theme = self._session.theme
        painter.fillRect(box, theme.color(_TOKENS[kind]))
        pattern = _PATTERNS.get(kind)
        if pattern is not None:
            light = kind in (Kind.WEEKEND, Kind.WAITING)
            ink = QColor(theme.color("text-muted" if light else "surface"))
            painter.fillRect(box, QBrush(ink, pattern))
        if back:
            painter.fillRect(QRectF(box.left(), box.bottom() - 4, box.width(), 4), theme.color("critical"))
        if edge:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("input-border"), 1))
            painter.drawRect(box)

    def _spots(self, width: int) -> list[QPointF]:
        """Where the entries of the legend begin, line by line."""
        spots, left, top = [], 0.0, float(BAR + GAP)
        for _kind, text in self.legend():
            room = SWATCH + 5 + self.fontMetrics().horizontalAdvance(text)
            if left and left + room > width:
                left, top = 0.0, top + LINE
            spots.append(QPointF(left, top))
            left += room + 14
        return spots

    def _height(self, width: int) -> int:
        spots = self._spots(max(width, 60))
        return int(spots[-1].y()) + LINE if spots else BAR
