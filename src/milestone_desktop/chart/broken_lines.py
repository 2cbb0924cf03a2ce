"""Straight lines that leave gaps where words stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from milestone_desktop.chart.shapes import Box, Floats, Line


def broken_vertical(x: float, top: float, bottom: float, boxes: Iterable[Box], line: Line) -> list[Line]:
    """A vertical line from top to bottom with gaps where it would cross a box; look and owner as `line`."""
    near = [(box.top, box.bottom) for box in boxes if box.left - 1 <= x <= box.right + 1]
    return [replace(line, x1=x, x2=x, y1=low, y2=high) for low, high in _pieces(top, bottom, near)]


def broken_verticals(xs: Sequence[float], top: float, bottom: float, boxes: Sequence[Box]) -> Floats:
    """The same for many lines at once: x and y of where each piece begins and ends, as an array of n × 4."""
    found: list[tuple[float, float, float, float]] = []
    edges = np.array([(box.left - 1, box.right + 1) for box in boxes]).reshape(-1, 2)
    across = np.array(xs, np.float64)[:, None]
    lines, met = np.nonzero((edges[:, 0] <= across) & (across <= edges[:, 1]))
    near: dict[int, list[tuple[float, float]]] = {}
    for line, at in zip(lines.tolist(), met.tolist(), strict=True):
        near.setdefault(line, []).append((boxes[at].top, boxes[at].bottom))
    for number, x in enumerate(xs):
        found += [(x, low, x, high) for low, high in _pieces(top, bottom, near.get(number, ()))]
    return np.array(found, np.float64).reshape(-1, 4)


def _pieces(top: float, bottom: float, near: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left of top … bottom beside some stretches and a pixel on both sides of them."""
    pieces: list[tuple[float, float]] = []
    at = top
    for start, end in sorted((low - 1, high + 1) for low, high in near):
        if start > at:
            pieces.append((at, min(start, bottom)))
        at = max(at, end)
        if at >= bottom:
            return pieces
    pieces.append((at, bottom))
    return pieces


def broken_line(line: Line, boxes: Iterable[Box]) -> list[Line]:
    """A straight line in any direction with gaps where it would cross a box."""
    dx, dy = line.x2 - line.x1, line.y2 - line.y1
    gaps = sorted(gap for box in boxes if (gap := _inside(line, dx, dy, box.grown(1))) is not None)
    pieces: list[Line] = []
    at = 0.0
    for start, end in [*gaps, (1.0, 1.0)]:
        if start > at:
            ends = (line.x1 + dx * at, line.y1 + dy * at, line.x1 + dx * start, line.y1 + dy * start)
            pieces.append(replace(line, x1=ends[0], y1=ends[1], x2=ends[2], y2=ends[3]))
        at = max(at, end)
    return pieces


def _inside(line: Line, dx: float, dy: float, box: Box) -> tuple[float, float] | None:
    """The part of a line, as shares of its length, that lies inside a box; None where it passes by."""
    low, high = 0.0, 1.0
    for begin, way, near, far in ((line.x1, dx, box.left, box.right), (line.y1, dy, box.top, box.bottom)):
        if way == 0:
            if not near <= begin <= far:
                return None
            continue
        enters, leaves = sorted(((near - begin) / way, (far - begin) / way))
        low, high = max(low, enters), min(high, leaves)
    return (low, high) if low < high else None
