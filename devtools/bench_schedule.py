"""Figures of the scheduler: building a network, both passes, several calendars, dragging, memory; and plain Python passes."""

from __future__ import annotations

import random
import time
import tracemalloc
from collections.abc import Callable, Iterable
from functools import cache, partial

from measure import cpu_ms
from milestone_desktop.domain.activities import Dependency, WorkItem
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project, WorkflowState
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.scheduling.network import Network, build
from milestone_desktop.scheduling.passes import backward, forward
from milestone_desktop.scheduling.preview import preview
from milestone_desktop.scheduling.schedule import Schedule, schedule
from plain_passes import PlainNetwork, plain_network

SHAPES = ("wide", "portfolio", "chain")
SIZES = (1_000, 10_000, 100_000)
LARGEST = SIZES[-1]
DRAGS = 200
LEVELS = 50
PER_PROJECT = 100


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
    yield f"schedule.plain.wide.{LARGEST}", "ms", plain
    yield f"schedule.calendars8.{LARGEST}", "ms", full("wide", LARGEST, 8)
    yield f"schedule.drag_p95.{LARGEST}", "ms", drag_p95
    yield f"schedule.memory.{LARGEST}", "MB", memory
