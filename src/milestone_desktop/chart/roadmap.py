"""The roadmap's body: the rows in view as one scene. Header and lane are in `bands`, whole pictures in `pictures`."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from milestone_desktop.chart.bands import header_ticks
from milestone_desktop.chart.bodies import body_shapes
from milestone_desktop.chart.canvas import Canvas, Drawn
from milestone_desktop.chart.date_lines import date_lines, unit_lines, vertical_lines
from milestone_desktop.chart.link_lines import link_shapes
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.routes import LinkIndex
from milestone_desktop.chart.row_words import row_words
from milestone_desktop.chart.rows import Rows
from milestone_desktop.chart.shapes import Box, Boxes, Layer, Measure, Rect, Scene, Segments, Shape, side_by_side
from milestone_desktop.chart.timescale import TimeScale, free_stretches
from milestone_desktop.domain.plan import Plan


def roadmap(
    rows: Rows,
    plan: Plan,
    scale: TimeScale,
    view: View,
    options: Options,
    measure: Measure,
    links: LinkIndex | None = None,
    drawn: Drawn | None = None,
) -> Scene:
    """The rows in view as a scene of view.width × view.height px.

    Layers from back to front: shading, selection, grid, links, bars, lines (today, status date, guides), marks, labels.
    Cost goes by the rows in view, not by the plan. drawn: what was drawn before with the same rows, scale, width and
    options; it is taken from there and added to.
    """
    canvas = canvas_of(rows, plan, scale, view, options, measure, Drawn() if drawn is None else drawn)
    words = [row_words(canvas, row) for row in canvas.in_view]
    boxes = [box for row in words for box in row.boxes]
    bars, marks = body_shapes(canvas)
    layers = (
        Layer("shading", tuple(_shading(canvas))),
        Layer("selection", tuple(_selection(canvas))),
        Layer("grid", tuple(_grid(canvas, boxes))),
        Layer("links", tuple(link_shapes(canvas, links, boxes, row_words)) if links is not None and options.links else ()),
        Layer("bars", tuple(bars)),
        Layer("lines", tuple(vertical_lines(canvas, boxes))),
        Layer("marks", tuple(marks)),
        Layer("labels", tuple(shape for row in words for shape in row.labels)),
    )
    return Scene(view.width, view.height, layers, tuple(cut for row in words for cut in row.shortened))


def canvas_of(rows: Rows, plan: Plan, scale: TimeScale, view: View, options: Options, measure: Measure, drawn: Drawn) -> Canvas:
    """What the parts of a roadmap are drawn on."""
    drawn.tidy()
    return Canvas(rows, plan, scale, view, options, measure, drawn, [x for x, _, _ in date_lines(scale, options)])


def words_moved(canvas: Canvas, before: Drawn, dx: float) -> list[int]:
    """The rows in view whose words do not simply move along where everything has moved left by `dx` px since `before` was
    drawn: at the edges of the view words look for other places."""
    found = []
    for row in canvas.in_view:
        old, new = before.rows.get(row), row_words(canvas, row)
        if (
            old is None
            or len(old.boxes) != len(new.boxes)
            or any(
                abs(was.left - dx - box.left) > 0.01 or abs(was.right - dx - box.right) > 0.01
                for was, box in zip(old.boxes, new.boxes, strict=True)
            )
        ):
            found.append(row)
    return found


def _shading(canvas: Canvas) -> list[Shape]:
    options, top, bottom = canvas.options, canvas.view.upper, canvas.bottom
    if options.calendar is None or not options.shading or bottom <= top:
        return []
    if canvas.drawn.free is None:
        canvas.drawn.free = free_stretches(canvas.scale, options.calendar, 0, canvas.view.width)
    left, right = canvas.drawn.free.T
    places = side_by_side(left, top, right - left, bottom - top)
    return [Boxes(places, fill="weekend", role="weekend")] if len(left) else []


def _selection(canvas: Canvas) -> list[Shape]:
    view = canvas.view
    found = (row for row_id in canvas.options.selection for row in canvas.rows.rows_of(row_id))
    rows = sorted(row for row in found if view.first_row <= row <= view.last_row)
    return [Rect(0, view.top(row), view.width, view.row_height, fill="selection", role="selection") for row in rows]


def _grid(canvas: Canvas, boxes: Sequence[Box]) -> list[Shape]:
    """A hairline under each row, and one where each unit of the header's upper level begins, broken at labels."""
    view, seen = canvas.view, canvas.in_view
    y = view.tops(np.arange(seen.start + 1, seen.stop + 1)) - 0.5
    ends = side_by_side(0.0, y, view.width, y)
    if canvas.drawn.ticks is None:
        canvas.drawn.ticks = header_ticks(canvas.scale, view.width, canvas.options.words, canvas.measure)[0]
    return [Segments(ends, "grid", role="grid"), *unit_lines(canvas.drawn.ticks, view.width, (view.upper, canvas.bottom), boxes)]
