"""The two bands above the rows: the time header and the lane with all milestones on one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.date_lines import date_lines, date_lines_between, unit_lines
from milestone_desktop.chart.directions import isolated
from milestone_desktop.chart.labels import MANY, Entries, lane_layout
from milestone_desktop.chart.lane_filling import LaneLayout
from milestone_desktop.chart.moved_labels import panned_layout, zoomed_layout
from milestone_desktop.chart.options import Options
from milestone_desktop.chart.row_values import moment_of
from milestone_desktop.chart.shapes import (
    ASCENT,
    DESCENT,
    SPARE,
    Box,
    Boxes,
    Layer,
    Line,
    Marker,
    Measure,
    Rect,
    Repeated,
    Scene,
    Segments,
    Shape,
    Shortened,
    Text,
    TextStyle,
    baseline_in,
    bounds,
    side_by_side,
)
from milestone_desktop.chart.ticks import LOWER_STYLE, UPPER_STYLE, Tick, header
from milestone_desktop.chart.timescale import TimeScale
from milestone_desktop.chart.words import DateWords
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Instant
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.plan import Plan

HEADER_HEIGHT = 54.0
UPPER_BAND = (3.0, 19.0)
LOWER_BAND = (20.0, 17.0)
PILL_BAND = (38.5, 15.0)
"""(top, height) of the header's bands: upper labels, lower labels, and the pills of today and the status date, which so
never stand on a label."""

PILL_STYLE = TextStyle(10.5, 600, "today-text")
LANE_STYLE = TextStyle(11, 400, "text")
LANE_MARK = 6.5
APART = 3.0
"""Marks of one look that stand nearer to each other than this (px) are drawn as one."""

LARGEST_STEP = 1.3
"""A step of zooming by a larger factor has all labels placed anew."""

LEVEL_HEIGHT = 15.0
LANE_PADDING = 6.0


Ticks = tuple[tuple[Tick, ...], tuple[Tick, ...]]
"""Those of the upper and of the lower level."""


def header_ticks(scale: TimeScale, width: float, words: DateWords, measure: Measure) -> Ticks:
    """Upper and lower ticks of the header over 0 … width."""
    return header(scale, 0.0, width, words, measure)


def header_scene(scale: TimeScale, width: float, options: Options, measure: Measure, ticks: Ticks | None = None) -> Scene:
    """The time header, HEADER_HEIGHT px tall: two levels of labels, and pills for today and the status date beneath. ticks:
    those of `header_ticks`, if they are known."""
    upper, lower = header_ticks(scale, width, options.words, measure) if ticks is None else ticks
    texts = _tick_texts(upper, UPPER_BAND, UPPER_STYLE) + _tick_texts(lower, LOWER_BAND, LOWER_STYLE)
    pills = _pills(scale, width, options, measure)
    boxes = [bounds(shape, measure) for shape in (*texts, *pills)]
    starts = {round(tick.x0) for tick in upper}
    short = [round(tick.x0) for tick in lower if tick.label and 0 < tick.x0 < width]
    top, bottom = LOWER_BAND[0] + 3, LOWER_BAND[0] + LOWER_BAND[1]
    ends = np.array([(x - 0.5, top, x - 0.5, bottom) for x in short if x not in starts]).reshape(-1, 4)
    grid = (*unit_lines(upper, width, (UPPER_BAND[0], HEADER_HEIGHT), boxes), Segments(ends, "grid-major", role="grid"))
    return Scene(width, HEADER_HEIGHT, (Layer("grid", grid), Layer("labels", tuple(texts)), Layer("pills", tuple(pills))))


def _tick_texts(ticks: Iterable[Tick], band: tuple[float, float], style: TextStyle) -> list[Text]:
    baseline = baseline_in(*band, style.size)
    return [Text(tick.text_x, baseline, tick.label, style, role="tick") for tick in ticks if tick.label]


def _pills(scale: TimeScale, width: float, options: Options, measure: Measure) -> list[Shape]:
    """Pills over the lines of today and the status date, side by side where the two are near each other."""
    wanted: list[tuple[float, str, str]] = []
    if options.today is not None:
        wanted.append((scale.x(options.today), "today", options.today_words or options.words.say(message(N_("Today")))))
    if options.status_date is not None:
        day = options.words.day_month(options.status_date)
        text = options.words.say(message(N_("Status {date}"), date=day))
        wanted.append((scale.x((options.status_date + 1) * MINUTES_PER_DAY), "status-date", text))
    shapes: list[Shape] = []
    taken: list[tuple[float, float]] = []
    for x, token, text in wanted:
        if not 0 <= x <= width:
            continue
        style = TextStyle(PILL_STYLE.size, PILL_STYLE.weight, f"{token}-text")
        wide = measure(text, style) * SPARE + 14
        left = _pill_left(x, wide, width, taken)
        if left is None:
            continue
        taken.append((left, left + wide))
        top, height = PILL_BAND
        shapes.append(Rect(left, top, wide, height, fill=token, radius=height / 2, role=token))
        shapes.append(Text(left + wide / 2, baseline_in(top, height, style.size), text, style, "middle", role=token))
    return shapes


def _pill_left(x: float, wide: float, width: float, taken: Sequence[tuple[float, float]]) -> float | None:
    """Centred over its line, else to the left or right of the pill that is there already."""
    places = [min(max(x - wide / 2, 0.0), width - wide)]
    for left, right in taken:
        beside = [left - 3 - wide, right + 3]
        places += beside if x < (left + right) / 2 else beside[::-1]
    for place in places:
        if place >= 0 and place + wide <= width and all(place + wide <= left or right <= place for left, right in taken):
            return place
    return None


@dataclass(frozen=True, slots=True)
class LaneMark:
    """A milestone as the lane shows it."""

    id: int
    moment: Instant
    label: str
    kind: MilestoneKind
    look: glyphs.Look


@dataclass(frozen=True, slots=True, eq=False)
class LaneMarks(Sequence[LaneMark]):
    """The milestones of a lane in order of time, and what of them is looked at in every frame as columns. codes: which of
    `faces` each one wears."""

    rows: tuple[LaneMark, ...]
    ids: npt.NDArray[np.int64]
    moments: npt.NDArray[np.int64]
    labels: tuple[str, ...]
    codes: npt.NDArray[np.int64]
    faces: tuple[tuple[MilestoneKind, glyphs.Look], ...]

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, at: int) -> LaneMark: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[LaneMark, ...]: ...

    def __getitem__(self, at: int | slice) -> LaneMark | tuple[LaneMark, ...]:
        return self.rows[at]

    @classmethod
    def of(cls, marks: Iterable[LaneMark]) -> LaneMarks:
        """The columns of some marks in any order."""
        rows = sorted(marks, key=lambda mark: (mark.moment, mark.id))
        faces = sorted({(row.kind, row.look) for row in rows}, key=_in_front)
        code = {face: number for number, face in enumerate(faces)}
        return cls(
            tuple(rows),
            np.array([row.id for row in rows], np.int64),
            np.array([row.moment for row in rows], np.int64),
            tuple(row.label for row in rows),
            np.array([code[row.kind, row.look] for row in rows], np.int64),
            tuple(faces),
        )

    def between(self, first: Instant, last: Instant) -> LaneMarks:
        """Those from one instant to another, both included."""
        low, high = int(np.searchsorted(self.moments, first, "left")), int(np.searchsorted(self.moments, last, "right"))
        part = slice(low, high)
        return LaneMarks(self.rows[part], self.ids[part], self.moments[part], self.labels[part], self.codes[part], self.faces)

    def entries(self, scale: TimeScale) -> Entries:
        """What their labels are placed by."""
        return Entries(self.ids, scale.xs(self.moments), self.labels)


def _in_front(face: tuple[MilestoneKind, glyphs.Look]) -> tuple[bool, bool, bool, int]:
    """Marks are drawn in this order, so that of a crowd the critical ones stand in front."""
    kind, look = face
    return look.critical, not look.dropped, not look.completed, list(MilestoneKind).index(kind)


def lane_marks(plan: Plan, projects: Iterable[int], options: Options, *, with_dates: bool = False) -> LaneMarks:
    """The dated milestones of some projects. with_dates: "Go-live 29 Jan" instead of "Go-live"."""
    found = []
    for project in projects:
        for row in plan.where(Milestone, "project", project):
            moment = moment_of(row)
            if moment is None:
                continue
            look = glyphs.Look(row.status is MilestoneStatus.COMPLETED, row.id in options.critical, row.dropped is not None)
            label = f"{isolated(row.title)} {options.date_text(moment)}" if with_dates else row.title
            found.append(LaneMark(row.id, moment, label, row.kind, look))
    return LaneMarks.of(found)


def lane_height(levels: int = 4) -> float:
    """The height of a lane with `levels` levels of labels, half of them above the line."""
    return 2 * LANE_PADDING + 2 * LANE_MARK + 4 + levels * LEVEL_HEIGHT


@dataclass(frozen=True, slots=True)
class LanePlaces:
    """Where the labels of a lane stand, and as it was looked at then."""

    marks: LaneMarks
    scale: TimeScale
    width: float
    levels: int
    layout: LaneLayout


def lane_places(
    marks: LaneMarks,
    scale: TimeScale,
    width: float,
    options: Options,
    measure: Measure,
    levels: int = 4,
    before: LanePlaces | None = None,
) -> LaneLayout:
    """Where the labels of a lane stand. before: as they stood; while one pans they move along, and where they are many, also
    while one zooms step by step."""
    lines = [x for x in date_line_xs(scale, options) if 0 <= x <= width]
    entries = marks.entries(scale)
    if before is not None and before.marks is marks and (before.width, before.levels) == (width, levels):
        dx = (scale.origin - before.scale.origin) * scale.pixels_per_day / MINUTES_PER_DAY
        if before.scale.pixels_per_day == scale.pixels_per_day and abs(dx) < width / 2:
            return panned_layout(before.layout, dx, entries, width, LANE_STYLE, measure, levels, avoid=lines)
        step = scale.pixels_per_day / before.scale.pixels_per_day
        if 1 / LARGEST_STEP <= step <= LARGEST_STEP and len(entries.between(0, width).ids) > MANY:
            return zoomed_layout(before.layout, entries, width, LANE_STYLE, measure, levels, avoid=lines)
    return lane_layout(entries, width, LANE_STYLE, measure, levels, avoid=lines)


def lane_scene(
    marks: LaneMarks,
    scale: TimeScale,
    width: float,
    options: Options,
    measure: Measure,
    levels: int = 4,
    background: bool = True,
    layout: LaneLayout | None = None,
) -> Scene:
    """All milestones on one line, lane_height(levels) px tall. What does not fit becomes a counted marker. layout: where the
    labels stand, if that is known."""
    height = lane_height(levels)
    line_y = LANE_PADDING + LANE_MARK + 2 + (levels + 1) // 2 * LEVEL_HEIGHT
    if layout is None:
        layout = lane_places(marks, scale, width, options, measure, levels)
    drawn = draw_lane(layout, marks, scale, line_y, LANE_STYLE, width)
    back: list[Shape] = [Rect(0, 0, width, height, fill="lane", role="lane")] if background else []
    dates = date_lines_between(scale, options, width, (0, height), drawn.boxes)
    line = Line(0, line_y, width, line_y, "lane-line", 1.5, role="lane")
    layers = (
        Layer("lane", (*back, line)),
        Layer("lines", tuple(dates)),
        Layer("marks", (*drawn.leaders, *drawn.marks)),
        Layer("labels", tuple(drawn.labels)),
    )
    return Scene(width, height, layers, drawn.shortened, drawn.markers)


def date_line_xs(scale: TimeScale, options: Options) -> list[float]:
    """The x of the status date (the end of its day) and of today, as far as they are given."""
    return [x for x, _, _ in date_lines(scale, options)]


@dataclass(frozen=True, slots=True)
class DrawnLane:
    """A lane's layout as shapes; boxes: the areas of labels and markers."""

    leaders: tuple[Shape, ...]
    marks: tuple[Shape, ...]
    labels: tuple[Shape, ...]
    boxes: tuple[Box, ...]
    shortened: tuple[Shortened, ...]
    markers: tuple[Marker, ...]


def draw_lane(layout: LaneLayout, marks: LaneMarks, scale: TimeScale, line_y: float, style: TextStyle, width: float) -> DrawnLane:
    """The shapes of a laid out lane whose line lies at `line_y`."""
    labels: list[Shape] = []
    boxes: list[Box] = []
    markers: list[Marker] = []
    shortened = []
    leaders: list[tuple[float, float, float, float]] = []
    led: list[int] = []
    for label in layout.labels:
        entry = label.entry
        box, baseline = level_box(label.level, label.left, label.right, line_y, style)
        if label.reach > 0:
            near, far = _leader_ys(label.level, label.pole, line_y, box)
            leaders.append((entry.x, near, entry.x, far))
            led.append(entry.id)
        labels.append(Text((label.left + label.right) / 2, baseline, label.shown, style, "middle", entry.id, "label"))
        boxes.append(box)
        if label.shown != entry.text:
            shortened.append(Shortened(entry.id, entry.text, label.shown))
    grounds: list[tuple[float, float, float, float]] = []
    counts: list[Text] = []
    for marker in layout.markers:
        box, baseline = level_box(marker.level, marker.left, marker.right, line_y, style)
        grounds.append((box.left, box.top, box.right - box.left, box.bottom - box.top))
        counts.append(Text((box.left + box.right) / 2, baseline, marker.text, _marker_style(style), "middle", role="marker"))
        boxes.append(box)
        markers.append(Marker(box, marker.text, marker.ids))
    if grounds:
        labels += [Boxes(np.array(grounds), fill="pill", radius=6, role="marker"), *counts]
    lines = [Segments(np.array(leaders), "link", 0.75, tuple(led), "leader")] if leaders else []
    named = [label.entry.id for label in layout.labels]
    symbols = _symbols(marks, scale, line_y, width, np.array(named, np.int64))
    return DrawnLane(tuple(lines), tuple(symbols), tuple(labels), tuple(boxes), tuple(shortened), tuple(markers))


def _symbols(marks: LaneMarks, scale: TimeScale, line_y: float, width: float, named: npt.NDArray[np.int64]) -> Iterator[Repeated]:
    """The marks in view. Of those that nobody could tell apart, of one look within APART px, only one is drawn beside the
    named ones: thousands of milestones cost no more than the pixels that they stand on. Which one that is goes by the
    time, so that it stays the same while one pans."""
    marks = marks.between(scale.instant(-LANE_MARK), scale.instant(width + LANE_MARK))
    column = np.floor(scale.xs(marks.moments) / APART + scale.origin * scale.pixels_per_day / MINUTES_PER_DAY / APART)
    place = column.astype(np.int64) * len(marks.faces) + marks.codes
    first = np.unique(place, return_index=True)[1]
    drawn = np.union1d(first, np.flatnonzero(np.isin(marks.ids, named)))
    codes, xs, ids = marks.codes[drawn], scale.xs(marks.moments[drawn]), marks.ids[drawn]
    for code, (kind, look) in enumerate(marks.faces):
        mine = codes == code
        if mine.any():
            pattern = glyphs.mark(0, kind, 0.0, 0.0, LANE_MARK, look)
            places = side_by_side(xs[mine], line_y)
            yield Repeated(pattern, places, tuple(ids[mine].tolist()))


def level_box(level: int, left: float, right: float, line_y: float, style: TextStyle) -> tuple[Box, float]:
    """The area and the baseline of a label on a level."""
    band = LEVEL_HEIGHT * (abs(level) - 1) + LANE_MARK + 2
    top = line_y - band - LEVEL_HEIGHT if level > 0 else line_y + band
    baseline = baseline_in(top, LEVEL_HEIGHT, style.size)
    return Box(left, baseline - ASCENT * style.size, right, baseline + DESCENT * style.size), baseline


def _leader_ys(level: int, pole: bool, line_y: float, box: Box) -> tuple[float, float]:
    """From the mark's tip to the label's near edge, or along the whole label."""
    if level > 0:
        return line_y - LANE_MARK, box.top if pole else box.bottom
    return line_y + LANE_MARK, box.bottom if pole else box.top


def _marker_style(style: TextStyle) -> TextStyle:
    return TextStyle(style.size - 0.5, 600, "pill-text")
