"""What a field is: what it is called, what can be asked of it, how its value is found, and when that may be another one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from milestone_desktop.domain.activities import Activity, Milestone
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.enums import Health
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.plan import Plan
from milestone_desktop.filters.cells import Figures, Floats, Ints, Texts
from milestone_desktop.filters.tree import Operator

if TYPE_CHECKING:
    from milestone_desktop.filters.records import Records

FULL = "\1"
"""Stands before a person's full name, as against a word of it."""


class Sort(Enum):
    """What the values of a field are. TEXT is searched, WORDS are told apart as wholes; EFFORT is working minutes."""

    TEXT = auto()
    WORDS = auto()
    PERSON = auto()
    DAY = auto()
    SPAN = auto()
    NUMBER = auto()
    EFFORT = auto()
    FLAG = auto()


@dataclass(frozen=True)
class Sight:
    """What evaluating a filter needs to know beside the plan. percents, slacks: the progress and the slack of activities by
    their ids, slack in working minutes, NaN where there is none; unjudged: the milestones whose health has not been asked
    for since it may have changed; changed: the day of the last edit of each activity, by id; status_day: the day up to which
    progress of a project is reported."""

    plan: Plan
    today: Callable[[], Day]
    status_day: Callable[[int], Day]
    progress: Callable[[Activity], int | None]
    health: Callable[[Milestone], Health]
    slip: Callable[[Milestone], int | None]
    percents: Callable[[Ints], Floats]
    slacks: Callable[[Ints], Floats]
    unjudged: Callable[[], Collection[int]]
    critical: Callable[[], AbstractSet[int]]
    changed: Callable[[], Mapping[int, Day]]


Reader = Callable[[Activity], Any]
"""A field's value: texts (TEXT, WORDS, PERSON), a day, a number of the field's unit or None, a truth, or first and last day."""


Column = Texts | Figures
"""The values of a field over all activities."""

Build = Callable[["Field", Sight, "Records"], Column]
"""Reads a whole column."""


@dataclass(frozen=True, slots=True)
class Field:
    """made: its reader for a plan as it stands; build: what its reader gives of all activities, at once; heeds: the records
    other than the activity itself that its value depends on, with the attribute that holds the activity's id, None where any
    activity may be concerned; follows: which other activities a change-set may have given another value; anew: to be built
    anew after each edit; daily: it depends on the day. choices: what may stand in it; unit: what a bare number means;
    own_clock: relative days count from today."""

    name: str
    heading: str
    sort: Sort
    made: Callable[[Sight], Reader]
    build: Build
    aliases: tuple[str, ...] = ()
    heeds: tuple[tuple[type, str | None], ...] = ()
    follows: Callable[[Sight, ChangeSet], Collection[int]] | None = None
    anew: bool = False
    daily: bool = False
    choices: Callable[[Plan], Sequence[str]] | None = None
    unit: str = ""
    own_clock: bool = False


_COMPARED = (
    Operator.EQUALS, Operator.NOT_EQUALS, Operator.BELOW, Operator.AT_MOST, Operator.ABOVE, Operator.AT_LEAST,
    Operator.BETWEEN, Operator.EMPTY, Operator.NOT_EMPTY,
)  # fmt: skip
_WORDED = (
    Operator.EQUALS, Operator.NOT_EQUALS, Operator.IN, Operator.NOT_IN, Operator.LIKE, Operator.NOT_LIKE,
    Operator.EMPTY, Operator.NOT_EMPTY,
)  # fmt: skip

OPERATORS: Mapping[Sort, tuple[Operator, ...]] = {
    Sort.TEXT: (Operator.LIKE, Operator.NOT_LIKE, *(one for one in _WORDED if "like" not in one.value)),
    Sort.WORDS: _WORDED,
    Sort.PERSON: _WORDED,
    Sort.DAY: (*_COMPARED[:-2], Operator.NEXT, Operator.LAST, *_COMPARED[-2:]),
    Sort.SPAN: (Operator.OVERLAPS, Operator.EMPTY, Operator.NOT_EMPTY),
    Sort.NUMBER: _COMPARED,
    Sort.EFFORT: _COMPARED,
    Sort.FLAG: (Operator.EQUALS,),
}
"""The operators of each sort, the usual one first: what a colon means with one value."""


def attribute(name: str) -> Callable[[Sight], Reader]:
    """A text of the record itself, by its attribute."""

    def made(sight: Sight) -> Reader:
        def read(activity: Activity) -> tuple[str, ...]:
            text = getattr(activity, name, "")
            return (str(text),) if text else ()

        return read

    return made


def moment_day(name: str) -> Callable[[Sight], Reader]:
    """The day of an instant of the record."""

    def made(sight: Sight) -> Reader:
        def read(activity: Activity) -> Day | None:
            moment: Instant | None = getattr(activity, name, None)
            return None if moment is None else day_of(moment)

        return read

    return made


def plain(name: str) -> Callable[[Sight], Reader]:
    """A number or day that stands in the record as it is compared."""
    return lambda sight: lambda activity: getattr(activity, name, None)
