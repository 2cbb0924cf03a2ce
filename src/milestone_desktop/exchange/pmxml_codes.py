"""Primavera P6 XML: its words for things, and the fields that are written in ways of its own.

Durations, lags and efforts are decimal hours of work, percentages are shares (1 is all of it), words are English
whatever the language of the program. The vocabulary is that of Oracle's published reference of the P6 business objects.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape

from milestone_desktop.domain.durations import LONGEST
from milestone_desktop.domain.enums import ConstraintType, LinkType, Priority
from milestone_desktop.exchange.xml_fields import XmlFields

START_MILESTONE, FINISH_MILESTONE = "Start Milestone", "Finish Milestone"
LEVEL_OF_EFFORT, WBS_SUMMARY = "Level of Effort", "WBS Summary"
ACTIVITY_TYPES = frozenset(
    {"Task Dependent", "Resource Dependent", LEVEL_OF_EFFORT, START_MILESTONE, FINISH_MILESTONE, WBS_SUMMARY}
)

CONSTRAINTS: Mapping[str, ConstraintType] = {
    "": ConstraintType.ASAP, "As Late As Possible": ConstraintType.ALAP,
    "Start On": ConstraintType.MSO, "Start On or After": ConstraintType.SNET, "Start On or Before": ConstraintType.SNLT,
    "Finish On": ConstraintType.MFO, "Finish On or After": ConstraintType.FNET, "Finish On or Before": ConstraintType.FNLT,
    "Mandatory Start": ConstraintType.MSO, "Mandatory Finish": ConstraintType.MFO,
}  # fmt: skip

SOFTER = frozenset({"Start On", "Finish On"})
"""Constraints that give way to links in Primavera, which the mandatory ones do not; a plan here knows one kind only."""

LINK_TYPES: Mapping[str, LinkType] = {
    "Finish to Start": LinkType.FS, "Start to Start": LinkType.SS,
    "Finish to Finish": LinkType.FF, "Start to Finish": LinkType.SF,
}  # fmt: skip

PRIORITIES: Mapping[str, Priority] = {
    "Top": Priority.URGENT, "High": Priority.HIGH, "": Priority.MEDIUM, "Normal": Priority.MEDIUM, "Low": Priority.LOW,
    "Lowest": Priority.LOW,
}  # fmt: skip

PERCENT_TYPES = ("Duration", "Physical", "Units", "Scope")

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ROUND_THE_CLOCK = "24 Hour Calendar"
"""Where lags run on this calendar they are elapsed time."""

KEPT = frozenset({"TotalFloat", "FreeFloat", "IsCritical", "IsLongestPath"})
"""What the other program computed: always kept, to compare with."""

_BLOCKS = frozenset({"p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNREAD = frozenset({"head", "style", "script", "title"})
_TAG = re.compile(r"(<[^<>]*>)")
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*|!)")


def plain_text(marked: str) -> str:
    """The words of a note, which P6 writes as HTML; a plain text comes back as it is."""
    if "<" not in marked and "&" not in marked:
        return marked.strip()
    found: list[str] = []
    unread = ""
    for piece in _TAG.split(marked):
        tag = _TAG_NAME.match(piece)
        if tag is None:
            found.append("" if unread else piece.replace("\n", " "))
            continue
        name = tag[2].lower()
        if unread:
            unread = "" if tag[1] and name == unread else unread
        elif name in _UNREAD and not tag[1]:
            unread = name
        elif name in _BLOCKS:
            found.append("\n")
    lines = (" ".join(unescape(line).split()) for line in "".join(found).split("\n"))
    return "\n".join(line for line in lines if line)


class Fields(XmlFields):
    """The fields of an element of a Primavera P6 file."""

    def says_nothing(self, name: str, text: str) -> bool:
        return name not in KEPT and super().says_nothing(name, text)

    def take_hours(self, name: str, *, signed: bool = False) -> int | None:
        """Decimal hours as minutes; what is not whole minutes is kept as it is written, too."""
        text = self.take(name)
        if not text:
            return None
        try:
            minutes = float(text) * 60
            if not -LONGEST <= minutes <= LONGEST or (minutes < 0 and not signed):
                raise ValueError(f"not a duration: {text!r}")
        except ValueError:
            return self.unreadable(name, text, None)
        whole = round(minutes)
        if abs(minutes - whole) > 0.01:
            self.keep(name, text)
        return whole

    def take_share(self, name: str) -> int | None:
        """A share as a percentage, which is 0 and 100 only where the share is exactly that; one that is no whole percentage
        is kept as it is written, too."""
        text = self.take(name)
        if not text:
            return None
        try:
            share = float(text)
            if not 0 <= share <= 1:
                raise ValueError(f"not a share: {text!r}")
        except ValueError:
            return self.unreadable(name, text, None)
        percent = round(share * 100)
        if abs(share * 100 - percent) > 0.0001:
            self.keep(name, text)
            percent = min(max(percent, 1), 99)
        return percent
