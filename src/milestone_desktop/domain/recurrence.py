"""The days on which a calendar exception applies: a plain range, or a rule that recurs within it.

The rules are those of project-planning files: daily, weekly, monthly and yearly, by day or by position ("the last
Friday"). A day that a month does not have (31 April) means the month's last day. Where a rule by day skips months, these
are counted from the one with the first occurrence, by position from the one of `first` (as MPXJ counts them). Where it skips
weeks, these begin on the day that `week_start` names, without it on the weekday of `first`, which lies in the first one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from itertools import islice, takewhile
from typing import Any

from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import CalendarException

FIRST_DAY: Day = date(1900, 1, 1).toordinal()
LAST_DAY: Day = date(2200, 12, 31).toordinal()

KINDS_OF_RULE = ("daily", "weekly", "monthly by day", "monthly by position", "yearly by day", "yearly by position")

_DAY_SETS: Mapping[Any, Collection[int]] = {"day": range(7), "weekday": range(5), "weekend": (5, 6)}


def spans(exception: CalendarException) -> Iterator[tuple[Day, Day]]:
    """The ranges (first, last), both included, on which the exception applies, within the years 1900–2200.

    Raises PlanError on a rule that cannot be understood.
    """
    rule = exception.recurrence
    check_rule(rule)
    last = min(exception.last, LAST_DAY)
    if exception.first > last:
        return
    if not rule or _every_day(rule):
        first = exception.first
        count = rule.get("count")
        if count is not None:
            last = min(last, first + count - 1)
        first = max(first, FIRST_DAY)
        if first <= last:
            yield first, last
        return
    for day in occurrences(rule, exception.first, last):
        if day >= FIRST_DAY:
            yield day, day


def occurrences(rule: Mapping[str, Any], first: Day, last: Day) -> Iterator[Day]:
    """The days of `rule` from `first` to `last`, both included, in order; at most `count` of them if the rule has one.

    Raises PlanError on a rule that cannot be understood.
    """
    days = takewhile(lambda day: day <= last, _endless(rule, first, last))
    count = rule.get("count")
    return islice(days, count) if count is not None else days


def check_rule(rule: Mapping[str, Any]) -> None:
    """Raises PlanError on a recurrence rule that cannot be understood. {} is the rule of a plain range."""
    if rule:
        _check(rule)


def _every_day(rule: Mapping[str, Any]) -> bool:
    return rule.get("type") == "daily" and rule.get("every", 1) == 1


def _endless(rule: Mapping[str, Any], first: Day, last: Day) -> Iterator[Day]:
    _check(rule)
    every = rule.get("every", 1)
    match rule["type"]:
        case "daily":
            return iter(range(first, last + 1, every))
        case "weekly":
            begin = first - (weekday(first) - rule.get("week_start", weekday(first))) % 7
            return (day for day in _weekly(frozenset(rule["weekdays"]), every, begin, last) if day >= first)
        case "monthly by day":
            return _in_months(first, last, every, 1, None, lambda year, month: _day_of_month(year, month, rule["day"]))
        case "monthly by position":
            return _in_months(first, last, every, every, None, lambda year, month: _positioned(year, month, rule))
        case "yearly by day":
            return _in_months(first, last, 12 * every, 12, rule["month"], lambda y, m: _day_of_month(y, m, rule["day"]))
        case _:
            return _in_months(first, last, 12 * every, 12, rule["month"], lambda y, m: _positioned(y, m, rule))


def _weekly(weekdays: Collection[int], every: int, first: Day, last: Day) -> Iterator[Day]:
    for week in range(first, last + 1, 7 * every):
        for day in range(week, week + 7):
            if weekday(day) in weekdays:
                yield day


def _in_months(
    first: Day, last: Day, every: int, step: int, month: int | None, find: Callable[[int, int], Day]
) -> Iterator[Day]:  # fmt: skip
    """One day a month, every so many months; `month` 1–12 pins the first one to a month of the year. step: months to the next
    one where the day of the first month is over already."""
    begin, end = date.fromordinal(first), date.fromordinal(last)
    current = begin.year * 12 + (begin.month if month is None else month) - 1
    final = end.year * 12 + end.month - 1
    if find(*_year_and_month(current)) < first:
        current += step
    while current <= final:
        yield find(*_year_and_month(current))
        current += every


def _year_and_month(months: int) -> tuple[int, int]:
    return months // 12, months % 12 + 1


def _day_of_month(year: int, month: int, day: int) -> Day:
    return date(year, month, min(day, monthrange(year, month)[1])).toordinal()


def _positioned(year: int, month: int, rule: Mapping[str, Any]) -> Day:
    """The 1st–4th or last (-1) Monday, …, day, working weekday or weekend day of a month."""
    wanted = rule["weekday"]
    weekdays = _DAY_SETS.get(wanted, (wanted,))
    first = date(year, month, 1).toordinal()
    days = [day for day in range(first, first + monthrange(year, month)[1]) if weekday(day) in weekdays]
    position: int = rule["position"]
    return days[position - 1 if position > 0 else position]


def _check(rule: Mapping[str, Any]) -> None:
    needed: dict[str, Callable[[Any], bool]] = {"every": _is_whole(1, 10_000)}
    kind = rule.get("type")
    if kind == "weekly":
        needed["weekdays"] = _are_weekdays
        needed |= {"week_start": _is_whole(0, 6)} if "week_start" in rule else {}
    elif kind in ("monthly by day", "yearly by day"):
        needed["day"] = _is_whole(1, 31)
    elif kind in ("monthly by position", "yearly by position"):
        needed["position"] = lambda value: value == -1 or _is_whole(1, 4)(value)
        needed["weekday"] = lambda value: (isinstance(value, str) and value in _DAY_SETS) or _is_whole(0, 6)(value)
    if kind in ("yearly by day", "yearly by position"):
        needed["month"] = _is_whole(1, 12)
    filled = {"every": 1, **rule}
    good = kind in KINDS_OF_RULE and all(name in filled and test(filled[name]) for name, test in needed.items())
    if not good or not (rule.get("count") is None or _is_whole(0, 10_000_000)(rule["count"])):
        raise PlanError(
            N_("The recurrence of a calendar exception cannot be understood: {rule}."),
            N_("Give its type and the days on which it applies."),
            rule=", ".join(f"{name} {value}" for name, value in rule.items()),
        )


def _is_whole(low: int, high: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and low <= value <= high


def _are_weekdays(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(_is_whole(0, 6)(day) for day in value)
