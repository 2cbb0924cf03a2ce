"""Projects from templates, and templates from projects."""

from __future__ import annotations

from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import dependencies, items, links, milestones, people, projects
from milestone_desktop.document.operations.rollup import roll_up
from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import LagUnit, MilestoneKind, ScheduleMode
from milestone_desktop.domain.gates import AgendaRow, ChecklistEntry, Criterion, LaunchStep, Objective, ScopeLine
from milestone_desktop.domain.instants import Day, Instant, at, day_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.outline import walk
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, Template
from milestone_desktop.domain.templates import ProjectTemplate, TemplateActivity, TemplateLink, write
from milestone_desktop.domain.worktime import WorkTime, WorkTimes


def create_project(
    edit: Edit, template: ProjectTemplate, title: str, kickoff: Day, *, key: str | None = None, **fields: Any
) -> Project:
    """Lays a project out from its kickoff day and lets the scheduler place it. A kickoff on a day off begins on the next
    working day."""
    edit.label = message(N_("Add project “{title}”"), title=title.strip())
    fields.setdefault("mode", ScheduleMode.COMPUTED)
    project = projects.create(edit, title, key=key, template=template.name, **fields)
    work = WorkTimes(edit.plan).of_project(project.id)
    first = kickoff if work.is_working(kickoff) else work.add_working_days(kickoff, 1)
    edit.update(project, start=at(first, project.day_start))
    made: dict[str, Activity] = {}
    for activity in template.activities:
        made[activity.id] = _make(edit, project, activity, made, first, work)
    for activity in template.activities:
        for link in activity.after:
            lag = link.lag_days * project.minutes_per_day
            dependencies.add(edit, made[link.predecessor].id, made[activity.id].id, link.type, lag)
        if activity.counts:
            links.link(edit, made[activity.id].id, [made[other].id for other in activity.counts])
    roll_up(edit, [row.id for row in made.values() if not row.end])
    edit.label = message(N_("Add project “{title}”"), title=title.strip())
    return edit.plan[Project, project.id]


def save_as_template(edit: Edit, project_id: int, name: str) -> Template:
    """Keeps a project's activities, links and checklists as a template in the workspace, in place of one of that name."""
    project = projects.project(edit.plan, project_id)
    edit.label = message(N_("Save “{title}” as template “{name}”"), title=project.title, name=name)
    if not name.strip():
        raise PlanError(N_("A template needs a name."))
    text = write(from_project(edit.plan, project_id, name.strip()))
    there = edit.plan.where(Template, "name", name.strip())
    if there:
        return edit.update(there[0], text=text, title=project.title)
    return edit.add(Template(edit.new_id(), name.strip(), project.title, text))


def from_project(plan: Plan, project_id: int, name: str) -> ProjectTemplate:
    """The template that would make a project like this one: offsets count in working days from its kickoff."""
    project = projects.project(plan, project_id)
    begins = projects.kickoff_of(plan, project_id)
    first = day_of(begins) if begins is not None else None
    times = WorkTimes(plan)
    rows = [row for _, row in walk(plan, project_id)]
    names = {row.id: (f"m{row.id}" if isinstance(row, Milestone) else f"i{row.id}") for row in rows}
    parents = {row.parent for row in rows}
    activities = tuple(_as_template(plan, row, names, first, times.of_activity(row), is_parent=row.id in parents) for row in rows)
    return ProjectTemplate(name, project.title, project.description, activities)


def _make(
    edit: Edit, project: Project, activity: TemplateActivity, made: dict[str, Activity], first: Day, work: WorkTime
) -> Activity:
    parent = made[activity.parent].id if activity.parent else None
    common: dict[str, Any] = {"parent": parent, "description": activity.description, "tags": activity.tags}
    if activity.type:
        common["type"] = activity.type
    if activity.kind is None:
        start, end = _day(activity.first, first, work), _day(activity.last, first, work)
        if start is not None and end is not None:
            common |= {"start": at(start, project.day_start), "end": at(end, project.day_end)}
            common["duration"] = work.minutes_between(common["start"], common["end"])
        return items.create(edit, project.id, activity.title, **common)
    day = _day(activity.last, first, work)
    moment: Instant | None = None
    if day is not None:
        moment = at(day, project.day_end if activity.after else project.day_start)
    owner = people.named(edit, activity.role).id if activity.role else None
    row = milestones.create(edit, project.id, activity.title, moment, kind=activity.kind, owner=owner, **common)
    _fill_panels(edit, row, activity)
    return row


def _day(offset: int | None, first: Day, work: WorkTime) -> Day | None:
    """The working day `offset` working days after the kickoff."""
    return None if offset is None else first if offset == 0 else work.add_working_days(first, offset)


def _fill_panels(edit: Edit, row: Milestone, activity: TemplateActivity) -> None:
    for text in activity.checklist:
        milestones.add_checklist_entry(edit, row.id, text)
    for priority, text in activity.criteria:
        milestones.add_criterion(edit, row.id, text, priority)
    for order, text in enumerate(activity.agenda, 1):
        edit.add(AgendaRow(edit.new_id(), row.id, text, float(order)))
    for order, text in enumerate(activity.objectives, 1):
        edit.add(Objective(edit.new_id(), row.id, text, float(order)))
    scope = [(text, True) for text in activity.in_scope] + [(text, False) for text in activity.out_of_scope]
    for order, (text, included) in enumerate(scope, 1):
        edit.add(ScopeLine(edit.new_id(), row.id, text, float(order), included))
    for order, text in enumerate(activity.steps, 1):
        edit.add(LaunchStep(edit.new_id(), row.id, text, float(order)))


def _as_template(
    plan: Plan, row: Activity, names: dict[int, str], first: Day | None, work: WorkTime, *, is_parent: bool
) -> TemplateActivity:
    def offset(moment: Instant | None) -> int | None:
        return None if moment is None or first is None else work.working_days(first, day_of(moment))

    common: dict[str, Any] = {
        "id": names[row.id], "title": row.title, "parent": names.get(row.parent or 0, ""), "tags": row.tags,
        "description": row.description, "after": _links_of(plan, row, names),
    }  # fmt: skip
    if not isinstance(row, Milestone):
        dates: dict[str, Any] = {} if is_parent else {"first": offset(row.start), "last": offset(row.end)}
        type_ = row.type if isinstance(row, WorkItem) else ""
        return TemplateActivity(type=type_, **common, **dates)
    owner = plan.get(Person, row.owner)
    scope = _ordered(plan, ScopeLine, row)
    return TemplateActivity(
        **common, kind=row.kind or MilestoneKind.GENERIC, type=row.type, last=offset(row.end),
        role=owner.role or owner.name if owner is not None else "",
        counts=tuple(names[pair.item] for pair in plan.where(MilestoneLink, "milestone", row.id) if pair.item in names),
        checklist=tuple(entry.text for entry in _ordered(plan, ChecklistEntry, row)),
        criteria=tuple((entry.priority, entry.text) for entry in _ordered(plan, Criterion, row)),
        agenda=tuple(entry.text for entry in _ordered(plan, AgendaRow, row)),
        objectives=tuple(entry.text for entry in _ordered(plan, Objective, row)),
        in_scope=tuple(line.text for line in scope if line.included),
        out_of_scope=tuple(line.text for line in scope if not line.included),
        steps=tuple(entry.text for entry in _ordered(plan, LaunchStep, row)),
    )  # fmt: skip


def _links_of(plan: Plan, row: Activity, names: dict[int, str]) -> tuple[TemplateLink, ...]:
    """Links from within the project; lags in whole working days, other units left out as zero."""
    found = []
    for link in plan.where(Dependency, "successor", row.id):
        if link.predecessor in names:
            per_day = plan[Project, row.project].minutes_per_day
            days = round(link.lag / per_day) if link.lag_unit is LagUnit.WORKING else 0
            found.append(TemplateLink(names[link.predecessor], link.type, days))
    return tuple(found)


def _ordered(plan: Plan, kind: type[Any], row: Milestone) -> list[Any]:
    return sorted(plan.where(kind, "milestone", row.id), key=lambda entry: (entry.order, entry.id))
