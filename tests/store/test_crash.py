"""kill -9 at a random moment: the file holds the plan after the last acknowledged edit, or one that was under way."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from crashing_run import edit_until_killed

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.plan import Plan
from milestone_desktop.store.workspace_file import create
from plan_factory import random_plan
from random_edits import random_edit

# Starting Python and importing everything takes longer than a run: where the system can, runs are forked from a process that
# has done so.
PROCESSES = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")


@pytest.fixture(autouse=True)
def forked_runs(monkeypatch):
    """Lets the process that runs are forked from find what it imports once for all."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    PROCESSES.set_forkserver_preload(["crashing_run"])


def killed_run(path: Path, seed: int, seconds: float) -> int:
    """Lets a run edit `path`, kills it `seconds` after its first edit, and returns the last entry that it acknowledged."""
    told, telling = PROCESSES.Pipe(duplex=False)
    child = PROCESSES.Process(target=edit_until_killed, args=(path, seed, telling), daemon=True)
    child.start()
    telling.close()
    acknowledged = int(told.recv())
    time.sleep(seconds)
    child.kill()
    child.join()
    with suppress(EOFError):
        while True:
            acknowledged = int(told.recv())
    told.close()
    assert os.name == "nt" or child.exitcode == -signal.SIGKILL
    child.close()
    return acknowledged


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
