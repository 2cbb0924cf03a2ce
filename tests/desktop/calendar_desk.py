"""What the tests of the calendar page share: the page, its entries, clicks on days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from window_desk import OpenDesk, answer, settle

from milestone_desktop.desktop.calendars.month_grid import MonthGrid
from milestone_desktop.desktop.pages.calendars import CalendarsPage
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import Day
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.domain.worktime import work_time

NONE = Qt.KeyboardModifier.NoModifier


def day(text: str) -> Day:
    return date.fromisoformat(text).toordinal()


def calendar_page(desk: OpenDesk) -> CalendarsPage:
    desk.do("view.calendars")
    page = desk.window.page
    assert isinstance(page, CalendarsPage)
    return page


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


def recorded_page(desk: OpenDesk) -> CalendarsPage:
    """The page over a recorded project, so that nothing moves."""
    project = desk.window.session.facts.projects()[0]
    desk.window.session.attempt("Record", lambda edit: edit.update(project, mode=ScheduleMode.RECORDED))
    found = calendar_page(desk)
    found.grid.choose(day("2026-12-15"))
    return found


def in_dialog(kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Has `act` fill in the next dialog, which must be of a kind, and confirms it."""

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, kind)
        act(dialog)
        dialog.accept()

    answer(fill)
