"""Microsoft Project XML: calendars, with exceptions in both of its encodings and working weeks for a time.

Files up to Project 2003 write an exception as a week day of type 0; later ones as an `Exception`, which may recur, and
often the old way as well, day by day. An old one that lies within a new one is the same thing and is not taken again.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from milestone_desktop.domain.instants import Day, day_to_iso
from milestone_desktop.domain.messages import N_, PlanError
from milestone_desktop.domain.projects import Shift
from milestone_desktop.domain.recurrence import LAST_DAY, check_rule
from milestone_desktop.exchange.foreign import Findings, ForeignCalendar, ForeignException
from milestone_desktop.exchange.mspdi_codes import Fields
from milestone_desktop.exchange.settling import USUAL_HOURS, Shifts, filled_week, joined
from milestone_desktop.exchange.xml_fields import UNREADABLE, as_data, local_name, minute_of_day

NO_HOURS = N_("Working days without hours in calendars: {count}; 08:00–12:00 and 13:00–17:00 was taken.")
NO_RANGE = N_("Calendar exceptions without readable dates, kept aside and not in effect: {count}.")
NO_RULE = N_("Calendar exceptions that recur in a way not known here, kept aside and not in effect: {count}.")
NO_DAY = N_("Days of a calendar's week that could not be told and were left out: {count}.")
TWO_ENCODINGS = N_("Calendar exceptions that the file holds in two encodings, taken once: {count}.")
WORK_WEEKS = N_("Working weeks for a limited time, taken as recurring calendar exceptions: {count}.")

SUNDAY = 6
"""The weeks of a rule that skips some begin on Sundays, as Microsoft Project's and MPXJ's do."""

_MONTH_ITEMS = {"0": "day", "1": "weekday", "2": "weekend", **{str(n + 3): (n - 1) % 7 for n in range(7)}}
_POSITIONS = (1, 2, 3, 4, -1)


def read_calendar(element: Element, findings: Findings) -> ForeignCalendar:
    """One `Calendar` element."""
    fields = Fields(element, findings)
    uid = fields.take("UID")
    base: str | None = fields.take("BaseCalendarUID", "-1")
    is_base = fields.take_flag("IsBaseCalendar")
    week: list[Shifts | None] = [None] * 7
    old: list[ForeignException] = []
    new: list[ForeignException] = []
    weeks: list[ForeignException] = []
    aside: list[object] = []
    for section in fields.nested:
        name = local_name(section)
        for row in section:
            if name == "WeekDays":
                _read_week_day(row, week, old, findings, aside)
            elif name == "Exceptions":
                _read_exception(row, new, findings, aside)
            elif name == "WorkWeeks":
                weeks += _read_work_week(row, findings, aside)
    if is_base or base in ("", "-1"):
        base = None
    if base is None:
        week = list(filled_week(week, findings))
    calendar = ForeignCalendar(uid, fields.take("Name") or uid, tuple(week), base)
    calendar.exceptions = [*weeks, *_without_doubles(old, new, findings), *new]
    calendar.extra = fields.extra()
    if is_base:
        calendar.extra["IsBaseCalendar"] = "1"
    if aside:
        calendar.extra["aside"] = aside
    return calendar


def _without_doubles(
    old: list[ForeignException], new: list[ForeignException], findings: Findings
) -> list[ForeignException]:  # fmt: skip
    kept = [row for row in old if not any(other.first <= row.first and row.last <= other.last for other in new)]
    if len(kept) < len(old):
        findings.add(TWO_ENCODINGS, len(old) - len(kept))
    return kept


def _read_week_day(
    row: Element, week: list[Shifts | None], old: list[ForeignException], findings: Findings, aside: list[object]
) -> None:
    fields = Fields(row, findings)
    kind = fields.take_whole("DayType", -1, 0, 7)
    shifts = _shifts(fields, findings)
    if kind > 0:
        week[(kind + 5) % 7] = shifts
    elif kind < 0:
        findings.add(NO_DAY)
    else:
        span = _span(fields, findings)
        if span is None:
            findings.add(NO_RANGE)
            aside.append(as_data(row))
        else:
            old.append(ForeignException(span[0], span[1], span[2], shifts))


def _read_exception(row: Element, found: list[ForeignException], findings: Findings, aside: list[object]) -> None:
    fields = Fields(row, findings)
    shifts = _shifts(fields, findings)
    count = fields.take_whole("Occurrences", 0, 0, 100_000) if fields.take_flag("EnteredByOccurrences") else 0
    span = _span(fields, findings, count)
    if span is None:
        findings.add(NO_RANGE)
        aside.append(as_data(row))
        return
    name, first, last = span
    rule = _rule(fields)
    if rule and count:
        rule["count"] = count
    try:
        if rule is None:
            raise PlanError(NO_RULE)
        check_rule(rule)
    except PlanError:
        findings.add(NO_RULE)
        aside.append(as_data(row))
        return
    found.append(ForeignException(name, first, last, shifts, rule))


def _rule(fields: Fields) -> dict[str, object] | None:
    """The recurrence of an exception; {} where it is a plain range, None where its type is not known."""
    kind = fields.take("Type", "9")
    every = fields.take_whole("Period", 1, 0, 10_000) or 1
    month, day = fields.take_whole("Month", 0, 0, 11) + 1, fields.take_whole("MonthDay", 0, 0, 31)
    positioned = {
        "position": _POSITIONS[fields.take_whole("MonthPosition", 0, 0, 4)],
        "weekday": _MONTH_ITEMS.get(fields.take("MonthItem", "0")),
    }
    mask = fields.take_whole("DaysOfWeek", 0, 0, 127)
    weekdays = sorted((bit - 1) % 7 for bit in range(7) if mask >> bit & 1)
    rules: dict[str, dict[str, object]] = {
        "1": {"type": "daily", "every": every} if every > 1 else {},
        "2": {"type": "yearly by day", "every": every, "month": month, "day": day},
        "3": {"type": "yearly by position", "every": every, "month": month, **positioned},
        "4": {"type": "monthly by day", "every": every, "day": day},
        "5": {"type": "monthly by position", "every": every, **positioned},
        "6": {"type": "weekly", "every": every, "weekdays": weekdays} | ({"week_start": SUNDAY} if every > 1 else {}),
        "7": {"type": "daily", "every": every},
        "9": {},
    }
    return rules.get(kind)


def _read_work_week(row: Element, findings: Findings, aside: list[object]) -> list[ForeignException]:
    """Each day of a working week recurs weekly; entered first, it gives way to every other exception."""
    fields = Fields(row, findings)
    span = _span(fields, findings)
    if span is None:
        if fields.nested:
            findings.add(NO_RANGE)
            aside.append(as_data(row))
        return []
    name, first, last = span
    week: list[Shifts | None] = [None] * 7
    for section in fields.nested:
        if local_name(section) == "WeekDays":
            for day in section:
                _read_week_day(day, week, [], findings, aside)
    rows = [
        ForeignException(name, first, last, shifts, {"type": "weekly", "every": 1, "weekdays": [day]})
        for day, shifts in enumerate(week)
        if shifts is not None
    ]
    if rows:
        findings.add(WORK_WEEKS)
    return rows


def _span(fields: Fields, findings: Findings, count: int = 0) -> tuple[str, Day, Day] | None:
    """Name and first and last day; None where they cannot be read. A rule that ends by `count` needs no last day."""
    for section in fields.nested:
        if local_name(section) == "TimePeriod":
            period = Fields(section, findings)
            begin, last = period.take_day("FromDate"), period.take_day("ToDate")
            if begin is None:
                return None
            end = last if last is not None else LAST_DAY if count else begin
            return (fields.take("Name") or day_to_iso(begin), begin, end) if begin <= end else None
    return None


def _shifts(fields: Fields, findings: Findings) -> Shifts:
    if not fields.take_flag("DayWorking"):
        return ()
    shifts: list[Shift] = []
    for section in fields.nested:
        if local_name(section) == "WorkingTimes":
            for row in section:
                shifts += _shift(row, findings)
    if not shifts:
        findings.add(NO_HOURS)
        return USUAL_HOURS
    return joined(shifts)


def _shift(row: Element, findings: Findings) -> list[Shift]:
    """One `WorkingTime`; until 00:00 means until midnight, and until before its beginning, on the next day."""
    times = {local_name(child): (child.text or "").strip() for child in row}
    if not times.get("FromTime") and not times.get("ToTime"):
        return []
    try:
        start, end = minute_of_day(times.get("FromTime", "")), minute_of_day(times.get("ToTime", ""))
    except ValueError:
        findings.add(UNREADABLE, field="WorkingTime", value=" – ".join(times.values())[:60])
        return []
    if start == 1440:
        start = 0
    return [(start, end if end > start else end + 1440)]
