"""Signs that stand for a state, always beside its word: colour is never the only sign."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap, QPolygonF

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.desktop.theme import Theme
from milestone_desktop.desktop.words import _
from milestone_desktop.domain.enums import Health, MilestoneKind, StateGroup
from milestone_desktop.reports.words import HEALTH_LOOKS

HEALTH_TOKENS = {health: f"health-{tone}" for health, (_sign, _word, tone) in HEALTH_LOOKS.items()}


def health_word(health: Health) -> str:
    """The word for a health."""
    return _(HEALTH_LOOKS[health][1])


def health_text(health: Health) -> str:
    """Sign and word: `! Late`."""
    return f"{HEALTH_LOOKS[health][0]} {health_word(health)}".strip()


def draw_group(painter: QPainter, box: QRectF, group: StateGroup, theme: Theme) -> None:
    """A ring for new, a half-filled one for going on, a tick for done."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    circle = QRectF(box.center().x() - 4.5, box.center().y() - 4.5, 9, 9)
    if group is StateGroup.DONE:
        painter.setPen(QPen(theme.color("health-completed"), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = box.center()
        points = [QPointF(-4, 0), QPointF(-1.2, 3), QPointF(4, -3.2)]
        painter.drawPolyline([middle + point for point in points])
        return
    colour = theme.color("accent" if group is StateGroup.IN_PROGRESS else "text-muted")
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    if group is StateGroup.IN_PROGRESS:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(circle, 90 * 16, 180 * 16)


TICK_SIDE = 15


def draw_tick_box(painter: QPainter, middle: QPointF, theme: Theme, *, done: bool, enabled: bool) -> None:
    """A box that is ticked off: its edge and its tick stand out in every theme."""
    box = QRectF(middle.x() - TICK_SIDE / 2, middle.y() - TICK_SIDE / 2, TICK_SIDE, TICK_SIDE)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill, edge = ("accent", "accent") if done else ("input", "input-border")
    painter.setPen(QPen(theme.color(edge if enabled else "hairline"), 1.2))
    painter.setBrush(theme.color(fill if enabled or not done else "text-disabled"))
    painter.drawRoundedRect(box.adjusted(0.6, 0.6, -0.6, -0.6), 4, 4)
    if done:
        round_ = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(theme.color("accent-text"), 1.9, Qt.PenStyle.SolidLine, round_, Qt.PenJoinStyle.RoundJoin))
        painter.drawPolyline([middle + QPointF(-3.6, 0.2), middle + QPointF(-1.0, 3.0), middle + QPointF(3.8, -2.8)])


def draw_milestone(
    painter: QPainter, centre: QPointF, radius: float, kind: MilestoneKind, colour: QColor, *, filled: bool
) -> None:
    """A milestone's sign in the shape of its kind: filled once completed."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, 1.7, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(QBrush(colour) if filled else QBrush(Qt.BrushStyle.NoBrush))
    points = mark_points(kind, centre.x(), centre.y(), radius)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))


def draw_item(painter: QPainter, centre: QPointF, colour: QColor) -> None:
    """A work item's sign: a small square."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRoundedRect(QRectF(centre.x() - 4.5, centre.y() - 4.5, 9, 9), 2.5, 2.5)


def draw_track(painter: QPainter, box: QRectF, percent: int, theme: Theme) -> None:
    """A thin bar filled to `percent`; anything at all that is done shows."""
    round_ = box.height() / 2
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("progress-track"))
    painter.drawRoundedRect(box, round_, round_)
    if percent > 0:
        painter.setBrush(theme.color("bar-progress"))
        filled = max(box.height(), box.width() * percent / 100)
        painter.drawRoundedRect(QRectF(box.left(), box.top(), filled, box.height()), round_, round_)


def progress_ring(percent: int | None, colour: QColor, track: QColor, size: int, ratio: float) -> QPixmap:
    """A ring filled clockwise from the top; `size` logical pixels wide."""
    pixmap = QPixmap(math.ceil(size * ratio), math.ceil(size * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = 2.6
    box = QRectF(width / 2 + 0.5, width / 2 + 0.5, size - width - 1, size - width - 1)
    painter.setPen(QPen(track, width))
    painter.drawEllipse(box)
    if percent:
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.drawArc(box, 90 * 16, -round(360 * 16 * percent / 100))
    painter.end()
    return pixmap


def semibold(font: QFont) -> QFont:
    """The same font, half bold."""
    strong = QFont(font)
    strong.setWeight(QFont.Weight.DemiBold)
    return strong
