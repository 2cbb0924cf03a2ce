"""What is worked out from the plan for the screen, each figure once between two edits."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.desktop.assessments import Assessments, Moves
from milestone_desktop.desktop.timing import Timing
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import MilestoneStatus, ProjectStatus, StateGroup
from milestone_desktop.domain.health import Assessment
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.progress import Progress, projects_of
from milestone_desktop.domain.projects import Baseline, Person, Project, WorkflowState
from milestone_desktop.domain.scenarios import listed_projects, scenario_ids
from milestone_desktop.domain.slip import slip
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.scheduling.schedule import Schedule

Ids = NDArray[np.int64]


class Facts:
    """Progress, health, slip, slack and names. `heed` each change to the plan.

    today: the clock's day, for health; moves: reads every receipt of the journal, oldest first; schedule: that of the plan
    as it stands.
    """

    def __init__(
        self, plan: Plan, today: Callable[[], Day], moves: Callable[[], Moves], schedule: Callable[[], Schedule | None]
    ) -> None:
        self.plan = plan
        self.progress = Progress(plan)
        self.times = WorkTimes(plan)
        self.timing = Timing(plan, schedule)
        self.health = Assessments(plan, self.times, today, moves, schedule)

    def heed(self, event: Changed) -> set[int]:
        """Works out anew, when next asked, what the change may have altered. Returns the projects whose settings,
        baselines, progress or health that concerns."""
        self.progress.heed(event.change_set)
        self.times.heed(event.change_set)
        baselines = {row.project for change in event.change_set.of(Baseline) for row in (change.old, change.new) if row}
        return baselines | projects_of(event.change_set) | self.health.heed(event)

    def progress_of(self, activity: Activity) -> int | None:
        """Percent done of a milestone or work item; None where there is nothing to count."""
        if isinstance(activity, Milestone):
            return self.progress.of_milestone(activity.id)
        return self.progress.of_item(activity.id)

    def percents(self, ids: Ids) -> NDArray[np.float64]:
        """Percent done of many activities at once; NaN where there is nothing to count."""
        return np.array(self.progress.percents(ids.tolist()), np.float64)  # None becomes NaN

    def assessment(self, milestone: Milestone) -> Assessment:
        """The health of a milestone with its reasons."""
        return self.health.of_milestone(milestone)

    def project_assessment(self, project: Project) -> Assessment:
        """The health of a project with its reasons."""
        return self.health.of_project(project)

    def slip(self, milestone: Milestone) -> int | None:
        """Working days from target to planned (or actual)."""
        return slip(self.plan, milestone, self.times)

    def slack(self, activity: Activity) -> int | None:
        """Total slack in working minutes; None for what is finished, and where the plan cannot be scheduled."""
        return self.timing.slack(activity)

    def slack_text(self, activity: Activity) -> str:
        """Total slack in the project's days: `3d`, `-2d`, "—"."""
        return self.timing.text(activity, self.timing.slack(activity))

    def is_critical(self, activity: Activity) -> bool | None:
        """Whether its slack is not above its project's slack limit."""
        return self.timing.is_critical(activity)

    def driver(self, activity: Activity) -> Activity | None:
        """The predecessor that an activity waits for; None where no link determines its dates."""
        return self.timing.driver(activity)

    def person_name(self, person: int | None) -> str:
        """The name, or "" for nobody."""
        row = self.plan.get(Person, person)
        return row.name if row is not None else ""

    def assignees(self, item: WorkItem) -> list[Person]:
        """Who works on an item."""
        found = (self.plan.get(Person, row.person) for row in self.plan.where(Assignment, "item", item.id))
        return [person for person in found if person is not None]

    def milestones_of(self, item: WorkItem) -> list[Milestone]:
        """The milestones that an item counts for."""
        found = (self.plan.get(Milestone, row.milestone) for row in self.plan.where(MilestoneLink, "item", item.id))
        return [milestone for milestone in found if milestone is not None]

    def items_of(self, milestone: Milestone) -> list[WorkItem]:
        """The work items linked to a milestone."""
        found = (self.plan.get(WorkItem, row.item) for row in self.plan.where(MilestoneLink, "milestone", milestone.id))
        return [item for item in found if item is not None]

    def state(self, item: WorkItem) -> WorkflowState | None:
        return self.plan.get(WorkflowState, item.status)

    def group(self, activity: Activity) -> StateGroup:
        """Whether an activity is new, going on or done."""
        if isinstance(activity, Milestone):
            return _GROUPS[activity.status]
        state = self.state(activity) if isinstance(activity, WorkItem) else None
        return state.group if state is not None else StateGroup.NEW

    def status_name(self, activity: Activity) -> str:
        """The milestone's status, or the name of the item's state."""
        if isinstance(activity, Milestone):
            return activity.status.value
        state = self.state(activity) if isinstance(activity, WorkItem) else None
        return state.name if state is not None else ""

    def code(self, activity: Activity) -> str:
        """`AUR-12` for a work item, the code of a milestone."""
        if isinstance(activity, WorkItem):
            return f"{self.plan[Project, activity.project].key}-{activity.number}"
        return activity.code

    def states_for(self, project: int) -> list[WorkflowState]:
        """The states that items of a project may have: its own, else those of the workspace."""
        own = self.plan.where(WorkflowState, "project", project) or self.plan.where(WorkflowState, "project", None)
        return sorted(own, key=lambda state: (state.order, state.id))

    def people(self) -> list[Person]:
        """Everybody, by name."""
        return sorted(self.plan.all(Person), key=lambda person: (person.name.casefold(), person.id))

    def owned_by(self, person: int) -> list[Milestone]:
        """The milestones that a person owns, scenarios aside."""
        tried = scenario_ids(self.plan)
        return [row for row in self.plan.where(Milestone, "owner", person) if row.project not in tried]

    def items_of_person(self, person: int) -> list[WorkItem]:
        """The work items that a person is assigned to, scenarios aside."""
        tried = scenario_ids(self.plan)
        found = (self.plan.get(WorkItem, row.item) for row in self.plan.where(Assignment, "person", person))
        return [item for item in found if item is not None and item.project not in tried]

    def links(self, activity: int, end: str) -> list[Dependency]:
        """The dependencies of which an activity is the `end`, "predecessor" or "successor"; those with a scenario that it is
        not part of are left out."""
        here = self.plan.activity(activity)
        hidden = scenario_ids(self.plan) - ({here.project} if here is not None else set())
        other = "successor" if end == "predecessor" else "predecessor"
        found = [(link, self.plan.activity(getattr(link, other))) for link in self.plan.where(Dependency, end, activity)]
        return [link for link, row in found if row is not None and row.project not in hidden]

    def projects(self) -> list[Project]:
        """Every project in the order of the sidebar, scenarios and archived ones aside."""
        return [row for row in listed_projects(self.plan) if row.status is not ProjectStatus.ARCHIVED]

    def archived(self) -> list[Project]:
        """The archived projects: counted, read and taken up again on a page of their own."""
        return [row for row in listed_projects(self.plan) if row.status is ProjectStatus.ARCHIVED]

    def baseline_in_force(self, project: int) -> Baseline | None:
        """The baseline that targets come from."""
        return next((row for row in self.plan.where(Baseline, "project", project) if row.in_force), None)

    def status_day(self, project: int, today: Day) -> Day:
        """The day up to which progress is reported; today where the person has set none."""
        chosen = self.plan[Project, project].status_date
        return chosen if chosen is not None else today


_GROUPS = {
    MilestoneStatus.NEW: StateGroup.NEW,
    MilestoneStatus.IN_PROGRESS: StateGroup.IN_PROGRESS,
    MilestoneStatus.COMPLETED: StateGroup.DONE,
}
