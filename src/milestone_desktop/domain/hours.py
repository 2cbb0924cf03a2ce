"""Working hours of a day as people type them: `9:00–13:00, 15:00–19:00`; a shift may run over midnight: `22:00–6:00`."""

from __future__ import annotations

import re

from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Shift

ROUND_THE_CLOCK = ((0, MINUTES_PER_DAY),)

_TIME = r"(\d{1,2})(?:[:.h](\d{2})?)?\s*(am|pm|a\.m\.|p\.m\.)?"
_SHIFT = re.compile(rf"\s*{_TIME}\s*(?:-|–|—|to|bis)\s*{_TIME}\s*", re.IGNORECASE)
_CLOCK = frozenset({"24h", "24 h", "0-24", "24", "all day", "round the clock"})


def read_hours(text: str) -> tuple[Shift, ...]:
    """The shifts that a text means, the earliest first; "" means none. Raises PlanError where it cannot be understood, and
    where shifts overlap or run beyond the end of the next day."""
    plain = text.strip().casefold()
    if not plain:
        return ()
    if plain in _CLOCK:
        return ROUND_THE_CLOCK
    shifts = [_shift(part, text) for part in re.split(r"[,;+&]", plain)]
    edge = 0
    for start, end in shifts:
        if start < edge:
            raise PlanError(
                N_("The hours “{text}” overlap or are out of order."), N_("Type the earlier hours first."), text=text.strip()
            )
        edge = end
    return tuple(shifts)


def hours_text(shifts: tuple[Shift, ...]) -> str:
    """`09:00–13:00, 15:00–19:00`; what ends on the next day is written with its time there."""
    return ", ".join(f"{_clock(start)}–{_clock(end)}" for start, end in shifts)


def minutes_of(shifts: tuple[Shift, ...]) -> int:
    """How long the shifts are together."""
    return sum(end - start for start, end in shifts)


def _shift(part: str, text: str) -> Shift:
    found = _SHIFT.fullmatch(part)
    if found is None:
        raise _unclear(text)
    start, end = _minute(found.group(1, 2, 3), text), _minute(found.group(4, 5, 6), text)
    if start == MINUTES_PER_DAY:
        start = 0
    if end <= start:
        end += MINUTES_PER_DAY
    return start, end


def _minute(parts: tuple[str | None, ...], text: str) -> int:
    hour, minute, half = int(parts[0] or 0), int(parts[1] or 0), (parts[2] or "").replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise _unclear(text)
        hour = hour % 12 + (12 if half == "pm" else 0)
    if minute > 59 or hour > 24 or (hour == 24 and minute):
        raise _unclear(text)
    return hour * 60 + minute


def _clock(minute: int) -> str:
    if minute == MINUTES_PER_DAY:
        return "24:00"
    hour, rest = divmod(minute % MINUTES_PER_DAY, 60)
    return f"{hour:02d}:{rest:02d}"


def _unclear(text: str) -> PlanError:
    return PlanError(
        N_("“{text}” is not understood as working hours."),
        N_("Type hours such as 9:00–17:00 or 9–13, 15–19, or “off”."),
        text=text.strip(),
    )
