"""Bringing a foreign plan in: one edit that adds a recorded project with everything that the plan holds.

Dates stay as they were recorded. Where the file breaks a rule that holds in every plan, as little as possible is mended;
the original value stays in `extra` and the finding says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, projects
from milestone_desktop.document.operations.targets import keep
from milestone_desktop.domain.activities import Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.activity_rules import LONGEST_TITLE
from milestone_desktop.domain.enums import MilestoneStatus, Placement, ScheduleMode, StateGroup
from milestone_desktop.domain.instants import instant_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project
from milestone_desktop.exchange.foreign import Findings, ForeignAssignment, ForeignPlan, ForeignTask
from milestone_desktop.exchange.said import Known, remember, said_of
from milestone_desktop.tracking.baselines import BaselineRow, pack, with_calendars

UNTITLED = N_("Rows without a title, called by their number in the file: {count}.")
LONG_TITLES = N_(
    "Titles longer than {limit} characters, shortened; the notes hold them whole: {count}, the first being “{title}”."
)
TURNED = N_("Rows that end before they start, which keep their end only: {count}, the first being “{title}”.")
UNDATED = N_("Milestones reported as reached without any date, taken as in progress: {count}, the first being “{title}”.")
NO_CALENDAR = N_("The file names no calendar for the project; “{name}” is used.")
KNOWN_PEOPLE = N_("People of the same name that the workspace has already, taken as the same: {count}, the first being “{name}”.")
SECOND_PEOPLE = N_("Milestones with several people, of whom the first owns it: {count}, the first being “{title}”.")
ASSIGNED_TWICE = N_("People assigned to the same task twice, taken once: {count}, the first being to “{title}”.")

CODE = re.compile(r"[^\W_][\w.\-]{0,15}")
"""What can be a milestone's code: short, without blanks and colons."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came in. counts: by kind, as in `ForeignPlan.counts`; findings: what was not understood, changed or left out."""

    project_id: int
    counts: dict[str, int]
    findings: tuple[Message, ...]


def bring_in(edit: Edit, plan: ForeignPlan, key: str | None = None) -> ImportResult:
    """Adds a foreign plan as a new project of the workspace.

    key: the project's key; without one it is made from the title. A bad or taken key is refused by the rules at the
    end of the edit (PlanError).
    """
    known, findings = arrive(edit, plan, key)
    remember(edit, known.project, said_of(edit.plan, known, plan))
    edit.label = edit.cause = message(N_("Import “{title}”"), title=edit.plan[Project, known.project].title)
    return ImportResult(known.project, plan.counts(), findings.messages())


def arrive(edit: Edit, plan: ForeignPlan, key: str | None = None) -> tuple[Known, Findings]:
    """Makes the records of a foreign plan. Returns which of them stand for what, and what was found on the way."""
    arrival = _Arrival(edit, plan)
    arrival.add_calendars_and_project(key)
    arrival.add_people()
    arrival.add_baselines()
    arrival.add_tasks()
    arrival.add_links()
    arrival.add_assignments()
    return arrival.known(), arrival.findings


def packed_baseline(edit: Edit, plan: ForeignPlan, number: int, known: Known) -> str:
    """Packs the rows that a file holds of a baseline into a blob and returns its digest. Rows that are not here are left out;
    the calendars as they stand count as those of then."""
    calendar = edit.plan[Project, known.project].calendar
    used = {calendar} | {known.calendars[key] for task in plan.tasks if (key := task.calendar) in known.calendars}
    rows, titles = {}, {}
    for task in plan.tasks:
        dates, row_id = task.baselines.get(number), known.activities.get(task.key)
        if dates is not None and row_id is not None:
            rows[row_id], titles[row_id] = BaselineRow(dates.start, dates.end, dates.duration), task.title
    content = with_calendars(edit.plan, rows, used)
    content.calendar, content.titles = calendar, titles
    return edit.attach(pack(content))


def milestone_codes(tasks: list[ForeignTask]) -> dict[str, str]:
    """A code for each milestone by its key: the file's own where it can be one and is unique, else M1, M2 …"""
    codes: dict[str, str] = {}
    taken: set[str] = set()
    milestones = [task for task in tasks if task.milestone]
    for task in milestones:
        code = task.code.strip()
        if CODE.fullmatch(code) and code.casefold() not in taken:
            codes[task.key] = code
            taken.add(code.casefold())
    number = 0
    for task in milestones:
        if task.key not in codes:
            number += 1
            while f"m{number}" in taken:
                number += 1
            codes[task.key] = f"M{number}"
    return codes


class _Arrival:
    """One import going on: what became of the file's keys."""

    def __init__(self, edit: Edit, plan: ForeignPlan) -> None:
        self.project = 0
        self.findings: Findings = plan.findings.copy()
        self._edit = edit
        self._plan = plan
        self._calendars = {calendar.key: edit.new_id() for calendar in plan.calendars}
        self._activities = {task.key: edit.new_id() for task in plan.tasks}
        self._people: dict[str, int] = {}
        self._baseline_in_force: Baseline | None = None
        self._kept_calendar = ""

    def known(self) -> Known:
        """What stands for what once everything is there."""
        return Known(self.project, self._calendars, self._people, self._activities)

    def add_calendars_and_project(self, key: str | None) -> None:
        """The project is recorded and begins where the file says; its calendars belong to it and go with it."""
        foreign, edit = self._plan.project, self._edit
        project = projects.create(
            edit, self._title(foreign.title, "?"), key=key, calendar=self._project_calendar(),
            mode=ScheduleMode.RECORDED, category=foreign.category, description=foreign.description, start=foreign.start,
            status_date=foreign.status_date, day_start=foreign.day_start, day_end=foreign.day_end,
            minutes_per_day=foreign.minutes_per_day, minutes_per_week=max(foreign.minutes_per_week, foreign.minutes_per_day),
            days_per_month=foreign.days_per_month, slack_limit=foreign.slack_limit,
            source=self._source(foreign.source), extra=self._extra(foreign.extra),
        )  # fmt: skip
        self.project = project.id
        for calendar in self._plan.calendars:
            row_id = self._calendars[calendar.key]
            base = self._calendars[calendar.base] if calendar.base is not None else None
            edit.add(
                Calendar(
                    row_id,
                    self._title(calendar.name, calendar.key),
                    calendar.week,
                    base,
                    self.project,
                    source=self._source(calendar.key),
                    extra=self._extra(calendar.extra),
                )
            )
            for row in calendar.exceptions:
                edit.add(
                    CalendarException(
                        edit.new_id(), row_id, row.name, row.first, row.last, row.shifts, row.recurrence, self._plan.system
                    )
                )

    def add_people(self) -> None:
        """People of the file; one whom the workspace knows by the same name is that one and is left as it is."""
        edit = self._edit
        known: dict[str, list[Person]] = {}
        for person in edit.plan.all(Person):
            known.setdefault(person.name.strip().casefold(), []).append(person)
        for foreign in self._plan.people:
            same = known.get(foreign.name.strip().casefold(), [])
            match = next((row for row in same if not (row.email and foreign.email) or row.email == foreign.email), None)
            if match is not None:
                same.remove(match)
                self._people[foreign.key] = match.id
                self.findings.add(KNOWN_PEOPLE, name=match.name)
                continue
            calendar = self._calendars[foreign.calendar] if foreign.calendar is not None else None
            self._people[foreign.key] = edit.new_id()
            edit.add(
                Person(
                    self._people[foreign.key],
                    foreign.name.strip(),
                    organisation=foreign.organisation,
                    email=foreign.email,
                    calendar=calendar,
                    notes=foreign.notes,
                    source=self._source(foreign.key),
                    extra=self._extra(foreign.extra),
                )
            )
        lead = self._plan.project.lead.strip()
        if lead:
            edit.update(edit.plan[Project, self.project], lead=self._person_named(lead))

    def add_baselines(self) -> None:
        """Baseline 0 is put in force. The calendars of the file stand for those as they were."""
        edit = self._edit
        for number in self._plan.baseline_numbers():
            packed = packed_baseline(edit, self._plan, number, self.known())
            name = f"Baseline {number}" if number else "Baseline"
            baseline = Baseline(
                edit.new_id(), self.project, name, number, edit.now, packed, number == 0, source=self._source(str(number))
            )
            edit.add(baseline)
            if baseline.in_force:
                self._baseline_in_force = baseline
                self._kept_calendar = keep(edit, edit.plan, edit.plan[Project, self.project].calendar)

    def add_tasks(self) -> None:
        """Milestones and work items in the outline of the file."""
        codes = milestone_codes(self._plan.tasks)
        groups = (StateGroup.NEW, StateGroup.IN_PROGRESS, StateGroup.DONE)
        states = {group: items.state_in(self._edit.plan, self.project, group).id for group in groups}
        above: list[tuple[int, int]] = []
        for place, task in enumerate(self._plan.tasks):
            while above and above[-1][0] >= task.level:
                above.pop()
            row_id = self._activities[task.key]
            fields = self._activity_fields(task)
            fields.update(parent=above[-1][1] if above else None, order=float(place + 1))
            if task.milestone:
                fields.update(self._milestone_fields(task, fields), code=codes[task.key])
                self._edit.add(Milestone(row_id, self.project, extra=self._extra(fields.pop("kept")), **fields))
            else:
                fields.update(
                    status=states[_group(task)], number=self._edit.new_item_number(self.project), priority=task.priority,
                    estimate=task.estimate, logged=task.logged, remaining_effort=task.remaining_effort,
                )  # fmt: skip
                self._edit.add(WorkItem(row_id, self.project, extra=self._extra(fields.pop("kept")), **fields))
            above.append((task.level, row_id))

    def add_links(self) -> None:
        """Dependencies carry their source: what the file holds comes in even where it makes a loop."""
        for link in self._plan.links:
            self._edit.add(
                Dependency(
                    self._edit.new_id(),
                    self._activities[link.predecessor],
                    self._activities[link.successor],
                    link.type,
                    link.lag,
                    link.lag_unit,
                    self._source(f"{link.predecessor}>{link.successor}"),
                    self._extra(link.extra),
                )
            )

    def add_assignments(self) -> None:
        """People work on items; the first one assigned to a milestone owns it."""
        titles = {task.key: task.title for task in self._plan.tasks}
        seen: set[tuple[int, int]] = set()
        for assignment in self._plan.assignments:
            row_id, person = self._activities[assignment.task], self._people[assignment.person]
            milestone = self._edit.plan.get(Milestone, row_id)
            if milestone is not None:
                if milestone.owner is None:
                    milestone = self._edit.update(milestone, owner=person)
                elif milestone.owner != person:
                    self.findings.add(SECOND_PEOPLE, title=milestone.title)
                self._keep_with(milestone, assignment)
            elif (row_id, person) in seen:
                self.findings.add(ASSIGNED_TWICE, title=titles[assignment.task])
                self._keep_with(self._edit.plan[WorkItem, row_id], assignment)
            else:
                seen.add((row_id, person))
                self._edit.add(Assignment(self._edit.new_id(), row_id, person, self._extra(assignment.extra)))

    def _keep_with(self, activity: Milestone | WorkItem, assignment: ForeignAssignment) -> None:
        """Keeps in an activity's `extra` what no assignment of ours can hold."""
        kept = dict(activity.extra.get(self._plan.system, {}))
        kept["assignments"] = [*kept.get("assignments", []), {"ResourceUID": assignment.person, **assignment.extra}]
        self._edit.update(activity, extra={**activity.extra, self._plan.system: kept})

    def _activity_fields(self, task: ForeignTask) -> dict[str, Any]:
        """The fields that milestones and work items share; `kept` is what goes into `extra`."""
        kept = dict(task.extra)
        start, notes = task.start, task.notes
        if start is not None and task.end is not None and start > task.end:
            kept["Start"] = instant_to_iso(start)
            self.findings.add(TURNED, title=task.title)
            start = task.end
        title = self._title(task.title, f"#{task.key}")
        if len(task.title.strip()) > LONGEST_TITLE:
            notes = f"{task.title.strip()}\n\n{notes}".strip()
        calendar = self._calendars[task.calendar] if task.calendar is not None else None
        return {
            "title": title, "code": task.code, "start": start, "end": task.end, "duration": task.duration,
            "duration_unit": task.duration_unit, "placement": Placement.FIXED, "calendar": calendar,
            "constraint": task.constraint, "constraint_date": task.constraint_date, "deadline": task.deadline,
            "progress": task.progress, "actual_start": task.actual_start, "actual_finish": task.actual_finish,
            "remaining": task.remaining, "stop": task.stop, "resume": task.resume, "estimated": task.estimated,
            "notes": notes, "source": self._source(task.key), "kept": kept,
        }  # fmt: skip

    def _milestone_fields(self, task: ForeignTask, fields: dict[str, Any]) -> dict[str, Any]:
        """What is different for a milestone: a point in time with a window before it, a status that goes with its actual
        date, a target from the baseline in force."""
        end = fields["end"] if fields["end"] is not None else fields["start"]
        start = fields["start"] if fields["start"] != end else None
        reached = task.actual_finish
        if task.progress == 100 and reached is None:
            reached = end
            if reached is None:
                self.findings.add(UNDATED, title=task.title)
        started = task.progress > 0 or task.actual_start is not None
        status = MilestoneStatus.IN_PROGRESS if started else MilestoneStatus.NEW
        if reached is not None:
            status = MilestoneStatus.COMPLETED
        found = {
            "start": start, "end": end, "duration": 0, "remaining": None, "actual_finish": reached, "status": status,
        }  # fmt: skip
        promised = task.baselines.get(0)
        target = promised.end if promised is not None else None
        if target is not None and self._baseline_in_force is not None:
            found.update(
                target=target, first_target=target, target_set=self._edit.now,
                target_reason=self._baseline_in_force.name, target_calendar=self._kept_calendar,
            )  # fmt: skip
        return found

    def _project_calendar(self) -> int:
        foreign = self._plan.project.calendar
        if foreign is not None:
            return self._calendars[foreign]
        fallback = projects.default_calendar(self._edit.plan)
        self.findings.add(NO_CALENDAR, name=fallback.name)
        return fallback.id

    def _person_named(self, name: str) -> int:
        """The person with this name, a new one where there is none."""
        for person in self._edit.plan.all(Person):
            if person.name.strip().casefold() == name.casefold():
                return person.id
        return self._edit.add(Person(self._edit.new_id(), name, source=self._plan.system)).id

    def _title(self, text: str, fallback: str) -> str:
        """A title as the rules want it: not empty, in one line, not too long."""
        title = " ".join(text.split()) if any(sign in text for sign in "\n\r\t") else text.strip()
        if not title:
            self.findings.add(UNTITLED)
            return fallback
        if len(title) > LONGEST_TITLE:
            self.findings.add(LONG_TITLES, limit=LONGEST_TITLE, title=title[:30] + "…")
            return title[: LONGEST_TITLE - 1] + "…"
        return title

    def _source(self, key: str) -> str:
        return f"{self._plan.system}:{key}"

    def _extra(self, extra: dict[str, Any]) -> dict[str, Any]:
        return {self._plan.system: extra} if extra else {}


def _group(task: ForeignTask) -> StateGroup:
    """0 % and not begun is new, 100 % is done."""
    if task.progress == 100:
        return StateGroup.DONE
    return StateGroup.IN_PROGRESS if task.progress or task.actual_start is not None else StateGroup.NEW
