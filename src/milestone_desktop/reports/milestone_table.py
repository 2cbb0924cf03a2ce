"""The milestone report on paper: who answers for which milestone, when it is due, how far it is, and what work it takes."""

from __future__ import annotations

from typing import Any

from milestone_desktop.chart.marks import mark_points
from milestone_desktop.domain.activities import Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import StateGroup
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState
from milestone_desktop.reports.parts import HEADINGS, Part
from milestone_desktop.reports.words import NOTHING, Words

COLUMNS = (N_("Milestone Name"), N_("Owner"), N_("Due Date"), N_("Status"), N_("Tasks"))


def milestone_report(plan: Plan, project: Project, words: Words) -> dict[str, Any]:
    """Heading, columns and rows in the order of the outline; a task is told by its key, title and state."""
    rows = [row for _level, row in walk(plan, project.id) if isinstance(row, Milestone)]
    return {
        "heading": words.say(HEADINGS[Part.TASKS]),
        "columns": [words.say(column) for column in COLUMNS],
        "nothing": words.say(N_("There are none yet.")),
        "rows": [_row(plan, project, row, words) for row in rows],
    }


def mark_outline(row: Milestone) -> list[list[float]]:
    """The outline of a milestone's mark as on the roadmap, around (0, 0) with the radius 1."""
    return [[round(x, 3), round(y, 3)] for x, y in mark_points(row.kind, 0.0, 0.0, 1.0)]


def _row(plan: Plan, project: Project, row: Milestone, words: Words) -> dict[str, Any]:
    owner = plan.get(Person, row.owner)
    found = (plan.get(WorkItem, link.item) for link in plan.where(MilestoneLink, "milestone", row.id))
    items = [item for item in found if item is not None]
    done = sum(plan[WorkflowState, item.status].group is StateGroup.DONE for item in items)
    count = words.say(N_("{done} of {all} done"), done=done, all=len(items)) if items else NOTHING
    return {
        "title": row.title or NOTHING,
        "done": row.actual_finish is not None,
        "mark": mark_outline(row),
        "owner": owner.name if owner is not None else NOTHING,
        "due": words.date(row.end),
        "status": words.say(N_("Dropped")) if row.dropped is not None else words.say(row.status.value),
        "count": count,
        "tasks": [
            words.say(
                N_("{key} {title} ({state})"),
                key=f"{project.key}-{item.number}",
                title=item.title or NOTHING,
                state=words.translate(plan[WorkflowState, item.status].name),
            )
            for item in items
        ],
    }
