"""What the lanes of the portfolio say: one for each project, or one for each person and one for nobody."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from milestone_desktop.chart import glyphs
from milestone_desktop.chart.bands import LaneMark, LaneMarks
from milestone_desktop.chart.lanes import OVERLOAD, Lane, LaneHead
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.signs import HEALTH_TOKENS, health_text
from milestone_desktop.desktop.words import _, instant_text, ngettext, percent_text
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, WorkItem
from milestone_desktop.domain.enums import Health, MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import Day, day_of, weekday
from milestone_desktop.domain.portfolio import is_due, is_open, is_ready_to_invoice, next_milestone
from milestone_desktop.domain.projects import Project
from milestone_desktop.reports.words import HEALTH_LOOKS

SOON = 30
"""Days from today in which a milestone counts as due soon."""

Ids = NDArray[np.int64]

WORST_FIRST = (Health.LATE, Health.AT_RISK, Health.ON_TRACK, Health.COMPLETED, Health.NONE)
NOBODY = 0


def shown_milestones(session: Session) -> list[Milestone]:
    """The milestones of the shown projects."""
    return [row for project in session.facts.projects() for row in session.plan.where(Milestone, "project", project.id)]


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of the portfolio in words. health: the tone in which it is shown; archived projects are counted alone."""

    id: str
    text: str
    health: Health = Health.NONE


def counts(session: Session) -> list[Count]:
    """Projects, milestones and reached ones, then late, at risk, due soon, ready to invoice, archived: those above zero."""
    rows, projects, today = shown_milestones(session), session.facts.projects(), session.today()
    healths = Counter(session.facts.assessment(row).health for row in rows)
    reached = sum(row.status is MilestoneStatus.COMPLETED for row in rows)
    due = sum(is_due(row, today, today + SOON) for row in rows)
    invoice = sum(is_ready_to_invoice(row) for row in rows)
    archived = len(session.facts.archived())
    milestones = ngettext("{n} milestone", "{n} milestones", len(rows))
    found = [
        Count("projects", ngettext("{n} project", "{n} projects", len(projects))),
        Count("milestones", _("{milestones}, {reached} reached").format(milestones=milestones, reached=reached)),
    ]
    for health, sign in ((Health.LATE, "late"), (Health.AT_RISK, "at-risk")):
        if healths[health]:
            found.append(Count(sign, f"{HEALTH_LOOKS[health][0]} {healths[health]} {_lower(health)}", health))
    if due:
        found.append(Count("due", ngettext("{n} due in 30 days", "{n} due in 30 days", due)))
    if invoice:
        found.append(Count("invoice", ngettext("{n} ready to invoice", "{n} ready to invoice", invoice)))
    if archived:
        found.append(Count("archived", ngettext("{n} archived, not shown", "{n} archived, not shown", archived)))
    return found


def _lower(health: Health) -> str:
    return _("late") if health is Health.LATE else _("at risk")


# lanes


def project_lanes(session: Session, kept: Ids | None = None) -> list[Lane]:
    """A lane for each project that is not archived, in the order of the sidebar. kept: ids of the milestones to show (None:
    all); a project of which there are none then has no lane. Health, progress and what is next are the whole project's."""
    wanted = _wanted(kept)
    lanes = []
    for project in session.facts.projects():
        rows = session.plan.where(Milestone, "project", project.id)
        shown = rows if wanted is None else [row for row in rows if row.id in wanted]
        if shown or wanted is None:
            lanes.append(_project_lane(session, project, shown))
    return lanes


def _wanted(kept: Ids | None) -> frozenset[int] | None:
    return None if kept is None else frozenset(kept.tolist())


def _project_lane(session: Session, project: Project, rows: Sequence[Milestone]) -> Lane:
    facts = session.facts
    health = facts.project_assessment(project).health
    progress = facts.progress.of_project(project.id)
    head = LaneHead(
        project.title, _next_text(session, project), progress, percent_text(progress), health_text(health), HEALTH_TOKENS[health]
    )
    return Lane(project.id, head, marks_of(session, rows))


def _next_text(session: Session, project: Project) -> str:
    """`next 8 Jan: Design`, the date first, since a long title is cut; or that all is reached."""
    upcoming = next_milestone(session.plan, project.id)
    if upcoming is not None:
        return _("next {day}: {title}").format(title=upcoming.title, day=instant_text(upcoming.end, session.today()))
    rows = session.plan.where(Milestone, "project", project.id)
    if not rows:
        return _("no milestones")
    undated = min((row for row in rows if is_open(row)), key=lambda row: (row.order, row.id), default=None)
    return _("all reached") if undated is None else _("next: {title}, without a date").format(title=undated.title)


def marks_of(session: Session, rows: Sequence[Milestone]) -> LaneMarks:
    """The dated milestones as marks, in order of time. A late one or one at risk has the sign before its title."""
    critical = session.critical()
    found = []
    for row in rows:
        if row.end is None:
            continue
        health = session.facts.assessment(row).health
        sign = HEALTH_LOOKS[health][0] if health in (Health.LATE, Health.AT_RISK) else ""
        look = glyphs.Look(row.status is MilestoneStatus.COMPLETED, row.id in critical, row.dropped is not None)
        moment = row.actual_finish if row.actual_finish is not None else row.end
        found.append(LaneMark(row.id, moment, f"{sign} {row.title}".strip(), row.kind, look))
    return LaneMarks.of(found)


# people


@dataclass(slots=True)
class Burden:
    """What one person has to see to: the milestones owned (completed ones too) and the open work items assigned."""

    milestones: list[Milestone] = field(default_factory=list)
    items: list[WorkItem] = field(default_factory=list)

    def open(self) -> list[Activity]:
        """The open milestones and items, by date, those without a date last."""
        rows: list[Activity] = [*(row for row in self.milestones if is_open(row)), *self.items]
        return sorted(rows, key=lambda row: (row.end is None, row.end or 0, row.id))


def burdens(session: Session, kept: Ids | None = None) -> dict[int, Burden]:
    """By person id, NOBODY for what has no owner: the milestones and the open leaf items of the shown projects. kept: ids of
    those that count, None for all."""
    plan, facts, wanted = session.plan, session.facts, _wanted(kept)
    projects = {project.id for project in session.facts.projects()}
    parents = {row.parent for row in plan.activities() if row.parent is not None}
    found: dict[int, Burden] = defaultdict(Burden)
    for row in shown_milestones(session):
        if wanted is None or row.id in wanted:
            found[row.owner or NOBODY].milestones.append(row)
    people: dict[int, list[int]] = defaultdict(list)
    for assignment in plan.all(Assignment):
        people[assignment.item].append(assignment.person)
    for item in plan.all(WorkItem):
        if wanted is not None and item.id not in wanted:
            continue
        if item.project in projects and item.id not in parents and facts.group(item) is not StateGroup.DONE:
            for person in people.get(item.id, [NOBODY]):
                found[person].items.append(item)
    return dict(found)


def carriers(session: Session, carried: dict[int, Burden]) -> list[tuple[int, str]]:
    """Who has something to see to, as id and name: by name, nobody last."""
    people = [(person.id, person.name) for person in session.facts.people() if person.id in carried]
    return [*people, (NOBODY, _("Nobody"))] if NOBODY in carried else people


def owner_lanes(session: Session, carried: dict[int, Burden]) -> list[Lane]:
    """A lane for each person who has something to see to, and one for nobody."""
    return [_owner_lane(session, person, name, carried[person]) for person, name in carriers(session, carried)]


def _owner_lane(session: Session, person: int, name: str, carried: Burden) -> Lane:
    healths = [session.facts.assessment(row).health for row in carried.milestones if is_open(row)]
    worst = min(healths, key=WORST_FIRST.index, default=Health.NONE)
    milestones = ngettext("{n} milestone", "{n} milestones", sum(is_open(row) for row in carried.milestones))
    items = ngettext("{n} item", "{n} items", len(carried.items))
    load = load_of(carried.open())
    note = _("open: {milestones}, {items}").format(milestones=milestones, items=items)
    busiest = max((count for _day, count in load), default=0)
    figure = _("{count} in a week").format(count=busiest) if busiest >= OVERLOAD else ""
    status = health_text(worst) if worst is not Health.NONE else ""
    head = LaneHead(name, note, None, figure, status, HEALTH_TOKENS[worst], ring=False)
    return Lane(person, head, marks_of(session, carried.milestones), load)


def load_of(rows: list[Activity]) -> tuple[tuple[Day, int], ...]:
    """How many of the rows end in each week, as (its Monday, count), in order."""
    days = Counter(day_of(row.end) - weekday(day_of(row.end)) for row in rows if row.end is not None)
    return tuple(sorted(days.items()))
