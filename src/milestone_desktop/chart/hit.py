"""What lies under the mouse: the activity and the part of it that a press would take."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from milestone_desktop.chart.shapes import Box, Measure, Point, Polygon, Polyline, Rect, Scene, Shape, Text, bounds, text_box

EDGE = 5.0
"""Pixels at a bar's edge that take the edge and not the bar; a quarter of the bar at most."""

LINK_ZONE = 12.0
"""Pixels beside a bar or mark from which a dependency is drawn."""

GRIP = 6.0
"""Pixels that the handle of the progress hangs below its bar, and half its width."""

LINE_REACH = 4.0
BODIES = frozenset({"mark", "bracket", "phase", "target", "pin", "bar"})


class Part(StrEnum):
    BODY = "body"
    START_EDGE = "start edge"
    END_EDGE = "end edge"
    PROGRESS = "progress"
    LINK_START = "link start"
    LINK_END = "link end"
    PIN = "pin"
    LABEL = "label"
    TARGET = "target"
    LINK = "link"
    MARKER = "marker"


@dataclass(frozen=True, slots=True)
class Hit:
    """id: of the activity, of the dependency where part is LINK, or the place of the marker in the scene's markers."""

    id: int
    part: Part


def hit(scene: Scene, x: float, y: float, measure: Measure) -> Hit | None:
    """What a press at (x, y) takes, in the scene's pixels. Bodies win over the zones beside them, from which a
    dependency is drawn, these over labels, and those over lines; among equals the one in front."""
    for number, marker in enumerate(scene.markers):
        if marker.box.contains(x, y):
            return Hit(number, Part.MARKER)
    shapes = [shape for shape in scene.shapes() if shape.owner is not None][::-1]
    for finder in (_on_body, _on_link_zone, _on_label, _on_line):
        for shape in shapes:
            found = finder(shape, shapes, x, y, measure)
            if found is not None:
                return found
    return None


def _on_body(shape: Shape, shapes: Sequence[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if shape.owner is None or shape.role not in BODIES:
        return None
    box = bounds(shape, measure)
    match shape.role:
        case "mark" | "bracket" | "phase":
            return Hit(shape.owner, Part.BODY) if box.grown(2).contains(x, y) else None
        case "target":
            return Hit(shape.owner, Part.TARGET) if box.contains(x, y) else None
        case "pin":
            return Hit(shape.owner, Part.PIN) if box.grown(2).contains(x, y) else None
        case "bar":
            return _on_bar(shape.owner, box, shapes, x, y)
        case _:
            return None


def _on_bar(owner: int, box: Box, shapes: Sequence[Shape], x: float, y: float) -> Hit | None:
    """The handle of the progress, which hangs below the bar; an edge; or the bar itself."""
    at = progress_x(owner, box, shapes)
    if abs(x - at) <= GRIP and box.bottom - 3 < y <= box.bottom + GRIP:
        return Hit(owner, Part.PROGRESS)
    if not box.grown(1).contains(x, y):
        return None
    edge = min(EDGE, (box.right - box.left) / 4)
    if x < box.left + edge:
        return Hit(owner, Part.START_EDGE)
    if x > box.right - edge:
        return Hit(owner, Part.END_EDGE)
    return Hit(owner, Part.BODY)


def progress_x(owner: int, bar: Box, shapes: Iterable[Shape]) -> float:
    """Where the progress of a bar ends."""
    done = [s.x + s.width for s in shapes if isinstance(s, Rect) and s.role == "progress" and s.owner == owner]
    return max(done, default=bar.left)


def _on_label(shape: Shape, shapes: Sequence[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if isinstance(shape, Text) and shape.owner is not None and text_box(shape, measure).grown(1).contains(x, y):
        return Hit(shape.owner, Part.LABEL)
    return None


def _on_link_zone(shape: Shape, shapes: Sequence[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if shape.role not in ("bar", "mark") or shape.owner is None:
        return None
    box = bounds(shape, measure)
    if not box.top <= y <= box.bottom:
        return None
    if box.right < x <= box.right + LINK_ZONE:
        return Hit(shape.owner, Part.LINK_END)
    return Hit(shape.owner, Part.LINK_START) if shape.role == "bar" and box.left - LINK_ZONE <= x < box.left else None


def _on_line(shape: Shape, shapes: Sequence[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if shape.role != "link" or shape.owner is None:
        return None
    if isinstance(shape, Polygon):
        near = bounds(shape, measure).grown(1).contains(x, y)
    else:
        near = isinstance(shape, Polyline) and any(box.grown(LINE_REACH).contains(x, y) for box in _pieces(shape.points))
    return Hit(shape.owner, Part.LINK) if near else None


def _pieces(points: tuple[Point, ...]) -> Iterator[Box]:
    """The straight pieces of an axis-parallel line as areas without width."""
    for (x1, y1), (x2, y2) in pairwise(points):
        yield Box(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
