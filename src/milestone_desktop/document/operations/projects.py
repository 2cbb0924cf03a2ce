"""Projects: making, naming, duplicating and deleting them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.copying import copy_of, copy_records
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import ProjectStatus
from milestone_desktop.domain.instants import Day, Instant, at, day_of, minute_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project
from milestone_desktop.domain.scenarios import SCENARIO_OF, listed_projects, scenarios_of
from milestone_desktop.domain.worktime import WorkTimes

COLOURS = ("#2563eb", "#7c3aed", "#0e7490", "#b45309", "#be185d", "#4d7c0f")


def project(plan: Plan, project_id: int) -> Project:
    """The project with that id. Raises PlanError where it is gone."""
    found = plan.get(Project, project_id)
    if found is None:
        raise PlanError(N_("This project is no longer there."), N_("It may have been deleted; Undo brings it back."))
    return found


def project_with_key(plan: Plan, key: str) -> Project:
    """The project that has, or once had, this key; scenarios aside. Raises PlanError naming the keys there are."""
    wanted = key.strip().upper()
    rows = listed_projects(plan)
    for row in rows:
        if row.key == wanted:
            return row
    for row in rows:
        if wanted in row.aliases:
            return row
    raise PlanError(
        N_("There is no project with the key “{key}”."),
        N_("The keys are: {keys}.") if rows else N_("The workspace has no projects yet."),
        key=key,
        keys=", ".join(row.key for row in rows),
    )


def unique_key(plan: Plan, title: str) -> str:
    """A key of two to five capitals made from a title, with a number where it is taken."""
    letters = unicodedata.normalize("NFKD", title)
    words = [re.sub(r"[^A-Z0-9]", "", word.upper()) for word in re.split(r"[\s_\-/.,:;]+", letters)]
    words = [word for word in words if word]
    first = words[0] if words else ""
    base = (first[:3] if len(words) < 3 else "".join(word[0] for word in words[:4])) or "PRJ"
    if not base[0].isalpha():
        base = "P" + base
    if len(base) < 2:
        base += "X"
    taken = {key for row in plan.all(Project) for key in (row.key, *row.aliases)}
    key, number = base, 2
    while key in taken:
        key, number = f"{base}{number}", number + 1
    return key


def default_calendar(plan: Plan) -> Calendar:
    """The workspace's first calendar. Raises PlanError where it has none."""
    shared = plan.where(Calendar, "project", None)
    if not shared:
        raise PlanError(N_("The workspace has no calendar."), N_("Add one on the Calendars page first."))
    return shared[0]


def create(edit: Edit, title: str, *, key: str | None = None, **fields: Any) -> Project:
    """Adds a project; without a key one is made from the title. It is recorded and active unless told otherwise."""
    edit.label = message(N_("Add project “{title}”"), title=title.strip())
    fields.setdefault("calendar", default_calendar(edit.plan).id)
    rows = edit.plan.all(Project)
    fields.setdefault("order", max((row.order for row in rows), default=0.0) + 1)
    fields.setdefault("colour", COLOURS[len(rows) % len(COLOURS)])
    chosen = key.strip().upper() if key else unique_key(edit.plan, title)
    return edit.add(Project(edit.new_id(), chosen, title.strip(), **fields))


def set_fields(edit: Edit, project_id: int, **fields: Any) -> Project:
    """Sets fields of a project; a new key keeps the old one as an alias."""
    row = project(edit.plan, project_id)
    if "key" in fields and fields["key"] != row.key:
        fields["key"] = fields["key"].strip().upper()
        fields["aliases"] = tuple(key for key in dict.fromkeys((*row.aliases, row.key)) if key != fields["key"])
    return edit.update(row, **fields)


def delete(edit: Edit, project_id: int) -> None:
    """Deletes a project with everything in it, and what was tried out of it."""
    row = project(edit.plan, project_id)
    edit.label = message(N_("Delete project “{title}”"), title=row.title)
    for scenario in scenarios_of(edit.plan, row.id):
        edit.remove(scenario)
    edit.remove(row)


def kickoff_of(plan: Plan, project_id: int) -> Instant | None:
    """Where a project begins: its start, or else the first date in it."""
    row = project(plan, project_id)
    if row.start is not None:
        return row.start
    dates = [
        moment
        for activity in plan.activities_where("project", project_id)
        for moment in (activity.start, activity.end)
        if moment is not None
    ]
    return min(dates, default=None)


def duplicate(edit: Edit, project_id: int, kickoff: Day, *, title: str | None = None, key: str | None = None) -> Project:
    """A copy of a project that begins on `kickoff`: every date keeps its distance in working days; statuses, actuals,
    targets, results and baselines are cleared. That of a scenario is a project of its own."""
    row = project(edit.plan, project_id)
    edit.label = message(N_("Duplicate project “{title}”"), title=row.title)
    name = title.strip() if title else f"{row.title} (2)"
    begins = kickoff_of(edit.plan, project_id)
    changed: dict[int, dict[str, Any]] = {
        row.id: {
            "key": key.strip().upper() if key else unique_key(edit.plan, name),
            "title": name, "aliases": (), "status": ProjectStatus.ACTIVE, "status_date": None, "source": "",
            "order": max(other.order for other in edit.plan.all(Project)) + 1,
            "start": at(kickoff, minute_of(begins) if begins is not None else row.day_start), "target_end": None,
            "extra": {name: value for name, value in row.extra.items() if name != SCENARIO_OF},
        }
    }  # fmt: skip
    times = WorkTimes(edit.plan)
    if begins is not None:
        first = day_of(begins)
        for activity in edit.plan.activities_where("project", project_id):
            changed[activity.id] = copy_of(activity, _shift(activity, first, kickoff, times))
    copies = copy_records(edit, [row], changed)
    return edit.plan[Project, copies[row.id]]


def _shift(activity: Activity, first: Day, kickoff: Day, times: WorkTimes) -> Any:
    """Moves an instant so that it lies as many working days after `kickoff` as it lay after `first`."""
    work = times.of_activity(activity)

    def shifted(moment: Instant) -> Instant:
        day = day_of(moment)
        distance = work.working_days(first, day)
        return at(kickoff if day == first else work.add_working_days(kickoff, distance), minute_of(moment))

    return shifted
