"""What the rows of a roadmap can be grouped by: for each way, the groups that an activity belongs to, in their order.

An activity that has to do with several things stands in the group of each: two milestones, two tags, two assignees.
One that has to do with none stands in the last group, such as “No release”.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.enums import MilestoneKind, MilestoneStatus, StateGroup
from milestone_desktop.domain.messages import N_, Message
from milestone_desktop.domain.outline import ancestors, descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState, Workspace

MOST_LEVELS = 2


@dataclass(frozen=True, slots=True)
class Group:
    """One group. key: what tells it from others of its grouping; order: where it stands among them; project: set where
    it is a project."""

    key: Any
    order: tuple[Any, ...]
    title: str | Message
    project: int | None = None


Grouper = Callable[[Activity], Sequence[Group]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group. made: the groups of each activity of a plan as it stands; heeds: the records and fields that they
    depend on (no fields: any change of such a record); follows: which activities besides the changed ones a change-set may
    have put into another group, None for any."""

    name: str
    title: str
    made: Callable[[Plan], Grouper]
    heeds: dict[type, tuple[str, ...]]
    follows: Callable[[Plan, ChangeSet], set[int] | None] = lambda plan, change_set: set()

    def moved(self, plan: Plan, change_set: ChangeSet) -> set[int] | None:
        """The activities that a change-set, which the plan has taken, may have put into another group; None for any."""
        others = self.follows(plan, change_set)
        return None if others is None else others | change_set.ids(Milestone, WorkItem)

    def concerned(self, change_set: ChangeSet) -> bool:
        """Whether a change-set may put an activity into another group or give a group another title or place."""
        for change in change_set.changes:
            fields = self.heeds.get(change.kind)
            if fields is None:
                continue
            if not fields or change.old is None or change.new is None:
                return True
            if any(getattr(change.old, name) != getattr(change.new, name) for name in fields):
                return True
        return False


def groupings() -> tuple[Grouping, ...]:
    """Every way to group by something that has heads, in the order of the menu."""
    return (
        Grouping("project", N_("Project"), _by_project, {Project: ("title", "order")}),
        Grouping("milestone", N_("Milestone"), _by_milestone,
                 {MilestoneLink: (), Milestone: ("title", "end", "actual_finish"), WorkItem: ("parent",)}, _linked_anew),
        Grouping("release", N_("Release"), _by_text("release", N_("No release")), _of_both("release")),
        Grouping("module", N_("Module"), _by_text("module", N_("No module")), _of_both("module")),
        Grouping("owner", N_("Owner"), _by_owner, {Assignment: (), Person: ("name",), Milestone: ("owner",)},
                 _assigned_anew),
        Grouping("kind", N_("Kind"), _by_kind, {Milestone: ("kind",)}),
        Grouping("type", N_("Type"), _by_type, {**_of_both("type"), Workspace: ("item_types", "milestone_types")}),
        Grouping("status", N_("Status"), _by_status,
                 {Milestone: ("status", "dropped"), WorkItem: ("status",), WorkflowState: ()}, _states_anew),
        Grouping("tag", N_("Tag"), _by_tag, _of_both("tags")),
        Grouping("parent", N_("Parent"), _by_parent, dict.fromkeys((Milestone, WorkItem), ("title", "parent", "order")), _below),
    )  # fmt: skip


def grouping_named(name: str) -> Grouping | None:
    """The way to group of that name, None where there is none such."""
    return next((grouping for grouping in groupings() if grouping.name == name), None)


def is_tree(names: Sequence[str]) -> bool:
    """Whether the rows stand in the outline of their projects, as against flat under the heads of groups."""
    return tuple(names) in ((), ("project",), ("parent",))


def proper(names: Iterable[str]) -> tuple[str, ...]:
    """The names that there are, each once, at most two; “none” stands alone."""
    known = {grouping.name for grouping in groupings()}
    found = tuple(dict.fromkeys(names))
    if "none" in found:
        return ("none",)
    return tuple(name for name in found if name in known)[:MOST_LEVELS]


def _of_both(field: str) -> dict[type, tuple[str, ...]]:
    return {Milestone: (field,), WorkItem: (field,)}


def _nothing(title: str) -> Group:
    """The last group: of what belongs to none."""
    return Group(None, (1,), Message(title))


def _text(text: str) -> Group:
    return Group(text.casefold(), (0, *natural(text)), text)


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2.10 after 2.9 and upper and lower case alike."""
    parts: list[tuple[int, int, str]] = []
    word = ""
    for letter in text.casefold():
        if word and letter.isdecimal() != word[-1].isdecimal():
            parts.append(_part(word))
            word = ""
        word += letter
    return (*parts, _part(word)) if word else tuple(parts)


def _part(word: str) -> tuple[int, int, str]:
    return (0, int(word), "") if word[0].isdecimal() else (1, 0, word)


def _by_project(plan: Plan) -> Grouper:
    found = {
        row.id: (Group(row.id, (row.order, row.id), row.title, row.id),)
        for row in plan.all(Project)
    }  # fmt: skip
    return lambda activity: found[activity.project]


def _by_text(field: str, nothing: str) -> Callable[[Plan], Grouper]:
    def made(plan: Plan) -> Grouper:
        known: dict[str, tuple[Group, ...]] = {"": (_nothing(nothing),)}

        def group(activity: Activity) -> Sequence[Group]:
            text: str = getattr(activity, field)
            found = known.get(text)
            if found is None:
                found = known[text] = (_text(text.strip()) if text.strip() else known[""][0],)
            return found

        return group

    return made


def _by_milestone(plan: Plan) -> Grouper:
    """A milestone stands in its own group, an item in those of the milestones that it, or an item above it, is linked to."""
    linked: dict[int, list[int]] = {}
    for link in plan.all(MilestoneLink):
        linked.setdefault(link.item, []).append(link.milestone)
    none = (_nothing(N_("No milestone")),)
    known: dict[int, Group] = {}

    def of_milestone(row_id: int) -> Group | None:
        milestone = plan.get(Milestone, row_id)
        if milestone is not None and row_id not in known:
            moment = milestone.actual_finish if milestone.actual_finish is not None else milestone.end
            order = (0, moment is None, moment or 0, milestone.title.casefold(), row_id)
            known[row_id] = Group(row_id, order, milestone.title)
        return known.get(row_id)

    def group(activity: Activity) -> Sequence[Group]:
        if isinstance(activity, Milestone):
            found = {activity.id}
        else:
            found = set(linked.get(activity.id, ()))
            if linked and activity.parent is not None:
                found |= {row_id for above in ancestors(plan, activity) for row_id in linked.get(above.id, ())}
        return [made for row_id in sorted(found) if (made := of_milestone(row_id)) is not None] or none

    return group


def _by_owner(plan: Plan) -> Grouper:
    """The owner of a milestone, everybody who works on an item."""
    people = {row.id: Group(row.id, (0, row.name.casefold(), row.id), row.name) for row in plan.all(Person)}
    working: dict[int, list[int]] = {}
    for row in plan.all(Assignment):
        working.setdefault(row.item, []).append(row.person)
    none = (_nothing(N_("Nobody")),)

    def group(activity: Activity) -> Sequence[Group]:
        owner = (activity.owner,) if isinstance(activity, Milestone) else working.get(activity.id, ())
        return [people[person] for person in dict.fromkeys(owner) if person in people] or none

    return group


def _by_kind(plan: Plan) -> Grouper:
    """The kinds of milestones in the order of a project's life; work items last."""
    kinds = {kind: (Group(kind.value, (0, place), Message(kind.value)),) for place, kind in enumerate(MilestoneKind)}
    items = (Group(None, (1,), Message(N_("Work items"))),)
    return lambda activity: kinds[activity.kind] if isinstance(activity, Milestone) else items


def _by_type(plan: Plan) -> Grouper:
    workspace = plan.get(Workspace, 1)
    listed = (*workspace.milestone_types, *workspace.item_types) if workspace is not None else ()
    places = {name: place for place, name in reversed(list(enumerate(listed)))}
    none = (_nothing(N_("No type")),)
    known: dict[str, tuple[Group, ...]] = {}

    def group(activity: Activity) -> Sequence[Group]:
        name: str = getattr(activity, "type", "")
        if name not in known:
            order = (0, places.get(name, len(places)), name.casefold())
            known[name] = (Group(name, order, Message(name)),) if name else none
        return known[name]

    return group


_STATUS_GROUPS = {
    MilestoneStatus.NEW: StateGroup.NEW,
    MilestoneStatus.IN_PROGRESS: StateGroup.IN_PROGRESS,
    MilestoneStatus.COMPLETED: StateGroup.DONE,
}


def _by_status(plan: Plan) -> Grouper:
    """States of items and statuses of milestones, those of one name together: new, going on, done, dropped."""
    places = {group: place for place, group in enumerate(StateGroup)}

    def made(name: str, counts_as: StateGroup, order: float) -> tuple[Group, ...]:
        return (Group(name.casefold(), (places[counts_as], order, name.casefold()), Message(name)),)

    states: dict[int, tuple[Group, ...]] = {row.id: made(row.name, row.group, row.order) for row in plan.all(WorkflowState)}
    first = {groups[0].key: groups for groups in reversed(list(states.values()))}
    states = {row_id: first[groups[0].key] for row_id, groups in states.items()}
    statuses = {status: made(status.value, group, 0.0) for status, group in _STATUS_GROUPS.items()}
    statuses = {status: first.get(groups[0].key, groups) for status, groups in statuses.items()}
    dropped = (Group("dropped", (len(places),), Message(N_("Dropped"))),)
    none = (_nothing(N_("No status")),)

    def group(activity: Activity) -> Sequence[Group]:
        if isinstance(activity, Milestone):
            return dropped if activity.dropped is not None else statuses[activity.status]
        return states.get(activity.status, none) if isinstance(activity, WorkItem) else none

    return group


def _by_tag(plan: Plan) -> Grouper:
    none = (_nothing(N_("No tag")),)
    known: dict[str, Group] = {}

    def tag(name: str) -> Group:
        if name.casefold() not in known:
            known[name.casefold()] = _text(name)
        return known[name.casefold()]

    return lambda activity: list(dict.fromkeys(tag(name) for name in activity.tags)) or none


def _by_parent(plan: Plan) -> Grouper:
    """The activity right above, in the order of the outline."""
    none = (_nothing(N_("No parent")),)
    known: dict[int, tuple[Group, ...]] = {}

    def order_of(row: Activity) -> tuple[Any, ...]:
        way = [row, *ancestors(plan, row)][::-1]
        return (0, row.project, *((above.order, above.id) for above in way))

    def group(activity: Activity) -> Sequence[Group]:
        parent = plan.activity(activity.parent)
        if parent is None or parent.project != activity.project:
            return none
        if parent.id not in known:
            known[parent.id] = (Group(parent.id, order_of(parent), parent.title),)
        return known[parent.id]

    return group


# who may have moved to another group


def _rows(change_set: ChangeSet, *kinds: type) -> list[Any]:
    """What changed records of some kinds were and are."""
    return [row for change in change_set.of(*kinds) for row in (change.old, change.new) if row is not None]


def _linked_anew(plan: Plan, change_set: ChangeSet) -> set[int]:
    """Items that count for other milestones or stand elsewhere, and what lies under them."""
    moved = {row.item for row in _rows(change_set, MilestoneLink)} | _moved(change_set)
    return moved | {row.id for item in moved for row in descendants(plan, item)}


def _moved(change_set: ChangeSet) -> set[int]:
    """Activities that came, went, or lie under something else."""
    changes = change_set.of(Milestone, WorkItem)
    return {one.id for one in changes if one.old is None or one.new is None or one.old.parent != one.new.parent}


def _assigned_anew(plan: Plan, change_set: ChangeSet) -> set[int] | None:
    if any(change.old is None or change.new is None for change in change_set.of(Person)):
        return None
    return {row.item for row in _rows(change_set, Assignment)}


def _states_anew(plan: Plan, change_set: ChangeSet) -> set[int] | None:
    return None if change_set.ids(WorkflowState) else set()


def _below(plan: Plan, change_set: ChangeSet) -> set[int]:
    """What lies right under something that came, went or belongs to another project."""
    changes = change_set.of(Milestone, WorkItem)
    above = {one.id for one in changes if one.old is None or one.new is None or one.old.project != one.new.project}
    return {row.id for parent in above for row in plan.activities_where("parent", parent)}
