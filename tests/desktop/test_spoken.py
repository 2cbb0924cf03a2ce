"""What a screen reader is told by itself: refusals, news, undo, moves by the keyboard, and nothing from what is hidden."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from window_desk import Key, OpenDesk, answer, settle

from milestone_desktop.desktop import spoken
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.palette.dialog import PaletteDialog

ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


class Reader:
    """Stands in for Qt's way to a screen reader, and remembers what it is told."""

    AnnouncementPoliteness = QAccessible.AnnouncementPoliteness

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.urgent: list[str] = []

    def isActive(self) -> bool:
        return True

    def updateAccessibility(self, event: QAccessibleAnnouncementEvent) -> None:
        self.heard.append(event.message())
        if event.politeness() == QAccessible.AnnouncementPoliteness.Assertive:
            self.urgent.append(event.message())


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    found = Reader()
    monkeypatch.setattr(spoken, "QAccessible", found)
    return found


def test_a_refusal_is_said_at_once_and_undo_says_what_it_took_back(desk: OpenDesk, reader: Reader) -> None:
    table = desk.window.roadmap.table
    row = desk.window.roadmap.model.row_of(desk.milestone("Prototype ready").id)
    assert row is not None
    table.setFocus()
    table.go_to(row, desk.window.roadmap.model.columns.index("progress"))
    QTest.keyClick(table, Key.Key_F2)
    refusal = "A milestone's progress follows from its items and criteria. Change those instead."
    assert reader.urgent == [refusal]
    table.go_to(row, 0)
    QTest.keyClick(table, Key.Key_F2)
    editor = table.viewport().focusWidget() or desk.window.focusWidget()
    assert editor is not None
    QTest.keyClick(editor, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "Shown to all")
    QTest.keyClick(editor, Key.Key_Return)
    settle()
    desk.do("edit.undo")
    desk.do("edit.redo")
    assert reader.heard[-2:] == ["Undone: Rename milestone “Prototype ready”", "Redone: Rename milestone “Prototype ready”"]


def test_a_failure_of_the_window_is_said_at_once_and_news_when_there_is_time(desk: OpenDesk, reader: Reader) -> None:
    desk.window.session.failed.emit("The disk is full.")
    desk.window.session.noticed.emit("3 holidays added.")
    assert reader.heard == ["The disk is full.", "3 holidays added."]
    assert reader.urgent == ["The disk is full."]


def test_a_move_by_the_keyboard_says_the_new_date(desk: OpenDesk, reader: Reader) -> None:
    kickoff = desk.milestone("Project kickoff")
    desk.show("milestones")
    desk.select(kickoff)
    desk.do("plan.week-later")
    assert reader.heard[-1] == "Project kickoff, 9 Nov"
    desk.do("edit.undo")
    assert reader.heard[-1].startswith("Undone: Move")


def test_a_filter_says_how_many_rows_it_leaves_and_find_where_it_stands(desk: OpenDesk, reader: Reader) -> None:
    desk.do("edit.filter")
    QTest.keyClicks(desk.window.tools.search, "type:milestone")
    QTest.keyClick(desk.window.tools.search, Key.Key_Return)
    settle()
    assert reader.heard[-1] == desk.window.status.rows.text()
    assert "hidden by the filter" in reader.heard[-1]
    desk.do("filter.clear")
    desk.do("edit.find")
    QTest.keyClicks(desk.window.find_bar.field, "launch")
    settle()
    assert reader.heard[-1].startswith("1 of ")
    assert "Title: " in reader.heard[-1]


def test_the_palette_says_which_line_enter_would_take(desk: OpenDesk, reader: Reader) -> None:
    heard, titles = list[str](), list[str]()

    def type_and_go(dialog: QDialog) -> None:
        assert isinstance(dialog, PaletteDialog)
        QTest.keyClicks(dialog.field, "pl")
        heard.append(reader.heard[-1])
        QTest.keyClick(dialog.field, Key.Key_Down)
        heard.append(reader.heard[-1])
        titles.extend(entry.title for entry in dialog.model.entries[:2])
        dialog.field.setText("KIC +0x")
        heard.append(reader.heard[-1])
        dialog.reject()

    answer(type_and_go)
    desk.do("edit.palette")
    assert [words.startswith(title) for words, title in zip(heard, titles, strict=False)] == [True, True]
    assert titles[0] != titles[1]
    assert heard[2] == "Nothing is called so."


def test_a_hidden_inspector_does_nothing_until_it_is_shown(desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    filled: list[int] = []
    refresh = Panel.refresh

    def counted(panel: Panel) -> None:
        filled.append(panel.row_id)
        refresh(panel)

    monkeypatch.setattr(Panel, "refresh", counted)
    first, second = desk.milestone("Project kickoff"), desk.milestone("Go-live")
    desk.select(first)
    assert set(filled) == {first.id}
    desk.do("view.inspector")
    assert desk.window.inspector.isHidden()
    filled.clear()
    desk.select(second)
    desk.do("plan.week-later")
    assert filled == []
    desk.do("view.inspector")
    assert set(filled) == {second.id}
    panel = desk.window.inspector.panel
    assert panel is not None
    assert panel.row_id == second.id
