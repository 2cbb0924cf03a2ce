"""A random plan of linked work items and milestones in a computed project, for tests of what moves them."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dates, dependencies, items, milestones, projects
from milestone_desktop.document.storage import MemoryStorage, Storage
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 3, 2, 9)


def linked_plan(
    rng: random.Random, rows: int = 14, clock: Callable[[], datetime] = lambda: NOW, storage: Storage | None = None
) -> Document:
    """Every third row is a milestone; each row waits for one or two before it; half of the milestones have targets."""
    document = Document(storage or MemoryStorage(seed_plan()), clock)
    with document.edit("Plan") as edit:
        project = projects.create(edit, "Aurora", key="AUR", start=instant(2026, 3, 2, 9), mode=ScheduleMode.COMPUTED)
        made: list[int] = []
        points: list[int] = []
        for number in range(rows):
            if number % 3 == 2:
                row = milestones.create(edit, project.id, f"Point {number}", code=f"P{number}").id
                points.append(row)
            else:
                row = items.create(edit, project.id, f"Work {number}", duration=480 * rng.randint(1, 8)).id
            for before in rng.sample(made[-6:], min(len(made), rng.choice((1, 1, 2)))):
                dependencies.add(edit, before, row)
            made.append(row)
    with document.edit("Targets") as edit:
        for row in points[::2]:
            planned = edit.plan.activity(row).end
            dates.set_target(edit, row, planned + rng.choice((0, 0, 3, -2)) * 1440, "promised")
    return document
