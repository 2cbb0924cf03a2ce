"""Dates that MS Project computed are found again: every task's start plus its duration is its finish."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest

from data_folder import data_path
from milestone_desktop.domain.instants import day_of, instant_from_iso
from milestone_desktop.domain.projects import Calendar, CalendarException
from milestone_desktop.domain.worktime import WorkTime, work_time_of

NS = "{http://schemas.microsoft.com/project}"


def plans(archive: str, names: re.Pattern[str], limit: int) -> Iterator[tuple[str, ElementTree.Element]]:
    with tarfile.open(data_path(archive)) as tar:
        for member in tar:
            if member.isfile() and names.search(member.name):
                file = tar.extractfile(member)
                assert file is not None
                yield member.name, ElementTree.parse(file).getroot()
                limit -= 1
                if limit == 0:
                    return


def text(node: ElementTree.Element, name: str) -> str:
    return node.findtext(NS + name) or ""


def minutes(duration: str) -> int:
    hours, minute, second = re.fullmatch(r"PT(\d+)H(\d+)M(\d+)S", duration).groups()
    assert second == "0"
    return int(hours) * 60 + int(minute)


def shifts(node: ElementTree.Element) -> tuple[tuple[int, int], ...]:
    found = []
    for row in node.iter(NS + "WorkingTime"):
        start, end = (sum(int(part) * size for part, size in zip(text(row, name).split(":"), (60, 1), strict=False))
                      for name in ("FromTime", "ToTime"))  # fmt: skip
        found.append((start, end or 1440))
    return tuple(found)


def project_calendar(root: ElementTree.Element) -> WorkTime:
    wanted = text(root, "CalendarUID")
    (node,) = [row for row in root.iter(NS + "Calendar") if text(row, "UID") == wanted]
    week: list[tuple[tuple[int, int], ...]] = [()] * 7
    exceptions = []
    for row in node.iter(NS + "WeekDay"):
        kind = int(text(row, "DayType"))
        if kind:
            week[(kind - 2) % 7] = shifts(row)
        else:
            period = row.find(NS + "TimePeriod")
            first, last = (day_of(instant_from_iso(text(period, name)[:16])) for name in ("FromDate", "ToDate"))
            exceptions.append(CalendarException(len(exceptions) + 1, 1, "x", first, last, shifts(row)))
    return work_time_of([(Calendar(1, "x", tuple(week)), exceptions)])


@pytest.mark.parametrize(("archive", "names", "limit"), [("insisoc-mspdi.tar.xz", re.compile(r"\.xml$"), 2)])
def test_start_and_duration_give_the_finish(archive, names, limit):
    checked = 0
    for name, root in plans(archive, names, limit):
        work = project_calendar(root)
        for task in root.iter(NS + "Task"):
            if text(task, "Summary") == "1" or text(task, "IsNull") == "1":
                continue
            start, end = instant_from_iso(text(task, "Start")[:16]), instant_from_iso(text(task, "Finish")[:16])
            length = minutes(text(task, "Duration"))
            where = f"{name}, task {text(task, 'UID')}"
            assert work.minutes_between(start, end) == length, where
            assert work.minutes_between(start, work.add(start, length)) == length, where
            assert work.minutes_between(work.add(start, length), end) == 0, where
            assert work.minutes_between(work.subtract(end, length), start) == 0, where
            checked += 1
    assert checked > 100
