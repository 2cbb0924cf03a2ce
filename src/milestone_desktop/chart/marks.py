"""The outlines of the milestone kinds: calm shapes of like weight."""

from __future__ import annotations

import math

from milestone_desktop.chart.shapes import Point
from milestone_desktop.domain.enums import MilestoneKind

# On a circle of radius 1, clockwise.


def _ring(count: int, turned: float = 0.0, radius: float = 1.0) -> tuple[Point, ...]:
    """`count` points on a circle, the first one `turned` degrees clockwise from the top."""
    angles = [math.radians(turned + 360 * step / count) for step in range(count)]
    return tuple((radius * math.sin(angle), -radius * math.cos(angle)) for angle in angles)


def _star() -> tuple[Point, ...]:
    outer, inner = _ring(5, radius=1.12), _ring(5, turned=36, radius=0.56)
    return tuple(point for pair in zip(outer, inner, strict=True) for point in pair)


def _unit_mark(kind: MilestoneKind) -> tuple[Point, ...]:
    match kind:
        case MilestoneKind.GENERIC:
            return ((0, -1), (1, 0), (0, 1), (-1, 0))
        case MilestoneKind.KICKOFF:
            return ((-0.72, -0.92), (0.98, 0), (-0.72, 0.92))
        case MilestoneKind.PLANNING:
            return ((-0.78, -0.78), (0.78, -0.78), (0.78, 0.78), (-0.78, 0.78))
        case MilestoneKind.PROTOTYPE:
            return _ring(6)
        case MilestoneKind.UAT:
            return ((-0.8, -0.86), (0.8, -0.86), (0.8, 0.16), (0, 1), (-0.8, 0.16))
        case MilestoneKind.LAUNCH:
            return ((0, -1), (0.96, 0.74), (-0.96, 0.74))
        case MilestoneKind.CLIENT_APPROVAL:
            return _ring(36, radius=0.92)
        case MilestoneKind.REVIEW:
            return _star()


_MARKS: dict[MilestoneKind, tuple[Point, ...]] = {kind: _unit_mark(kind) for kind in MilestoneKind}


def mark_points(kind: MilestoneKind, x: float, y: float, radius: float) -> tuple[Point, ...]:
    """The outline of a milestone's mark around (x, y): diamond (Generic), triangle right (Kickoff), square (Planning),
    hexagon (Prototype), shield (UAT), triangle up (Launch), circle (Client approval), star (Review)."""
    return tuple((x + radius * across, y + radius * down) for across, down in _MARKS[kind])
