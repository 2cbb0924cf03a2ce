"""Figures of what follows milestones: receipts with causes, the trend, the slider over history."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

from bench_schedule import plan_of
from measure import cpu_ms

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dates
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant

NOW = datetime(2026, 3, 2, 9, 0)
NUMBERS = count()
PARTS = 4


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """`receipt.*.10000`: CPU ms of an edit of 10 000 rows in memory that moves a milestone, of one part and of four."""
    yield "receipt.one_part.10000", "ms", lambda: edit_ms(1)
    yield "receipt.four_parts.10000", "ms", lambda: edit_ms(PARTS)


def edit_ms(parts: int) -> float:
    """Milliseconds to change some durations that the last milestone waits for, receipts and their causes included."""
    document, rows = computed()
    days = 101 + next(NUMBERS) % 5

    def edit() -> None:
        with document.edit("Change durations") as change:
            for row in rows[:parts]:
                dates.set_duration(change, row, days * 480)

    spent = cpu_ms(edit)
    if len(document.receipts()[-1][1].causes) != parts:
        raise RuntimeError("the parts of the edit are not its causes")
    return spent


@cache
def computed() -> tuple[Document, list[int]]:
    """A computed project of 10 000 work items with a milestone after a chain through it, and that chain."""
    rng = random.Random(1)
    plan = plan_of("wide", 10_000).copy()
    items = sorted(plan.all(WorkItem), key=lambda row: row.id)
    chain = [items[200 * level + rng.randrange(200)].id for level in range(PARTS + 1)]
    point = plan.take_number("id")
    plan.put(Milestone(point, items[0].project, "Ready", code="M1", end=instant(2026, 1, 5, 9)))
    for before, after in zip(chain, [*chain[1:], point], strict=True):
        plan.put(Dependency(plan.take_number("id"), before, after))
    document = Document(MemoryStorage(plan), lambda: NOW)
    with document.edit("Place") as change:
        for row in chain:
            dates.set_duration(change, row, 100 * 480)
    return document, chain
