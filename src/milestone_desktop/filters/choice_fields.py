"""The fields whose values are told apart as wholes: status, health, type, tags, what a row belongs to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from milestone_desktop.domain.activities import Activity, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import (
    Health,
    MilestoneKind,
    MilestoneStatus,
    Placement,
    Priority,
    SignOffDecision,
    StateGroup,
)
from milestone_desktop.domain.gates import SignOff
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import ancestors, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project, WorkflowState, Workspace
from milestone_desktop.filters.at_once import by, by_each_milestone, by_parent, keys_of, one_for_each
from milestone_desktop.filters.cells import Ints
from milestone_desktop.filters.field import Field, Reader, Sight, Sort, attribute
from milestone_desktop.filters.following import beneath_renamed, linked_anew, milestones_judged_anew
from milestone_desktop.filters.records import Records
from milestone_desktop.filters.text_fields import key_of


def choices() -> tuple[Field, ...]:
    words = Sort.WORDS
    return (
        Field("status", N_("Status"), words, _status, one_for_each(by_shown_state), (), ((WorkflowState, None),),
              choices=_statuses),
        Field("state", N_("State"), words, _state, one_for_each(by_shown_state), (), ((WorkflowState, None),),
              choices=lambda plan: [*(group.value for group in StateGroup), "Dropped"]),
        Field("health", N_("Health"), words, _health, one_for_each(by_each_milestone), (), follows=milestones_judged_anew,
              daily=True, choices=lambda plan: [health.value for health in Health if health is not Health.NONE]),
        Field("what", N_("Milestone or item"), words, _what, by(), ("row",), choices=lambda plan: ["milestone", "item"]),
        _written("kind", N_("Kind"), lambda plan: [kind.value for kind in MilestoneKind]),
        _written("type", N_("Type"), _types),
        _written("priority", N_("Priority"), lambda plan: [priority.value for priority in Priority]),
        Field("tag", N_("Tag"), words, lambda sight: lambda activity: activity.tags, by("tags"), ("tags",), choices=_used_tags),
        _written("release", N_("Release"), _used("release")),
        _written("module", N_("Module"), _used("module")),
        Field("project", N_("Project"), words, _project, by("project"), (), ((Project, None),),
              choices=lambda plan: [project.key for project in plan.all(Project)]),
        Field("parent", N_("Parent"), words, _parent, one_for_each(by_parent), (), ((Project, None),), beneath_renamed),
        Field("under", N_("Anywhere under"), words, _under, one_for_each(by_parent), (), ((Project, None),), beneath_renamed),
        Field("milestone", N_("Milestone"), words, _milestone, one_for_each(by_links), ("for",), ((Project, None),), linked_anew,
              choices=lambda plan: [row.title for row in plan.all(Milestone)]),
        Field("signoff", N_("Sign-off"), words, _sign_off, one_for_each(by_each_milestone), ("sign-off",),
              ((SignOff, "milestone"),), choices=lambda plan: ["waiting", *(decision.value for decision in SignOffDecision)]),
        _written("currency", N_("Currency"), _used("currency")),
        _written("placement", N_("Placement"), lambda plan: [placement.value for placement in Placement]),
    )  # fmt: skip


def _written(name: str, heading: str, choices: Callable[[Plan], Sequence[str]]) -> Field:
    """A word that stands in the record, by the name of its field."""
    return Field(name, heading, Sort.WORDS, attribute(name), by(name), choices=choices)


def by_state(records: Records) -> Ints:
    """Where the value follows from the status and from whether it was dropped."""
    return keys_of("status", "dropped")(records)


def by_shown_state(records: Records) -> Ints:
    """Where the value follows from that, and from whether something lies under it."""
    return records.together(by_state(records), records.is_parent + 0)


def by_links(records: Records) -> Ints:
    """Milestones and linked items each have their own; other items that of what stands above them."""
    links = records.plan.all(MilestoneLink)
    linked = np.isin(records.ids, np.fromiter((link.item for link in links), np.int64, len(links)))
    above = by_parent(records)
    own = above.max(initial=0) + 1 + np.arange(len(records))
    return np.where(records.is_milestone | linked, own, above)


def _used(name: str) -> Callable[[Plan], list[str]]:
    """The texts that stand in a field somewhere."""
    return lambda plan: sorted({text for row in plan.activities() if (text := getattr(row, name, ""))}, key=str.casefold)


def _used_tags(plan: Plan) -> list[str]:
    return sorted({tag for row in plan.activities() for tag in row.tags}, key=str.casefold)


def _types(plan: Plan) -> list[str]:
    workspace = plan.get(Workspace, 1)
    return [*workspace.milestone_types, *workspace.item_types] if workspace is not None else []


def _statuses(plan: Plan) -> list[str]:
    states = sorted(plan.all(WorkflowState), key=lambda state: (state.order, state.id))
    names = (*(status.value for status in MilestoneStatus), *(state.name for state in states))
    return list(dict.fromkeys(("open", "done", "dropped", *names)))


def group_of(plan: Plan, activity: Activity) -> str:
    """What a status counts as: New, In Progress, Done or Dropped."""
    if isinstance(activity, Milestone):
        if activity.dropped is not None:
            return "Dropped"
        done, new = activity.status is MilestoneStatus.COMPLETED, activity.status is MilestoneStatus.NEW
        return (StateGroup.DONE if done else StateGroup.NEW if new else StateGroup.IN_PROGRESS).value
    state = plan.get(WorkflowState, activity.status) if isinstance(activity, WorkItem) else None
    return (state.group if state is not None else StateGroup.NEW).value


def is_open(plan: Plan, activity: Activity) -> bool:
    return group_of(plan, activity) in (StateGroup.NEW, StateGroup.IN_PROGRESS)


def is_summary(plan: Plan, activity: Activity) -> bool:
    """A work item that stands for those under it: its own status says nothing."""
    return isinstance(activity, WorkItem) and is_parent(plan, activity.id)


def _status(sight: Sight) -> Reader:
    """The name of the status, and open, done or dropped."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if is_summary(plan, activity):
            return ()
        group = group_of(plan, activity)
        broad = {StateGroup.DONE.value: "done", "Dropped": "dropped"}.get(group, "open")
        if isinstance(activity, Milestone):
            return (broad,) if broad == "dropped" else (activity.status.value, broad)
        state = plan.get(WorkflowState, activity.status) if isinstance(activity, WorkItem) else None
        return (state.name, broad) if state is not None else (broad,)

    return read


def _state(sight: Sight) -> Reader:
    plan = sight.plan
    return lambda activity: () if is_summary(plan, activity) else (group_of(plan, activity),)


def _health(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[str, ...]:
        health = sight.health(activity) if isinstance(activity, Milestone) else Health.NONE
        return () if health is Health.NONE else (health.value,)

    return read


def _what(sight: Sight) -> Reader:
    return lambda activity: ("milestone",) if isinstance(activity, Milestone) else ("item",)


def _project(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[str, ...]:
        project = sight.plan.get(Project, activity.project)
        return (project.key, project.title, *project.aliases) if project is not None else ()

    return read


def _names_of(sight: Sight, rows: Sequence[Activity]) -> tuple[str, ...]:
    """Titles, keys and codes."""
    key = key_of(sight)
    return tuple(text for row in rows for text in (row.title, *key(row)))


def _parent(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[str, ...]:
        parent = sight.plan.activity(activity.parent)
        return _names_of(sight, [parent]) if parent is not None else ()

    return read


def _under(sight: Sight) -> Reader:
    return lambda activity: _names_of(sight, ancestors(sight.plan, activity)) if activity.parent is not None else ()


def _milestone(sight: Sight) -> Reader:
    """A milestone itself; the milestones that an item, or an item above it, is linked to."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if isinstance(activity, Milestone):
            return _names_of(sight, [activity])
        near = [activity, *(ancestors(plan, activity) if activity.parent is not None else ())]
        linked = {link.milestone for row in near for link in plan.where(MilestoneLink, "item", row.id)}
        return _names_of(sight, [row for row_id in sorted(linked) if (row := plan.get(Milestone, row_id)) is not None])

    return read


def _sign_off(sight: Sight) -> Reader:
    """The decision in force; waiting where a client's approval is open and none was given."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if not isinstance(activity, Milestone):
            return ()
        given = [row for row in plan.where(SignOff, "milestone", activity.id) if not row.superseded]
        if given:
            return (given[-1].decision.value,)
        waits = activity.kind is MilestoneKind.CLIENT_APPROVAL and is_open(plan, activity)
        return ("waiting",) if waits else ()

    return read
