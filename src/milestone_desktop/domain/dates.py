"""Dates as people type them: `4 dec`, `31/3`, `+2w`, `in 3 weeks`, `next fri`, `next month`, `eom`, `2026-12-04 14:30`."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, weekday
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIODS = {"week": 0, "month": 1, "quarter": 3, "year": 12}
"""What may be called next, this or last, by its months."""

_FAR_PAST = 183
"""A date without a year that lies more days than this before today is taken to mean next year."""

_TIME = re.compile(r"(?:^|[ t])(?:at )?(\d{1,2}):(\d{2})(?::\d{2})? ?(am|pm)?$|(?:^| )(?:at )?(\d{1,2}) ?(am|pm)$")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})$")
_NUMBERS = re.compile(r"(\d{1,2})[./-](\d{1,2})(?:[./-](\d{4}|\d{2})?)?$")
_RELATIVE = re.compile(r"([+-]) ?(\d{1,5}) ?([a-z]+)$")
_AHEAD = re.compile(r"in (\d{1,5}) ?([a-z]+)$")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)? ?([^\W\d_]+)\.?,? ?(\d{4})?$")
_MONTH_DAY = re.compile(r"([^\W\d_]+)\.? ?(\d{1,2})(?:st|nd|rd|th|\.)?(?:,? (\d{4}))?$")
_NAMED_WEEKDAY = re.compile(r"(?:(next|this|last) )?([^\W\d_]+)\.?$")

AddDays = Callable[[Day, int], Day]


@dataclass(frozen=True, slots=True)
class Names:
    """What a language calls things, beside the English names, which are always read. Full names; three letters suffice.

    months: twelve; weekdays: seven, Monday first; words: the language's word → the English one (`heute` → `today`).
    """

    months: Sequence[str] = ()
    weekdays: Sequence[str] = ()
    words: Mapping[str, str] = field(default_factory=dict)


def read_day(
    text: str,
    today: Day,
    base: Day | None = None,
    *,
    day_first: bool = True,
    names: Names | None = None,
    add_days: AddDays | None = None,
) -> tuple[Day, int | None]:
    """The day that a text means, and the minute of the day (0–1440) if it gives a time.

    base: what `+2w` and `-3d` count from (default: today; `in 2 weeks` counts from today always); day_first: whether 3/4 is
    3 April; add_days: how `d` counts, for example `WorkTime.add_working_days` (default: calendar days). A weekday is the
    first from today on, with `next` the first after today; `next month` is its first day. Without a year the current one is
    meant, or the next where the date is more than half a year back. Raises PlanError.
    """
    names = names or Names()
    words = " ".join(text.strip().casefold().replace("−", "-").split())
    words = " ".join(names.words.get(word, word) for word in words.split(" "))
    rest, minute = _split_time(words, text)
    try:
        day = _read(rest, today, today if base is None else base, day_first, names, add_days)
    except (ValueError, OverflowError):
        raise PlanError(N_("There is no such day as “{text}”."), N_("Check day, month and year."), text=text.strip()) from None
    if day is None:
        raise PlanError(
            N_("“{text}” is not a date."),
            N_("Type one such as 4 dec, 31/3, +2w, next fri, eom or 2026-12-04."),
            text=text.strip(),
        )
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PlanError(N_("“{text}” is outside the years 1900–2200."), N_("Check the year."), text=text.strip())
    return day, minute


def _split_time(words: str, text: str) -> tuple[str, int | None]:
    """The text without its time of day, and that time in minutes. A time alone is not a date."""
    found = _TIME.search(words)
    if found is None:
        return words, None
    hour, minute = int(found[1] or found[4]), int(found[2] or 0)
    half = found[3] or found[5]
    good = 1 <= hour <= 12 if half else hour < 24 or (hour == 24 and minute == 0)
    if not good or minute > 59:
        raise PlanError(N_("There is no such time of day in “{text}”."), N_("Type one such as 14:30."), text=text.strip())
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return words[: found.start()].rstrip(" ,"), min(hour * 60 + minute, MINUTES_PER_DAY)


def _read(words: str, today: Day, base: Day, day_first: bool, names: Names, add_days: AddDays | None) -> Day | None:
    """None where the text has no form of a date; ValueError where it has one but there is no such day."""
    if words in _FIXED:
        return _FIXED[words](today)
    if found := _ISO.match(words):
        return date(int(found[1]), int(found[2]), int(found[3])).toordinal()
    if found := _RELATIVE.match(words):
        count = int(found[2]) * (-1 if found[1] == "-" else 1)
        return _relative(base, count, found[3], add_days)
    if found := _AHEAD.match(words):
        return _relative(today, int(found[1]), found[2], add_days)
    if found := _NUMBERS.match(words):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if day_first else (second, first)
        return _dated(day, month, found[3], today)
    if found := _DAY_MONTH.match(words):
        named = _find(found[2], _MONTHS, names.months)
        return _dated(int(found[1]), named + 1, found[3], today) if named is not None else None
    if found := _MONTH_DAY.match(words):
        named = _find(found[1], _MONTHS, names.months)
        return _dated(int(found[2]), named + 1, found[3], today) if named is not None else None
    if found := _NAMED_WEEKDAY.match(words):
        if found[1] is not None and found[2] in _PERIODS:
            return _begin_of(today, found[2], {"last": -1, "this": 0, "next": 1}[found[1]])
        named = _find(found[2], _WEEKDAYS, names.weekdays)
        return _on_weekday(today, named, found[1]) if named is not None else None
    return None


def _relative(base: Day, count: int, unit: str, add_days: AddDays | None) -> Day | None:
    match unit:
        case "d" | "day" | "days" | "wd":
            return add_days(base, count) if add_days is not None else base + count
        case "w" | "week" | "weeks":
            return base + 7 * count
        case "m" | "mo" | "month" | "months":
            return _add_months(base, count)
        case "y" | "year" | "years":
            return _add_months(base, 12 * count)
    return None


def _add_months(day: Day, count: int) -> Day:
    """The same day of the month, or the month's last where it has no such day."""
    begin = date.fromordinal(day)
    year, month = divmod(begin.year * 12 + begin.month - 1 + count, 12)
    return _in_month(year, month + 1, begin.day)


def _in_month(year: int, month: int, day: int) -> Day:
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    return date(year, month, min(day, monthrange(year, month)[1])).toordinal()


def _begin_of(today: Day, period: str, later: int) -> Day:
    """The first day of a week, month, quarter or year: the one that `today` lies in, or so many after it."""
    if period == "week":
        return today - weekday(today) + 7 * later
    months, now = _PERIODS[period], date.fromordinal(today)
    number = (now.year * 12 + now.month - 1) // months + later
    return _in_month(number * months // 12, number * months % 12 + 1, 1)


def _dated(day: int, month: int, year: str | None, today: Day) -> Day:
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, day).toordinal()
    this_year = date.fromordinal(today).year
    try:
        found = date(this_year, month, day).toordinal()
    except ValueError:
        return date(this_year + 1, month, day).toordinal()  # 29 February may be there next year
    return found if found >= today - _FAR_PAST else date(this_year + 1, month, day).toordinal()


def _on_weekday(today: Day, wanted: int, which: str | None) -> Day:
    ahead = (wanted - weekday(today)) % 7
    match which:
        case "next":
            return today + (ahead or 7)
        case "last":
            return today + ahead - 7
        case _:
            return today + ahead


def _find(word: str, english: Sequence[str], local: Sequence[str]) -> int | None:
    """The number of the name that `word` is or begins; None where there is none or more than one."""
    for names in (local, english):
        plain = [name.casefold().rstrip(".") for name in names]
        if word in plain:
            return plain.index(word)
        hits = [number for number, name in enumerate(plain) if len(word) >= 3 and name.startswith(word)]
        if len(hits) == 1:
            return hits[0]
    return None


def _end_of_months(today: Day, period: int) -> Day:
    """The last day of the month, quarter (3) or year (12) that `today` lies in."""
    now = date.fromordinal(today)
    return _in_month(now.year, -(-now.month // period) * period, 31)


_FIXED: dict[str, Callable[[Day], Day]] = {
    "today": lambda today: today,
    "tomorrow": lambda today: today + 1,
    "yesterday": lambda today: today - 1,
    "eow": lambda today: today - weekday(today) + 4,
    "eom": lambda today: _end_of_months(today, 1),
    "eoq": lambda today: _end_of_months(today, 3),
    "eoy": lambda today: _end_of_months(today, 12),
}
