"""Recurrence rules of iCalendar (RFC 5545, 3.3.10) as those of a calendar exception, else day by day.

What a calendar's own rules say exactly is taken as such a rule; all else is counted out by dateutil for a bounded time.
The Gregorian calendar repeats every 400 years, weekdays included, so days are counted out shortly before the last year
that dateutil knows: a rule that never comes true then ends soon, where else it would be followed for 8000 years.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice, pairwise, takewhile
from typing import Any

from milestone_desktop.document.operations.calendars import CalendarDay
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY, occurrences

Parts = Mapping[str, str]
Rule = dict[str, Any]

YEARS_AHEAD = 10
MOST_OCCURRENCES = 1_000
MOST_COUNTED_OUT = 100
MOST_PIECES = 50
LONGEST_RULE = 2_000

_CYCLE = 146_097  # days of 400 years
_LATER = 19 * _CYCLE  # 7600 years: 2200 becomes 9800
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_KNOWN = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")
)


@dataclass(slots=True)
class Allowance:
    """How many rules of a file may still be counted out: a hostile file could hold thousands that never come true."""

    rules: int = MOST_COUNTED_OUT


@dataclass(frozen=True, slots=True)
class Series:
    """An event that recurs. length: days after the first one; without: days on which an occurrence does not take place;
    today: from when on, and for how long, an endless series is counted out."""

    name: str
    first: Day
    length: int
    without: frozenset[Day]
    today: Day | None


@dataclass(frozen=True, slots=True)
class Result:
    """cut: the last day taken of a series that goes on."""

    days: list[CalendarDay]
    cut: Day | None = None


def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule by name. Raises ValueError on one that is not understood."""
    if len(text) > LONGEST_RULE:
        raise ValueError("a rule of this length")
    parts = dict(part.upper().strip().split("=", 1) for part in text.split(";") if part.strip())
    if parts.pop("RSCALE", "GREGORIAN") != "GREGORIAN" or parts.pop("SKIP", "OMIT") != "OMIT" or not set(parts) <= _KNOWN:
        raise ValueError("another calendar, or parts that are not known")
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError("not a frequency of whole days")
    for name in ("INTERVAL", "COUNT"):
        if name in parts and not 1 <= int(parts[name]) <= 10_000:
            raise ValueError(name)
    return parts


def series_of(series: Series, parts: Parts, allowance: Allowance) -> Result:
    """The days of a series. Raises ValueError where its rule cannot be understood."""
    rule = as_rule(parts, series.first)
    until = _until(parts)
    if rule is None:
        return _listed(series, _counted_out(parts, series.first, until, allowance), "COUNT" not in parts and "UNTIL" not in parts)
    days = list(islice(occurrences(rule, series.first, until), int(parts.get("COUNT", LAST_DAY))))
    if not days:
        return Result([])
    last = days[-1] if "COUNT" in parts else until
    pieces = _pieces(series, rule, last, days)
    if pieces is None:
        return _listed(series, iter(days), "COUNT" not in parts and "UNTIL" not in parts)
    return Result([day for first, until in pieces for day in _as_exceptions(series, rule, first, until)])


def as_rule(parts: Parts, first: Day) -> Rule | None:
    """The rule of a calendar exception with exactly the same days from `first` on, leaving COUNT and UNTIL aside; None
    where there is none. Raises ValueError on figures that are none."""
    every = int(parts.get("INTERVAL", "1"))
    given = {name for name in parts if name.startswith("BY")}
    day = date.fromordinal(first)
    rule: Rule | None = None
    match parts["FREQ"]:
        case "DAILY" if not given:
            rule = {"type": "daily"}
        case "DAILY" if given == {"BYDAY"} and every == 1:
            weekdays = _weekdays(parts["BYDAY"])
            rule = {"type": "weekly", "weekdays": weekdays} if weekdays is not None else None
        case "WEEKLY" if given <= {"BYDAY"}:
            weekdays = _weekdays(parts.get("BYDAY", _DAYS[weekday(first)]))
            if weekdays is not None and (every == 1 or weekdays == [weekday(first)]):
                rule = {"type": "weekly", "weekdays": weekdays}
        case "MONTHLY" if given <= {"BYMONTHDAY"}:
            wanted = _single(parts.get("BYMONTHDAY", str(day.day)))
            if 1 <= wanted <= 28:
                rule = {"type": "monthly by day", "day": wanted}
        case "MONTHLY" if given <= {"BYDAY", "BYSETPOS"}:
            rule = _positioned("monthly by position", parts)
        case "YEARLY" if given <= {"BYMONTH"} or given == {"BYMONTH", "BYMONTHDAY"}:
            month, wanted = _single(parts.get("BYMONTH", str(day.month))), _single(parts.get("BYMONTHDAY", str(day.day)))
            if 1 <= month <= 12 and 1 <= wanted <= monthrange(2001, month)[1]:
                rule = {"type": "yearly by day", "month": month, "day": wanted}
        case "YEARLY" if "BYMONTH" in given and given <= {"BYMONTH", "BYDAY", "BYSETPOS"}:
            month = _single(parts["BYMONTH"])
            rule = _positioned("yearly by position", parts) if 1 <= month <= 12 else None
            rule = rule | {"month": month} if rule else None
    if rule is None or every == 1:
        return rule
    rule["every"] = every
    return rule if next(occurrences(rule, first, first), None) == first else None


def _positioned(kind: str, parts: Parts) -> Rule | None:
    """`1MO`, `-1FR`, or a position among Mondays, all days, Monday to Friday or the weekend."""
    found = re.fullmatch(r"([+-]?\d+)?([A-Z]{2}(?:,[A-Z]{2})*)", parts.get("BYDAY", ""))
    if found is None:
        return None
    weekdays = _weekdays(found[2])
    if weekdays is None or (found[1] is None) == ("BYSETPOS" not in parts) or (found[1] and len(weekdays) > 1):
        return None
    position = _single(found[1] or parts["BYSETPOS"])
    sets: dict[tuple[int, ...], int | str] = {tuple(range(7)): "day", tuple(range(5)): "weekday", (5, 6): "weekend"}
    wanted = weekdays[0] if len(weekdays) == 1 else sets.get(tuple(weekdays))
    good = position in (1, 2, 3, 4, -1) and wanted is not None
    return {"type": kind, "position": position, "weekday": wanted} if good else None


def _weekdays(text: str) -> list[int] | None:
    """`MO,WE` as [0, 2]; None where a day comes with a position."""
    names = [name.strip() for name in text.split(",")]
    return sorted({_DAYS.index(name) for name in names}) if all(name in _DAYS for name in names) else None


def _single(text: str) -> int:
    """A figure; 0, which means none here, for a list of several."""
    return int(text) if "," not in text else 0


def _until(parts: Parts) -> Day:
    text = parts.get("UNTIL", "")
    if not text:
        return LAST_DAY
    return min(date(int(text[:4]), int(text[4:6]), int(text[6:8])).toordinal(), LAST_DAY)


def _pieces(series: Series, rule: Rule, last: Day, days: list[Day]) -> list[tuple[Day, Day]] | None:
    """The times in which a rule applies, without the days taken out; None where days have to be listed instead."""
    out = sorted(series.without.intersection(days))
    movable = rule["type"] in ("daily", "weekly") or (rule["type"] == "yearly by day" and _apart(series, rule))
    if (out and (rule.get("every", 1) > 1 or len(out) > MOST_PIECES)) or (series.length and not movable):
        return None
    if out and series.length and rule["type"] == "daily":
        return None  # the days of one occurrence are also those of others
    edges = [series.first - 1, *out, last + 1]
    spans = [(before + 1, after - 1) for before, after in pairwise(edges)]
    return [(first, until) for first, until in spans if first <= until]


def _apart(series: Series, rule: Rule) -> bool:
    """Whether the days after a yearly one are the same dates each year: where no 29 February comes between."""
    begin = date(2000, rule["month"], rule["day"]).toordinal()
    return not begin < date(2000, 3, 1).toordinal() <= begin + series.length and series.length < 300


def _as_exceptions(series: Series, rule: Rule, first: Day, until: Day) -> Iterator[CalendarDay]:
    """A rule for each day of an occurrence. Every day is a range."""
    if rule["type"] == "daily" and rule.get("every", 1) == 1:
        yield CalendarDay(series.name, first, min(until + series.length, LAST_DAY))
        return
    for offset in range(series.length + 1):
        moved = dict(rule)
        if rule["type"] == "weekly":
            moved["weekdays"] = sorted({(day + offset) % 7 for day in rule["weekdays"]})
        elif rule["type"] == "yearly by day":
            day = date.fromordinal(date(2001, rule["month"], rule["day"]).toordinal() + offset)
            moved |= {"month": day.month, "day": day.day}
        yield CalendarDay(series.name, first + offset, min(until + offset, LAST_DAY), moved)


def _listed(series: Series, days: Iterator[Day], endless: bool) -> Result:
    """Each occurrence as a range of its own, those of an endless series for ten years."""
    begin = series.first if series.today is None else max(series.first, series.today - 366)
    end = (date.fromordinal(begin).replace(day=1).toordinal() + 366 * YEARS_AHEAD) if endless else LAST_DAY
    found: list[CalendarDay] = []
    cut = None
    for day in days:
        if day > min(end, LAST_DAY - series.length) or len(found) >= MOST_OCCURRENCES:
            cut = found[-1].first if found else None
            break
        if day >= (begin if endless else FIRST_DAY) and day not in series.without:
            found.append(CalendarDay(series.name, day, day + series.length))
    return Result(found, cut)


def _counted_out(parts: Parts, first: Day, until: Day, allowance: Allowance) -> Iterator[Day]:
    """The days of any rule. Raises ValueError on one that dateutil does not understand, and where there were too many."""
    from dateutil.rrule import rrulestr

    allowance.rules -= 1
    if allowance.rules < 0:
        raise ValueError("too many rules to be counted out")
    text = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    try:
        moments = rrulestr(text, dtstart=datetime.fromordinal(first + _LATER))
    except (TypeError, LookupError, AttributeError) as error:
        raise ValueError(text) from error
    return takewhile(lambda day: day <= until, (moment.toordinal() - _LATER for moment in moments))
