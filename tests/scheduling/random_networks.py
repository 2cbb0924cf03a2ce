"""Random small networks that use everything the scheduler knows."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from planner import MONDAY, OFFICE, Planner

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import ConstraintType, LagUnit, LinkType, Placement, ScheduleMode
from milestone_desktop.domain.projects import Project, Week

NIGHTS: Week = (((1320, 1800),),) * 5 + ((), ())
SHORT: Week = ((), ((600, 660), (700, 830)), ((540, 545),), ((0, 1440),), (), ((600, 720),), ())
WEEKS = (OFFICE, NIGHTS, SHORT)
DAY = 1440


def random_network(seed: int, calendars: int = 3, parents: bool = True) -> Planner:
    """A plan of some activities in one or two projects; without loops, since links lead from lower to higher numbers."""
    rng = random.Random(seed)
    planner = Planner(rng.choice(WEEKS[:calendars]), slack_limit=rng.choice((0, 0, 60)))
    others = [planner.calendar, *(planner.add_calendar(WEEKS[number]) for number in range(1, calendars))]
    for calendar in others:
        if rng.random() < 0.5:
            first = MONDAY // DAY + rng.randrange(12)
            planner.add_holiday(first, first + rng.randrange(3), calendar=calendar, shifts=rng.choice(((), (), ((300, 500),))))
    projects = [planner.project]
    if rng.random() < 0.4:
        mode = rng.choice((ScheduleMode.COMPUTED, ScheduleMode.COMPUTED, ScheduleMode.RECORDED))
        projects.append(planner.add_project(start=_moment(rng), mode=mode))
    ids: list[int] = []
    tops: dict[int, list[int]] = {project: [] for project in projects}
    for number in range(rng.randint(2, 9)):
        project = rng.choice(projects)
        fields = _fields(rng, others if calendars > 1 else [None])
        if parents and tops[project] and rng.random() < 0.4:
            fields["parent"] = rng.choice(tops[project])
        else:
            fields["parent"] = None
        if rng.random() < 0.25:
            fields.pop("duration_unit")
            row = planner.milestone(f"M{number}", project=project, **fields)
        else:
            row = planner.task(f"T{number}", days=rng.randrange(0, 900) / 480, project=project, **fields)
            if fields["parent"] is None:
                tops[project].append(row)
        ids.append(row)
    for _ in range(rng.randint(0, 2 * len(ids))):
        before, after = sorted(rng.sample(ids, 2))
        if not _loops(planner, before, after):
            _link(rng, planner, before, after, calendars == 1)
    if rng.random() < 0.25:
        moved = replace(planner.plan[Project, planner.project], move_remaining=True, status_date=_moment(rng) // DAY)
        planner.plan.put(moved)
    return planner


def _moment(rng: random.Random) -> int:
    return MONDAY + rng.randrange(10 * DAY)


def _fields(rng: random.Random, calendars: list[Any]) -> dict[str, Any]:
    start = _moment(rng)
    fields: dict[str, Any] = {
        "calendar": rng.choice([None, *calendars]),
        "duration_unit": "eh" if len(calendars) > 1 and rng.random() < 0.1 else "h",
        "start": start if rng.random() < 0.5 else None,
    }
    fields["end"] = start + rng.randrange(2 * DAY) if fields["start"] is not None else None
    chance = rng.random()
    if chance < 0.2:
        fields |= {"constraint": rng.choice(list(ConstraintType)[2:]), "constraint_date": _moment(rng)}
    elif chance < 0.3:
        fields["placement"] = rng.choice((Placement.PINNED, Placement.FIXED))
    elif chance < 0.36:
        fields |= {"actual_start": start, "progress": rng.randrange(100)}
    elif chance < 0.42:
        fields |= {"actual_start": start, "actual_finish": start + rng.randrange(DAY), "start": start, "end": start + DAY}
    if rng.random() < 0.15:
        fields["deadline"] = _moment(rng)
    return fields


def _link(rng: random.Random, planner: Planner, before: int, after: int, one_calendar: bool) -> None:
    lag, unit = 0, LagUnit.WORKING
    if rng.random() < 0.4:
        unit = LagUnit.WORKING if one_calendar else rng.choice(list(LagUnit))
        lag = rng.choice((-1, 1)) * rng.randrange(500) * (20 if unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT) else 1)
    planner.link(before, after, rng.choice(list(LinkType)).value, lag, lag_unit=unit)


def _loops(planner: Planner, before: int, after: int) -> bool:
    """Whether a link would close a loop, seen by families: every activity counts as the topmost one above it."""
    tops = [_top(planner, row) for row in (before, after)]
    if tops[0] == tops[1]:
        return bool({before, after} & set(tops))
    families = _linked_families(planner)
    families.setdefault(tops[0], set()).add(tops[1])
    waiting, seen = [tops[1]], set()
    while waiting:
        family = waiting.pop()
        if family == tops[0]:
            return True
        if family not in seen:
            seen.add(family)
            waiting += families.get(family, set())
    return False


def _top(planner: Planner, row: int) -> int:
    parent = planner.activity(row).parent
    return row if parent is None else parent


def _linked_families(planner: Planner) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for link in planner.plan.all(Dependency):
        one, other = _top(planner, link.predecessor), _top(planner, link.successor)
        if one != other:
            found.setdefault(one, set()).add(other)
    return found
