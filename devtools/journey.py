#!/usr/bin/python3
"""A person's first quarter of an hour with the built program, on a screen of its own, by keys, mouse and AT-SPI only.

    devtools/journey.py [PROGRAM [ARGUMENT ...]]      default: dist/milestone-desktop/milestone-desktop

New from a template → rename → add an item → link → drag a milestone → undo → filter → save a view → close → reopen → all
there. Needs Debian's xvfb, openbox, xdotool, dbus, at-spi2-core and gir1.2-atspi-2.0 with python3-gi, so it runs with the
system's Python and imports nothing of the program. Every step waits until the window shows what it asks for, and fails
with what it saw instead.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from journey_desk import Desk, JourneyError

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "dist" / "milestone-desktop" / "milestone-desktop"
SCREEN = (1680, 940)
TITLE = "Journey to the coast"
RENAMED = "Kickoff by the sea"
ADDED = "Pack the boat"
VIEW = "Only the boat"


def main(arguments: list[str]) -> int:
    """Runs the journey; returns the exit code."""
    if os.environ.get("JOURNEY_DISPLAY") is None:
        return _with_a_screen(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="journey-") as folder, ExitStack() as stack:
        stack.enter_context(running(["openbox"]))
        try:
            travel(arguments or [str(BUILT)], Path(folder))
        except JourneyError as error:
            print(f"journey: {error}", file=sys.stderr)
            return 1
    print(f"journey: all there after {time.monotonic() - began:.0f} s")
    return 0


def _with_a_screen(arguments: list[str]) -> int:
    """Starts a screen and a session bus and goes on inside them."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool", "dbus-run-session") if shutil.which(name) is None]
    if missing:
        print(f"journey: {', '.join(missing)} must be installed", file=sys.stderr)
        return 2
    reading, writing = os.pipe()
    width, height = SCREEN
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp"],
        pass_fds=(writing,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    try:
        with os.fdopen(reading) as pipe:
            display = f":{pipe.readline().strip()}"
        environment = os.environ | {"DISPLAY": display, "JOURNEY_DISPLAY": display, "NO_AT_BRIDGE": "0"}
        command = ["dbus-run-session", "--", "/usr/bin/python3", __file__, *arguments]
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        server.terminate()
        server.wait()


@contextmanager
def running(command: list[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A child that is ended at the end."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)
    try:
        yield child
    finally:
        if child.poll() is None:
            child.terminate()
            try:
                child.wait(5)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


# the journey


def travel(program: list[str], folder: Path) -> None:
    """Every step in turn."""
    workspace = folder / "coast.milestones"
    environment = _environment(folder)
    with opened(program, workspace, environment) as desk:
        new_from_template(desk)
        rename_first_milestone(desk)
        add_item(desk)
        link_two_rows(desk)
        drag_and_undo(desk)
        filter_rows(desk)
        save_view(desk)
        desk.close()
    check_file(program, workspace, environment)
    with opened(program, workspace, environment) as desk:
        all_there(desk)
        desk.close()
    check_file(program, workspace, environment)


def new_from_template(desk: Desk) -> None:
    """The first template, with a title of one's own."""
    desk.wait("the welcome page", lambda: desk.find("push button", "New workspace") or desk.find_named("Welcome"))
    desk.key("ctrl+shift+n")
    field = desk.wait("the dialog of a new project", lambda: desk.find("text", "Title"))
    desk.focus(field)
    desk.type(TITLE)
    desk.key("Return")
    desk.wait("the roadmap", lambda: desk.find_row("Project kickoff"))
    desk.step("new from template")


def rename_first_milestone(desk: Desk) -> None:
    desk.select_row("Project kickoff")
    desk.key("F2")
    desk.key("ctrl+a")
    desk.type(RENAMED)
    desk.key("Return")
    desk.wait("the new title", lambda: desk.find_row(RENAMED))
    desk.step("renamed")


def add_item(desk: Desk) -> None:
    desk.select_row(RENAMED)
    desk.key("ctrl+i")
    desk.key("ctrl+a")
    desk.type(ADDED)
    desk.key("Return")
    desk.wait("the new item", lambda: desk.find_row(ADDED))
    desk.key("Escape")
    desk.step("added an item")


def link_two_rows(desk: Desk) -> None:
    """The renamed milestone before the new item: their predecessors show in the list of links."""
    desk.select_row(RENAMED)
    desk.click_row(ADDED, holding="ctrl")
    desk.key("ctrl+l")
    desk.wait("the link in the undo action", lambda: (desk.undo_text().startswith("Undo") and "link" in desk.undo_text().lower())
              or "depend" in desk.undo_text().lower())  # fmt: skip
    desk.step("linked")


def drag_and_undo(desk: Desk) -> None:
    """The last milestone stands at the right edge of the fitted timeline: it is dragged to the left, and put back."""
    title = desk.last_milestone()
    desk.select_row(RENAMED)
    desk.key("ctrl+End")
    desk.wait("the last row in view", lambda: desk.in_view(title))
    before = desk.cell(title, "End Date")
    desk.drag_last(title, before)
    after = desk.cell(title, "End Date")
    desk.key("ctrl+z")
    desk.wait("the date as it was", lambda: desk.cell(title, "End Date") == before)
    desk.step(f"dragged {title} from {before} to {after}, and undone")


def filter_rows(desk: Desk) -> None:
    everything = len(desk.titles())
    desk.key("ctrl+shift+f")
    desk.type("boat")
    desk.key("Return")
    desk.wait("fewer rows", lambda: ADDED in desk.titles() and len(desk.titles()) < everything)
    desk.step("filtered")


def save_view(desk: Desk) -> None:
    """What is shown now, filter and all, as a view of its own in the sidebar."""
    desk.key("ctrl+alt+s")
    field = desk.wait("the name of the view", lambda: desk.find("text", "Name"))
    desk.focus(field)
    desk.key("ctrl+a")
    desk.type(VIEW)
    desk.key("Return")
    desk.wait("the view in the sidebar", lambda: desk.find("list item", f"View {VIEW}"))
    desk.step("saved a view")


def all_there(desk: Desk) -> None:
    """The view that was shown last is shown again, with its filter; without it, everything else is there."""
    desk.wait("the view in the sidebar", lambda: desk.find("list item", f"View {VIEW}"))
    desk.wait("the item", lambda: desk.find_row(ADDED))
    if desk.find_row(RENAMED):
        raise JourneyError("the filter did not come back")
    desk.step("reopened where it was closed")
    desk.key("ctrl+alt+BackSpace")
    desk.wait("all rows", lambda: desk.find_row(RENAMED))
    if not desk.find_row(ADDED):
        raise JourneyError("the item has gone")
    desk.step("everything there")


def check_file(program: list[str], workspace: Path, environment: dict[str, str]) -> None:
    """What the command line says of the file."""
    told = subprocess.run([*program, "check", str(workspace)], env=environment, capture_output=True, text=True, check=False)
    if told.returncode != 0:
        raise JourneyError(f"check: {told.stdout}{told.stderr}")
    listed = subprocess.run(
        [*program, "list", str(workspace), "--json"], env=environment, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        raise JourneyError(f"list: {listed.stderr}")
    text = json.dumps(json.loads(listed.stdout))
    for wanted in (TITLE, RENAMED):
        if wanted not in text:
            raise JourneyError(f"the file does not hold “{wanted}”: {text[:400]}")
    print("journey: the file is whole and holds everything", flush=True)


def _environment(folder: Path) -> dict[str, str]:
    """Settings, caches and documents of a person who has never used the program."""
    made = dict(os.environ)
    made |= {name: str(folder / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "HOME")}
    made |= {"QT_QPA_PLATFORM": "xcb", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
    for name in ("QT_SCALE_FACTOR", "PYTHONHOME"):
        made.pop(name, None)
    return made


@contextmanager
def opened(program: list[str], workspace: Path, environment: dict[str, str]) -> Iterator[Desk]:
    """The running program with its window."""
    errors = Path(environment["HOME"]).with_name("stderr.txt")
    with errors.open("wb") as kept:
        child = subprocess.Popen([*program, str(workspace)], env=environment, stdout=kept, stderr=kept)
        try:
            yield Desk(child)
        except JourneyError as error:
            raise JourneyError(f"{error}\n{errors.read_text(errors='replace')[-2000:]}") from None
        else:
            told = errors.read_text(errors="replace")
            if "Traceback" in told:
                raise JourneyError(f"the program reported an error:\n{told[-2000:]}")
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
