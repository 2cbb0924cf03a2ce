"""Milestone trend analysis: what the plan said of each milestone at past report dates, and the pattern in it.

Formulas (methods.md §1): report dates r_k, dates f(k), steps s(k) = f(k) - f(k-1), slope b of the least-squares line of f on
r in days per day, outliers left out. With fewer than four reports there is no label. *Late cliff*: one single step later, and
it falls into the last fifth of the first lead time f(0) - r_0. *Zigzag*: more than half of the steps that follow one another
turn round. *Parallel*: b ≥ 0.9, it slides day for day. *Slipping*: b ≥ 0.05; *recovering*: b ≤ -0.05; else *stable*. The line
meets the diagonal at r* = a / (1 - b), where b < 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from typing import NamedTuple

from milestone_desktop.domain.activities import Dependency, Milestone
from milestone_desktop.domain.changes import Recorded
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.outline import ancestors
from milestone_desktop.domain.plan import Plan

FLAT = 0.05
"""Days per day below which a slope counts as none: one day in three weeks."""
PARALLEL = 0.9
LATE_SHARE = 0.8
FEWEST_REPORTS = 4
FEW_DAYS = 90
NEAR, FAR = 62, 180
"""Days: two dates that mean the same, and two that cannot."""
LONG_PAST = 120
"""Days by which a new date may lie before the day it was written down."""


class Pattern(StrEnum):
    FEW = "not enough reports"
    STABLE = "stable"
    SLIPPING = "slipping"
    RECOVERING = "recovering"
    ZIGZAG = "zigzag"
    PARALLEL = "parallel"
    LATE_CLIFF = "late cliff"


class Point(NamedTuple):
    """What the plan said at a report date. entry: the journal entry that the date came from, 0 where it was there before."""

    report: Day
    date: Instant
    entry: int


@dataclass(frozen=True, slots=True)
class Series:
    """One milestone. outliers: places of points that are typing errors, such as a wrong year; slope: days per day; arrival:
    where the line through the points meets the diagonal, None where it never does; reached: the actual day."""

    milestone: int
    points: tuple[Point, ...]
    pattern: Pattern
    slope: float | None
    arrival: Day | None
    outliers: frozenset[int]
    reached: Day | None


@dataclass(frozen=True, slots=True)
class Disorder:
    """At some reports a milestone was to come after one that waits for it."""

    before: int
    after: int
    reports: tuple[Day, ...]


def report_days(first: Day, last: Day, every: int = 7) -> list[Day]:
    """`last` and every so many days before it, back to `first`, ascending."""
    return list(range(last, first - 1, -every))[::-1]


def reports_since(first: Day, last: Day, moved_on: Iterable[Day]) -> list[Day]:
    """Report dates that need no saved reports: every week back from `last`; where milestones moved on a few days only,
    those days too, so that each step stands where it was made."""
    days = {day for day in moved_on if first <= day <= last}
    weeks = report_days(first, last)
    return sorted({*weeks, *days}) if len(days) <= FEW_DAYS else weeks


def trend(plan: Plan, moves: Iterable[Recorded], milestones: Sequence[int], reports: Sequence[Day]) -> list[Series]:
    """The series of some milestones at ascending report dates, in the order given; what the plan no longer has is left out.

    moves: changes of planned dates, oldest first, undone ones and their undoing among them.
    """
    wanted = set(milestones)
    by_milestone: dict[int, list[Recorded]] = {}
    for move in moves:
        if move.milestone in wanted:
            by_milestone.setdefault(move.milestone, []).append(move)
    found = []
    for row_id in milestones:
        row = plan.get(Milestone, row_id)
        if row is not None:
            found.append(series_of(row, by_milestone.get(row_id, ()), reports))
    return found


def series_of(row: Milestone, moves: Sequence[Recorded], reports: Sequence[Day]) -> Series:
    """The series of one milestone. Once it is reached, its actual date counts, and the curve ends."""
    reached = day_of(row.actual_finish) if row.actual_finish is not None else None
    first = moves[0].old if moves else row.end
    days: list[Day] = []
    for move in moves:  # a clock that was set back does not turn the order of the journal
        days.append(max(move.day, days[-1] if days else move.day))
    points: list[Point] = []
    for report in reports:
        if reached is not None and report >= reached and row.actual_finish is not None:
            points.append(Point(report, row.actual_finish, 0))
            break
        place = bisect_right(days, report)
        date = moves[place - 1].new if place else first
        if date is not None:
            points.append(Point(report, date, moves[place - 1].entry if place else 0))
    appeared = {move.entry: day for move, day in zip(moves, days, strict=True)}
    outliers = _outliers(points, appeared)
    return _judged(row.id, points, outliers, reached)


def disorders(plan: Plan, found: Sequence[Series]) -> list[Disorder]:
    """Pairs of milestones that stand in the wrong order at some reports: one waits for the other, yet comes before it."""
    by_id = {series.milestone: {p.report: p.date for n, p in enumerate(series.points) if n not in series.outliers}
             for series in found}  # fmt: skip
    result = []
    for before in by_id:
        for after in sorted(_following(plan, before) & by_id.keys() - {before}):
            wrong = [day for day, date in by_id[before].items() if day in by_id[after] and date > by_id[after][day]]
            if wrong:
                result.append(Disorder(before, after, tuple(wrong)))
    return result


def _following(plan: Plan, row_id: int) -> set[int]:
    """Everything that waits for an activity, over any number of links."""
    found: set[int] = set()
    waiting = [row_id]
    while waiting:
        row = plan.activity(waiting.pop())
        if row is None:
            continue
        for each in (row, *ancestors(plan, row)):
            for link in plan.where(Dependency, "predecessor", each.id):
                if link.successor not in found:
                    found.add(link.successor)
                    waiting.append(link.successor)
                    waiting += [below.id for below in plan.activities_where("parent", link.successor)]
    return found


def _judged(row_id: int, points: list[Point], outliers: frozenset[int], reached: Day | None) -> Series:
    good = [(point.report, day_of(point.date)) for place, point in enumerate(points) if place not in outliers]
    slope, level = _line(good)
    arrival = None
    if slope is not None and level is not None and slope < 1:
        arrival = round(level / (1 - slope))
    return Series(row_id, tuple(points), _pattern(good, slope), slope, arrival, outliers, reached)


def _line(points: Sequence[tuple[Day, Day]]) -> tuple[float | None, float | None]:
    """Slope and level at day 0 of the least-squares line; None where all reports are one."""
    count = len(points)
    if count < 2 or points[0][0] == points[-1][0]:
        return None, None
    middle = sum(day for day, _ in points) / count
    height = sum(date for _, date in points) / count
    spread = sum((day - middle) ** 2 for day, _ in points)
    slope = sum((day - middle) * (date - height) for day, date in points) / spread
    return slope, height - slope * middle


def _pattern(points: Sequence[tuple[Day, Day]], slope: float | None) -> Pattern:
    if len(points) < FEWEST_REPORTS or slope is None:
        return Pattern.FEW
    steps = [(day, date - before) for (_, before), (day, date) in pairwise(points) if date != before]
    first_report, first_date = points[0]
    late = first_report + LATE_SHARE * (first_date - first_report)
    if len(steps) == 1 and steps[0][1] > 0 and first_date > first_report and steps[0][0] >= late:
        return Pattern.LATE_CLIFF
    turns = sum((a > 0) != (b > 0) for (_, a), (_, b) in pairwise(steps))
    if len(steps) >= 3 and turns / (len(steps) - 1) > 0.5:
        return Pattern.ZIGZAG
    if slope >= PARALLEL:
        return Pattern.PARALLEL
    if slope >= FLAT:
        return Pattern.SLIPPING
    return Pattern.RECOVERING if slope <= -FLAT else Pattern.STABLE


@dataclass(slots=True)
class _Run:
    """Points that follow one another and have one date. appeared: the day on which it was written down."""

    places: list[int]
    day: Day
    appeared: Day


def _outliers(points: Sequence[Point], appeared: Mapping[int, Day]) -> frozenset[int]:
    """Places of dates that are typing errors: long past when they were written down, and right with another year; or far
    from the dates before and after it, which agree."""
    runs = []
    for day, members in groupby(range(len(points)), key=lambda place: day_of(points[place].date)):
        places = list(members)
        point = points[places[0]]
        runs.append(_Run(places, day, appeared.get(point.entry, point.report)))
    past = [run.day < run.appeared - LONG_PAST for run in runs]
    found: set[int] = set()
    for place, run in enumerate(runs):
        wrong_year = past[place] and _means_another_year(runs, past, place)
        spike = (
            0 < place < len(runs) - 1
            and abs(runs[place - 1].day - runs[place + 1].day) <= NEAR
            and min(abs(run.day - runs[place - 1].day), abs(run.day - runs[place + 1].day)) > FAR
        )
        if wrong_year or spike:
            found.update(run.places)
    return frozenset(found)


def _means_another_year(runs: Sequence[_Run], past: Sequence[bool], place: int) -> bool:
    """Whether a date would be near a sound one after or before it, were its year one to three later."""
    after = next((run.day for run, old in zip(runs[place + 1 :], past[place + 1 :], strict=True) if not old), None)
    before = next((run.day for run, old in zip(runs[:place][::-1], past[:place][::-1], strict=True) if not old), None)
    moved = [runs[place].day + round(365.25 * years) for years in (1, 2, 3)]
    return any(abs(day - other) <= NEAR for other in (after, before) if other is not None for day in moved)
