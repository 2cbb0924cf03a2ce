"""The compact roadmap of a report: months, all milestones with their dates on one line, beneath it the phases as bars, or all
work items packed into lanes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from milestone_desktop.chart.bands import (
    LANE_MARK,
    LEVEL_HEIGHT,
    LaneMarks,
    date_line_xs,
    draw_lane,
    lane_marks,
)
from milestone_desktop.chart.bodies import body_shapes
from milestone_desktop.chart.canvas import Drawn
from milestone_desktop.chart.date_lines import date_lines_between, unit_lines
from milestone_desktop.chart.labels import fewest_levels, label_box
from milestone_desktop.chart.lane_filling import LaneLayout
from milestone_desktop.chart.options import Options, View
from milestone_desktop.chart.packed import Packer
from milestone_desktop.chart.pictures import ROOM_FOR_NAMES, fit_rows, fitting_rows
from milestone_desktop.chart.roadmap import canvas_of
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.chart.row_words import row_words
from milestone_desktop.chart.rows import RowKind, Rows, build
from milestone_desktop.chart.shapes import (
    SPARE,
    Box,
    Layer,
    Line,
    Measure,
    Rect,
    Scene,
    Shape,
    Shortened,
    Text,
    TextStyle,
    baseline_in,
    bounds,
    shortened_to,
)
from milestone_desktop.chart.ticks import single_header
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.plan import Plan

MONTH_STYLE = TextStyle(11, 400, "text-muted")
LABEL_STYLE = TextStyle(11, 400, "text")
DATE_LINE_STYLE = TextStyle(11, 500, "status-date")
MONTH_BAND = 18.0
DATE_BAND = 16.0
PHASE_HEIGHT = 18.0
PHASE_GAP = 4.0
MOST_PHASE_ROWS = 6
LANE_ROW = 24.0
FEWEST_LANE_ROWS = 8
PAGE_HEIGHT = 830.0
"""Pixels that a picture may be high to stand on the first page, below its heading and the figures of the project."""

MOST_NAMED = 400
"""With more milestones than this a page cannot name them all: the picture stays low and counts."""

LEVELS_TO_TRY = (4, 6, 8, 12, 16, 24, 40)


def report_roadmap(
    plan: Plan, project_id: int, width: float, options: Options, measure: Measure, lanes: Sequence[str] | None = None
) -> Scene:
    """The roadmap picture of one project for paper, `width` px wide and as tall as its labels need.

    The line gets as many levels of labels as it takes to name every milestone with its date; only what does not fit
    on 40 levels becomes a counted marker. Below it stand the phases, the parents of the top level; or, with `lanes`, all
    work items, several on a row: lanes names the groups that they stand in (`domain.grouping`), none for their parents.
    """
    rows = build(plan, (project_id,))
    marks = lane_marks(plan, (project_id,), options, with_dates=True)
    scale = fit_rows(rows, width, options, 30.0, 40.0 if lanes is None else ROOM_FOR_NAMES)
    layout = _layout(marks, scale, width, options, measure)
    dated = options.status_date is not None
    top = MONTH_BAND + (DATE_BAND if dated else 4.0)
    line_y = top + layout.above * LEVEL_HEIGHT + LANE_MARK + 2
    lane = draw_lane(layout, marks, scale, line_y, LABEL_STYLE, width)
    under = line_y + LANE_MARK + 8 + layout.below * LEVEL_HEIGHT
    if lanes is None:
        below = _phases(rows, plan, scale, under, width, measure)
    else:
        items = {row.id for row in plan.where(WorkItem, "project", project_id)}
        packed = build(plan, (project_id,), keep=items, grouping=lanes)
        below = _lanes(packed, plan, scale, under, width, options, measure)
    boxes = (*lane.boxes, *below.boxes)
    back, lines, notes = _time(scale, width, below.bottom, options, measure, boxes)
    layers = (
        Layer("grid", tuple(back)),
        Layer("phases", below.bars),
        Layer("lane", (Line(0, line_y, width, line_y, "lane-line", 1.25, role="lane"),)),
        Layer("lines", tuple(lines)),
        Layer("marks", (*lane.leaders, *lane.marks)),
        Layer("labels", (*notes, *lane.labels, *below.labels)),
    )
    return Scene(width, below.bottom, layers, (*lane.shortened, *below.shortened), lane.markers)


def _layout(marks: LaneMarks, scale: TimeScale, width: float, options: Options, measure: Measure) -> LaneLayout:
    levels = LEVELS_TO_TRY if len(marks) <= MOST_NAMED else LEVELS_TO_TRY[:4]
    avoid = date_line_xs(scale, options)
    return fewest_levels(levels, marks.entries(scale), width, LABEL_STYLE, measure, width * 0.48, avoid)[1]


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below the line of milestones. boxes: the areas of its words."""

    bars: tuple[Shape, ...]
    labels: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    shortened: tuple[Shortened, ...]
    bottom: float


def _phases(rows: Rows, plan: Plan, scale: TimeScale, top: float, width: float, measure: Measure) -> _Below:
    """The top parents as bars, each on the first line where it and its title have room."""
    outline = rows.outline
    bars: list[Shape] = []
    labels: list[Shape] = []
    boxes: list[Box] = []
    shortened: list[Shortened] = []
    ends: list[float] = []
    for at in range(len(outline.ids)):
        if outline.level[at] or outline.kind[at] != RowKind.PARENT or outline.end[at] == NO_INSTANT:
            continue
        row_id = int(outline.ids[at])
        activity = plan.activity(row_id)
        title = activity.title if activity is not None else ""
        left, right = scale.x(int(outline.start[at])), max(scale.x(int(outline.end[at])), scale.x(int(outline.start[at])) + 3)
        inside = right - left - 14
        wide = measure(title, LABEL_STYLE) * SPARE
        text_left = left + 7 if wide <= inside else right + 6
        shown = title if wide <= inside else shortened_to(title, max(width - text_left, 0.0), LABEL_STYLE, measure)
        if wide > inside and shown != title and inside > width - text_left:
            text_left, shown = left + 7, shortened_to(title, inside, LABEL_STYLE, measure)
        text_right = text_left + measure(shown, LABEL_STYLE) * SPARE
        line = next((n for n, end in enumerate(ends) if end + 6 <= left), len(ends))
        if line == MOST_PHASE_ROWS:
            shortened.append(Shortened(row_id, title, ""))
            continue
        ends[line : line + 1] = [max(right, text_right)]
        y = top + line * (PHASE_HEIGHT + PHASE_GAP)
        bars.append(Rect(left, y, right - left, PHASE_HEIGHT, fill="hairline", radius=3, owner=row_id, role="phase"))
        if shown:
            baseline = baseline_in(y, PHASE_HEIGHT, LABEL_STYLE.size)
            labels.append(Text(text_left, baseline, shown, LABEL_STYLE, owner=row_id, role="label"))
            boxes.append(label_box(text_left, text_right, baseline, LABEL_STYLE.size))
        if shown != title:
            shortened.append(Shortened(row_id, title, shown))
    bottom = top + len(ends) * (PHASE_HEIGHT + PHASE_GAP)
    return _Below(tuple(bars), tuple(labels), tuple(boxes), tuple(shortened), bottom)


def _lanes(rows: Rows, plan: Plan, scale: TimeScale, top: float, width: float, options: Options, measure: Measure) -> _Below:
    """The work items, several on a row, below what they belong to; deeper levels are folded until all fit on a page."""
    packer = Packer(measure)
    packer.targets = options.targets
    most = max(int((PAGE_HEIGHT - top) // LANE_ROW), FEWEST_LANE_ROWS)
    rows = fitting_rows(rows, most, lambda some: packer.packed(some, plan, scale.pixels_per_day))
    shown = len(rows) if len(rows) <= most else most - 1
    view = View(0, shown - 1, width, shown * LANE_ROW, LANE_ROW, top, top)
    canvas = canvas_of(rows, plan, scale, view, replace(options, titles=True), measure, Drawn())
    words = [row_words(canvas, row) for row in canvas.in_view]
    bars, marks = body_shapes(canvas)
    bottom = top + shown * LANE_ROW
    labels = [shape for row in words for shape in row.labels]
    boxes = [box for row in words for box in row.boxes]
    if shown < len(rows):
        more = options.words.say(message(N_("and {count} more rows"), count=len(rows) - shown))
        labels.append(Text(0, baseline_in(bottom, LANE_ROW, LABEL_STYLE.size), more, MONTH_STYLE, role="note"))
        boxes.append(bounds(labels[-1], measure))
        bottom += LANE_ROW
    return _Below(
        (*bars, *marks),
        tuple(labels),
        tuple(boxes),
        tuple(cut for row in words for cut in row.shortened),
        bottom,
    )


def _time(
    scale: TimeScale, width: float, bottom: float, options: Options, measure: Measure, boxes: tuple[Box, ...]
) -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Month lines with their labels, and the line of the status date with its own; as (back, lines, texts)."""
    texts: list[Shape] = []
    if options.status_date is not None:
        x = date_line_xs(scale, options)[0]
        if 0 <= x <= width:
            texts.append(_status_text(x, options.status_date, options, measure))
    boxes = (*boxes, *(bounds(text, measure) for text in texts))
    lines = date_lines_between(scale, options, width, (MONTH_BAND, bottom), boxes)
    ticks = single_header(scale, 0, width, options.words, measure, MONTH_STYLE)
    back = unit_lines(ticks, width, (0, bottom), boxes)
    baseline = baseline_in(0, MONTH_BAND, MONTH_STYLE.size)
    texts += [Text(tick.text_x, baseline, tick.label, MONTH_STYLE, role="tick") for tick in ticks if tick.label]
    return list(back), list(lines), texts


def _status_text(x: float, day: Day, options: Options, measure: Measure) -> Text:
    """The name of the status date's line, left of it where there is room."""
    text = options.words.say(message(N_("Status {date}"), date=options.words.day_month(day)))
    wide = measure(text, DATE_LINE_STYLE) * SPARE
    left = x - 5 - wide if x - 5 - wide >= 0 else x + 5
    baseline = baseline_in(MONTH_BAND, DATE_BAND, DATE_LINE_STYLE.size)
    return Text(left, baseline, text, DATE_LINE_STYLE, role="status-date")
