"""The lag of a dependency as people write it: `+2d`, `-4h`, `+3ed`, `50%`."""

from __future__ import annotations

import re

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.durations import format_duration, parse_duration
from milestone_desktop.domain.enums import LagUnit
from milestone_desktop.domain.projects import Project

_PERCENT = re.compile(r"^([+\-−]?)\s*(\d{1,4})(?:[.,](\d{1,2}))?\s*(e?)%$")


def read_lag(text: str, project: Project) -> tuple[int, LagUnit]:
    """The lag and its unit; an empty text is none. Raises PlanError."""
    plain = text.strip()
    if not plain:
        return 0, LagUnit.WORKING
    found = _PERCENT.match(plain)
    if found is not None:
        hundredths = int(found[2]) * 100 + int((found[3] or "0").ljust(2, "0"))
        unit = LagUnit.ELAPSED_PERCENT if found[4] else LagUnit.PERCENT
        return (hundredths if found[1] in ("", "+") else -hundredths), unit
    duration = parse_duration(plain, project, signed=True)
    return duration.minutes, LagUnit.ELAPSED if duration.unit.startswith("e") else LagUnit.WORKING


def lag_text(dependency: Dependency, project: Project) -> str:
    """The lag of a dependency; "" where it has none."""
    if not dependency.lag:
        return ""
    sign = "+" if dependency.lag > 0 else ""
    if dependency.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        mark = "e%" if dependency.lag_unit is LagUnit.ELAPSED_PERCENT else "%"
        return f"{sign}{dependency.lag / 100:g}{mark}"
    unit = "ed" if dependency.lag_unit is LagUnit.ELAPSED else "d"
    return sign + format_duration(dependency.lag, unit, project)
