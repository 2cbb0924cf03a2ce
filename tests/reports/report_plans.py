"""Small plans to print: the seven example milestones in mid-flight, and plans with the milestones a test asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.changes import Receipt
from milestone_desktop.domain.enums import CriterionResult, LogType, MilestoneStatus, Placement, StateGroup
from milestone_desktop.domain.gates import Criterion
from milestone_desktop.domain.instants import Day, Instant, day_from_iso, instant_from_iso
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, Person, Project, WorkflowState, Workspace
from milestone_desktop.domain.registers import LogEntry

AURORA = 1
PROTOTYPE = 12
STATUS_DATE: Day = day_from_iso("2026-11-23")

_WEEK = (((540, 1080),), ((540, 1080),), ((540, 1080),), ((540, 1080),), ((540, 1080),), (), ())


@dataclass(frozen=True)
class Row:
    """A milestone to put into a plan; dates as ISO days, "" for none."""

    title: str
    target: str = ""
    planned: str = ""
    actual: str = ""
    owner: int | None = None


SEVEN = (
    Row("Project kickoff", "2026-09-04", "2026-09-04", "2026-09-04", 2),
    Row("Planning complete", "2026-09-15", "2026-09-18", "2026-09-18", 2),
    Row("Prototype ready", "2026-11-20", "2026-12-04", "", 3),
    Row("User acceptance", "2027-01-08", "2027-01-15", "", 4),
    Row("Client approval", "2027-01-15", "2027-01-22", "", 2),
    Row("Go-live", "2027-01-22", "2027-01-29", "", 5),
    Row("Lessons learned", "2027-02-05", "2027-02-12", "", 2),
)

PHASES = (
    ("Initiation", "2026-09-01", "2026-09-18", 100),
    ("Build", "2026-09-21", "2026-12-18", 60),
    ("Acceptance", "2026-12-21", "2027-02-12", 0),
)


def end_of(day: str) -> Instant | None:
    """The end of work on an ISO day; None for ""."""
    return instant_from_iso(f"{day}T18:00") if day else None


def plan_of(rows: Sequence[Row], title: str = "Aurora mobile app", description: str = "") -> Plan:
    """A plan of one project (id 1) with these milestones (ids from 10) and three phases."""
    plan = Plan()
    plan.put(Workspace(1))
    plan.put(Calendar(1, "Standard", _WEEK))
    plan.put(Project(AURORA, "AUR", title, 1, description=description))
    for person, name in enumerate(("programme lead", "mobile lead", "test lead", "operations lead"), 2):
        plan.put(Person(person, name))
    plan.put(WorkflowState(1, "Open", StateGroup.NEW))
    for place, row in enumerate(rows):
        plan.put(_milestone(10 + place, row))
    for number, (name, first, last, progress) in enumerate(PHASES):
        start, end = instant_from_iso(f"{first}T09:00"), end_of(last)
        plan.put(WorkItem(5000 + number, AURORA, name, number=2 * number + 1, start=start, end=end, duration=4800, status=1))
        work = WorkItem(
            5010 + number, AURORA, f"Work of {name}", parent=5000 + number, number=2 * number + 2, start=start, end=end
        )
        plan.put(replace(work, duration=4800, progress=progress, status=1))
    return plan


def aurora() -> Plan:
    """The seven example milestones: two reached, one late, four at risk, with a baseline, a decision and criteria."""
    plan = plan_of(SEVEN, description="Field crews see and close jobs without a network.")
    due = day_from_iso("2026-11-27")
    plan.put(LogEntry(6000, AURORA, "Freeze the scope of the map screens", LogType.DECISION, owner=2, due=due))
    plan.put(Baseline(6001, AURORA, "baseline 1", 1, instant_from_iso("2026-09-01T10:00"), "", in_force=True))
    for number in range(5):
        result = CriterionResult.PASS if number < 3 else CriterionResult.NOT_RUN
        plan.put(Criterion(6010 + number, PROTOTYPE, f"C{number}", "opens under 2 s", result=result))
    return plan


def moved(milestone: int, time: str, old: str, new: str, working_days: int, what: str = "planned") -> tuple[datetime, Receipt]:
    """A receipt with the time of its edit."""
    return datetime.fromisoformat(time), Receipt(milestone, what, end_of(old), end_of(new), working_days)


def _milestone(row_id: int, row: Row) -> Milestone:
    return Milestone(
        row_id,
        AURORA,
        row.title,
        order=float(row_id),
        code=f"M{row_id - 9}",
        end=end_of(row.planned),
        target=end_of(row.target),
        actual_finish=end_of(row.actual),
        status=MilestoneStatus.COMPLETED if row.actual else MilestoneStatus.NEW,
        owner=row.owner,
        placement=Placement.FIXED,
    )
