"""Mending what a plan check found, one edit each. Remedies that need a choice or a look are the window's."""

from __future__ import annotations

from collections.abc import Callable

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, dates, dependencies, items, links
from milestone_desktop.document.operations.activities import existing
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.checks import Finding, Remedy
from milestone_desktop.domain.enums import ConstraintType, LinkType
from milestone_desktop.domain.health import status_date
from milestone_desktop.domain.instants import at, day_of, minute_of
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.projects import Project, Workspace
from milestone_desktop.domain.worktime import WorkTimes

DAYS_BACK = 366
"""How far back a working day is looked for."""


def mend(edit: Edit, finding: Finding) -> None:
    """Does what mends a finding. Raises PlanError where that cannot be done, KeyError for one that needs the person."""
    row = existing(edit.plan, finding.activity)
    _WAYS[finding.remedy](edit, row, finding)
    if not str(edit.label):
        edit.label = message(N_("Mend “{title}”"), title=row.title)


def _assign_me(edit: Edit, row: Activity, finding: Finding) -> None:
    me = edit.plan[Workspace, 1].me
    if me is None:
        raise PlanError(N_("The workspace does not know who you are."), N_("Choose “This is me” on the People page first."))
    if isinstance(row, WorkItem):
        there = [assignment.person for assignment in edit.plan.where(Assignment, "item", row.id)]
        items.assign(edit, row.id, [*there, me])
    else:
        activities.set_fields(edit, [row.id], owner=me)


def _link(finding: Finding) -> int:
    if finding.link is None:
        raise LookupError("the finding is not about a link")
    return finding.link


def _no_lag(edit: Edit, row: Activity, finding: Finding) -> None:
    dependencies.change(edit, _link(finding), lag=0)


def _make_fs(edit: Edit, row: Activity, finding: Finding) -> None:
    dependencies.change(edit, _link(finding), type=LinkType.FS)


def _no_constraint(edit: Edit, row: Activity, finding: Finding) -> None:
    activities.set_fields(edit, [row.id], constraint=ConstraintType.ASAP, constraint_date=None)


def _to_status_date(edit: Edit, row: Activity, finding: Finding) -> None:
    project = edit.plan[Project, row.project]
    day = status_date(project, edit.today)
    begun = row.actual_start is not None or row.progress > 0
    if begun:
        dates.set_end(edit, row.id, at(day, project.day_end))
    else:
        dates.set_start(edit, row.id, at(day, project.day_start))


def _no_actual(edit: Edit, row: Activity, finding: Finding) -> None:
    day = status_date(edit.plan[Project, row.project], edit.today)
    ahead = {
        name: None for name in ("actual_start", "actual_finish")
        if (moment := getattr(row, name)) is not None and day_of(moment) > day
    }  # fmt: skip
    activities.set_fields(edit, [row.id], **ahead)


def _clear_from(edit: Edit, row: Activity, finding: Finding) -> None:
    dates.set_start(edit, row.id, None)


def _to_working_day(edit: Edit, row: Activity, finding: Finding) -> None:
    if row.end is None:
        return
    work, day = WorkTimes(edit.plan).of_activity(row), day_of(row.end)
    before = next((earlier for earlier in range(day, day - DAYS_BACK, -1) if work.is_working(earlier)), None)
    if before is None:
        raise PlanError(N_("There is no working day before “{title}”."), N_("Look at its calendar."), title=row.title)
    dates.set_end(edit, row.id, at(before, minute_of(row.end)))


def _link_milestone(edit: Edit, row: Activity, finding: Finding) -> None:
    """Counts an item for the first open milestone that is planned no earlier than its end."""
    rows = [one for one in edit.plan.where(Milestone, "project", row.project) if is_open(one) and one.end is not None]
    after = [one for one in rows if row.end is None or (one.end is not None and one.end >= row.end)]
    if not after:
        raise PlanError(N_("No open milestone comes after “{title}”."), N_("Add one, or link it by hand."), title=row.title)
    links.link(edit, min(after, key=lambda one: (one.end or 0, one.id)).id, [row.id])


def _set_target(edit: Edit, row: Activity, finding: Finding) -> None:
    dates.set_target(edit, row.id, row.end)


_WAYS: dict[Remedy, Callable[[Edit, Activity, Finding], None]] = {
    Remedy.ASSIGN_ME: _assign_me,
    Remedy.NO_LAG: _no_lag,
    Remedy.MAKE_FS: _make_fs,
    Remedy.NO_CONSTRAINT: _no_constraint,
    Remedy.TO_STATUS_DATE: _to_status_date,
    Remedy.NO_ACTUAL: _no_actual,
    Remedy.CLEAR_FROM: _clear_from,
    Remedy.TO_WORKING_DAY: _to_working_day,
    Remedy.LINK_MILESTONE: _link_milestone,
    Remedy.SET_TARGET: _set_target,
}
ALONE = frozenset(_WAYS)
"""The remedies that need nothing from the person."""
