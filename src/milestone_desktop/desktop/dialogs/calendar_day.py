"""Days of a calendar that differ from its week: off, or of other hours, once or again and again."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from milestone_desktop.desktop.calendars.rules import rule_for, rule_text, suggested, weekday_name
from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.fields import ChoiceField, DateField
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import LocaleDates, _, say_error
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import calendar_days, calendars
from milestone_desktop.domain.hours import hours_text, read_hours
from milestone_desktop.domain.instants import Day, weekday
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import CalendarException, Shift
from milestone_desktop.domain.recurrence import LAST_DAY

MOST_DAYS_THAT_RECUR = 31


class CalendarDayDialog(FormDialog):
    """Name, days, hours and recurrence. exception: the one to change; None adds one on `first` … `last`."""

    label = N_("Change days of a calendar")
    listed = Listed.ALL

    def __init__(
        self, session: Session, calendar: int, first: Day, last: Day, *, exception: CalendarException | None = None,
        shifts: tuple[Shift, ...] = (), parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        title = _("Add days") if exception is None else _("Change days")
        super().__init__(session, title, _("Add") if exception is None else _("Save"), parent)
        self._calendar, self._exception = calendar, exception
        rule = exception.recurrence if exception is not None else {}
        self.name = QLineEdit(exception.name if exception is not None else "")
        self.name.setPlaceholderText(_("such as Company holiday"))
        self.hours = QLineEdit(hours_text(exception.shifts if exception is not None else shifts) or _("off"))
        self.hours.setToolTip(_("“off”, or hours such as 9:00–13:00, 15:00–19:00"))
        self.first, self.last = self._day(first), self._day(last)
        self.repeats = ChoiceField()
        self.every = QLineEdit(str(rule.get("every", 1)))
        self.until = DateField(session.today())
        self.until.setPlaceholderText(_("without end"))
        if rule and exception is not None and exception.last < LAST_DAY:
            self.until.show_day(exception.last)
        self.weekdays = Weekdays(rule.get("weekdays", [weekday(first)]))
        for text, field in (
            (_("Name"), self.name), (_("First day"), self.first), (_("Last day"), self.last), (_("Hours"), self.hours),
            (_("Repeats"), self.repeats), (_("Interval"), self.every), (_("On"), self.weekdays), (_("Until"), self.until),
        ):  # fmt: skip
            self.add(text, field)
        self.told = QLabel()
        self.told.setProperty("muted", True)
        self.told.setWordWrap(True)
        self.told.setAccessibleDescription(_("In words"))
        self.form.addRow(self.told)
        self._rules: list[dict[str, Any]] = []
        self._offer_rules(first, rule)
        self.first.textEdited.connect(self._on_first)
        self.repeats.picked.connect(self._show_rule)
        for line in (self.every, self.hours):
            line.textEdited.connect(self._show_rule)
        self.weekdays.changed_to(self._show_rule)
        self._show_rule()

    def write(self, edit: Edit) -> None:
        first, last = self._first_day(), self.last.day()
        last = first if last is None else last
        if last < first:
            raise PlanError(N_("The last day is before the first one."), N_("Choose a later last day."))
        shifts, name = self._shifts(), self.name.text().strip() or self._usual_name()
        rule = self._rule()
        if self._exception is not None:
            end = self._end(first) if rule else last
            calendars.change_exception(
                edit, self._exception.id, name=name, first=first, last=end, shifts=shifts, recurrence=rule
            )  # fmt: skip
        elif rule:
            self._add_recurring(edit, name, first, last, shifts, rule)
        else:
            calendar_days.set_days(edit, self._calendar, first, last, name, shifts)

    def _add_recurring(
        self, edit: Edit, name: str, first: Day, last: Day, shifts: tuple[Shift, ...], rule: dict[str, Any]
    ) -> None:  # fmt: skip
        """A rule gives one day at a time, so that a stretch of days takes a rule for each."""
        days = [first] if rule["type"] in ("weekly", "daily") else list(range(first, last + 1))
        if len(days) > MOST_DAYS_THAT_RECUR:
            raise PlanError(
                N_("{days} days in a row cannot recur; {most} can."), N_("Choose fewer days."),
                days=len(days), most=MOST_DAYS_THAT_RECUR,
            )  # fmt: skip
        every = int(rule.get("every", 1))
        for day in days:
            own = rule if day == first else rule_for(rule["type"], day, every=every, from_end=rule.get("position") == -1)
            calendars.add_exception(edit, self._calendar, name, day, self._end(day), shifts, own)

    def _end(self, first: Day) -> Day:
        until = self.until.day()
        if until is None:
            return LAST_DAY
        if until < first:
            raise PlanError(N_("It would end before it begins."), N_("Choose a later day for “Until”."))
        return until

    def _first_day(self) -> Day:
        first = self.first.day()
        if first is None:
            raise PlanError(N_("The first day is missing."), N_("Type a date such as 24 dec."))
        return first

    def _shifts(self) -> tuple[Shift, ...]:
        text = self.hours.text().strip()
        return () if text.casefold() in (_("off").casefold(), "off", "-", "—") else read_hours(text)

    def _usual_name(self) -> str:
        return _("Other hours") if self._shifts() else _("Day off")

    def _day(self, day: Day) -> DateField:
        field = DateField(self.session.today())
        field.show_day(day)
        return field

    def _offer_rules(self, day: Day, kept: dict[str, Any]) -> None:
        """The rules that come true on a day; one that the exception has already stays among them."""
        plain = {name: value for name, value in kept.items() if name != "every"}
        rules: list[dict[str, Any]] = [{}, *suggested(day)]
        if plain and plain not in rules:
            rules = [rule for rule in rules if not (rule.get("type") == "weekly" == plain.get("type"))]
            rules.insert(1, plain)
        self._rules = rules
        words: list[tuple[object, str]] = [(number, rule_text(rule) or _("does not repeat")) for number, rule in enumerate(rules)]
        self.repeats.offer(words, rules.index(plain))

    def _on_first(self) -> None:
        if self.first.understood() and (day := self.first.day()) is not None:
            chosen = self._rules[self.repeats.currentIndex()] if self.repeats.currentIndex() >= 0 else {}
            again = {} if not chosen or chosen["type"] == "daily" else rule_for(
                chosen["type"], day, from_end=chosen.get("position") == -1
            )  # fmt: skip
            self._offer_rules(day, again)
            if chosen.get("type") == "weekly":
                self.weekdays.show_days([weekday(day)])
        self._show_rule()

    def _rule(self) -> dict[str, Any]:
        rule = dict(self._rules[max(0, self.repeats.currentIndex())])
        if not rule:
            return {}
        text = self.every.text().strip()
        if not text.isdecimal() or not 1 <= int(text) <= 1000:
            raise PlanError(N_("“{text}” is not a number of times."), N_("Type a whole number such as 1 or 2."), text=text)
        if int(text) > 1:
            rule["every"] = int(text)
        if rule["type"] == "weekly":
            rule["weekdays"] = self.weekdays.days()
            if not rule["weekdays"]:
                raise PlanError(N_("No weekday is chosen."), N_("Choose at least one."))
        return rule

    def _show_rule(self) -> None:
        rule = self._rules[max(0, self.repeats.currentIndex())]
        for field, shown in (
            (self.every, bool(rule)), (self.until, bool(rule)), (self.weekdays, rule.get("type") == "weekly"),
            (self.last, not (rule and (self._exception is not None or rule["type"] == "weekly"))),
        ):  # fmt: skip
            self.form.setRowVisible(field, shown)
        try:
            hours, rule = self._shifts(), self._rule()
            text = hours_text(hours) or _("off")
            self.told.setText(_("{hours}, {rule}").format(hours=text, rule=rule_text(rule)) if rule else text)
            self.complain("")
        except PlanError as error:
            self.told.setText("")
            self.complain(say_error(error))


class Weekdays(QWidget):
    """Seven buttons, each on or off."""

    def __init__(self, chosen: list[int]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        first = LocaleDates().first_weekday
        self.buttons: dict[int, QPushButton] = {}
        for place in range(7):
            day = (first + place) % 7
            button = QPushButton(weekday_name(day, short=True))
            button.setAccessibleName(weekday_name(day))
            button.setCheckable(True)
            button.setChecked(day in chosen)
            button.setProperty("segment", True)
            button.setProperty("first", place == 0)
            button.setProperty("last", place == 6)
            line.addWidget(button)
            self.buttons[day] = button
        line.addStretch(1)

    def days(self) -> list[int]:
        """The chosen weekdays, 0 being Monday."""
        return sorted(day for day, button in self.buttons.items() if button.isChecked())

    def show_days(self, days: list[int]) -> None:
        for day, button in self.buttons.items():
            button.setChecked(day in days)

    def changed_to(self, listener: Any) -> None:
        """Calls a function after each change by the person."""
        for button in self.buttons.values():
            button.clicked.connect(lambda: listener())
