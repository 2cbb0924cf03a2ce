"""Dragging a milestone along its lane: where it would come to stand, what would follow, and why it cannot where it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from milestone_desktop.chart.bands import LANE_MARK
from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.timeline.following import Dates, Followers, Following
from milestone_desktop.desktop.timeline.gestures import Move, Proposal
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import Instant

GHOST = LANE_MARK + 1.5
STRONG, FAINT = 60, 30
"""How much of its colour a ghost is filled with, of 255: the milestone that is dragged, and what follows it."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """How ghosts are drawn. place_of: where a milestone stands now in the viewport; left: px at which the time axis begins."""

    scale: TimeScale
    left: float
    place_of: Callable[[int], QPointF | None]


class LaneDrag:
    """One drag. The schedule is taken once, when it begins."""

    def __init__(self, session: Session, milestone: Milestone, pressed: Instant) -> None:
        self._session = session
        self._move = Move(session, milestone, [milestone.id], pressed)
        self._following = Following(session, milestone)
        self._proposal = Proposal("", changes=False)
        self._followers = Followers()
        self.pointer = QPointF()

    def to(self, moment: Instant, pointer: QPointF) -> None:
        """The pointer has come to an instant."""
        self.pointer = pointer
        self._proposal = self._move.at(moment, None)
        self._followers = self._following.of(self._proposal.places)

    @property
    def lines(self) -> tuple[str, str, str]:
        """Old → new, how many rows follow, and what is wrong with it; "" for nothing."""
        return self._proposal.words, self._followers.words, self._followers.problem

    @property
    def followers(self) -> Mapping[int, Dates]:
        """New dates of what moves along, by id."""
        return self._followers.places

    def release(self) -> None:
        """Does it as one edit. What cannot be done is refused with its reason and what would help, as for typed dates."""
        if self._proposal.changes:
            self._session.attempt(self._move.label, self._move.commit)

    def paint(self, painter: QPainter, drawn: Drawn) -> None:
        """The milestone where it would stand, and faintly every shown milestone that would follow."""
        theme = self._session.theme
        for row_id, dates in self._followers.places.items():
            self._paint_one(painter, drawn, row_id, dates[1], theme.color("text-muted"), FAINT)
        tone = theme.color("error" if self._followers.problem else "accent")
        for row_id, dates in self._proposal.places.items():
            self._paint_one(painter, drawn, row_id, dates[1], tone, STRONG)

    def _paint_one(self, painter: QPainter, drawn: Drawn, row_id: int, moment: Instant, colour: QColor, alpha: int) -> None:
        row, place = self._session.plan.get(Milestone, row_id), drawn.place_of(row_id)
        if row is None or place is None:
            return
        fill = QColor(colour)
        fill.setAlpha(alpha)
        painter.setPen(QPen(colour, 1.5, Qt.PenStyle.DashLine))
        painter.setBrush(fill)
        points = mark_points(row.kind, drawn.scale.x(moment) + drawn.left, place.y(), GHOST)
        painter.drawPolygon(QPolygonF([QPointF(*point) for point in points]))
