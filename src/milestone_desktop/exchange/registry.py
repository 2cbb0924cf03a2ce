"""Every format that can be read, and telling which one a file is in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.exchange import ics, mspdi, pmxml
from milestone_desktop.exchange.foreign import ForeignPlan

HEAD = 4096
"""How many bytes of a file are looked at to tell its format."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How Microsoft's own binary files begin, .mpp among them."""


@dataclass(frozen=True, slots=True)
class Format:
    """suffixes: in lower case with the dot; sniff: whether the beginning of a file looks like it; read: may raise PlanError."""

    id: str
    name: Message
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Path], ForeignPlan]


def formats() -> tuple[Format, ...]:
    """The formats in the order in which a file chooser offers them."""
    return (
        Format("mspdi", message(N_("Microsoft Project XML")), (".xml",), mspdi.looks_like, mspdi.read),
        Format("pmxml", message(N_("Primavera P6 XML")), (".xml",), pmxml.looks_like, pmxml.read),
    )


@dataclass(frozen=True, slots=True)
class DaySource:
    """A format that holds holidays and leave, for a calendar, and no plan; fields as those of Format."""

    id: str
    name: Message
    suffixes: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Path], ics.DaysRead]


def day_sources() -> tuple[DaySource, ...]:
    """The formats from which a calendar takes holidays and leave."""
    return (DaySource("ics", message(N_("iCalendar")), (".ics", ".ical"), ics.looks_like, ics.read_days),)


def format_for(path: Path) -> Format:
    """The format of a file, by its content or else by its suffix. Raises PlanError where there is none."""
    head = _head(path)
    for known in formats():
        if known.sniff(head):
            return known
    if head.startswith(OLE):
        raise PlanError(
            N_("“{name}” is a binary file of a Microsoft program, which cannot be read."),
            N_("In Microsoft Project, choose Save As and the type XML."),
            name=path.name,
        )
    if any(source.sniff(head) for source in day_sources()):
        raise PlanError(
            N_("“{name}” holds days of a calendar, not a plan."),
            N_("Holidays and leave are imported into a calendar, on the Calendars page."),
            name=path.name,
        )
    for known in formats():
        if path.suffix.lower() in known.suffixes:
            return known
    raise PlanError(
        N_("“{name}” is in no format that can be imported."),
        N_("These can be: {formats}."),
        name=path.name,
        formats=", ".join(f"{known.name} ({', '.join(known.suffixes)})" for known in formats()),
    )


def read(path: Path) -> ForeignPlan:
    """The plan in a file of any known format. Raises PlanError with one sentence where it cannot be read."""
    try:
        return format_for(path).read(path)
    except OSError as error:
        raise _unreadable(path, error) from error


def _head(path: Path) -> bytes:
    """The first bytes of a file. Raises PlanError where it is missing, empty, no file, or cannot be opened."""
    if path.is_dir():
        raise PlanError(N_("“{name}” is a folder, not a file."), N_("Choose a file inside it."), name=path.name or str(path))
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except FileNotFoundError as error:
        raise PlanError(N_("There is no file “{path}”."), N_("Check its name and folder."), path=str(path)) from error
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise PlanError(N_("“{name}” is empty."), N_("Save it again from the program that it comes from."), name=path.name)
    return head


def _unreadable(path: Path, error: OSError) -> PlanError:
    return PlanError(
        N_("“{name}” cannot be read: {reason}."),
        N_("Check that you may open it."),
        name=path.name,
        reason=error.strerror or type(error).__name__,
    )
