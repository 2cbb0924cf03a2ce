"""Primavera P6 XML: one activity. StartDate and FinishDate are its dates as they stand: actual where there are actual
ones, else those of the remaining work. Planned, remaining, early and late dates stay in `extra`."""

from __future__ import annotations

from milestone_desktop.domain.enums import ConstraintType, Priority
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import Findings, ForeignTask
from milestone_desktop.exchange.pmxml_codes import (
    ACTIVITY_TYPES,
    CONSTRAINTS,
    FINISH_MILESTONE,
    LEVEL_OF_EFFORT,
    PERCENT_TYPES,
    PRIORITIES,
    SOFTER,
    START_MILESTONE,
    WBS_SUMMARY,
    Fields,
)
from milestone_desktop.exchange.xml_fields import UNREADABLE

EFFORT = N_("Level of effort activities, taken in as work items with their dates and their type kept: {count}.")
SUMMARY = N_("WBS summary activities, taken in as work items with their dates and their type kept: {count}.")
LONG_MILESTONES = N_("Milestones with a duration, which was left out: {count}, the first being “{title}”.")
NOT_DATED = N_("Activities without start or finish, for which the planned ones were taken: {count}, the first being “{title}”.")
NO_CONSTRAINT_DATE = N_("Date constraints without a date, left out: {count}, the first being on “{title}”.")
STRICTER = N_(
    "Constraints to start or finish on a date, which give way to links in Primavera and are strict here: {count}, "
    "the first being on “{title}”."
)
SECOND = N_("Second constraints, kept aside and not in effect: {count}, the first being on “{title}”.")
EXPECTED = N_("Expected finish dates, kept aside and not in effect: {count}, the first being on “{title}”.")
COMPLETED = N_("Completed activities with less than 100 % in the file, taken as 100 %: {count}, the first being “{title}”.")


def read_activity(fields: Fields, findings: Findings) -> ForeignTask:
    """An activity without its place in the outline; what is not taken of the fields is for `extra`."""
    task = ForeignTask(fields.take("ObjectId"), fields.take("Name"), code=fields.take("Id"))
    kind = fields.peek("Type")
    task.milestone = kind in (START_MILESTONE, FINISH_MILESTONE)
    if kind == LEVEL_OF_EFFORT:
        findings.add(EFFORT)
    elif kind == WBS_SUMMARY:
        findings.add(SUMMARY)
    elif kind not in ACTIVITY_TYPES:
        findings.add(UNREADABLE, field="Activity Type", value=kind[:60])
    task.calendar = fields.take("CalendarObjectId") or None
    level = fields.peek("LevelingPriority")
    task.priority = PRIORITIES.get(level, Priority.MEDIUM)
    if level not in PRIORITIES:
        findings.add(UNREADABLE, field="Activity LevelingPriority", value=level[:60])
    _read_dates(task, kind, fields, findings)
    _read_constraint(task, fields, findings)
    _read_progress(task, kind, fields, findings)
    return task


def _read_dates(task: ForeignTask, kind: str, fields: Fields, findings: Findings) -> None:
    """The dates as they stand. A start milestone falls at its start, a finish milestone at its finish."""
    task.start, task.end = fields.take_moment("StartDate"), fields.take_moment("FinishDate")
    task.actual_start, task.actual_finish = fields.take_moment("ActualStartDate"), fields.take_moment("ActualFinishDate")
    if task.start is None and task.end is None:
        task.start, task.end = fields.take_moment("PlannedStartDate"), fields.take_moment("PlannedFinishDate")
        if task.start is not None or task.end is not None:
            findings.add(NOT_DATED, title=task.title)
    task.duration = _duration(fields)
    if not task.milestone:
        return
    if task.duration:
        fields.keep("AtCompletionDuration", task.duration)
        findings.add(LONG_MILESTONES, title=task.title)
        task.duration = 0
    if kind == START_MILESTONE:
        point, other, name = task.start, task.end, "FinishDate"
        task.actual_finish = task.actual_start if task.actual_start is not None else task.actual_finish
    else:
        point, other, name = task.end, task.start, "StartDate"
    if point is not None and other is not None and other != point:
        fields.keep(name, instant_to_iso(other))
    task.start = task.end = other if point is None else point


def _duration(fields: Fields) -> int:
    """What the activity will have taken when it is done; the planned duration stays in `extra`, or is taken for lack of it."""
    found = fields.take_hours("AtCompletionDuration")
    return (fields.take_hours("PlannedDuration") or 0) if found is None else found


def _read_constraint(task: ForeignTask, fields: Fields, findings: Findings) -> None:
    name = fields.peek("PrimaryConstraintType")
    task.constraint = CONSTRAINTS.get(name, ConstraintType.ASAP)
    task.constraint_date = fields.take_moment("PrimaryConstraintDate")
    if name not in CONSTRAINTS:
        findings.add(UNREADABLE, field="Activity PrimaryConstraintType", value=name[:60])
    elif task.constraint not in (ConstraintType.ASAP, ConstraintType.ALAP) and task.constraint_date is None:
        findings.add(NO_CONSTRAINT_DATE, title=task.title)
        task.constraint = ConstraintType.ASAP
    elif name in SOFTER:
        findings.add(STRICTER, title=task.title)
    if task.constraint is ConstraintType.ASAP and task.constraint_date is not None:
        fields.keep("PrimaryConstraintDate", instant_to_iso(task.constraint_date))
        task.constraint_date = None
    if fields.peek("SecondaryConstraintType"):
        findings.add(SECOND, title=task.title)
    if fields.peek("ExpectedFinishDate"):
        findings.add(EXPECTED, title=task.title)


def _read_progress(task: ForeignTask, kind: str, fields: Fields, findings: Findings) -> None:
    """Percent complete of the activity's own type, status, what remains, and efforts of labour."""
    percent_type = fields.peek("PercentCompleteType")
    found = fields.take_share(f"{percent_type}PercentComplete") if percent_type in PERCENT_TYPES else None
    task.progress = found if found is not None else fields.take_share("PercentComplete") or 0
    if fields.peek("Status") == "Completed" and task.progress < 100:
        fields.keep("PercentComplete", task.progress)
        findings.add(COMPLETED, title=task.title)
        task.progress = 100
    task.stop, task.resume = fields.take_moment("SuspendDate"), fields.take_moment("ResumeDate")
    if task.milestone:
        return
    task.remaining = fields.take_hours("RemainingDuration")
    if kind != WBS_SUMMARY:
        task.estimate = fields.take_hours("AtCompletionLaborUnits") or None
        task.logged = fields.take_hours("ActualLaborUnits") or 0
        rest = fields.take_hours("RemainingLaborUnits")
        task.remaining_effort = rest if task.estimate is not None else None
