"""Pins, fixed dates and refusals in the window; what the inspector tells of the schedule."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from test_moves_listed import Farm
from window_desk import NOW, Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop import files
from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.dialogs.pin import PinDialog
from milestone_desktop.desktop.inspector.item import ItemPanel
from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.desktop.inspector.panel import Panel
from milestone_desktop.desktop.inspector.strip import Strip
from milestone_desktop.domain.enums import ConstraintType, Placement, ScheduleMode
from milestone_desktop.domain.projects import Project

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def farm(desk: OpenDesk) -> Farm:
    farm = Farm(desk)
    farm.compute()
    desk.window.session.select([farm.ready])
    settle()
    return farm


def panel(farm: Farm) -> Panel:
    found = farm.desk.window.inspector.panel
    assert found is not None
    return found


def texts(shown: Panel) -> list[str]:
    return [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]


def button(shown: Panel, text: str) -> QPushButton:
    return next(one for one in shown.findChildren(QPushButton) if one.text() == text and one.isVisible())


def test_typing_a_later_date_pins_and_the_pin_is_seen_and_removed(farm: Farm) -> None:
    shown = panel(farm)
    assert isinstance(shown, MilestonePanel)
    type_text(shown.planned, "11 dec")
    press(Key.Key_Return)
    row = farm.row(farm.ready)
    assert (row.placement, row.constraint, farm.end(farm.ready)) == (Placement.PINNED, ConstraintType.FNET, "2026-12-11T18:00")
    assert "not before 11 Dec" in texts(shown)
    assert "its pin: not before 11 Dec" in texts(shown)
    edits = farm.desk.edits()
    QTest.mouseClick(button(shown, "Remove"), Qt.MouseButton.LeftButton)
    settle()
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.COMPUTED, "2026-12-08T18:00")
    assert farm.desk.edits() == edits + 1


def test_a_date_before_the_driver_is_refused_below_the_field_and_fixing_it_offered_there(farm: Farm) -> None:
    shown = panel(farm)
    assert isinstance(shown, MilestonePanel)
    type_text(shown.planned, "3 dec")
    press(Key.Key_Return)
    told = "“Ready” cannot be on 3 Dec 2026: it waits for “Mount”, so the earliest is 8 Dec 2026. "
    told += "Change the link, or fix the date to keep it there all the same."
    assert told in texts(shown)
    assert farm.end(farm.ready) == "2026-12-08T18:00"
    edits = farm.desk.edits()
    button(shown, "Fix the date of “Ready”").setFocus()
    press(Key.Key_Space)
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.FIXED, "2026-12-03T18:00")
    assert farm.desk.edits() == edits + 1
    assert told not in texts(shown)
    farm.desk.do("edit.undo")
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.COMPUTED, "2026-12-08T18:00")


def test_a_refusal_elsewhere_offers_it_in_the_banner_by_mouse_and_by_key(farm: Farm) -> None:
    window = farm.desk.window
    farm.desk.show("milestones")
    for way in ("mouse", "key"):
        farm.desk.click_cell(farm.ready, "dates")
        press(Key.Key_F2)
        press(Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClicks(farm.desk.window.focusWidget(), "3 dec")
        press(Key.Key_Return)
        assert window.failure.isVisible()
        assert [one.text() for one in window.failure.buttons] == ["Fix the date of “Ready”"]
        if way == "mouse":
            QTest.mouseClick(window.failure.buttons[0], Qt.MouseButton.LeftButton)
        else:
            press(Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
        settle()
        assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.FIXED, "2026-12-03T18:00")
        assert not window.failure.isVisible()
        farm.desk.do("edit.undo")


def test_pin_release_and_fix_have_keys(farm: Farm) -> None:
    farm.desk.show("milestones")
    farm.desk.click_cell(farm.ready, "title")

    def pin(dialog: object) -> None:
        assert isinstance(dialog, PinDialog)
        type_text(dialog.day, "3 dec")
        QTest.keyClick(dialog.day, Key.Key_Return)
        assert "it waits for “Mount”" in dialog.error.text()
        assert [one.text() for one in dialog.ways_out.buttons] == ["Fix the date of “Ready”"]
        type_text(dialog.day, "10 dec")
        QTest.keyClick(dialog.day, Key.Key_Return)

    answer(pin)
    press(Key.Key_P, CTRL_SHIFT)
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.PINNED, "2026-12-10T18:00")
    farm.desk.window.activateWindow()
    farm.desk.click_cell(farm.ready, "title")
    press(Key.Key_X, CTRL_SHIFT)
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.FIXED, "2026-12-10T18:00")
    press(Key.Key_U, CTRL_SHIFT)
    assert (farm.row(farm.ready).placement, farm.end(farm.ready)) == (Placement.COMPUTED, "2026-12-08T18:00")
    assert not farm.desk.window.actions_["plan.release"].isEnabled()


def test_the_inspector_tells_slack_driver_and_what_is_driven_and_goes_there(farm: Farm) -> None:
    farm.desk.select(farm.row(farm.mount))
    shown = panel(farm)
    assert isinstance(shown, ItemPanel)
    assert "0d, 0d of it free" in texts(shown)
    assert "yes" in texts(shown)
    QTest.mouseClick(button(shown, "Ready"), Qt.MouseButton.LeftButton)
    settle()
    assert farm.desk.window.session.current == farm.ready
    QTest.mouseClick(button(panel(farm), "Path to it"), Qt.MouseButton.LeftButton)
    assert farm.desk.window.session.selection == (farm.dig, farm.mount, farm.ready)
    button(panel(farm), "Mount").setFocus()
    press(Key.Key_Space)
    assert farm.desk.window.session.current == farm.mount
    press(Key.Key_BracketRight, Qt.KeyboardModifier.ControlModifier)
    assert farm.desk.window.session.selection == (farm.mount, farm.ready)
    assert farm.desk.window.session.current == farm.mount


def test_a_recorded_project_is_told_of_too(farm: Farm) -> None:
    farm.desk.do("plan.mode")
    shown = panel(farm)
    assert "nothing: its project is recorded" in texts(shown)
    assert "0d, 0d of it free" in texts(shown)


def test_the_strip_adds_up_and_names_each_segment_under_mouse_and_keyboard(farm: Farm) -> None:
    shown = panel(farm)
    strip = next(one for one in shown.findChildren(Strip) if one.isVisible())
    assert any("= 8 calendar days from the start of the project: 6 work + 2 weekend." in text for text in texts(shown))
    assert sum(segment.days for segment in strip.segments) == 8
    assert [text for _kind, text in strip.legend()] == ["6 work", "2 weekend"]
    widths = [box.width() for box in strip.boxes()]
    days = [segment.days for segment in strip.segments]
    assert [round(width * 8 / sum(widths), 6) for width in widths] == days
    area = farm.desk.window.inspector.stack.currentWidget()
    assert isinstance(area, QScrollArea)
    area.ensureWidgetVisible(strip, 0, 60)
    settle()
    QTest.mouseMove(strip, QPoint(round(strip.boxes()[1].center().x()), 8))
    settle()
    assert "2 days: weekend, in the calendar of “Mount”" in texts(shown)
    strip.setFocus()
    press(Key.Key_Home)
    assert "4 days: work on “Dig”" in texts(shown)
    press(Key.Key_End)
    assert strip.accessibleDescription() in texts(shown)


def test_a_file_that_is_only_read_refuses_pins(farm: Farm) -> None:
    path = farm.desk.window.path
    assert path is not None
    second = Desk(farm.desk.settings, lambda: NOW)
    window = second.show(files.open_workspace(path, lambda: NOW, read_only=True), path)
    try:
        window.session.show_project(farm.project)
        window.session.select([farm.mount])
        settle()
        names = ("plan.pin", "plan.release", "plan.fix", "plan.mode")
        assert [window.actions_[name].isEnabled() for name in names] == [False] * 4
        QTest.mouseClick(window.header.mode, Qt.MouseButton.LeftButton)
        assert window.session.plan[Project, farm.project].mode is ScheduleMode.COMPUTED
    finally:
        window.close()
        window.deleteLater()
