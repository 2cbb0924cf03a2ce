"""Groups keep up with every edit: after it they hold what they would hold if they were made anew."""

from __future__ import annotations

import random
from datetime import datetime

import pytest

from milestone_desktop.chart.memberships import Memory
from milestone_desktop.chart.rows import Rows, build
from milestone_desktop.document import sample
from milestone_desktop.document.document import Changed, Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.grouping import groupings
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan
from random_operations import random_operation

NOW = datetime(2026, 11, 24, 10)
WAYS = [*((grouping.name,) for grouping in groupings()), ("milestone", "owner"), ("tag", "status"), ("status", "parent")]


def listed(rows: Rows) -> list[tuple[int, int, str]]:
    """Each row with its level and, for a head, its title."""
    found = zip(rows.ids.tolist(), rows.level.tolist(), strict=True)
    return [
        (0 if row_id < 0 else row_id, level, str(rows.title_of_head(row_id)) if row_id < 0 else "") for row_id, level in found
    ]


def anew(plan: Plan, rows: Rows) -> Rows:
    return build(plan, rows.base.projects, (), None, rows.grouping, rows.base.with_heads, Memory())


@pytest.mark.parametrize("seed", range(4))
def test_groups_keep_up_with_random_edits_and_undo(seed: int) -> None:
    rng, storage = random.Random(seed), MemoryStorage(seed_plan())
    sample.fill(storage, NOW.date().toordinal())
    document = Document(storage, lambda: NOW)
    plan = document.plan
    projects = [row.id for row in plan.all(Project)]
    views = {names: build(plan, projects, (), None, names) for names in WAYS}

    def follow(event: Changed) -> None:
        for names, rows in views.items():
            views[names] = rows.patched(plan, event.change_set)

    document.subscribe(follow)
    done = 0
    for step in range(30):
        done += document.undo() is not None if step % 6 == 5 else random_operation(document, rng)
        if set(projects) - {row.id for row in plan.all(Project)}:
            break  # the window begins anew where a project goes
        for names, rows in views.items():
            assert listed(rows) == listed(anew(plan, rows)), (step, names)
    assert done > 5
