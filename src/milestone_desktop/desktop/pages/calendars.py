"""The calendars of the workspace and its projects: week, month by month, days that differ, and who works by them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from milestone_desktop.desktop.calendars.calendar_list import CalendarList
from milestone_desktop.desktop.calendars.exceptions import ExceptionTable
from milestone_desktop.desktop.calendars.month_grid import MonthGrid
from milestone_desktop.desktop.calendars.week_editor import WeekEditor
from milestone_desktop.desktop.dialogs.calendar_day import CalendarDayDialog
from milestone_desktop.desktop.dialogs.calendar_import import CalendarImportDialog
from milestone_desktop.desktop.dialogs.calendar_use import CalendarUseDialog, used_by
from milestone_desktop.desktop.dialogs.holidays import HolidaysDialog
from milestone_desktop.desktop.dialogs.moves import confirm_moves
from milestone_desktop.desktop.fields import ChoiceField, LineField
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import LocaleDates, _, ngettext
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendar_days, calendars
from milestone_desktop.domain.calendar_days import days_told
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project, Shift
from milestone_desktop.exchange import ics

WEEK_WIDTH = 386
ROOMY, FOLDED_HEIGHT = 1080, 860
"""Px of width from which week and month stand side by side, and of height that they need below one another."""

LEAST_LISTED = 130
"""Px of height in which some entries can be read."""

OFFICE: tuple[Shift, ...] = ((9 * 60, 17 * 60),)


class CalendarsPage(Page):
    """A list of calendars; beside it the one in hand."""

    least = QSize(700, 520)
    searchable = False

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._hand: int | None = None
        self.list = CalendarList(session)
        self.name = LineField()
        self.name.setObjectName("inspectorTitle")
        self.name.setAccessibleName(_("Name of the calendar"))
        self.name.setProperty("calm", True)
        self.base = ChoiceField()
        self.base.setAccessibleName(_("Base calendar"))
        self.used = QLabel()
        self.used.setProperty("muted", True)
        self.used.setWordWrap(True)
        self.week = WeekEditor(session, self._take)
        self.grid = MonthGrid(session)
        self.month = QLabel()
        self.month.setProperty("strong", True)
        self.exceptions = ExceptionTable(session)
        self.counted = QLabel()
        self.counted.setProperty("section", True)
        self._buttons: list[QPushButton] = []
        self._lay_out()
        self._connect()

    # what the window asks

    def rows_text(self) -> str:
        return ngettext("{n} calendar", "{n} calendars", len(self.list.ids()))

    def enter(self) -> None:
        self.reload()

    # showing

    @property
    def calendar(self) -> Calendar | None:
        """The calendar in hand."""
        return self.session.plan.get(Calendar, self._hand)

    def show_calendar(self, calendar_id: int) -> None:
        """Takes another calendar in hand."""
        self._hand = calendar_id
        self.reload()

    def reload(self) -> None:
        """Lists the calendars anew and shows the one in hand."""
        if self._hand not in self.list.ids():
            self._hand = self.list.usual()
        self.list.show_calendars(self._hand)
        self._show_hand()
        self.rows_changed.emit()

    # what can be done

    def add_calendar(self) -> None:
        """Adds a calendar that works as the one in hand until its week says otherwise, and opens its name."""
        base = self._hand
        week = (None,) * 7 if base is not None else (*((OFFICE,) * 5), (), ())
        made: list[int] = []

        def make(edit: Edit) -> None:
            made.append(calendars.create(edit, _("New calendar"), week, base=base).id)

        if self.session.attempt(N_("Add calendar"), make):
            self.show_calendar(made[-1])
            self.name.setFocus()
            self.name.selectAll()

    def duplicate_calendar(self) -> None:
        """Adds a second calendar like the one in hand."""
        row, made = self.calendar, list[int]()
        if row is None:
            return
        name = _("{name} (2)").format(name=row.name)
        if self.session.attempt(N_("Duplicate calendar"), lambda edit: made.append(calendars.copy(edit, row.id, name).id)):
            self.show_calendar(made[-1])
            self.name.setFocus()
            self.name.selectAll()

    def delete_calendar(self) -> None:
        """Deletes the calendar in hand; one that is in use is kept, and it is said by what."""
        row = self.calendar
        if row is not None:
            self.session.attempt(N_("Delete calendar"), lambda edit: calendars.delete(edit, row.id))

    def choose_users(self) -> None:
        """Asks who works by the calendar in hand."""
        if self.calendar is not None:
            CalendarUseDialog(self.session, self.calendar, self.window()).exec()

    def add_holidays(self) -> None:
        """Asks for a country and adds its public holidays."""
        if self.calendar is None:
            return
        dialog = HolidaysDialog(self.session, self.calendar, self.window())
        if dialog.exec():
            self.session.noticed.emit(ngettext("{n} holiday added.", "{n} holidays added.", dialog.added))

    def import_days(self) -> None:
        """Asks for an iCalendar file and adds its days."""
        name, _filter = QFileDialog.getOpenFileName(
            self.window(), _("Import days"), "", _("iCalendar files (*.ics *.ical *.ifb *.icalendar);;All files (*)")
        )
        if name:
            self.import_file(Path(name))

    def import_file(self, path: Path) -> None:
        """Shows the days of an iCalendar file and adds them."""
        if self.calendar is None:
            return
        try:
            found = ics.read_days(path, self.session.today())
        except PlanError as error:
            self.session.fail(error)
            return
        dialog = CalendarImportDialog(self.session, self.calendar, found, self.window())
        if dialog.exec():
            self.session.noticed.emit(ngettext("{n} entry added.", "{n} entries added.", dialog.added))

    def change_days(self) -> None:
        """Asks what is to hold on the chosen days: changes the entry that holds on all of them, or adds one."""
        if self.calendar is None or self.session.document.read_only:
            return
        first, last = self.grid.chosen()
        told = days_told(self.session.plan, self.calendar.id, first, last)
        entries = {day.exception.id for day in told if day.exception is not None and day.exception.calendar == self._hand}
        if len(entries) == 1 and all(day.exception is not None for day in told):
            self.change_exception(entries.pop())
            return
        shifts = self._usual_hours() if not any(day.shifts for day in told) else ()
        CalendarDayDialog(self.session, self.calendar.id, first, last, shifts=shifts, parent=self.window()).exec()

    def change_exception(self, exception_id: int) -> None:
        """Asks for name, days, hours and recurrence of an entry."""
        row = self.session.plan.get(CalendarException, exception_id)
        if row is not None and not self.session.document.read_only:
            CalendarDayDialog(
                self.session, row.calendar, row.first, row.last, exception=row, parent=self.window()
            ).exec()  # fmt: skip

    def remove_exception(self) -> None:
        """Removes the entry in hand in the list."""
        hand = self.exceptions.hand
        if hand is not None and not self.session.document.read_only:
            self._take(N_("Remove days"), lambda edit: calendars.remove_exception(edit, hand))

    def mark(self, what: str) -> None:
        """Marks the chosen days: "off", "work" (as extra working days) or "week" (as the week says)."""
        row = self.calendar
        if row is None or self.session.document.read_only:
            return
        first, last = self.grid.chosen()
        if what == "off":
            self._take(N_("Add day off"), lambda edit: calendar_days.set_days(edit, row.id, first, last, _("Day off")))
        elif what == "work":
            hours, name = self._usual_hours(), _("Extra working day")
            self._take(N_("Add working day"), lambda edit: calendar_days.set_days(edit, row.id, first, last, name, hours))
        else:
            self._take(
                N_("Work as in the week"),
                lambda edit: calendar_days.follow_week(edit, row.id, first, last, _("As in the week")),
            )

    # inside

    def _take(self, label: str, function: Callable[[Edit], object]) -> bool:
        return confirm_moves(self.session, label, function)

    def _usual_hours(self) -> tuple[Shift, ...]:
        """The hours of the first weekday that is worked."""
        first = self.session.today()
        if self._hand is None:
            return OFFICE
        week = days_told(self.session.plan, self._hand, first, first + 27)
        return next((day.shifts for day in week if day.shifts and day.exception is None), OFFICE)

    def _show_hand(self) -> None:
        row, writable = self.calendar, not self.session.document.read_only
        self.name.show_text(row.name if row is not None else "")
        self.name.setEnabled(writable and row is not None)
        self.used.setText(used_by(self.session, row) if row is not None else "")
        self._offer_bases(row)
        self.base.setEnabled(writable and row is not None)
        self.week.show_calendar(row)
        self.grid.show_calendar(self._hand)
        self._show_month()
        there = self.session.plan.where(CalendarException, "calendar", self._hand)
        self.exceptions.show_calendar(self._hand)
        self.counted.setText(
            ngettext("{n} entry that differs from the week", "{n} entries that differ from the week", len(there))
        )
        for button in self._buttons:
            button.setEnabled(writable and (row is not None or button is self.add_button))
        self._offer_entry()

    def _offer_entry(self) -> None:
        there = self.exceptions.hand is not None and not self.session.document.read_only
        self.change_button.setEnabled(there)
        self.remove_button.setEnabled(there)

    def _offer_bases(self, row: Calendar | None) -> None:
        """Any calendar that is not based on this one, of the workspace or of the same project."""
        if row is None:
            self.base.offer([], None)
            return
        plan = self.session.plan
        fits = [other for other in plan.all(Calendar) if other.project in (None, row.project)]
        fits = [other for other in fits if row.id not in calendars.chain(plan, other)]
        named = sorted(((other.id, other.name) for other in fits), key=lambda pair: pair[1].casefold())
        self.base.offer([(None, _("none: a week of its own")), *named], row.base)

    def _show_month(self) -> None:
        month = self.grid.days.month
        self.month.setText(LocaleDates().month_year(month.year, month.month))
        self.grid.setAccessibleDescription(self.month.text())

    def _on_name(self) -> None:
        row, text = self.calendar, self.name.text()
        if row is not None and self.session.attempt(N_("Rename calendar"), lambda edit: calendars.rename(edit, row.id, text)):
            self.name.setModified(False)

    def _on_base(self) -> None:
        row, base = self.calendar, self.base.currentData()
        if row is not None and base != row.base:
            self._take(N_("Change base calendar"), lambda edit: calendars.set_base(edit, row.id, base))
            self._show_hand()

    def _on_row(self, calendar: int) -> None:
        self._hand = calendar
        self._show_hand()

    def _on_entry(self) -> None:
        """Shows the day of the entry in hand."""
        self._offer_entry()
        row = self.session.plan.get(CalendarException, self.exceptions.hand)
        if row is not None and self.exceptions.hasFocus():
            self.grid.choose(row.first, row.first if row.recurrence else min(row.last, row.first + 366))

    def _on_changed(self, event: Changed) -> None:
        if self.isVisible() and event.change_set.ids(Calendar, CalendarException, Project, Person):
            self.reload()

    def _on_project(self) -> None:
        self._hand = None
        if self.isVisible():
            self.reload()

    def _menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        for text, key, function in (
            (_("Day off"), "O", lambda: self.mark("off")),
            (_("Working day"), "W", lambda: self.mark("work")),
            (_("As in the week"), "Del", lambda: self.mark("week")),
            (_("Other hours, recurring days…"), "Enter", self.change_days),
        ):  # fmt: skip
            action = menu.addAction(f"{text}\t{key}", function)
            action.setEnabled(not self.session.document.read_only)
        menu.exec(place)
        menu.deleteLater()

    # building

    def _connect(self) -> None:
        session = self.session
        self.list.chosen.connect(self._on_row)
        self.name.left.connect(self._on_name)
        self.base.picked.connect(self._on_base)
        self.grid.month_changed.connect(self._show_month)
        self.grid.wanted.connect(self.change_days)
        self.grid.asked.connect(self.mark)
        self.grid.menu_wanted.connect(self._menu)
        self.exceptions.picked.connect(self._on_entry)
        self.exceptions.chosen.connect(self.change_exception)
        self.exceptions.removal_wanted.connect(self.remove_exception)
        session.changed.connect(self._on_changed)
        session.project_changed.connect(self._on_project)

    def _lay_out(self) -> None:
        whole = QHBoxLayout(self)
        whole.setContentsMargins(18, 12, 18, 12)
        whole.setSpacing(18)
        whole.addLayout(self._list_column())
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(self._head())
        self._columns = QHBoxLayout()
        self._columns.setSpacing(24)
        self._columns.addLayout(self._week_column())
        self._columns.addLayout(self._month_column(), 1)
        right.addLayout(self._columns, 1)
        whole.addLayout(right, 1)
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The month stands below the week where it has no room beside it, and the page is as high as both."""
        super().resizeEvent(event)
        roomy = self.width() >= ROOMY
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if roomy else QBoxLayout.Direction.TopToBottom)
        self.setMinimumHeight(self.least.height() if roomy else FOLDED_HEIGHT)

    def _list_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self.list, 1)
        line = QHBoxLayout()
        line.setSpacing(6)
        self.add_button = self._button(_("Add"), _("Add calendar"), self.add_calendar)
        line.addWidget(self.add_button)
        line.addWidget(self._button(_("Copy"), _("Duplicate calendar"), self.duplicate_calendar))
        line.addWidget(self._button(_("Delete"), _("Delete calendar"), self.delete_calendar))
        column.addLayout(line)
        return column

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.name, 3)
        head.addWidget(self.used, 4)
        head.addWidget(self._button(_("Who works by it…"), _("Choose who works by the calendar"), self.choose_users))
        return head

    def _week_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        base = QHBoxLayout()
        label = QLabel(_("Based on"))
        label.setProperty("muted", True)
        label.setBuddy(self.base)
        base.addWidget(label)
        base.addWidget(self.base, 1)
        column.addLayout(base)
        column.addWidget(_section(_("Week")))
        self.week.setFixedWidth(WEEK_WIDTH)
        column.addWidget(self.week)
        column.addStretch(1)
        return column

    def _month_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(8)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._turner("chevron-left", _("Month before"), -1))
        line.addWidget(self.month)
        line.addWidget(self._turner("chevron-right", _("Month after"), 1))
        line.addStretch(1)
        for text, name, function in (
            (_("Days…"), _("Add or change days"), self.change_days), (_("Holidays…"), _("Add holidays"), self.add_holidays),
            (_("Import…"), _("Import days from an iCalendar file"), self.import_days),
        ):  # fmt: skip
            line.addWidget(self._button(text, name, function))
        column.addLayout(line)
        column.addWidget(self.grid, 3)
        below = QHBoxLayout()
        below.addWidget(self.counted, 1)
        self.change_button = self._button(_("Change…"), _("Change entry"), lambda: self._change_in_hand())
        self.remove_button = self._button(_("Remove"), _("Remove entry"), self.remove_exception)
        below.addWidget(self.change_button)
        below.addWidget(self.remove_button)
        column.addLayout(below)
        self.exceptions.setMinimumHeight(LEAST_LISTED)
        column.addWidget(self.exceptions, 2)
        return column

    def _change_in_hand(self) -> None:
        if self.exceptions.hand is not None:
            self.change_exception(self.exceptions.hand)

    def _button(self, text: str, name: str, function: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: function())
        self._buttons.append(button)
        return button

    def _turner(self, icon: str, name: str, months: int) -> QWidget:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.grid.turn(months))
        button.setIcon(self.session.icons.icon(icon))
        self.session.theme_changed.connect(lambda: button.setIcon(self.session.icons.icon(icon)))
        return button


def _section(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("section", True)
    return label
