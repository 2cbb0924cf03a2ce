"""Primavera P6 XML: calendars. A day's hours end with the last minute that is worked: 08:00–11:59 is four hours."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from milestone_desktop.domain.instants import day_of, day_to_iso
from milestone_desktop.domain.messages import N_
from milestone_desktop.exchange.foreign import Findings, ForeignCalendar, ForeignException
from milestone_desktop.exchange.pmxml_codes import WEEKDAYS, Fields
from milestone_desktop.exchange.settling import Shifts, filled_week, joined
from milestone_desktop.exchange.xml_fields import UNREADABLE, as_data, local_name, minute_of_day

NO_DAY = N_("Days of a calendar's week that could not be told and were left out: {count}.")
NO_DATE = N_("Calendar exceptions without readable dates, kept aside and not in effect: {count}.")


def read_calendar(element: Element, findings: Findings) -> ForeignCalendar:
    """One `Calendar` element; what it says of the hours in a day, a week and a month stays in `extra`."""
    fields = Fields(element, findings)
    key = fields.take("ObjectId")
    base = fields.take("BaseCalendarObjectId")
    week: list[Shifts | None] = [None] * 7
    calendar = ForeignCalendar(key, fields.take("Name") or key, (), base or None)
    for section in fields.nested:
        name = local_name(section)
        for row in section:
            if name == "StandardWorkWeek":
                _read_week_day(row, week, findings)
            elif name == "HolidayOrExceptions":
                _read_exception(row, calendar, fields, findings)
        if name not in ("StandardWorkWeek", "HolidayOrExceptions"):
            fields.keep_in_list(name, as_data(section))
    calendar.week = tuple(week) if calendar.base is not None else filled_week(week, findings)
    calendar.extra = fields.extra()
    return calendar


def _read_week_day(row: Element, week: list[Shifts | None], findings: Findings) -> None:
    fields = Fields(row, findings)
    name = fields.take("DayOfWeek")
    if name in WEEKDAYS:
        week[WEEKDAYS.index(name)] = _shifts(row, findings)
    else:
        findings.add(NO_DAY)


def _read_exception(row: Element, calendar: ForeignCalendar, fields: Fields, findings: Findings) -> None:
    """One day with hours of its own, or none."""
    moment = Fields(row, findings).take_moment("Date")
    if moment is None:
        findings.add(NO_DATE)
        fields.keep_in_list("aside", as_data(row))
        return
    day = day_of(moment)
    calendar.exceptions.append(ForeignException(day_to_iso(day), day, day, _shifts(row, findings)))


def _shifts(row: Element, findings: Findings) -> Shifts:
    """The hours of a day; none where it is a day off."""
    found = []
    for child in row:
        times = {local_name(part): (part.text or "").strip() for part in child}
        if local_name(child) != "WorkTime" or not any(times.values()):
            continue
        try:
            start, end = minute_of_day(times.get("Start", "")), minute_of_day(times.get("Finish", ""))
        except ValueError:
            findings.add(UNREADABLE, field="WorkTime", value=" – ".join(times.values())[:60])
            continue
        found.append(_shift(start, end))
    return joined(found)


def _shift(start: int, end: int) -> tuple[int, int]:
    """The end is the last minute worked, unless it is a full five minutes, which other programs write for the end itself."""
    start %= 1440
    if end % 5:
        end += 1
    return (start, end if end > start else end + 1440)
