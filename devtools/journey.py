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
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "dist" / "milestone-desktop" / "milestone-desktop"
SCREEN = (1680, 940)
ROADMAP = "Roadmap table"
TABLES = ("table", "tree table")
PATIENCE = 40.0
"""Seconds that a step may take on a slow machine."""

POLL = 0.05
TITLE = "Journey to the coast"
RENAMED = "Kickoff by the sea"
ADDED = "Pack the boat"
VIEW = "Only the boat"


class JourneyError(Exception):
    """A step did not come to what it should."""


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
    desk.wait("the roadmap", lambda: desk.find_row(RENAMED))
    desk.wait("the item", lambda: desk.find_row(ADDED))
    desk.wait("the view in the sidebar", lambda: desk.find("list item", f"View {VIEW}"))
    desk.step("reopened")


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


class Desk:
    """The window as a screen reader sees it, and keys and mouse."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        import gi

        warnings.simplefilter("ignore", DeprecationWarning)  # of names that only newer versions have another word for
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi

        self.atspi = Atspi
        self.child = child
        self._table: Any = None
        self.frame = self.wait("the window", self._window)
        xdotool("search", "--sync", "--pid", str(child.pid), "--onlyvisible", "--name", "Milestone Desktop", "windowactivate")

    # waiting

    def wait(self, what: str, ask: Callable[[], Any]) -> Any:
        """Asks until the answer is true; returns it."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.child.poll() is not None:
                raise JourneyError(f"the program ended with {self.child.returncode} while waiting for {what}")
            try:
                found = ask()
            except Exception as error:  # noqa: BLE001  # a widget that goes while it is asked
                found, gone = None, error
                del gone, error
            if found:
                return found
            time.sleep(POLL)
        self._picture()
        raise JourneyError(f"waited {PATIENCE:.0f} s for {what}; rows: {self.titles()}; focus: {self._focused()}")

    def _picture(self) -> None:
        """Keeps what the screen shows, where there is a program for it."""
        kept = os.environ.get("JOURNEY_PICTURE")
        if kept and shutil.which("import"):
            subprocess.run(["import", "-window", "root", kept], check=False)

    def step(self, what: str) -> None:
        print(f"journey: {what}", flush=True)

    # finding

    def _window(self) -> Any:
        desktop = self.atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            application = desktop.get_child_at_index(number)
            if application is not None and application.get_process_id() == self.child.pid:
                return next((frame for frame in children(application) if frame.get_role_name() == "frame"), None)
        return None

    def find(self, role: str, name: str) -> Any:
        """The shown part of this role whose name begins so, in any window of the program."""
        return next((part for part in self._parts() if part.get_role_name() == role and self._is(part, name)), None)

    def find_named(self, name: str) -> Any:
        return next((part for part in self._parts() if self._is(part, name)), None)

    def _is(self, part: Any, name: str) -> bool:
        return bool(part.get_name().startswith(name)) and bool(part.get_state_set().contains(self.atspi.StateType.SHOWING))

    def _parts(self) -> Iterator[Any]:
        application = self.frame.get_application()
        for window in reversed(children(application)):  # dialogs first
            yield from walk(window)

    def _roadmap(self) -> Any:
        """The roadmap's table as rows and columns, or None where it is not shown."""
        table = self.find_table()
        return None if table is None else table.get_table_iface()

    def find_table(self) -> Any:
        """The roadmap's table; looked for once, since walking through a window takes long."""
        if self._table is None:
            self._table = next(
                (part for part in self._parts() if part.get_role_name() in TABLES and self._is(part, ROADMAP)), None
            )
        return self._table

    def grid(self) -> Any:
        return self.wait("the roadmap's table", self._roadmap)

    def titles(self) -> list[str]:
        """The titles in the table, as they are told."""
        grid = self._roadmap()
        if grid is None:
            return []
        return [title_in(told(grid, row, 0)) for row in range(grid.get_n_rows())]

    def find_row(self, title: str) -> int | None:
        """The row with that title, plus one; None where there is none."""
        found = self.titles()
        return found.index(title) + 1 if title in found else None

    def cell(self, title: str, heading: str) -> str:
        """What a cell tells."""
        grid = self.grid()
        row = self.find_row(title)
        if row is None:
            return ""
        names = [told(grid, row - 1, column) for column in range(grid.get_n_columns())]
        return next((name.partition(": ")[2] for name in names if name.startswith(heading)), "")

    def last_milestone(self) -> str:
        return self.titles()[-1]

    def undo_text(self) -> str:
        found = next((p for p in self._parts() if p.get_name().startswith("Undo")), None)
        return "" if found is None else f"{found.get_name()} {found.get_description()}"

    def _focused(self) -> str:
        for part in self._parts():
            if part.get_state_set().contains(self.atspi.StateType.FOCUSED):
                return f"{part.get_role_name()} {part.get_name()}"
        return ""

    # doing

    def key(self, combination: str) -> None:
        xdotool("key", "--clearmodifiers", combination)

    def type(self, text: str) -> None:
        xdotool("type", "--delay", "8", text)

    def focus(self, part: Any) -> None:
        part.get_component_iface().grab_focus()
        self.wait("the keyboard in the field", lambda: part.get_state_set().contains(self.atspi.StateType.FOCUSED))

    def select_row(self, title: str) -> None:
        self.click_row(title)

    def click_row(self, title: str, holding: str = "") -> None:
        """Clicks the title of a row."""
        box = self.box_of(title)
        x, y = box.x + min(box.width - 10, 120), box.y + box.height // 2
        xdotool("mousemove", str(x), str(y))
        if holding:
            xdotool("keydown", holding)
        xdotool("click", "1")
        if holding:
            xdotool("keyup", holding)

    def box_of(self, title: str) -> Any:
        row = self.wait(f"the row “{title}”", lambda: self.find_row(title))
        cell = self.grid().get_accessible_at(row - 1, 0)
        return cell.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)

    def drag_last(self, title: str, before: str) -> None:
        """Drags the last milestone, which stands near the right edge, to the left; tries a few places for its mark."""
        timeline = self.wait("the timeline", lambda: self.find_named("Timeline"))
        box = timeline.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        y = self.box_of(title)
        middle = y.y + y.height // 2
        for back in (30, 36, 24, 18, 42, 48, 54, 60, 12, 66, 72, 80, 90, 100):
            self.key("ctrl+0")  # a drag that took hold of nothing has panned
            x = box.x + box.width - back
            xdotool("mousemove", str(x), str(middle), "mousedown", "1")
            for part in range(1, 6):
                xdotool("mousemove", str(x + 12 * part), str(middle))
            xdotool("mouseup", "1")
            end = time.monotonic() + 1.5
            while time.monotonic() < end:
                if self.cell(title, "End Date") not in ("", before):
                    return
                time.sleep(POLL)
        self._picture()
        raise JourneyError(f"no place of the timeline took hold of “{title}” ({before})")

    def close(self) -> None:
        """Quits by the keyboard and waits for the end."""
        self.key("ctrl+q")
        try:
            code = self.child.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            raise JourneyError("the program does not close") from None
        if code != 0:
            raise JourneyError(f"the program ended with {code}")
        self.step("closed")


def told(grid: Any, row: int, column: int) -> str:
    """What a cell tells; nothing where it has gone since the rows were counted."""
    cell = grid.get_accessible_at(row, column)
    return "" if cell is None else str(cell.get_name())


def title_in(words: str) -> str:
    """The title in what is told of a cell: `Prototype ready, milestone, level 2`."""
    return words.partition(", ")[0]


def children(part: Any) -> list[Any]:
    found = (part.get_child_at_index(number) for number in range(part.get_child_count()))
    return [child for child in found if child is not None]


def walk(part: Any) -> Iterator[Any]:
    """A part and what lies in it, but not the cells of tables: these are asked for one by one."""
    yield part
    if part.get_role_name() not in ("table", "tree table", "menu bar"):
        for child in children(part):
            yield from walk(child)


def xdotool(*arguments: str) -> None:
    done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, timeout=PATIENCE, check=False)
    if done.returncode != 0:
        raise JourneyError(f"xdotool {' '.join(arguments)}: {done.stderr.strip()}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
