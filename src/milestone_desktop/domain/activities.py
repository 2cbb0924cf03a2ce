"""Activities: milestones and work items, what binds them, and their order in time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

from milestone_desktop.domain.enums import (
    ConstraintType,
    Health,
    LagUnit,
    LinkType,
    MilestoneKind,
    MilestoneStatus,
    Placement,
    Priority,
    ProgressFrom,
    RelationType,
)
from milestone_desktop.domain.fields import belongs_to, child_of, needs, refers_to
from milestone_desktop.domain.instants import Day, Instant


@dataclass(slots=True)
class Activity:
    """What milestones and work items share. Ids of both come from one sequence, so an id alone names an activity.

    start, end: planned instants (a milestone's *from* and *to*); duration, remaining, the three-point estimate and
    effort: working minutes, or elapsed minutes where `duration_unit` starts with "e"; progress: percent 0–100.
    """

    id: int
    project: Annotated[int, belongs_to("Project")]
    title: str
    parent: Annotated[int | None, child_of("Activity")] = None
    order: float = 0.0
    code: str = ""
    start: Instant | None = None
    end: Instant | None = None
    duration: int = 0
    duration_unit: str = "d"
    placement: Placement = Placement.COMPUTED
    calendar: Annotated[int | None, refers_to("Calendar")] = None
    constraint: ConstraintType = ConstraintType.ASAP
    constraint_date: Instant | None = None
    deadline: Instant | None = None
    progress: int = 0
    actual_start: Instant | None = None
    actual_finish: Instant | None = None
    remaining: int | None = None
    stop: Instant | None = None
    resume: Instant | None = None
    estimated: bool = False
    optimistic: int | None = None
    most_likely: int | None = None
    pessimistic: int | None = None
    tags: tuple[str, ...] = ()
    release: str = ""
    module: str = ""
    description: str = ""
    notes: str = ""
    health_override: Health | None = None
    health_reason: str = ""
    health_until: Day | None = None
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Milestone(Activity):
    """A point in time, `end`; `start` only opens its window. Completed and having `actual_finish` are the same thing.

    target, first_target: promised instants; target_calendar: the digest of the KeptCalendar that the target was set on;
    amount: in hundredths of the currency's unit.
    """

    type: str = "Engineering"
    kind: MilestoneKind = MilestoneKind.GENERIC
    status: MilestoneStatus = MilestoneStatus.NEW
    owner: Annotated[int | None, refers_to("Person")] = None
    progress_from: ProgressFrom | None = None
    target: Instant | None = None
    first_target: Instant | None = None
    target_set: Instant | None = None
    target_reason: str = ""
    target_calendar: str = ""
    amount: int | None = None
    currency: str = ""
    invoiced: Day | None = None
    paid: Day | None = None
    dropped: Day | None = None
    dropped_reason: str = ""
    comment: str = ""
    comment_date: Day | None = None
    recovery: str = ""
    recovery_date: Day | None = None


@dataclass(slots=True)
class WorkItem(Activity):
    """Work with a duration. Its key is the project's key and `number` (`AUR-12`); efforts are working minutes.

    status: id of a WorkflowState; 0 is none yet and is refused when the edit ends.
    """

    number: int = 0
    type: str = "Task"
    status: Annotated[int, needs("WorkflowState")] = 0
    priority: Priority = Priority.MEDIUM
    reporter: Annotated[int | None, refers_to("Person")] = None
    estimate: int | None = None
    logged: int = 0
    remaining_effort: int | None = None
    story_points: float | None = None


@dataclass(slots=True)
class Dependency:
    """Predecessor → successor. lag: minutes (may be negative), or hundredths of a percent where `lag_unit` is a percent."""

    id: int
    predecessor: Annotated[int, belongs_to("Activity")]
    successor: Annotated[int, belongs_to("Activity")]
    type: LinkType = LinkType.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Relation:
    """Two activities that have to do with each other; no effect on dates."""

    id: int
    activity: Annotated[int, belongs_to("Activity")]
    other: Annotated[int, belongs_to("Activity")]
    type: RelationType = RelationType.RELATES_TO


@dataclass(slots=True)
class MilestoneLink:
    """A work item that counts for a milestone (many to many)."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    item: Annotated[int, belongs_to("WorkItem")]


@dataclass(slots=True)
class Assignment:
    """A person who works on an item."""

    id: int
    item: Annotated[int, belongs_to("WorkItem")]
    person: Annotated[int, belongs_to("Person")]
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class MoveReason:
    """Why a milestone moved in journal entry `entry`, said afterwards."""

    id: int
    milestone: Annotated[int, belongs_to("Milestone")]
    entry: int
    reason: str
    given: Instant
