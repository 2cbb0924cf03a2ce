"""A network into which an edit was put is the one that would be built anew, and the one before stays as it was."""

from __future__ import annotations

import random
import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest
from planner import MONDAY
from random_networks import DAY, random_network

from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import ConstraintType, Placement, ScheduleMode
from milestone_desktop.domain.messages import PlanError, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.scheduling import patching
from milestone_desktop.scheduling.instant_axis import InstantAxis
from milestone_desktop.scheduling.minute_axis import MinuteAxis
from milestone_desktop.scheduling.network import Network, build
from milestone_desktop.scheduling.patching import patched
from milestone_desktop.scheduling.schedule import DATES, schedule


def contents(value: Any) -> Any:
    """What a network holds, in a form that can be compared. The calendar tables are the same in all of them."""
    if isinstance(value, np.ndarray):
        return value.tolist()
    if isinstance(value, MinuteAxis | InstantAxis):
        return type(value).__name__
    if isinstance(value, list):
        return [contents(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type | Activity | Project):
        return {field.name: contents(getattr(value, field.name)) for field in fields(value) if field.name != "tables"}
    return value


def moments_near(rng: random.Random) -> int:
    return MONDAY + rng.randrange(14) * DAY + rng.choice((480, 720, 1020, rng.randrange(DAY)))


def other_fields(rng: random.Random, row: Activity) -> dict[str, Any]:
    """What an edit makes of an activity: dates mostly, now and then what else a network is made of."""
    start = moments_near(rng)
    point = isinstance(row, Milestone)
    dates = {"start": None if point else start, "end": start + (0 if point else rng.randrange(3 * DAY))}
    found: list[dict[str, Any]] = [
        dates, dates, dates, dates,
        {"end": dates["end"]},
        {"start": None, "end": None},
        {"placement": rng.choice(list(Placement)), "constraint": rng.choice(list(ConstraintType)), "constraint_date": start},
        {"placement": Placement.PINNED, "constraint": ConstraintType.ASAP, "constraint_date": None},
        {"deadline": rng.choice((None, start))},
        {"actual_start": rng.choice((None, start)), "progress": rng.randrange(100)},
        {"actual_finish": rng.choice((None, start + DAY))},
        {"title": "Renamed"},
    ]  # fmt: skip
    if not point:
        remaining = rng.choice((None, rng.randrange(500)))
        found += [{"duration": rng.randrange(2000)}, {"remaining": remaining}, {"duration_unit": "ed"}]
    return rng.choice(found)


def random_change_set(rng: random.Random, plan: Plan) -> ChangeSet:
    """Made to the plan, too."""
    changes = []
    rows = sorted(plan.activities(), key=lambda row: row.id)
    for row in rng.sample(rows, min(len(rows), rng.choice((1, 1, 1, 2, 4)))):
        changed = replace(row, **other_fields(rng, row))
        if changed != row:
            plan.put(changed)
            changes.append(Change(row, changed))
    return ChangeSet(message("Edit"), tuple(changes))


def built(plan: Plan, known: Network | None = None) -> Network | PlanError:
    try:
        return build(plan, known=known)
    except PlanError as error:
        return error


@pytest.mark.parametrize("start", range(0, 60, 12))
def test_a_patched_network_is_the_one_built_anew(start: int, monkeypatch: pytest.MonkeyPatch) -> None:
    anew: list[bool] = []
    monkeypatch.setattr(patching, "build", lambda *args, **named: (anew.append(True), build(*args, **named))[1])
    edits, axes = 0, set()
    for seed in range(start, start + 12):
        rng = random.Random(seed)
        plan = random_network(seed, rng.choice((1, 1, 3))).plan
        if rng.random() < 0.6:
            for project in list(plan.all(Project)):
                plan.put(replace(project, mode=ScheduleMode.RECORDED, start=rng.choice((project.start, None))))
        network = built(plan)
        if isinstance(network, PlanError):
            continue
        for _ in range(8):
            before, records = contents(network), list(network.activities)
            change_set = random_change_set(rng, plan)
            wanted = built(plan, network)
            if isinstance(wanted, PlanError):
                with pytest.raises(PlanError, match=re.escape(str(wanted))):
                    patched(network, plan, change_set)
                break
            found = patched(network, plan, change_set)
            assert contents(found) == contents(wanted), seed
            one, other = schedule(found), schedule(wanted)
            for name in (*DATES, "total_slack", "free_slack", "critical", "driver", "conflicts"):
                assert contents(getattr(one, name)) == contents(getattr(other, name)), (seed, name)
            axes.add(type(found.axis))
            if found is not network:
                assert contents(network) == before
                assert all(one is other for one, other in zip(network.activities, records, strict=True))
            network = found
            edits += 1
    assert edits > 40
    assert len(anew) < edits / 2
    assert axes == {MinuteAxis, InstantAxis}
