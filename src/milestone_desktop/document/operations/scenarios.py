"""Trying a replan on a copy inside the workspace: a *scenario* is a project that repeats another one exactly.

It has the dates, statuses and actuals of its original, its links within and those that come into it from other projects;
links out to others are left out, so that a trial moves nobody else. It is edited like any project, compared, and then
applied or discarded. What applying carries back is what was changed in the scenario since it was made, field by field;
what was changed in the original meanwhile stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.copying import copy_records
from milestone_desktop.document.operations.dates import obeys_schedule
from milestone_desktop.document.operations.milestones import free_code
from milestone_desktop.document.operations.projects import project, unique_key
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.kinds import references, referring
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import is_parent, walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project, WorkflowState
from milestone_desktop.domain.scenarios import SCENARIO_OF, is_scenario
from milestone_desktop.domain.worktime import WorkTimes

LAST_COPY, WAS = "scenario_last", "scenario_was"
"""In `extra`: of the project the id of the last record copied, later ones being additions; the fields at that time."""

OF_ACTIVITY = (
    "start", "end", "duration", "duration_unit", "estimated", "placement", "constraint", "constraint_date", "deadline",
    "calendar", "parent", "order",
)  # fmt: skip
OF_PROJECT = ("start", "calendar", "mode", "status_date", "move_remaining")
OF_LINK = ("type", "lag", "lag_unit")
_RULING = ("duration", "duration_unit", "placement", "constraint", "constraint_date", "deadline")
_PROJECT_FIELDS = {
    "start": N_("the start of the project"),
    "calendar": N_("the calendar of the project"),
    "mode": N_("whether its dates are computed"),
    "status_date": N_("the status date"),
    "move_remaining": N_("whether work not done is moved after the status date"),
}
OF_CALENDAR = ("week", "base")
_CARRIED: Mapping[type, tuple[str, ...]] = {
    Milestone: OF_ACTIVITY, WorkItem: OF_ACTIVITY, Project: OF_PROJECT, Dependency: OF_LINK, Calendar: OF_CALENDAR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """An activity whose dates differ. activity: its id in the original, in the scenario where only that has it; own and
    scenario dates are None where there is none; working_days: signed, from the own end to the scenario's."""

    activity: int
    title: str
    own_start: Instant | None
    own_end: Instant | None
    scenario_start: Instant | None
    scenario_end: Instant | None
    working_days: int | None


def try_out(edit: Edit, project_id: int, title: str) -> Project:
    """Adds a scenario of a project. Raises PlanError for a scenario of a scenario."""
    row = project(edit.plan, project_id)
    if is_scenario(row):
        raise PlanError(N_("“{title}” is a scenario itself."), N_("Apply or discard it first."), title=row.title)
    order = max(other.order for other in edit.plan.all(Project)) + 1
    key = unique_key(edit.plan, f"{row.key[:6]}T")
    changed = {row.id: {"title": title.strip(), "key": key, "aliases": (), "order": order}}
    copies = copy_records(edit, [row], changed, exact=True)
    _copy_links_in(edit, copies)
    _mark(edit, copies)
    edit.label = message(N_("Try out “{title}” as “{scenario}”"), title=row.title, scenario=title.strip())
    return edit.plan[Project, copies[row.id]]


def compare(plan: Plan, scenario_id: int) -> list[Difference]:
    """The activities whose dates differ from the original's, in the order of the outline; removed ones at the end."""
    trial, original = _pair(plan, scenario_id)
    times = WorkTimes(plan)
    own = _originals(plan, trial)
    found = []
    for _, row in walk(plan, trial.id):
        there = plan.activity(own.get(row.id))
        if there is None or (there.start, there.end) != (row.start, row.end):
            found.append(_difference(there, row, times))
    kept = set(own.values())
    removed = [row for _, row in walk(plan, original.id) if row.id < trial.id and row.id not in kept]
    return found + [_difference(row, None, times) for row in removed]


def other_changes(plan: Plan, scenario_id: int) -> list[Message]:
    """What else differs from the original than dates of activities: settings of the project, links, rows whose durations,
    constraints or deadlines differ."""
    trial, original = _pair(plan, scenario_id)
    own = _originals(plan, trial)
    found = [
        message(_PROJECT_FIELDS[name])
        for name in _PROJECT_FIELDS
        if own.get(getattr(trial, name), getattr(trial, name)) != getattr(original, name)
    ]
    links, theirs = (_links_of(plan, plan.activities_where("project", row.id)) for row in (trial, original))
    kept = set(own.values())
    new = sum(link.id > trial.extra[LAST_COPY] for link in links)
    gone = sum(link.id < trial.id and link.id not in kept for link in theirs)
    changed = sum(_differs(link, plan.get(Dependency, own.get(link.id)), OF_LINK) for link in links)
    leaves = [row for row in plan.activities_where("project", trial.id) if not is_parent(plan, row.id)]
    rows = sum(_differs(row, plan.activity(own.get(row.id)), _RULING) for row in leaves)
    for text, count in (
        (N_("links added: {count}"), new), (N_("links removed: {count}"), gone), (N_("links changed: {count}"), changed),
        (N_("rows with another duration, constraint, placement or deadline: {count}"), rows),
    ):  # fmt: skip
        if count:
            found.append(message(text, count=count))
    return found


def _differs(row: Any, there: Any, names: Iterable[str]) -> bool:
    return there is not None and any(getattr(row, name) != getattr(there, name) for name in names)


def discard(edit: Edit, scenario_id: int) -> None:
    """Removes a scenario; only the journal remembers it."""
    row = _scenario(edit.plan, scenario_id)
    edit.remove(row)
    edit.label = message(N_("Discard “{scenario}”"), scenario=row.title)


def apply(edit: Edit, scenario_id: int) -> Project:
    """Carries what was changed in a scenario back to its original, removes the scenario, and returns the original."""
    trial, original = _pair(edit.plan, scenario_id)
    own = _originals(edit.plan, trial)
    lost = _lost(edit.plan, trial, original, own)
    carry = {copy: there for copy, there in own.items() if _row(edit.plan, there) is not None}
    for row in lost:
        if not isinstance(row, Activity):
            edit.remove(row)
    added = _take_over_additions(edit, trial, original, carry)
    for copy, there in carry.items():
        _carry(edit, _row(edit.plan, copy), _row(edit.plan, there), carry | {row_id: row_id for row_id in added})
    _carry_exceptions(edit, trial, carry)
    for row in lost:
        if isinstance(row, Activity) and edit.plan.activity(row.id) is not None:
            edit.remove(row)
    edit.remove(edit.plan[Project, trial.id])
    edit.label = edit.cause = message(N_("Apply “{scenario}” to “{title}”"), scenario=trial.title, title=original.title)
    return edit.plan[Project, original.id]


# making one


def _copy_links_in(edit: Edit, copies: dict[int, int]) -> None:
    """Copies the links that come in from other projects: they drive the scenario as they drive the original."""
    for old, new in list(copies.items()):
        for link in edit.plan.where(Dependency, "successor", old):
            if link.id not in copies:
                copies[link.id] = edit.new_id()
                edit.add(replace(link, id=copies[link.id], successor=new))


def _mark(edit: Edit, copies: dict[int, int]) -> None:
    last = max(copies.values())
    for old, new in copies.items():
        row = _row(edit.plan, new)
        fields = _CARRIED.get(type(row))
        if fields is not None:
            extra = row.extra | {SCENARIO_OF: old, WAS: _state(row, fields)}
            edit.update(row, extra=extra | {LAST_COPY: last} if isinstance(row, Project) else extra)


def _state(row: Any, fields: Iterable[str]) -> dict[str, Any]:
    """The fields as JSON values."""
    return {name: _plain(getattr(row, name)) for name in fields}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return str(value)
    return [_plain(part) for part in value] if isinstance(value, tuple | list) else value


# what belongs to what


def _scenario(plan: Plan, scenario_id: int) -> Project:
    row = project(plan, scenario_id)
    if not is_scenario(row):
        raise PlanError(N_("“{title}” is not a scenario."), N_("Try a replan out on a copy first."), title=row.title)
    return row


def _pair(plan: Plan, scenario_id: int) -> tuple[Project, Project]:
    row = _scenario(plan, scenario_id)
    original = plan.get(Project, row.extra[SCENARIO_OF])
    if original is None:
        raise PlanError(N_("The project that “{title}” was made from is gone."), N_("Discard the scenario."), title=row.title)
    return row, original


def _row(plan: Plan, row_id: int) -> Any:
    """A record of one of the kinds that a scenario repeats."""
    return next((row for kind in (*_CARRIED, WorkflowState) if (row := plan.get(kind, row_id)) is not None), None)


def _originals(plan: Plan, trial: Project) -> dict[int, int]:
    """The id of the original by that of the copy. What was duplicated within the scenario is an addition."""
    last = trial.extra[LAST_COPY]
    activities = plan.activities_where("project", trial.id)
    calendars = plan.where(Calendar, "project", trial.id)
    rows: list[Any] = [trial, *activities, *calendars, *_links_of(plan, activities)]
    found = {row.id: row.extra[SCENARIO_OF] for row in rows if row.id <= last and SCENARIO_OF in row.extra}
    states = plan.where(WorkflowState, "project", trial.id)
    theirs = {(state.name, state.order): state.id for state in plan.where(WorkflowState, "project", found[trial.id])}
    return found | {state.id: theirs[key] for state in states if (key := (state.name, state.order)) in theirs}


def _links_of(plan: Plan, activities: Iterable[Activity]) -> list[Dependency]:
    return [link for row in activities for link in plan.where(Dependency, "successor", row.id)]


def _lost(plan: Plan, trial: Project, original: Project, own: Mapping[int, int]) -> list[Any]:
    """What the original had when the scenario was made, and the scenario has no longer: activities, links, milestone links."""
    kept = set(own.values())
    inside = plan.activities_where("project", original.id)
    there: list[Any] = [*_links_of(plan, inside), *inside]
    rows = [row for row in there if row.id < trial.id and row.id not in kept]
    pairs = {(own.get(link.milestone), own.get(link.item)) for link in _milestone_links(plan, trial.id)}
    return rows + [
        link
        for link in _milestone_links(plan, original.id)
        if link.id < trial.id and {link.milestone, link.item} <= kept and (link.milestone, link.item) not in pairs
    ]


def _milestone_links(plan: Plan, project_id: int) -> list[MilestoneLink]:
    return [
        link for row in plan.where(Milestone, "project", project_id) for link in plan.where(MilestoneLink, "milestone", row.id)
    ]


# carrying back


def _take_over_additions(edit: Edit, trial: Project, original: Project, carry: Mapping[int, int]) -> set[int]:
    """Moves activities and links that were added into the original, with all that belongs to them, and returns the ids
    of those activities. One that stands under a row that the original lost goes to the top."""
    last = trial.extra[LAST_COPY]
    inside = edit.plan.activities_where("project", trial.id)
    added = [row for row in inside if row.id > last]
    links: list[Any] = [link for link in _links_of(edit.plan, inside) if link.id > last]
    links += [link for row in inside for link in edit.plan.where(Dependency, "predecessor", row.id) if link.id > last]
    links += [link for link in _milestone_links(edit.plan, trial.id) if link.id > last]
    ids = {row.id for row in added}
    for row in added:
        fields: dict[str, Any] = {} if row.parent in ids or row.parent in carry else {"parent": None}
        if isinstance(row, WorkItem):
            fields["number"] = edit.new_item_number(original.id)
        elif any(other.code == row.code for other in edit.plan.where(Milestone, "project", original.id)):
            fields["code"] = free_code(edit.plan, original.id)
        extra = {name: value for name, value in row.extra.items() if name not in (SCENARIO_OF, WAS)}
        edit.update(row, extra=extra, **fields)
        _point_to_originals(edit, row, carry)
        links += _referring_to(edit.plan, row)
    for link in {link.id: link for link in links}.values():
        if not _is_there(edit.plan, link, carry):
            _point_to_originals(edit, link, carry)
    return ids


def _is_there(plan: Plan, link: Any, carry: Mapping[int, int]) -> bool:
    """Whether the original has got the same link itself meanwhile."""

    def ends(row: Any) -> tuple[Any, ...]:
        if isinstance(row, Dependency):
            return (carry.get(row.predecessor, row.predecessor), carry.get(row.successor, row.successor), row.type)
        return (carry.get(row.milestone, row.milestone), carry.get(row.item, row.item))

    if not isinstance(link, Dependency | MilestoneLink):
        return False
    field = "successor" if isinstance(link, Dependency) else "item"
    others: list[Any] = plan.where(type(link), field, ends(link)[1])
    return any(other.id != link.id and ends(other) == ends(link) for other in others)


def _referring_to(plan: Plan, row: Activity) -> list[Any]:
    found: list[Any] = []
    for kind, field, _ in referring(type(row)):
        if kind not in (Milestone, WorkItem):
            found += plan.where(kind, field, row.id)
    return found


def _point_to_originals(edit: Edit, row: Any, carry: Mapping[int, int]) -> None:
    current = edit.plan[type(row), row.id]
    fields: dict[str, Any] = {name: carry[old] for name in references(type(row)) if (old := getattr(current, name)) in carry}
    edit.update(current, **fields)


def _carry(edit: Edit, row: Any, there: Any, carry: Mapping[int, int]) -> None:
    """Sets in the original what is no longer in the scenario as it was when that was made."""
    names = _CARRIED.get(type(row), ())
    was = row.extra.get(WAS, {}) if names else {}
    changed = {name: getattr(row, name) for name in names if _plain(getattr(row, name)) != was.get(name)}
    for name in changed.keys() & references(type(row)).keys():
        changed[name] = carry.get(changed[name], changed[name] if name != "parent" else None)
    follows = isinstance(row, Activity) and obeys_schedule(edit.plan, row) and changed.keys() <= {"start", "end"}
    edit.update(there, derived=follows, **changed)


def _carry_exceptions(edit: Edit, trial: Project, carry: Mapping[int, int]) -> None:
    """Makes the exceptions of the project's own calendars those of the scenario's, where those were changed."""
    last = trial.extra[LAST_COPY]
    for copy in edit.plan.where(Calendar, "project", trial.id):
        there = carry.get(copy.id)
        if there is None:
            continue
        tried = {_content(row): row for row in edit.plan.where(CalendarException, "calendar", copy.id)}
        own = {_content(row): row for row in edit.plan.where(CalendarException, "calendar", there)}
        for content, row in own.items():
            if content not in tried and row.id < trial.id:
                edit.remove(row)
        for content, row in tried.items():
            if content not in own and row.id > last:
                edit.update(row, calendar=there)


def _content(row: CalendarException) -> str:
    return repr((row.name, row.first, row.last, row.shifts, sorted(row.recurrence.items()), row.source))


def _difference(own: Activity | None, trial: Activity | None, times: WorkTimes) -> Difference:
    row = own if own is not None else trial
    assert row is not None
    days = None
    if own is not None and trial is not None and own.end is not None and trial.end is not None:
        days = times.of_activity(own).working_days(day_of(own.end), day_of(trial.end))
    start, end = (own.start, own.end) if own is not None else (None, None)
    return Difference(
        row.id, row.title, start, end,
        trial.start if trial is not None else None, trial.end if trial is not None else None, days,
    )  # fmt: skip
