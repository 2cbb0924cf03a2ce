"""Figures of the workspace file: loading plans of several sizes, and one edit from the person's word to the disk."""

from __future__ import annotations

import gc
import sys
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial
from itertools import count
from pathlib import Path

from measure import cpu_ms, wall_ms

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from milestone_desktop import files
from milestone_desktop.document.document import Document
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.store.workspace_file import create, open_
from plan_factory import full_plan

NOW = datetime(2026, 3, 2, 9, 0)
SIZES = (1000, 10_000, 100_000)
NUMBERS = count()


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    """`load.N`: CPU seconds for N full work items and 2 N links from file to plan; `commit.one_edit`: wall ms."""
    for size in SIZES:
        yield f"load.{size}", "s", partial(load_seconds, size)
    yield "commit.one_edit", "ms", commit_ms


def load_seconds(size: int) -> float:
    """CPU seconds from opening the file to the plan."""
    path = workspace(size)
    gc.collect()
    return cpu_ms(lambda: open_and_load(path)) / 1000


def open_and_load(path: Path) -> None:
    """Opens the file and reads all of it."""
    storage = open_(path, NOW, read_only=True)
    storage.load()
    storage.close()


def commit_ms() -> float:
    """Milliseconds that pass while one title of 10 000 work items is edited: rules, receipts, file, disk."""
    document = opened_document()
    item = document.plan[WorkItem, next(iter(document.plan.all(WorkItem))).id]
    return wall_ms(lambda: rename(document, item, f"Work {next(NUMBERS)}"))


def rename(document: Document, item: WorkItem, title: str) -> None:
    """One edit of one field."""
    with document.edit("Rename work item") as edit:
        edit.update(item, title=title)


@cache
def folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for the files measured, removed when the program ends."""
    return tempfile.TemporaryDirectory(prefix="bench-store-")


@cache
def workspace(size: int) -> Path:
    """A file with `size` full work items and twice as many links."""
    path = Path(folder().name) / f"{size}.milestones"
    create(path, full_plan(size, 2 * size), NOW)
    return path


@cache
def opened_document() -> Document:
    """A workspace of 10 000 work items, open for editing."""
    path = Path(folder().name) / "edited.milestones"
    create(path, full_plan(10_000, 20_000), NOW)
    return files.open_workspace(path, lambda: NOW)
