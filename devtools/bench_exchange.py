"""Bench figures of the exchange room: how long the largest real plan takes to come in."""

from __future__ import annotations

import os
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from pathlib import Path

from measure import cpu_ms
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.apply import bring_in

ARCHIVE = "insisoc-mspdi.tar.xz"


def data_archive() -> Path:
    """Where the real plans lie: beside the project, or where `MILESTONE_TEST_DATA` says."""
    folder = os.environ.get("MILESTONE_TEST_DATA", Path(__file__).parents[2] / "shared" / "data")
    return Path(folder) / ARCHIVE


@cache
def largest_plan() -> tuple[tempfile.TemporaryDirectory[str], Path]:
    """The plan with the most tasks, unpacked into a folder that lives as long as the process."""
    folder = tempfile.TemporaryDirectory(prefix="milestone-bench-")
    most, chosen = -1, b""
    with tarfile.open(data_archive(), "r|xz") as tar:
        for member in tar:
            file = tar.extractfile(member) if member.name.endswith(".xml") else None
            if file is None:
                continue
            data = file.read()
            tasks = data.count(b"<Task>")
            if tasks > most:
                most, chosen = tasks, data
    path = Path(folder.name) / "largest.xml"
    path.write_bytes(chosen)
    return folder, path


def import_largest() -> float:
    """CPU seconds from the file to a plan that holds it: parse and one edit, rules and receipts included."""
    _, path = largest_plan()
    document = Document(MemoryStorage(seed_plan()), lambda: datetime(2026, 1, 5, 9))  # instants have no zone

    def run() -> None:
        with document.edit("import") as edit:
            bring_in(edit, registry.read(path))

    return cpu_ms(run) / 1000


def figures() -> Iterable[tuple[str, str, Callable[[], float]]]:
    if not data_archive().exists():
        print(f"bench: import.largest: the real plans are not here: {data_archive()}", file=sys.stderr)
        return ()
    return (("import.largest", "s", import_largest),)
