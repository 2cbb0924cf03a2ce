"""Bench figures of the window: a painted frame while scrolling the roadmap, the program's start, and its memory."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from measure import child_cpu_ms, cpu_ms
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.seeds import seed_plan

if TYPE_CHECKING:
    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

ROOT = Path(__file__).resolve().parents[1]
CHILD = Path(__file__).with_name("frames_child.py")
NOW = datetime(2024, 3, 1, 9)
WIDTH, HEIGHT = 1920, 1080
FRAMES = 40
STEP = 96
"""Pixels a frame: one notch of the wheel."""

LINKS_A_ROW = 2
ITEMS_A_MILESTONE = 20


def big_plan(n_items: int) -> Plan:
    """A plan of `n_items` rows in one project, every twentieth of them a milestone, with two links a row."""
    sys.path.insert(0, str(ROOT / "tests"))
    from plan_factory import full_plan

    n_milestones = n_items // ITEMS_A_MILESTONE
    plan: Plan = full_plan(n_items - n_milestones, LINKS_A_ROW * n_items)
    project = next(iter(plan.all(Project)))
    items = sorted(plan.all(WorkItem), key=lambda item: item.id)
    for number in range(n_milestones):
        item = items[min(number * ITEMS_A_MILESTONE, len(items) - 1)]
        end = (item.end or 0) + MINUTES_PER_DAY
        plan.put(
            Milestone(plan.take_number("id"), project.id, f"Gate {number}", item.parent, item.order + 0.5, f"M{number}", end=end)
        )
    return plan


@cache
def opened_page(n_items: int) -> RoadmapPage:
    """The Roadmap page on a big plan, 1920 × 1080, offscreen; kept for all runs."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.pages.roadmap import RoadmapPage
    from milestone_desktop.desktop.session import Session
    from milestone_desktop.desktop.theme import dress, load_fonts, load_theme
    from milestone_desktop.document.document import Document
    from milestone_desktop.document.storage import MemoryStorage

    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme = load_theme("light")
    if isinstance(application, QApplication):
        load_fonts()
        dress(application, theme)
    plan = big_plan(n_items)
    session = Session(Document(MemoryStorage(plan), lambda: NOW), theme)
    session.show_project(next(iter(plan.all(Project))).id)
    page = RoadmapPage(session)
    page.resize(WIDTH, HEIGHT)
    page.show()
    page.enter()
    page.set_scale("week")
    QApplication.processEvents()
    return page


def scroll_frame(n_items: int) -> float:
    """CPU ms of one painted frame, table and timeline, averaged over a run down the plan."""
    from PySide6.QtWidgets import QApplication

    page = opened_page(n_items)
    bar = page.body.verticalScrollBar()
    begin = bar.maximum() // 2
    bar.setValue(begin)
    page.axis.centre(int(page.model.rows.end[len(page.model.ids) // 2]))
    QApplication.processEvents()

    def run() -> None:
        for frame in range(1, FRAMES + 1):
            bar.setValue(begin + frame * STEP)
            QApplication.processEvents()

    return cpu_ms(run) / FRAMES


@cache
def workspace(n_items: int) -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """A workspace file with `n_items` items, in a folder that lives as long as the process. 0: a new, empty one."""
    from milestone_desktop.store.workspace_file import create

    folder = tempfile.TemporaryDirectory(prefix="milestone-bench-")
    path = Path(folder.name) / "bench.milestones"
    create(path, big_plan(n_items) if n_items else seed_plan(), NOW)
    return folder, path


def open_window(n_items: int, *more: str) -> float:
    """CPU ms of a child that opens the window on a workspace and ends after its first painted frame."""
    _, path = workspace(n_items)
    paths = os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])
    return child_cpu_ms([sys.executable, str(CHILD), str(path), *more], {"PYTHONPATH": paths})


def memory(n_items: int) -> float:
    """Peak resident memory in MB of the program with its window open."""
    with tempfile.TemporaryDirectory(prefix="milestone-bench-") as folder:
        peak = Path(folder) / "peak"
        open_window(n_items, str(peak))
        return float(peak.read_text())


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """Name, unit and one run of each figure."""
    for count in (1_000, 10_000, 100_000):
        yield f"frame.scroll.{count}", "ms", partial(scroll_frame, count)
    for count in (0, 1_000, 10_000):
        yield f"start.{count}", "ms", partial(open_window, count)
    yield "memory.10000", "MB", partial(memory, 10_000)
