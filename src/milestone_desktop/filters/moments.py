"""Days and amounts as they stand in a filter: one canonical text each, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from milestone_desktop.domain import dates
from milestone_desktop.domain.durations import minutes_in
from milestone_desktop.domain.instants import Day, day_from_iso, day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

STATUS = "status"
WORDS = (
    "today", "tomorrow", "yesterday", "eow", "eom", "eoq", "eoy",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
"""Days that move with the calendar; STATUS is the project's status date."""

_OFFSET = re.compile(r"([+-]?)(\d{1,4})(d|w|m|y)")
_WITHIN = re.compile(r"(next|last)[ -]?(\d{1,4})[ -]?(d|w|m|y)(?:ays?|eeks?|onths?|ears?)?")
_PERIOD = re.compile(r"(\d{4})(?:-(\d{1,2}))?")
_NUMBER = re.compile(r"[+-]?(?:\d{1,15}(?:\.\d{1,6})?|\.\d{1,6})")
_EFFORT = re.compile(r"(?:\d{1,6}(?:\.\d{1,4})?(?:w|d|h|m))+")
_PART = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)(w|d|h|m)")

ReadDay = Callable[[str], Day]


def canonical_day(text: str, read_day: ReadDay) -> str:
    """`30d`, `-2w`, `today`, `status` or an ISO date; whatever else people type as the ISO date it means. Raises PlanError."""
    plain = " ".join(text.casefold().replace("−", "-").split())
    if plain == STATUS or plain in WORDS:
        return plain
    found = _OFFSET.fullmatch(plain)
    if found is not None:
        return f"{'-' if found[1] == '-' else ''}{int(found[2])}{found[3]}"
    return day_to_iso(read_day(text))


def within(text: str) -> tuple[str, str] | None:
    """(`next` or `last`, `30d`) of `next30d`, `next 30 days`; None where it is something else."""
    found = _WITHIN.fullmatch(" ".join(text.casefold().split()))
    return None if found is None else (found[1], f"{int(found[2])}{found[3]}")


def period(text: str) -> tuple[str, str] | None:
    """First and last day of a year (`2026`) or month (`2026-12`); None where it is something else."""
    found = _PERIOD.fullmatch(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2] is None:
        return f"{year:04}-01-01", f"{year:04}-12-31"
    month = int(found[2])
    if not 1 <= month <= 12:
        return None
    after = date(year + month // 12, month % 12 + 1, 1).toordinal() if year < 9999 else 0
    return f"{year:04}-{month:02}-01", day_to_iso(after - 1) if after else f"{year:04}-{month:02}-28"


def day_meant(value: str, today: Day, reference: Day) -> Day:
    """The day of a canonical text. reference: what a number of days counts from."""
    if value == STATUS:
        return reference
    found = _OFFSET.fullmatch(value)
    if found is not None:
        sign = found[1] or "+"
        if found[3] == "d":
            return reference + int(found[2]) * (-1 if sign == "-" else 1)
        return dates.read_day(f"{sign}{found[2]}{found[3]}", reference)[0]
    if value in WORDS:
        return dates.read_day(value, today)[0]
    return day_from_iso(value)


def canonical_number(text: str) -> str:
    """A plain number, without the % or unit that may stand behind it. Raises PlanError."""
    plain = text.strip().replace("−", "-").removeprefix("+")
    plain = re.sub(r"\s*(%|wd|d|days?)$", "", plain.casefold())
    if not _NUMBER.fullmatch(plain):
        raise PlanError(N_("“{text}” is not a number."), N_("Type one such as 5 or 2.5."), text=text)
    number = float(plain)
    return f"{number:.6f}".rstrip("0").rstrip(".") if number else "0"


def canonical_effort(text: str) -> str:
    """`2w4d`, `6h`; a bare number means days. Raises PlanError."""
    plain = "".join(text.casefold().split())
    if _NUMBER.fullmatch(plain) and not plain.startswith(("-", "+")):
        plain += "d"
    if not _EFFORT.fullmatch(plain):
        raise PlanError(N_("“{text}” is not an effort."), N_("Type one such as 3d, 2w4d or 6h."), text=text)
    return plain


def minutes_meant(value: str, project: Project) -> float:
    """Working minutes of a canonical effort, by the project's day and week."""
    return sum(float(count) * minutes_in(unit, project) for count, unit in _PART.findall(value))
