"""Bench figures of the window: painted frames of the roadmap, the program's start, and its memory.

Frames are drawn by `frame_runs` in a process for each size of plan and density of screen, 1920 × 1080 logical pixels.
"""

from __future__ import annotations

import atexit
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path

from frame_runs import NOW, ROOT, big_plan
from measure import child_cpu_ms
from milestone_desktop.domain.seeds import seed_plan

CHILD = Path(__file__).with_name("frames_child.py")
FRAME_CHILD = Path(__file__).with_name("frame_runs.py")
SIZES = (1_000, 10_000, 100_000)
RUNS = ("scroll", "jump", "pan", "zoom", "drag")
MOST_OF_20 = 18
"""The place of the 95 % value among the 20-quantiles."""


@cache
def frame_child(rows: int, ratio: int) -> subprocess.Popen[str]:
    """The process that draws frames of a plan at a density; it lives as long as this one."""
    child = subprocess.Popen(
        [sys.executable, str(FRAME_CHILD), str(rows)],
        env={**os.environ, **paths(), "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    atexit.register(child.kill)
    return child


def times(rows: int, ratio: int, run: str) -> list[float]:
    """CPU ms of each frame of one run."""
    child = frame_child(rows, ratio)
    if child.stdin is None or child.stdout is None:
        raise RuntimeError("the child has no pipes")
    child.stdin.write(run + "\n")
    child.stdin.flush()
    answer = child.stdout.readline()
    if not answer:
        raise RuntimeError(f"the child that draws {rows} rows has ended")
    found: list[float] = json.loads(answer)
    return found


def median(rows: int, ratio: int, run: str) -> float:
    """The usual frame of a run."""
    return statistics.median(times(rows, ratio, run))


def p95(rows: int, ratio: int, run: str) -> float:
    """The frame that nineteen of twenty are no longer than."""
    return statistics.quantiles(times(rows, ratio, run), n=20, method="inclusive")[MOST_OF_20]


def paths() -> dict[str, str]:
    """Where a child finds the program."""
    return {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])])}


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
    return child_cpu_ms([sys.executable, str(CHILD), str(path), *more], paths())


def memory(n_items: int) -> float:
    """Peak resident memory in MB of the program with its window open."""
    with tempfile.TemporaryDirectory(prefix="milestone-bench-") as folder:
        peak = Path(folder) / "peak"
        open_window(n_items, str(peak))
        return float(peak.read_text())


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """Name, unit and one run of each figure."""
    for count in SIZES:
        for run in RUNS:
            for ratio in (1, 2):
                yield f"frame.{run}.{count}.{ratio}x.median", "ms", partial(median, count, ratio, run)
                yield f"frame.{run}.{count}.{ratio}x.p95", "ms", partial(p95, count, ratio, run)
        yield f"first_paint.{count}", "ms", partial(median, count, 1, "first_paint")
        yield f"memory.{count}", "MB", partial(memory, count)
    for count in (0, 1_000, 10_000):
        yield f"start.{count}", "ms", partial(open_window, count)
