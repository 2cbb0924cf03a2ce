"""Milestone lint: what milestones and the items around them lack, one check a lack."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from milestone_desktop.domain.activities import Activity, Dependency, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.checks import Check, Finding, Found, Remedy
from milestone_desktop.domain.enums import MilestoneKind
from milestone_desktop.domain.gates import Criterion
from milestone_desktop.domain.instants import day_of, day_to_iso
from milestone_desktop.domain.messages import N_, message
from milestone_desktop.domain.outline import ancestors
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTimes


def lint(plan: Plan, project: Project, times: WorkTimes) -> list[Check]:
    """Checks the open milestones of a project, and its work items for those that count for nothing."""
    rows = sorted((row for row in plan.where(Milestone, "project", project.id) if is_open(row)), key=lambda row: row.id)
    dated = [row for row in rows if row.end is not None]
    first = min((row.end for row in dated if row.end is not None), default=None)
    later = [row for row in rows if row.end is None or row.end != first]
    tests = [row for row in rows if row.kind is MilestoneKind.UAT]
    parents = {row.parent for row in plan.activities_where("project", project.id)}
    items = [row for row in plan.where(WorkItem, "project", project.id) if row.id not in parents]
    counting = {link.item for link in plan.all(MilestoneLink)} | {link.predecessor for link in plan.all(Dependency)}
    return [
        _check("no-date", N_("Milestones without a date"), rows, lambda row: row.end is None, N_("“{title}” has no date"),
               Remedy.OPEN),
        _check("no-owner", N_("Milestones without an owner"), rows, lambda row: row.owner is None,
               N_("“{title}” has no owner"), Remedy.ASSIGN_ME),
        _check("no-predecessor", N_("Milestones that wait for nothing"), later, lambda row: not _has_predecessor(plan, row),
               N_("“{title}” has no predecessor and no work items"), Remedy.ADD_PREDECESSOR),
        _check("no-criteria", N_("Acceptance without criteria"), tests,
               lambda row: not plan.where(Criterion, "milestone", row.id), N_("“{title}” has no acceptance criteria"),
               Remedy.OPEN),
        _check("day-off", N_("Milestones on a day off"), dated, lambda row: _is_off(row, times),
               N_("“{title}” is on {date}, a day off"), Remedy.TO_WORKING_DAY),
        _check("from-after-to", N_("From after to"), dated,
               lambda row: row.start is not None and row.end is not None and row.start > row.end,
               N_("“{title}” opens after its date, {date}"), Remedy.CLEAR_FROM),
        _check("no-target", N_("Target never set"), dated, lambda row: row.target is None,
               N_("“{title}” has no target, so it can neither slip nor be late against a promise"), Remedy.SET_TARGET),
        _check("orphan", N_("Work items that count for nothing"), items, lambda row: _is_orphan(plan, row, counting),
               N_("“{title}” counts for no milestone, and nothing follows it"), Remedy.LINK_MILESTONE),
    ]  # fmt: skip


def _check(
    name: str, title: str, rows: Sequence[Activity], wrong: Callable[[object], bool] | Callable[..., bool], text: str,
    remedy: Remedy,
) -> Check:  # fmt: skip
    lacking = [row for row in rows if wrong(row)]
    found = Found(lacking, lambda row: Finding(row.id, message(text, title=row.title, date=_date(row)), remedy))
    return Check(name, message(title), len(found), len(rows), message(N_("none")), not found, found)


def _date(row: Activity) -> str:
    return "—" if row.end is None else day_to_iso(day_of(row.end))


def _has_predecessor(plan: Plan, row: Milestone) -> bool:
    above = (row, *ancestors(plan, row))
    linked = any(plan.where(Dependency, "successor", one.id) for one in above)
    return linked or bool(plan.where(MilestoneLink, "milestone", row.id))


def _is_off(row: Milestone, times: WorkTimes) -> bool:
    return row.end is not None and not times.of_activity(row).is_working(day_of(row.end))


def _is_orphan(plan: Plan, row: WorkItem, counting: set[int]) -> bool:
    """Whether neither an item nor what it is part of counts for a milestone, or has anything that follows it."""
    if row.id in counting or row.parent is None:
        return row.id not in counting
    return not any(above.id in counting or isinstance(above, Milestone) for above in ancestors(plan, row))
