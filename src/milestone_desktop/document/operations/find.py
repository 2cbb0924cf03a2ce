"""Finding activities by what people call them: a milestone's code, a work item's key."""

from __future__ import annotations

from milestone_desktop.document.operations.milestones import milestone_with_code
from milestone_desktop.document.operations.projects import project_with_key
from milestone_desktop.domain.activities import Activity, WorkItem
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project


def activity_named(plan: Plan, name: str, project_key: str | None = None) -> Activity:
    """The work item `KEY-N`, or else the milestone `CODE` or `KEY:CODE`. Raises PlanError."""
    item = _item_with_key(plan, name.strip())
    return item if item is not None else milestone_with_code(plan, name, project_key)


def _item_with_key(plan: Plan, name: str) -> WorkItem | None:
    key, _, number = name.rpartition("-")
    if not key or not number.isdecimal():
        return None
    try:
        project = project_with_key(plan, key)
    except PlanError:
        return None  # a milestone's code may hold a hyphen, too
    rows = plan.where(WorkItem, "project", project.id)
    return next((row for row in rows if row.number == int(number)), None)


def activity_meant(plan: Plan, name: str, project: int) -> Activity:
    """The activity that a person names in a project by key, code or whole title. Raises PlanError."""
    key = plan[Project, project].key
    try:
        return activity_named(plan, name, key)
    except PlanError:
        wanted = name.strip().casefold()
        found = [row for row in plan.activities_where("project", project) if row.title.casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise PlanError(
                N_("“{name}” is the title of several rows."), N_("Name the one by its key or code."), name=name.strip()
            ) from None
    hint = N_("Type a key such as {key}-1, a code or a whole title.")
    raise PlanError(N_("There is no row called “{name}”."), hint, name=name.strip(), key=key)
