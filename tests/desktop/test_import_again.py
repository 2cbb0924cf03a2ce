"""Importing a file again in the window: the lists before it is taken, one edit that Undo takes back, and the ways out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, get_ident
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from window_desk import Key, OpenDesk, answer, finish_jobs

from milestone_desktop.desktop.commands import file_commands
from milestone_desktop.desktop.dialogs import update_import
from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
from milestone_desktop.desktop.dialogs.update_import import UpdateImportDialog
from milestone_desktop.document.document import Document
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Project
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.said import recalled
from milestone_desktop.exchange.update import UpdateResult, bring_up_to_date

PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><GUID>H-1</GUID><Title>Harbour</Title>
<StartDate>2026-11-02T09:00:00</StartDate><Tasks>
<Task><UID>1</UID><ID>1</ID><Name>Dig</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-02T09:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT40H0M0S</Duration></Task>
<Task><UID>2</UID><ID>2</ID><Name>Flooded</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-06T18:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT0H0M0S</Duration><Milestone>1</Milestone></Task></Tasks></Project>"""
LATER = PLAN.replace("2026-11-06T18:00:00", "2026-11-10T18:00:00").replace(">Dig<", ">Dig deep<")


@pytest.fixture
def harbour(desk: OpenDesk, tmp_path: Path) -> Path:
    """The file that a project of the desk was imported from."""
    source = tmp_path / "harbour.xml"
    source.write_text(PLAN, "utf-8")
    answer(lambda dialog: dialog.accept())
    bring(desk, source)
    return source


def bring(desk: OpenDesk, source: Path) -> None:
    file_commands.import_file(desk.window, source)
    finish_jobs()


def press(dialog: QDialog, text: str) -> None:
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == text)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_changes_and_what_moves_is_listed_and_comes_as_one_edit(desk: OpenDesk, harbour: Path) -> None:
    harbour.write_text(LATER, "utf-8")
    before, edits = desk.plan.copy(), desk.edits()
    told: list[object] = []

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        table, moves = dialog.table.records, dialog.moves.table.records
        told.append([table.index(0, column).data() for column in range(4)])
        told.append([moves.index(row, 0).data() for row in range(moves.rowCount())])
        told.append(dialog.moves.totals.text())
        told.append(dialog.delete_gone.isVisibleTo(dialog))
        QTest.keyClick(dialog.done_button, Key.Key_Space)

    answer(take)
    bring(desk, harbour)
    assert told[:2] == [["Dig", "Title", "Dig", "Dig deep"], ["Dig", "Flooded"]]
    assert "2 activities move" in str(told[2])
    assert told[3] is False
    flooded = desk.milestone("Flooded")
    assert flooded.end == instant(2026, 11, 10, 18)
    assert desk.edits() == edits + 1
    (_, receipt) = desk.window.session.document.receipts(flooded.id)[-1]
    assert (receipt.working_days, str(receipt.causes[0][0])) == (2, "Import “Harbour” again")
    desk.do("edit.undo")
    assert desk.plan == before


def test_cancel_takes_nothing(desk: OpenDesk, harbour: Path) -> None:
    harbour.write_text(LATER, "utf-8")
    before = desk.plan.copy()
    answer(lambda dialog: QTest.keyClick(dialog, Key.Key_Escape))
    bring(desk, harbour)
    assert desk.plan == before


def test_a_file_without_news_says_so_and_offers_nothing_to_take(desk: OpenDesk, harbour: Path) -> None:
    told: list[object] = []

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        told.extend((dialog.changes.text(), dialog.done_button.isEnabled()))
        dialog.reject()

    answer(look)
    bring(desk, harbour)
    assert told == ["Nothing in the file is new.", False]


def test_rows_that_left_the_file_go_when_the_box_is_ticked(desk: OpenDesk, harbour: Path) -> None:
    begin = PLAN.index("<Task><UID>1<")
    harbour.write_text(PLAN[:begin] + PLAN[PLAN.index("<Task><UID>2<") :], "utf-8")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        assert dialog.delete_gone.text() == "Delete 1 row that the file no longer holds"
        assert "Dig" in dialog.notes.item(0).text()
        QTest.keyClick(dialog.delete_gone, Key.Key_Space)
        assert dialog.table.records.index(0, 1).data() == "Work item: deleted"
        dialog.done_button.click()

    answer(take)
    bring(desk, harbour)
    project = desk.milestone("Flooded").project
    assert desk.plan.where(WorkItem, "project", project) == []


def test_it_may_still_become_a_new_project(desk: OpenDesk, harbour: Path) -> None:
    def turn(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        answer(take)
        press(dialog, "Import as a new project…")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        dialog.accept()

    answer(turn)
    bring(desk, harbour)
    assert [row.title for row in desk.plan.all(Project)].count("Harbour") == 2


def test_a_plan_under_another_id_becomes_a_project_unless_one_is_to_be_brought_up_to_date(desk: OpenDesk, harbour: Path) -> None:
    harbour.write_text(LATER.replace("H-1", "H-2"), "utf-8")

    def turn(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        answer(take)
        press(dialog, "Bring a project up to date…")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        dialog.done_button.click()

    answer(turn)
    bring(desk, harbour)
    assert [row.title for row in desk.plan.all(Project)].count("Harbour") == 1
    assert [row.title for row in desk.plan.all(Milestone) if row.title == "Flooded"] == ["Flooded"]
    assert desk.item("Dig deep").end == instant(2026, 11, 10, 18)
    assert QApplication.activeModalWidget() is None


class Threads(list[int]):
    """The threads on which an import was worked out; they wait until `go_on` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = Event()


@pytest.fixture
def worked_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Threads]:
    """Every plan counts as large."""
    threads = Threads()
    really = update_import.bring_up_to_date

    def told(edit: Edit, *given: Any, **named: Any) -> UpdateResult:
        threads.append(get_ident())
        threads.go_on.wait(30)
        return really(edit, *given, **named)

    monkeypatch.setattr(update_import, "bring_up_to_date", told)
    monkeypatch.setattr(update_import, "LARGE", -1)
    yield threads
    threads.go_on.set()


def test_a_large_plan_is_worked_out_once_and_beside_the_window(desk: OpenDesk, harbour: Path, worked_out: Threads) -> None:
    harbour.write_text(LATER, "utf-8")
    here = Document(MemoryStorage(desk.plan.copy()), desk.window.session.document.clock)
    project = next(row for row in here.plan.all(Project) if row.title == "Harbour")
    said = recalled(project, desk.window.session.document.blob)
    with here.edit("Import again") as edit:
        bring_up_to_date(edit, registry.read(harbour), project.id, said)
    edits = desk.edits()

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        assert not dialog.done_button.isEnabled()
        assert dialog.changes.text() == "Working out what is new…"
        worked_out.go_on.set()
        finish_jobs()
        assert dialog.table.records.index(0, 3).data() == "Dig deep"
        QTest.keyClick(dialog.done_button, Key.Key_Space)

    answer(take)
    bring(desk, harbour)
    assert len(worked_out) == 1
    assert get_ident() not in worked_out
    assert desk.edits() == edits + 1
    assert desk.plan == here.plan
    assert desk.plan.counters == here.plan.counters
    desk.do("edit.undo")
    assert desk.plan != here.plan


def test_what_is_being_worked_out_is_thrown_away_with_esc(desk: OpenDesk, harbour: Path, worked_out: Threads) -> None:
    harbour.write_text(LATER, "utf-8")
    before = desk.plan.copy()
    answer(lambda dialog: QTest.keyClick(dialog, Key.Key_Escape))
    bring(desk, harbour)
    worked_out.go_on.set()
    finish_jobs()
    assert len(worked_out) == 1
    assert desk.plan == before
    assert QApplication.activeModalWidget() is None


def test_a_box_ticked_while_it_is_worked_out_starts_that_again(desk: OpenDesk, harbour: Path, worked_out: Threads) -> None:
    begin = PLAN.index("<Task><UID>1<")
    harbour.write_text(PLAN[:begin] + PLAN[PLAN.index("<Task><UID>2<") :], "utf-8")

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, UpdateImportDialog)
        dialog.delete_gone.setChecked(True)
        worked_out.go_on.set()
        finish_jobs()
        assert dialog.table.records.index(0, 1).data() == "Work item: deleted"
        dialog.done_button.click()

    answer(take)
    bring(desk, harbour)
    assert len(worked_out) == 2
    assert desk.plan.where(WorkItem, "project", desk.milestone("Flooded").project) == []
