"""What an activity waits for and what waits for it, and how much room the schedule leaves."""

from __future__ import annotations

import re
from typing import Any

from milestone_desktop.desktop.activity_fields.making import computed_field, of_items
from milestone_desktop.desktop.activity_fields.reading import parts
from milestone_desktop.desktop.lags import lag_text, read_lag
from milestone_desktop.desktop.models.columns import Column, Editor, Look
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _
from milestone_desktop.document.operations import dependencies, links
from milestone_desktop.document.operations.find import activity_meant
from milestone_desktop.domain.activities import Activity, Dependency, Milestone
from milestone_desktop.domain.enums import LagUnit, LinkType
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Project

Link = tuple[int, LinkType, int, LagUnit]
_TYPED = re.compile(r"^(.+?)\s*(FS|SS|FF|SF)\s*([+\-−].*)?$", re.IGNORECASE)


def schedule_fields(session: Session) -> tuple[Column, ...]:
    """Slack, what is critical, the driver, links."""
    group = _("Schedule")
    return (
        *_slacks(session, group), _critical(session, group), _driver(session, group),
        _links(session, "predecessors", _("Predecessors"), N_("Change predecessors"), group),
        _links(session, "successors", _("Successors"), N_("Change successors"), group),
        _milestones(session, _("What it is")),
    )  # fmt: skip


def _slacks(session: Session, group: str) -> tuple[Column, ...]:
    facts = session.facts
    why_not = computed_field(N_("Slack is worked out by the schedule."))

    def free(row: Any) -> int | None:
        return facts.timing.free_slack(row)

    return (
        Column("total_slack", _("Total slack"), 90, facts.slack_text, right=True, order=facts.slack, group=group,
               why_not=why_not),
        Column("free_slack", _("Free slack"), 86, lambda row: facts.timing.text(row, free(row)), right=True, order=free,
               group=group, why_not=why_not),
    )  # fmt: skip


def _critical(session: Session, group: str) -> Column:
    def critical(row: Any) -> bool:
        return bool(session.facts.is_critical(row))

    return Column(
        "critical", _("Critical"), 76, lambda row: _("yes") if critical(row) else "", Look.CRITICAL, group=group, raw=critical,
        order=lambda row: 0 if critical(row) else None,
        why_not=computed_field(N_("What is critical is worked out by the schedule.")),
    )  # fmt: skip


def _driver(session: Session, group: str) -> Column:
    def text(row: Any) -> str:
        driver = session.facts.driver(row)
        return "" if driver is None else _named(session, driver)

    return Column(
        "driver", _("Waits for"), 150, text, Look.MUTED, group=group,
        why_not=computed_field(N_("What an activity waits for is worked out by the schedule.")),
    )  # fmt: skip


def _links(session: Session, name: str, heading: str, label: str, group: str) -> Column:
    """`AUR-3, KO SS+2d`: the other activities by key or code, with type and lag where they are not FS and none."""
    plan, before = session.plan, name == "predecessors"
    here, there = ("successor", "predecessor") if before else ("predecessor", "successor")

    def value(row: Any) -> tuple[Link, ...]:
        return tuple((getattr(link, there), link.type, link.lag, link.lag_unit) for link in plan.where(Dependency, here, row.id))

    def text(row: Any) -> str:
        project = plan[Project, row.project]
        told = []
        for link in plan.where(Dependency, here, row.id):
            other = plan.activity(getattr(link, there))
            kind = "" if link.type is LinkType.FS and not link.lag else f" {link.type.value}"
            told.append(f"{_called(session, other)}{kind}{lag_text(link, project)}" if other is not None else "")
        return ", ".join(told)

    def told(row: Any, found: tuple[Link, ...]) -> str:
        names = [other.title for other_id, *_rest in found if (other := plan.activity(other_id)) is not None]
        return ", ".join(names) or _("nothing")

    def names() -> list[str]:
        return [_called(session, row) for row in plan.activities_where("project", session.project_id)]

    return Column(
        name, heading, 130, text, editor=Editor.LIST, value=value, read=lambda row, typed: _read_links(session, row, typed),
        told=told, write=lambda edit, row, found: dependencies.set_links(edit, row.id, found, predecessors=before),
        label=label, group=group, words=names,
    )  # fmt: skip


def _read_links(session: Session, row: Activity, typed: str) -> tuple[Link, ...]:
    found = tuple(_read_link(session, row, part) for part in parts(typed))
    if any(other == row.id for other, *_rest in found):
        raise PlanError(N_("“{title}” cannot wait for itself."), title=row.title)
    return found


def _read_link(session: Session, row: Activity, text: str) -> Link:
    """A key or code with type and lag. The whole text is tried as a name first, as names may hold anything."""
    project = session.plan[Project, row.project]
    try:
        return activity_meant(session.plan, text, row.project).id, LinkType.FS, 0, LagUnit.WORKING
    except PlanError as problem:
        unknown = problem
    typed = _TYPED.match(text)
    if typed is not None:
        lag, unit = read_lag(typed[3] or "", project)
        return activity_meant(session.plan, typed[1], row.project).id, LinkType(typed[2].upper()), lag, unit
    place = max(text.rfind("+"), text.rfind("-"), text.rfind("−"))
    if place > 0:
        lag, unit = read_lag(text[place:], project)
        return activity_meant(session.plan, text[:place], row.project).id, LinkType.FS, lag, unit
    raise unknown


def _milestones(session: Session, group: str) -> Column:
    """The milestones that an item counts for."""
    plan, facts = session.plan, session.facts

    def value(row: Any) -> tuple[int, ...]:
        return () if isinstance(row, Milestone) else tuple(found.id for found in facts.milestones_of(row))

    def titles(row: Any) -> tuple[str, ...]:
        return () if isinstance(row, Milestone) else tuple(found.title for found in facts.milestones_of(row))

    def typed(row: Any) -> str:
        return "" if isinstance(row, Milestone) else ", ".join(_called(session, found) for found in facts.milestones_of(row))

    def read(row: Any, text: str) -> tuple[int, ...]:
        found = [activity_meant(plan, part, row.project) for part in parts(text)]
        for other in found:
            if not isinstance(other, Milestone):
                raise PlanError(N_("“{title}” is a work item, not a milestone."), title=other.title)
        return tuple(other.id for other in found)

    def told(row: Any, ids: tuple[int, ...]) -> str:
        return ", ".join(found.title for one in ids if (found := plan.activity(one)) is not None) or _("no milestone")

    return Column(
        "milestones", _("Milestones"), 142, lambda row: ", ".join(titles(row)), Look.PILLS, raw=titles, editor=Editor.LIST,
        value=value, typed=typed, copied=typed, read=read, told=told,
        write=lambda edit, row, ids: links.set_milestones(edit, row.id, ids), label=N_("Change milestones"), group=group,
        words=lambda: [_called(session, row) for row in plan.where(Milestone, "project", session.project_id)],
        why_not=of_items,
    )  # fmt: skip


def _called(session: Session, row: Activity) -> str:
    """What one types to mean an activity: its key or code, or its title where it has none."""
    return session.facts.code(row) or row.title


def _named(session: Session, row: Activity) -> str:
    code = session.facts.code(row)
    return f"{code} {row.title}" if code else row.title
