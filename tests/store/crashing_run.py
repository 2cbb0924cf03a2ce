"""Edits a workspace until it is killed; after each edit it says so, and nothing before. Run by test_crash."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from milestone_desktop import files
from random_edits import random_edit


def edit_until_killed(path: Path, seed: int, told: Connection) -> None:
    """Edits, undoes and redoes; for each acknowledged entry the number of entries so far is sent."""
    rng = random.Random(seed)
    start = datetime(2026, 3, 2, 9, 0)
    times = iter(start + timedelta(seconds=number) for number in range(10**9))
    document = files.open_workspace(path, lambda: next(times))
    while True:
        step = rng.random()
        if step < 0.15 and document.history.undo:
            document.undo()
        elif step < 0.25 and document.history.redo:
            document.redo()
        elif not random_edit(rng, document):
            continue
        told.send(len(document.storage.lines()))
