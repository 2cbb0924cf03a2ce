"""The trend chart on the screen: hover or arrow keys tell of a point, a click takes its milestone in hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from milestone_desktop.chart.trend import Curve, Drawing, Place, trend_drawing
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.desktop.words import LocaleDates, _

NEAR = 11.0
"""Pixels within which the pointer means a point."""


class TrendView(QWidget):
    """Some curves. The milestone in hand is the session's.

    pointed: another point is pointed at, by mouse or keys: milestone and number of the point (-1 for none); opened: Enter
    or a double click on a milestone.
    """

    pointed = Signal(int, int)
    opened = Signal(int)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.curves: tuple[Curve, ...] = ()
        self.point: tuple[int, int] | None = None
        self._inks = Inks(session.theme)
        self._drawing: Drawing | None = None
        self._dates = LocaleDates()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(360, 240)
        self.setAccessibleName(_("Milestone trend chart"))
        self.setAccessibleDescription(_("Report dates across, milestone dates upwards. “As table” shows the same as a table."))
        session.theme_changed.connect(self._recolour)
        session.selection_changed.connect(self._redraw)

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Shows other curves; the point pointed at is forgotten."""
        self.curves = tuple(curves)
        self.point = None
        self._redraw()

    def drawing(self, width: float | None = None, height: float | None = None) -> Drawing:
        """The chart in the widget's size, or in another for a picture."""
        if width is not None and height is not None:
            return self._made(width, height)
        if self._drawing is None:
            self._drawing = self._made(self.width(), self.height())
        return self._drawing

    def place_of(self, milestone: int, number: int) -> QPointF | None:
        """Where a point stands."""
        for place in self.drawing().places:
            if (place.curve, place.number) == (milestone, number):
                return QPointF(place.x, place.y)
        return None

    def sizeHint(self) -> QSize:
        return QSize(760, 520)

    # Qt's own

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawing = None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.session.theme
        painter.fillRect(self.rect(), theme.color("surface"))
        paint(painter, self.drawing().scene.shapes(), self._inks)
        place = self._pointed_place()
        if place is not None:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(QPointF(place.x, place.y), 8, 8)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("focus"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(0.5, 0.5, self.width() - 1, self.height() - 1))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            if self._near(QPointF(event.pos())) is not None and self.toolTip():
                QToolTip.showText(event.globalPos(), self.toolTip(), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        found = None if place is None else (place.curve, place.number)
        if found is not None and found != self.point:
            self._point_at(found)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        if event.button() == Qt.MouseButton.LeftButton:
            chosen = place.curve if place is not None else self._label_at(event.position())
            if chosen is not None:
                self.session.select([chosen])

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        place = self._near(event.position())
        chosen = place.curve if place is not None else self._label_at(event.position())
        if chosen is not None:
            self.opened.emit(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from report to report, up and down to another milestone, Enter opens it."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._step(-1 if key == Qt.Key.Key_Left else 1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._switch(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._in_hand() is not None:
            curve = self._in_hand()
            assert curve is not None
            self._point_at((curve.id, 0 if key == Qt.Key.Key_Home else len(curve.points) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._in_hand() is not None:
            curve = self._in_hand()
            assert curve is not None
            self.opened.emit(curve.id)
        else:
            super().keyPressEvent(event)

    # inside

    def _made(self, width: float, height: float) -> Drawing:
        hand = self.session.current
        known = hand if any(curve.id == hand for curve in self.curves) else None
        return trend_drawing(self.curves, width, height, self.session.today(), self._dates, self._inks.measure, known)

    def _in_hand(self) -> Curve | None:
        chosen = self.point[0] if self.point is not None else self.session.current
        known = next((curve for curve in self.curves if curve.id == chosen and curve.points), None)
        return known or next((curve for curve in self.curves if curve.points), None)

    def _step(self, by: int) -> None:
        curve = self._in_hand()
        if curve is not None:
            here = self.point[1] if self.point is not None and self.point[0] == curve.id else len(curve.points)
            self._point_at((curve.id, min(max(here + by, 0), len(curve.points) - 1)))

    def _switch(self, by: int) -> None:
        """Goes to the curve above or below, by the order of their ends."""
        shown = sorted((curve for curve in self.curves if curve.points), key=lambda curve: -curve.points[-1][1])
        curve = self._in_hand()
        if curve is not None:
            other = shown[min(max(shown.index(curve) + by, 0), len(shown) - 1)]
            self.session.select([other.id])
            self._point_at((other.id, len(other.points) - 1))

    def _point_at(self, point: tuple[int, int]) -> None:
        self.point = point
        self.pointed.emit(*point)
        self.update()

    def _pointed_place(self) -> Place | None:
        return next((place for place in self.drawing().places if (place.curve, place.number) == self.point), None)

    def _near(self, position: QPointF) -> Place | None:
        best = min(
            self.drawing().places,
            key=lambda place: (place.x - position.x()) ** 2 + (place.y - position.y()) ** 2,
            default=None,
        )
        if best is None or (best.x - position.x()) ** 2 + (best.y - position.y()) ** 2 > NEAR**2:
            return None
        return best

    def _label_at(self, position: QPointF) -> int | None:
        from milestone_desktop.chart.shapes import Text, text_box

        for shape in self.drawing().scene.layer("labels"):
            if isinstance(shape, Text) and shape.owner is not None:
                box = text_box(shape, self._inks.measure)
                if box.grown(3).contains(position.x(), position.y()):
                    return shape.owner
        return None

    def _redraw(self) -> None:
        self._drawing = None
        self.update()

    def _recolour(self) -> None:
        self._inks = Inks(self.session.theme)
        self._redraw()
