"""The parts of an edit that can move a milestone, in the order in which its receipt adds them up.

The order is that of `Rank`: first the time there is (calendars), then the ground rules (projects, people), then what there
is (rows made, deleted, moved in the outline; links), then how long it takes and how far it is (durations, progress), then
what holds it (pins, constraints, fixed dates), then dates set by hand, and the status date last. Within a rank by id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from milestone_desktop.domain.activities import Activity, Assignment, Dependency, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import day_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, CalendarException, Person, Project, is_computed

BY_HAND = message(N_("moved by hand"))


class Rank(IntEnum):
    CALENDAR = 0
    PROJECT = 1
    PEOPLE = 2
    MADE = 3
    REMOVED = 4
    OUTLINE = 5
    LINK = 6
    DURATION = 7
    PROGRESS = 8
    HOLD = 9
    BY_HAND = 10
    STATUS_DATE = 11


@dataclass(frozen=True, slots=True)
class Step:
    """One record put in place of another: as a whole, or some fields of it. new: None where it goes."""

    kind: type
    id: int
    new: Any
    fields: tuple[str, ...] | None = None

    def apply(self, plan: Plan) -> None:
        current: Any = plan.get(self.kind, self.id)
        if self.new is None:
            if current is not None:
                plan.discard(self.kind, self.id)
        elif isinstance(self.new, Dependency | Assignment) and not _has_ends(plan, self.new):
            return
        elif self.fields is None or current is None:
            plan.put(self.new)
        else:
            plan.put(replace(current, **{name: getattr(self.new, name) for name in self.fields}))


def _has_ends(plan: Plan, link: Dependency | Assignment) -> bool:
    ids = (link.predecessor, link.successor) if isinstance(link, Dependency) else (link.item,)
    return all(plan.activity(row_id) is not None for row_id in ids)


@dataclass(frozen=True, slots=True)
class Part:
    """What a person would call one cause. subjects: ids of the activities that it is about, empty where it concerns all;
    own: what it is called in the receipt of its own subject."""

    rank: Rank
    text: Message
    steps: tuple[Step, ...]
    subjects: frozenset[int] = frozenset()
    own: Message | None = None

    def said_of(self, milestone: int) -> Message:
        return self.own if self.own is not None and milestone in self.subjects else self.text


def parts_of(plan: Plan, change_set: ChangeSet) -> tuple[list[Step], list[Part]]:
    """What an edit brings along that moves nothing by itself (new calendars, people, projects), and its parts in order.

    `plan` is the plan after the edit.
    """
    made = _Made(change_set)
    found = [*made.parts()]
    for change in change_set.changes:
        if change.id in made.taken or change.derived:
            continue
        found += _OF_KIND[change.kind](plan, change) if change.kind in _OF_KIND else ()
    found.sort(key=lambda part: (part.rank, part.steps[0].id))
    return made.ground, found


def grouped(parts: Sequence[Part], most: int) -> list[Part]:
    """The parts, those of one rank taken together where there are more than `most`."""
    if len(parts) <= most:
        return list(parts)
    by_rank: dict[Rank, list[Part]] = {}
    for part in parts:
        by_rank.setdefault(part.rank, []).append(part)
    return [members[0] if len(members) == 1 else _together(rank, members) for rank, members in by_rank.items()]


def _together(rank: Rank, members: list[Part]) -> Part:
    steps = tuple(step for part in members for step in part.steps)
    return Part(rank, message(_TOGETHER[rank], count=len(members)), steps)


_TOGETHER = {
    Rank.CALENDAR: N_("{count} changes of calendars"),
    Rank.PROJECT: N_("{count} changes of projects"),
    Rank.PEOPLE: N_("{count} changes of people and calendars"),
    Rank.MADE: N_("{count} rows added"),
    Rank.REMOVED: N_("{count} rows deleted"),
    Rank.OUTLINE: N_("{count} rows moved in the outline"),
    Rank.LINK: N_("{count} changes of links"),
    Rank.DURATION: N_("{count} changes of durations"),
    Rank.PROGRESS: N_("progress of {count} rows"),
    Rank.HOLD: N_("{count} changes of pins, constraints and fixed dates"),
    Rank.BY_HAND: N_("{count} rows moved by hand"),
    Rank.STATUS_DATE: N_("{count} status dates"),
}


class _Made:
    """Records that come or go as a whole. taken: ids of the changes that belong to a row made or deleted, or to what moves
    nothing by itself."""

    def __init__(self, change_set: ChangeSet) -> None:
        self.ground: list[Step] = []
        self.taken: set[int] = set()
        self._add_ground(change_set)
        self._links = [change for change in change_set.of(Dependency, Assignment) if None in (change.old, change.new)]
        rows = list(change_set.of(Milestone, WorkItem))
        self._new = {change.id: change for change in rows if change.old is None}
        self._gone = {change.id: change for change in rows if change.new is None}
        self.taken |= {*self._new, *self._gone}
        for change in self._links:
            self.taken |= {change.id} if _ends(change) & (self._new if change.old is None else self._gone).keys() else set()

    def _add_ground(self, change_set: ChangeSet) -> None:
        calendars = set()
        for change in change_set.of(Calendar, Person, Project):
            if change.old is None:
                self.ground.append(Step(change.kind, change.id, change.new))
                self.taken.add(change.id)
                calendars |= {change.id} if change.kind is Calendar else set()
        for change in change_set.of(CalendarException):
            if change.old is None and change.new.calendar in calendars:
                self.ground.append(Step(change.kind, change.id, change.new))
                self.taken.add(change.id)

    def parts(self) -> Iterator[Part]:
        yield from self._parts(Rank.MADE, self._new, N_("“{title}” added"))
        yield from self._parts(Rank.REMOVED, self._gone, N_("“{title}” deleted"))

    def _parts(self, rank: Rank, rows: Mapping[int, Change], text: str) -> Iterator[Part]:
        """One part for each row that comes or goes by itself, with what is below it and the links of both. A link between
        two such rows is in both parts; it is there once both its ends are."""
        families: dict[int, set[int]] = {}
        for row_id in rows:
            families.setdefault(_topmost(row_id, rows), set()).add(row_id)
        for top, family in families.items():
            links = [change for change in self._links if (change.old is None) == (rank is Rank.MADE) and _ends(change) & family]
            steps = [Step(change.kind, change.id, change.new) for change in (*(rows[each] for each in sorted(family)), *links)]
            row = rows[top].new if rows[top].new is not None else rows[top].old
            yield Part(rank, message(text, title=row.title), tuple(steps), frozenset(family | _successors(links)))


def _topmost(row_id: int, rows: Mapping[int, Change]) -> int:
    """The row above that comes or goes as well, as far up as there is one."""
    seen = {row_id}
    while True:
        change = rows[row_id]
        parent = (change.new if change.new is not None else change.old).parent
        if parent not in rows or parent in seen:
            return row_id
        seen.add(parent)
        row_id = parent


def _ends(change: Change) -> set[int]:
    row = change.new if change.new is not None else change.old
    return {row.predecessor, row.successor} if isinstance(row, Dependency) else {row.item}


def _successors(links: Iterable[Change]) -> set[int]:
    return {row.successor for change in links if isinstance(row := change.new or change.old, Dependency)}


# parts of changed records


def _exception_parts(plan: Plan, change: Change) -> Iterator[Part]:
    row: CalendarException = change.new if change.new is not None else change.old
    which = "added" if change.old is None else "removed" if change.new is None else "changed"
    text = (_HOURS if row.shifts else _DAY_OFF)[which]
    yield Part(
        Rank.CALENDAR,
        message(text, name=row.name, date=day_to_iso(row.first)),
        (Step(CalendarException, change.id, change.new),),
    )


_DAY_OFF = {
    "added": N_("holiday “{name}” on {date} added"),
    "removed": N_("holiday “{name}” on {date} removed"),
    "changed": N_("holiday “{name}” on {date} changed"),
}
_HOURS = {
    "added": N_("other working hours “{name}” on {date} added"),
    "removed": N_("other working hours “{name}” on {date} removed"),
    "changed": N_("other working hours “{name}” on {date} changed"),
}


def _calendar_parts(plan: Plan, change: Change) -> Iterator[Part]:
    if change.new is not None and _differs(change, ("week", "base")):
        yield _fields_part(
            Rank.CALENDAR, change, ("week", "base"), message(N_("hours of “{name}” changed"), name=change.new.name)
        )


def _project_parts(plan: Plan, change: Change) -> Iterator[Part]:
    if change.new is None:
        return
    title = change.new.title
    mode = N_("dates of “{title}” computed") if is_computed(change.new) else N_("dates of “{title}” recorded")
    for names, text in (
        (("mode", "status"), mode),
        (("start",), N_("start of “{title}” moved")),
        (("calendar",), N_("calendar of “{title}” changed")),
        (("day_start", "move_remaining"), N_("settings of “{title}” changed")),
    ):
        if _differs(change, names):
            yield _fields_part(Rank.PROJECT, change, names, message(text, title=title))
    if _differs(change, ("status_date",)):
        day = change.new.status_date
        said = message(N_("status date {date}"), date=day_to_iso(day)) if day is not None else message(N_("status date"))
        yield _fields_part(Rank.STATUS_DATE, change, ("status_date",), said)


def _person_parts(plan: Plan, change: Change) -> Iterator[Part]:
    if change.new is not None and _differs(change, ("calendar",)):
        text = message(N_("calendar of {name} changed"), name=change.new.name)
        yield _fields_part(Rank.PEOPLE, change, ("calendar",), text)


def _assignment_parts(plan: Plan, change: Change) -> Iterator[Part]:
    row: Assignment = change.new if change.new is not None else change.old
    item = plan.activity(row.item)
    text = message(N_("people on “{title}” changed"), title=item.title if item is not None else "—")
    yield Part(Rank.PEOPLE, text, (Step(Assignment, change.id, change.new),), frozenset({row.item}))


def _link_parts(plan: Plan, change: Change) -> Iterator[Part]:
    row: Dependency = change.new if change.new is not None else change.old
    titles = {name: _title(plan, getattr(row, end)) for name, end in (("before", "predecessor"), ("after", "successor"))}
    which = "made" if change.old is None else "removed" if change.new is None else "changed"
    subjects = frozenset({row.successor})
    own = message(_OWN_LINK[which], before=titles["before"])
    yield Part(Rank.LINK, message(_LINK[which], **titles), (Step(Dependency, change.id, change.new),), subjects, own)


_LINK = {
    "made": N_("link from “{before}” to “{after}” made"),
    "removed": N_("link from “{before}” to “{after}” removed"),
    "changed": N_("link from “{before}” to “{after}” changed"),
}
_OWN_LINK = {
    "made": N_("link from “{before}” made"),
    "removed": N_("link from “{before}” removed"),
    "changed": N_("link from “{before}” changed"),
}


def _activity_parts(plan: Plan, change: Change) -> Iterator[Part]:
    if change.old is None or change.new is None:
        return
    for rank, names, text in (
        (Rank.PEOPLE, ("calendar",), N_("calendar of “{title}” changed")),
        (Rank.OUTLINE, ("parent", "project"), N_("“{title}” moved in the outline")),
        (Rank.DURATION, ("duration", "duration_unit"), _duration_text(change)),
        (Rank.PROGRESS, ("actual_start", "actual_finish", "progress", "remaining", "stop", "resume"), _progress_text(change)),
        (Rank.HOLD, ("placement", "constraint", "constraint_date", "deadline"), _hold_text(change)),
    ):
        if _differs(change, names):
            own = BY_HAND if rank is Rank.HOLD and change.new.placement is Placement.PINNED else None
            yield _fields_part(rank, change, names, message(text, title=change.new.title), own)
    if _differs(change, ("start", "end")) and (_dates_are_given(plan, change.new) or change.old.placement is Placement.FIXED):
        moved = message(N_("“{title}” moved by hand"), title=change.new.title)
        yield _fields_part(Rank.BY_HAND, change, ("start", "end"), moved, BY_HAND)


def _duration_text(change: Change) -> str:
    old, new = change.old, change.new
    if old.duration_unit[:1] == new.duration_unit[:1] and old.duration != new.duration:
        return N_("“{title}” longer") if new.duration > old.duration else N_("“{title}” shorter")
    return N_("duration of “{title}” changed")


def _progress_text(change: Change) -> str:
    old, new = change.old, change.new
    if new.actual_finish is not None and new.actual_finish != old.actual_finish:
        return N_("“{title}” finished")
    if new.actual_start is not None and old.actual_start is None:
        return N_("“{title}” begun")
    return N_("progress of “{title}”")


def _hold_text(change: Change) -> str:
    old, new = change.old, change.new
    if new.placement is Placement.PINNED:
        return N_("“{title}” pinned") if old.placement is not Placement.PINNED else N_("pin of “{title}” moved")
    if new.placement is Placement.FIXED and old.placement is not Placement.FIXED:
        return N_("date of “{title}” fixed")
    if old.placement is not new.placement:
        return N_("pin of “{title}” removed") if old.placement is Placement.PINNED else N_("“{title}” no longer fixed")
    if _differs(change, ("constraint", "constraint_date")):
        return N_("constraint of “{title}” changed")
    return N_("deadline of “{title}” changed")


def _dates_are_given(plan: Plan, row: Activity) -> bool:
    """Whether the dates of a row are what the schedule starts from, not what it gives."""
    if row.placement is Placement.FIXED or not is_computed(plan[Project, row.project]):
        return True
    loose = row.constraint is ConstraintType.ASAP
    return isinstance(row, Milestone) and loose and not plan.where(Dependency, "successor", row.id)


def _title(plan: Plan, row_id: int) -> str:
    row = plan.activity(row_id)
    return row.title if row is not None else "—"


def _differs(change: Change, names: tuple[str, ...]) -> bool:
    return any(getattr(change.old, name) != getattr(change.new, name) for name in names)


def _fields_part(rank: Rank, change: Change, names: tuple[str, ...], text: Message, own: Message | None = None) -> Part:
    step = Step(change.kind, change.id, change.new, names)
    subjects = frozenset({change.id}) if issubclass(change.kind, Activity) else frozenset[int]()
    return Part(rank, text, (step,), subjects, own)


_OF_KIND: Mapping[type, Any] = {
    CalendarException: _exception_parts,
    Calendar: _calendar_parts,
    Project: _project_parts,
    Person: _person_parts,
    Assignment: _assignment_parts,
    Dependency: _link_parts,
    Milestone: _activity_parts,
    WorkItem: _activity_parts,
}
