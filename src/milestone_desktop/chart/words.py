"""How dates and figures are written on a chart. The person's language comes in from outside."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.messages import N_, Message, Translate, message, render

MONTHS = (
    N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
    N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec"),
)  # fmt: skip
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


class DateWords(Protocol):
    """What a chart needs to write dates. Days are ordinals, months 1–12, quarters 1–4."""

    @property
    def first_weekday(self) -> int:
        """The day a week begins with: 0 = Monday … 6 = Sunday."""

    def month(self, month: int) -> str:
        """`Sep`"""

    def month_year(self, year: int, month: int) -> str:
        """`Sep 2026`"""

    def quarter(self, quarter: int) -> str:
        """`Q3`"""

    def quarter_year(self, year: int, quarter: int) -> str:
        """`Q3 2026`"""

    def week(self, day: Day) -> str:
        """`W48`, the week that `day` lies in."""

    def weekday(self, day: Day) -> str:
        """`Mon`"""

    def day_month(self, day: Day) -> str:
        """`4 Dec`"""

    def full_date(self, day: Day) -> str:
        """`4 Dec 2026`"""

    def say(self, sentence: Message | str) -> str:
        """A sentence in the person's language."""


class GettextWords:
    """Dates in British order with ISO weeks, each word through `translate` (default: English).

    first_weekday: 0 = Monday … 6 = Sunday; least_days: how many days of a year its first week has at least: 4 as ISO
    counts, 1 where the week with 1 January is the first.
    """

    def __init__(self, translate: Translate = str, first_weekday: int = 0, least_days: int = 4) -> None:
        self._translate = translate
        self._first_weekday = first_weekday
        self._least_days = least_days

    @property
    def first_weekday(self) -> int:
        return self._first_weekday

    def month(self, month: int) -> str:
        return self._translate(MONTHS[month - 1])

    def month_year(self, year: int, month: int) -> str:
        return self.say(message(N_("{month} {year}"), month=self.month(month), year=year))

    def quarter(self, quarter: int) -> str:
        return self.say(message(N_("Q{quarter}"), quarter=quarter))

    def quarter_year(self, year: int, quarter: int) -> str:
        return self.say(message(N_("Q{quarter} {year}"), quarter=quarter, year=year))

    def week(self, day: Day) -> str:
        # A week counts to the year in which it has at least so many days: the day that decides is its last but so many.
        first = day - (weekday(day) - self._first_weekday) % 7
        deciding = date.fromordinal(_in_range(first + 7 - self._least_days))
        return self.say(message(N_("W{week}"), week=(deciding.timetuple().tm_yday - 1) // 7 + 1))

    def weekday(self, day: Day) -> str:
        return self._translate(WEEKDAYS[weekday(day)])

    def day_month(self, day: Day) -> str:
        on = date.fromordinal(day)
        return self.say(message(N_("{day} {month}"), day=on.day, month=self.month(on.month)))

    def full_date(self, day: Day) -> str:
        on = date.fromordinal(day)
        return self.say(message(N_("{day} {month} {year}"), day=on.day, month=self.month(on.month), year=on.year))

    def say(self, sentence: Message | str) -> str:
        return render(sentence, self._translate)


def working_days_text(days: int, words: DateWords, number: Callable[[int], str] = str) -> str:
    """Signed working days: `+10 wd`, `−2 wd` (with a true minus), `0 wd`. number: writes the figure itself."""
    sign = "+" if days > 0 else "−" if days < 0 else ""
    return words.say(message(N_("{sign}{days} wd"), sign=sign, days=number(abs(days))))


def date_text(day: Day, words: DateWords, year_of: Day | None = None) -> str:
    """`4 Dec`, with the year where it is another than that of `year_of`."""
    if year_of is not None and date.fromordinal(day).year == date.fromordinal(year_of).year:
        return words.day_month(day)
    return words.full_date(day)


def _in_range(day: int) -> int:
    return min(max(day, 1), date.max.toordinal())
