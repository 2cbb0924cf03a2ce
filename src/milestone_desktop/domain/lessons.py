"""Lessons across projects: the register, and those that a new project from a template should know."""

from __future__ import annotations

from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.gates import Lesson
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.scenarios import scenario_ids


def all_lessons(plan: Plan, project: int | None = None) -> list[Lesson]:
    """The lessons of one project or of all (archived ones too, scenarios not), project by project in their order."""
    hidden = scenario_ids(plan)
    found = []
    for row in plan.all(Lesson):
        owner = plan[Project, plan[Milestone, row.milestone].project]
        if owner.id not in hidden and project in (None, owner.id):
            found.append(((owner.order, owner.id, row.milestone, row.order, row.id), row))
    return [row for _place, row in sorted(found, key=lambda pair: pair[0])]


def of_template(plan: Plan, template: str) -> list[Lesson]:
    """The lessons of the projects that were laid out from a template, by its name."""
    if not template:
        return []
    return [row for row in all_lessons(plan) if plan[Project, plan[Milestone, row.milestone].project].template == template]
