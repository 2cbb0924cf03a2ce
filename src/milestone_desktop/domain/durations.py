"""Durations and efforts as people write them: `3d`, `2w 4d 6h 45m`, `1,5 d`, `5ed`, `3d?`.

Working units convert by the project's own day, week and month; elapsed ones (written with an "e" before the unit) by
the clock: a day of 24 hours, a week of 7 days, a month of 30.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

LONGEST = 300 * 366 * 1440
"""No duration is longer than the years that a plan may span; in minutes."""

_UNITS = {
    "m": "m", "min": "m", "mins": "m", "minute": "m", "minutes": "m",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h",
    "d": "d", "day": "d", "days": "d", "wd": "d",
    "w": "w", "wk": "w", "wks": "w", "week": "w", "weeks": "w",
    "mo": "mo", "mon": "mo", "mons": "mo", "month": "mo", "months": "mo",
}  # fmt: skip
_LARGEST_FIRST = ("mo", "w", "d", "h", "m")
_PART = re.compile(r"\s*(\d{1,9}(?:[.,]\d{1,6})?|[.,]\d{1,6})\s*(e?)([a-z]*)\s*")


@dataclass(frozen=True, slots=True)
class Duration:
    """minutes: working, or elapsed where `unit` begins with "e"; unit: the largest one written; estimated: with a "?"."""

    minutes: int
    unit: str
    estimated: bool = False


def minutes_in(unit: str, project: Project) -> int:
    """Minutes of one `m`, `h`, `d`, `w` or `mo` of a project, or of its elapsed twin (`em` … `emo`). Raises KeyError."""
    day = project.minutes_per_day
    working = {"m": 1, "h": 60, "d": day, "w": project.minutes_per_week, "mo": project.days_per_month * day}
    elapsed = {"em": 1, "eh": 60, "ed": 1440, "ew": 7 * 1440, "emo": 30 * 1440}
    return working[unit] if unit in working else elapsed[unit]


def parse_duration(text: str, project: Project, *, signed: bool = False) -> Duration:
    """Reads a duration; a bare number means days. signed: a + or − may stand in front, as in a lag. Raises PlanError."""
    rest = text.strip().casefold().replace("−", "-")
    sign = 1
    if signed and rest[:1] in ("+", "-"):
        sign = -1 if rest[0] == "-" else 1
        rest = rest[1:]
    estimated = rest.endswith("?")
    rest = rest.removesuffix("?").rstrip()
    minutes = Fraction(0)
    units: set[str] = set()
    position = 0
    while part := _PART.match(rest, position):
        unit = _unit(part[2], part[3])
        if unit is None or unit in units or (units and not part[3]):
            raise _nonsense(text)
        units.add(unit)
        minutes += Fraction(part[1].replace(",", ".")) * minutes_in(unit, project)
        position = part.end()
    if position < len(rest) or not units or len({unit.startswith("e") for unit in units}) > 1:
        raise _nonsense(text)
    if minutes > LONGEST:
        raise PlanError(N_("“{text}” is too long: more than 300 years."), N_("Type a shorter one."), text=text.strip())
    largest = max(units, key=lambda unit: minutes_in(unit, project))
    return Duration(sign * int(minutes + Fraction(1, 2)), largest, estimated)


def parse_effort(text: str, project: Project) -> int:
    """Working minutes of an effort such as `2w 4d 6h 45m`; a bare number means days. Raises PlanError."""
    found = parse_duration(text, project)
    if found.unit.startswith("e") or found.estimated:
        raise _nonsense(text)
    return found.minutes


def format_duration(minutes: int, unit: str, project: Project, *, estimated: bool = False) -> str:
    """A duration in its unit with up to two decimals (`1.5d`), or in several units where that would not be exact.

    What it writes, `parse_duration` reads back to the same minutes.
    """
    mark = "?" if estimated else ""
    sign = "-" if minutes < 0 else ""
    size = minutes_in(unit, project)
    hundredths, rest = divmod(abs(minutes) * 100, size)
    if rest:
        return f"{sign}{_mixed(abs(minutes), 'e' if unit.startswith('e') else '', project)}{mark}"
    figure = f"{hundredths // 100}.{hundredths % 100:02d}".rstrip("0").rstrip(".")
    return f"{sign}{figure}{unit}{mark}"


def format_effort(minutes: int, project: Project) -> str:
    """An effort in weeks, days, hours and minutes of the project: `2w 4d 6h 45m`; nothing is `0h`."""
    return ("-" if minutes < 0 else "") + (_mixed(abs(minutes), "", project) if minutes else "0h")


def _mixed(minutes: int, prefix: str, project: Project) -> str:
    parts = []
    for unit in _LARGEST_FIRST[1:]:
        count, minutes = divmod(minutes, minutes_in(prefix + unit, project))
        if count:
            parts.append(f"{count}{prefix}{unit}")
    return " ".join(parts)


def _unit(elapsed: str, word: str) -> str | None:
    if not word and not elapsed:
        return "d"
    unit = _UNITS.get(word)
    return elapsed + unit if unit is not None else None


def _nonsense(text: str) -> PlanError:
    return PlanError(N_("“{text}” is not a duration."), N_("Type one such as 3d, 2w 4d, 1.5d, 6h 45m or 5ed."), text=text.strip())
