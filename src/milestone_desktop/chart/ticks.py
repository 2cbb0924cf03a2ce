"""The two levels of a time header as data: where each unit begins and ends, and what is written there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from milestone_desktop.chart.shapes import SPARE, Measure, TextStyle
from milestone_desktop.chart.timescale import Scale, TimeScale
from milestone_desktop.chart.words import DateWords
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.messages import N_, message

UPPER_STYLE = TextStyle(12, 600, "text")
LOWER_STYLE = TextStyle(11, 400, "text-muted")
PADDING = 6.0
"""Room in px between a tick's line and its label, and after the label."""

LEAST_QUARTERS = 0.1
"""Pixels a day below which the header shows decades and years."""

LAST_YEAR = date.max.year


@dataclass(slots=True, unsafe_hash=True)
class Tick:
    """One unit of time: x0 … x1 (not cut at the view), its label ("" where none fits) and where the label begins.

    opens_year: the unit begins a calendar year, drawn as the stronger line.
    """

    x0: float
    x1: float
    label: str
    text_x: float
    opens_year: bool = False


@dataclass(slots=True, unsafe_hash=True)
class _Unit:
    """A unit of time before labelling. `labels`: the variants to try, longest first, each as (plain, with year).

    number: what stride counting goes by, so that every second week stays the same one while scrolling. sticky: the label
    names the whole unit, so it may stand inside the view when the unit began before it.
    """

    first: Day
    end: Day
    year: int
    number: int
    labels: tuple[tuple[str, str], ...]
    opens_year: bool
    sticky: bool = True


STRIDES = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 200, 500, 1000)
ROUND_STRIDES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Of how many days, weeks, months … one is written where not all have room; of years and decades only round ones."""

Units = Callable[[Day, Day, DateWords], Iterator[_Unit]]


def header(
    scale: TimeScale, x0: float, x1: float, words: DateWords, measure: Measure
) -> tuple[tuple[Tick, ...], tuple[Tick, ...]]:
    """The upper and the lower ticks that touch x0 … x1; no two labels of a level overlap, none leaves the view.

    Where labels are too wide, shorter ones are taken, then only every 2nd, 3rd … is written. The first label of the
    upper level and the first one of each year carry the year.
    """
    upper, lower = _LEVELS[scale.scale] if scale.pixels_per_day >= LEAST_QUARTERS else (_decades, _years)
    return (
        _ticks(scale, x0, x1, upper(scale.day(x0), scale.day(x1), words), UPPER_STYLE, measure, years=True),
        _ticks(scale, x0, x1, lower(scale.day(x0), scale.day(x1), words), LOWER_STYLE, measure, years=False),
    )


def single_header(
    scale: TimeScale, x0: float, x1: float, words: DateWords, measure: Measure, style: TextStyle
) -> tuple[Tick, ...]:
    """One level of ticks for paper: months, quarters or years, whichever can be written without gaps."""
    found: tuple[Tick, ...] = ()
    for units in (_months, _quarters, _years):
        found = _ticks(scale, x0, x1, units(scale.day(x0), scale.day(x1), words), style, measure, years=True)
        whole = [tick for tick in found if tick.x0 >= x0 and tick.x1 <= x1]
        if all(tick.label for tick in whole):
            return found
    return found


def _ticks(
    scale: TimeScale, x0: float, x1: float, units: Iterable[_Unit], style: TextStyle, measure: Measure, *, years: bool
) -> tuple[Tick, ...]:
    cells = list(units)
    years_alone = all(unit.opens_year for unit in cells)
    bare = [Tick(scale.x_of_day(u.first), scale.x_of_day(u.end), "", 0.0, u.opens_year) for u in cells]
    best: tuple[Tick, ...] = tuple(bare)
    for stride in ROUND_STRIDES if years_alone else STRIDES:
        for variant in range(len(cells[0].labels) if cells else 0):
            done = _labelled(cells, bare, stride, variant, (x0, x1), (measure, style), years)
            if done is not None:
                return done
    return best


def _labelled(
    cells: Sequence[_Unit],
    bare: Sequence[Tick],
    stride: int,
    variant: int,
    view: tuple[float, float],
    ink: tuple[Measure, TextStyle],
    years: bool,
) -> tuple[Tick, ...] | None:
    """Every `stride`-th unit labelled, or None where one of them does not fit before the next.

    A unit cut by the view's edge keeps its label inside the view, or loses it: then the next one carries the year.
    """
    measure, style = ink
    chosen = [index for index, unit in enumerate(cells) if unit.number % stride == 0 or index == 0]
    labelled = list(bare)
    written_year: int | None = None
    for place, index in enumerate(chosen):
        unit, tick = cells[index], bare[index]
        end = bare[chosen[place + 1]].x0 if place + 1 < len(chosen) else bare[-1].x1
        plain, with_year = unit.labels[variant]
        text = with_year if years and unit.year != written_year else plain
        if tick.x0 < view[0] and not unit.sticky:
            continue
        left = max(tick.x0, view[0]) + PADDING
        if left + measure(text, style) * SPARE + 1 > min(end, view[1]):
            if tick.x0 >= view[0] and end <= view[1]:
                return None
            continue
        labelled[index] = Tick(tick.x0, tick.x1, text, left, tick.opens_year)
        written_year = unit.year
    return tuple(labelled)


def _days(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    for day in range(first, last + 1):
        on = date.fromordinal(day)
        number = str(on.day)
        long = f"{words.weekday(day)} {number}"
        opens_year = on.month == 1 and on.day == 1
        yield _Unit(day, day + 1, on.year, day, ((long, long), (number, number)), opens_year, sticky=False)


def _weeks(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    """Weeks by the date of their first day."""
    for day in range(_week_start(first, words), last + 1, 7):
        on = date.fromordinal(day)
        long, short = words.day_month(day), str(on.day)
        number = (day + 6 - words.first_weekday) // 7
        yield _Unit(day, day + 7, on.year, number, ((long, long), (short, short)), opens_year=False, sticky=False)


def _week_numbers(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    """Weeks by number and date."""
    for unit in _weeks(first, last, words):
        long = f"{words.week(unit.first)} · {unit.labels[0][0]}"
        yield _Unit(unit.first, unit.end, unit.year, unit.number, ((long, long), *unit.labels), unit.opens_year, unit.sticky)


def _months(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    on = date.fromordinal(first)
    year, month = on.year, on.month
    while year <= LAST_YEAR and (day := date(year, month, 1).toordinal()) <= last:
        end = _month_start(year, month + 1)
        labels = ((words.month(month), words.month_year(year, month)),)
        yield _Unit(day, end, year, month - 1, labels, month == 1)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _quarters(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    on = date.fromordinal(first)
    year, quarter = on.year, (on.month - 1) // 3
    while year <= LAST_YEAR and (day := date(year, 3 * quarter + 1, 1).toordinal()) <= last:
        end = _month_start(year, 3 * quarter + 4)
        labels = ((words.quarter(quarter + 1), words.quarter_year(year, quarter + 1)),)
        yield _Unit(day, end, year, quarter, labels, quarter == 0)
        year, quarter = (year, quarter + 1) if quarter < 3 else (year + 1, 0)


def _years(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    for year in range(date.fromordinal(first).year, date.fromordinal(last).year + 1):
        yield _Unit(_month_start(year, 1), _month_start(year, 13), year, year, ((str(year), str(year)),), opens_year=True)


def _decades(first: Day, last: Day, words: DateWords) -> Iterator[_Unit]:
    for year in range(date.fromordinal(first).year // 10 * 10, date.fromordinal(last).year + 1, 10):
        begin = max(year, 1)
        name = words.say(message(N_("{year}s"), year=year))  # else years of round figures below it say the same
        yield _Unit(_month_start(begin, 1), _month_start(year + 10, 1), begin, year // 10, ((name, name),), opens_year=True)


def _month_start(year: int, month: int) -> Day:
    """The first day of a month; month 13 is January of the next year, also after the calendar's last year."""
    if month > 12:
        year, month = year + 1, month - 12
    return date.max.toordinal() + 1 if year > LAST_YEAR else date(year, month, 1).toordinal()


def _week_start(day: Day, words: DateWords) -> Day:
    return max(day - (day - 1 - words.first_weekday) % 7, 1)


_LEVELS: dict[Scale, tuple[Units, Units]] = {
    Scale.DAY: (_months, _days),
    Scale.WEEK: (_months, _week_numbers),
    Scale.MONTH: (_months, _weeks),
    Scale.QUARTER: (_quarters, _months),
    Scale.YEAR: (_years, _quarters),
}
