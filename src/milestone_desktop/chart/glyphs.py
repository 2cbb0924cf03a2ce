"""The shapes of one row: bar, bracket, mark, target, forecast, pin."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.chart.options import Forecast
from milestone_desktop.chart.shapes import Line, Polygon, Rect, Shape, mark_points
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.enums import MilestoneKind

THINNEST_BAR = 3.0
OUTLINE = 1.75
CRITICAL_OUTLINE = 2.25
STRIP = 3.5
"""Height of the progress of a bar with a name on it."""


@dataclass(frozen=True, slots=True)
class Look:
    """What decides a row's colours."""

    completed: bool = False
    critical: bool = False
    dropped: bool = False


def bar(owner: int, left: float, right: float, top: float, height: float, percent: float | None, look: Look) -> list[Shape]:
    """A work item's bar with its progress: filled when completed, red outline when critical. percent: None draws none."""
    width = max(right - left, THINNEST_BAR)
    radius = min(3.0, width / 2)
    body, done = ("bar-critical", "bar-critical-progress") if look.critical else ("bar", "bar-progress")
    if look.completed:
        percent, done = 100, "bar-critical-progress" if look.critical else "bar-done"
    shapes: list[Shape] = [Rect(left, top, width, height, fill=body, radius=radius, owner=owner, role="bar")]
    if percent:
        part = width * min(percent, 100) / 100
        shapes.append(Rect(left, top, part, height, fill=done, radius=radius, owner=owner, role="progress"))
        if percent < 100 and part > radius:
            # The edge inside the bar is square: only the bar's own corners are round.
            shapes.append(Rect(left + radius, top, part - radius, height, fill=done, owner=owner, role="progress"))
    if look.critical:
        shapes.append(
            Rect(left, top, width, height, stroke="critical", stroke_width=1.5, radius=radius, owner=owner, role="outline")
        )
    return shapes


def lane_bar(owner: int, left: float, right: float, top: float, height: float, percent: float | None, look: Look) -> list[Shape]:
    """A bar that a name can be written on: its progress is a strip along its lower edge, so that the ground of the words is
    of one colour; filled when completed."""
    width = max(right - left, THINNEST_BAR)
    radius = min(3.0, width / 2)
    if look.completed:
        return [Rect(left, top, width, height, fill="bar-done", radius=radius, owner=owner, role="bar")]
    fill, edge, thick = ("lane-bar-critical", "critical", 1.5) if look.critical else ("lane-bar", "lane-bar-edge", 1.0)
    shapes: list[Shape] = [Rect(left, top, width, height, fill=fill, radius=radius, owner=owner, role="bar")]
    if percent:
        part = width * min(percent, 100) / 100
        done = "bar-critical-progress" if look.critical else "bar-progress"
        low = top + height - STRIP
        shapes.append(Rect(left, low, part, STRIP, fill=done, radius=min(1.5, part / 2), owner=owner, role="progress"))
    shapes.append(Rect(left, top, width, height, stroke=edge, stroke_width=thick, radius=radius, owner=owner, role="outline"))
    return shapes


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


def target(owner: int, kind: MilestoneKind, target_x: float, x: float, y: float, radius: float) -> list[Shape]:
    """The hollow dashed mark at the promised date and the dotted line of the slip; nothing where the two coincide."""
    if abs(target_x - x) < 2:
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


def pin(owner: int, x: float, top: float) -> list[Shape]:
    """The pin of a date that a person holds in place."""
    return [
        Line(x, top + 3, x, top + 8, "pin", 1.25, (), owner, "pin"),
        Rect(x - 2.5, top, 5, 5, fill="pin", radius=2.5, owner=owner, role="pin"),
    ]


def deadline(owner: int, x: float, top: float, height: float, late: bool) -> list[Shape]:
    """The wall at a deadline, in the colour of what is critical once the activity ends after it."""
    token = "critical" if late else "deadline"
    return [
        Line(x, top + 3, x, top + height - 3, token, 1.5, (), owner, "deadline"),
        Polygon(((x - 4, top + 2), (x + 4, top + 2), (x, top + 8)), token, owner=owner, role="deadline"),
    ]
