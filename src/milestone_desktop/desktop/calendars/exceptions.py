"""The days of a calendar that differ from its week, as a list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from milestone_desktop.desktop.calendars.rules import recurrence_text
from milestone_desktop.desktop.models.columns import Column, Look
from milestone_desktop.desktop.record_table import RecordTable
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, long_day_text
from milestone_desktop.document.operations.calendars import HOLIDAYS
from milestone_desktop.domain.hours import hours_text
from milestone_desktop.domain.projects import CalendarException
from milestone_desktop.exchange.ics import SOURCE


class ExceptionTable(RecordTable):
    """Name, days, hours and where they come from. removal_wanted: Delete was pressed."""

    removal_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        plan = session.plan
        super().__init__(session, _columns(), lambda row_id: plan.get(CalendarException, row_id), _("Days that differ"), parent)
        self._session = session
        self._calendar: int | None = None

    def show_calendar(self, calendar: int | None) -> None:
        """Lists the entries of a calendar, the earliest first."""
        rows = self._session.plan.where(CalendarException, "calendar", calendar) if calendar is not None else []
        rows.sort(key=lambda row: (row.first, row.id))
        another, self._calendar = calendar != self._calendar, calendar
        self.show_records([row.id for row in rows])
        coming = next((row.id for row in rows if row.last >= self._session.today()), None)
        if another and coming is not None:
            self.take(coming)
        self._bring_up()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._bring_up()

    def _bring_up(self) -> None:
        """Until one is at work in the list, the entry in hand stands at its top, whatever height the page leaves."""
        if not self.hasFocus() and self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtTop)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
            return
        super().keyPressEvent(event)


def _columns() -> tuple[Column, ...]:
    return (
        Column("name", _("Name"), 150, lambda row: row.name or "—", tip=lambda row: row.name),
        Column("days", _("Days"), 190, _days, order=lambda row: row.first, tip=_days),
        Column("hours", _("Hours"), 150, lambda row: hours_text(row.shifts) or _("off")),
        Column("from", _("From"), 110, _origin, Look.MUTED, tip=_origin),
    )


def _days(row: CalendarException) -> str:
    if row.recurrence:
        return recurrence_text(row)
    if row.first == row.last:
        return long_day_text(row.first)
    return _("{first} – {last}").format(first=long_day_text(row.first), last=long_day_text(row.last))


def _origin(row: CalendarException) -> str:
    if row.source.startswith(HOLIDAYS):
        return row.source.removeprefix(HOLIDAYS)
    return row.source.removeprefix(SOURCE) if row.source.startswith(SOURCE) else (_("imported") if row.source else _("by hand"))
