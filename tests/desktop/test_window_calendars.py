"""The calendar page with keys and mouse: week, days, recurrences, holidays, iCalendar, who works by a calendar."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog, QWidget
from window_desk import NOW, Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop import files
from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.calendars.month_grid import MonthGrid
from milestone_desktop.desktop.calendars.rules import recurrence_text, rule_text, suggested
from milestone_desktop.desktop.dialogs.calendar_day import CalendarDayDialog
from milestone_desktop.desktop.dialogs.calendar_import import CalendarImportDialog
from milestone_desktop.desktop.dialogs.calendar_use import CalendarUseDialog
from milestone_desktop.desktop.dialogs.holidays import HolidaysDialog
from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.desktop.pages.calendars import CalendarsPage
from milestone_desktop.document.operations import calendars, people
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.projects import Calendar, CalendarException, Person
from milestone_desktop.domain.recurrence import spans
from milestone_desktop.domain.worktime import work_time

Shift = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


def day(text: str) -> Day:
    return date.fromisoformat(text).toordinal()


def calendar_page(desk: OpenDesk) -> CalendarsPage:
    desk.do("view.calendars")
    page = desk.window.page
    assert isinstance(page, CalendarsPage)
    return page


@pytest.fixture
def page(desk: OpenDesk) -> CalendarsPage:
    """The page over a recorded project, so that nothing moves."""
    project = desk.window.session.facts.projects()[0]
    desk.window.session.attempt("Record", lambda edit: edit.update(project, mode=ScheduleMode.RECORDED))
    found = calendar_page(desk)
    found.grid.choose(day("2026-12-15"))
    return found


def entries(desk: OpenDesk, page: CalendarsPage) -> list[tuple[str, str, str, int]]:
    assert page.calendar is not None
    rows = desk.plan.where(CalendarException, "calendar", page.calendar.id)
    return [
        (row.name, date.fromordinal(row.first).isoformat(), date.fromordinal(row.last).isoformat(), len(row.shifts))
        for row in rows
    ]  # fmt: skip


def works(desk: OpenDesk, page: CalendarsPage, text: str) -> bool:
    assert page.calendar is not None
    return work_time(desk.plan, page.calendar.id).is_working(day(text))


def click(grid: MonthGrid, text: str, modifier: Qt.KeyboardModifier = NONE) -> None:
    place = grid.visualRect(grid.days.cell(day(text))).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, modifier, place)
    settle()


def back_to(desk: OpenDesk, widget: QWidget) -> None:
    """The window has the keyboard again after a dialog."""
    desk.window.activateWindow()
    settle()
    widget.setFocus()


def test_typed_hours_are_read_while_typing_and_taken_when_the_field_is_left(desk: OpenDesk, page: CalendarsPage) -> None:
    edits = desk.edits()
    field = page.week.field(5)
    type_text(field, "22-6")
    assert page.week.reading(5) == "8 h, overnight"
    press(Key.Key_Tab)
    assert page.calendar is not None
    assert page.calendar.week[5] == ((1320, 1800),)
    assert field.text() == "22:00–06:00"
    type_text(field, "nine to five")
    assert page.week.reading(5) == "not understood"
    assert field.property("invalid")
    press(Key.Key_Tab)
    assert page.calendar.week[5] == ((1320, 1800),)
    assert "is not understood as working hours" in desk.window.failure.label.text()
    type_text(field, "off")
    press(Key.Key_Return)
    assert page.calendar.week[5] == ()
    assert desk.edits() == edits + 2
    desk.do("edit.undo")
    assert field.text() == "22:00–06:00"


def test_mondays_hours_are_given_to_the_week(desk: OpenDesk, page: CalendarsPage) -> None:
    type_text(page.week.field(0), "7:30-12, 12:30-16")
    press(Key.Key_Return)
    QTest.mouseClick(page.week.copy, Qt.MouseButton.LeftButton)
    assert page.calendar is not None
    assert page.calendar.week == (((450, 720), (750, 960)),) * 5 + ((), ())


def test_a_calendar_without_any_work_is_refused(desk: OpenDesk, page: CalendarsPage) -> None:
    assert page.calendar is not None
    before = page.calendar.week
    for number in range(5):
        type_text(page.week.field(number), "off")
        press(Key.Key_Return)
    assert page.calendar.week[4] == before[4]
    assert "would have no working day left" in desk.window.failure.label.text()
    assert page.week.field(4).text() != "off"


def test_days_are_marked_with_keys(desk: OpenDesk, page: CalendarsPage) -> None:
    page.grid.setFocus()
    press(Key.Key_Right)
    press(Key.Key_Down, Shift)
    assert page.grid.chosen() == (day("2026-12-16"), day("2026-12-23"))
    edits = desk.edits()
    press(Key.Key_O)
    assert ("Day off", "2026-12-16", "2026-12-23", 0) in entries(desk, page)
    assert not works(desk, page, "2026-12-18")
    page.grid.choose(day("2026-12-19"))
    press(Key.Key_W)
    assert works(desk, page, "2026-12-19")
    assert {row[:3] for row in entries(desk, page) if row[0] == "Day off"} == {
        ("Day off", "2026-12-16", "2026-12-18"),
        ("Day off", "2026-12-20", "2026-12-23"),
    }
    page.grid.choose(day("2026-12-16"), day("2026-12-24"))
    press(Key.Key_Delete)
    assert not [row for row in entries(desk, page) if row[0] in ("Day off", "Extra working day")]
    assert desk.edits() == edits + 3
    for _time in range(3):
        desk.do("edit.undo")
    assert works(desk, page, "2026-12-18")


def test_days_are_chosen_by_dragging_over_the_end_of_a_week(desk: OpenDesk, page: CalendarsPage) -> None:
    grid, view = page.grid, page.grid.viewport()
    begin = grid.visualRect(grid.days.cell(day("2026-12-18"))).center()
    end = grid.visualRect(grid.days.cell(day("2026-12-22"))).center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, NONE, begin)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, NONE, end)
    settle()
    assert grid.chosen() == (day("2026-12-18"), day("2026-12-22"))
    chosen = {grid.days.day(index) for index in grid.selectionModel().selectedIndexes()}
    assert chosen == set(range(day("2026-12-18"), day("2026-12-22") + 1))
    click(grid, "2026-12-09")
    click(grid, "2026-12-11", Shift)
    assert grid.chosen() == (day("2026-12-09"), day("2026-12-11"))


def test_the_month_follows_the_day_in_hand(page: CalendarsPage) -> None:
    page.grid.setFocus()
    press(Key.Key_PageDown)
    assert page.month.text() == "Jan 2027"
    press(Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.month.text() == "Jan 2026"
    page.grid.choose(day("2026-12-31"))
    press(Key.Key_Right)
    assert page.month.text() == "Jan 2027"
    press(Key.Key_Home)
    assert page.grid.chosen()[0] == day("2026-12-28")


def test_every_day_tells_a_screen_reader_what_it_is(desk: OpenDesk, page: CalendarsPage) -> None:
    page.grid.setFocus()
    page.grid.choose(day("2026-12-16"))
    press(Key.Key_O)
    model = page.grid.days
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    role = Qt.ItemDataRole.AccessibleTextRole
    told = [model.data(model.cell(day(text)), role) for text in ("2026-12-16", "2026-12-17", "2026-12-19")]
    assert told == [
        "Wednesday 16 Dec 2026: off, Day off",
        "Thursday 17 Dec 2026: 09:00–13:00, 14:00–18:00",
        "Saturday 19 Dec 2026: off",
    ]


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Has `act` fill in the next dialog, which must be of a kind, and confirms it."""

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, kind)
        act(dialog)
        dialog.accept()

    answer(fill)


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


def test_calendars_are_added_based_duplicated_and_deleted(desk: OpenDesk, page: CalendarsPage) -> None:
    standard = page.calendar
    assert standard is not None
    QTest.mouseClick(page.add_button, Qt.MouseButton.LeftButton)
    settle()
    type_text(page.name, "Crew")
    press(Key.Key_Return)
    added = page.calendar
    assert added is not None
    assert (added.name, added.base, added.week) == ("Crew", standard.id, (None,) * 7)
    assert page.week.field(0).placeholderText() == "as in the base: 09:00–13:00, 14:00–18:00"
    assert works(desk, page, "2026-12-15")
    page.duplicate_calendar()
    assert page.calendar is not None
    assert page.calendar.name == "Crew (2)"
    page.delete_calendar()
    settle()
    assert [row.name for row in desk.plan.all(Calendar) if row.name.startswith("Crew")] == ["Crew"]
    page.show_calendar(standard.id)
    page.delete_calendar()
    assert "is in use by" in desk.window.failure.label.text()
    assert desk.plan.get(Calendar, standard.id) is not None


def test_who_works_by_a_calendar_is_ticked(desk: OpenDesk, page: CalendarsPage) -> None:
    session, made = desk.window.session, list[int]()
    session.attempt("Add", lambda edit: made.append(people.create(edit, "Mara").id))
    session.attempt("Add", lambda edit: made.append(calendars.create(edit, "Mornings", (((540, 720),),) * 7).id))
    page.show_calendar(made[1])
    project = session.facts.projects()[0]

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, CalendarUseDialog)
        dialog.tick(("person", made[0]), on=True)
        dialog.tick(("project", project.id), on=True)

    edits = desk.edits()
    in_dialog(CalendarUseDialog, fill)
    page.choose_users()
    settle()
    assert desk.edits() == edits + 1
    assert desk.plan[Person, made[0]].calendar == made[1]
    assert session.facts.projects()[0].calendar == made[1]
    assert page.used.text() == "Used by Aurora, Mara"


def test_what_a_change_would_move_is_listed_and_may_be_left(desk: OpenDesk) -> None:
    """In a computed project a day off moves what waits: the person sees it first."""
    page = calendar_page(desk)
    goal = desk.milestone("Prototype ready")
    assert goal.end is not None
    before = goal.end
    seen: list[int] = []

    def leave(dialog: QDialog) -> None:
        assert isinstance(dialog, MovesDialog)
        seen.append(dialog.list.table.records.rowCount())
        dialog.reject()

    page.grid.choose(day("2026-11-24"), day("2026-11-26"))
    page.grid.setFocus()
    edits = desk.edits()
    answer(leave)
    press(Key.Key_O)
    assert seen[0] > 0
    assert desk.edits() == edits
    assert desk.milestone("Prototype ready").end == before
    back_to(desk, page.grid)
    answer(lambda dialog: dialog.accept())
    press(Key.Key_O)
    assert desk.edits() == edits + 1
    moved = desk.milestone("Prototype ready").end
    assert moved is not None
    assert moved > before
    desk.do("edit.undo")
    assert desk.milestone("Prototype ready").end == before


def test_a_calendar_that_is_only_read_can_be_looked_at(desk: OpenDesk) -> None:
    path = desk.window.path
    assert path is not None
    document = files.open_workspace(path, lambda: NOW, read_only=True)
    window = Desk(desk.settings, lambda: NOW).show(document, path)
    try:
        window.show_page("calendars")
        settle()
        found = window.page
        assert isinstance(found, CalendarsPage)
        assert not any(field.isEnabled() for field in (*found.week.fields, found.name, found.base, found.add_button))
        found.grid.setFocus()
        for key in (Key.Key_O, Key.Key_W, Key.Key_Delete, Key.Key_Return):
            QTest.keyClick(found.grid, key)
        QTest.keyClick(found.grid, Key.Key_PageDown)
        assert found.month.text() == "Dec 2026"
    finally:
        window.close()
        window.deleteLater()


@pytest.mark.parametrize("text", ["2026-12-24", "2026-12-31", "2027-02-05", "2028-02-29"])
def test_suggested_rules_come_true_on_their_day(text: str) -> None:
    for rule in suggested(day(text)):
        exception = CalendarException(1, 1, "x", day(text), day("2060-01-01"), (), rule)
        assert next(iter(spans(exception)))[0] == day(text), rule
        assert rule_text(rule)


def test_rules_of_files_are_told_in_words() -> None:
    told = [
        rule_text(rule)
        for rule in (
            {"type": "daily", "every": 3},
            {"type": "weekly", "every": 2, "weekdays": [0, 4]},
            {"type": "monthly by day", "every": 1, "day": 31},
            {"type": "monthly by position", "every": 3, "position": -1, "weekday": "weekday"},
            {"type": "yearly by position", "position": 4, "weekday": 3, "month": 11},
        )
    ]
    assert told == [
        "every 3 days",
        "every 2 weeks on Mon, Fri",
        "every month on day 31",
        "every 3 months on the last working day",
        "every year on the fourth Thursday of November",
    ]
