"""The review of a project: what to ask at its status date, one question after the other, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.blockers import is_done
from milestone_desktop.domain.enums import MilestoneKind, ProjectStatus
from milestone_desktop.domain.instants import Day, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.outline import is_parent
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.portfolio import is_open
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.sign_off import approval_in_force

WINDOW_DAYS = 14
"""How far ahead a date counts as coming up."""

_ASKED_OF = (ProjectStatus.ACTIVE,)


class Topic(IntEnum):
    """What a question is about, in the order of asking."""

    LATE = 1
    DUE = 2
    SIGN_OFF = 3
    ENTERING = 4
    SLACK = 5
    NO_OWNER = 6


@dataclass(frozen=True, slots=True)
class Question:
    """activity: the id of the milestone or work item that it is about; text: the question, to be answered by yes or no."""

    topic: Topic
    activity: int
    text: Message


def questions(plan: Plan, project: Project, status_date: Day, slack: Callable[[Activity], int | None]) -> list[Question]:
    """What to ask about a project; nothing where it rests or is over. slack: of an activity, working minutes, None where
    it is not known. Within a topic the earliest date comes first."""
    if project.status not in _ASKED_OF:
        return []
    found = [
        *_of_milestones(plan, project, status_date, slack),
        *_of_items(plan, project, status_date),
    ]
    when = {row.id: row.end or 0 for row in plan.activities_where("project", project.id)}
    return sorted(found, key=lambda one: (one.topic, when[one.activity], one.activity))


def _of_milestones(plan: Plan, project: Project, status_date: Day, slack: Callable[[Activity], int | None]) -> Iterator[Question]:
    for row in plan.where(Milestone, "project", project.id):
        if not is_open(row):
            continue
        topic = _topic_of_date(row, status_date)
        waiting = row.kind is MilestoneKind.CLIENT_APPROVAL and approval_in_force(plan, row) is None
        if waiting and topic is not None:
            yield _ask(Topic.SIGN_OFF, row, N_("Has the client approved “{title}”? It is planned for {date}."))
        elif topic is Topic.LATE:
            yield _ask(topic, row, N_("Is “{title}” reached? It was planned for {date}."))
        elif topic is Topic.DUE:
            yield _ask(topic, row, N_("Is “{title}” reached? It is due today, {date}."))
        elif topic is Topic.ENTERING:
            yield _ask(topic, row, N_("Will “{title}” be reached on {date}?"))
        left = slack(row) if topic not in (Topic.LATE, Topic.DUE) else None
        if left is not None and left <= 0:
            yield _ask(Topic.SLACK, row, N_("“{title}” has no slack left. Does its date, {date}, still hold?"))
        if row.owner is None:
            yield _ask(Topic.NO_OWNER, row, N_("Nobody owns “{title}”. Is it yours?"))


def _of_items(plan: Plan, project: Project, status_date: Day) -> Iterator[Question]:
    for row in plan.where(WorkItem, "project", project.id):
        if row.end is None or is_done(plan, row) or is_parent(plan, row.id):
            continue
        if day_of(row.end) < status_date:
            yield _ask(Topic.LATE, row, N_("Is “{title}” done? It should have ended on {date}."))
        elif day_of(row.end) == status_date:
            yield _ask(Topic.DUE, row, N_("Is “{title}” done? It ends today, {date}."))


def _topic_of_date(row: Milestone, status_date: Day) -> Topic | None:
    if row.end is None:
        return None
    day = day_of(row.end)
    if day < status_date:
        return Topic.LATE
    if day == status_date:
        return Topic.DUE
    return Topic.ENTERING if day <= status_date + WINDOW_DAYS else None


def _ask(topic: Topic, row: Activity, text: str) -> Question:
    date = "—" if row.end is None else day_to_iso(day_of(row.end))
    return Question(topic, row.id, message(text, title=row.title, date=date))
