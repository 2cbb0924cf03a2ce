"""Date ↔ working minute by table look-up, for whole columns of instants and mixed calendars at once.

The *index* of an instant on a calendar is the number of working minutes before it, counted from the table's first day:
two instants with the same index are equal in working time (17:00 and 08:00 of the next working day). The rules of a
calendar are those of `domain.worktime`; the tables ask it for the shifts of days and must agree with it to the minute.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from copy import copy
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Shift
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY, spans
from milestone_desktop.domain.worktime import WorkTimes

Ints = NDArray[np.int64]
CalendarIds = tuple[int, ...]
"""Calendars that an activity is planned on, as `domain.worktime.calendars_for` gives them."""

MARGIN = 366
"""Days that the tables reach beyond the years of a plan on either side, so that whatever falls there can be told apart."""

TABLE_DAY: Day = FIRST_DAY - MARGIN
DAYS = LAST_DAY + MARGIN - TABLE_DAY + 1
ORIGIN: Instant = TABLE_DAY * MINUTES_PER_DAY
EARLIEST: Instant = FIRST_DAY * MINUTES_PER_DAY
LATEST: Instant = (LAST_DAY + 1) * MINUTES_PER_DAY
LONGEST = DAYS * MINUTES_PER_DAY
"""Minutes that the tables span; no duration or lag within the years of a plan is longer."""

FINEST = 6
"""The rough look-up has one entry for 64 working minutes at the finest."""

ROUND_THE_CLOCK = 0
"""The number of the 24 × 7 calendar that every set of tables begins with: for elapsed durations and lags."""


class _Table(NamedTuple):
    """One calendar. before: working minutes before each day; kind: each day's pattern; patterns: by pattern, the minutes
    worked before each minute of the day; begins, counts: where each unbroken stretch of work begins, as minutes after
    ORIGIN and as index; total: all working minutes; rough: the stretch of every index that is a multiple of 2^shift;
    steps: how many stretches further an index in between can lie."""

    before: NDArray[np.int32]
    kind: NDArray[np.int32]
    patterns: NDArray[np.int16]
    begins: NDArray[np.int32]
    counts: NDArray[np.int32]
    total: int
    rough: NDArray[np.int32]
    shift: int
    steps: int


class _Source(NamedTuple):
    """What a table is compiled from: the ids of the records, by calendar, and the records themselves. Calendars that say
    nothing of their own are left out, so that all that are alike share a table."""

    key: tuple[tuple[int, ...], ...]
    records: tuple[Any, ...]


def build_tables(plan: Plan, calendars: Sequence[CalendarIds], known: Tables | None = None) -> Tables:
    """Tables of the 24 × 7 calendar and of these, which `Tables.number` tells the numbers of.

    calendars: each one is some calendars of the plan that work together, mostly a single one; known: earlier tables, taken
    over where they were compiled from the very same records. Raises PlanError for a calendar that is missing or has no
    working time at all.
    """
    sources = {ids: _source_of(plan, ids) for ids in calendars}
    if known is not None and all(known.holds(source) for source in sources.values()):
        return known.renumbered({ids: known.places[source.key] for ids, source in sources.items()})
    times = WorkTimes(plan)
    day_round: tuple[Shift, ...] = ((0, MINUTES_PER_DAY),)
    tables = [known.table(ROUND_THE_CLOCK) if known is not None else _compile([day_round], np.zeros(DAYS, np.int32))]
    compiled: list[_Source] = []
    places: dict[tuple[tuple[int, ...], ...], int] = {}
    for ids, source in sources.items():
        if source.key in places:
            continue
        places[source.key] = len(tables)
        compiled.append(source)
        tables.append(known.table(known.places[source.key]) if known and known.holds(source) else _table_of(plan, times, ids))
    return Tables(tables, {ids: places[source.key] for ids, source in sources.items()}, compiled)


class Tables:
    """Look-up tables of several calendars.

    number: which table is that of some calendars working together; places: the same by what it was compiled from.
    """

    def __init__(self, tables: Sequence[_Table], number: dict[CalendarIds, int], sources: Sequence[_Source]) -> None:
        self.number = number
        self.places = {source.key: place for place, source in enumerate(sources, 1)}
        self._sources = sources
        self._steps_of = [table.steps for table in tables]
        self._pattern_first = np.cumsum([0, *(len(table.patterns) for table in tables)]).tolist()
        self._before = np.concatenate([table.before for table in tables])
        self._kind = np.concatenate(
            [(table.kind + first) * MINUTES_PER_DAY for table, first in zip(tables, self._pattern_first, strict=False)]
        ).astype(np.int32)
        self._patterns = np.concatenate([table.patterns for table in tables]).ravel()
        self._begins = np.concatenate([table.begins for table in tables])
        self._counts = np.concatenate([np.append(table.counts[1:], np.int32(2**31 - 1)) for table in tables])
        self._here = np.concatenate([table.counts for table in tables])
        self._rough = np.concatenate([table.rough for table in tables])
        first_stretch = np.cumsum([0, *(len(table.begins) for table in tables)])
        self._rough += np.repeat(first_stretch[:-1], [len(table.rough) for table in tables]).astype(np.int32)
        self._rough_bounds = np.cumsum([0, *(len(table.rough) for table in tables)]).tolist()
        self._rough_first = np.array(self._rough_bounds[:-1], np.int64)
        self._shift = np.array([table.shift for table in tables], np.int64)
        self._steps = max(table.steps for table in tables)
        self.total: Ints = np.array([table.total for table in tables], np.int64)
        """Working minutes of each calendar within the tables."""
        self._totals: list[int] = self.total.tolist()
        self._one_by_one: dict[int, tuple[memoryview, memoryview]] = {}
        self._stretches = list(pairwise(first_stretch.tolist()))

    def holds(self, source: _Source) -> bool:
        """Whether there is a table compiled from these very records as they are."""
        place = self.places.get(source.key)
        return place is not None and self._sources[place - 1].records == source.records

    def renumbered(self, number: dict[CalendarIds, int]) -> Tables:
        """The same tables for other calendars that they are true of."""
        if number == self.number:
            return self
        twin = copy(self)
        twin.number = number
        return twin

    def table(self, number: int) -> _Table:
        """One of the tables by itself, for other tables to take over."""
        first, last = self._stretches[number]
        rough = slice(*self._rough_bounds[number : number + 2])
        patterns = slice(*(MINUTES_PER_DAY * place for place in self._pattern_first[number : number + 2]))
        days = slice(number * DAYS, (number + 1) * DAYS)
        return _Table(
            self._before[days],
            self._kind[days] // MINUTES_PER_DAY - np.int32(self._pattern_first[number]),
            self._patterns[patterns].reshape(-1, MINUTES_PER_DAY),
            self._begins[first:last],
            self._here[first:last],
            self._totals[number],
            self._rough[rough] - np.int32(first),
            int(self._shift[number]),
            self._steps_of[number],
        )

    @property
    def size(self) -> int:
        """Bytes held."""
        arrays = (self._before, self._kind, self._patterns, self._begins, self._counts, self._here, self._rough)
        return sum(array.nbytes for array in arrays)

    def index(self, calendar: Ints | int, moment: Ints) -> Ints:
        """The index of each instant on its calendar; instants beyond the tables count as the nearest within."""
        minutes = np.clip(moment - ORIGIN, 0, LONGEST - 1)
        day = minutes // MINUTES_PER_DAY
        minutes -= day * MINUTES_PER_DAY
        day += calendar * DAYS if isinstance(calendar, int) else calendar * np.int64(DAYS)
        minutes += self._kind.take(day)
        found: Ints = self._patterns.take(minutes) + self._before.take(day).astype(np.int64)
        return found

    def start_of(self, calendar: Ints | int, index: Ints) -> Ints:
        """When the working minute of each index begins. An index beyond the tables gives an instant at their edge, which
        is outside the years 1900–2200."""
        inside: Ints = np.minimum(np.maximum(index, 0), self.total[calendar] - 1)
        stretch = self._rough.take((inside >> self._shift[calendar]) + self._rough_first[calendar])
        for _ in range(self._steps):
            stretch += inside >= self._counts.take(stretch)
        inside -= self._here.take(stretch)
        inside += self._begins.take(stretch)
        inside += ORIGIN
        return inside

    def end_of(self, calendar: Ints | int, index: Ints) -> Ints:
        """The earliest instant with that index: the end of the working minute before."""
        ends: Ints = self.start_of(calendar, index - 1) + 1
        return ends

    def index_1(self, calendar: int, moment: Instant) -> int:
        """`index` of a single instant."""
        minutes = min(max(moment - ORIGIN, 0), LONGEST - 1)
        begins, counts = self._stretches_of(calendar)
        stretch = bisect_right(begins, minutes) - 1
        if stretch < 0:
            return 0
        limit = counts[stretch + 1] if stretch + 1 < len(counts) else self._totals[calendar]
        return min(counts[stretch] + minutes - begins[stretch], limit)

    def start_of_1(self, calendar: int, index: int) -> Instant:
        """`start_of` a single index."""
        begins, counts = self._stretches_of(calendar)
        index = min(max(index, 0), self._totals[calendar] - 1)
        stretch = bisect_right(counts, index) - 1
        return begins[stretch] + index - counts[stretch] + ORIGIN

    def _stretches_of(self, calendar: int) -> tuple[memoryview, memoryview]:
        """Begins and counts to be looked up one by one: quicker than through numpy, and without a Python list of them, which
        would hold 13 MB for each calendar."""
        found = self._one_by_one.get(calendar)
        if found is None:
            first, last = self._stretches[calendar]
            found = self._one_by_one[calendar] = self._begins[first:last].data, self._here[first:last].data
        return found


def _chain(plan: Plan, calendar_id: int) -> Iterator[tuple[Calendar, list[CalendarException]]]:
    """A calendar and those that it is based on, with their own exceptions."""
    seen: set[int] = set()
    current: int | None = calendar_id
    while current is not None and current not in seen:
        seen.add(current)
        calendar = plan.get(Calendar, current)
        if calendar is None:
            break
        yield calendar, plan.where(CalendarException, "calendar", current)
        current = calendar.base


def _source_of(plan: Plan, calendar_ids: CalendarIds) -> _Source:
    parts: dict[tuple[int, ...], list[Any]] = {}
    for calendar_id in calendar_ids:
        records: list[Any] = []
        for calendar, exceptions in _chain(plan, calendar_id):
            if exceptions or any(shifts is not None for shifts in calendar.week):
                records += [calendar, *exceptions]
        parts[tuple(record.id for record in records)] = records
    key = tuple(sorted(parts))
    return _Source(key, tuple(record for part in key for record in parts[part]))


def _table_of(plan: Plan, times: WorkTimes, calendar_ids: CalendarIds) -> _Table:
    touched = np.zeros(DAYS, bool)
    for calendar_id in calendar_ids:
        for _, exceptions in _chain(plan, calendar_id):
            for exception in exceptions:
                for first, last in spans(exception):
                    touched[max(first - TABLE_DAY, 0) : max(last - TABLE_DAY + 1, 0)] = True
    table = _compile(*_days(times.of_calendars(calendar_ids).shifts, touched))
    first, last = table.before[[FIRST_DAY - TABLE_DAY, LAST_DAY + 1 - TABLE_DAY]].tolist()
    if first == last:  # what the margins hold does not help
        raise PlanError(
            N_("The calendar “{name}” has no working time at all, so nothing can be planned on it."),
            N_("Give it working hours, or choose another calendar."),
            name=plan[Calendar, calendar_ids[0]].name,
        )
    return table


def _days(
    shifts_of: Callable[[Day], tuple[Shift, ...]], touched: NDArray[np.bool_]
) -> tuple[list[tuple[Shift, ...]], NDArray[np.int32]]:
    """The different shift patterns and the number of each day's: asked for once a weekday, and for every touched day."""
    number: dict[tuple[Shift, ...], int] = {}
    days = np.arange(DAYS, dtype=np.int64) + TABLE_DAY
    weekdays = (days - 1) % 7
    kinds = np.zeros(DAYS, np.int32)
    for which in range(7):
        mine = weekdays == which
        plain = days[mine & ~touched]
        if len(plain):
            kinds[mine] = number.setdefault(shifts_of(int(plain[0])), len(number))
    for place in np.flatnonzero(touched).tolist():
        kinds[place] = number.setdefault(shifts_of(place + TABLE_DAY), len(number))
    return list(number), kinds


def _compile(shifts: Sequence[tuple[Shift, ...]], kinds: NDArray[np.int32]) -> _Table:
    """The table of a calendar whose day number i has the shifts `shifts[kinds[i]]`."""
    kinds, worked = _by_date(shifts, kinds)
    minutes = worked.sum(axis=1)
    before = np.concatenate(([0], np.cumsum(minutes[kinds])[:-1])).astype(np.int32)
    patterns: NDArray[np.int16] = (np.cumsum(worked, axis=1) - worked).astype(np.int16)
    begins, lengths = _stretches(worked, kinds)
    counts = np.concatenate(([0], np.cumsum(lengths)))
    total = int(counts[-1])
    shift = max(int(lengths.min()).bit_length() - 1, FINEST) if total else FINEST
    rough = np.searchsorted(counts[:-1], np.arange((total >> shift) + 1) << shift, side="right") - 1
    steps = int(np.diff(rough, append=len(lengths) - 1).max()) if total else 0
    starts = counts[:-1].astype(np.int32)
    return _Table(before, kinds, patterns, begins.astype(np.int32), starts, total, rough.astype(np.int32), shift, steps)


def _by_date(shifts: Sequence[tuple[Shift, ...]], kinds: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Patterns of what is worked on a date, night shifts of the day before included, as 1440 booleans each."""
    masks = np.zeros((len(shifts), 2 * MINUTES_PER_DAY), bool)
    for number, day in enumerate(shifts):
        for start, end in day:
            masks[number, start:end] = True
    if not masks[:, MINUTES_PER_DAY:].any():
        return kinds, masks[:, :MINUTES_PER_DAY]
    eve = np.concatenate((kinds[:1], kinds[:-1]))
    pairs, numbers = np.unique(kinds.astype(np.int64) * len(shifts) + eve, return_inverse=True)
    today, yesterday = np.divmod(pairs, len(shifts))
    return numbers.astype(np.int32), masks[today, :MINUTES_PER_DAY] | masks[yesterday, MINUTES_PER_DAY:]


def _stretches(worked: NDArray[np.bool_], kinds: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Where the unbroken stretches of work begin, in minutes after ORIGIN, and how long they are."""
    all_begins, all_ends = [], []
    for number in range(len(worked)):
        days = np.flatnonzero(kinds == number).astype(np.int64)[:, None] * MINUTES_PER_DAY
        edges = np.diff(worked[number].astype(np.int8), prepend=0, append=0)
        all_begins.append((days + np.flatnonzero(edges > 0)).ravel())
        all_ends.append((days + np.flatnonzero(edges < 0)).ravel())
    begins = np.sort(np.concatenate(all_begins), kind="stable")
    ends = np.sort(np.concatenate(all_ends), kind="stable")
    apart = begins[1:] > ends[:-1]
    first = np.concatenate(([True], apart)) if len(begins) else np.zeros(0, bool)
    last = np.concatenate((apart, [True])) if len(begins) else np.zeros(0, bool)
    return begins[first], ends[last] - begins[first]
