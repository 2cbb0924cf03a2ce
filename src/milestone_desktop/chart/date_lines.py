"""The vertical lines of a roadmap: today, the status date (straight, or bent to the progress of each bar), and guides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from milestone_desktop.chart.broken_lines import broken_line, broken_vertical, broken_verticals
from milestone_desktop.chart.canvas import Canvas
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.chart.rows import RowKind
from milestone_desktop.chart.shapes import Box, Line, Point, Rect, Segments, Shape
from milestone_desktop.chart.ticks import Tick
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant

STATUS_DASH = (5.0, 3.0)
GUIDE_DASH = (2.0, 3.0)
PEAK = 2.5
"""Radius in px of the dot at each bend of the progress line."""


def status_instant(options: Options) -> Instant | None:
    """Up to when progress is reported: the end of the status date, else today."""
    if options.status_date is not None:
        return (options.status_date + 1) * MINUTES_PER_DAY
    return options.today


def date_lines(scale: TimeScale, options: Options) -> list[tuple[float, str, tuple[float, ...]]]:
    """(x, token, dash) of the straight lines of the status date, at the end of its day, and of today."""
    found: list[tuple[float, str, tuple[float, ...]]] = []
    if options.status_date is not None:
        found.append((scale.x((options.status_date + 1) * MINUTES_PER_DAY), "status-date", STATUS_DASH))
    if options.today is not None:
        found.append((scale.x(options.today), "today", ()))
    return found


def date_lines_between(
    scale: TimeScale, options: Options, width: float, span: tuple[float, float], boxes: Sequence[Box]
) -> list[Line]:
    """The straight date lines in 0 … width, from the y of `span` to the other, with gaps where words stand."""
    found: list[Line] = []
    for x, token, dash in date_lines(scale, options):
        if 0 <= x <= width:
            found += broken_vertical(x, *span, boxes, Line(x, span[0], x, span[1], token, 1.5, dash, role=token))
    return found


def unit_lines(ticks: Sequence[Tick], width: float, span: tuple[float, float], boxes: Sequence[Box]) -> list[Segments]:
    """A hairline where each unit of a time header begins, stronger where a year does, with gaps where words stand."""
    found: list[Segments] = []
    for thick, opens_year in ((1.0, False), (1.25, True)):
        xs = [round(tick.x0) - 0.5 for tick in ticks if tick.opens_year is opens_year and 0 < tick.x0 < width]
        if xs:
            found.append(Segments(broken_verticals(xs, *span, boxes), "grid-major", thick, role="grid"))
    return found


def vertical_lines(canvas: Canvas, boxes: Sequence[Box]) -> list[Shape]:
    """All vertical lines over the rows in view, each with gaps where words stand."""
    shapes: list[Shape] = []
    for x, token, dash in date_lines(canvas.scale, canvas.options):
        if 0 <= x <= canvas.view.width and not (token == _progress_token(canvas.options) and canvas.options.zigzag):
            shapes += _straight(canvas, x, boxes, Line(x, 0, x, 0, token, 1.5, dash, role=token))
    for row_id in sorted(canvas.options.guides):
        place = canvas.rows.outline.place(row_id)
        if place is None or canvas.rows.outline.end[place] == NO_INSTANT:
            continue
        x = canvas.scale.x(int(canvas.rows.outline.end[place]))
        if 0 <= x <= canvas.view.width:
            shapes += _straight(canvas, x, boxes, Line(x, 0, x, 0, "guide", 1.0, GUIDE_DASH, row_id, "guide"))
    if canvas.options.zigzag:
        shapes += _zigzag(canvas, boxes)
    return shapes


def _straight(canvas: Canvas, x: float, boxes: Sequence[Box], line: Line) -> list[Line]:
    """A line through the rows in view. Dashes are counted from the top of all rows, so that they stay where they are
    while scrolling."""
    period = sum(line.dash) or 1.0
    top = canvas.view.upper // period * period
    return broken_vertical(x, top, canvas.bottom, boxes, line)


def _zigzag(canvas: Canvas, boxes: Sequence[Box]) -> list[Shape]:
    """The progress line: straight down at the status date, and out to where each unfinished bar says that its work is,
    left of the line where it is behind, right of it where it is ahead."""
    moment = status_instant(canvas.options)
    if moment is None or not canvas.in_view:
        return []
    x, view, token = canvas.scale.x(moment), canvas.view, _progress_token(canvas.options)
    peaks: list[Point] = []
    points: list[Point] = [(x, view.top(canvas.in_view[0]))]
    for row in canvas.in_view:
        known = [_reached(canvas, place, moment) for place in canvas.rows.places_at(row).tolist()]
        reached = min((one for one in known if one is not None), default=None)  # where several share a row: the one most behind
        if reached is not None and abs(canvas.scale.x(reached) - x) >= 1:
            middle = view.top(row) + view.row_height / 2
            peak = (canvas.scale.x(reached), middle)
            points += [(x, view.top(row)), peak, (x, view.top(row + 1))]
            peaks.append(peak)
    points.append((x, view.top(canvas.in_view[-1] + 1)))
    shapes: list[Shape] = []
    for start, end in pairwise(points):
        if start != end and min(start[0], end[0]) <= view.width and max(start[0], end[0]) >= 0:
            shapes += broken_line(Line(*start, *end, token, 1.5, role="zigzag"), _near(boxes, start, end))
    return shapes + [Rect(a - PEAK, b - PEAK, 2 * PEAK, 2 * PEAK, token, radius=PEAK, role="zigzag") for a, b in peaks]


def _progress_token(options: Options) -> str:
    """The colour of the line that the progress line takes the place of."""
    return "today" if options.status_date is None else "status-date"


def _near(boxes: Iterable[Box], start: Point, end: Point) -> list[Box]:
    low, high = min(start[1], end[1]), max(start[1], end[1])
    return [box for box in boxes if box.top < high and box.bottom > low]


def _reached(canvas: Canvas, place: int, moment: Instant) -> float | None:
    """The instant up to which an item's work is done, None where that is no news: finished before the status date, not
    begun and not due yet, or nothing that has progress of its own."""
    outline = canvas.rows.outline
    start, end = int(outline.start[place]), int(outline.end[place])
    kind = RowKind(int(outline.kind[place]))
    if end == NO_INSTANT or outline.dropped[place] or kind not in (RowKind.ITEM, RowKind.MILESTONE):
        return None
    if outline.completed[place]:
        return end if end > moment else None
    if kind is RowKind.MILESTONE:
        return end if end < moment else None
    percent = int(outline.progress[place])
    if percent == 0 and start >= moment:
        return None
    return start + (end - start) * percent / 100
