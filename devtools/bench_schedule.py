"""Figures of the scheduler: edits, building a network, passes, calendars, dragging, memory; and plain Python passes."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cache, partial
from typing import Any

from measure import cpu_ms
from milestone_desktop.document.document import Document
from milestone_desktop.document.operations import dates
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, WorkItem
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Project, WorkflowState
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.scheduling.calendars import build_tables
from milestone_desktop.scheduling.network import Network, build
from milestone_desktop.scheduling.passes import backward, forward
from milestone_desktop.scheduling.preview import preview
from milestone_desktop.scheduling.schedule import Schedule, schedule
from plain_passes import PlainNetwork, plain_network

SHAPES = ("wide", "portfolio", "chain")
SIZES = (1_000, 10_000, 100_000)
LARGEST = SIZES[-1]
EDITED = (20, 10_000, 100_000)
RECORDED = (10_000, 100_000)
DRAGS = 200
LEVELS = 50
PER_PROJECT = 100
RULES: tuple[dict[str, Any], ...] = (
    {"type": "daily", "every": 10},
    {"type": "weekly", "every": 3, "weekdays": [2, 4]},
    {"type": "monthly by day", "every": 2, "day": 31},
    {"type": "monthly by position", "every": 1, "position": -1, "weekday": 4},
    {"type": "yearly by day", "every": 1, "month": 12, "day": 25},
    {"type": "yearly by position", "every": 1, "month": 11, "position": 4, "weekday": 3},
)


@cache
def plan_of(shape: str, size: int, calendars: int = 1) -> Plan:
    """A plan with two links to each activity but the first: one project of 50 levels (wide), projects of 100 activities on
    20 levels (portfolio), or one chain."""
    rng = random.Random(size)
    plan = seed_plan()
    ids = [next(iter(plan.all(Calendar))).id]
    for number in range(1, calendars):
        week = (((480 + 10 * number, 720), (780, 1000 + 10 * number)),) * 5
        plan.put(Calendar(plan.take_number("id"), f"Calendar {number}", (*week, (), ())))
        ids.append(max(row.id for row in plan.all(Calendar)))
    state = next(iter(plan.all(WorkflowState))).id
    per_project = PER_PROJECT if shape == "portfolio" else size
    width = {"wide": max(size // LEVELS, 1), "portfolio": 5, "chain": 1}[shape]
    rows: list[int] = []
    project = 0
    for number in range(size):
        within = number % per_project
        if within == 0:
            rows, project = [], plan.take_number("id")
            start = instant(2026, 1, 5, 9)
            plan.put(Project(project, f"P{number}", f"Project {number}", ids[0], start=start, mode=ScheduleMode.COMPUTED))
        minutes = 60 if shape == "chain" else 480 * rng.randint(1, 10)
        calendar = rng.choice(ids) if calendars > 1 else None
        item = WorkItem(
            plan.take_number("id"), project, f"Work {number}", number=number, duration=minutes, status=state, calendar=calendar
        )
        plan.put(item)
        before = within // width * width - width
        chosen = [before + rng.randrange(width) for _ in range(2)] if shape != "chain" else [within - 1, within - 2]
        for other in {place for place in chosen if before >= 0 and place >= 0}:
            plan.put(Dependency(plan.take_number("id"), rows[other], item.id, lag=rng.choice((0, 0, 0, 0, 480))))
        rows.append(item.id)
    return plan


@cache
def network_of(shape: str, size: int, calendars: int = 1) -> Network:
    return build(plan_of(shape, size, calendars))


@cache
def schedule_of(shape: str, size: int) -> Schedule:
    return schedule(network_of(shape, size))


@cache
def plain_of(shape: str, size: int) -> PlainNetwork:
    return plain_network(network_of(shape, size))


def both_passes(network: Network) -> None:
    backward(network, forward(network))


def full(shape: str, size: int, calendars: int = 1) -> Callable[[], float]:
    return lambda: cpu_ms_of(lambda: network_of(shape, size, calendars), both_passes)


def cpu_ms_of(prepare: Callable[[], Network], run: Callable[[Network], None]) -> float:
    """Processor time of `run` alone."""
    network = prepare()
    return cpu_ms(lambda: run(network))


def building(size: int) -> float:
    plan = plan_of("wide", size)
    return cpu_ms(lambda: build(plan))


def recurring() -> float:
    """Compiling the tables of a calendar whose days off recur in every way that there is, over all years."""
    plan = seed_plan()
    calendar = next(iter(plan.all(Calendar))).id
    for rule in RULES:
        plan.put(CalendarException(plan.take_number("id"), calendar, "Off", FIRST_DAY, LAST_DAY, recurrence=dict(rule)))
    return cpu_ms(lambda: build_tables(plan, [(calendar,)]))


def edit(size: int) -> float:
    """One row of a computed project made longer, with everything that an edit does: the network scheduled again, its dates
    compared with those stored, rules, receipts, journal. The calendars are compiled already."""
    document = document_of(size)
    row = max(document.plan.all(WorkItem), key=lambda item: item.id)
    length = 480 * (row.duration // 480 % 20 + 1)

    def longer() -> None:
        with document.edit("Longer") as change:
            dates.set_duration(change, row.id, length)

    return cpu_ms(longer)


@cache
def document_of(size: int) -> Document:
    """The wide plan of that size, open and placed."""
    document = Document(MemoryStorage(plan_of("wide", size)), lambda: datetime(2026, 1, 5, 9))
    with document.edit("Place") as change:
        change.reschedule = True
    return document


def recorded_edit(size: int, late: int) -> float:
    """An item of a recorded project moved by a day, and the schedule of the plan after it, for slack and health."""
    document = recorded_document_of(size, late)
    assert document.schedule() is not None
    row = next(iter(document.plan.all(WorkItem)))

    def later() -> None:
        with document.edit("Later") as change:
            dates.move(change, [row.id], 1)
        document.schedule()

    return cpu_ms(later)


@cache
def recorded_document_of(size: int, late: int) -> Document:
    """The wide plan of that size as a recorded one, all ends so many minutes later: 0 within working time."""
    plan = plan_of("wide", size).copy()
    found = schedule_of("wide", size)
    for row in list(plan.all(WorkItem)):
        start, finish = found.dates(row.id)
        plan.put(replace(row, start=start, end=finish + late))
    for project in list(plan.all(Project)):
        plan.put(replace(project, mode=ScheduleMode.RECORDED))
    return Document(MemoryStorage(plan), lambda: datetime(2026, 1, 5, 9))


def plain() -> float:
    network = plain_of("wide", LARGEST)
    return cpu_ms(network.both_passes)


def drag_p95() -> float:
    """The 95th percentile of previews of single activities dragged five days later."""
    network, found = network_of("portfolio", LARGEST), schedule_of("portfolio", LARGEST)
    rng = random.Random(1)
    later = 5 * MINUTES_PER_DAY
    times = []
    for row_id in rng.choices(network.ids.tolist(), k=DRAGS):
        start, finish = found.dates(row_id)
        begun = time.process_time()
        preview(network, found, {row_id: (start + later, finish + later)})
        times.append((time.process_time() - begun) * 1000)
    return sorted(times)[int(DRAGS * 0.95)]


def memory() -> float:
    """What a network and its schedule hold beyond the plan, in MB."""
    plan = plan_of("wide", LARGEST)
    tracemalloc.start()
    found = schedule(build(plan))
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.ids) == LARGEST
    return held / 2**20


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """Every figure's name, unit and one run of it."""
    for size in SIZES:
        yield f"schedule.network.{size}", "ms", partial(building, size)
        for shape in SHAPES:
            yield f"schedule.full.{shape}.{size}", "ms", full(shape, size)
    for size in EDITED:
        yield f"schedule.edit.{size}", "ms", partial(edit, size)
    for size in RECORDED:
        yield f"schedule.edit.recorded.{size}", "ms", partial(recorded_edit, size, 0)
        yield f"schedule.edit.off_hours.{size}", "ms", partial(recorded_edit, size, 90)
    yield "schedule.tables.recurring", "ms", recurring
    yield f"schedule.plain.wide.{LARGEST}", "ms", plain
    yield f"schedule.calendars8.{LARGEST}", "ms", full("wide", LARGEST, 8)
    yield f"schedule.drag_p95.{LARGEST}", "ms", drag_p95
    yield f"schedule.memory.{LARGEST}", "MB", memory
