"""Ghosts of a baseline behind a roadmap's rows: a thin bar below each work item's bar, a small hollow mark in a milestone's
row. One look-up for each row that is drawn, however many rows the baseline keeps."""

from __future__ import annotations

from milestone_desktop.chart.canvas import BEYOND, Canvas
from milestone_desktop.chart.glyphs import THINNEST_BAR
from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.shapes import Polygon, Rect
from milestone_desktop.domain.enums import MilestoneKind

NEAR = 2.0
"""Pixels within which a mark would only lie on another one."""


def item_ghost(canvas: Canvas, owner: int, middle: float) -> Rect | None:
    """The bar of the dates that the baseline keeps of a work item, below its own; None where it keeps none, or out of view.

    middle: the y of the row's middle.
    """
    kept = canvas.options.baseline.get(owner)
    if kept is None or kept.end is None:
        return None
    right = canvas.scale.x(kept.end)
    left = right if kept.start is None else min(canvas.scale.x(kept.start), right)
    if right < -BEYOND or left > canvas.view.width + BEYOND:
        return None
    left, right = max(left, -BEYOND), min(max(right, left + THINNEST_BAR), canvas.view.width + BEYOND)
    thick = canvas.half * 3 / 8
    top = middle + canvas.half * 5 / 4
    return Rect(left, top, right - left, thick, fill="target", radius=thick / 2, owner=owner, role="baseline")


def milestone_ghost(
    canvas: Canvas, owner: int, kind: MilestoneKind, middle: float, x: float, target_x: float | None
) -> Polygon | None:
    """The small hollow mark at the date that the baseline keeps of a milestone.

    None where it keeps none, out of view, and where it would lie on the mark at `x` or on the target's at `target_x`.
    """
    kept = canvas.options.baseline.get(owner)
    if kept is None or kept.end is None:
        return None
    at = canvas.scale.x(kept.end)
    taken = (x,) if target_x is None else (x, target_x)
    if any(abs(at - other) < NEAR for other in taken) or not -BEYOND <= at <= canvas.view.width + BEYOND:
        return None
    return Polygon(mark_points(kind, at, middle, canvas.half * 5 / 8), "surface", "target", 1.5, (), owner, "baseline")
