"""The compact roadmap of a report: months, all milestones with their dates on one line, the phases as bars beneath."""

from __future__ import annotations

from dataclasses import dataclass

from milestone_desktop.chart.bands import (
    LANE_MARK,
    LEVEL_HEIGHT,
    LaneMarks,
    date_line_xs,
    draw_lane,
    lane_marks,
)
from milestone_desktop.chart.labels import label_box, lane_layout
from milestone_desktop.chart.lane_filling import LaneLayout
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.pictures import fit_rows
from milestone_desktop.chart.row_values import NO_INSTANT
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
    broken_vertical,
    shortened_to,
)
from milestone_desktop.chart.ticks import single_header
from milestone_desktop.chart.timescale import TimeScale
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
MOST_NAMED = 400
"""With more milestones than this a page cannot name them all: the picture stays low and counts."""

LEVELS_TO_TRY = (4, 6, 8, 12, 16, 24, 40)


def report_roadmap(plan: Plan, project_id: int, width: float, options: Options, measure: Measure) -> Scene:
    """The roadmap picture of one project for paper, `width` px wide and as tall as its labels need.

    The line gets as many levels of labels as it takes to name every milestone with its date; only what does not fit
    on 40 levels becomes a counted marker. Phases are the parents of the top level.
    """
    rows = build(plan, (project_id,))
    marks = lane_marks(plan, (project_id,), options, with_dates=True)
    scale = fit_rows(rows, width, options, 30.0, 40.0)
    layout = _layout(marks, scale, width, options, measure)
    dated = options.status_date is not None
    top = MONTH_BAND + (DATE_BAND if dated else 4.0)
    line_y = top + layout.above * LEVEL_HEIGHT + LANE_MARK + 2
    lane = draw_lane(layout, marks, scale, line_y, LABEL_STYLE, width)
    phases = _phases(rows, plan, scale, line_y + LANE_MARK + 8 + layout.below * LEVEL_HEIGHT, width, measure)
    boxes = (*lane.boxes, *phases.boxes)
    back, lines, notes = _time(scale, width, phases.bottom, options, measure, boxes)
    layers = (
        Layer("grid", tuple(back)),
        Layer("phases", phases.bars),
        Layer("lane", (Line(0, line_y, width, line_y, "lane-line", 1.25, role="lane"),)),
        Layer("lines", tuple(lines)),
        Layer("marks", (*lane.leaders, *lane.marks)),
        Layer("labels", (*notes, *lane.labels, *phases.labels)),
    )
    return Scene(width, phases.bottom, layers, (*lane.shortened, *phases.shortened), lane.markers)


def _layout(marks: LaneMarks, scale: TimeScale, width: float, options: Options, measure: Measure) -> LaneLayout:
    entries = marks.entries(scale)
    lines = date_line_xs(scale, options)
    layout = LaneLayout((), ())
    for levels in LEVELS_TO_TRY if len(marks) <= MOST_NAMED else LEVELS_TO_TRY[:4]:
        layout = lane_layout(entries, width, LABEL_STYLE, measure, levels, widest=width * 0.48, avoid=lines)
        if not layout.markers:
            break
    return layout


@dataclass(frozen=True, slots=True)
class _Phases:
    bars: tuple[Shape, ...]
    labels: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    shortened: tuple[Shortened, ...]
    bottom: float


def _phases(rows: Rows, plan: Plan, scale: TimeScale, top: float, width: float, measure: Measure) -> _Phases:
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
    return _Phases(tuple(bars), tuple(labels), tuple(boxes), tuple(shortened), bottom)


def _time(
    scale: TimeScale, width: float, bottom: float, options: Options, measure: Measure, boxes: tuple[Box, ...]
) -> tuple[list[Shape], list[Shape], list[Shape]]:
    """Month lines with their labels, and the line of the status date with its own; as (back, lines, texts)."""
    texts: list[Shape] = []
    lines: list[Shape] = []
    if options.status_date is not None:
        x = date_line_xs(scale, options)[0]
        if 0 <= x <= width:
            line = Line(x, MONTH_BAND, x, bottom, "status-date", 1.5, role="status-date")
            lines += broken_vertical(x, MONTH_BAND, bottom, boxes, line)
            texts.append(_status_text(x, options.status_date, options, measure))
    boxes = (*boxes, *(bounds(text, measure) for text in texts))
    back: list[Shape] = []
    for tick in single_header(scale, 0, width, options.words, measure, MONTH_STYLE):
        if 0 <= tick.x0 <= width:
            back += broken_vertical(tick.x0, 0, bottom, boxes, Line(tick.x0, 0, tick.x0, bottom, "grid-major", role="grid"))
        if tick.label:
            texts.append(Text(tick.text_x, baseline_in(0, MONTH_BAND, MONTH_STYLE.size), tick.label, MONTH_STYLE, role="tick"))
    return back, lines, texts


def _status_text(x: float, day: Day, options: Options, measure: Measure) -> Text:
    """The name of the status date's line, left of it where there is room."""
    text = options.words.say(message(N_("Status {date}"), date=options.words.day_month(day)))
    wide = measure(text, DATE_LINE_STYLE) * SPARE
    left = x - 5 - wide if x - 5 - wide >= 0 else x + 5
    baseline = baseline_in(MONTH_BAND, DATE_BAND, DATE_LINE_STYLE.size)
    return Text(left, baseline, text, DATE_LINE_STYLE, role="status-date")
