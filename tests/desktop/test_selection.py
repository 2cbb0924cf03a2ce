"""Selection is one thing: table, timeline, inspector, find, palette and portfolio show the same; so do progress and health.

Over random plans, chosen in a random place each time.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from window_desk import NOW, settle

from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.pages.halves import TABLE, TIMELINE
from milestone_desktop.desktop.pages.portfolio import LanesPage
from milestone_desktop.desktop.pages.table_page import TablePage
from milestone_desktop.desktop.palette.dialog import PaletteDialog
from milestone_desktop.desktop.settings import Settings
from milestone_desktop.desktop.signs import health_text
from milestone_desktop.desktop.theme import ThemeChoice, dress, load_fonts, theme_for
from milestone_desktop.desktop.window import MainWindow
from milestone_desktop.desktop.words import percent_text
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from plan_factory import random_plan

Key = Qt.Key


@contextmanager
def window_over(seed: int, folder: Path, size: int = 40) -> Iterator[MainWindow]:
    """A window over a random plan, on the first project."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    load_fonts()
    dress(application, theme_for(ThemeChoice.LIGHT))
    settings = Settings(folder / "settings.ini")
    settings.theme = ThemeChoice.LIGHT
    plan = random_plan(random.Random(seed), size)
    window = Desk(settings, lambda: NOW).show(Document(MemoryStorage(plan), lambda: NOW), None)
    window.resize(1680, 940)
    settle()
    try:
        yield window
    finally:
        window.close()
        window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        settle()


def in_table(window: MainWindow) -> set[int]:
    """What the roadmap's table shows as selected."""
    table, model = window.roadmap.table, window.roadmap.model
    return {model.id_at(index.row()) for index in table.selectionModel().selectedIndexes() if model.id_at(index.row()) > 0}


def in_timeline(window: MainWindow) -> set[int]:
    """What the roadmap's timeline shows as selected."""
    model = window.roadmap.model
    rows = (row for first, last in window.roadmap.body.selected for row in range(first, last + 1))
    return {model.id_at(row) for row in rows if model.id_at(row) > 0}


def choose_somehow(window: MainWindow, row: Activity, dice: random.Random) -> str:
    """Selects an activity in one of the places where a person can; returns which."""
    model = window.roadmap.model
    place = dice.choice(["table", "timeline", "find", "palette"])
    if place in ("table", "timeline"):
        window.show_page("roadmap")
        window.session.show_project(row.project)
        settle()
        number = model.reveal(row.id)
        assert number is not None
        table = window.roadmap.table
        table.scrollTo(model.index(number, 0))
        settle()
        if place == "table":
            box = table.visualRect(model.index(number, 0))
            at = box.center()
            at.setX(box.right() - 4)
            QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
        else:
            box = window.roadmap.body.row_box(number)
            at = box.center().toPoint()
            at.setX(3)
            QTest.mouseClick(window.roadmap.body.viewport(), Qt.MouseButton.LeftButton, pos=at)
    elif place == "find":
        window.show_page("roadmap")
        window.actions_["edit.find"].trigger()
        bar = window.find_bar
        bar.scope.setCurrentIndex(1)
        bar.field.setText(window.session.facts.code(row))
        bar.go(1)
        for _step in range(len(bar.finder.matches)):
            if window.session.current == row.id:
                break
            QTest.keyClick(bar.field, Key.Key_Return)
        QTest.keyClick(bar.field, Key.Key_Escape)
    else:
        window.actions_["edit.palette"].trigger()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, PaletteDialog)
        code = window.session.facts.code(row)
        dialog.field.setText(f"#{code}")
        number = next(n for n, entry in enumerate(dialog.model.entries) if entry.id == f"thing:{row.id}")
        for _step in range(number):
            QTest.keyClick(dialog.field, Key.Key_Down)
        QTest.keyClick(dialog.field, Key.Key_Return)
    settle()
    return place


@pytest.mark.parametrize("seed", range(4))
def test_what_is_selected_in_one_place_is_selected_in_all(seed: int, tmp_path: Path) -> None:
    dice = random.Random(100 + seed)
    with window_over(seed, tmp_path) as window:
        session = window.session
        for _round in range(6):
            row = dice.choice(sorted(session.plan.activities(), key=lambda one: one.id))
            place = choose_somehow(window, row, dice)
            assert (session.selection, session.current) == ((row.id,), row.id), place
            window.show_page("roadmap")
            settle()
            assert in_table(window) == in_timeline(window) == {row.id}, place
            panel = window.inspector.panel
            assert panel is not None
            assert panel.row.id == row.id, place
            window.show_page("milestones" if isinstance(row, Milestone) else "items")
            settle()
            page = window.page
            assert isinstance(page, TablePage)
            assert {page.model.ids[index.row()] for index in page.view.selectedIndexes()} == {row.id}, place


@pytest.mark.parametrize("seed", range(3))
def test_progress_and_health_are_the_same_in_every_place(seed: int, tmp_path: Path) -> None:
    with window_over(seed, tmp_path) as window:
        session, facts = window.session, window.session.facts
        session.show_project(None)
        window.show_page("portfolio")
        settle()
        portfolio = window.page
        assert isinstance(portfolio, LanesPage)
        lanes = {lane.id: lane.head for lane in portfolio.picture.lanes}
        for project in facts.projects():
            assert lanes[project.id].progress == facts.progress.of_project(project.id)
            assert lanes[project.id].status == health_text(facts.project_assessment(project).health)
        told = _cells(portfolio, "progress"), _cells(portfolio, "health")
        for project in facts.projects():
            session.show_project(project.id)
            window.show_page("milestones")
            settle()
            page = window.page
            assert isinstance(page, TablePage)
            progress, health = _cells(page, "progress"), _cells(page, "health")
            for row in session.plan.where(Milestone, "project", project.id):
                assert progress[row.id] == told[0][row.id] == percent_text(facts.progress_of(row))
                assert health[row.id] == told[1][row.id] == health_text(facts.assessment(row).health)
            window.show_page("items")
            settle()
            page = window.page
            assert isinstance(page, TablePage)
            progress = _cells(page, "progress")
            for item in session.plan.where(WorkItem, "project", project.id):
                assert progress[item.id] == percent_text(facts.progress_of(item))


def _cells(page: TablePage, column: str) -> dict[int, str]:
    """What a column says, by the row's id."""
    section = [one.id for one in page.model.columns].index(column)
    return {row_id: str(page.model.index(row, section).data()) for row, row_id in enumerate(page.model.ids)}


# the window's parts


def test_either_half_of_the_roadmap_can_be_hidden_and_that_is_remembered(tmp_path: Path) -> None:
    with window_over(1, tmp_path) as window:
        window.show_page("roadmap")
        halves, storage = window.roadmap.splitter, window.session.document.storage
        edits = len(window.session.document.history.undo_labels())
        window.actions_["view.table"].trigger()
        settle()
        assert (halves.shows(TABLE), halves.shows(TIMELINE)) == (False, True)
        assert not window.roadmap.table.isVisible()
        assert not window.actions_["view.table"].isChecked()
        window.actions_["view.chart"].trigger()
        settle()
        assert (halves.shows(TABLE), halves.shows(TIMELINE)) == (True, False)
        assert storage.view_state()["roadmap halves"]["hidden"] == TIMELINE
        window.actions_["view.chart"].trigger()
        settle()
        assert window.roadmap.body.isVisible()
        assert len(window.session.document.history.undo_labels()) == edits


def test_where_the_halves_part_is_remembered(tmp_path: Path) -> None:
    with window_over(1, tmp_path) as window:
        window.show_page("roadmap")
        settle()
        halves = window.roadmap.splitter
        handle, before = halves.handle(1), halves.sizes()[0]
        centre = handle.rect().center()
        QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=centre)
        for part in range(1, 5):
            QTest.mouseMove(handle, centre + type(centre)(20, 0) if part else centre)
        QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=centre)
        settle()
        kept = window.session.document.storage.view_state()["roadmap halves"]
        assert kept == {"width": halves.sizes()[0], "hidden": ""}
        assert halves.sizes()[0] >= before


def test_f11_takes_the_whole_screen_and_gives_it_back(tmp_path: Path) -> None:
    with window_over(1, tmp_path) as window:
        window.actions_["view.fullscreen"].trigger()
        settle()
        assert window.isFullScreen()
        assert window.actions_["view.fullscreen"].isChecked()
        window.actions_["view.fullscreen"].trigger()
        settle()
        assert not window.isFullScreen()
