"""Draws every page and dialog of the sample workspace as PNG files, to be looked at: `shots.py DIR [--only GLOB]`.

Light and dark at 1680 × 940, some in high contrast; also on a small screen, at twice the density, with everything twice
as large (`-200-percent`), and with long names in other scripts. No screen is needed.
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
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow

LARGE, SMALL, DOUBLED = (1680, 940), (1366, 768), (960, 540)
NOW = datetime(2026, 11, 24, 10, 0)  # a plan's times have no time zone
THEMES = ("light", "dark", "high-contrast")
IN_HIGH_CONTRAST = frozenset({"roadmap", "milestones", "milestone-uat", "dialog-complete", "welcome"})
LONG_NAMES = (
    "Abnahme der Barrierefreiheitsprüfung einschließlich Nachbesserungsfristen durch die Sicherheitsbeauftragten",
    "اعتماد خطة النشر النهائية من قبل لجنة الإشراف بعد مراجعة جميع الملاحظات",
    "Donaudampfschifffahrtsgesellschaftskapitänsprüfungsvorbereitung",
)
A_LIST = "Kickoff\t4 Dec\tMara Lindqvist\nPrototype ready\t20 Jan\tTomás Rey\tBilling\nGo-live\tsometime\tJonas Weber\n"
A_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Imported plan</Title><StartDate>2026-11-02T09:00:00</StartDate>
<Tasks><Task><UID>1</UID><ID>1</ID><Name>Design</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-02T09:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT40H0M0S</Duration></Task><Task><UID>2</UID><ID>2</ID><Name>Ready</Name>
<OutlineLevel>1</OutlineLevel><Start>2026-11-06T18:00:00</Start><Finish>2026-11-06T18:00:00</Finish>
<Duration>PT0H0M0S</Duration><Milestone>1</Milestone></Task></Tasks></Project>"""
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
            wanted = [shot for shot in _shots(ratio) if fnmatch(f"{shot[0]}-{theme}", only) and _is_drawn(shot[0], theme)]
            if wanted:
                dress(application, theme_for(ThemeChoice(theme)))
                _draw_theme(application, wanted, folder, theme, ratio, Path(scratch) / f"{theme}.ini")


def _is_drawn(name: str, theme: str) -> bool:
    return theme != "high-contrast" or name in IN_HIGH_CONTRAST


Prepare = Callable[["MainWindow"], "QWidget | None"]
"""Does what the picture shows; returns the dialog to draw, None for the window itself."""

Shot = tuple[str, tuple[int, int], bool, Prepare]
"""Name, size in logical pixels, whether the sample is shown (else an empty workspace), and what to do first."""


def _shots(ratio: int) -> Iterator[Shot]:
    if ratio == 2:
        yield "roadmap-2x", LARGE, True, _page("roadmap", "Prototype ready")
        yield "milestones-2x", LARGE, True, _page("milestones", "User acceptance")
        yield "roadmap-200-percent", DOUBLED, True, _page("roadmap", "Prototype ready")
        yield "milestones-200-percent", DOUBLED, True, _overlay("milestones", "User acceptance")
        return
    yield "welcome", LARGE, False, _nothing
    yield "welcome-small", SMALL, False, _nothing
    yield "dialog-new-project", LARGE, False, _new_project
    yield "roadmap", LARGE, True, _page("roadmap", "Prototype ready")
    yield "roadmap-small", SMALL, True, _page("roadmap", "Prototype ready")
    yield "roadmap-small-inspector", SMALL, True, _overlay("roadmap", "Prototype ready")
    yield "milestones", LARGE, True, _page("milestones", "Prototype ready")
    yield "milestones-small", SMALL, True, _page("milestones", "User acceptance")
    yield "milestone-uat", LARGE, True, _page("milestones", "User acceptance", scrolled_to="Acceptance criteria")
    yield "milestone-end", LARGE, True, _page("milestones", "Client approval", scrolled_to="Scheduling")
    yield "portfolio", LARGE, True, _portfolio
    yield "items", LARGE, True, _page("items", "Offline store")
    yield "people", LARGE, True, _page("people")
    yield "report", LARGE, True, _page("report")
    yield "dialog-complete", LARGE, True, _complete
    yield "dialog-project", LARGE, True, _project_settings
    yield "dialog-dependency", LARGE, True, _choose_dependency
    yield "dialog-paste", LARGE, True, _paste
    yield "dialog-import", LARGE, True, _import
    yield "dialog-status-date", LARGE, True, _status_date
    yield "dialog-keyboard", LARGE, True, _keyboard
    yield "dialog-about", LARGE, True, _about
    yield "dialog-error", LARGE, True, _error
    yield "failure", LARGE, True, _failure
    yield "long-names", LARGE, True, _long_names
    yield "long-names-small", SMALL, True, _page("milestones", LONG_NAMES[0])


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
            dialog = prepare(window)
            settle()
            path = folder / f"{name}-{theme}.png"
            (dialog or window).grab().save(str(path))
            print(path)
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
            window.show_inspector(size[0] >= LARGE[0])
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


def _nothing(window: MainWindow) -> QWidget | None:
    """The window as it opens."""
    return None


def _page(name: str, title: str = "", *, scrolled_to: str = "") -> Prepare:
    """Shows a page of the first project and selects the activity of a title. scrolled_to: a heading of the inspector."""

    def prepare(window: MainWindow) -> QWidget | None:
        session = window.session
        session.show_project(session.facts.projects()[0].id)
        window.show_page(name)
        settle()
        found = [row.id for row in session.plan.activities() if row.title == title and row.project == session.project_id]
        session.select(found)
        if name == "roadmap":
            window.roadmap.fit()
        settle()
        if scrolled_to:
            _scroll_inspector(window, scrolled_to)
        return None

    return prepare


def _overlay(name: str, title: str) -> Prepare:
    """The same with the inspector over the page."""

    def prepare(window: MainWindow) -> QWidget | None:
        _page(name, title)(window)
        window.show_inspector(True)
        return None

    return prepare


def _scroll_inspector(window: MainWindow, heading: str) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QLabel, QScrollArea

    area, panel = window.inspector.stack.currentWidget(), window.inspector.panel
    if not isinstance(area, QScrollArea) or panel is None:
        raise TypeError("the inspector shows nothing")
    label = next(found for found in panel.findChildren(QLabel) if found.text().startswith(heading))
    area.verticalScrollBar().setValue(label.mapTo(panel, QPoint(0, 0)).y() - 10)


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    return dialog


def _portfolio(window: MainWindow) -> QWidget | None:
    window.session.show_project(None)
    window.show_page("milestones")
    return None


def _new_project(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.new_project import NewProjectDialog

    return _shown(NewProjectDialog(window.session, window))


def _complete(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.complete import CompleteDialog
    from milestone_desktop.domain.activities import Milestone

    _page("milestones", "Prototype ready")(window)
    row = next(row for row in window.session.plan.all(Milestone) if row.title == "Prototype ready")
    return _shown(CompleteDialog(window.session, row, window))


def _project_settings(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.project import ProjectDialog

    _page("roadmap")(window)
    return _shown(ProjectDialog(window.session, window))


def _choose_dependency(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.choose import ChooseDialog

    _page("roadmap", "Prototype ready")(window)
    rows = window.session.plan.activities_where("project", window.session.project_id)
    return _shown(ChooseDialog(window.session, "Add predecessor", rows, several=True, parent=window))


def _paste(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.paste import PasteDialog

    _page("milestones")(window)
    dialog = PasteDialog(window.session, window)
    dialog.text.setPlainText(A_LIST)
    return _shown(dialog)


def _import(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
    from milestone_desktop.exchange import registry

    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "plan.xml"
        source.write_text(A_FILE, "utf-8")
        foreign = registry.read(source)
    return _shown(ImportDialog(window.session, foreign, window))


def _status_date(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog

    _page("roadmap")(window)
    return _shown(StatusDateDialog(window.session, window))


def _keyboard(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.keyboard import KeyboardDialog

    return _shown(KeyboardDialog(window.actions_.key_map(), window))


def _about(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.about import AboutDialog

    return _shown(AboutDialog(window))


def _error(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.error_report import ErrorReport
    from milestone_desktop.desktop.errors import report_text

    return _shown(ErrorReport(report_text(ZeroDivisionError("an example")), window))


def _failure(window: MainWindow) -> QWidget | None:
    from milestone_desktop.domain.messages import PlanError

    _page("milestones", "User acceptance")(window)
    window.session.fail(PlanError("“31 foo” is not a date.", "Type one such as 4 dec, next fri or +2w."))
    return None


def _long_names(window: MainWindow) -> QWidget | None:
    """Renames the first milestones; the shots after this one keep those names."""
    from milestone_desktop.document.operations import activities
    from milestone_desktop.domain.activities import Milestone

    session = window.session
    session.failed.emit("")
    session.show_project(session.facts.projects()[0].id)
    rows = session.plan.where(Milestone, "project", session.project_id)
    for row, title in zip(rows, LONG_NAMES, strict=False):
        with session.edit("Rename") as edit:
            activities.rename(edit, row.id, title)
    return _page("roadmap", LONG_NAMES[1])(window)


if __name__ == "__main__":
    sys.exit(main())
