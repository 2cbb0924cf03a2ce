"""Reading single fields of XML files so that a bad value is reported and never raises. Dates are local, as they are written."""

from __future__ import annotations

import re
from typing import Any, TypeVar
from xml.etree.ElementTree import Element

from milestone_desktop.domain.activity_rules import EARLIEST, LATEST
from milestone_desktop.domain.durations import LONGEST
from milestone_desktop.domain.instants import Day, Instant, day_of, instant_from_iso
from milestone_desktop.domain.messages import N_
from milestone_desktop.domain.recurrence import FIRST_DAY, LAST_DAY
from milestone_desktop.exchange.foreign import Findings

NOTHING = frozenset({"", "0", "0.0", "0.00", "NA", "false"})
"""Values that say nothing and are not kept in `extra`."""

LARGEST = LONGEST * 10
"""No number is larger: the longest duration in tenths of a minute."""

DEEPEST = 8
"""How far unknown nested elements are followed when they are kept."""

UNREADABLE = N_("{field}: values that could not be read and were left out: {count}, the first being “{value}”.")
ZONED = N_("{field}: dates with a time zone, taken as local time as they are written: {count}.")

Value = TypeVar("Value")

_TIME = re.compile(r"(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?")


def local_name(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def minute_of_day(text: str) -> int:
    """`08:30:00` as minutes after midnight, 0–1440. Raises ValueError."""
    match = _TIME.fullmatch(text[-8:] if "T" in text else text)
    if match is None:
        raise ValueError(f"not a time of day: {text!r}")
    hour, minute = int(match[1]), int(match[2])
    if minute > 59 or hour * 60 + minute > 1440:
        raise ValueError(f"not a time of day: {text!r}")
    return hour * 60 + minute


def moment(text: str) -> Instant:
    """An instant from `2026-03-31T17:00:00`; seconds and zone are dropped. Raises ValueError,
    also outside the years that a plan may span."""
    if len(text) not in (10, 16) and len(text) < 19:
        raise ValueError(f"not an instant: {text!r}")
    found = instant_from_iso(text[:16])
    if not EARLIEST <= found <= LATEST:
        raise ValueError(f"outside the years of a plan: {text!r}")
    return found


def whole(text: str) -> int:
    """A whole number, also written `12.00`. Raises ValueError."""
    number = float(text)
    if not -LARGEST <= number <= LARGEST or number != int(number):
        raise ValueError(f"not a whole number: {text!r}")
    return int(number)


def as_data(element: Element, depth: int = 0) -> Any:
    """An element as text, or as a dictionary of what is below it (a list where a name comes again)."""
    if not len(element):
        return (element.text or "").strip()
    found: dict[str, Any] = {}
    for child in element if depth < DEEPEST else ():
        name, value = local_name(child), as_data(child, depth + 1)
        if name not in found:
            found[name] = value
        elif isinstance(found[name], list):
            found[name].append(value)
        else:
            found[name] = [found[name], value]
    return found


class XmlFields:
    """The simple fields of one element. Each `take_…` hands a field out once; what nobody took is left for `extra`.

    A value that cannot be read is reported, kept in `extra` as it is written, and counts as not given.
    """

    def __init__(self, element: Element, findings: Findings, prefix: str = "") -> None:
        self._values: dict[str, str] = {}
        self._kept: dict[str, Any] = {}
        self.nested: list[Element] = []
        self._findings = findings
        self._prefix = prefix or local_name(element)
        for child in element:
            if len(child):
                self.nested.append(child)
            else:
                self._values.setdefault(local_name(child), (child.text or "").strip())

    def says_nothing(self, name: str, text: str) -> bool:
        """True where a field with that text is as good as not there; formats add their own."""
        return text in NOTHING

    def take(self, name: str, default: str = "") -> str:
        """The text of a field."""
        return self._values.pop(name, default)

    def peek(self, name: str) -> str:
        """The text of a field, which stays for `extra`."""
        return self._values.get(name, "")

    def take_flag(self, name: str) -> bool:
        return self.take(name).lower() in ("1", "true")

    def take_whole(self, name: str, default: int, low: int = -LARGEST, high: int = LARGEST) -> int:
        """A whole number within bounds, both included."""
        text = self.take(name)
        if not text:
            return default
        try:
            number = whole(text)
        except ValueError:
            return self.unreadable(name, text, default)
        return number if low <= number <= high else self.unreadable(name, text, default)

    def take_moment(self, name: str) -> Instant | None:
        """An instant to the minute; None where there is none."""
        text = self.take(name)
        if text in ("", "NA"):
            return None
        try:
            found = moment(text)
        except ValueError:
            return self.unreadable(name, text, None)
        if text[19:].lstrip(".0123456789"):
            self._findings.add(ZONED, field=f"{self._prefix} {name}")
        if len(text) > 16 and text[17:19] != "00":
            self.keep(name, text)
        return found

    def take_day(self, name: str) -> Day | None:
        """The day of an instant; one outside the years that a plan may span counts as the nearest within. None where there is
        none."""
        text = self.peek(name)
        try:
            day = day_of(instant_from_iso(text[:16]))
        except ValueError:
            day = FIRST_DAY
        if not FIRST_DAY <= day <= LAST_DAY:
            self.keep(name, self.take(name))
            return min(max(day, FIRST_DAY), LAST_DAY)
        found = self.take_moment(name)
        return None if found is None else day_of(found)

    def take_time(self, name: str, default: int) -> int:
        """A time of day in minutes."""
        text = self.take(name)
        if not text:
            return default
        try:
            return minute_of_day(text)
        except ValueError:
            return self.unreadable(name, text, default)

    def keep(self, name: str, value: Any) -> None:
        """Puts something into `extra`, whatever was taken."""
        self._kept[name] = value

    def keep_in_list(self, name: str, value: Any) -> None:
        """Adds something to a list in `extra`."""
        self._kept.setdefault(name, []).append(value)

    def extra(self) -> dict[str, Any]:
        """What was kept and what nobody took, without values that say nothing."""
        rest = {name: text for name, text in self._values.items() if not self.says_nothing(name, text)}
        return {**rest, **self._kept}

    def unreadable(self, name: str, text: str, default: Value) -> Value:
        """Reports a field's text, keeps it and gives what counts in its place."""
        self._findings.add(UNREADABLE, field=f"{self._prefix} {name}", value=text[:60])
        self.keep(name, text)
        return default
