"""Random plans with something in every field that a filter asks for, random filters over them, and a slow second opinion."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from milestone_desktop.domain import dates
from milestone_desktop.domain.activities import Activity, Assignment, Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.enums import Health, MilestoneKind, MilestoneStatus, Placement, Priority, SignOffDecision
from milestone_desktop.domain.gates import SignOff
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Person, Project, WorkflowState, Workspace
from milestone_desktop.filters.field import OPERATORS, Sight, Sort
from milestone_desktop.filters.fields import field_named, fields
from milestone_desktop.filters.reading import condition, negated
from milestone_desktop.filters.tree import VALUELESS, All, Condition, Node, Not, Operator, every, some
from plan_factory import random_plan

TODAY = date(2024, 6, 1).toordinal()
WORDS = (
    "Kickoff",
    "go live",
    "a",
    "Ünïcode",
    'quo"te',
    "back\\slash",
    "x,y",
    "(p)",
    "-dash",
    "or",
    "none",
    "me",
    "a..b",
    "b:c",
    "é=1",
)


def filled_plan(rng: random.Random, size: int = 40) -> Plan:
    """A random plan whose records have random values in every field that a filter knows."""
    plan = random_plan(rng, size)
    people = [plan.take_number("id") for _ in range(4)]
    for number, person in enumerate(people):
        plan.put(Person(person, ("Mara Lindqvist", "Tomás Rey", "me", "Mara")[number]))
    plan.put(replace(plan[Workspace, 1], me=rng.choice([*people, None])))
    for project in list(plan.all(Project)):
        days = rng.choice((480, 420))
        status = rng.choice((None, TODAY - 9))
        plan.put(replace(project, status_date=status, minutes_per_day=days, minutes_per_week=5 * days))
    states = [state.id for state in plan.all(WorkflowState)]
    milestones = [row.id for row in plan.all(Milestone)]
    for row in sorted(plan.activities(), key=lambda row: row.id):
        plan.put(_filled(rng, row, people, states))
        if isinstance(row, WorkItem):
            for person in rng.sample(people, rng.randrange(3)):
                plan.put(Assignment(plan.take_number("id"), row.id, person))
            for milestone in rng.sample(milestones, min(len(milestones), rng.randrange(3))):
                plan.put(MilestoneLink(plan.take_number("id"), milestone, row.id))
        elif rng.random() < 0.3:
            decision = rng.choice(list(SignOffDecision))
            plan.put(SignOff(plan.take_number("id"), row.id, "X", decision, TODAY, superseded=rng.random() < 0.3))
    return plan


def _filled(rng: random.Random, row: Activity, people: list[int], states: list[int]) -> Activity:
    def maybe(value: Any) -> Any:
        return value if rng.random() < 0.6 else None

    def moment() -> int:
        return (TODAY + rng.randrange(-60, 90)) * MINUTES_PER_DAY + rng.choice((0, 540, 1080))

    text: Callable[[], str] = lambda: rng.choice(("", *WORDS))  # noqa: E731
    common = {
        "title": rng.choice(WORDS) + " " + rng.choice(WORDS), "notes": text(), "description": text(), "code": text(),
        "tags": tuple(rng.sample(WORDS, rng.randrange(3))), "release": text(), "module": text(), "start": maybe(moment()),
        "end": maybe(moment()), "deadline": maybe(moment()), "placement": rng.choice(list(Placement)),
        "estimated": rng.random() < 0.5, "progress": rng.randrange(101), "duration": rng.randrange(9000),
    }  # fmt: skip
    if isinstance(row, Milestone):
        status = rng.choice(list(MilestoneStatus))
        done = moment() if status is MilestoneStatus.COMPLETED else None
        return replace(
            row, **common, kind=rng.choice(list(MilestoneKind)), type=rng.choice(("Billing", "Engineering")), status=status,
            owner=maybe(rng.choice(people)), target=maybe(moment()), amount=maybe(rng.randrange(10**6)), currency=text(),
            invoiced=maybe(TODAY), paid=maybe(TODAY + 3), dropped=TODAY if rng.random() < 0.1 else None, comment=text(),
            actual_finish=done,
        )  # fmt: skip
    if isinstance(row, WorkItem):
        return replace(
            row, **common, status=rng.choice(states), priority=rng.choice(list(Priority)), reporter=maybe(rng.choice(people)),
            estimate=maybe(rng.randrange(9000)), logged=rng.randrange(900), story_points=maybe(rng.random() * 9),
        )  # fmt: skip
    raise TypeError(row)


def sight_of(plan: Plan) -> Sight:
    """What is known beside the plan, made up from the ids, so that it is the same for everybody."""

    def status_day(project: int) -> Day:
        chosen = plan[Project, project].status_date
        return TODAY if chosen is None else chosen

    return Sight(
        plan, lambda: TODAY, status_day,
        progress=lambda row: None if row.id % 7 == 0 else row.id * 13 % 101,
        health=lambda row: list(Health)[row.id % 5],
        slip=lambda row: None if row.id % 3 == 0 else row.id % 20 - 8,
        percents=lambda ids: np.where(ids % 7 == 0, np.nan, ids * 13 % 101),
        slacks=lambda ids: np.where(ids % 4 == 0, np.nan, ids % 11 * 240.0 - 480),
        unjudged=list,
        critical=lambda: {row.id for row in plan.activities() if row.id % 5 == 0},
        changed=lambda: {row.id: TODAY - row.id % 20 for row in plan.activities() if row.id % 6},
    )  # fmt: skip


def random_filter(rng: random.Random, plan: Plan, depth: int = 3) -> Node:
    """A tree in the form that reading gives."""
    kind = rng.randrange(6) if depth else 0
    if kind <= 2:
        return random_condition(rng, plan)
    parts = [random_filter(rng, plan, depth - 1) for _ in range(rng.randint(1, 3))]
    if kind == 3:
        return every(parts)
    return some(parts) if kind == 4 else negated(parts[0])


def random_condition(rng: random.Random, plan: Plan) -> Condition:
    field = rng.choice(fields())
    operator = rng.choice(OPERATORS[field.sort])
    if operator in VALUELESS:
        return Condition(field.name, operator)
    match field.sort:
        case Sort.TEXT | Sort.WORDS | Sort.PERSON:
            offered = [*WORDS, *(field.choices(plan) if field.choices is not None else ())]
            return condition(field.name, operator, tuple(rng.choice(offered) for _ in range(rng.randint(1, 3))))
        case Sort.FLAG:
            return Condition(field.name, operator, (rng.choice(("yes", "no")),))
        case Sort.NUMBER:
            values = sorted(rng.choice((-3, 0, 2.5, 40, 100)) for _ in range(2))
            return Condition(
                field.name, operator, tuple(f"{value:g}" for value in values[: 2 if operator is Operator.BETWEEN else 1])
            )
        case Sort.EFFORT:
            return Condition(field.name, operator, ("1d", "2w4d")[: 2 if operator is Operator.BETWEEN else 1])
    if operator in (Operator.NEXT, Operator.LAST):
        return Condition(field.name, operator, (rng.choice(("30d", "2w", "1m")),))
    days = [rng.choice(("-10d", "30d", "2w", "today", "eom", "friday", "status", "2024-05-20", "2024-07-01")) for _ in range(2)]
    return Condition(field.name, operator, tuple(days[: 2 if operator in (Operator.BETWEEN, Operator.OVERLAPS) else 1]))


def keeps(node: Node, row: Activity, sight: Sight) -> bool:
    """A slow second opinion, one activity at a time."""
    if isinstance(node, All):
        return all(keeps(part, row, sight) for part in node.parts)
    if isinstance(node, Not):
        return not keeps(node.part, row, sight)
    if not isinstance(node, Condition):
        return any(keeps(part, row, sight) for part in node.parts)
    field = field_named(node.field)
    value = field.made(sight)(row)
    op, values = node.operator, node.values
    if field.sort in (Sort.TEXT, Sort.WORDS, Sort.PERSON):
        return _keeps_texts(node, [text for text in value if text], sight)
    if field.sort is Sort.FLAG:
        return bool(value) == (values[0] == "yes")
    if op in (Operator.EMPTY, Operator.NOT_EMPTY):
        return (value is None) == (op is Operator.EMPTY)
    if value is None:
        return op is Operator.NOT_EQUALS
    meant = [_meant(field.name, one, row, sight) for one in values]
    if field.sort is Sort.SPAN:
        return bool(value[0] <= meant[1] and value[1] >= meant[0])
    here = _meant(field.name, "0d", row, sight) if op in (Operator.NEXT, Operator.LAST) else 0
    match op:
        case Operator.EQUALS:
            return bool(value == meant[0])
        case Operator.NOT_EQUALS:
            return bool(value != meant[0])
        case Operator.BELOW:
            return bool(value < meant[0])
        case Operator.AT_MOST:
            return bool(value <= meant[0])
        case Operator.ABOVE:
            return bool(value > meant[0])
        case Operator.AT_LEAST:
            return bool(value >= meant[0])
        case Operator.BETWEEN:
            return bool(meant[0] <= value <= meant[1])
        case Operator.NEXT:
            return bool(here <= value <= meant[0])
    return bool(_meant(field.name, f"-{values[0]}", row, sight) <= value <= here)


def _keeps_texts(node: Condition, texts: list[str], sight: Sight) -> bool:
    field = field_named(node.field)
    plain = [text.removeprefix("\1").casefold() for text in texts]
    full = [text.removeprefix("\1").casefold() for text in texts if text.startswith("\1")]

    def found(value: str) -> bool:
        if field.sort is Sort.PERSON and value.casefold() == "me":
            me = sight.plan.get(Person, sight.plan[Workspace, 1].me)
            return me is not None and me.name.casefold() in full
        if node.operator in (Operator.LIKE, Operator.NOT_LIKE):
            return any(value.casefold() in text for text in plain)
        return value.casefold() in plain

    if node.operator in VALUELESS:
        return bool(texts) == (node.operator is Operator.NOT_EMPTY)
    hit = any(found(value) for value in node.values)
    return hit == (node.operator in (Operator.EQUALS, Operator.IN, Operator.LIKE))


def _meant(name: str, value: str, row: Activity, sight: Sight) -> float:
    project = sight.plan[Project, row.project]
    sort = field_named(name).sort
    if sort is Sort.NUMBER:
        return float(value)
    if sort is Sort.EFFORT:
        return {"1d": 1 * project.minutes_per_day, "2w4d": 2 * project.minutes_per_week + 4 * project.minutes_per_day}[value]
    here = TODAY if name == "changed" else sight.status_day(row.project)
    if value == "status":
        return here
    if value[-1] in "dwm" and value[:-1].lstrip("-").isdecimal():
        count, unit = int(value[:-1]), value[-1]
        return here + count * {"d": 1, "w": 7}[unit] if unit != "m" else dates.read_day(f"{count:+}m", here)[0]
    return dates.read_day(value, TODAY)[0]
