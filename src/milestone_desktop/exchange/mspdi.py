"""Microsoft Project XML (MSPDI, Project 2002 and later): the file as a stream of elements, each forgotten once read.

Dates come as they are recorded, to the minute; nothing is computed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import BinaryIO
from xml.etree.ElementTree import Element

from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.mspdi_calendars import read_calendar
from milestone_desktop.exchange.mspdi_codes import Fields
from milestone_desktop.exchange.mspdi_tasks import TaskReader
from milestone_desktop.exchange.settling import settle_calendars, settle_links
from milestone_desktop.exchange.xml_fields import as_data, local_name
from milestone_desktop.exchange.xml_stream import events, head_text, other_kind, read_xml

SYSTEM = "msproject"
NAMESPACE = "http://schemas.microsoft.com/project"

SECTIONS = frozenset({"Calendars", "Tasks", "Resources", "Assignments", "ExtendedAttributes", "OutlineCodes", "WBSMasks"})
"""Sections that are read row by row; what else is nested in a project describes screens and is left out."""

NO_IDS = frozenset({"0", "-1"})
"""Ids of calendars that mean none."""

FROM_END = N_("The other program schedules this project backwards from its end; its dates are kept as they are.")


def looks_like(head: bytes) -> bool:
    """True where the beginning of a file is that of a Microsoft Project XML file."""
    text = head_text(head)
    return NAMESPACE in text and "<Project" in text


def read(path: Path) -> ForeignPlan:
    """The plan in a file. Raises PlanError where it is not one, is damaged or holds a document type or an entity."""
    return read_xml(path, _read)


def _read(file: BinaryIO, name: str) -> ForeignPlan:
    plan = ForeignPlan(SYSTEM)
    reader = TaskReader(plan)
    root: Element | None = None
    for section, element in _rows(file):
        if root is None:
            root = element
            _check_root(root, name)
        elif section == "Calendars":
            plan.calendars.append(read_calendar(element, plan.findings))
        elif section == "Tasks":
            reader.task(element)
        elif section == "Resources":
            reader.resource(element)
        elif section == "Assignments":
            reader.assignment(element)
        elif section in SECTIONS:
            plan.project.extra.setdefault(section, []).append(as_data(element))
    if root is not None:
        _read_project(root, plan, name)
    settle_calendars(plan, NO_IDS)
    settle_links(plan)
    return plan


def _rows(file: BinaryIO) -> Iterator[tuple[str, Element]]:
    """The root as it opens, then each row of a section with the section's name as it closes; read rows are dropped."""
    path: list[Element] = []
    for event, element in events(file):
        if event == "start":
            path.append(element)
            if len(path) == 1:
                yield "", element
            continue
        path.pop()
        if len(path) == 2:
            yield local_name(path[1]), element
            path[1].clear()
        elif len(path) == 1 and len(element) == 0 and not (element.text or "").strip():
            path[0].remove(element)


def _check_root(root: Element, name: str) -> None:
    """Raises PlanError where the root is not that of a Microsoft Project XML file."""
    space = root.tag[1:].partition("}")[0] if root.tag.startswith("{") else ""
    if local_name(root) == "Project" and (not space or space.startswith(NAMESPACE)):
        return
    raise other_kind(root, name)


def _read_project(root: Element, plan: ForeignPlan, name: str) -> None:
    """The fields of the project itself, which stand around the sections."""
    fields = Fields(root, plan.findings)
    project = plan.project
    written = fields.peek("Name")
    stem = PurePath(written.replace("\\", "/")).stem if written.lower().endswith((".xml", ".mpp", ".mpt")) else written
    project.title = fields.take("Title") or stem or PurePath(name).stem
    project.source = fields.peek("GUID") or written or name
    project.lead = fields.take("Manager")
    project.category = fields.take("Category")
    project.description = fields.take("Comments") or fields.take("Subject")
    calendar = fields.take("CalendarUID")
    project.calendar = calendar or None
    project.start = fields.take_moment("StartDate")
    status = fields.take_moment("StatusDate")
    project.status_date = day_of(status) if status is not None else None
    project.minutes_per_day = fields.take_whole("MinutesPerDay", 480, 1, 1440)
    project.minutes_per_week = fields.take_whole("MinutesPerWeek", 2400, 1, 10080)
    project.days_per_month = fields.take_whole("DaysPerMonth", 20, 1, 31)
    project.day_start = fields.take_time("DefaultStartTime", 480)
    project.day_end = fields.take_time("DefaultFinishTime", 1020)
    project.slack_limit = fields.take_whole("CriticalSlackLimit", 0, -100_000, 100_000) * project.minutes_per_day
    if fields.peek("ScheduleFromStart") == "0":
        fields.keep("ScheduleFromStart", "0")
        plan.findings.add(FROM_END)
    project.extra = {**fields.extra(), **project.extra}
