"""Dates that move on opening, with the status date, on import, by pasting and by settings: listed first, one edit each."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from test_moves_listed import MONDAY, Farm, told
from window_desk import Key, OpenDesk, answer, finish_jobs, settle, type_text

from milestone_desktop.desktop.commands import file_commands
from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.desktop.dialogs.paste import PasteDialog
from milestone_desktop.desktop.dialogs.project import ProjectDialog
from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog
from milestone_desktop.document.operations import activities, dates
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Project

PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Mill</Title><StartDate>2026-11-02T09:00:00</StartDate>
<Tasks><Task><UID>1</UID><ID>1</ID><Name>Design</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-02T09:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT40H0M0S</Duration></Task><Task><UID>2</UID><ID>2</ID><Name>Ready</Name>
<OutlineLevel>1</OutlineLevel><Start>2026-11-20T18:00:00</Start><Finish>2026-11-20T18:00:00</Finish>
<Duration>PT0H0M0S</Duration><Milestone>1</Milestone><PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type>
<LinkLag>0</LinkLag></PredecessorLink></Task></Tasks></Project>"""


@pytest.fixture
def farm(desk: OpenDesk) -> Farm:
    return Farm(desk)


def lines(dialog: StatusDateDialog) -> list[list[str]]:
    model = dialog.moves.table.records
    return [[str(model.index(row, n).data()) for n in (0, 2, 3, 4)] for row in range(model.rowCount())]


def test_the_status_date_lists_while_it_is_typed_what_would_move(farm: Farm) -> None:
    farm.compute()
    with farm.desk.window.session.edit("Begun") as edit:
        edit.update(farm.row(farm.dig), actual_start=MONDAY, remaining=5 * 480)
    edits = farm.desk.edits()
    seen: list[list[list[str]]] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, StatusDateDialog)
        seen.append(lines(dialog))
        type_text(dialog.day, "2 dec")
        QTest.keyClick(dialog.remaining, Key.Key_Space)
        seen.append(lines(dialog))
        assert dialog.moves.totals.text() == "3 activities move, 1 milestone later, latest finish +2 wd"
        assert farm.end(farm.ready) == "2026-12-08T18:00"
        QTest.keyClick(dialog.day, Key.Key_Return)

    answer(act)
    farm.desk.do("track.status-date")
    assert seen[0] == []
    assert seen[1][2] == ["Ready", "8 Dec", "10 Dec", "+2 wd"]
    assert farm.end(farm.ready) == "2026-12-10T18:00"
    assert farm.desk.edits() == edits + 1
    assert farm.desk.plan[Project, farm.project].move_remaining
    farm.desk.do("edit.undo")
    assert farm.end(farm.ready) == "2026-12-08T18:00"
    assert not farm.desk.plan[Project, farm.project].move_remaining


def test_in_a_recorded_project_the_status_date_says_that_nothing_moves(farm: Farm) -> None:
    said: list[str] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, StatusDateDialog)
        said.append(dialog.moves.totals.text())

    answer(act)
    farm.desk.do("track.status-date")
    assert said == ["The dates of this project are recorded: none of them moves."]


def test_the_settings_of_a_project_list_what_would_move(farm: Farm) -> None:
    edits = farm.desk.edits()
    seen: list[list[str]] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.mode.setCurrentIndex(0)
        answer(lambda inner: (seen.extend(told(inner)), QTest.keyClick(inner.done_button, Key.Key_Return)))  # type: ignore[attr-defined, func-returns-value]
        QTest.keyClick(dialog.done_button, Key.Key_Space)

    answer(act)
    farm.desk.do("plan.settings")
    assert [line[0] for line in seen] == ["Mount", "Ready"]
    assert (farm.end(farm.ready), farm.desk.edits()) == ("2026-12-08T18:00", edits + 1)
    farm.desk.do("edit.undo")
    assert farm.end(farm.ready) == "2026-12-15T18:00"


def test_an_import_to_be_computed_lists_the_dates_of_the_file_and_the_computed_ones(desk: OpenDesk, tmp_path: Path) -> None:
    source = tmp_path / "mill.xml"
    source.write_text(PLAN, encoding="utf-8")
    edits = desk.edits()
    seen: list[list[str]] = []

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        dialog.mode.setCurrentIndex(1)
        answer(lambda inner: (seen.extend(told(inner)), QTest.keyClick(inner.done_button, Key.Key_Return)))  # type: ignore[attr-defined, func-returns-value]
        QTest.keyClick(dialog.done_button, Key.Key_Space)

    answer(act)
    file_commands.import_file(desk.window, source)
    finish_jobs()
    settle()
    assert seen == [["Ready", "the new project", "20 Nov", "6 Nov", "−10 wd"]]
    project = desk.window.session.project
    assert project is not None
    assert (project.title, project.mode, desk.edits()) == ("Mill", ScheduleMode.COMPUTED, edits + 1)
    assert next(row for row in desk.plan.activities_where("project", project.id) if row.title == "Ready").end == instant(
        2026, 11, 6, 18
    )
    desk.do("edit.undo")
    assert not [row for row in desk.plan.all(Project) if row.title == "Mill"]


def test_a_pasted_list_moves_nothing_that_was_there(farm: Farm) -> None:
    farm.compute()
    edits = farm.desk.edits()
    before = {row.id: (row.start, row.end) for row in farm.desk.plan.activities()}

    def act(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteDialog)
        dialog.text.setPlainText("Roofing done\t11 Dec\n")
        QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton)
        assert not any(isinstance(one, MovesDialog) for one in dialog.findChildren(QDialog))

    answer(act)
    farm.desk.do("file.paste")
    assert farm.desk.edits() == edits + 1
    assert {row.id: (row.start, row.end) for row in farm.desk.plan.activities() if row.id in before} == before
    assert farm.desk.milestone("Roofing done").end is not None


@pytest.fixture
def reopened(farm: Farm, monkeypatch: pytest.MonkeyPatch) -> Farm:
    """The same workspace, opened again after a version that computes one date otherwise has written it."""
    farm.compute()
    desk, path = farm.desk, farm.desk.window.path
    assert path is not None
    with monkeypatch.context() as older:
        older.setattr("milestone_desktop.document.document.recompute", lambda edit, known=None: None)
        with desk.window.session.edit("Computed by an older version") as edit:
            edit.update(farm.row(farm.mount), start=instant(2026, 12, 9, 9), end=instant(2026, 12, 10, 18))
    desk.window.close()
    desk.window.deleteLater()
    desk.desk.window = None
    desk.desk.open_workspace(path)
    settle()
    desk.window.session.show_project(farm.project)
    settle()
    return farm


def test_opening_lists_other_dates_and_moves_nothing(reopened: Farm) -> None:
    window = reopened.desk.window
    assert window.differing.isVisible()
    assert window.differing.label.text() == (
        "This version would compute 1 date otherwise than it stands in the file. Nothing has moved."
    )
    assert reopened.end(reopened.mount) == "2026-12-10T18:00"
    seen: list[list[str]] = []
    answer(lambda dialog: (seen.extend(told(dialog)), QTest.keyClick(dialog, Key.Key_Escape)))  # type: ignore[func-returns-value]
    QTest.mouseClick(window.differing.buttons[0], Qt.MouseButton.LeftButton)
    assert seen == [["Mount", "9 Dec – 10 Dec", "7 Dec – 8 Dec", "−2 wd"]]
    assert reopened.end(reopened.mount) == "2026-12-10T18:00"


def test_they_are_taken_over_as_one_edit(reopened: Farm) -> None:
    window, edits = reopened.desk.window, reopened.desk.edits()
    window.differing.buttons[1].setFocus()
    QTest.keyClick(window.differing.buttons[1], Key.Key_Space)
    settle()
    assert (reopened.end(reopened.mount), reopened.desk.edits()) == ("2026-12-08T18:00", edits + 1)
    assert not window.differing.isVisible()
    reopened.desk.do("edit.undo")
    assert reopened.end(reopened.mount) == "2026-12-10T18:00"


def test_left_alone_they_are_listed_before_another_edit_takes_them_along(reopened: Farm) -> None:
    window = reopened.desk.window
    QTest.mouseClick(window.differing.buttons[2], Qt.MouseButton.LeftButton)
    assert not window.differing.isVisible()
    session = window.session
    assert session.attempt("Rename", lambda edit: activities.rename(edit, reopened.dig, "Dig deep"))
    assert reopened.end(reopened.mount) == "2026-12-10T18:00"
    seen: list[list[str]] = []
    answer(lambda dialog: (seen.extend(told(dialog)), QTest.keyClick(dialog, Key.Key_Escape)))  # type: ignore[func-returns-value]
    assert not session.attempt("Longer", lambda edit: dates.set_duration(edit, reopened.dig, 6 * 480))
    assert ["Mount", "9 Dec – 10 Dec", "8 Dec – 9 Dec", "−1 wd"] in seen
    assert reopened.end(reopened.mount) == "2026-12-10T18:00"
