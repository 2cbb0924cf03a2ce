"""What can be asked of a milestone or work item: one line a field, with how its value is found in a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from typing import Any

from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink, WorkItem
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
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.outline import ancestors, is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState, Workspace
from milestone_desktop.filters.tree import Operator

FULL = "\1"
"""Stands before a person's full name, as against a word of it."""


class Sort(Enum):
    """What the values of a field are. TEXT is searched, WORDS are told apart as wholes; EFFORT is working minutes."""

    TEXT = auto()
    WORDS = auto()
    PERSON = auto()
    DAY = auto()
    SPAN = auto()
    NUMBER = auto()
    EFFORT = auto()
    FLAG = auto()


@dataclass(frozen=True)
class Sight:
    """What evaluating a filter needs to know beside the plan. slack: working minutes; changed: the day of the last
    edit of each activity, by id; status_day: the day up to which progress of a project is reported."""

    plan: Plan
    today: Callable[[], Day]
    status_day: Callable[[int], Day]
    progress: Callable[[Activity], int | None]
    health: Callable[[Milestone], Health]
    slip: Callable[[Milestone], int | None]
    slack: Callable[[Activity], int | None]
    critical: Callable[[], AbstractSet[int]]
    changed: Callable[[], Mapping[int, Day]]


Reader = Callable[[Activity], Any]
"""A field's value: texts (TEXT, WORDS, PERSON), a day, a number of the field's unit or None, a truth, or first and last day."""


@dataclass(frozen=True, slots=True)
class Field:
    """made: its reader for a plan as it stands; heeds: the records other than the activity itself that its value depends
    on, with the attribute that holds the activity's id, None where any activity may be concerned; volatile: any edit may
    change it. choices: what may stand in it; unit: what a bare number means; own_clock: relative days count from today."""

    name: str
    heading: str
    sort: Sort
    made: Callable[[Sight], Reader]
    aliases: tuple[str, ...] = ()
    heeds: tuple[tuple[type, str | None], ...] = ()
    volatile: bool = False
    choices: Callable[[Plan], Sequence[str]] | None = None
    unit: str = ""
    own_clock: bool = False


_COMPARED = (
    Operator.EQUALS, Operator.NOT_EQUALS, Operator.BELOW, Operator.AT_MOST, Operator.ABOVE, Operator.AT_LEAST,
    Operator.BETWEEN, Operator.EMPTY, Operator.NOT_EMPTY,
)  # fmt: skip
_WORDED = (
    Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.NOT_IN, Operator.LIKE, Operator.NOT_LIKE,
    Operator.EMPTY, Operator.NOT_EMPTY,
)  # fmt: skip

OPERATORS: Mapping[Sort, tuple[Operator, ...]] = {
    Sort.TEXT: (Operator.LIKE, Operator.NOT_LIKE, *(one for one in _WORDED if "like" not in one.value)),
    Sort.WORDS: _WORDED,
    Sort.PERSON: _WORDED,
    Sort.DAY: (*_COMPARED[:-2], Operator.NEXT, Operator.LAST, *_COMPARED[-2:]),
    Sort.SPAN: (Operator.OVERLAPS, Operator.EMPTY, Operator.NOT_EMPTY),
    Sort.NUMBER: _COMPARED,
    Sort.EFFORT: _COMPARED,
    Sort.FLAG: (Operator.EQUALS,),
}
"""The operators of each sort, the usual one first: what a colon means with one value."""


@cache
def fields() -> tuple[Field, ...]:
    """Every field, in the order in which a person would look for it."""
    return (*_texts(), *_people(), *_choices(), *_days(), *_figures(), *_truths())


@cache
def by_name() -> dict[str, Field]:
    """The fields by their names and other names, in lower case."""
    return {name: field for field in fields() for name in (field.name, *field.aliases)}


def field_named(name: str) -> Field:
    """The field of that name. Raises KeyError."""
    return by_name()[name]


def _attribute(name: str) -> Callable[[Sight], Reader]:
    """A text of the record itself, by its attribute."""

    def made(sight: Sight) -> Reader:
        def read(activity: Activity) -> tuple[str, ...]:
            text = getattr(activity, name, "")
            return (str(text),) if text else ()

        return read

    return made


def _day(name: str) -> Callable[[Sight], Reader]:
    """The day of an instant of the record."""

    def made(sight: Sight) -> Reader:
        def read(activity: Activity) -> Day | None:
            moment: Instant | None = getattr(activity, name, None)
            return None if moment is None else day_of(moment)

        return read

    return made


def _plain(name: str) -> Callable[[Sight], Reader]:
    """A number or day that stands in the record as it is compared."""
    return lambda sight: lambda activity: getattr(activity, name, None)


# texts


def _texts() -> tuple[Field, ...]:
    names = ((Person, None), (Assignment, "item"), (Project, None))
    return (
        Field("text", N_("Text"), Sort.TEXT, _anywhere, ("any-text",), names),
        Field("title", N_("Title"), Sort.TEXT, _attribute("title"), ("name",)),
        Field("key", N_("Key"), Sort.WORDS, _key, ("id",), ((Project, None),)),
        Field("code", N_("Code"), Sort.WORDS, _attribute("code")),
        Field("description", N_("Description"), Sort.TEXT, _attribute("description")),
        Field("notes", N_("Notes"), Sort.TEXT, _attribute("notes"), ("note",)),
        Field("comment", N_("Comment"), Sort.TEXT, _attribute("comment")),
        Field("recovery", N_("Recovery action"), Sort.TEXT, _attribute("recovery")),
    )


def _anywhere(sight: Sight) -> Reader:
    """What is written on the rows: title, key, code, tags, people, type, release and module."""
    key, owner = _key(sight), _owner(sight)

    def read(activity: Activity) -> tuple[str, ...]:
        people = (name.removeprefix(FULL) for name in owner(activity) if name.startswith(FULL))
        more = (activity.release, activity.module, getattr(activity, "type", ""))
        return (activity.title, *key(activity), activity.code, *activity.tags, *people, *more)

    return read


def _key(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if isinstance(activity, WorkItem):
            project = plan.get(Project, activity.project)
            return (f"{project.key}-{activity.number}",) if project is not None else ()
        return (activity.code,) if activity.code else ()

    return read


# people


def _people() -> tuple[Field, ...]:
    return (
        Field("owner", N_("Owner"), Sort.PERSON, _owner, ("assignee", "assigned"), ((Person, None), (Assignment, "item")),
              choices=_names),
        Field("reporter", N_("Reporter"), Sort.PERSON, _reporter, (), ((Person, None),), choices=_names),
    )  # fmt: skip


def _names(plan: Plan) -> list[str]:
    return sorted((person.name for person in plan.all(Person)), key=str.casefold)


def _name_forms(name: str) -> tuple[str, ...]:
    """The full name, and each word of it: `owner:mara` finds Mara Lindqvist."""
    return (FULL + name, *name.split())


def _owner(sight: Sight) -> Reader:
    """The owner of a milestone, everybody who works on an item."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if isinstance(activity, Milestone):
            people = [plan.get(Person, activity.owner)]
        else:
            people = [plan.get(Person, row.person) for row in plan.where(Assignment, "item", activity.id)]
        return tuple(form for person in people if person is not None for form in _name_forms(person.name))

    return read


def _reporter(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        person = plan.get(Person, getattr(activity, "reporter", None))
        return _name_forms(person.name) if person is not None else ()

    return read


# choices


def _choices() -> tuple[Field, ...]:
    words = Sort.WORDS
    return (
        Field("status", N_("Status"), words, _status, (), ((WorkflowState, None),), choices=_statuses),
        Field("state", N_("State"), words, _state, (), ((WorkflowState, None),),
              choices=lambda plan: [*(group.value for group in StateGroup), "Dropped"]),
        Field("health", N_("Health"), words, _health, (), volatile=True,
              choices=lambda plan: [health.value for health in Health if health is not Health.NONE]),
        Field("what", N_("Milestone or item"), words, _what, ("row",), choices=lambda plan: ["milestone", "item"]),
        Field("kind", N_("Kind"), words, _attribute("kind"), choices=lambda plan: [kind.value for kind in MilestoneKind]),
        Field("type", N_("Type"), words, _attribute("type"), choices=_types),
        Field("priority", N_("Priority"), words, _attribute("priority"),
              choices=lambda plan: [priority.value for priority in Priority]),
        Field("tag", N_("Tag"), words, lambda sight: lambda activity: activity.tags, ("tags",), choices=_used_tags),
        Field("release", N_("Release"), words, _attribute("release"), choices=_used("release")),
        Field("module", N_("Module"), words, _attribute("module"), choices=_used("module")),
        Field("project", N_("Project"), words, _project, (), ((Project, None),),
              choices=lambda plan: [project.key for project in plan.all(Project)]),
        Field("parent", N_("Parent"), words, _parent, volatile=True),
        Field("under", N_("Anywhere under"), words, _under, volatile=True),
        Field("milestone", N_("Milestone"), words, _milestone, ("for",), volatile=True,
              choices=lambda plan: [row.title for row in plan.all(Milestone)]),
        Field("signoff", N_("Sign-off"), words, _sign_off, ("sign-off",), ((SignOff, "milestone"),),
              choices=lambda plan: ["waiting", *(decision.value for decision in SignOffDecision)]),
        Field("currency", N_("Currency"), words, _attribute("currency"), choices=_used("currency")),
        Field("placement", N_("Placement"), words, _attribute("placement"),
              choices=lambda plan: [placement.value for placement in Placement]),
    )  # fmt: skip


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


def _group(plan: Plan, activity: Activity) -> str:
    """What a status counts as: New, In Progress, Done or Dropped."""
    if isinstance(activity, Milestone):
        if activity.dropped is not None:
            return "Dropped"
        done, new = activity.status is MilestoneStatus.COMPLETED, activity.status is MilestoneStatus.NEW
        return (StateGroup.DONE if done else StateGroup.NEW if new else StateGroup.IN_PROGRESS).value
    state = plan.get(WorkflowState, activity.status) if isinstance(activity, WorkItem) else None
    return (state.group if state is not None else StateGroup.NEW).value


def _is_open(plan: Plan, activity: Activity) -> bool:
    return _group(plan, activity) in (StateGroup.NEW, StateGroup.IN_PROGRESS)


def _is_summary(plan: Plan, activity: Activity) -> bool:
    """A work item that stands for those under it: its own status says nothing."""
    return isinstance(activity, WorkItem) and is_parent(plan, activity.id)


def _status(sight: Sight) -> Reader:
    """The name of the status, and open, done or dropped."""
    plan = sight.plan

    def read(activity: Activity) -> tuple[str, ...]:
        if _is_summary(plan, activity):
            return ()
        group = _group(plan, activity)
        broad = {StateGroup.DONE.value: "done", "Dropped": "dropped"}.get(group, "open")
        if isinstance(activity, Milestone):
            return (broad,) if broad == "dropped" else (activity.status.value, broad)
        state = plan.get(WorkflowState, activity.status) if isinstance(activity, WorkItem) else None
        return (state.name, broad) if state is not None else (broad,)

    return read


def _state(sight: Sight) -> Reader:
    plan = sight.plan
    return lambda activity: () if _is_summary(plan, activity) else (_group(plan, activity),)


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
    key = _key(sight)
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
        waits = activity.kind is MilestoneKind.CLIENT_APPROVAL and _is_open(plan, activity)
        return ("waiting",) if waits else ()

    return read


# days


def _days() -> tuple[Field, ...]:
    day = Sort.DAY
    return (
        Field("due", N_("Due"), day, _due, (), ((WorkflowState, None),)),
        Field("start", N_("Start"), day, _day("start"), ("from",)),
        Field("end", N_("End"), day, _day("end"), ("to", "planned", "finish")),
        Field("dates", N_("Dates"), Sort.SPAN, _span, ("overlaps", "during")),
        Field("target", N_("Target"), day, _day("target")),
        Field("first-target", N_("First target"), day, _day("first_target")),
        Field("deadline", N_("Deadline"), day, _day("deadline")),
        Field("actual", N_("Actual date"), day, _day("actual_finish"), ("completed", "reached", "actual-finish")),
        Field("actual-start", N_("Actual start"), day, _day("actual_start")),
        Field("invoiced", N_("Invoiced"), day, _plain("invoiced")),
        Field("paid", N_("Paid"), day, _plain("paid")),
        Field("changed", N_("Changed"), day, _changed, ("updated",), volatile=True, own_clock=True),
    )


def _due(sight: Sight) -> Reader:
    """The planned end of what is still open: what is done, dropped or stands for others is not due."""

    def read(activity: Activity) -> Day | None:
        waits = _is_open(sight.plan, activity) and not _is_summary(sight.plan, activity)
        return day_of(activity.end) if activity.end is not None and waits else None

    return read


def _span(sight: Sight) -> Reader:
    def read(activity: Activity) -> tuple[Day, Day] | None:
        first = activity.start if activity.start is not None else activity.end
        last = activity.end if activity.end is not None else activity.start
        return None if first is None or last is None else (day_of(first), day_of(last))

    return read


def _changed(sight: Sight) -> Reader:
    days = sight.changed()
    return lambda activity: days.get(activity.id)


# figures


def _figures() -> tuple[Field, ...]:
    number, effort = Sort.NUMBER, Sort.EFFORT
    return (
        Field("progress", N_("Progress"), number, lambda sight: sight.progress, volatile=True, unit="%"),
        Field("slip", N_("Slip"), number, _slip, volatile=True, unit="wd"),
        Field("slack", N_("Slack"), number, _slack, volatile=True, unit="d"),
        Field("duration", N_("Duration"), effort, _duration),
        Field("estimate", N_("Estimate"), effort, _plain("estimate")),
        Field("logged", N_("Logged"), effort, lambda sight: lambda row: getattr(row, "logged", None)),
        Field("remaining", N_("Remaining effort"), effort, _plain("remaining_effort")),
        Field("points", N_("Story points"), number, _plain("story_points"), ("story-points",)),
        Field("amount", N_("Amount"), number, _amount),
    )


def _slip(sight: Sight) -> Reader:
    return lambda activity: sight.slip(activity) if isinstance(activity, Milestone) else None


def _slack(sight: Sight) -> Reader:
    plan = sight.plan

    def read(activity: Activity) -> float | None:
        minutes = sight.slack(activity)
        project = plan.get(Project, activity.project)
        return None if minutes is None or project is None else minutes / project.minutes_per_day

    return read


def _duration(sight: Sight) -> Reader:
    return lambda activity: activity.duration if isinstance(activity, WorkItem) else None


def _amount(sight: Sight) -> Reader:
    def read(activity: Activity) -> float | None:
        amount: int | None = getattr(activity, "amount", None)
        return None if amount is None else amount / 100

    return read


# truths


def _truths() -> tuple[Field, ...]:
    return (
        Field("critical", N_("Critical"), Sort.FLAG, _critical, volatile=True),
        Field("late", N_("Late"), Sort.FLAG, _late, ("overdue",), volatile=True),
        Field("pinned", N_("Pinned"), Sort.FLAG, lambda sight: lambda row: row.placement is Placement.PINNED),
        Field("estimated", N_("Estimated"), Sort.FLAG, lambda sight: lambda row: row.estimated),
        Field("summary", N_("Summary"), Sort.FLAG, lambda sight: lambda row: is_parent(sight.plan, row.id), volatile=True),
    )


def _critical(sight: Sight) -> Reader:
    critical = sight.critical()
    return lambda activity: activity.id in critical


def _late(sight: Sight) -> Reader:
    """A milestone whose health says so; an open item, not a summary, that should have ended before the status date."""
    plan = sight.plan

    def read(activity: Activity) -> bool:
        if isinstance(activity, Milestone):
            return sight.health(activity) is Health.LATE
        if activity.end is None or day_of(activity.end) >= sight.status_day(activity.project):
            return False
        return _is_open(plan, activity) and not _is_summary(plan, activity)

    return read
