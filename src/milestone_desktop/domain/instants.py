"""Instants and days as whole numbers.

An *instant* is a local date and time to the minute, without a time zone: minutes since 0001-01-01T00:00
(proleptic Gregorian calendar). A *day* is `date.toordinal()`. Both are plain `int`s so that comparing, sorting and
numpy columns cost nothing; the aliases carry a tag that the store reads to write ISO text into the file.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

MINUTES_PER_DAY = 1440

Instant = Annotated[int, "instant"]
Day = Annotated[int, "day"]


def instant(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> Instant:
    """The instant of a calendar date and time of day (24:00 is allowed and means the end of the day)."""
    return date(year, month, day).toordinal() * MINUTES_PER_DAY + hour * 60 + minute


def at(day: Day, minute: int = 0) -> Instant:
    """The instant `minute` minutes after midnight of `day`."""
    return day * MINUTES_PER_DAY + minute


def day_of(moment: Instant) -> Day:
    """The calendar day on which `moment` lies; 00:00 belongs to the day it begins."""
    return moment // MINUTES_PER_DAY


def minute_of(moment: Instant) -> int:
    """Minutes since midnight, 0–1439."""
    return moment % MINUTES_PER_DAY


def weekday(day: Day) -> int:
    """0 = Monday … 6 = Sunday."""
    return (day - 1) % 7


def instant_to_iso(moment: Instant) -> str:
    """`YYYY-MM-DDTHH:MM`."""
    day, minute = divmod(moment, MINUTES_PER_DAY)
    return f"{date.fromordinal(day).isoformat()}T{minute // 60:02d}:{minute % 60:02d}"


def instant_from_iso(text: str) -> Instant:
    """Reads `YYYY-MM-DD[THH:MM[:SS…]]`; seconds are dropped. Raises ValueError."""
    day = date.fromisoformat(text[:10]).toordinal()
    if len(text) == 10:
        return day * MINUTES_PER_DAY
    if text[10] not in "T " or text[13] != ":":
        raise ValueError(f"not an instant: {text!r}")
    hour, minute = int(text[11:13]), int(text[14:16])
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError(f"not a time of day: {text!r}")
    return day * MINUTES_PER_DAY + hour * 60 + minute


def day_to_iso(day: Day) -> str:
    """`YYYY-MM-DD`."""
    return date.fromordinal(day).isoformat()


def day_from_iso(text: str) -> Day:
    """Reads `YYYY-MM-DD`. Raises ValueError."""
    return date.fromisoformat(text).toordinal()


def to_datetime(moment: Instant) -> datetime:
    """The naive local `datetime` of an instant."""
    day, minute = divmod(moment, MINUTES_PER_DAY)
    return datetime.combine(date.fromordinal(day), datetime.min.time()).replace(hour=minute // 60, minute=minute % 60)


def from_datetime(moment: datetime) -> Instant:
    """The instant of a naive local `datetime`; seconds are dropped."""
    return moment.toordinal() * MINUTES_PER_DAY + moment.hour * 60 + moment.minute
