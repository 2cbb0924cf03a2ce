"""A command line, workspaces to point it at, and a small plan to import."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from command_line import NOW, CommandLine

from milestone_desktop import files
from milestone_desktop.document.operations import items, milestones, projects
from milestone_desktop.domain.instants import instant
from milestone_desktop.self_test import PLAN

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(capsys)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A workspace with one project laid out from the lifecycle template."""
    path = tmp_path / "plan.milestones"
    path.write_bytes(plan_bytes())
    return path


@cache
def plan_bytes() -> bytes:
    """The file of `plan`, made once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.milestones"
        files.new_from_template(path, lambda: NOW, "lifecycle", "Aurora mobile app", "AUR", "2026-09-01").close()
        return path.read_bytes()


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A workspace with two projects, both with a milestone M1; the first was once called OLD."""
    path = tmp_path / "two.milestones"
    document = files.new_workspace(path, lambda: NOW)
    with document.edit("Add") as edit:
        first = projects.create(edit, "First", key="OLD", start=instant(2026, 9, 1, 9))
        second = projects.create(edit, "Second", key="SEC", start=instant(2026, 9, 1, 9))
        milestones.create(edit, first.id, "Ready", instant(2026, 12, 4, 17))
        milestones.create(edit, first.id, "Shipped", instant(2026, 12, 18, 17), code="SHIP")
        milestones.create(edit, second.id, "Moved in", instant(2027, 1, 15, 17))
        items.create(edit, second.id, "Pack", start=instant(2027, 1, 4, 9), end=instant(2027, 1, 8, 17))
        projects.set_fields(edit, first.id, key="FIR")
    document.close()
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A small Microsoft Project XML file in a folder of its own."""
    folder = tmp_path / "from"
    folder.mkdir()
    path = folder / "small.xml"
    path.write_text(PLAN, "utf-8")
    return path
