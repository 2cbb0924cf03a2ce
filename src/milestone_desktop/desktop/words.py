"""Words, dates and numbers as the person reads them: translated, and formatted in the person's locale."""

from __future__ import annotations

import gettext
import re
from datetime import date, datetime
from typing import Any

from PySide6.QtCore import QDate, QLocale, QTime
from PySide6.QtGui import QFontMetrics, QGuiApplication

from milestone_desktop import language
from milestone_desktop.chart import words as chart_words
from milestone_desktop.domain.instants import Day, Instant, day_from_iso, day_of, minute_of, weekday
from milestone_desktop.domain.messages import Message, PlanError, render

NOTHING = "—"
ISO_WEEKS = (
    "AD AN AT AX BE BG CH CZ DE DK EE ES FI FJ FO FR GB GF GG GI GP GR HU IE IM IS IT JE LI LT LU MC MQ NL NO PL PT RE RU "
    "SE SJ SK SM VA"
)
"""Territories (CLDR) whose first week of a year is the one with at least four days of it; elsewhere it is the one with
1 January."""

_ISO_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")


_ = language._


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a sentence that goes with `count`, in the person's language, with `{n}` filled in."""
    return gettext.dngettext(language.DOMAIN, one, many, count).format(n=number_text(count))


def say(sentence: Message | str) -> str:
    """A message of another room in the person's language, the days in it written as the locale does."""
    return render(_with_local_days(sentence) if isinstance(sentence, Message) else sentence, _)


def say_error(error: PlanError) -> str:
    """What went wrong, why and what next, in the person's language."""
    return " ".join(say(part) for part in (error.message, error.hint) if part is not None)


def party_sign() -> str:
    """🎉 and a blank, where the person's fonts can draw it."""
    return "🎉 " if QFontMetrics(QGuiApplication.font()).inFontUcs4(ord("🎉")) else ""


def all_hidden_text(count: int) -> str:
    """What a table says of which the filter hides every row, and what can be done about it."""
    told = ngettext("The filter hides the one row that there is.", "The filter hides all {n} rows.", count)
    return _("{told} Clear, above, takes it away.").format(told=told)


def number_text(value: float, decimals: int = 0) -> str:
    """A number with the locale's separators; where no locale is set, with those of English, as its words are."""
    locale = QLocale()
    locale.setNumberOptions(locale.numberOptions() & ~QLocale.NumberOption.OmitGroupSeparator)
    return locale.toString(float(value), "f", decimals)


def day_text(day: Day | None, today: Day, *, weekday: bool = False) -> str:
    """`4 Dec`, with the year when it is not the current one (`4 Dec 2027`); in the order the locale writes dates."""
    if day is None:
        return NOTHING
    this_year = date.fromordinal(day).year == date.fromordinal(today).year
    pattern = _pattern(with_year=not this_year)
    return QLocale().toString(_qdate(day), ("ddd " if weekday else "") + pattern)


def long_day_text(day: Day | None, *, weekday: bool = False) -> str:
    """`4 Dec 2026`, always with the year; weekday: `Fri 4 Dec 2026`."""
    if day is None:
        return NOTHING
    return QLocale().toString(_qdate(day), ("ddd " if weekday else "") + _pattern(with_year=True))


def instant_text(moment: Instant | None, today: Day) -> str:
    """The day of an instant, as `day_text`."""
    return NOTHING if moment is None else day_text(day_of(moment), today)


def time_text(moment: Instant) -> str:
    """The time of day of an instant, `17:00`."""
    minute = minute_of(moment)
    return QLocale().toString(QTime(minute // 60, minute % 60), "HH:mm")


def clock_text(moment: datetime) -> str:
    """The time of day of a local date and time, `14:02`."""
    return QLocale().toString(QTime(moment.hour, moment.minute), "HH:mm")


def working_days_text(count: int | None) -> str:
    """`+10 wd`, `−3 wd`, `0 wd`; signed working days."""
    if count is None:
        return NOTHING
    return chart_words.working_days_text(count, LocaleDates(), number_text)


def length_text(minutes: int) -> str:
    """`8 h`, `7 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    text = _("{hours} h {minutes} min") if rest else _("{hours} h")
    return text.format(hours=number_text(hours), minutes=number_text(rest))


def percent_text(value: int | None) -> str:
    """`72 %`."""
    return NOTHING if value is None else _("{value} %").format(value=value)


def range_text(first: Instant | None, last: Instant | None, today: Day) -> str:
    """`23 Nov – 4 Dec`, or the one end that there is."""
    if first is None or last is None or day_of(first) == day_of(last):
        return instant_text(last if last is not None else first, today)
    begin, end = pair_text(first, last, today)
    return _("{first} – {last}").format(first=begin, last=end)


def pair_text(first: Instant | None, last: Instant | None, today: Day) -> tuple[str, str]:
    """Two days that are read together: a year that both have stands with the second only."""
    if first is None or last is None:
        return instant_text(first, today), instant_text(last, today)
    same_year = date.fromordinal(day_of(first)).year == date.fromordinal(day_of(last)).year
    return day_text(day_of(first), day_of(last) if same_year else today), instant_text(last, today)


class LocaleDates(chart_words.GettextWords):
    """Dates of charts and reports as the rest of the window writes them: names, order and first day of the locale."""

    def __init__(self) -> None:
        least_days = 4 if QLocale.territoryToCode(QLocale().territory()) in ISO_WEEKS else 1  # none known: "", as ISO
        super().__init__(_, (QLocale().firstDayOfWeek().value - 1) % 7, least_days)

    def month(self, month: int) -> str:
        return QLocale().standaloneMonthName(month, QLocale.FormatType.ShortFormat)

    def month_year(self, year: int, month: int) -> str:
        day = QDate(year, month, 1)
        return QLocale().toString(day, "yyyy年M月" if "年" in _long_pattern() else "MMM yyyy")

    def weekday(self, day: Day) -> str:
        return QLocale().standaloneDayName(weekday(day) + 1, QLocale.FormatType.ShortFormat)

    def day_month(self, day: Day) -> str:
        return QLocale().toString(_qdate(day), _pattern(with_year=False))

    def full_date(self, day: Day) -> str:
        return long_day_text(day)

    def say(self, sentence: Message | str) -> str:
        return say(sentence)


def _with_local_days(sentence: Message) -> Message:
    """Other rooms put days into their sentences as ISO text."""
    arguments = {
        name: _with_local_days(value) if isinstance(value, Message) else _local_day(value)
        for name, value in sentence.arguments.items()
    }
    return Message(sentence.id, arguments)


def _local_day(value: Any) -> Any:
    return long_day_text(day_from_iso(value)) if isinstance(value, str) and _ISO_DAY.fullmatch(value) else value


def _qdate(day: Day) -> QDate:
    plain = date.fromordinal(day)
    return QDate(plain.year, plain.month, plain.day)


def _pattern(*, with_year: bool) -> str:
    """A short date pattern in the order of the locale's long one."""
    long_form = _long_pattern()
    if "年" in long_form:
        return "yyyy年M月d日" if with_year else "M月d日"
    without_weekday = long_form.replace("dddd", "").replace("ddd", "")
    if without_weekday.find("M") < without_weekday.find("d"):
        return "MMM d, yyyy" if with_year else "MMM d"
    return "d MMM yyyy" if with_year else "d MMM"


def _long_pattern() -> str:
    return QLocale().dateFormat(QLocale.FormatType.LongFormat)
