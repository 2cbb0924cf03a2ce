"""`milestone-desktop self-test`: does this installation work? Run inside the built program after every build.

Makes a plan from a template, edits, undoes, reopens, imports a small plan, draws PNG, SVG and PDF, opens the window, and
checks each result; everything happens in a temporary folder.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout
from datetime import datetime
from pathlib import Path

from milestone_desktop import files
from milestone_desktop.cli import main
from milestone_desktop.document.operations import activities, dates, milestones
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.projects import Project
from milestone_desktop.language import _

PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project">
  <Title>Small plan</Title><StartDate>2026-03-02T08:00:00</StartDate><MinutesPerDay>480</MinutesPerDay>
  <Tasks>
    <Task><UID>1</UID><ID>1</ID><Name>Build</Name><OutlineLevel>1</OutlineLevel><Start>2026-03-02T08:00:00</Start>
      <Finish>2026-03-06T17:00:00</Finish><Duration>PT40H0M0S</Duration><DurationFormat>7</DurationFormat></Task>
    <Task><UID>2</UID><ID>2</ID><Name>Ready</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone>
      <Start>2026-03-06T17:00:00</Start><Finish>2026-03-06T17:00:00</Finish><Duration>PT0H0M0S</Duration>
      <PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>0</LinkLag></PredecessorLink></Task>
  </Tasks>
</Project>
"""


def run() -> int:
    """Tries everything out; prints a line for each step; 0 where all went well, 1 otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="milestone-desktop-") as folder:
        for name, step in _steps(Path(folder)):
            try:
                step()
            except Exception:  # noqa: BLE001  # whatever goes wrong is this command's answer
                traceback.print_exc()
                sys.stdout.write(_("failed: {step}").format(step=name) + "\n")
                return 1
            sys.stdout.write(_("ok: {step}").format(step=name) + "\n")
    return 0


def _steps(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    file = folder / "plan.milestones"
    yield _("make a plan from a template"), lambda: _make(file)
    yield _("edit, undo, close, reopen, undo again"), lambda: _edit(file)
    yield _("import an MS Project plan"), lambda: _import(folder, file)
    yield _("draw the roadmap as PNG and SVG"), lambda: _draw(folder, file)
    yield _("print the status report"), lambda: _print(folder, file)
    yield _("open the window on it"), lambda: _open(file)
    yield _("check the file"), lambda: _expect(_command(["check", str(file)]) == 0)


def _command(words: list[str]) -> int:
    """Runs a command as from the command line; what it prints is of interest only where it fails."""
    with redirect_stdout(io.StringIO()) as printed:
        code = main(words)
    if code != 0:
        sys.stdout.write(printed.getvalue())
    return code


def _expect(condition: bool) -> None:
    if not condition:
        raise AssertionError(_("not what it should be"))


def _make(file: Path) -> None:
    made = _command(["new", str(file), "--template", "lifecycle", "--title", "Trial", "--key", "TRY", "--kickoff", "2026-11-30"])
    _expect(made == 0)
    with closing(files.open_workspace(file, datetime.now)) as document:
        _expect(document.plan.count(Milestone) == 7)


def _edit(file: Path) -> None:
    with closing(files.open_workspace(file, datetime.now)) as document:
        first = min(document.plan.all(Milestone), key=lambda row: row.id)
        before = document.plan.copy()
        with document.edit("Rename") as edit:
            activities.rename(edit, first.id, "Renamed")
        with document.edit("Move") as edit:
            dates.move(edit, [first.id], 3)
        with document.edit("Complete") as edit:
            milestones.complete(edit, first.id, edit.now, override="self-test")
        document.undo()
        after = document.plan.copy()
        _expect(len(document.receipts(first.id)) >= 1)
    with closing(files.open_workspace(file, datetime.now)) as document:
        _expect(document.plan == after)
        document.undo()
        document.undo()
        _expect(document.plan == before)


def _import(folder: Path, file: Path) -> None:
    source = folder / "small.xml"
    source.write_text(PLAN, "utf-8")
    _expect(_command(["import", str(source), str(file), "--key", "SMALL"]) == 0)
    with closing(files.open_workspace(file, datetime.now)) as document:
        _expect({project.key for project in document.plan.all(Project)} == {"TRY", "SMALL"})


def _draw(folder: Path, file: Path) -> None:
    for name, start in (("roadmap.png", b"\x89PNG"), ("roadmap.svg", b"<")):
        out = folder / name
        _expect(_command(["picture", str(file), str(out), "--project", "TRY", "--size", "1200x700"]) == 0)
        _expect(out.read_bytes().startswith(start) and out.stat().st_size > 2000)
    header = (folder / "roadmap.png").read_bytes()[:24]
    _expect(struct.unpack(">II", header[16:]) == (1200, 700))
    _expect("Client approval" in (folder / "roadmap.svg").read_text("utf-8"))


def _print(folder: Path, file: Path) -> None:
    out = folder / "report.pdf"
    _expect(_command(["report", str(file), str(out), "--project", "TRY"]) == 0)
    _expect(out.read_bytes().startswith(b"%PDF-") and out.stat().st_size > 10_000)


def _open(file: Path) -> None:
    from milestone_desktop.desktop.app import first_frame

    _expect(first_frame(file, datetime.now))
