"""The palette, from Ctrl+K by keys: actions, pages, things, people, short commands, refusals, what was taken last."""

from __future__ import annotations

import random

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from window_desk import OpenDesk, settle

from milestone_desktop.desktop.palette.dialog import PaletteDialog
from milestone_desktop.desktop.palette.names import Names
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items, people
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.search import folded
from plan_factory import random_plan

Key = Qt.Key


def palette(desk: OpenDesk, text: str = "") -> PaletteDialog:
    """Opens it by its action and types."""
    desk.do("edit.palette")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, PaletteDialog)
    QTest.keyClicks(dialog.field, text)
    return dialog


def enter(dialog: PaletteDialog) -> None:
    QTest.keyClick(dialog.field, Key.Key_Return)
    settle()


def titles(dialog: PaletteDialog) -> list[str]:
    return [entry.title for entry in dialog.model.entries]


def test_an_action_is_found_by_the_beginnings_of_its_words_shows_its_key_and_is_done(desk: OpenDesk) -> None:
    desk.show("milestones")
    dialog = palette(desk, "roadm")
    entry = dialog.model.entries[0]
    assert (entry.title, entry.note) == ("Roadmap", "Ctrl+1")
    enter(dialog)
    assert desk.window.page_name == "roadmap"
    assert QApplication.activeModalWidget() is None


def test_what_cannot_be_done_now_is_said_and_the_palette_stays(desk: OpenDesk) -> None:
    dialog = palette(desk, "reopen milestone")
    assert not dialog.model.entries[0].enabled
    enter(dialog)
    assert dialog.isVisible()
    assert dialog.told.text() == "This cannot be done now."
    QTest.keyClick(dialog.field, Key.Key_Escape)
    settle()
    assert QApplication.activeModalWidget() is None


def test_a_milestone_is_found_by_code_and_by_name_and_shown(desk: OpenDesk) -> None:
    row = desk.milestone("Planning complete")
    dialog = palette(desk, "plan comp")
    assert any(title.endswith("Planning complete") for title in titles(dialog))
    wanted = next(n for n, entry in enumerate(dialog.model.entries) if entry.id == f"thing:{row.id}")
    for _step in range(wanted):
        QTest.keyClick(dialog.field, Key.Key_Down)
    enter(dialog)
    assert desk.window.session.selection == (row.id,)
    dialog = palette(desk, f"#{row.code.lower()}")
    assert dialog.model.entries[0].id == f"thing:{row.id}"
    enter(dialog)


def test_the_signs_narrow_what_is_looked_for(desk: OpenDesk) -> None:
    desk.window.session.attempt("Add", lambda edit: people.create(edit, "Undine Redo"))
    dialog = palette(desk, "@undi")
    assert [entry.title for entry in dialog.model.entries] == ["Undine Redo"]
    dialog.field.setText(">redo")
    assert all(entry.group in ("Actions", "Pages") for entry in dialog.model.entries)
    assert titles(dialog)[0].startswith("Redo")
    dialog.field.setText("#redo")
    assert all(entry.group in ("Milestones", "Work items") for entry in dialog.model.entries)
    QTest.keyClick(dialog.field, Key.Key_Escape)
    dialog = palette(desk, "@undi")
    enter(dialog)
    assert desk.window.page_name == "owners"


def test_a_short_command_says_what_it_understood_and_is_one_step_of_undo(desk: OpenDesk) -> None:
    row = desk.milestone("Project kickoff")
    assert row.end is not None
    edits = desk.edits()
    dialog = palette(desk, f"{row.code} +5d")
    assert dialog.model.entries[0].title == "Move “Project kickoff” by +5 working days, from 2 Nov 2026 to 9 Nov 2026"
    assert desk.milestone("Project kickoff") == row
    enter(dialog)
    moved = desk.milestone("Project kickoff")
    assert moved.end is not None
    assert day_of(moved.end) == day_of(row.end) + 7
    assert desk.edits() == edits + 1
    assert desk.window.session.current == row.id
    desk.do("edit.undo")
    assert desk.milestone("Project kickoff") == row


def test_what_is_refused_is_told_in_the_palette(desk: OpenDesk) -> None:
    row = desk.milestone("Client approval")
    edits = desk.edits()
    dialog = palette(desk, f"{row.code} done")
    enter(dialog)
    assert dialog.isVisible()
    assert dialog.told.property("error")
    assert dialog.told.text()
    assert desk.edits() == edits
    dialog.field.setText(f"{row.code} nonsense")
    assert "says nothing that could be done" in dialog.told.text()
    enter(dialog)
    assert dialog.isVisible()
    QTest.keyClick(dialog.field, Key.Key_Escape)
    settle()


def test_what_was_taken_last_comes_first(desk: OpenDesk) -> None:
    dialog = palette(desk, "view")
    dialog.field.setText("fit the whole")
    enter(dialog)
    dialog = palette(desk)
    assert titles(dialog)[0] == "Fit the whole plan"
    QTest.keyClick(dialog.field, Key.Key_Escape)
    settle()


def test_arrows_go_round_and_a_click_takes(desk: OpenDesk) -> None:
    dialog = palette(desk, "theme")
    QAbstractItemModelTester(dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    count = len(dialog.model.entries)
    assert count > 2
    QTest.keyClick(dialog.field, Key.Key_Up)
    assert dialog.list.currentIndex().row() == count - 1
    QTest.keyClick(dialog.field, Key.Key_Down)
    assert dialog.list.currentIndex().row() == 0
    wanted = titles(dialog).index("Dark theme")
    place = dialog.list.visualRect(dialog.model.index(wanted)).center()
    QTest.mouseClick(dialog.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    settle()
    assert desk.window.settings.theme.value == "dark"


def test_new_and_renamed_things_are_found_at_once(desk: OpenDesk) -> None:
    assert desk.window.offers.find("#zebra") == []

    def add(edit: Edit) -> None:
        items.create(edit, desk.milestone("Project kickoff").project, "Zebra crossing")

    desk.window.session.attempt("Add", add)
    assert [entry.title.partition(" ")[2] for entry in desk.window.offers.find("#zebra")] == ["Zebra crossing"]
    desk.do("edit.undo")
    assert desk.window.offers.find("#zebra") == []


def test_the_best_names_are_those_that_hold_every_word() -> None:
    plan = random_plan(random.Random(3), 200)
    names = Names(plan)
    for row in list(plan.activities())[::20]:
        words = folded(row.title).split()
        found = [row_id for row_id, _points in names.best(" ".join(words[:2]), 200)] if words else []
        assert not words or row.id in found
        for row_id in found:
            other = plan.activity(row_id)
            assert other is not None
    assert names.best("", 10) == []
