"""Lanes one below the other, each with the milestones of one project or of one person: the picture of a portfolio.

A lane has as many levels of labels as its milestones need at a zoom, so that its height stays while the picture is panned.
What does not fit even then is a counted marker, as on the roadmap's lane.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from milestone_desktop.chart.bands import (
    HEADER_HEIGHT,
    LANE_MARK,
    LANE_STYLE,
    LEVEL_HEIGHT,
    LaneMarks,
    date_line_xs,
    draw_lane,
    header_scene,
    header_ticks,
)
from milestone_desktop.chart.date_lines import date_lines_between, unit_lines
from milestone_desktop.chart.labels import fewest_levels, lane_layout
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.shapes import (
    Layer,
    Line,
    Measure,
    Polyline,
    Rect,
    Scene,
    Shape,
    Shortened,
    Text,
    TextStyle,
    baseline_in,
    bounds,
    merged,
    placed,
    shortened_to,
)
from milestone_desktop.chart.timescale import TimeScale, fit
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant

HEAD_WIDTH = 316.0
PADDING = 9.0
SIDE = 18.0
LOWEST = 66.0
"""A lane is never lower than this: its head has two lines of words."""

LEVELS_TO_TRY = (2, 4)
TITLE_STYLE = TextStyle(13, 600, "text")
FIGURE_STYLE = TextStyle(12, 400, "text-muted")
NOTE_STYLE = TextStyle(11.5, 400, "text-muted")
LOAD_STYLE = TextStyle(10, 600, "text-muted")
RING = 7.0
LOAD_HEIGHT = 22.0
LOAD_TEXT = 12.0
FULL_LOAD = 6
"""So many things due in one week fill the height of the strip."""

APART = 6.0
"""Clear pixels between the counts of two weeks, so that they are not read as one number."""

OVERLOAD = 4
"""From so many things due in one week on, the week is marked."""

WEEK = 7
SPAN_ROOM = 300.0


@dataclass(frozen=True, slots=True)
class LaneHead:
    """What stands left of a lane. progress: percent, or None for no ring; status: sign and word in the colour `token`."""

    title: str
    note: str = ""
    progress: int | None = None
    figure: str = ""
    status: str = ""
    token: str = "text-muted"
    ring: bool = True


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of milestones. id: of the project or person, 0 for nobody; load: how much is due in each week, as
    (first day of the week, count), drawn as a strip below the line."""

    id: int
    head: LaneHead
    marks: LaneMarks
    load: tuple[tuple[Day, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Stack:
    """Where each lane stands at one zoom: `tops` has one more entry, the bottom of the last lane."""

    lanes: tuple[Lane, ...]
    levels: tuple[int, ...]
    tops: tuple[float, ...]

    @property
    def height(self) -> float:
        return self.tops[-1]

    def lane_at(self, y: float) -> int | None:
        """The number of the lane at a y; None beyond the last one."""
        number = bisect_right(self.tops, y) - 1
        return number if 0 <= number < len(self.lanes) else None

    def line_y(self, number: int) -> float:
        """The y of the line on which a lane's marks stand."""
        above = (self.levels[number] + 1) // 2 * LEVEL_HEIGHT
        spare = self.tops[number + 1] - self.tops[number] - _needed(self.levels[number], self.lanes[number])
        return self.tops[number] + spare / 2 + PADDING + above + LANE_MARK + 2


def stack(lanes: Sequence[Lane], pixels_per_day: float, measure: Measure) -> Stack:
    """Places lanes below one another, each as high as its labels need at this zoom."""
    levels = tuple(_levels_of(lane, pixels_per_day, measure) for lane in lanes)
    heights = (max(_needed(level, lane), LOWEST) for level, lane in zip(levels, lanes, strict=True))
    return Stack(tuple(lanes), levels, tuple(accumulate(heights, initial=0.0)))


def _needed(levels: int, lane: Lane) -> float:
    return 2 * PADDING + 2 * LANE_MARK + 4 + levels * LEVEL_HEIGHT + (LOAD_HEIGHT if lane.load else 0.0)


def _levels_of(lane: Lane, pixels_per_day: float, measure: Measure) -> int:
    """Two levels where they show every label with the whole lane in view, else four."""
    if not lane.marks:
        return LEVELS_TO_TRY[0]
    first, last = lane.marks[0].moment, lane.marks[-1].moment
    scale = TimeScale(first - SPAN_ROOM * MINUTES_PER_DAY / pixels_per_day, pixels_per_day)
    width = scale.x(last) + SPAN_ROOM
    return fewest_levels(LEVELS_TO_TRY, lane.marks.entries(scale), width, LANE_STYLE, measure)[0]


def span(lanes: Sequence[Lane]) -> tuple[Instant, Instant] | None:
    """From the first to the last milestone of all lanes; None where there is none."""
    ends = [moment for lane in lanes if lane.marks for moment in (lane.marks[0].moment, lane.marks[-1].moment)]
    return (min(ends), max(ends)) if ends else None


@dataclass(frozen=True, slots=True)
class Window:
    """The part that is looked at: width px of time, height px of lanes from `scroll` px below the first one's top on."""

    width: float
    height: float
    scroll: float = 0.0


def lanes_scene(placed_lanes: Stack, scale: TimeScale, window: Window, options: Options, measure: Measure) -> Scene:
    """The lanes in view, without heads and header; (0, 0) is the window's upper left corner."""
    parts = [_back(placed_lanes, window)]
    for number in range(len(placed_lanes.lanes)):
        top, bottom = placed_lanes.tops[number] - window.scroll, placed_lanes.tops[number + 1] - window.scroll
        if bottom >= 0 and top <= window.height:
            line_y = placed_lanes.line_y(number) - window.scroll
            parts.append(_lane(placed_lanes.lanes[number], placed_lanes.levels[number], scale, (top, bottom), line_y,
                               window.width, options, measure))  # fmt: skip
    return merged(window.width, window.height, parts)


def _back(placed_lanes: Stack, window: Window) -> Scene:
    lines = tuple(
        Line(0, round(top - window.scroll) - 0.5, window.width, round(top - window.scroll) - 0.5, "hairline", role="grid")
        for top in placed_lanes.tops[1:]
        if 0 <= top - window.scroll <= window.height
    )
    return Scene(window.width, window.height, (Layer("grid", lines),))


def _lane(
    lane: Lane, levels: int, scale: TimeScale, band: tuple[float, float], line_y: float, width: float, options: Options,
    measure: Measure,
) -> Scene:  # fmt: skip
    """One lane in the band (top, bottom)."""
    lines = [x for x in date_line_xs(scale, options) if 0 <= x <= width]
    layout = lane_layout(lane.marks.entries(scale), width, LANE_STYLE, measure, levels, avoid=lines)
    drawn = draw_lane(layout, lane.marks, scale, line_y, LANE_STYLE, width)
    load = _load(lane, scale, band[1], width, measure)
    boxes = (*drawn.boxes, *(bounds(shape, measure) for shape in load))
    ticks = header_ticks(scale, width, options.words, measure)[0]
    layers = (
        Layer("grid", tuple(unit_lines(ticks, width, band, boxes))),
        Layer("load", load),
        Layer("lane", _span_line(lane, scale, line_y, width)),
        Layer("lines", tuple(date_lines_between(scale, options, width, band, boxes))),
        Layer("marks", (*drawn.leaders, *drawn.marks)),
        Layer("labels", drawn.labels),
    )
    return Scene(width, band[1], layers, drawn.shortened, drawn.markers)


def _span_line(lane: Lane, scale: TimeScale, line_y: float, width: float) -> tuple[Shape, ...]:
    """The light line from a lane's first to its last milestone, as far as it is in view."""
    if not lane.marks:
        return ()
    left, right = max(scale.x(lane.marks[0].moment), 0.0), min(scale.x(lane.marks[-1].moment), width)
    return (Rect(left, line_y - 1.5, right - left, 3, fill="bar", role="lane"),) if right > left else ()


def _load(lane: Lane, scale: TimeScale, bottom: float, width: float, measure: Measure) -> tuple[Shape, ...]:
    """A bar for each week in which something is due, as high as much is due; its count where there is room."""
    wide = WEEK * scale.pixels_per_day
    shapes: list[Shape] = []
    for day, count in lane.load:
        left = scale.x_of_day(day)
        if not -wide < left < width:
            continue
        high = max(3.0, (LOAD_HEIGHT - LOAD_TEXT) * min(count, FULL_LOAD) / FULL_LOAD)
        token = "critical" if count >= OVERLOAD else "bar-progress"
        thin = max(min(wide - 2, wide * 0.8), 1.0)
        shapes.append(Rect(left + (wide - thin) / 2, bottom - 2 - high, thin, high, fill=token, role="load"))
        if measure(str(count), LOAD_STYLE) <= wide - APART and left >= 0 and left + wide <= width:
            style = LOAD_STYLE if count < OVERLOAD else TextStyle(LOAD_STYLE.size, 700, "slip")
            shapes.append(Text(left + wide / 2, bottom - 4 - high, str(count), style, "middle", role="load"))
    return tuple(shapes)


# heads and the whole picture


def heads_scene(placed_lanes: Stack, height: float, scroll: float, measure: Measure, width: float = HEAD_WIDTH) -> Scene:
    """The heads of the lanes in view: ring, title, figure, and below them status and note."""
    shapes: list[Shape] = []
    shortened: list[Shortened] = []
    for number, lane in enumerate(placed_lanes.lanes):
        top, bottom = placed_lanes.tops[number] - scroll, placed_lanes.tops[number + 1] - scroll
        if bottom >= 0 and top <= height:
            _head(lane, (top + bottom) / 2 - 19, width, measure, shapes, shortened)
            shapes.append(Line(0, round(bottom) - 0.5, width, round(bottom) - 0.5, "hairline", role="grid"))
    return Scene(width, height, (Layer("heads", tuple(shapes)),), tuple(shortened))


def _head(lane: Lane, top: float, width: float, measure: Measure, shapes: list[Shape], shortened: list[Shortened]) -> None:
    head = lane.head
    left, right = SIDE, width - SIDE
    if head.ring:
        shapes += _ring(left + RING, top + 10, head.progress, head.token)
        left += 2 * RING + 10
    figure_width = measure(head.figure, FIGURE_STYLE) if head.figure else 0.0
    title = shortened_to(head.title, max(right - left - figure_width - 10, 0.0), TITLE_STYLE, measure)
    shapes.append(Text(left, baseline_in(top, 20, TITLE_STYLE.size), title, TITLE_STYLE, owner=lane.id, role="head"))
    if title != head.title:
        shortened.append(Shortened(lane.id, head.title, title))
    if head.figure:
        shapes.append(Text(right, baseline_in(top, 20, FIGURE_STYLE.size), head.figure, FIGURE_STYLE, "end", role="head"))
    baseline = baseline_in(top + 20, 18, NOTE_STYLE.size)
    if head.status:
        style = TextStyle(NOTE_STYLE.size, 600, head.token)
        shapes.append(Text(left, baseline, head.status, style, role="head"))
        left += measure(head.status, style) + 6
    note = shortened_to(head.note, max(right - left, 0.0), NOTE_STYLE, measure)
    if note:
        shapes.append(Text(left, baseline, note, NOTE_STYLE, role="head"))
    if note != head.note:
        shortened.append(Shortened(lane.id, head.note, note))


def _ring(x: float, y: float, percent: int | None, token: str) -> list[Shape]:
    """A ring around (x, y) filled clockwise from the top."""
    shapes: list[Shape] = [Polyline(_arc(x, y, 1.0), "ring-track", 2.4, role="ring")]
    if percent:
        shapes.append(Polyline(_arc(x, y, percent / 100), token, 2.4, role="ring"))
    return shapes


def _arc(x: float, y: float, part: float) -> tuple[tuple[float, float], ...]:
    steps = max(2, math.ceil(40 * part))
    turns = (2 * math.pi * part * step / steps for step in range(steps + 1))
    return tuple((x + RING * math.sin(turn), y - RING * math.cos(turn)) for turn in turns)


def lanes_picture(
    lanes: Sequence[Lane], width: float, options: Options, measure: Measure, scale: TimeScale | None = None
) -> Scene:
    """The whole picture for a file or a page: header, heads and every lane, `width` px wide and as high as it needs. scale: as
    they are looked at; None shows from the first to the last milestone."""
    chart_width = max(width - HEAD_WIDTH, 1.0)
    if scale is None:
        now = options.today if options.today is not None else 0
        first, last = span(lanes) or (now, now)
        scale = fit(first, last, chart_width, 40.0, 60.0)
    standing = stack(lanes, scale.pixels_per_day, measure)
    window = Window(chart_width, standing.height)
    parts = [
        placed(header_scene(scale, chart_width, options, measure), HEAD_WIDTH, 0),
        placed(lanes_scene(standing, scale, window, options, measure), HEAD_WIDTH, HEADER_HEIGHT),
        placed(heads_scene(standing, standing.height, 0.0, measure), 0, HEADER_HEIGHT),
    ]
    edge = Line(HEAD_WIDTH - 0.5, 0, HEAD_WIDTH - 0.5, HEADER_HEIGHT + standing.height, "hairline", role="grid")
    return merged(width, HEADER_HEIGHT + standing.height, [*parts, Scene(width, 0, (Layer("frame", (edge,)),))])
