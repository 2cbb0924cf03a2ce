"""Scenarios: projects that repeat another one, to try something out. They are in the plan and are listed nowhere else."""

from __future__ import annotations

from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

SCENARIO_OF = "scenario_of"
"""In `extra`: the id of the record that a scenario's record repeats."""


def is_scenario(row: Project) -> bool:
    """Whether a project is only tried out: it does not count in the portfolio."""
    return SCENARIO_OF in row.extra


def listed_projects(plan: Plan) -> list[Project]:
    """The projects that count, in the order in which they are listed: all but scenarios."""
    found = (row for row in plan.all(Project) if not is_scenario(row))
    return sorted(found, key=lambda row: (row.order, row.id))


def scenario_ids(plan: Plan) -> frozenset[int]:
    """The ids of all scenarios."""
    return frozenset(row.id for row in plan.all(Project) if is_scenario(row))


def scenarios_of(plan: Plan, project_id: int) -> list[Project]:
    """The scenarios of a project, the oldest first."""
    found = (row for row in plan.all(Project) if row.extra.get(SCENARIO_OF) == project_id)
    return sorted(found, key=lambda row: row.id)
