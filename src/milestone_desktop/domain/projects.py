"""The workspace and what stands around activities: projects, people, calendars, templates, views."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from milestone_desktop.domain.enums import ProgressBasis, ProjectStatus, ScheduleMode, StateGroup
from milestone_desktop.domain.fields import belongs_to, child_of, needs, refers_to
from milestone_desktop.domain.instants import Day, Instant

Shift = tuple[int, int]
"""Working minutes of a day, [from, to); `to` above 1440 runs into the next day (a night shift)."""

Week = tuple[tuple[Shift, ...] | None, ...]
"""Seven days, Monday first; None inherits from the base calendar, () is a day off."""


@dataclass(slots=True)
class Workspace:
    """The one record about the file itself (id 1)."""

    id: int
    title: str = ""
    me: Annotated[int | None, refers_to("Person")] = None
    item_types: tuple[str, ...] = ("Epic", "Story", "Task", "Bug", "Risk")
    milestone_types: tuple[str, ...] = ("Engineering", "Billing")
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Project:
    """One project. Times of day are minutes after midnight; slack_limit is in working minutes; tolerance and
    slack_threshold in working days; chance_threshold in percent."""

    id: int
    key: str
    title: str
    calendar: Annotated[int, needs("Calendar")]
    aliases: tuple[str, ...] = ()
    lead: Annotated[int | None, refers_to("Person")] = None
    description: str = ""
    category: str = ""
    colour: str = ""
    status: ProjectStatus = ProjectStatus.ACTIVE
    start: Instant | None = None
    target_end: Instant | None = None
    mode: ScheduleMode = ScheduleMode.RECORDED
    status_date: Day | None = None
    day_start: int = 540
    day_end: int = 1080
    minutes_per_day: int = 480
    minutes_per_week: int = 2400
    days_per_month: int = 20
    slack_limit: int = 0
    tolerance: int = 5
    slack_threshold: int = 5
    chance_threshold: int = 50
    progress_basis: ProgressBasis = ProgressBasis.DURATION
    move_remaining: bool = False
    order: float = 0.0
    template: str = ""
    notes: str = ""
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def is_computed(project: Project) -> bool:
    """Whether the scheduler places the activities of a project."""
    return project.mode is ScheduleMode.COMPUTED and project.status is not ProjectStatus.ARCHIVED


@dataclass(slots=True)
class Person:
    id: int
    name: str
    role: str = ""
    organisation: str = ""
    email: str = ""
    external: bool = False
    calendar: Annotated[int | None, refers_to("Calendar")] = None
    notes: str = ""
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Calendar:
    """Weekly working hours; what `week` leaves None comes from `base`. project: None for one of the workspace."""

    id: int
    name: str
    week: Week
    base: Annotated[int | None, refers_to("Calendar")] = None
    project: Annotated[int | None, child_of("Project")] = None
    country: str = ""
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class CalendarException:
    """A holiday (no shifts) or other working hours on `first` … `last`, both included.

    recurrence: {} for every day of the range, else a rule: {"type": "daily" | "weekly" | "monthly by day" |
    "monthly by position" | "yearly by day" | "yearly by position", "every": n, "weekdays": [0–6], "week_start": 0–6 or
    absent, "day": 1–31, "position": 1–4 or -1, "weekday": 0–6 or "day" | "weekday" | "weekend", "month": 1–12, "count": n or
    absent}.
    """

    id: int
    calendar: Annotated[int, belongs_to("Calendar")]
    name: str
    first: Day
    last: Day
    shifts: tuple[Shift, ...] = ()
    recurrence: dict[str, Any] = field(default_factory=dict)
    source: str = ""


KeptException = tuple[str, str, tuple[Shift, ...], dict[str, Any]]
"""First and last day (`YYYY-MM-DD`), shifts, and recurrence, as in a CalendarException."""


@dataclass(slots=True)
class KeptCalendar:
    """A calendar as it was when a target was set, with all that it inherited. Never changed; digest: of its content."""

    id: int
    digest: str
    name: str
    week: Week
    exceptions: tuple[KeptException, ...] = ()


@dataclass(slots=True)
class WorkflowState:
    """A state of work items and what it counts as; project: None for all projects."""

    id: int
    name: str
    group: StateGroup
    order: float = 0.0
    project: Annotated[int | None, child_of("Project")] = None


@dataclass(slots=True)
class Template:
    """A person's own template: TOML text as in `resources/templates`."""

    id: int
    name: str
    title: str
    text: str


@dataclass(slots=True)
class View:
    """A saved view: filter, columns, grouping and scale in `definition`."""

    id: int
    name: str
    project: Annotated[int | None, child_of("Project")] = None
    order: float = 0.0
    definition: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Baseline:
    """A named, dated copy of planned dates. content: SHA-256 of the packed rows and calendars in the blob table."""

    id: int
    project: Annotated[int, belongs_to("Project")]
    name: str
    number: int
    created: Instant
    content: str
    in_force: bool = False
    note: str = ""
    source: str = ""


@dataclass(slots=True)
class BaselineRepair:
    """A corrected row of a baseline, with the reason."""

    id: int
    baseline: Annotated[int, belongs_to("Baseline")]
    activity: Annotated[int, belongs_to("Activity")]
    start: Instant | None
    end: Instant | None
    duration: int
    reason: str
    repaired: Instant
