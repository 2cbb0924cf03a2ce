"""Days off that an iCalendar file would bring into a calendar, before they are taken."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QListWidget, QWidget

from milestone_desktop.desktop.calendars.rules import rule_text
from milestone_desktop.desktop.dialogs.form import FormDialog
from milestone_desktop.desktop.session import Listed, Session
from milestone_desktop.desktop.words import _, long_day_text, ngettext, say
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.calendars import CalendarDay
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.projects import Calendar
from milestone_desktop.exchange import ics

SHOWN = 500


class CalendarImportDialog(FormDialog):
    """The days of a file, and what was left out. added: how many days are new."""

    label = N_("Import days")
    listed = Listed.ALL

    def __init__(self, session: Session, calendar: Calendar, found: ics.DaysRead, parent: QWidget | None = None) -> None:
        title = _("Days from “{file}” for “{calendar}”").format(file=found.file, calendar=calendar.name)
        super().__init__(session, title, _("Import"), parent)
        self.setMinimumSize(560, 480)
        self._calendar, self._found = calendar, found
        self.added = 0
        counted = QLabel(ngettext("{n} entry, taken as days off", "{n} entries, taken as days off", len(found.days)))
        counted.setProperty("section", True)
        self.days = QListWidget()
        self.days.setAccessibleName(_("Days"))
        self.days.addItems([day_text_of(day) for day in found.days[:SHOWN]])
        if len(found.days) > SHOWN:
            self.days.addItem(ngettext("and {n} more", "and {n} more", len(found.days) - SHOWN))
        self.form.addRow(counted)
        self.form.addRow(self.days)
        self.done_button.setEnabled(bool(found.days))
        if found.findings:
            heading = QLabel(ngettext("{n} note on what was read", "{n} notes on what was read", len(found.findings)))
            heading.setProperty("section", True)
            self.findings = QListWidget()
            self.findings.setWordWrap(True)
            self.findings.setMaximumHeight(110)
            self.findings.setAccessibleName(heading.text())
            self.findings.addItems([say(finding) for finding in found.findings])
            self.form.addRow(heading)
            self.form.addRow(self.findings)

    def write(self, edit: Edit) -> None:
        self.added = ics.bring_in(edit, self._calendar.id, self._found)


def day_text_of(day: CalendarDay) -> str:
    """`24 Dec 2026 – 31 Dec 2026  Works holidays`, or the first day and the rule."""
    if day.recurrence:
        return _("{date}  {name}, {rule}").format(date=long_day_text(day.first), name=day.name, rule=rule_text(day.recurrence))
    if day.first == day.last:
        return _("{date}  {name}").format(date=long_day_text(day.first), name=day.name)
    return _("{first} – {last}  {name}").format(first=long_day_text(day.first), last=long_day_text(day.last), name=day.name)
