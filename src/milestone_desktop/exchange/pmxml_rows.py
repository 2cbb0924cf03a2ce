"""Primavera P6 XML: the rows of one project or baseline: work breakdown, activities, relationships, assignments, notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import Findings, ForeignAssignment, ForeignLink, ForeignTask
from milestone_desktop.exchange.pmxml_activities import read_activity
from milestone_desktop.exchange.pmxml_codes import LINK_TYPES, Fields, plain_text
from milestone_desktop.exchange.pmxml_outline import Part
from milestone_desktop.exchange.xml_fields import as_data, local_name

TWICE = N_("Activities whose id another one has, too, so that links go to the first: {count}, the first being “{title}”.")
SAME_PART = N_("Parts of the work breakdown whose id another one has, too: {count}, the first being “{title}”.")
CROSS_PROJECT = N_("Links to activities of other projects, left out: {count}.")
NO_LINK = N_("Links whose type could not be read, taken as finish to start: {count}.")
NO_ACTIVITY = N_("Rows on activities that the project does not hold, left out: {count}, the first being of the kind “{kind}”.")
TIMEPHASED = N_("Time-phased figures, left out: {count}.")

PROJECT_PARTS = frozenset({"ScheduleOptions", "UDF", "Code", "ProjectCodes"})
"""Nested elements of a project that are kept with it."""


class ProjectRows:
    """Everything of one project, as it comes; `settle` ends it. activities: with the key of the part that each is in."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.head: Fields | None = None
        self.parts: list[Part] = []
        self.activities: list[tuple[str, ForeignTask]] = []
        self.links: list[ForeignLink] = []
        self.assignments: list[ForeignAssignment] = []
        self.extra: dict[str, Any] = {}
        self.left_out = Counter[str]()
        self._tasks: dict[str, ForeignTask] = {}
        self._part_keys: set[str] = set()
        self._notes: list[tuple[str, str, str]] = []
        self._aside: list[tuple[str, str, Any]] = []
        self._readers: dict[str, Callable[[Element], None]] = {
            "WBS": self._part,
            "Activity": self._activity,
            "Relationship": self._link,
            "ResourceAssignment": self._assignment,
            "ActivityNote": self._note,
            "ProjectNote": self._note,
        }

    @property
    def key(self) -> str:
        """The project's id in the file."""
        return self.head.peek("ObjectId") if self.head is not None else ""

    def row(self, element: Element) -> None:
        """One row of whatever kind; rows on an activity of kinds not known here are kept with it."""
        name = local_name(element)
        if name in self._readers:
            self._readers[name](element)
        elif name in PROJECT_PARTS:
            self.extra.setdefault(name, []).append(as_data(element))
        else:
            activity = next((child.text for child in element if local_name(child) == "ActivityObjectId"), None)
            if activity:
                self._aside.append((activity.strip(), name, as_data(element)))
            else:
                self.left_out[name] += 1

    def settle(self, topics: dict[str, str]) -> None:
        """Brings what speaks of activities to them, wherever it stood in the file. topics: names of notes by key."""
        found = {**{part.key: part.task for part in self.parts}, **self._tasks}
        for key, topic, text in self._notes:
            task = found.get(key)
            if task is None:
                self.findings.add(NO_ACTIVITY, kind="Note")
            elif text:
                heading = topics.get(topic, "")
                task.notes = "\n\n".join(filter(None, (task.notes, f"{heading}\n{text}" if heading else text)))
        for key, name, data in self._aside:
            task = found.get(key)
            if task is None:
                self.findings.add(NO_ACTIVITY, kind=name)
            else:
                task.extra.setdefault(name, []).append(data)
        held = [row for row in self.assignments if row.task in self._tasks]
        if len(held) < len(self.assignments):
            self.findings.add(NO_ACTIVITY, len(self.assignments) - len(held), kind="ResourceAssignment")
        self.assignments = held

    def task(self, key: str) -> ForeignTask:
        """An activity by its key. Raises KeyError where there is none."""
        return self._tasks[key]

    def _part(self, element: Element) -> None:
        fields = Fields(element, self.findings)
        key = f"WBS-{fields.take('ObjectId')}"
        task = ForeignTask(key, fields.take("Name"), code=fields.take("Code"), summary=True)
        if key == "WBS-" or key in self._part_keys:
            task.key = f"{key}#{len(self.parts) + 1}"
            self.findings.add(SAME_PART, title=task.title)
        self._part_keys.add(task.key)
        task.start, task.end = fields.take_moment("StartDate"), fields.take_moment("FinishDate")
        parent = fields.take("ParentObjectId")
        self.parts.append(Part(task.key, f"WBS-{parent}", fields.take_whole("SequenceNumber", len(self.parts)), task))
        self._keep_nested(fields)
        task.extra = fields.extra()

    def _activity(self, element: Element) -> None:
        fields = Fields(element, self.findings)
        task = read_activity(fields, self.findings)
        part = fields.take("WBSObjectId")
        if not task.key or task.key in self._tasks:
            task.key = f"{task.key}#{len(self.activities) + 1}"
            self.findings.add(TWICE, title=task.title)
        self._tasks[task.key] = task
        self.activities.append((f"WBS-{part}", task))
        self._keep_nested(fields)
        task.extra = fields.extra()

    def _link(self, element: Element) -> None:
        fields = Fields(element, self.findings)
        predecessor, successor = fields.take("PredecessorActivityObjectId"), fields.take("SuccessorActivityObjectId")
        projects = {fields.take("PredecessorProjectObjectId"), fields.take("SuccessorProjectObjectId")}
        if len(projects - {""}) > 1:
            self.findings.add(CROSS_PROJECT)
            return
        name = fields.take("Type")
        if name not in LINK_TYPES:
            self.findings.add(NO_LINK)
            fields.keep("Type", name)
        lag = fields.take_hours("Lag", signed=True) or 0
        self.links.append(ForeignLink(predecessor, successor, LINK_TYPES.get(name, LinkType.FS), lag, extra=fields.extra()))

    def _assignment(self, element: Element) -> None:
        fields = Fields(element, self.findings)
        task, person = fields.take("ActivityObjectId"), fields.take("ResourceObjectId")
        self._keep_nested(fields)
        self.assignments.append(ForeignAssignment(task, person, fields.extra()))

    def _note(self, element: Element) -> None:
        """A note on an activity, or on a part of the work breakdown."""
        fields = Fields(element, self.findings)
        text = fields.take("RawTextNote") or plain_text(fields.take("Note"))
        activity, part = fields.take("ActivityObjectId"), fields.take("WBSObjectId")
        self._notes.append((activity or f"WBS-{part}", fields.take("NotebookTopicObjectId"), text.strip()))

    def _keep_nested(self, fields: Fields) -> None:
        for section in fields.nested:
            if local_name(section).endswith("Spread"):
                self.findings.add(TIMEPHASED)
            else:
                fields.keep_in_list(local_name(section), as_data(section))
