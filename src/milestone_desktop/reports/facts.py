"""What a status report states about a project, computed once from the plan by the program's own formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.enums import CriterionResult, Health, LogState, LogType, MilestoneStatus
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.health import Assessment, Figures, assess, of_project
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.progress import Progress
from milestone_desktop.domain.projects import Baseline, Person, Project
from milestone_desktop.domain.registers import LogEntry
from milestone_desktop.domain.slip import expected, slip
from milestone_desktop.domain.worktime import WorkTimes


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """One milestone as a report states it. slip: working days, later is positive; None without a target or a date."""

    row: Milestone
    owner: str
    assessment: Assessment
    slip: int | None
    criteria_open: int
    criteria: int

    @property
    def health(self) -> Health:
        return self.assessment.health

    @property
    def done(self) -> bool:
        return self.row.status is MilestoneStatus.COMPLETED

    @property
    def open(self) -> bool:
        return not self.done and self.row.dropped is None

    @property
    def moment(self) -> Instant | None:
        """When it was reached, or else when it is planned."""
        return expected(self.row)


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """A project on its status date. milestones: by date, undated ones last; progress: percent or None."""

    project: Project
    status_date: Day
    health: Health
    progress: int | None
    milestones: tuple[MilestoneFacts, ...]
    baseline: Baseline | None
    decisions: tuple[LogEntry, ...]
    log: tuple[LogEntry, ...]

    @property
    def wanted(self) -> list[MilestoneFacts]:
        """Those that are not dropped."""
        return [facts for facts in self.milestones if facts.row.dropped is None]

    @property
    def open(self) -> list[MilestoneFacts]:
        return [facts for facts in self.milestones if facts.open]

    def open_between(self, first: Day, last: Day) -> list[MilestoneFacts]:
        """Open milestones planned on the days first … last, both included."""
        return [facts for facts in self.open if facts.row.end is not None and first <= day_of(facts.row.end) <= last]


def at_status_date(plan: Plan, project_id: int, status_date: Day | None, today: Day) -> tuple[Plan, Project]:
    """Returns a copy of the plan in which the project has the given status date (else its own, else today), and the project.

    The copy shares its records with `plan`, which stays as it is. Raises PlanError where there is no such project.
    """
    project = plan.get(Project, project_id)
    if project is None:
        raise PlanError(N_("There is no such project in this workspace."), N_("Choose one of its projects."))
    day = status_date if status_date is not None else project.status_date if project.status_date is not None else today
    twin = plan.copy()
    dated = replace(project, status_date=day)
    twin.put(dated)
    return twin, dated


def project_facts(plan: Plan, project: Project, status_date: Day, figures: Mapping[int, Figures] | None = None) -> ProjectFacts:
    """Gathers what the report states; health is judged at `status_date`.

    figures: what else is known of milestones (slack, chance, moves), by id, as the screen knows it.
    """
    times = WorkTimes(plan)
    known = figures or {}
    rows = plan.where(Milestone, "project", project.id)
    milestones = [_milestone_facts(plan, row, times, status_date, known.get(row.id)) for row in rows]
    milestones.sort(key=lambda facts: (facts.moment is None, facts.moment or 0, facts.row.order, facts.row.id))
    in_force = [row for row in plan.where(Baseline, "project", project.id) if row.in_force]
    return ProjectFacts(
        project=project,
        status_date=status_date,
        health=of_project(plan, project, times, status_date, known).health,
        progress=Progress(plan).of_project(project.id),
        milestones=tuple(milestones),
        baseline=in_force[0] if in_force else None,
        decisions=_open_entries(plan, project, (LogType.DECISION,)),
        log=_open_entries(plan, project, (LogType.RISK, LogType.ISSUE, LogType.ACTION)),
    )


def _milestone_facts(plan: Plan, row: Milestone, times: WorkTimes, day: Day, figures: Figures | None) -> MilestoneFacts:
    owner = plan.get(Person, row.owner)
    criteria = plan.where(Criterion, "milestone", row.id)
    checklist = plan.where(ChecklistEntry, "milestone", row.id)
    still_open = [entry for entry in criteria if entry.result is not CriterionResult.PASS and not entry.waived_reason]
    return MilestoneFacts(
        row=row,
        owner=owner.name if owner else "",
        assessment=assess(plan, row, times, day, figures),
        slip=slip(plan, row, times),
        criteria_open=len(still_open) + sum(not entry.done for entry in checklist),
        criteria=len(criteria) + len(checklist),
    )


def _open_entries(plan: Plan, project: Project, kinds: tuple[LogType, ...]) -> tuple[LogEntry, ...]:
    """The open log entries of some types, the one due first in front."""
    entries: Sequence[LogEntry] = plan.where(LogEntry, "project", project.id)
    found = [entry for entry in entries if entry.type in kinds and entry.state is LogState.OPEN]
    return tuple(sorted(found, key=lambda entry: (entry.due is None, entry.due or 0, entry.order, entry.id)))
