"""Dates typed outside the roadmap's table: one grammar and a reading everywhere, and what is refused stays to be mended."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from window_desk import Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop.desktop.bubble import Bubble
from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.inspector.item import ItemPanel
from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import at, day_of

Control = Qt.KeyboardModifier.ControlModifier


def said(within: QWidget) -> str:
    """What a bubble tells now; "" without one."""
    return next((found.text() for found in within.window().findChildren(Bubble) if found.isVisible()), "")


def field_named(panel: QWidget, name: str) -> LineField:
    return next(field for field in panel.findChildren(LineField) if field.accessibleName() == name and field.isVisible())


def panel_of(desk: OpenDesk, title: str) -> MilestonePanel:
    desk.show("milestones")
    desk.select(desk.milestone(title))
    panel = desk.window.inspector.panel
    assert isinstance(panel, MilestonePanel)
    return panel


def day(year: int, month: int, number: int) -> int:
    return date(year, month, number).toordinal()


def focused() -> QLineEdit:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    return field


def test_the_inspector_says_what_it_understands_while_one_types(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Planning complete")
    field = field_named(panel, "Planned")
    type_text(field, "fri")
    assert said(panel) == "→ Fri 27 Nov 2026"
    type_text(field, "31/2")
    assert "no such day" in said(panel)
    press(Key.Key_Escape)
    assert said(panel) == ""
    assert panel.milestone.end == desk.milestone("Planning complete").end


def test_working_days_count_alike_in_inspector_and_table(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Planning complete")
    before = panel.milestone.end
    assert before is not None
    type_text(field_named(panel, "Target"), "4 dec")
    press(Key.Key_Return)
    type_text(field_named(panel, "Target"), "+5d")
    assert said(panel) == "→ Fri 11 Dec 2026"
    press(Key.Key_Return)
    target = panel.milestone.target
    assert target is not None
    assert day_of(target) == day(2026, 12, 11)
    press(Key.Key_Z, Control)
    press(Key.Key_Z, Control)
    assert panel.milestone.target is None


def test_a_time_of_day_is_kept_and_shown(desk: OpenDesk) -> None:
    panel = panel_of(desk, "Planning complete")
    field = field_named(panel, "Target")
    type_text(field, "4 dec 14:30")
    press(Key.Key_Return)
    assert panel.milestone.target == at(day(2026, 12, 4), 14 * 60 + 30)
    assert field.text() == "4 Dec 2026 14:30"
    press(Key.Key_Z, Control)
    assert panel.milestone.target is None


def test_a_day_alone_refuses_a_time(desk: OpenDesk) -> None:
    desk.show("roadmap")

    def fill(dialog: QDialog) -> None:
        field = dialog.findChildren(LineField)[0]
        type_text(field, "30 nov")
        assert said(dialog) == "→ Mon 30 Nov 2026"
        type_text(field, "30 nov 12:00")
        assert "time of day" in said(dialog)
        press(Key.Key_Escape)
        dialog.reject()

    answer(fill)
    desk.do("track.status-date")


def test_an_item_s_actual_finish_may_not_come_before_its_start(desk: OpenDesk) -> None:
    desk.show("items")
    item = next(row for row in desk.plan.all(WorkItem) if not desk.plan.activities_where("parent", row.id))
    desk.select(item)
    panel = desk.window.inspector.panel
    assert isinstance(panel, ItemPanel)
    type_text(field_named(panel, "Actual finish"), "5 nov")
    press(Key.Key_Return)
    assert panel.item.progress == 100
    type_text(field_named(panel, "Actual start"), "9 nov")
    press(Key.Key_Return)
    assert panel.item.actual_start != at(day(2026, 11, 9), 9 * 60)
    assert any("before it began" in label.text() for label in panel.findChildren(QWidget) if label.property("error"))


@pytest.mark.parametrize("leave", [Key.Key_Return, Key.Key_Tab])
def test_a_refused_date_on_a_page_stays_until_it_is_mended(desk: OpenDesk, leave: Qt.Key) -> None:
    desk.show("milestones")
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "target")
    press(Key.Key_F2)
    field = focused()
    QTest.keyClicks(field, "someday")
    assert "someday" in said(field)
    press(leave)
    assert focused() is field
    assert field.text() == "someday"
    assert "someday" in desk.window.failure.label.text()
    assert said(field) == "", "it is said once"
    assert desk.plan[Milestone, row.id].target is None
    QTest.keyClick(field, Key.Key_A, Control)
    QTest.keyClicks(field, "4 dec")
    assert said(field) == "→ Fri 4 Dec 2026"
    press(Key.Key_Return)
    target = desk.plan[Milestone, row.id].target
    assert target is not None
    assert day_of(target) == day(2026, 12, 4)
    assert QApplication.focusWidget() is not field


def test_escape_gives_a_refused_text_up_and_another_cell_opens_again(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Planning complete")
    edits = desk.edits()
    desk.click_cell(row.id, "target")
    press(Key.Key_F2)
    field = focused()
    QTest.keyClicks(field, "someday")
    press(Key.Key_Return)
    other = desk.milestone("Project kickoff")
    QTest.mouseDClick(desk.table().view.viewport(), Qt.MouseButton.LeftButton, pos=desk.cell(other.id, "target"))
    settle()
    assert focused() is field, "what was refused is mended first"
    press(Key.Key_Escape)
    assert desk.edits() == edits
    desk.click_cell(other.id, "target")
    press(Key.Key_F2)
    again = focused()
    assert again is not field
    QTest.keyClicks(again, "7 dec")
    press(Key.Key_Return)
    assert desk.edits() == edits + 1


def test_a_cell_that_is_not_edited_says_why(desk: OpenDesk) -> None:
    desk.show("milestones")
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "slip")
    press(Key.Key_F2)
    assert said(desk.window) == "Slip is worked out from target and planned date."
    press(Key.Key_Down)
    assert said(desk.window) == ""
    QTest.mouseDClick(desk.table().view.viewport(), Qt.MouseButton.LeftButton, pos=desk.cell(row.id, "health"))
    settle()
    assert "inspector" in said(desk.window)


def test_assignees_are_typed_on_the_page_of_work_items(desk: OpenDesk) -> None:
    desk.show("items")
    item = next(row for row in desk.plan.all(WorkItem) if not desk.plan.activities_where("parent", row.id))
    desk.click_cell(item.id, "owner")
    press(Key.Key_F2)
    QTest.keyClicks(focused(), "Ada Byron, Grace Hopper")
    assert said(desk.window) == "→ new person: Ada Byron, new person: Grace Hopper"
    press(Key.Key_Return)
    assert [person.name for person in desk.window.session.facts.assignees(item)] == ["Ada Byron", "Grace Hopper"]
    desk.do("edit.undo")
    assert [person.name for person in desk.window.session.facts.assignees(item)] == []
