"""What a baseline keeps: planned dates by activity, and the calendars as they were, packed into one immutable blob.

The blob is zlib-compressed canonical JSON (sorted keys, no blanks), so that equal contents give equal bytes and are
kept once: {"format": 2, "rows": [[activity, start, end, duration, title], …], "calendar": id, "calendars": […],
"exceptions": […]} with instants as minutes and records as objects of their fields. Format 1 had neither titles nor the
project's calendar.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from milestone_desktop.domain.instants import Instant
from milestone_desktop.domain.kinds import values
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project, Shift

FORMAT = 2


class BaselineRow(NamedTuple):
    """The planned dates of one activity. duration: working minutes, or elapsed ones as the activity counts them."""

    start: Instant | None
    end: Instant | None
    duration: int


@dataclass(slots=True)
class BaselineContent:
    """rows: by activity id; titles: what the activities were called; calendars, exceptions: those that the rows were
    planned on, with their bases; calendar: the id of the project's among them."""

    rows: dict[int, BaselineRow] = field(default_factory=dict)
    calendars: tuple[Calendar, ...] = ()
    exceptions: tuple[CalendarException, ...] = ()
    titles: dict[int, str] = field(default_factory=dict)
    calendar: int | None = None

    def calendar_plan(self) -> Plan:
        """A plan that holds the kept calendars only, to count working days with (`work_time(plan, id)`)."""
        plan = Plan()
        plan.load(Calendar, self.calendars)
        plan.load(CalendarException, self.exceptions)
        return plan


def content_of(plan: Plan, project: int, ids: Collection[int] | None = None) -> BaselineContent:
    """The planned dates of a project as they stand, with its calendar and those of its activities. ids: of these only."""
    activities = [row for row in plan.activities_where("project", project) if ids is None or row.id in ids]
    used = [plan[Project, project].calendar, *(row.calendar for row in activities if row.calendar is not None)]
    content = with_calendars(plan, {row.id: BaselineRow(row.start, row.end, row.duration) for row in activities}, used)
    content.titles = {row.id: row.title for row in activities}
    content.calendar = plan[Project, project].calendar
    return content


def with_calendars(plan: Plan, rows: Mapping[int, BaselineRow], calendars: Iterable[int]) -> BaselineContent:
    """Rows together with the calendars of these ids as they stand, their bases and all exceptions of them."""
    kept: dict[int, Calendar] = {}
    for calendar_id in calendars:
        current: int | None = calendar_id
        while current is not None and current not in kept:
            calendar = plan.get(Calendar, current)
            if calendar is None:
                break
            kept[current] = calendar
            current = calendar.base
    exceptions = [row for calendar_id in sorted(kept) for row in plan.where(CalendarException, "calendar", calendar_id)]
    return BaselineContent(dict(rows), tuple(kept[key] for key in sorted(kept)), tuple(exceptions))


def pack(content: BaselineContent) -> bytes:
    """The content as bytes; equal contents give equal bytes."""
    data = {
        "format": FORMAT,
        "rows": [[row_id, *content.rows[row_id], content.titles.get(row_id, "")] for row_id in sorted(content.rows)],
        "calendar": content.calendar,
        "calendars": [values(row) for row in sorted(content.calendars, key=lambda row: row.id)],
        "exceptions": [values(row) for row in sorted(content.exceptions, key=lambda row: row.id)],
    }
    text = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return zlib.compress(text.encode("ascii"), 9)


def unpack(data: bytes) -> BaselineContent:
    """What `pack` wrote. Raises PlanError where the bytes are damaged or written by a newer version."""
    try:
        found = json.loads(zlib.decompress(data))
        if found["format"] not in (1, FORMAT):
            raise PlanError(N_("A baseline was kept by a newer version of this program."), N_("Update the program to read it."))
        return BaselineContent(
            {row_id: BaselineRow(start, end, duration) for row_id, start, end, duration, *_ in found["rows"]},
            tuple(_calendar(row) for row in found["calendars"]),
            tuple(_exception(row) for row in found["exceptions"]),
            {row_id: title for row_id, _, _, _, *titles in found["rows"] for title in titles if title},
            found.get("calendar"),
        )
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise PlanError(N_("The kept copy of a baseline is damaged and cannot be read.")) from error


def _calendar(data: Mapping[str, Any]) -> Calendar:
    week = tuple(None if day is None else _shifts(day) for day in data["week"])
    return Calendar(**{**data, "week": week})


def _exception(data: Mapping[str, Any]) -> CalendarException:
    return CalendarException(**{**data, "shifts": _shifts(data["shifts"])})


def _shifts(data: Sequence[Sequence[int]]) -> tuple[Shift, ...]:
    return tuple((start, end) for start, end in data)
