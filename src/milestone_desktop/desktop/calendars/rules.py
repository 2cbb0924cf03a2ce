"""Recurrence of calendar exceptions in words, and the rules that a day suggests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QDate, QLocale

from milestone_desktop.desktop.words import _, long_day_text, ngettext, number_text
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.domain.recurrence import LAST_DAY

KINDS = ("weekly", "monthly by day", "monthly by position", "yearly by day", "yearly by position")


def weekday_name(number: int, *, short: bool = False) -> str:
    """The name of a weekday, 0 being Monday."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().standaloneDayName(number + 1, form)


def rule_for(kind: str, day: Day, *, every: int = 1, from_end: bool = False) -> dict[str, Any]:
    """The rule of a kind that comes true on a day. from_end: by position counted as the last one of its month."""
    found: dict[str, Any] = {"type": kind}
    plain = date.fromordinal(day)
    if kind == "weekly":
        found["weekdays"] = [weekday(day)]
    elif kind.endswith("by day"):
        found["day"] = plain.day
    else:
        found |= {"position": -1 if from_end else min(4, (plain.day + 6) // 7), "weekday": weekday(day)}
    if kind.startswith("yearly"):
        found["month"] = plain.month
    return found | ({"every": every} if every > 1 else {})


def suggested(day: Day) -> list[dict[str, Any]]:
    """Rules that come true on a day, from each week to each year."""
    found = []
    ends_month = (date.fromordinal(day) + timedelta(7)).month != date.fromordinal(day).month
    fifth = date.fromordinal(day).day > 28
    for kind in KINDS:
        if not (kind.endswith("position") and fifth):
            found.append(rule_for(kind, day))
        if kind.endswith("position") and ends_month:
            found.append(rule_for(kind, day, from_end=True))
    return found


def rule_text(rule: Mapping[str, Any]) -> str:
    """`every year on 24 December`, `every 2 weeks on Mon, Fri`; "" for {}."""
    if not rule:
        return ""
    kind, every = rule["type"], int(rule.get("every", 1))
    if kind == "daily":
        return ngettext("every day", "every {n} days", every)
    if kind == "weekly":
        days = ", ".join(weekday_name(number, short=True) for number in sorted(rule["weekdays"]))
        return _("{often} on {days}").format(often=ngettext("every week", "every {n} weeks", every), days=days)
    months = kind.startswith("monthly")
    often = ngettext("every month", "every {n} months", every) if months else ngettext("every year", "every {n} years", every)
    month = "" if months else QLocale().standaloneMonthName(rule["month"], QLocale.FormatType.LongFormat)
    if kind == "monthly by day":
        return _("{often} on day {day}").format(often=often, day=rule["day"])
    if kind == "yearly by day":
        return _("{often} on {date}").format(often=often, date=_day_and_month(rule["day"], rule["month"]))
    which = _("{position} {weekday}").format(position=_position(rule["position"]), weekday=_weekday(rule["weekday"]))
    if months:
        return _("{often} on the {which}").format(often=often, which=which)
    return _("{often} on the {which} of {month}").format(often=often, which=which, month=month)


def recurrence_text(exception: CalendarException) -> str:
    """The rule of an exception with its end."""
    text, count = rule_text(exception.recurrence), exception.recurrence.get("count")
    if not text:
        return ""
    if count is not None:
        return _("{rule}, {count} times").format(rule=text, count=number_text(count))
    if exception.last >= LAST_DAY:
        return text
    return _("{rule}, until {day}").format(rule=text, day=long_day_text(exception.last))


def _day_and_month(day: int, month: int) -> str:
    pattern = QLocale().dateFormat(QLocale.FormatType.LongFormat)
    return QLocale().toString(
        QDate(2000, month, min(day, 29 if month == 2 else 31)), "MMMM d" if _month_first(pattern) else "d MMMM"
    )


def _month_first(pattern: str) -> bool:
    without = pattern.replace("dddd", "")
    return -1 < without.find("M") < without.find("d")


def _position(position: int) -> str:
    return {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}[position]


def _weekday(wanted: int | str) -> str:
    if isinstance(wanted, int):
        return weekday_name(wanted)
    return {"day": _("day"), "weekday": _("working day"), "weekend": _("weekend day")}[wanted]
