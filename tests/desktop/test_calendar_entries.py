"""Entries of a calendar in words: recurring days, holidays, iCalendar files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from calendar_desk import back_to, click, day, entries, in_dialog, recorded_page, works
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from window_desk import Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop.desktop.calendars.rules import recurrence_text
from milestone_desktop.desktop.dialogs.calendar_day import CalendarDayDialog
from milestone_desktop.desktop.dialogs.calendar_import import CalendarImportDialog
from milestone_desktop.desktop.dialogs.holidays import HolidaysDialog
from milestone_desktop.desktop.pages.calendars import CalendarsPage
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.domain.recurrence import spans
from milestone_desktop.domain.worktime import work_time

Shift = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(desk: OpenDesk) -> CalendarsPage:
    return recorded_page(desk)


def test_a_recurring_stretch_is_added_and_changed_in_words(desk: OpenDesk, page: CalendarsPage) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarDayDialog)
        type_text(dialog.name, "Works holidays")
        choices = [dialog.repeats.itemText(number) for number in range(dialog.repeats.count())]
        dialog.repeats.setCurrentIndex(choices.index("every year on 28 December"))
        dialog.repeats.picked.emit()
        assert dialog.told.text() == "off, every year on 28 December"

    page.grid.choose(day("2026-12-28"), day("2026-12-30"))
    page.grid.setFocus()
    in_dialog(CalendarDayDialog, fill)
    edits = desk.edits()
    press(Key.Key_Return)
    assert desk.edits() == edits + 1
    for year in (2026, 2027, 2040):
        assert not works(desk, page, f"{year}-12-28")
        assert not works(desk, page, f"{year}-12-30")
    assert page.calendar is not None
    rows = [row for row in desk.plan.where(CalendarException, "calendar", page.calendar.id) if row.name == "Works holidays"]
    assert [recurrence_text(row) for row in rows] == [f"every year on {number} December" for number in (28, 29, 30)]

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarDayDialog)
        assert dialog.repeats.currentText() == "every year on 29 December"
        type_text(dialog.until, "31 dec 2028")
        type_text(dialog.hours, "9-12")
        type_text(dialog.every, "2")

    page.exceptions.take(rows[1].id)
    back_to(desk, page.exceptions)
    in_dialog(CalendarDayDialog, change)
    press(Key.Key_Return)
    changed = desk.plan[CalendarException, rows[1].id]
    assert recurrence_text(changed) == "every 2 years on 29 December, until 31 Dec 2028"
    assert [date.fromordinal(first).year for first, _last in spans(changed)] == [2026, 2028]
    assert changed.shifts == ((540, 720),)
    back_to(desk, page.exceptions)
    press(Key.Key_Delete)
    assert desk.plan.get(CalendarException, rows[1].id) is None


def test_a_week_day_that_recurs_is_chosen_with_buttons(desk: OpenDesk, page: CalendarsPage) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarDayDialog)
        type_text(dialog.hours, "9-12")
        dialog.repeats.setCurrentIndex(1)
        dialog.repeats.picked.emit()
        assert dialog.weekdays.isVisible()
        QTest.mouseClick(dialog.weekdays.buttons[4], Qt.MouseButton.LeftButton)
        assert dialog.told.text() == "09:00–12:00, every week on Tue, Fri"

    click(page.grid, "2026-12-15")
    in_dialog(CalendarDayDialog, fill)
    place = page.grid.visualRect(page.grid.days.cell(day("2026-12-15"))).center()
    QTest.mouseDClick(page.grid.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    settle()
    assert page.calendar is not None
    work = work_time(desk.plan, page.calendar.id)
    assert [work.shifts(day(f"2027-03-{number:02d}")) == ((540, 720),) for number in (2, 3, 5, 6)] == [True, False, True, False]


def test_a_wrong_entry_keeps_the_dialog_open_and_says_why(desk: OpenDesk, page: CalendarsPage) -> None:
    seen: list[str] = []

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarDayDialog)
        type_text(dialog.last, "1 dec")
        dialog.accept()
        seen.append(dialog.error.text())
        type_text(dialog.hours, "noon")
        seen.append(dialog.error.text())

    page.grid.setFocus()
    edits = desk.edits()
    answer(fill)
    press(Key.Key_Return)
    assert "before the first one" in seen[0]
    assert "“noon” is not understood" in seen[1]
    assert desk.edits() == edits


def test_holidays_of_a_region_are_previewed_and_added(desk: OpenDesk, page: CalendarsPage) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, HolidaysDialog)
        dialog.country.setCurrentIndex(dialog.country.findData("DE"))
        dialog.country.picked.emit()
        dialog.region.setCurrentIndex(dialog.region.findData("BY"))
        dialog.region.picked.emit()
        type_text(dialog.years, "2027")
        assert dialog.done_button.isEnabled()
        assert any("6 Jan 2027" in dialog.found.item(row).text() for row in range(dialog.found.count()))
        type_text(dialog.years, "soon")
        assert not dialog.done_button.isEnabled()
        type_text(dialog.years, "2027")

    edits = desk.edits()
    in_dialog(HolidaysDialog, fill)
    page.add_holidays()
    settle()
    assert desk.edits() == edits + 1
    assert not works(desk, page, "2027-01-06")
    assert {row.source for row in desk.plan.all(CalendarException)} >= {"holidays:DE-BY"}
    assert "holidays added" in desk.window.notice.label.text()


ICS = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;VALUE=DATE:20270111\r\nDTEND;VALUE=DATE:20270113\r\n"
    "SUMMARY:Skiing\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_an_icalendar_file_is_previewed_and_imported(desk: OpenDesk, page: CalendarsPage, tmp_path: Path) -> None:
    source = tmp_path / "leave.ics"
    source.write_text(ICS, "utf-8")

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarImportDialog)
        assert dialog.days.item(0).text() == "11 Jan 2027 – 12 Jan 2027  Skiing"

    in_dialog(CalendarImportDialog, look)
    page.import_file(source)
    settle()
    assert ("Skiing", "2027-01-11", "2027-01-12", 0) in entries(desk, page)
    page.import_file(tmp_path / "missing.ics")
    assert "missing.ics" in desk.window.failure.label.text()
