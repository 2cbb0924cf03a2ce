"""The milestone trend chart as shapes: report dates across, milestone dates upwards, the diagonal on which both are one day.

A curve runs level from report to report and steps where the date moved; it is met where it touches the diagonal. Labels
stand at the right, in the order of their curves' ends, never on one another; what does not fit is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.chart.shapes import (
    Layer,
    Line,
    Measure,
    Polygon,
    Polyline,
    Rect,
    Scene,
    Shape,
    Text,
    TextStyle,
    baseline_in,
    shortened_to,
)
from milestone_desktop.chart.words import DateWords
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant
from milestone_desktop.domain.messages import N_, message

LEFT, TOP, BOTTOM, LABELS = 84.0, 30.0, 54.0, 190.0
SERIES = 6
DASHES: tuple[tuple[float, ...], ...] = ((), (6.0, 3.0), (2.0, 3.0))
MARK = 4.0
NAME, NOTE, AXIS = TextStyle(12, 600, "text"), TextStyle(11, 400, "text-muted"), TextStyle(11, 400, "text-muted")
TODAY = TextStyle(11, 600, "today-text")
TALL, SHORT = 32.0, 17.0
MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
LEAST_ACROSS, LEAST_DOWN = 74.0, 40.0
SHORTEST = 28
"""Days that each axis spans at the least."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One milestone. points: (report day, date) ascending; outliers: places of points that are typing errors; title and
    note: its label."""

    id: int
    title: str
    note: str
    points: tuple[tuple[Day, Instant], ...]
    outliers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a point of a curve stands. number: its place in the curve's points."""

    x: float
    y: float
    curve: int
    number: int


@dataclass(frozen=True, slots=True)
class Drawing:
    scene: Scene
    places: tuple[Place, ...]


def ink(number: int) -> tuple[str, tuple[float, ...]]:
    """Token and dash of the curve with that number: neutral colours, then the same ones dashed."""
    return f"chart-{number % SERIES + 1}", DASHES[number // SERIES % len(DASHES)]


@dataclass(frozen=True, slots=True)
class _Frame:
    """The plot: pixels of its edges, and the days at them."""

    left: float
    top: float
    right: float
    bottom: float
    first: Day
    last: Day
    low: float
    high: float

    def x(self, day: float) -> float:
        return self.left + (day - self.first) * (self.right - self.left) / (self.last - self.first)

    def y(self, day: float) -> float:
        return self.bottom - (day - self.low) * (self.bottom - self.top) / (self.high - self.low)


def trend_drawing(
    curves: Sequence[Curve], width: float, height: float, today: Day, words: DateWords, measure: Measure, hand: int | None = None
) -> Drawing:
    """The chart of some curves in `width` × `height` pixels. hand: the curve that is drawn stronger."""
    frame = _frame(curves, width, height, today)
    grid = [*_down(frame, words, measure), *_across(frame, words, measure)]
    lines: list[Shape] = []
    marks: list[Shape] = []
    places: list[Place] = []
    for number, curve in enumerate(curves):
        token, dash = ink(number)
        strong = curve.id == hand
        lines += _line(frame, curve, token, dash, 2.6 if strong else 1.6)
        found = list(_places(frame, curve))
        places += found
        marks += _marks(curve, found, token, strong)
    if hand is not None:  # the curve in hand lies above the others
        lines.sort(key=lambda shape: shape.owner == hand)
        marks.sort(key=lambda shape: shape.owner == hand)
    layers = (
        Layer("grid", tuple(grid)),
        Layer("due", tuple(_due_line(frame, words, measure))),
        Layer("curves", tuple(lines)),
        Layer("marks", tuple(marks)),
        Layer("today", tuple(_today(frame, today, words, measure))),
        Layer("labels", tuple(_labels(frame, curves, width, words, measure))),
    )
    return Drawing(Scene(width, height, layers), tuple(places))


def _frame(curves: Sequence[Curve], width: float, height: float, today: Day) -> _Frame:
    reports = [day for curve in curves for day, _ in curve.points] or [today]
    dates = [moment / MINUTES_PER_DAY for curve in curves for place, (_, moment) in enumerate(curve.points)
             if place not in curve.outliers] or [float(today)]  # fmt: skip
    first, last = min(reports), max(*reports, today)
    last = max(last, first + SHORTEST)
    low, high = min(dates), max(dates)
    spare = max((high - low) * 0.06, (SHORTEST - (high - low)) / 2, 4.0)
    right = max(width - LABELS, LEFT + 60)
    return _Frame(LEFT, TOP, right, max(height - BOTTOM, TOP + 60), first, last, low - spare, high + spare)


def _months(first: float, last: float, pixels_per_day: float, least: float) -> Iterator[Day]:
    """First days of months, so many apart that their labels have room."""
    step = next((count for count in MONTHS if count * 30.4 * pixels_per_day >= least), MONTHS[-1])
    begin = date.fromordinal(max(1, int(first)))
    number = (begin.year * 12 + begin.month - 1) // step * step
    while True:
        year, month = divmod(number, 12)
        day = date(max(1, year), month + 1, 1).toordinal()
        if day > last:
            return
        if day >= first:
            yield day
        number += step


def _ticks(first: float, last: float, pixels: float, least: float, words: DateWords) -> list[tuple[Day, str]]:
    per_day = pixels / max(1.0, last - first)
    if (last - first) > 100:
        found = []
        for day in _months(first, last, per_day, least):
            on = date.fromordinal(day)
            found.append((day, words.month_year(on.year, on.month)))
        return found
    step = next((count for count in (7, 14, 28, 56) if count * per_day >= least), 56)
    begin = int(first) + -int(first) % 7 + 1
    return [(day, words.day_month(day)) for day in range(begin, int(last) + 1, step)]


def _down(frame: _Frame, words: DateWords, measure: Measure) -> Iterator[Shape]:
    for day, label in _ticks(frame.low, frame.high, frame.bottom - frame.top, LEAST_DOWN, words):
        y = frame.y(day)
        yield Line(frame.left, y, frame.right, y, "grid-major", role="grid")
        yield Text(frame.left - 8, y + 0.364 * AXIS.size, label, AXIS, "end", role="axis")


def _across(frame: _Frame, words: DateWords, measure: Measure) -> Iterator[Shape]:
    free = frame.left - 30
    for day, label in _ticks(frame.first, frame.last, frame.right - frame.left, LEAST_ACROSS, words):
        x = frame.x(day)
        yield Line(x, frame.top, x, frame.bottom, "grid-major", role="grid")
        half = measure(label, AXIS) / 2
        if free <= x - half and x + half <= frame.right + 30:
            free = x + half + 8
            yield Text(x, frame.bottom + 19, label, AXIS, "middle", role="axis")
    yield Line(frame.left, frame.bottom, frame.right, frame.bottom, "grid-major", role="grid")


def _due_line(frame: _Frame, words: DateWords, measure: Measure) -> Iterator[Shape]:
    """The part of the diagonal that is inside the plot, and what it means below the axis."""
    begin, end = max(frame.first, frame.low), min(frame.last, frame.high)
    if begin < end:
        ends = (frame.x(begin), frame.y(begin)), (frame.x(end), frame.y(end))
        yield Polyline(ends, "guide", 1.2, dash=(4, 4), role="due")
    y = frame.bottom + 42
    yield Line(frame.left, y - 4, frame.left + 26, y - 4, "guide", 1.2, (4, 4), role="legend")
    text = words.say(N_("a milestone is due where its curve meets this line"))
    room = frame.right + LABELS - frame.left - 40
    yield Text(frame.left + 34, y, shortened_to(text, room, AXIS, measure), AXIS, role="legend")


def _good(curve: Curve) -> list[tuple[Day, Instant]]:
    return [point for place, point in enumerate(curve.points) if place not in curve.outliers]


def _line(frame: _Frame, curve: Curve, token: str, dash: tuple[float, ...], width: float) -> Iterator[Shape]:
    corners: list[tuple[float, float]] = []
    for day, moment in _good(curve):
        x, y = frame.x(day), frame.y(moment / MINUTES_PER_DAY)
        if corners and corners[-1][1] != y:
            corners.append((x, corners[-1][1]))
        if len(corners) > 1 and corners[-1][1] == corners[-2][1] == y:
            corners[-1] = (x, y)  # still level
        elif not corners or corners[-1] != (x, y):
            corners.append((x, y))
    if len(corners) > 1:
        yield Polyline(tuple(corners), token, width, dash=dash, owner=curve.id, role="curve")


def _places(frame: _Frame, curve: Curve) -> Iterator[Place]:
    for number, (day, moment) in enumerate(curve.points):
        y = min(max(frame.y(moment / MINUTES_PER_DAY), frame.top), frame.bottom)
        yield Place(frame.x(day), y, curve.id, number)


def _marks(curve: Curve, places: Sequence[Place], token: str, strong: bool) -> Iterator[Shape]:
    """A circle where a date first stands or has moved; a dashed square, at the plot's edge, for a typing error."""
    before: Instant | None = None
    for place in places:
        moment = curve.points[place.number][1]
        if place.number in curve.outliers:
            square = mark_points(MilestoneKind.PLANNING, place.x, place.y, MARK + 1)
            yield Polygon(square, "surface", token, 1.2, (2, 2), curve.id, "outlier")
            continue
        if moment != before:
            radius = MARK + (1.5 if strong else 0)
            x, y, size = place.x - radius, place.y - radius, 2 * radius
            yield Rect(x, y, size, size, "surface", token, 1.8, radius, (), curve.id, "point")
        before = moment


def _today(frame: _Frame, today: Day, words: DateWords, measure: Measure) -> Iterator[Shape]:
    if not frame.first <= today <= frame.last:
        return
    x = frame.x(today)
    text = words.say(N_("Today"))
    half = measure(text, TODAY) / 2 + 8
    yield Line(x, frame.top - 6, x, frame.bottom, "today", 1.2, role="today")
    yield Rect(x - half, frame.top - 26, 2 * half, 19, "today", radius=9.5, role="today")
    yield Text(x, baseline_in(frame.top - 26, 19, TODAY.size), text, TODAY, "middle", role="today")


def _labels(frame: _Frame, curves: Sequence[Curve], width: float, words: DateWords, measure: Measure) -> Iterator[Shape]:
    """Name and note at the right of each curve, with a thin line to its end where they stand elsewhere."""
    ends = []
    for curve in curves:
        good = _good(curve)
        if good:
            ends.append((frame.y(good[-1][1] / MINUTES_PER_DAY), frame.x(good[-1][0]), curve))
    ends.sort(key=lambda entry: (entry[0], entry[2].id))
    room = frame.bottom - frame.top + 20
    height = TALL if len(ends) * TALL <= room else SHORT
    shown = ends[: max(1, int(room // height) - (1 if len(ends) * height > room else 0))]
    tops = _spread([y - height / 2 for y, _, _ in shown], height, frame.top - 10, frame.bottom + 10)
    left = frame.right + 16
    for (y, x, curve), top in zip(shown, tops, strict=True):
        middle = top + (9 if height == TALL else height / 2)
        if abs(middle - y) > 6 or x < frame.right - 2:
            yield Polyline(((x + MARK + 2, y), (frame.right + 4, y), (left - 4, middle)), "guide", 0.8, role="leader")
        name = shortened_to(curve.title, width - left - 4, NAME, measure)
        yield Text(left, middle + 0.364 * NAME.size, name, NAME, owner=curve.id, role="label")
        if height == TALL:
            note = shortened_to(curve.note, width - left - 4, NOTE, measure)
            yield Text(left, middle + 0.364 * NAME.size + 14, note, NOTE, owner=curve.id, role="note")
    if len(shown) < len(ends):
        text = words.say(message(N_("and {count} more"), count=len(ends) - len(shown)))
        yield Text(left, frame.bottom + 24, text, replace(NOTE), role="more")


def _spread(tops: Sequence[float], height: float, least: float, most: float) -> list[float]:
    """Places at least `height` apart, each as near as can be to where it wants to be, within the bounds if there is room."""
    placed: list[float] = []
    for top in tops:
        placed.append(max(top, least if not placed else placed[-1] + height))
    limit = most - height
    for number in range(len(placed) - 1, -1, -1):
        placed[number] = min(placed[number], limit)
        limit = placed[number] - height
    return placed
