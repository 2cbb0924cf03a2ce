"""Figures of what follows milestones: receipts with causes, the trend, the slider over history."""

from __future__ import annotations

import gc
import random
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from itertools import count
from pathlib import Path

from bench_schedule import plan_of
from measure import cpu_ms

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from journal_factory import LAST, long_journal
from milestone_desktop import files
from milestone_desktop.chart.trend import Curve, trend_drawing
from milestone_desktop.chart.words import GettextWords
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dates
from milestone_desktop.document.plan_history import PlanHistory
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTimes
from milestone_desktop.scheduling.schedule import compute
from milestone_desktop.tracking.plan_check import Order, checked
from milestone_desktop.tracking.then_and_now import Differences
from milestone_desktop.tracking.trend import disorders, reports_since, trend

NOW = datetime(2026, 3, 2, 9, 0)
LONG_AGO = instant(2026, 1, 9, 17)
NUMBERS = count()
PARTS = 4
ENTRIES = 10_000


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """`receipt.*.10000`: CPU ms of an edit of 10 000 rows in memory that moves a milestone, of one part and of four.

    `plan_check.100000`: all checks of a plan of 100 000 work items.

    With a journal of 10 000 entries over a plan of 5 000 items: `trend.open`: reading it and drawing the chart of 40
    milestones; `history.step`: the slider to another day, what differs from now included; `history.jump`: the first time, to
    the very beginning; `journal.growth`: what those edits added to the file.
    """
    yield "receipt.one_part.10000", "ms", lambda: edit_ms(1)
    yield "receipt.four_parts.10000", "ms", lambda: edit_ms(PARTS)
    yield "plan_check.100000", "ms", plan_check_ms
    yield "trend.open.10000", "ms", trend_ms
    yield "history.open.10000", "ms", history_open_ms
    yield "history.step.10000", "ms", history_step_ms
    yield "history.jump.10000", "ms", history_jump_ms
    yield "journal.growth.10000", "MB", growth_mb


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


def plan_check_ms() -> float:
    """CPU milliseconds of the fourteen points and the lint over 100 000 work items; in a window they run beside it."""
    plan = plan_of("wide", 100_000)
    project = next(iter(plan.all(Project)))
    order = Order(
        plan, project, NOW.toordinal(), WorkTimes(plan), compute(plan), {row.id: LONG_AGO for row in plan.all(WorkItem)}
    )
    return cpu_ms(lambda: checked(order))


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for the file measured, removed when the program ends."""
    return tempfile.TemporaryDirectory(prefix="bench-tracking-")


@cache
def long_file() -> tuple[Path, int]:
    """A workspace file with 10 000 journal entries, and the bytes that they take."""
    path = Path(folder().name) / "long.milestones"
    return path, long_journal(path, ENTRIES)


@cache
def journal() -> Document:
    """That file, opened."""
    return files.open_workspace(long_file()[0], lambda: LAST)


def growth_mb() -> float:
    """Megabytes that 10 000 edits added."""
    return long_file()[1] / 1_000_000


def trend_ms() -> float:
    """CPU milliseconds from the journal to the finished chart, of a program that opened this file first and has nothing of
    the journal in hand yet."""
    document = files.open_workspace(long_file()[0], lambda: LAST, read_only=True)
    gc.freeze()  # as `open_workspace` does with the first file of a process
    rows = [row.id for row in document.plan.all(Milestone) if row.title.startswith("Milestone ")]

    def draw() -> None:
        moves = document.storage.moves()
        days = {move.day for move in moves}
        reports = reports_since(min(days), document.today, days)
        found = trend(document.plan, moves, rows, reports)
        disorders(document.plan, found)
        curves = [
            Curve(each.milestone, "Milestone", each.pattern.value, tuple((p.report, p.date) for p in each.points), each.outliers)
            for each in found
        ]
        trend_drawing(curves, 1100, 700, document.today, GettextWords(), lambda text, style: len(text) * style.size * 0.55)

    spent = cpu_ms(draw)
    gc.unfreeze()
    document.close()
    return spent


@cache
def past() -> PlanHistory:
    """The states of the plan, all that the slider keeps in hand."""
    found = PlanHistory(journal().storage, journal().plan)
    while found.warm():
        pass
    return found


@cache
def past_differences() -> Differences:
    """What differs between the state that the slider is at and now."""
    return Differences(past().plan, journal().plan)


def history_open_ms() -> float:
    """CPU milliseconds until the History page has its list of edits and yesterday's plan."""
    document = journal()

    def read() -> None:
        found = PlanHistory(document.storage, document.plan)
        document.storage.moves()
        found.go_to(found.entry_on(document.today - 1))

    return cpu_ms(read)


def history_step_ms() -> float:
    """CPU milliseconds of one step of the slider, anywhere: the plan of another day and what differs from now."""
    document = journal()
    history = past()
    first = history.first_day or 0
    day = first + (next(NUMBERS) * 37) % (document.today - first)
    found = past_differences()

    def step() -> None:
        found.take(history.go_to(history.entry_on(day)))

    return cpu_ms(step)


def history_jump_ms() -> float:
    """CPU milliseconds of the first jump to the beginning, with nothing kept in hand."""
    document = journal()
    history = PlanHistory(document.storage, document.plan)
    return cpu_ms(lambda: history.go_to(1))
