"""iCalendar files as a source of holidays and leave: whole days, which a calendar takes as exceptions.

Only events are looked at, one by one, and of each only the lines that say when it is and whether it counts. So an event
that cannot be read costs that event, and time zones, alarms and attachments cost nothing. A date is taken as written:
times are local here, without a zone.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations.calendars import CalendarDay, add_days, calendar
from milestone_desktop.domain.activity_rules import LONGEST_TITLE
from milestone_desktop.domain.instants import MINUTES_PER_DAY, Day, Instant, at, day_of, day_to_iso, from_datetime, minute_of
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY
from milestone_desktop.exchange.foreign import Findings
from milestone_desktop.exchange.ics_rules import Allowance, Series, parts_of, series_of

LARGEST_FILE = 5 * 1024 * 1024
MOST_EVENTS = 10_000
MOST_DAYS = 5_000
LONGEST_LINE = 20_000
SOURCE = "ics:"

UNREADABLE = N_("Events without a date that can be read, left out: {count}, the first being “{name}”.")
CANCELLED = N_("Cancelled events, left out: {count}, the first being “{name}”.")
FREE = N_("Events that do not make one busy, left out: {count}, the first being “{name}”.")
ALL_FREE = N_("No event of the file makes one busy, as in lists of holidays, so all were taken: {count}.")
SHORT = N_("Events shorter than a day, left out: {count}, the first being “{name}”.")
LONG = N_("Events with times of day, taken for each day that they touch: {count}, the first being “{name}”.")
BACKWARDS = N_("Events that end before they begin, left out: {count}, the first being “{name}”.")
PARTS = N_("Additional or missing dates of events that cannot be read, left aside: {count}, the first of “{name}”.")
FAR = N_("Events outside the years 1900–2200, left out: {count}, the first being “{name}”.")
NO_RULE = N_("Events that recur in a way not known here, taken once: {count}, the first being “{name}”.")
NEVER = N_("Events whose recurrence never comes, taken once: {count}, the first being “{name}”.")
CUT = N_(
    "Events that recur without end or very often, taken for some time only: {count}, the first being “{name}”, until {last}."
)

_WANTED = frozenset(
    (b"DTSTART", b"DTEND", b"DURATION", b"RRULE", b"RDATE", b"EXDATE", b"RECURRENCE-ID", b"SUMMARY", b"UID", b"STATUS", b"TRANSP")
)
_FAILURES = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What the library raises on an event that is not as it should be."""


@dataclass(frozen=True, slots=True)
class DaysRead:
    """What a file holds. file: its name; events: how many there were; findings: what was left out or changed."""

    file: str
    days: tuple[CalendarDay, ...]
    events: int
    findings: tuple[Message, ...]


@dataclass(slots=True)
class _Event:
    """first … last: its days, or those of its first occurrence; replaces: the day of the series that it stands for."""

    name: str
    uid: str
    first: Day
    last: Day
    timed: bool
    minutes: int
    cancelled: bool
    free: bool
    replaces: Day | None
    rules: list[str]
    rule_known: bool
    without: set[Day] = field(default_factory=set)
    further: set[Day] = field(default_factory=set)


def looks_like(head: bytes) -> bool:
    """Whether the beginning of a file is that of an iCalendar file."""
    return head.removeprefix(b"\xef\xbb\xbf").lstrip()[:15].upper().startswith((b"BEGIN:VCALENDAR", b"BEGIN:VEVENT"))


def read_days(path: Path, today: Day | None = None, *, free: bool | None = None) -> DaysRead:
    """The whole days that an iCalendar file holds.

    today: what recurs in a way that a calendar cannot hold is taken day by day for ten years from here (default: from
    its first day). free: take events that do not make one busy; None takes them where the file has no others, as lists
    of public holidays do. Raises PlanError where the file cannot be read or holds more than a person would enter.
    """
    blocks = _blocks(_content(path), path.name)
    findings = Findings()
    events = [event for block in blocks if (event := _event(block, findings)) is not None]
    days = _days(_chosen(events, free, findings), today, findings, path.name)
    return DaysRead(path.name, tuple(days), len(blocks), findings.messages())


def bring_in(edit: Edit, calendar_id: int, found: DaysRead) -> int:
    """Adds the days of a file to a calendar and returns how many are new; those that came from it earlier are replaced."""
    row = calendar(edit.plan, calendar_id)
    added = add_days(edit, row.id, found.days, SOURCE + found.file)
    edit.label = message(N_("Import days from “{file}” into calendar “{calendar}”"), file=found.file, calendar=row.name)
    return added


# the file


def _content(path: Path) -> bytes:
    if path.is_dir():
        raise PlanError(N_("“{name}” is a folder, not a file."), N_("Choose a file inside it."), name=path.name or str(path))
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise PlanError(
            N_("“{name}” cannot be read: {reason}."), N_("Check its name and folder, and that you may open it."),
            name=path.name, reason=error.strerror or type(error).__name__,
        ) from error  # fmt: skip
    if len(data) > LARGEST_FILE:
        raise _too_much(path.name)
    if not looks_like(data[:200]):
        raise PlanError(
            N_("“{name}” is not an iCalendar file."), N_("Export holidays or leave as iCalendar (.ics)."), name=path.name
        )
    return data


def _blocks(data: bytes, name: str) -> list[list[bytes]]:
    """The lines of each event that matter, unfolded; what stands inside parts of an event is not its own."""
    found: list[list[bytes]] = []
    inside: list[bytes] = []
    for line in _unfolded(data):
        key = re.split(rb"[:;]", line[:40], maxsplit=1)[0].strip().upper()
        if key == b"BEGIN":
            inside.append(line[6:30].strip().upper())
            if inside[-1] == b"VEVENT":
                found.append([])
                if len(found) > MOST_EVENTS:
                    raise _too_much(name)
        elif key == b"END":
            ended = line[4:30].strip().upper()
            if ended in inside:
                del inside[len(inside) - 1 - inside[::-1].index(ended) :]
        elif inside and inside[-1] == b"VEVENT" and key in _WANTED and len(line) <= LONGEST_LINE:
            found[-1].append(line)
    if not found:
        raise PlanError(N_("There are no events in “{name}”."), N_("Choose a file with holidays or leave."), name=name)
    return found


def _unfolded(data: bytes) -> Iterator[bytes]:
    """The lines of a file, a line that begins with a blank continuing the one before."""
    pieces: list[bytes] = []
    for line in data.removeprefix(b"\xef\xbb\xbf").splitlines():
        if not line.strip():
            continue
        if line[:1] in (b" ", b"\t"):
            pieces.append(line[1:])
            continue
        if pieces:
            yield b"".join(pieces)
        pieces = [line]
    if pieces:
        yield b"".join(pieces)


def _too_much(name: str) -> PlanError:
    return PlanError(
        N_("“{name}” is larger than a list of holidays or leave can be."), N_("Export fewer years."), name=name
    )  # fmt: skip


# one event


def _event(lines: list[bytes], findings: Findings) -> _Event | None:
    name = _plain_name(lines)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # guesses about time zones, which make no difference here
            return _read_event(lines, findings)
    except _FAILURES:
        findings.add(UNREADABLE, name=name)
        return None


def _read_event(lines: list[bytes], findings: Findings) -> _Event | None:
    from icalendar import Event
    from icalendar.prop import vRecur

    text = b"\r\n".join((b"BEGIN:VEVENT", *lines, b"END:VEVENT", b"")).decode("utf-8", "replace")
    found: Any = Event.from_ical(text)
    begin, timed = _moment(_first(found.get("DTSTART")).dt)
    end = _end(found, begin, timed)
    first = day_of(begin)
    name = _name(str(_first(found.get("SUMMARY")) or ""), first)
    if end < begin:
        findings.add(BACKWARDS, name=name)
        return None
    last = max(first, day_of(end - 1))
    if first < FIRST_DAY or last > LAST_DAY:
        findings.add(FAR, name=name)
        return None
    raw = _each(found.get("RRULE"))
    known: list[Any] = [rule for rule in raw if isinstance(rule, vRecur)]
    rules = [rule.to_ical().decode("utf-8", "replace") for rule in known]
    instead = found.get("RECURRENCE-ID")
    (without, good), (further, fine) = _listed(found.get("EXDATE")), _listed(found.get("RDATE"))
    if not (good and fine):
        findings.add(PARTS, name=name)
    return _Event(
        name=name, uid=str(_first(found.get("UID")) or ""), first=first, last=last,
        timed=timed and (end == begin or (minute_of(begin), minute_of(end)) != (0, 0)), minutes=end - begin,
        cancelled=_word(found, "STATUS") == "CANCELLED", free=_word(found, "TRANSP") == "TRANSPARENT",
        replaces=day_of(_moment(_first(instead).dt)[0]) if instead is not None else None,
        rules=rules, rule_known=len(rules) == len(raw),
        without=without, further=further,
    )  # fmt: skip


def _end(found: Any, begin: Instant, timed: bool) -> Instant:
    """Where an event ends, not included. A date that ends on itself means that day; without an end a date is one day."""
    end, length = found.get("DTEND"), found.get("DURATION")
    if end is not None:
        moment, end_timed = _moment(_first(end).dt)
        return at(day_of(begin) + 1) if moment == begin and not timed and not end_timed else moment
    if length is not None:
        span: timedelta = _first(length).dt
        return begin + round(span.total_seconds() / 60)
    return begin if timed else begin + MINUTES_PER_DAY


def _moment(value: Any) -> tuple[Instant, bool]:
    """A date or a date with time, as written, and which of them it is."""
    if isinstance(value, datetime):
        return from_datetime(value.replace(tzinfo=None)), True
    return at(value.toordinal()), False


def _listed(value: Any) -> tuple[set[Day], bool]:
    """The days of EXDATE or RDATE, which may come in several lines and as periods, and whether all could be read."""
    from icalendar.prop import vDDDLists

    rows = _each(value)
    entries = [entry.dt for row in rows if isinstance(row, vDDDLists) for entry in row.dts]
    moments = [entry[0] if isinstance(entry, tuple) else entry for entry in entries]
    days = {moment.toordinal() for moment in moments if isinstance(moment, date)}
    return days, all(isinstance(row, vDDDLists) for row in rows) and all(isinstance(moment, date) for moment in moments)


def _each(value: Any) -> list[Any]:
    """The values of a property that may stand once, often or not at all."""
    if value is None:
        return []
    return list(value) if type(value) is list else [value]


def _first(value: Any) -> Any:
    return next(iter(_each(value)), None)


def _word(found: Any, key: str) -> str:
    return str(_first(found.get(key)) or "").strip().upper()


def _name(text: str, first: Day) -> str:
    return " ".join(text.split())[:LONGEST_TITLE] or day_to_iso(first)


def _plain_name(lines: list[bytes]) -> str:
    summary = next((line for line in lines if line[:7].upper() == b"SUMMARY"), b"")
    return " ".join(summary.partition(b":")[2].decode("utf-8", "replace").split())[:80] or "—"


# all events


def _chosen(events: list[_Event], free: bool | None, findings: Findings) -> list[_Event]:
    """The events that count. Those that stand for one day of a series take that day out of it, cancelled ones too."""
    series: dict[str, list[_Event]] = {}
    for event in events:
        if event.replaces is None and event.uid:
            series.setdefault(event.uid, []).append(event)
    for event in events:
        if event.replaces is not None:
            for other in series.get(event.uid, ()):
                other.without.add(event.replaces)
    chosen = []
    for event in events:
        if event.cancelled:
            findings.add(CANCELLED, name=event.name)
        elif event.timed and event.minutes < MINUTES_PER_DAY:
            findings.add(SHORT, name=event.name)
        else:
            chosen.append(event)
    busy = [event for event in chosen if not event.free]
    if free is None and chosen and not busy:
        findings.add(ALL_FREE, len(chosen))
        return chosen
    if free:
        return chosen
    for event in chosen:
        if event.free:
            findings.add(FREE, name=event.name)
    return busy


def _days(events: list[_Event], today: Day | None, findings: Findings, file: str) -> list[CalendarDay]:
    found: dict[tuple[Any, ...], CalendarDay] = {}
    allowance = Allowance()
    for event in events:
        if event.timed:
            findings.add(LONG, name=event.name)
        for day in _days_of(event, today, allowance, findings):
            found[day.name, day.first, day.last, repr(day.recurrence)] = day
            if len(found) > MOST_DAYS:
                raise _too_much(file)
    return sorted(found.values(), key=lambda day: (day.first, day.last, day.name))


def _days_of(event: _Event, today: Day | None, allowance: Allowance, findings: Findings) -> Iterator[CalendarDay]:
    length = event.last - event.first
    for first in sorted(event.further - event.without):
        if FIRST_DAY <= first <= LAST_DAY - length:
            yield CalendarDay(event.name, first, first + length)
    once = CalendarDay(event.name, event.first, event.last)
    if not event.rule_known:
        findings.add(NO_RULE, name=event.name)
        yield once
    elif not event.rules and event.first not in event.without:
        yield once
    for text in event.rules:
        series = Series(event.name, event.first, length, frozenset(event.without), today)
        try:
            result = series_of(series, parts_of(text), allowance)
        except ValueError:
            findings.add(NO_RULE, name=event.name)
            yield once
            continue
        if result.cut is not None:
            findings.add(CUT, name=event.name, last=day_to_iso(result.cut))
        if not result.days and not event.without:
            findings.add(NEVER, name=event.name)
            yield once
        yield from result.days
