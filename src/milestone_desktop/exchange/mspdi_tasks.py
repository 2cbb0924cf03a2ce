"""Microsoft Project XML: tasks with their links and baselines, resources and assignments."""

from __future__ import annotations

from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

from milestone_desktop.domain.enums import ConstraintType, LinkType
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import (
    Findings,
    ForeignAssignment,
    ForeignDates,
    ForeignLink,
    ForeignPerson,
    ForeignPlan,
    ForeignTask,
)
from milestone_desktop.exchange.mspdi_codes import CONSTRAINTS, LINK_TYPES, Fields, lag, priority
from milestone_desktop.exchange.xml_fields import UNREADABLE, as_data, local_name

NULL_ROWS = N_("Blank rows, left out: {count}.")
INACTIVE = N_("Inactive tasks, taken in with their mark kept: {count}, the first being “{title}”.")
EXTERNAL = N_("Tasks that stand for one of another file, taken in with their mark kept: {count}, the first being “{title}”.")
SUBPROJECTS = N_(
    "Tasks that stand for a whole inserted project, whose own tasks are not here: {count}, the first being “{title}”."
)
RECURRING = N_("Recurring tasks, taken in as the single tasks they made: {count}, the first being “{title}”.")
SUMMARY_FLAGGED = N_(
    "Summary tasks marked as milestones, taken in as work items with their mark kept: {count}, the first being “{title}”."
)
LONG_MILESTONES = N_(
    "Milestones with a duration, taken in as a point in time with a window before it: {count}, the first being “{title}”."
)
MANUAL = N_("Manually scheduled tasks, taken in with their mark kept: {count}.")
NO_CONSTRAINT_DATE = N_("Date constraints without a date, left out: {count}, the first being on “{title}”.")
TWICE = N_("Tasks whose id another task has, too, so that links go to the first: {count}, the first being “{title}”.")
CROSS_PROJECT = N_("Links to tasks of other files, kept aside and not in effect: {count}, the first being on “{title}”.")
NO_BASELINE = N_("Baseline entries without a number from 0 to 10, left out: {count}.")
NO_LINK = N_("Links whose type could not be read, taken as finish to start: {count}, the first being on “{title}”.")
TIMEPHASED = N_("Time-phased figures other than work, left out: {count}.")
NOT_PEOPLE = N_("Material and cost resources, kept aside: {count}, the first being “{title}”.")
UNNAMED = N_("Resources without a name, kept aside: {count}.")
ALIEN = N_("Assignments to no person of the plan, kept with their task: {count}.")
NO_TASK = N_("Assignments to no task of the plan, left out: {count}.")

MARKS = (
    ("IsSubproject", "1", SUBPROJECTS),
    ("ExternalTask", "1", EXTERNAL),
    ("Active", "0", INACTIVE),
    ("Recurring", "1", RECURRING),
)

WORK_FIGURES = frozenset({"1", "2", "3"})
"""Types of time-phased data of an assignment that say when it is worked on: remaining, actual and actual overtime."""


class TaskReader:
    """Reads `Task`, `Resource` and `Assignment` elements into a plan, in the order in which they come."""

    def __init__(self, plan: ForeignPlan) -> None:
        self._plan = plan
        self._findings = plan.findings
        self._tasks: dict[str, ForeignTask] = {}
        self._people: set[str] = set()

    def task(self, element: Element) -> None:
        """One row of the outline; blank rows and the row of the project itself are not taken."""
        fields = Fields(element, self._findings)
        uid = fields.take("UID")
        level = fields.take_whole("OutlineLevel", 1 if uid != "0" else 0, 0, 10_000)
        if fields.take_flag("IsNull"):
            self._findings.add(NULL_ROWS)
            return
        if uid == "0" and level == 0:
            return
        task = ForeignTask(uid, fields.take("Name"), level)
        if not uid or uid in self._tasks:
            task.key = f"{uid}#{len(self._plan.tasks) + 1}"
            self._findings.add(TWICE, title=task.title)
        self._tasks[task.key] = task
        self._plan.tasks.append(task)
        _read_kind(task, fields, self._findings)
        _read_dates(task, fields, self._findings)
        _read_work(task, fields)
        for section in fields.nested:
            self._nested_of_task(task, section, fields)
        _report_marks(task, fields, self._findings)
        task.extra = fields.extra()

    def resource(self, element: Element) -> None:
        """A person; other resources are kept with the project."""
        fields = Fields(element, self._findings)
        if fields.peek("IsNull") == "1" or fields.peek("UID") == "0":
            return
        name = fields.peek("Name")
        if fields.peek("Type") not in ("", "1") or fields.peek("IsCostResource") == "1" or not name:
            if name:
                self._findings.add(NOT_PEOPLE, title=name)
            else:
                self._findings.add(UNNAMED)
            self._plan.project.extra.setdefault("resources", []).append(
                {"UID": fields.take("UID"), "Type": fields.take("Type"), **fields.extra(), **_leftovers(fields, self._findings)}
            )
            return
        fields.take("Type")
        person = ForeignPerson(fields.take("UID"), fields.take("Name"))
        person.organisation = fields.take("Group")
        person.email = fields.take("EmailAddress")
        person.notes = fields.take("Notes")
        calendar = fields.take("CalendarUID", "-1")
        person.calendar = calendar if calendar not in ("", "-1") else None
        person.extra = {**fields.extra(), **_leftovers(fields, self._findings)}
        if not person.key or person.key in self._people:
            person.key = f"{person.key}#{len(self._plan.people) + 1}"
        self._people.add(person.key)
        self._plan.people.append(person)

    def assignment(self, element: Element) -> None:
        """Who works on what; an assignment to nobody or to a thing is kept with its task."""
        fields = Fields(element, self._findings)
        task = self._tasks.get(fields.take("TaskUID"))
        if task is None:
            self._findings.add(NO_TASK)
            return
        person = fields.take("ResourceUID")
        extra = {**fields.extra(), **_leftovers(fields, self._findings)}
        if person in self._people:
            self._plan.assignments.append(ForeignAssignment(task.key, person, extra))
            return
        if person.lstrip("-").isdigit() and int(person) > 0:
            self._findings.add(ALIEN)
        task.extra.setdefault("assignments", []).append({"ResourceUID": person, **extra})

    def _nested_of_task(self, task: ForeignTask, section: Element, fields: Fields) -> None:
        name = local_name(section)
        if name == "PredecessorLink":
            self._link(task, Fields(section, self._findings), fields)
        elif name == "Baseline":
            self._baseline(task, section, fields)
        elif name == "TimephasedData":
            self._findings.add(TIMEPHASED)
        else:
            fields.keep_in_list(name, as_data(section))

    def _link(self, task: ForeignTask, link: Fields, fields: Fields) -> None:
        predecessor = link.take("PredecessorUID")
        if link.take_flag("CrossProject"):
            self._findings.add(CROSS_PROJECT, title=task.title)
            fields.keep_in_list("CrossProjectLink", {"PredecessorUID": predecessor, **link.extra()})
            return
        code = link.take("Type", "1")
        if code not in LINK_TYPES:
            self._findings.add(NO_LINK, title=task.title)
            link.keep("Type", code)
        tenths, format_code = link.take_whole("LinkLag", 0), link.take_whole("LagFormat", 7)
        try:
            minutes, unit, exact = lag(tenths, format_code)
        except ValueError:
            self._findings.add(UNREADABLE, field="PredecessorLink LagFormat", value=str(format_code))
            minutes, unit, exact = *lag(tenths, 7)[:2], False
        if not exact:
            link.keep("LinkLag", str(tenths))
        if format_code != 7:
            link.keep("LagFormat", str(format_code))
        kind = LINK_TYPES.get(code, LinkType.FS)
        self._plan.links.append(ForeignLink(predecessor, task.key, kind, minutes, unit, link.extra()))

    def _baseline(self, task: ForeignTask, section: Element, fields: Fields) -> None:
        row = Fields(section, self._findings)
        number = row.take_whole("Number", -1)
        dates = ForeignDates(row.take_moment("Start"), row.take_moment("Finish"), row.take_minutes("Duration") or 0)
        if not 0 <= number <= 10 or number in task.baselines:
            self._findings.add(NO_BASELINE)
            fields.keep_in_list("Baseline", as_data(section))
            return
        task.baselines[number] = dates
        rest = row.extra()
        if rest:
            fields.keep_in_list("Baseline", {"Number": str(number), **rest})


def _read_kind(task: ForeignTask, fields: Fields, findings: Findings) -> None:
    """Milestone or summary, code, notes, calendar and priority."""
    task.summary = fields.take_flag("Summary")
    flagged = fields.take_flag("Milestone")
    task.milestone = flagged and not task.summary
    if flagged and task.summary:
        fields.keep("Milestone", "1")
        findings.add(SUMMARY_FLAGGED, title=task.title)
    outline = fields.take("OutlineNumber")
    if fields.peek("WBS") != outline:
        task.code = fields.peek("WBS")
    task.notes = fields.take("Notes")
    calendar = fields.take("CalendarUID", "-1")
    task.calendar = calendar if calendar not in ("", "-1") else None
    number = fields.take_whole("Priority", 500, 0, 1000)
    task.priority = priority(number)
    if number not in (400, 500, 600, 800):
        fields.keep("Priority", str(number))


def _read_dates(task: ForeignTask, fields: Fields, findings: Findings) -> None:
    """Everything on the time axis, as it is written."""
    task.start, task.end = fields.take_moment("Start"), fields.take_moment("Finish")
    unit, estimated = fields.take_unit("DurationFormat")
    task.estimated = fields.take_flag("Estimated") or estimated
    if unit.endswith("%"):
        fields.keep("DurationFormat", unit)
        unit = "d"
    task.duration_unit = unit
    task.duration = fields.take_minutes("Duration") or 0
    if task.milestone and task.duration:
        fields.keep("Duration", task.duration)
        findings.add(LONG_MILESTONES, title=task.title)
    code = fields.take("ConstraintType", "0")
    constraint = CONSTRAINTS.get(code)
    if constraint is None:
        findings.add(UNREADABLE, field="Task ConstraintType", value=code[:60])
        fields.keep("ConstraintType", code)
    task.constraint = constraint or ConstraintType.ASAP
    task.constraint_date = fields.take_moment("ConstraintDate")
    if task.constraint not in (ConstraintType.ASAP, ConstraintType.ALAP) and task.constraint_date is None:
        findings.add(NO_CONSTRAINT_DATE, title=task.title)
        fields.keep("ConstraintType", code)
        task.constraint = ConstraintType.ASAP
    task.deadline = fields.take_moment("Deadline")
    task.stop, task.resume = fields.take_moment("Stop"), fields.take_moment("Resume")


def _read_work(task: ForeignTask, fields: Fields) -> None:
    """Progress and efforts; a summary's effort is the sum of what is below it and stays in `extra`."""
    task.progress = fields.take_whole("PercentComplete", 0, 0, 100)
    task.actual_start, task.actual_finish = fields.take_moment("ActualStart"), fields.take_moment("ActualFinish")
    task.remaining = fields.take_minutes("RemainingDuration")
    if not task.summary and not task.milestone:
        task.estimate = fields.take_minutes("Work") or None
        task.logged = fields.take_minutes("ActualWork") or 0
        rest = fields.take_minutes("RemainingWork")
        task.remaining_effort = rest if task.estimate is not None else None


def _report_marks(task: ForeignTask, fields: Fields, findings: Findings) -> None:
    """Says which tasks are of a sort that the plan does not know; their marks stay in `extra`."""
    for name, value, text in MARKS:
        if fields.peek(name) == value:
            findings.add(text, title=task.title)
    if fields.peek("Manual") == "1":
        findings.add(MANUAL)


def _leftovers(fields: Fields, findings: Findings) -> dict[str, Any]:
    """Nested elements of a resource or an assignment as lists by name; of time-phased data only when work is done."""
    found: dict[str, Any] = {}
    left = Counter[str]()
    for section in fields.nested:
        name = local_name(section)
        if name == "TimephasedData":
            row = {local_name(child): (child.text or "").strip() for child in section}
            if row.get("Type") not in WORK_FIGURES:
                left[name] += 1
                continue
            value: Any = [row.get(part, "") for part in ("Type", "Start", "Finish", "Unit", "Value")]
        else:
            value = as_data(section)
        found.setdefault(name, []).append(value)
    if left:
        findings.add(TIMEPHASED, left.total())
    return found
