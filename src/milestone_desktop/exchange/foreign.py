"""A plan as another program wrote it, in plain records that every format is read into and one function brings in.

Keys are the other program's own ids as text; they name a record only within its kind. Instants, days and durations are
counted as in `domain`; None or a default stands for what the file does not say. Nothing here refers to a workspace.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, Priority
from milestone_desktop.domain.instants import Day, Instant
from milestone_desktop.domain.messages import Message, message
from milestone_desktop.domain.projects import Shift, Week

Extra = dict[str, Any]


@dataclass(slots=True)
class ForeignException:
    name: str
    first: Day
    last: Day
    shifts: tuple[Shift, ...] = ()
    recurrence: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class ForeignCalendar:
    """`exceptions` stand in the order in which later ones win."""

    key: str
    name: str
    week: Week
    base: str | None = None
    exceptions: list[ForeignException] = field(default_factory=list)
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignPerson:
    key: str
    name: str
    organisation: str = ""
    email: str = ""
    calendar: str | None = None
    notes: str = ""
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignDates:
    """The dates of one activity in a baseline. duration: minutes as the activity counts them."""

    start: Instant | None = None
    end: Instant | None = None
    duration: int = 0


@dataclass(slots=True)
class ForeignTask:
    """A row of the outline, in the order of the file. level: depth, the smallest being the top; summary: it has rows
    below it; baselines: by number."""

    key: str
    title: str
    level: int = 1
    milestone: bool = False
    summary: bool = False
    code: str = ""
    start: Instant | None = None
    end: Instant | None = None
    duration: int = 0
    duration_unit: str = "d"
    estimated: bool = False
    calendar: str | None = None
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_date: Instant | None = None
    deadline: Instant | None = None
    progress: int = 0
    actual_start: Instant | None = None
    actual_finish: Instant | None = None
    remaining: int | None = None
    stop: Instant | None = None
    resume: Instant | None = None
    priority: Priority = Priority.MEDIUM
    estimate: int | None = None
    logged: int = 0
    remaining_effort: int | None = None
    notes: str = ""
    baselines: dict[int, ForeignDates] = field(default_factory=dict)
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignLink:
    """Predecessor → successor by task keys. lag: as in `Dependency`."""

    predecessor: str
    successor: str
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignAssignment:
    task: str
    person: str
    extra: Extra = field(default_factory=dict)


@dataclass(slots=True)
class ForeignProject:
    """The project itself; fields as in `Project`, `lead` by name, `calendar` by key."""

    title: str = ""
    lead: str = ""
    category: str = ""
    description: str = ""
    calendar: str | None = None
    start: Instant | None = None
    status_date: Day | None = None
    day_start: int = 480
    day_end: int = 1020
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    slack_limit: int = 0
    source: str = ""
    extra: Extra = field(default_factory=dict)


class Findings:
    """What was not understood, changed or left out: each kind once, with how often it came and the first example."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], tuple[int, dict[str, Any]]] = {}

    def add(self, text: str, count: int = 1, **arguments: Any) -> None:
        """text: a message id with a place `{count}` and places for `arguments`. Findings of the same text, and about the
        same `field` if one is given, are counted together; the arguments of the first are kept."""
        key = (text, str(arguments.get("field", "")))
        known, first = self._found.get(key, (0, arguments))
        self._found[key] = (known + count, first)

    def include(self, other: Findings, texts: Collection[str] | None = None) -> None:
        """Adds what others found: everything, or the findings of some texts only."""
        for (text, _), (count, arguments) in other._found.items():
            if texts is None or text in texts:
                self.add(text, count, **arguments)

    def copy(self) -> Findings:
        """Findings that can be added to on their own."""
        twin = Findings()
        twin._found = dict(self._found)
        return twin

    def messages(self) -> tuple[Message, ...]:
        """One sentence for each kind, in the order of their first coming."""
        return tuple(message(text, count=count, **arguments) for (text, _), (count, arguments) in self._found.items())


@dataclass(slots=True)
class ForeignPlan:
    """A whole plan. system: what wrote it, the first part of every record's `source`."""

    system: str
    project: ForeignProject = field(default_factory=ForeignProject)
    calendars: list[ForeignCalendar] = field(default_factory=list)
    people: list[ForeignPerson] = field(default_factory=list)
    tasks: list[ForeignTask] = field(default_factory=list)
    links: list[ForeignLink] = field(default_factory=list)
    assignments: list[ForeignAssignment] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    def baseline_numbers(self) -> list[int]:
        """The numbers of the baselines that at least one task has dates in."""
        return sorted({number for task in self.tasks for number in task.baselines})

    def counts(self) -> dict[str, int]:
        """How much there is of each kind; `tasks` are all rows, milestones among them."""
        return {
            "tasks": len(self.tasks),
            "milestones": sum(task.milestone for task in self.tasks),
            "links": len(self.links),
            "calendars": len(self.calendars),
            "exceptions": sum(len(calendar.exceptions) for calendar in self.calendars),
            "people": len(self.people),
            "assignments": len(self.assignments),
            "baselines": len(self.baseline_numbers()),
        }

    def instants(self) -> Iterator[Instant]:
        """Every planned start and end."""
        for task in self.tasks:
            if task.start is not None:
                yield task.start
            if task.end is not None:
                yield task.end
