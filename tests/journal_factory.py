"""A workspace file with a long journal, as months of planning leave it."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
from milestone_desktop.domain.messages import Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project
from milestone_desktop.store.engine import raw_connection
from milestone_desktop.store.workspace_file import create, open_
from milestone_desktop.tracking.receipts import Told, receipts_of
from plan_factory import full_plan

FIRST = datetime(2024, 1, 8, 9)
LAST = datetime(2026, 3, 2, 9)
MILESTONES = 40


def long_journal(path: Path, entries: int, items: int = 5000, seed: int = 1) -> int:
    """Makes a file with `items` work items and a journal of `entries` edits between FIRST and LAST, each of which moves up
    to ten rows and up to two milestones, with receipts and causes. Returns the bytes that the edits added."""
    rng = random.Random(seed)
    plan = full_plan(items, 2 * items)
    add_milestones(plan)
    create(path, plan, FIRST)
    before = path.stat().st_size
    storage = open_(path, FIRST)
    raw_connection(storage._connection).execute("PRAGMA synchronous = OFF")  # here no power fails
    plan = storage.load()
    rows = sorted(plan.all(WorkItem), key=lambda row: row.id)
    points = sorted(plan.all(Milestone), key=lambda row: row.id)
    for number in range(entries):
        time = FIRST + (LAST - FIRST) * number / entries + timedelta(seconds=rng.randrange(50))
        chosen = rng.sample(range(len(rows)), rng.randint(1, 10))
        changes: list[Change] = []
        stages: dict[int, list[tuple[Message, int]]] = {}
        shift = rng.randint(-3, 5) * MINUTES_PER_DAY
        for place in chosen:
            old = rows[place]
            rows[place] = replace(old, start=(old.start or 0) + shift, end=(old.end or 0) + shift)
            changes.append(Change(old, rows[place], derived=place != chosen[0]))
        for place in rng.sample(range(len(points)), rng.randint(0, 2)):
            point = points[place]
            end = (point.end or 0) + shift
            points[place] = replace(point, end=end)
            changes.append(Change(point, points[place], derived=True))
            stages[point.id] = [(message("“{title}” longer", title=rows[chosen[0]].title), end)]
        label = message("Change duration of “{title}”", title=rows[chosen[0]].title)
        change_set = ChangeSet(label, tuple(change for change in changes if change.old != change.new) or (changes[0],))
        receipts = receipts_of(plan, change_set, Told(stages))
        storage.write(change_set, receipts, time=time, undoes=None, counters=plan.counters, blobs={})
        plan.apply(change_set)
    storage.close()
    return path.stat().st_size - before


def add_milestones(plan: Plan) -> None:
    project = min(plan.all(Project), key=lambda row: row.id)
    assert plan.get(Calendar, project.calendar) is not None
    for number in range(MILESTONES):
        row_id = plan.take_number("id")
        end = instant(2026, 6, 1, 18) + number * 7 * MINUTES_PER_DAY
        plan.put(Milestone(row_id, project.id, f"Milestone {number}", code=f"T{number}", end=end, target=end))
