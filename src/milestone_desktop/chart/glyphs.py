"""The shapes that are drawn one by one: bracket, mark, target, forecast; and measures of the others, which are in `bodies`."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.options import Forecast
from milestone_desktop.chart.shapes import Line, Polygon, Rect, Shape
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.enums import MilestoneKind

THINNEST_BAR = 3.0
OUTLINE = 1.75
CRITICAL_OUTLINE = 2.25
RADIUS = 3.0
"""Of a bar's corners, in px."""

WALL_HEAD = ((-4.0, 2.0), (4.0, 2.0), (0.0, 8.0))
"""What stands on the wall of a deadline, seen from the upper end of its row."""

STRIP = 3.5
"""Height of the progress of a bar with a name on it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides a row's colours."""

    completed: bool = False
    critical: bool = False
    dropped: bool = False


def bracket(owner: int, left: float, right: float, middle: float, look: Look) -> list[Shape]:
    """The bracket that spans a parent's children."""
    right = max(right, left + THINNEST_BAR)
    thick, drop = 5.0, 4.5
    foot = min(5.0, (right - left) / 2)
    top, under = middle - 4.5, middle - 4.5 + thick
    points = (
        (left, top), (right, top), (right, under + drop), (right - foot, under), (left + foot, under), (left, under + drop),
    )  # fmt: skip
    return [Polygon(points, fill="target" if look.dropped else "summary", owner=owner, role="bracket")]


def mark(owner: int, kind: MilestoneKind, x: float, y: float, radius: float, look: Look) -> Polygon:
    """A milestone's mark: filled when completed, outlined while open, red and thicker when critical, dashed when dropped."""
    if look.dropped:
        return Polygon(mark_points(kind, x, y, radius), "surface", "target", OUTLINE, (2.0, 2.0), owner, "mark")
    if look.completed:
        return Polygon(mark_points(kind, x, y, radius), "completed", "completed", 1.0, (), owner, "mark")
    stroke, width = ("critical", CRITICAL_OUTLINE) if look.critical else ("diamond-outline", OUTLINE)
    # The outline is drawn inside the radius, so that open and filled marks look equally large.
    return Polygon(mark_points(kind, x, y, radius - width / 3), "surface", stroke, width, (), owner, "mark")


def is_apart(target_x: float, x: float) -> bool:
    """Whether a target stands so far from its milestone that it is drawn."""
    return abs(target_x - x) >= 2


def target(owner: int, kind: MilestoneKind, target_x: float, x: float, y: float, radius: float) -> list[Shape]:
    """The hollow dashed mark at the promised date and the dotted line of the slip; nothing where the two coincide."""
    if not is_apart(target_x, x):
        return []
    small = radius - 1.5
    shapes: list[Shape] = []
    side = 1 if x > target_x else -1
    start, end = target_x + side * small, x - side * radius
    if (end - start) * side > 2:
        shapes.append(Line(start, y, end, y, "target", 1.25, (1.5, 2.5), owner, "slip"))
    shapes.append(Polygon(mark_points(kind, target_x, y, small), "surface", "target", 1.25, (2.0, 1.75), owner, "target"))
    return shapes


def forecast(owner: int, dates: Forecast, scale: TimeScale, y: float) -> list[Shape]:
    """The thin bar of the 10–90 % range with a dot at 50 %."""
    low, likely, high = scale.x(dates.low), scale.x(dates.likely), scale.x(dates.high)
    return [
        Line(low, y, high, y, "forecast", 1.5, (), owner, "forecast"),
        Rect(likely - 2.5, y - 2.5, 5, 5, fill="forecast", radius=2.5, owner=owner, role="forecast"),
    ]
