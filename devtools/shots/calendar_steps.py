"""What is done before the calendar page and its dialogs are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shots.steps import page, settle, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.pages.calendars import CalendarsPage
    from milestone_desktop.desktop.window import MainWindow


def calendars(window: MainWindow) -> QWidget | None:
    """The page with holidays, a closed week, an extra day and a stretch of chosen days."""
    _filled(window)
    return None


def days(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.calendar_day import CalendarDayDialog

    found = _filled(window)
    first, last = found.grid.chosen()
    dialog = CalendarDayDialog(window.session, _calendar(found), first, last, parent=window)
    dialog.name.setText("Company holiday")
    dialog.repeats.setCurrentIndex(dialog.repeats.count() - 2)
    dialog.repeats.picked.emit()
    return shown(dialog)


def holidays(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.holidays import HolidaysDialog

    found = _filled(window)
    assert found.calendar is not None
    dialog = HolidaysDialog(window.session, found.calendar, window)
    dialog.country.setCurrentIndex(dialog.country.findData("DE"))
    dialog.country.picked.emit()
    return shown(dialog)


def users(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.calendar_use import CalendarUseDialog

    found = _filled(window)
    assert found.calendar is not None
    return shown(CalendarUseDialog(window.session, found.calendar, window))


def _calendar(found: CalendarsPage) -> int:
    assert found.calendar is not None
    return found.calendar.id


def _filled(window: MainWindow) -> CalendarsPage:
    from datetime import date

    from milestone_desktop.desktop.pages.calendars import CalendarsPage
    from milestone_desktop.document.operations import calendar_days, calendars
    from milestone_desktop.domain.projects import CalendarException

    page("calendars")(window)
    found = window.page
    assert isinstance(found, CalendarsPage)
    chosen = _calendar(found)
    if all(row.name != "Works holidays" for row in window.session.plan.all(CalendarException)):
        with window.session.document.edit("Fill") as edit:
            calendars.add_public_holidays(edit, chosen, "DE", "BY", [2026, 2027], "en_US")
            closed = date(2026, 12, 28).toordinal()
            calendar_days.set_days(edit, chosen, closed, closed + 3, "Works holidays")
            extra = date(2026, 12, 12).toordinal()
            calendar_days.set_days(edit, chosen, extra, extra, "Stocktaking", ((540, 780),))
            calendars.create(edit, "Night shift", (((1320, 1800),),) * 5 + ((), ()), base=None)
            half = date(2026, 12, 4).toordinal()
            rule = {"type": "monthly by position", "position": 1, "weekday": 4}
            calendars.add_exception(edit, chosen, "Team day", half, half + 400, ((540, 720),), rule)
    found.reload()
    found.grid.choose(date(2026, 12, 15).toordinal(), date(2026, 12, 23).toordinal())
    settle()
    return found


def replan(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.replan import ReplanDialog

    page("roadmap")(window)
    dialog = ReplanDialog(window.session, window)
    dialog.reason.setText("The field crew is away until January")
    return shown(dialog)


def scenario(window: MainWindow) -> QWidget | None:
    _tried(window)
    window.show_page("roadmap")
    window.roadmap.fit()
    settle()
    return None


def compare(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.scenario import CompareDialog

    _tried(window)
    assert window.session.project is not None
    return shown(CompareDialog(window.session, window.session.project, window))


def try_dialog(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.scenario import TryDialog

    page("roadmap")(window)
    return shown(TryDialog(window.session, window))


def _tried(window: MainWindow) -> None:
    """Shows a scenario of the first project, five working days later; it is made once."""
    from milestone_desktop.document.operations import replan, scenarios
    from milestone_desktop.domain.scenarios import scenarios_of

    page("roadmap")(window)
    session = window.session
    project = session.facts.projects()[0].id
    if not scenarios_of(session.plan, project):
        with session.document.edit("Try") as edit:
            made = scenarios.try_out(edit, project, "Aurora in spring").id
        with session.document.edit("Later") as edit:
            replan.shift(edit, made, 5, reach=replan.Reach.NOT_STARTED)
    session.show_project(scenarios_of(session.plan, project)[0].id)
    settle()
