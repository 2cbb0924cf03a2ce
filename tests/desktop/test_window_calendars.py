"""The calendar page with keys and mouse: the week, days, the month, and the calendars themselves."""

from __future__ import annotations

import pytest
from calendar_desk import back_to, calendar_page, click, day, entries, in_dialog, recorded_page, works
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from window_desk import NOW, Key, OpenDesk, answer, press, settle, type_text

from milestone_desktop import files
from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.calendars.rules import rule_text, suggested
from milestone_desktop.desktop.dialogs.calendar_use import CalendarUseDialog
from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.desktop.pages.calendars import CalendarsPage
from milestone_desktop.document.operations import calendars, people
from milestone_desktop.domain.projects import Calendar, CalendarException, Person
from milestone_desktop.domain.recurrence import spans

Shift = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def page(desk: OpenDesk) -> CalendarsPage:
    return recorded_page(desk)


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
