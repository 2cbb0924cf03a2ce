"""Primavera P6 XML (`APIBusinessObjects`): the file as a stream of elements, each forgotten once read.

Dates come as they are recorded, to the minute; nothing is computed but the span of the work breakdown. A file may hold
several projects, of which the first with activities is taken, and baselines of them, which are joined by activity id.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any, BinaryIO
from xml.etree.ElementTree import Element

from milestone_desktop.domain.enums import LagUnit
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.exchange.foreign import ForeignCalendar, ForeignDates, ForeignPlan
from milestone_desktop.exchange.pmxml_calendars import read_calendar
from milestone_desktop.exchange.pmxml_codes import ROUND_THE_CLOCK, Fields
from milestone_desktop.exchange.pmxml_outline import outline
from milestone_desktop.exchange.pmxml_people import Resources
from milestone_desktop.exchange.pmxml_rows import ProjectRows
from milestone_desktop.exchange.settling import settle_calendars, settle_links
from milestone_desktop.exchange.xml_fields import UNREADABLE, ZONED, as_data, local_name
from milestone_desktop.exchange.xml_stream import events, head_text, other_kind, read_xml

SYSTEM = "primavera"
ROOT = "APIBusinessObjects"
PROJECT, BASELINE = "Project", "BaselineProject"
MOST_BASELINES = 11
PROJECT_ROWS = frozenset({"WBS", "Activity", "Relationship", "ResourceAssignment", "ActivityNote", "ProjectNote"})
"""Rows that may also stand outside of their project, with its id."""

DEFINITIONS = frozenset({"ActivityCodeType", "ActivityCode", "UDFType", "ProjectCodeType", "ProjectCode"})
"""What the codes and the fields of the user mean, kept with the project."""

OTHER_PROJECTS = N_("Other projects in the file, left out: {count}, the first being “{title}”.")
OTHER_BASELINES = N_("Baselines of other projects and beyond the eleventh, left out: {count}, the first being “{title}”.")
LEFT_OUT = N_("Records on money, roles and the like, left out: {count}, the first being of the kind “{kind}”.")
NO_PROJECT = N_("Rows of projects that the file does not hold, left out: {count}, the first being of the kind “{kind}”.")
LAG_CALENDAR = N_("Lags run on the calendar called “{calendar}” in Primavera, and on that of the successor here: {count}.")
NOT_IN_PLAN = N_("Baseline dates of activities that the project does not hold any more, left out: {count}.")


def looks_like(head: bytes) -> bool:
    """True where the beginning of a file is that of a Primavera P6 XML file."""
    return re.search(rf"<(?:\w+:)?{ROOT}[\s/>]", head_text(head)) is not None


def read(path: Path) -> ForeignPlan:
    """The plan in a file. Raises PlanError where it is not one, is damaged or holds a document type or an entity."""
    return read_xml(path, _read)


class _Contents:
    """What a file holds beside and in its projects."""

    def __init__(self) -> None:
        self.plan = ForeignPlan(SYSTEM)
        self.resources = Resources(self.plan)
        self.projects: list[ProjectRows] = []
        self.baselines: list[ProjectRows] = []
        self.strays: list[Element] = []
        self.topics: dict[str, str] = {}
        self.left_out = Counter[str]()

    def row(self, element: Element) -> None:
        """A row beside the projects."""
        name = local_name(element)
        if name == "Calendar":
            self.plan.calendars.append(read_calendar(element, self.plan.findings))
        elif name == "Resource":
            self.resources.resource(element)
        elif name in PROJECT_ROWS:
            self.strays.append(element)
        elif name == "NotebookTopic":
            fields = Fields(element, self.plan.findings)
            self.topics[fields.peek("ObjectId")] = fields.peek("Name")
        elif name in DEFINITIONS:
            self.plan.project.extra.setdefault(name, []).append(as_data(element))
        elif name != "ProjectList":
            self.left_out[name] += 1


def _read(file: BinaryIO, name: str) -> ForeignPlan:
    contents = _Contents()
    current = ProjectRows()
    for owner, element in _rows(file):
        kind = local_name(element)
        if not owner:
            if kind != ROOT:
                raise other_kind(element, name)
        elif owner == ROOT and kind in (PROJECT, BASELINE):
            current.head = Fields(element, current.findings, kind)
            (contents.projects if kind == PROJECT else contents.baselines).append(current)
            current = ProjectRows()
        elif owner == ROOT or (owner == PROJECT and kind == "Calendar"):
            contents.row(element)
        else:
            current.row(element)
    _give_strays(contents)
    chosen = next((found for found in contents.projects if found.activities), next(iter(contents.projects), None))
    if chosen is None or chosen.head is None:
        raise PlanError(
            N_("“{name}” is a Primavera P6 file without a project."), N_("Export a project from Primavera P6."), name=name
        )
    return _assembled(contents, chosen, chosen.head, name)


def _rows(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    """The root as it opens (with no owner), then each row as it closes, with the name of what it stands in: the root or a
    project. Read rows are dropped; the simple fields of a project stay until it closes."""
    path: list[Element] = []
    for event, element in events(file):
        if event == "start":
            path.append(element)
            if len(path) == 1:
                yield "", element
            continue
        path.pop()
        if len(path) == 1 or (len(path) == 2 and len(element) and local_name(path[1]) in (PROJECT, BASELINE)):
            yield local_name(path[-1]), element
            path[-1].remove(element)


def _give_strays(contents: _Contents) -> None:
    """Gives rows that stand outside of their project to it."""
    projects = {project.key: project for project in reversed(contents.projects)}
    for element in contents.strays:
        fields = {local_name(child): (child.text or "").strip() for child in element}
        names = ("ProjectObjectId", "SuccessorProjectObjectId")
        owner = next((projects[fields[name]] for name in names if fields.get(name, "?") in projects), None)
        if owner is not None:
            owner.row(element)
        else:
            contents.plan.findings.add(NO_PROJECT, kind=local_name(element))


def _assembled(contents: _Contents, chosen: ProjectRows, head: Fields, name: str) -> ForeignPlan:
    """The plan of one of the projects."""
    plan = contents.plan
    chosen.settle(contents.topics)
    plan.findings.include(chosen.findings)
    others = [found.head for found in contents.projects if found is not chosen and found.head is not None]
    if others:
        plan.findings.add(OTHER_PROJECTS, len(others), title=", ".join(_title(other) for other in others[:5]))
    root = f"WBS-{head.take('WBSObjectId')}"
    project_part = next((part for part in chosen.parts if part.key == root), None)
    plan.project.description = project_part.task.notes if project_part is not None else ""
    plan.tasks = outline(chosen.parts, chosen.activities, root, plan.findings)
    plan.links = chosen.links
    _read_project(plan, chosen, head, name)
    _set_lags(plan, chosen, head)
    contents.resources.settle(chosen)
    _read_baselines(contents, head)
    left_out = contents.left_out + chosen.left_out
    if left_out:
        plan.findings.add(LEFT_OUT, left_out.total(), kind=next(iter(left_out)))
    plan.project.extra = {**head.extra(), **plan.project.extra, **chosen.extra}
    settle_calendars(plan)
    settle_links(plan)
    return plan


def _title(head: Fields) -> str:
    return head.peek("Name") or head.peek("Id") or f"#{head.peek('ObjectId')}"


def _read_project(plan: ForeignPlan, chosen: ProjectRows, head: Fields, name: str) -> None:
    """The fields of the project itself; what it takes for a day, a week and a month is its calendar's."""
    project = plan.project
    project.title = head.take("Name") or head.peek("Id") or PurePath(name).stem
    project.source = head.peek("GUID") or head.peek("ObjectId") or name
    project.start = head.take_moment("PlannedStartDate")
    data_date = head.take_moment("DataDate")
    project.status_date = day_of(data_date) if data_date is not None else None
    project.slack_limit = head.take_hours("CriticalActivityFloatLimit", signed=True) or 0
    calendar = head.take("ActivityDefaultCalendarObjectId")
    usual = next((found for found in plan.calendars if found.key == calendar), None)
    if usual is None:
        usual = next((found for found in plan.calendars if found.extra.get("IsDefault") == "1"), None)
    project.calendar = usual.key if usual is not None else calendar or None
    if usual is not None:
        _read_hours(plan, usual)


def _read_hours(plan: ForeignPlan, calendar: ForeignCalendar) -> None:
    """Hours of a day, a week and a month as the calendar has them, and when its first working day begins and ends."""
    project = plan.project
    hours = [_positive(calendar.extra.get(name, "")) for name in ("HoursPerDay", "HoursPerWeek", "HoursPerMonth")]
    day, week, month = hours
    if day is not None and 1 <= round(day * 60) <= 1440:
        project.minutes_per_day = round(day * 60)
    if week is not None and 1 <= round(week * 60) <= 10080:
        project.minutes_per_week = round(week * 60)
    if month is not None and 1 <= round(month * 60 / project.minutes_per_day) <= 31:
        project.days_per_month = round(month * 60 / project.minutes_per_day)
    shifts = next((shifts for shifts in calendar.week if shifts), ())
    if shifts and shifts[-1][1] <= 1440:
        project.day_start, project.day_end = shifts[0][0], shifts[-1][1]


def _positive(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 < number < 10_000 else None


def _set_lags(plan: ForeignPlan, chosen: ProjectRows, head: Fields) -> None:
    """Lags on a calendar without pauses are elapsed time; other calendars than the successor's are told."""
    options: list[Any] = chosen.extra.get("ScheduleOptions", [])
    scheduled = [found["RelationshipLagCalendar"] for found in options if "RelationshipLagCalendar" in found]
    calendar = str(head.peek("RelationshipLagCalendar") or next(iter(scheduled), ""))
    lags = [link for link in plan.links if link.lag]
    if calendar == ROUND_THE_CLOCK:
        for link in lags:
            link.lag_unit = LagUnit.ELAPSED
    elif lags and calendar and not calendar.startswith("Successor"):
        plan.findings.add(LAG_CALENDAR, len(lags), calendar=calendar[:60])


def _read_baselines(contents: _Contents, head: Fields) -> None:
    """Dates by activity id. The baseline that the project names as its current one is number 0, else the first."""
    plan, key, current = contents.plan, head.peek("ObjectId"), head.peek("CurrentBaselineProjectObjectId")
    own = [found for found in contents.baselines if _of_project(found, key)]
    own.sort(key=lambda found: found.key != current)
    left = [found for found in contents.baselines if found not in own] + own[MOST_BASELINES:]
    if left:
        plan.findings.add(OTHER_BASELINES, len(left), title=_title(left[0].head) if left[0].head is not None else "?")
    tasks = {task.code: task for task in reversed(plan.tasks) if not task.summary and task.code}
    for number, baseline in enumerate(own[:MOST_BASELINES]):
        plan.findings.include(baseline.findings, (UNREADABLE, ZONED))
        for _, row in baseline.activities:
            task = tasks.get(row.code)
            if task is None:
                plan.findings.add(NOT_IN_PLAN)
            elif row.start is not None or row.end is not None:
                task.baselines[number] = ForeignDates(row.start, row.end, row.duration)


def _of_project(baseline: ProjectRows, key: str) -> bool:
    """Whether it is a baseline of the project with that key; one that does not say is."""
    return baseline.head is not None and baseline.head.peek("OriginalProjectObjectId") in ("", key)
