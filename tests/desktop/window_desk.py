"""A running window over a workspace file, and what a person does at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, QSize, Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from milestone_desktop import files
from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.settings import Settings
from milestone_desktop.desktop.theme import ThemeChoice, dress, load_fonts, theme_for
from milestone_desktop.desktop.window import MainWindow
from milestone_desktop.document.operations.templates import create_project
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.plan import Plan
from milestone_desktop.template_choice import all_templates

NOW = datetime(2026, 11, 23, 14, 2)
KICKOFF = date(2026, 11, 2).toordinal()
Key = Qt.Key


class OpenDesk:
    """The desk, its one window, and shorthands."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = Settings(folder / "settings.ini")
        self.settings.theme = ThemeChoice.LIGHT
        self.desk = Desk(self.settings, lambda: NOW)

    @property
    def window(self) -> MainWindow:
        window = self.desk.window
        assert window is not None
        return window

    @property
    def plan(self) -> Plan:
        return self.window.session.plan

    def milestone(self, title: str) -> Milestone:
        return next(row for row in self.plan.all(Milestone) if row.title == title)

    def item(self, title: str) -> WorkItem:
        return next(row for row in self.plan.all(WorkItem) if row.title == title)

    def table(self) -> TablePage:
        """The table page in front."""
        page = self.window.page
        assert isinstance(page, TablePage)
        return page

    def titles(self) -> list[str]:
        """The titles in the table in front, from top to bottom."""
        rows = (self.plan.activity(row_id) for row_id in self.table().model.ids)
        return [row.title for row in rows if row is not None]

    def edits(self) -> int:
        """How many edits could be undone."""
        return len(self.window.session.document.history.undo_labels())

    def show(self, page: str) -> None:
        self.window.show_page(page)
        settle()

    def select(self, activity: Activity) -> None:
        self.window.session.select([activity.id])
        settle()

    def do(self, action: str) -> None:
        """Triggers an action of the table, as its menu entry or key does."""
        made = self.window.actions_[action]
        assert made.isEnabled(), f"{action} is not enabled"
        made.trigger()
        settle()

    def click_cell(self, row_id: int, column: str) -> None:
        """Clicks a cell of the table in front."""
        page = self.table()
        QTest.mouseClick(page.view.viewport(), Qt.MouseButton.LeftButton, pos=self.cell(row_id, column))
        settle()

    def cell(self, row_id: int, column: str) -> QPoint:
        page = self.table()
        section = [one.id for one in page.model.columns].index(column)
        row = page.model.row_of(row_id)
        assert row is not None
        index = page.model.index(row, section)
        page.view.scrollTo(index)
        return page.view.visualRect(index).center()


@cache
def workspace_bytes(filled: bool) -> bytes:
    """A new workspace file; with a project laid out from the lifecycle template where `filled`. Made once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "work.milestones"
        document = files.new_workspace(path, lambda: NOW)
        if filled:
            with document.edit("Lay out") as edit:
                create_project(edit, all_templates(document.plan)[0], "Aurora", KICKOFF, key="AUR")
        document.close()
        return path.read_bytes()


@contextmanager
def open_desk(folder: Path, *, filled: bool) -> Iterator[OpenDesk]:
    """Opens a window over a new file in `folder` and closes it at the end."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    load_fonts()
    dress(application, theme_for(ThemeChoice.LIGHT))
    path = folder / "work.milestones"
    path.write_bytes(workspace_bytes(filled))
    desk = OpenDesk(folder)
    desk.desk.open_workspace(path)
    desk.window.resize(QSize(1680, 940))
    settle()
    try:
        yield desk
    finally:
        desk.window.close()
        desk.window.deleteLater()
        settle()


def settle() -> None:
    """Lets Qt finish what it has begun."""
    for _round in range(3):
        QApplication.processEvents()


def finish_jobs() -> None:
    """Waits for work beside the window and takes its results."""
    QThreadPool.globalInstance().waitForDone(60_000)
    settle()


def type_text(widget: QWidget, text: str) -> None:
    """Types over what a field holds."""
    widget.setFocus()
    QTest.keyClick(widget, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(widget, text)


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, modifier)
    settle()


def answer(act: Callable[[QDialog], None]) -> None:
    """Has `act` deal with the next modal dialog."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            try:
                act(dialog)
            finally:  # a test that fails in a dialog does not hang in it
                if dialog.isVisible():
                    dialog.reject()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
