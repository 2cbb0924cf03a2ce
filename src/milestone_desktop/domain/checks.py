"""What a plan check finds, as data: each check with its figures, each finding with what mends it. Never one score."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, overload

from milestone_desktop.domain.messages import Message


class Remedy(StrEnum):
    """What mends a finding. The last three need the person: a choice, or a look."""

    ASSIGN_ME = "Make it mine"
    NO_LAG = "Take the lag away"
    MAKE_FS = "Make it finish to start"
    NO_CONSTRAINT = "As soon as possible"
    TO_STATUS_DATE = "Move to the status date"
    NO_ACTUAL = "Take the actual date away"
    CLEAR_FROM = "Take the from date away"
    TO_WORKING_DAY = "Move to the working day before"
    LINK_MILESTONE = "Count it for the next milestone"
    SET_TARGET = "Promise the planned date"
    ADD_PREDECESSOR = "Choose a predecessor…"
    ADD_SUCCESSOR = "Choose a successor…"
    OPEN = "Go to it"


@dataclass(frozen=True, slots=True)
class Finding:
    """activity: the id of what it is about; link: the id of the dependency, where it is about one."""

    activity: int
    text: Message
    remedy: Remedy
    link: int | None = None


class Found(Sequence[Finding]):
    """Findings about some records, each made when it is looked at: a large plan has a hundred thousand of a kind."""

    def __init__(self, rows: Sequence[Any], make: Callable[[Any], Finding]) -> None:
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Finding: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Finding]: ...

    def __getitem__(self, place: int | slice) -> Finding | Sequence[Finding]:
        return Found(self._rows[place], self._make) if isinstance(place, slice) else self._make(self._rows[place])


@dataclass(frozen=True, slots=True)
class Check:
    """One check. found, of: numerator and denominator, as counted; limit: what is asked for, in words; passed: None where it
    cannot be told, `unknown` then says why."""

    name: str
    title: Message
    found: float
    of: float
    limit: Message
    passed: bool | None
    findings: Sequence[Finding] = ()
    unknown: Message | None = None
