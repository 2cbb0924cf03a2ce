"""Dates as the person types them, with the locale's order of day and month and its names."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.domain import dates
from milestone_desktop.domain.instants import Day, Instant, at
from milestone_desktop.domain.messages import N_, PlanError

EMPTY = ("", "—", "-")
"""Texts that stand for no date."""


def read_day(text: str, today: Day, base: Day | None = None, add_days: dates.AddDays | None = None) -> Day | None:
    """The day meant by `text`; None for an empty one. base and add_days: as in `domain.dates.read_day`. Raises PlanError, also
    for a time of day, which would be lost."""
    if text.strip() in EMPTY:
        return None
    day, minute = dates.read_day(text, today, base, day_first=day_first(), names=names(), add_days=add_days)
    if minute is not None:
        raise PlanError(N_("A time of day has no place here."), N_("Type the day alone."))
    return day


def read_moment(text: str, today: Day) -> Instant | None:
    """A day with its time of day, midnight where none is typed; None for an empty text. Raises PlanError."""
    if text.strip() in EMPTY:
        return None
    day, minute = dates.read_day(text, today, day_first=day_first(), names=names())
    return at(day, minute or 0)


def day_first() -> bool:
    """Whether the locale writes the day before the month."""
    short = QLocale().dateFormat(QLocale.FormatType.ShortFormat)
    return QLocale() == QLocale.c() or short.find("d") < short.find("M")


def names() -> dates.Names:
    """What the person's language calls months, weekdays and some words."""
    locale, long_form = QLocale(), QLocale.FormatType.LongFormat
    return dates.Names(
        months=[locale.standaloneMonthName(number, long_form) for number in range(1, 13)],
        weekdays=[locale.standaloneDayName(number, long_form) for number in range(1, 8)],
        words={
            _("today").casefold(): "today", _("tomorrow").casefold(): "tomorrow", _("yesterday").casefold(): "yesterday",
            _("next").casefold(): "next", _("last").casefold(): "last",
        },
    )  # fmt: skip


def understood_text(day: Day | None) -> str:
    """What a typed date was taken for, in words."""
    return _("no date") if day is None else long_day_text(day, weekday=True)
