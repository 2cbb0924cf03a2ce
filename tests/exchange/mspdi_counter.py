"""Counts what a Microsoft Project XML file holds, by its own simple means: the yardstick for the importer."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field


@dataclass
class Count:
    """What an import of a file should bring; dates: recorded start and finish by the task's UID."""

    tasks: int = 0
    milestones: int = 0
    links: int = 0
    calendars: int = 0
    exceptions: int = 0
    baselines: int = 0
    people: int = 0
    dates: dict[str, tuple[str | None, str | None]] = field(default_factory=dict)
    levels: dict[str, str | None] = field(default_factory=dict)


def counted(data: bytes) -> Count | None:
    """The count of a file; None where it is not a Microsoft Project file."""
    root = ET.fromstring(data)
    space = root.tag.partition("}")[0] + "}"
    if space != "{http://schemas.microsoft.com/project}":
        return None
    found = Count()
    numbers = set()
    for task in root.iterfind(f"{space}Tasks/{space}Task"):
        uid = task.findtext(f"{space}UID")
        if uid == "0" or task.findtext(f"{space}IsNull") == "1":
            continue
        found.tasks += 1
        found.milestones += task.findtext(f"{space}Milestone") == "1"
        found.links += len(task.findall(f"{space}PredecessorLink"))
        numbers |= {baseline.findtext(f"{space}Number") for baseline in task.findall(f"{space}Baseline")}
        found.dates[uid] = (task.findtext(f"{space}Start"), task.findtext(f"{space}Finish"))
        found.levels[uid] = task.findtext(f"{space}OutlineLevel")
    found.baselines = len(numbers)
    for calendar in root.iterfind(f"{space}Calendars/{space}Calendar"):
        found.calendars += 1
        new = calendar.findall(f"{space}Exceptions/{space}Exception")
        old = [day for day in calendar.iterfind(f"{space}WeekDays/{space}WeekDay") if day.findtext(f"{space}DayType") == "0"]
        days = {_days(row, space) for row in new}
        found.exceptions += len(new) + sum(_days(row, space) not in days for row in old)
    for resource in root.iterfind(f"{space}Resources/{space}Resource"):
        thing = resource.findtext(f"{space}Type") != "1" or resource.findtext(f"{space}IsNull") == "1"
        found.people += not thing and bool(resource.findtext(f"{space}Name"))
    return found


def _days(row: ET.Element, space: str) -> tuple[str, str]:
    period = row.find(f"{space}TimePeriod")
    assert period is not None
    return (period.findtext(f"{space}FromDate") or "")[:10], (period.findtext(f"{space}ToDate") or "")[:10]
