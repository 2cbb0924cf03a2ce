"""A running window as a screen reader sees it, with keys and mouse: what the journey travels by.

Needs xdotool, AT-SPI and the system's Python, and imports nothing of the program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from typing import Any

ROADMAP = "Roadmap table"
TABLES = ("table", "tree table")
PATIENCE = 40.0
"""Seconds that a step may take on a slow machine."""

POLL = 0.05


class JourneyError(Exception):
    """A step did not come to what it should."""


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

    def in_view(self, title: str) -> bool:
        """Whether a row stands within the table."""
        table = self.find_table().get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        box = self.box_of(title)
        return bool(table.y < box.y and box.y + box.height <= table.y + table.height)

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
