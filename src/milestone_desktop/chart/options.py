"""What a roadmap is asked to show, and through which window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.timescale import WorkingDays
from milestone_desktop.chart.words import DateWords, GettextWords
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.tracking.baselines import BaselineRow

NEAR_DAYS = 300
"""A date of another year within this many days of the status date or today is written without its year all the same."""


def needs_year(day: Day, reference: Day) -> bool:
    """Whether a date must be written with its year to be understood on the day `reference`."""
    same = date.fromordinal(day).year == date.fromordinal(reference).year
    return not same and abs(day - reference) > NEAR_DAYS


@dataclass(frozen=True, slots=True)
class Forecast:
    """The 10 %, 50 % and 90 % dates of a milestone."""

    low: Instant
    likely: Instant
    high: Instant


@dataclass(frozen=True, slots=True)
class View:
    """The window over the rows: rows first_row … last_row (last one included) on width × height px.

    offset: the y of the first row's top, 0 or negative where it is partly scrolled out; upper: the y of the window's upper
    edge, which is not 0 where rows are counted from the top of all of them.
    """

    first_row: int
    last_row: int
    width: float
    height: float
    row_height: float = 32.0
    offset: float = 0.0
    upper: float = 0.0

    @property
    def lower(self) -> float:
        """The y of the window's lower edge."""
        return self.upper + self.height

    def top(self, row: float) -> float:
        """The y of a row's upper edge."""
        return (row - self.first_row) * self.row_height + self.offset

    def tops(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """The same of many rows."""
        return (rows - self.first_row).astype(np.float64) * self.row_height + self.offset

    def row_at(self, y: float) -> int:
        """The row at a y; may lie beyond the first or last one."""
        return self.first_row + int((y - self.offset) // self.row_height)


@dataclass(frozen=True, slots=True)
class Options:
    """What to draw. Absent information is not drawn: no calendar, no shading; no `slip`, no "+10 wd".

    slip: working days from target to planned of a milestone's id (`domain.slip`); critical: ids of critical activities;
    selection: ids of the highlighted rows; titles: write each bar's and milestone's title beside it; zigzag: bend the line
    of the status date to where the progress of each bar is; guides: ids of milestones with a line through all rows;
    baseline: the dates that a baseline keeps, by activity, for ghosts behind the bars; today_words: what stands at the line of
    today, "" for "Today".
    """

    words: DateWords = field(default_factory=GettextWords)
    today: Instant | None = None
    today_words: str = ""
    status_date: Day | None = None
    calendar: WorkingDays | None = None
    slip: Callable[[int], int | None] | None = None
    critical: AbstractSet[int] = frozenset()
    forecast: Mapping[int, Forecast] = field(default_factory=dict)
    selection: AbstractSet[int] = frozenset()
    shading: bool = True
    links: bool = True
    targets: bool = True
    dates: bool = True
    titles: bool = False
    progress: bool = True
    deadlines: bool = True
    zigzag: bool = False
    guides: AbstractSet[int] = frozenset()
    baseline: Mapping[int, BaselineRow] = field(default_factory=dict)

    def date_text(self, moment: Instant) -> str:
        """`4 Dec`, with its year where the status date and today are far away or unknown."""
        day = day_of(moment)
        reference = self.status_date if self.status_date is not None else None if self.today is None else day_of(self.today)
        if reference is not None and not needs_year(day, reference):
            return self.words.day_month(day)
        return self.words.full_date(day)
