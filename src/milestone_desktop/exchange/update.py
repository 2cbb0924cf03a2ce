"""Importing a file again: what is new in it since it was read last is taken into the project that came from it.

Targets, evidence, the log, owners and rows of one's own stay as they are where the file says nothing new about them. All is
one edit, whose moves name the import as their cause.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from milestone_desktop.document.differences import Difference, differences
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, milestones
from milestone_desktop.document.operations.modes import placed_by_hand
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.document.operations.targets import promise
from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import Placement
from milestone_desktop.domain.kinds import references
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.outline import descendants
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Baseline, Calendar, CalendarException, Person, Project
from milestone_desktop.domain.scenarios import listed_projects
from milestone_desktop.exchange.apply import packed_baseline
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.renewal import Renewal, fresh_activity
from milestone_desktop.exchange.said import Said, baselines_in, exceptions, link_key, remember
from milestone_desktop.exchange.sequence import place_rows

NOT_RECOGNISED = N_("“{name}” holds no row of project {key}, so the project cannot be brought up to date from it.")
CHOOSE_ANOTHER = N_("Choose the file that the project came from, saved again, or import this one as a new project.")
OTHER_KIND = N_(
    "Rows that are a milestone here and a task in the file, or the other way round, left as they are: {count}, "
    "the first being “{title}”."
)
GONE = N_("Rows that the file no longer holds, which stay here: {count}, the first being “{title}”.")
OWN_BELOW = N_(
    "Rows that the file no longer holds, which stay because rows of your own are below them: {count}, the first being “{title}”."
)

UNPROMISED: dict[str, Any] = {
    "target": None, "first_target": None, "target_set": None, "target_reason": "", "target_calendar": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """What importing again does. differences: everything but dates; gone: how many rows the file no longer holds; findings:
    what was not taken, then what an import of the file finds."""

    project_id: int
    differences: tuple[Difference, ...]
    gone: int
    findings: tuple[Message, ...]


def imported_from(plan: Plan, foreign: ForeignPlan, projects: Iterable[Project]) -> list[Project]:
    """The projects that can be brought up to date from a file: the one that came from the same plan in front, then those that
    came from the same program and hold rows of it."""
    prefix = f"{foreign.system}:"
    keys = {prefix + task.key for task in foreign.tasks}

    def fits(row: Project) -> bool:
        return is_same_plan(row, foreign) or any(each.source in keys for each in plan.activities_where("project", row.id))

    found = [row for row in projects if row.source.startswith(prefix) and fits(row)]
    return sorted(found, key=lambda row: not is_same_plan(row, foreign))


def imported_before(plan: Plan, foreign: ForeignPlan) -> Project | None:
    """The project that came from the very plan that a file holds, the last one where there are several; None without one."""
    rows = [row for row in imported_from(plan, foreign, listed_projects(plan)) if is_same_plan(row, foreign)]
    return rows[-1] if rows else None


def is_same_plan(project: Project, foreign: ForeignPlan) -> bool:
    """Whether a project came from the very plan that a file holds."""
    return project.source == f"{foreign.system}:{foreign.project.source}"


def bring_up_to_date(
    edit: Edit, foreign: ForeignPlan, project_id: int, said: Said | None, *, delete_gone: bool = False
) -> UpdateResult:
    """Takes what is new in a file into a project that was imported.

    said: what the file said when it was read last (`said.recalled`); where that is not known, whatever it says that is not
    nothing counts as new. delete_gone: rows that the file no longer holds are deleted; else they stay and are told.
    Raises PlanError where the file has nothing to do with the project.
    """
    project = edit.plan[Project, project_id]
    if not imported_from(edit.plan, foreign, [project]):
        raise PlanError(NOT_RECOGNISED, CHOOSE_ANOTHER, name=foreign.project.title, key=project.key)
    renewal = Renewal(edit, foreign, project_id, said)
    _take_calendars(renewal)
    _take_people(renewal)
    renewal.merge("project", "", project, renewal.anew[Project, renewal.fresh.project])
    _take_activities(renewal)
    _take_links(renewal)
    _take_assignments(renewal)
    _take_baselines(renewal)
    gone = _take_leave(renewal, delete_gone)
    found = differences(edit.plan, edit.changes().changes)
    if said != renewal.new:
        remember(edit, project_id, renewal.new)
    edit.label = edit.cause = message(N_("Import “{title}” again"), title=edit.plan[Project, project_id].title)
    findings = (*renewal.findings.messages(), *renewal.on_reading.messages())
    return UpdateResult(project_id, tuple(found), gone, findings)


def _take_calendars(renewal: Renewal) -> None:
    """Hours, and those exceptions that the file brought."""
    edit, here = renewal.edit, renewal.here.calendars
    added = [key for key in renewal.fresh.calendars if key not in here and renewal.is_new("calendar", key)]
    here.update({key: edit.new_id() for key in added})
    for key, row_id in renewal.fresh.calendars.items():
        fresh = renewal.anew[Calendar, row_id]
        if key in added:
            base = renewal.local("calendar", fresh.base)
            edit.add(replace(fresh, id=here[key], project=renewal.here.project, base=base))
        if key in here:
            renewal.merge("calendar", key, edit.plan[Calendar, here[key]], fresh)
            _take_exceptions(renewal, key, row_id)


def _take_exceptions(renewal: Renewal, key: str, fresh: int) -> None:
    edit, calendar, system = renewal.edit, renewal.here.calendars[key], renewal.foreign.system
    new, old = renewal.new["calendar"][key]["exceptions"], (renewal.old("calendar", key) or {}).get("exceptions")
    if new in (old, exceptions(edit.plan, calendar, system)):
        return
    for row in edit.plan.where(CalendarException, "calendar", calendar):
        if row.source == system:
            edit.remove(row)
    for row in renewal.anew.where(CalendarException, "calendar", fresh):
        edit.add(replace(row, id=edit.new_id(), calendar=calendar))


def _take_people(renewal: Renewal) -> None:
    """People who are new in the file, and what it says anew of those whom it brought."""
    edit, here, source = renewal.edit, renewal.here.people, f"{renewal.foreign.system}:"
    for key, row_id in renewal.fresh.people.items():
        fresh = renewal.anew[Person, row_id]
        if key not in here:
            if renewal.is_new("person", key):
                here[key] = edit.new_id()
                edit.add(replace(fresh, id=here[key], calendar=renewal.local("calendar", fresh.calendar)))
        elif edit.plan[Person, here[key]].source == source + key:
            renewal.merge("person", key, edit.plan[Person, here[key]], fresh)


def _take_activities(renewal: Renewal) -> None:
    """New rows where the file has them, and what is new about the others."""
    edit, here = renewal.edit, renewal.here.activities
    added = [key for key in renewal.fresh.activities if key not in here and renewal.is_new("activity", key)]
    here.update({key: edit.new_id() for key in added})
    for key in added:
        _add_activity(renewal, key, fresh_activity(renewal, key))
    coming = set(added)
    for key in renewal.fresh.activities:
        row = edit.plan.activity(here.get(key))
        if row is None or key in coming:
            continue
        fresh = fresh_activity(renewal, key)
        if type(fresh) is type(row):
            renewal.merge("activity", key, row, fresh)
        else:
            renewal.findings.add(OTHER_KIND, title=row.title)
    place_rows(edit, renewal.here, renewal.new["activity"], renewal.said and renewal.said["activity"], coming)
    _roll_up(renewal)


def _add_activity(renewal: Renewal, key: str, fresh: Activity) -> None:
    """A row that is new in the file; its place among the others is found once all are there."""
    edit, here = renewal.edit, renewal.here
    names = [name for name in references(type(fresh)) if name not in ("project", "parent")]
    fields: dict[str, Any] = {name: renewal.localised(None, fresh, name) for name in names}
    fields |= {"id": here.activities[key], "project": here.project, "parent": None, "order": 0.0}
    if renewal.computed:
        fields["placement"] = Placement.FIXED if placed_by_hand(fresh) else Placement.COMPUTED
    if isinstance(fresh, WorkItem):
        edit.add(replace(fresh, **fields, number=edit.new_item_number(here.project)))
    elif isinstance(fresh, Milestone):
        own = "code" in renewal.new["activity"][key] and not renewal.is_taken(fresh.code, None)
        code = fresh.code if own else milestones.free_code(edit.plan, here.project)
        row = edit.add(replace(fresh, **fields, **UNPROMISED, code=code))
        if fresh.target is not None:
            promise(edit, row, fresh.target, fresh.target_reason)


def _roll_up(renewal: Renewal) -> None:
    """Parents span what is below them where that is not as the file has it; the others span what the file says."""
    edit, said, keys = renewal.edit, renewal.new["activity"], renewal.here.keys()
    parents = set()
    for row in edit.plan.activities_where("project", renewal.here.project):
        record = said.get(keys.get(row.id, ""))
        if record is None or (row.start, row.end) != (record["start"], record["end"]):
            parents.add(row.parent)
    roll_up(edit, parents)


def _take_links(renewal: Renewal) -> None:
    """Links come, change and go with the file; one that was taken away here stays away."""
    edit, here, keys = renewal.edit, renewal.here.activities, renewal.here.keys()
    rows = (row for row_id in here.values() for row in edit.plan.where(Dependency, "successor", row_id))
    own = {link_key(row, keys): row for row in rows if row.predecessor in keys}
    for row_id in renewal.fresh.activities.values():
        for fresh in renewal.anew.where(Dependency, "successor", row_id):
            key = link_key(fresh, renewal.fresh_keys)
            before, after = renewal.local("activity", fresh.predecessor), renewal.local("activity", fresh.successor)
            if key in own:
                renewal.merge("link", key, own[key], fresh)
            elif renewal.is_new("link", key) and before is not None and after is not None:
                edit.add(replace(fresh, id=edit.new_id(), predecessor=before, successor=after))
    for key in renewal.no_longer("link"):
        ends_stay = all(end in renewal.new["activity"] for end in key.split(">")[:2])
        if key in own and own[key].source and ends_stay:
            edit.remove(own[key])


def _take_assignments(renewal: Renewal) -> None:
    """Who works on what, as far as the file speaks of it."""
    edit, here = renewal.edit, renewal.here
    rows = (row for row_id in here.activities.values() for row in edit.plan.where(Assignment, "item", row_id))
    own = {(row.item, row.person): row for row in rows}
    for row_id in renewal.fresh.activities.values():
        for fresh in renewal.anew.where(Assignment, "item", row_id):
            item, person = renewal.local("activity", fresh.item), renewal.local("person", fresh.person)
            key = f"{renewal.fresh_keys[fresh.item]}>{renewal.fresh_keys[fresh.person]}"
            if item is None or person is None or (item, person) in own or edit.plan.get(WorkItem, item) is None:
                continue
            if renewal.is_new("assignment", key):
                edit.add(replace(fresh, id=edit.new_id(), item=item, person=person))
    for key in renewal.no_longer("assignment"):
        task, _, someone = key.partition(">")
        row = own.get((here.activities.get(task, 0), here.people.get(someone, 0)))
        if row is not None and task in renewal.new["activity"]:
            edit.remove(row)


def _take_baselines(renewal: Renewal) -> None:
    """Baselines that are new in the file or hold other dates there; one that was deleted here stays away."""
    edit, project, foreign = renewal.edit, renewal.here.project, renewal.foreign
    own = baselines_in(edit.plan, project, foreign.system)
    fresh = baselines_in(renewal.anew, renewal.fresh.project, foreign.system)
    for key, record in renewal.new["baseline"].items():
        old = renewal.old("baseline", key)
        if key in own and old is not None and old != record:
            edit.update(own[key], content=packed_baseline(edit, foreign, int(key), renewal.here))
        elif key not in own and old is None:
            others = edit.plan.where(Baseline, "project", project)
            taken = {row.number for row in others}
            row = replace(
                fresh[key],
                id=edit.new_id(),
                project=project,
                number=int(key) if int(key) not in taken else max(taken) + 1,
                content=packed_baseline(edit, foreign, int(key), renewal.here),
                in_force=key == "0" and not any(other.in_force for other in others),
            )
            edit.add(row)


def _take_leave(renewal: Renewal, delete: bool) -> int:
    """Rows that the file no longer holds: deleted where that is wanted, else told once. Returns how many there are."""
    edit, here = renewal.edit, renewal.here.activities
    gone = {here[key]: key for key in here if key not in renewal.new["activity"]}
    rows = [row for row_id in gone if (row := edit.plan.activity(row_id)) is not None]
    doomed = [row for row in rows if all(below.id in gone for below in descendants(edit.plan, row.id))] if delete else []
    for row in rows:
        if delete and row not in doomed:
            renewal.findings.add(OWN_BELOW, title=row.title)
        elif not delete and (renewal.said is None or not renewal.is_new("activity", gone[row.id])):
            renewal.findings.add(GONE, title=row.title)
    if doomed:
        activities.delete(edit, [row.id for row in doomed])
    return len(rows)
