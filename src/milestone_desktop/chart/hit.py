"""What lies under the mouse: the activity and the part of it that a press would take."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from milestone_desktop.chart.shapes import Box, Measure, Point, Polygon, Polyline, Rect, Scene, Shape, Text, bounds, text_box

EDGE = 5.0
"""Pixels at a bar's edge that take the edge and not the bar; a quarter of the bar at most."""

LINK_ZONE = 11.0
"""Pixels right of a bar or mark from which a dependency is drawn."""

LINE_REACH = 4.0


class Part(StrEnum):
    BODY = "body"
    START_EDGE = "start edge"
    END_EDGE = "end edge"
    PROGRESS = "progress"
    LINK_END = "link end"
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
    """What a press at (x, y) takes, in the scene's pixels. Bodies win over labels, these over the zone from which a
    dependency is drawn, and that over lines; among equals the one in front."""
    for number, marker in enumerate(scene.markers):
        if marker.box.contains(x, y):
            return Hit(number, Part.MARKER)
    shapes = [shape for shape in scene.shapes() if shape.owner is not None][::-1]
    for finder in (_on_body, _on_label, _on_link_zone, _on_line):
        for shape in shapes:
            found = finder(shape, shapes, x, y, measure)
            if found is not None:
                return found
    return None


def _on_body(shape: Shape, shapes: list[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if shape.owner is None:
        return None
    box = bounds(shape, measure)
    match shape.role:
        case "mark" | "bracket" | "phase":
            return Hit(shape.owner, Part.BODY) if box.grown(2).contains(x, y) else None
        case "target":
            return Hit(shape.owner, Part.TARGET) if box.contains(x, y) else None
        case "bar":
            return _on_bar(shape.owner, box, shapes, x, y) if box.grown(1).contains(x, y) else None
        case _:
            return None


def _on_bar(owner: int, box: Box, shapes: list[Shape], x: float, y: float) -> Hit:
    """Edge, progress (the lower half around its end), or the bar itself."""
    edge = min(EDGE, (box.right - box.left) / 4)
    if x < box.left + edge:
        return Hit(owner, Part.START_EDGE)
    if x > box.right - edge:
        return Hit(owner, Part.END_EDGE)
    done = [
        shape.x + shape.width for shape in shapes if isinstance(shape, Rect) and shape.role == "progress" and shape.owner == owner
    ]
    end_of_progress = max(done, default=box.left)
    if y > (box.top + box.bottom) / 2 and done and abs(x - end_of_progress) <= EDGE:
        return Hit(owner, Part.PROGRESS)
    return Hit(owner, Part.BODY)


def _on_label(shape: Shape, shapes: list[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if isinstance(shape, Text) and shape.owner is not None and text_box(shape, measure).grown(1).contains(x, y):
        return Hit(shape.owner, Part.LABEL)
    return None


def _on_link_zone(shape: Shape, shapes: list[Shape], x: float, y: float, measure: Measure) -> Hit | None:
    if shape.role not in ("bar", "mark") or shape.owner is None:
        return None
    box = bounds(shape, measure)
    zone = Box(box.right, box.top, box.right + LINK_ZONE, box.bottom)
    return Hit(shape.owner, Part.LINK_END) if zone.contains(x, y) else None


def _on_line(shape: Shape, shapes: list[Shape], x: float, y: float, measure: Measure) -> Hit | None:
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
