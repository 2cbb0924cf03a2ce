"""The week of a calendar: a line of hours for each day, read while it is typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from milestone_desktop.desktop.calendars.rules import weekday_name
from milestone_desktop.desktop.fields import LineField
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import LocaleDates, _, length_text, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendars
from milestone_desktop.domain.hours import hours_text, minutes_of, read_hours
from milestone_desktop.domain.instants import MINUTES_PER_DAY
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Calendar, Shift

Take = Callable[[str, Callable[[Edit], object]], bool]
"""Makes one edit under a label; False where the person or a rule would not have it."""


class WeekEditor(QWidget):
    """Seven lines. An empty one takes the hours of the base calendar, `off` makes a day off."""

    def __init__(self, session: Session, take: Take, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._take = take
        self._calendar: Calendar | None = None
        self._taking = False
        self.fields: list[LineField] = []
        self.told: list[QLabel] = []
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(5)
        first = LocaleDates().first_weekday
        for place in range(7):
            day = (first + place) % 7
            label = QLabel(weekday_name(day))
            label.setProperty("muted", True)
            field = LineField()
            field.setAccessibleName(_("Hours on {weekday}").format(weekday=weekday_name(day)))
            field.setToolTip(_("Hours such as 9:00–13:00, 15:00–19:00 or 22:00–6:00; “off” for a day off"))
            label.setBuddy(field)
            told = QLabel()
            told.setProperty("muted", True)
            told.setMinimumWidth(70)
            grid.addWidget(label, place, 0)
            grid.addWidget(field, place, 1)
            grid.addWidget(told, place, 2)
            self.fields.append(field)
            self.told.append(told)
        self._place = {(first + place) % 7: place for place in range(7)}
        for day in range(7):
            field = self.field(day)
            field.textEdited.connect(lambda _text, day=day: self._tell(day))
            field.left.connect(lambda day=day: self._on_left(day))
        self.copy = QPushButton(_("Monday's hours until Friday"))
        self.copy.setProperty("quiet", True)
        self.copy.setProperty("adder", True)
        self.copy.setToolTip(_("Gives Tuesday to Friday the hours of Monday"))
        self.copy.clicked.connect(self.copy_monday)
        grid.addWidget(self.copy, 7, 1, 1, 2, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)

    def field(self, day: int) -> LineField:
        """The line of a weekday, 0 being Monday."""
        return self.fields[self._place[day]]

    def reading(self, day: int) -> str:
        """What the line of a weekday was taken for."""
        return self.told[self._place[day]].text()

    def show_calendar(self, calendar: Calendar | None) -> None:
        """Shows the week of a calendar as it stands."""
        self._calendar = calendar
        writable = calendar is not None and not self.session.document.read_only
        self.copy.setEnabled(writable)
        for day in range(7):
            field = self.field(day)
            field.setEnabled(writable)
            inherited = self._inherited(day)
            field.setPlaceholderText(
                _("as in the base: {hours}").format(hours=_worded(inherited)) if self._has_base() else _("off")
            )
            field.show_text("" if calendar is None else self._text(calendar, day))
            self._tell(day)

    def copy_monday(self) -> None:
        """Gives Tuesday to Friday the hours of Monday."""
        calendar = self._calendar
        if calendar is not None:
            week = (*(calendar.week[:1] * 5), *calendar.week[5:])
            self._take(N_("Change the week"), lambda edit: calendars.set_week(edit, calendar.id, week))

    def _on_left(self, day: int) -> None:
        """Takes in what was typed; what cannot be read stays, with the reason beside it."""
        calendar, field = self._calendar, self.field(day)
        if calendar is None or self._taking:
            return
        try:
            shifts = self._read(day)
        except PlanError as error:
            self.session.failed.emit(say_error(error))
            return
        field.setModified(False)
        if shifts == calendar.week[day] or (shifts is None and calendar.week[day] is None):
            self.show_calendar(calendar)
            return
        week = tuple(shifts if place == day else other for place, other in enumerate(calendar.week))
        self._taking = True  # a dialog that lists moves takes the keyboard away, and so ends the typing again
        taken = self._take(N_("Change the week"), lambda edit: calendars.set_week(edit, calendar.id, week))
        self._taking = False
        if not taken:
            self.show_calendar(calendar)

    def _read(self, day: int) -> tuple[Shift, ...] | None:
        text = self.field(day).text().strip()
        if not text:
            return None if self._has_base() else ()
        if text.casefold() in (_("off").casefold(), "off", "—", "-"):
            return ()
        return read_hours(text)

    def _tell(self, day: int) -> None:
        label, field, complaint = self.told[self._place[day]], self.field(day), ""
        text = ""
        try:
            shifts = self._read(day)
            text = _length(self._inherited(day) if shifts is None else shifts)
        except PlanError as error:
            complaint, text = say_error(error), _("not understood")
        label.setText(text)
        label.setToolTip(complaint)
        field.setAccessibleDescription(complaint or text)
        field.setProperty("invalid", bool(complaint))
        label.setProperty("error", bool(complaint))
        for widget in (field, label):
            widget.style().polish(widget)

    def _has_base(self) -> bool:
        return self._calendar is not None and self._calendar.base is not None

    def _inherited(self, day: int) -> tuple[Shift, ...]:
        """The hours that the nearest base calendar gives a weekday."""
        seen: set[int] = set()
        current = self.session.plan.get(Calendar, self._calendar.base) if self._calendar is not None else None
        while current is not None and current.id not in seen:
            seen.add(current.id)
            shifts = current.week[day]
            if shifts is not None:
                return shifts
            current = self.session.plan.get(Calendar, current.base)
        return ()

    @staticmethod
    def _text(calendar: Calendar, day: int) -> str:
        shifts = calendar.week[day]
        if shifts is None:
            return ""
        return hours_text(shifts) or _("off")


def _worded(shifts: tuple[Shift, ...]) -> str:
    return hours_text(shifts) or _("off")


def _length(shifts: tuple[Shift, ...]) -> str:
    """How long is worked, and whether it goes on after midnight."""
    if not shifts:
        return _("day off")
    length = length_text(minutes_of(shifts))
    return _("{length}, overnight").format(length=length) if shifts[-1][1] > MINUTES_PER_DAY else length
