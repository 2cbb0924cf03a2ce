"""Why an activity is when it is: one true sentence, and a strip of calendar days that adds up exactly.

The strip begins at the start of the project in which the chain of driving activities begins, and runs along that chain to
the activity. Days are counted as in (a, b]: the first day is the one after the start. What goes back in time, a lead or a
constraint that pulls an activity before its predecessors, counts below zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.enums import ConstraintType, Placement
from milestone_desktop.domain.instants import Day, Instant, day_of, day_to_iso
from milestone_desktop.domain.messages import N_, Message, message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.calendars import ROUND_THE_CLOCK
from milestone_desktop.scheduling.days_off import DaysOff
from milestone_desktop.scheduling.rows import FINISHED, FIXED, NONE, STARTED, status_start
from milestone_desktop.scheduling.schedule import Schedule


class Kind(StrEnum):
    """What calendar days are spent on."""

    WORK = "work"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    LAG = "lag"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Segment:
    """days: calendar days, below zero where time goes back; activity: whose work, calendar, lag or waiting it is; name:
    of the holiday, or what is waited for; dependency: whose lag it is."""

    kind: Kind
    days: int
    activity: int
    name: Message
    dependency: int | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """first, last: the days between which the segments lie, so that their days add up to last - first; chain: ids along
    the driving activities; shorter: by how many working days the next chain is shorter, None where there is no other."""

    sentence: Message
    segments: tuple[Segment, ...]
    first: Day
    last: Day
    chain: tuple[int, ...]
    shorter: int | None


def explain(plan: Plan, schedule: Schedule, row_id: int) -> Explanation:
    """The explanation of one activity's finish; of a parent, of its child that ends last. Raises KeyError."""
    network = schedule.network
    row = _last_leaf(schedule, row_id)
    steps = _steps(schedule, row)
    strip = _Strip(plan, schedule)
    for step in steps:
        strip.add(step)
    shorter = _shorter(schedule, steps)
    finish = strip.last
    return Explanation(
        _sentence(strip, finish, shorter),
        tuple(strip.segments),
        strip.first,
        finish,
        tuple(int(network.ids[step.row]) for step in steps if network.ids[step.row]),
        shorter,
    )


@dataclass(slots=True)
class _Step:
    """An activity on the chain. link: the forward link that it is reached by, -1 for the first; by_finish: it is left by
    its finish, not by its start."""

    row: int
    link: int
    by_finish: bool


def _last_leaf(schedule: Schedule, row_id: int) -> int:
    network = schedule.network
    row = schedule.row_of[row_id]
    if row < network.frame.count:
        return row
    below = network.outline.leaves_below(row_id, network.row_of)
    last: int = max(below, key=lambda leaf: (int(schedule.finish[leaf]), -leaf))
    return last


def _steps(schedule: Schedule, row: int) -> list[_Step]:
    """The chain to a row, its beginning first: along driving links, or the latest one where a bound holds a row later."""
    links = schedule.network.frame.forward
    steps = [_Step(row, -1, True)]
    while (link := _reached_by(schedule, steps[-1].row)) >= 0:
        steps[-1].link = link
        steps.append(_Step(int(links.source[link]), -1, bool(links.from_finish[link])))
    return steps[::-1]


def _reached_by(schedule: Schedule, row: int) -> int:
    network, drivers = schedule.network, schedule.drivers
    first, last = network.frame.forward_first[row : row + 2].tolist()
    if drivers.link[row] >= 0:
        return int(drivers.link[row])
    if first == last or network.given[row] >= STARTED:
        return -1
    latest: int = first + int(np.argmin(drivers.minutes[first:last]))
    return latest


class _Strip:
    """Segments so far, and the day that they have reached."""

    def __init__(self, plan: Plan, schedule: Schedule) -> None:
        self.segments: list[Segment] = []
        self.first = self.last = 0
        self._plan = plan
        self._schedule = schedule
        self._off = DaysOff(plan)
        self._left: Instant | None = None

    def add(self, step: _Step) -> None:
        """Goes on to where the chain leaves an activity."""
        schedule, network = self._schedule, self._schedule.network
        row = step.row
        start, finish = int(schedule.start[row]), int(schedule.finish[row])
        if self._left is None:
            began = self._origin(row, start)
            self.first = self.last = day_of(began)
            entered, point = began, start
        else:
            entered = self._after_lag(step, self._left)
            point = finish if network.frame.forward.to_finish[step.link] else start
        if network.ids[row]:
            self._wait(row, entered, point)
        self._left = finish if step.by_finish else start
        if network.ids[row]:
            self._spend(row, day_of(self._left), Kind.WORK, message(N_("work")))
        else:
            self._left = max(self._left, entered)

    def _origin(self, row: int, start: Instant) -> Instant:
        project = self._schedule.network.projects[int(self._schedule.network.project[row])]
        return project.start if project.start is not None else start

    def _after_lag(self, step: _Step, left: Instant) -> Instant:
        """Counts the lag of the link that leads to a step, and gives the instant at which it ends."""
        frame, ids = self._schedule.network.frame, self._schedule.network.ids
        links, link = frame.forward, step.link
        lag = int(links.lag[link])
        if not lag:
            return left
        elapsed = bool(links.elapsed[link])
        calendar = ROUND_THE_CLOCK if elapsed else int(frame.calendar[step.row])
        after = 1 if lag > 0 else 0
        end = frame.tables.start_of_1(calendar, frame.tables.index_1(calendar, left) + lag - after) + after
        owner = int(ids[step.row]) or int(self._plan[Dependency, int(links.dependency[link])].successor)
        name = message(N_("lag")) if lag > 0 else message(N_("lead"))
        self._spend(step.row, day_of(end), Kind.LAG, name, owner, int(links.dependency[link]), elapsed)
        return end

    def _wait(self, row: int, entered: Instant, point: Instant) -> None:
        """Counts what lies between the moment an activity could have begun (or ended) and where it is."""
        frame = self._schedule.network.frame
        calendar = int(frame.calendar[row])
        reached, wanted = frame.tables.index_1(calendar, entered), frame.tables.index_1(calendar, point)
        if reached == wanted:
            return
        end = point if not frame.duration[row] else frame.tables.start_of_1(calendar, wanted - 1) + 1
        self._spend(row, day_of(end), Kind.WAITING, _reason(self._schedule, row))

    def _spend(
        self,
        row: int,
        until: Day,
        kind: Kind,
        name: Message,
        owner: int | None = None,
        dependency: int | None = None,
        elapsed: bool = False,
    ) -> None:
        """Counts the days after the one reached until another: days off by themselves, the others as `kind`."""
        network = self._schedule.network
        activity = network.activities[row]
        owner = int(network.ids[row]) if owner is None else owner
        if until < self.last:
            self.segments.append(Segment(kind, until - self.last, owner, name, dependency))
        elif activity is None or elapsed or network.frame.calendar[row] == ROUND_THE_CLOCK:
            self._append(Segment(kind, until - self.last, owner, name, dependency))
        else:
            for day in range(self.last + 1, until + 1):
                off = self._off.why(activity, day)
                if off is None:
                    self._append(Segment(kind, 1, owner, name, dependency))
                elif off:
                    self._append(Segment(Kind.HOLIDAY, 1, owner, message(N_("{holiday}"), holiday=off)))
                else:
                    self._append(Segment(Kind.WEEKEND, 1, owner, message(N_("weekend"))))
        self.last = until

    def _append(self, segment: Segment) -> None:
        """Adds a segment, joined to the one before if it goes on with it."""
        before = self.segments[-1] if self.segments else None
        if segment.days == 0:
            return
        same = before is not None and before.days > 0 and (before.kind, before.activity, before.name, before.dependency) == (
            segment.kind, segment.activity, segment.name, segment.dependency
        )  # fmt: skip
        if before is not None and same:
            self.segments[-1] = Segment(before.kind, before.days + segment.days, before.activity, before.name, before.dependency)
        else:
            self.segments.append(segment)


def _reason(schedule: Schedule, row: int) -> Message:
    """What holds an activity where it is, other than its predecessors."""
    network = schedule.network
    activity = network.activities[row]
    if network.given[row] == FINISHED or network.given[row] == STARTED:
        return message(N_("its actual start"))
    if network.given[row] == FIXED:
        return message(N_("its fixed date"))
    if _waits_for_status_date(schedule, row):
        return message(N_("the status date"))
    if activity is not None and activity.placement is Placement.PINNED:
        return message(N_("its pin"))
    if activity is not None and activity.constraint is ConstraintType.ALAP:
        return message(N_("as late as possible"))
    if activity is not None and activity.constraint is not ConstraintType.ASAP:
        return message(N_("a constraint ({type})"), type=activity.constraint.value)
    if network.set_at[row] != NONE:
        return message(N_("the date it was set to"))
    return message(N_("the start of its project"))


def _waits_for_status_date(schedule: Schedule, row: int) -> bool:
    """Whether work that has not begun starts right when the status date lets it."""
    network, tables = schedule.network, schedule.network.frame.tables
    not_before = status_start(network.projects[int(network.project[row])])
    if not_before is None or not network.frame.duration[row]:
        return False
    calendar = int(network.frame.calendar[row])
    return tables.index_1(calendar, int(schedule.start[row])) == tables.index_1(calendar, not_before)


def _shorter(schedule: Schedule, steps: list[_Step]) -> int | None:
    """Working days by which the second longest chain is shorter: the smallest lead of a driving link over another link
    into the same activity, in days of the project."""
    network, drivers = schedule.network, schedule.drivers
    leads = []
    for step in steps:
        first, last = network.frame.forward_first[step.row : step.row + 2].tolist()
        if step.link >= 0 and not network.least[step.row]:
            own = int(drivers.minutes[step.link])
            leads += [
                (int(drivers.minutes[link]) - own) // network.projects[int(network.project[step.row])].minutes_per_day
                for link in range(first, last)
                if link != step.link
            ]
    return max(0, min(leads)) if leads else None


def _sentence(strip: _Strip, finish: Day, shorter: int | None) -> Message:
    counts = {kind: sum(segment.days for segment in strip.segments if segment.kind is kind) for kind in Kind}
    parts = [message(_COUNTED[kind], count=count) for kind, count in counts.items() if count]
    total = parts[0] if parts else message(N_("nothing"))
    for part in parts[1:]:
        total = message(N_("{sum} + {part}"), sum=total, part=part)
    facts = {"date": day_to_iso(finish), "days": finish - strip.first, "parts": total}
    if shorter is None:
        return message(N_("{date} = {days} calendar days from the start of the project: {parts}."), **facts)
    text = N_(
        "{date} = {days} calendar days from the start of the project: {parts}; the next chain is {shorter} working days shorter."
    )
    return message(text, **facts, shorter=shorter)


_COUNTED = {
    Kind.WORK: N_("{count} work"),
    Kind.WEEKEND: N_("{count} weekend"),
    Kind.HOLIDAY: N_("{count} holidays"),
    Kind.LAG: N_("{count} lag"),
    Kind.WAITING: N_("{count} waiting"),
}
