"""Keeping a network over an edit that does not concern it, so that typing a title costs nothing."""

from __future__ import annotations

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project
from milestone_desktop.scheduling.network import Network, build

OF_ACTIVITIES = (
    "project", "parent", "duration", "duration_unit", "placement", "calendar", "constraint", "constraint_date", "deadline",
    "progress", "actual_start", "actual_finish", "remaining", "stop", "resume",
)  # fmt: skip
OF_PROJECTS = ("calendar", "status", "start", "mode", "status_date", "day_start", "slack_limit", "move_remaining")
OF_LINKS = ("predecessor", "successor", "type", "lag", "lag_unit")
OF_CALENDARS = ("week", "base")
OF_EXCEPTIONS = ("calendar", "first", "last", "shifts", "recurrence")


def patched(network: Network, plan: Plan, change_set: ChangeSet) -> Network:
    """The network after an edit, `plan` being the plan after it: the same where nothing that it is made of has changed,
    else a new one with the same options. Raises PlanError as `build` does."""
    if any(concerns(change) for change in change_set.changes):
        computed, as_computed = network.options
        return build(plan, projects=computed, as_computed=as_computed, known=network)
    refresh(network, change_set)
    return network


def refresh(network: Network, change_set: ChangeSet) -> None:
    """Puts the new records in place of the old ones in a network that the change-set does not make untrue."""
    for change in change_set.of(Milestone, WorkItem):
        row = network.row_of.get(change.id)
        if row is not None and change.new is not None:
            network.activities[row] = change.new
    projects = {change.id: change.new for change in change_set.of(Project)}
    if projects:
        network.projects[:] = [projects.get(row.id) or row for row in network.projects]


def concerns(change: Change) -> bool:
    """Whether a change can alter the network. Dates of activities do where they are given, not where they are computed."""
    fields: dict[type, tuple[str, ...]] = {
        Milestone: OF_ACTIVITIES,
        WorkItem: OF_ACTIVITIES,
        Project: OF_PROJECTS,
        Dependency: OF_LINKS,
        Calendar: OF_CALENDARS,
        CalendarException: OF_EXCEPTIONS,
        Person: ("calendar",),
        Assignment: ("item", "person"),
    }
    names = fields.get(change.kind)
    if names is None or (change.derived and change.kind is Project):
        return False
    if change.old is None or change.new is None:
        return True
    if isinstance(change.new, Activity) and not change.derived:
        names = (*names, "start", "end")
    return any(getattr(change.old, name) != getattr(change.new, name) for name in names)
