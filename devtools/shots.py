"""Draws every page of the sample workspace as PNG files, to be looked at: `shots.py DIR [--only GLOB]`.

Light and dark at 1680 × 940; the roadmap also at twice the density and on a small screen. No screen is needed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from tempfile import TemporaryDirectory

LARGE, SMALL = (1680, 940), (1366, 768)
NOW = datetime(2026, 11, 24, 10, 0)  # a plan's times have no time zone
THEMES = ("light", "dark")
WAIT_MS = 60_000


def main() -> int:
    """Draws what the command line asks for; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="*", help="names to draw, such as 'roadmap*'")
    parser.add_argument("--ratio", type=int, default=1, help="device pixels to a logical one")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    if os.environ.get("QT_SCALE_FACTOR") != str(arguments.ratio):
        return _draw_in_child(arguments.folder, arguments.only, arguments.ratio)
    draw(arguments.folder, arguments.only, arguments.ratio)
    if arguments.ratio == 1:
        return _draw_in_child(arguments.folder, arguments.only, 2)
    return 0


def _draw_in_child(folder: Path, only: str, ratio: int) -> int:
    """The density of a screen is fixed when Qt starts, so each density has its own process."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)}
    command = [sys.executable, __file__, str(folder), "--only", only, "--ratio", str(ratio)]
    return subprocess.run(command, env=environment, check=False).returncode


def draw(folder: Path, only: str, ratio: int) -> None:
    """Draws the pages in this process."""
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.theme import ThemeChoice, dress, load_fonts, theme_for

    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is already running")
    load_fonts()
    with TemporaryDirectory() as scratch:
        for theme in THEMES:
            wanted = [shot for shot in _shots(ratio) if fnmatch(f"{shot[0]}-{theme}", only)]
            if wanted:
                dress(application, theme_for(ThemeChoice(theme)))
                _draw_theme(application, wanted, folder, theme, ratio, Path(scratch) / f"{theme}.ini")


Prepare = Callable[["object"], None]
Shot = tuple[str, tuple[int, int], bool, Prepare]
"""Name, size in logical pixels, whether the sample is shown (else an empty workspace), and what to do first."""


def _shots(ratio: int) -> Iterator[Shot]:
    if ratio == 2:
        yield "roadmap-2x", LARGE, True, _page("roadmap", "Prototype ready")
        yield "milestones-2x", LARGE, True, _page("milestones", "User acceptance")
        return
    yield "welcome", LARGE, False, _nothing
    yield "welcome-small", SMALL, False, _nothing
    yield "roadmap", LARGE, True, _page("roadmap", "Prototype ready")
    yield "roadmap-small", SMALL, True, _page("roadmap", "Prototype ready")
    yield "milestones", LARGE, True, _page("milestones", "User acceptance")
    yield "milestones-small", SMALL, True, _page("milestones", "User acceptance")
    yield "portfolio", LARGE, True, _portfolio
    yield "items", LARGE, True, _page("items", "Offline store")
    yield "people", LARGE, True, _page("people")
    yield "report", LARGE, True, _page("report")


def _draw_theme(application: object, wanted: list[Shot], folder: Path, theme: str, ratio: int, settings: Path) -> None:
    from milestone_desktop.desktop.app import Desk
    from milestone_desktop.desktop.settings import Settings
    from milestone_desktop.desktop.theme import ThemeChoice
    from milestone_desktop.document import sample
    from milestone_desktop.document.document import Document
    from milestone_desktop.document.storage import MemoryStorage
    from milestone_desktop.domain.seeds import seed_plan

    kept = Settings(settings)
    kept.theme = ThemeChoice(theme)
    for filled in (False, True):
        shots = [shot for shot in wanted if shot[2] is filled]
        if not shots:
            continue
        storage = MemoryStorage(seed_plan())
        if filled:
            sample.fill(storage, NOW.toordinal())
        desk = Desk(kept, lambda: NOW)
        window = desk.show(Document(storage, lambda: NOW), None)
        for name, size, _filled, prepare in shots:
            window.resize(*size)
            settle()
            prepare(window)
            settle()
            path = folder / f"{name}-{theme}.png"
            window.grab().save(str(path))
            print(path)
        window.close()
        window.deleteLater()
        settle()


def settle() -> None:
    """Lets Qt lay out and finish what runs beside the window."""
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication

    for _round in range(4):
        QApplication.processEvents()
        QThreadPool.globalInstance().waitForDone(WAIT_MS)
        QApplication.processEvents()


def _nothing(window: object) -> None:
    """The window as it opens."""


def _page(name: str, title: str = "") -> Prepare:
    """Shows a page of the first project and selects the activity of a title."""

    def prepare(window: object) -> None:
        from milestone_desktop.desktop.window import MainWindow

        if not isinstance(window, MainWindow):
            raise TypeError("not the main window")
        session = window.session
        session.show_project(session.facts.projects()[0].id)
        window.show_page(name)
        settle()
        found = [row.id for row in session.plan.activities() if row.title == title and row.project == session.project_id]
        session.select(found)
        if name == "roadmap":
            window.roadmap.fit()

    return prepare


def _portfolio(window: object) -> None:
    from milestone_desktop.desktop.window import MainWindow

    if not isinstance(window, MainWindow):
        raise TypeError("not the main window")
    window.session.show_project(None)
    window.show_page("milestones")


if __name__ == "__main__":
    sys.exit(main())
