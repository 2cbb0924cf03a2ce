"""Microsoft Project XML: its code tables, and the fields that are written in ways of its own.

Durations are hours, minutes and seconds of work (of calendar time in the elapsed formats), lags and slack are tenths
of a minute, instants are local. Codes are those of Microsoft's published schema of the format.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from milestone_desktop.domain.durations import LONGEST
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, Priority
from milestone_desktop.exchange.xml_fields import NOTHING, XmlFields, whole

CONSTRAINTS: Mapping[str, ConstraintType] = {
    "0": ConstraintType.ASAP, "1": ConstraintType.ALAP, "2": ConstraintType.MSO, "3": ConstraintType.MFO,
    "4": ConstraintType.SNET, "5": ConstraintType.SNLT, "6": ConstraintType.FNET, "7": ConstraintType.FNLT,
}  # fmt: skip

LINK_TYPES: Mapping[str, LinkType] = {"0": LinkType.FF, "1": LinkType.FS, "2": LinkType.SF, "3": LinkType.SS}

UNITS: Mapping[int, str] = {
    3: "m", 4: "em", 5: "h", 6: "eh", 7: "d", 8: "ed", 9: "w", 10: "ew", 11: "mo", 12: "emo", 19: "%", 20: "e%", 21: "d",
}  # fmt: skip
"""Codes of duration and lag formats; 32 more says that the duration is an estimate."""

ESTIMATED = 32

NORMAL = NOTHING | {"PT0H0M0S"}
"""Values that say nothing and are not kept in `extra`, but for the fields in KEPT and ONE_IS_NORMAL."""

ONE_IS_NORMAL = frozenset({"LevelAssignments", "LevelingCanSplit", "Active", "CanLevel", "HasFixedRateUnits"})

KEPT = frozenset(
    {"EarlyStart", "EarlyFinish", "LateStart", "LateFinish", "TotalSlack", "FreeSlack", "StartSlack", "FinishSlack", "Critical"}
)
"""What the other program computed: always kept, to compare with."""

_DURATION = re.compile(r"(-?)P(?:(\d{1,9})D)?(?:T(?:(\d{1,12})H)?(?:(\d{1,12})M)?(?:(\d{1,12}(?:\.\d{1,9})?)S)?)?")


def work_minutes(text: str) -> tuple[int, bool]:
    """Minutes of a duration such as `PT8H30M0S`, rounded, and whether they are exact. Raises ValueError."""
    match = _DURATION.fullmatch(text)
    if match is None or text in ("P", "PT"):
        raise ValueError(f"not a duration: {text!r}")
    sign, days, hours, minutes, seconds = match.groups()
    rest = float(seconds or 0)
    total = int(days or 0) * 1440 + int(hours or 0) * 60 + int(minutes or 0) + int(rest / 60 + 0.5)
    if total > LONGEST:
        raise ValueError(f"a duration beyond all bounds: {text!r}")
    return (-total if sign else total), rest % 60 == 0


def priority(number: int) -> Priority:
    """From 0–1000, 500 being the usual one (Low 400, Higher 600, Very high 800 in that program's own words)."""
    if number < 500:
        return Priority.LOW
    if number < 600:
        return Priority.MEDIUM
    return Priority.HIGH if number < 800 else Priority.URGENT


def unit(code: int) -> tuple[str, bool]:
    """The unit of a duration format and whether it marks an estimate. Raises ValueError on an unknown code."""
    plain = code - ESTIMATED if code > 21 else code
    if plain not in UNITS:
        raise ValueError(f"not a duration format: {code}")
    return UNITS[plain], code != plain


def lag(tenths: int, code: int) -> tuple[int, LagUnit, bool]:
    """A link's lag as `Dependency` holds it, and whether it is exact. Raises ValueError on an unknown code."""
    name, _ = unit(code)
    if name.endswith("%"):  # the number is a percentage then
        return tenths * 100, LagUnit.PERCENT if name == "%" else LagUnit.ELAPSED_PERCENT, True
    minutes = (abs(tenths) + 5) // 10 * (-1 if tenths < 0 else 1)
    return minutes, LagUnit.ELAPSED if name.startswith("e") else LagUnit.WORKING, tenths % 10 == 0


class Fields(XmlFields):
    """The fields of an element of a Microsoft Project file."""

    def says_nothing(self, name: str, text: str) -> bool:
        if name in KEPT:
            return False
        return text == "1" if name in ONE_IS_NORMAL else text in NORMAL

    def take_minutes(self, name: str) -> int | None:
        """A duration in minutes; one that is not whole minutes is kept as it is written, too."""
        text = self.take(name)
        if text in ("", "NA"):
            return None
        try:
            minutes, exact = work_minutes(text)
            if minutes < 0:
                raise ValueError(f"a duration below zero: {text!r}")
        except ValueError:
            return self.unreadable(name, text, None)
        if not exact:
            self.keep(name, text)
        return minutes

    def take_unit(self, name: str) -> tuple[str, bool]:
        """The unit of a duration format (days if not given) and whether it marks an estimate."""
        text = self.take(name)
        try:
            return unit(whole(text)) if text else ("d", False)
        except ValueError:
            return self.unreadable(name, text, ("d", False))
