"""kill -9 at a random moment: the file holds the plan after the last acknowledged edit, or one that was under way."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.workspace_file import create
from plan_factory import random_plan
from random_edits import random_edit

HERE = Path(__file__).parent
SOURCES = [HERE.parents[1] / "src", HERE.parent]


def killed_run(path: Path, seed: int, seconds: float) -> int:
    """Lets a run edit `path`, kills it `seconds` after its first edit, and returns the last entry that it acknowledged."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, SOURCES))}
    command = [sys.executable, str(HERE / "crashing_run.py"), str(path), str(seed)]
    child = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    first = child.stdout.readline()
    time.sleep(seconds)
    child.kill()
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    whole_lines = [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
    return int(whole_lines[-1])


def expected_plan(start: Plan, seed: int, entries: int) -> Plan:
    """The plan after that many entries of the same run, made in memory."""
    rng = random.Random(seed)
    clock = ClockOfTheRun()
    document = Document(MemoryStorage(start), clock)
    while len(document.storage.lines()) < entries:
        step = rng.random()
        if step < 0.15 and document.history.undo:
            document.undo()
        elif step < 0.25 and document.history.redo:
            document.redo()
        else:
            random_edit(rng, document)
    return document.plan


class ClockOfTheRun:
    def __call__(self):
        from datetime import datetime

        return datetime(2026, 3, 2, 9, 0)


def crash_and_compare(folder: Path, clock, runs: int) -> None:
    rng = random.Random(77)
    start = random_plan(rng, 25)
    for seed in range(runs):
        path = folder / f"run {seed}.milestones"
        create(path, start, clock())
        acknowledged = killed_run(path, seed, rng.uniform(0.0, 0.4))
        document = files.open_workspace(path, clock)
        entries = len(document.storage.lines())
        assert acknowledged <= entries <= acknowledged + 1
        assert document.plan == expected_plan(start.copy(), seed, entries)
        document.close()
        assert files.check(path) == []


def test_a_killed_run_loses_nothing(tmp_path, clock):
    crash_and_compare(tmp_path, clock, runs=2)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_fifty_killed_runs_lose_nothing(tmp_path, clock):
    crash_and_compare(tmp_path, clock, runs=50)


def test_a_write_cut_short_is_rolled_back(tmp_path, clock):
    """The state that a power cut leaves: pages of an unfinished edit in the file, the old ones in the rollback journal."""
    path = tmp_path / "cut.milestones"
    rng = random.Random(3)
    create(path, random_plan(rng, 30), clock())
    document = files.open_workspace(path, clock)
    before = document.plan.copy()
    connection = document.storage._connection
    connection.exec_driver_sql("PRAGMA cache_size = 1")
    connection.exec_driver_sql("PRAGMA cache_spill = 1")
    connection.exec_driver_sql("UPDATE work_item SET title = title || hex(zeroblob(3000))")
    shutil.copy(path, tmp_path / "copy.milestones")
    shutil.copy(f"{path}-journal", tmp_path / "copy.milestones-journal")
    connection.rollback()
    document.close()
    assert (tmp_path / "copy.milestones").read_bytes() != path.read_bytes()
    copy = files.open_workspace(tmp_path / "copy.milestones", clock)
    assert copy.plan == before
    copy.close()
    assert files.check(tmp_path / "copy.milestones") == []
