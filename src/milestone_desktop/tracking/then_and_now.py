"""What differs between the plan as it stood and the plan as it stands, activity by activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.kinds import field_names
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.worktime import WorkTimes

UNTOLD = frozenset({"extra", "source", "order", "target_set", "target_calendar"})
"""Fields that nobody reads as a change of the plan."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One activity. then, now: its record on either side, None where it was not there yet or is no longer. What differs is
    worked out when it is asked for: a plan of thousands of rows is compared at each step of a slider."""

    activity: int
    then: Activity | None
    now: Activity | None
    times: WorkTimes

    @property
    def row(self) -> Any:
        return self.now if self.now is not None else self.then

    @property
    def then_end(self) -> Instant | None:
        return self.then.end if self.then is not None else None

    @property
    def now_end(self) -> Instant | None:
        return self.now.end if self.now is not None else None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what differs; none where it is there on one side only."""
        old, new = self.then, self.now
        if old is None or new is None:
            return ()
        return tuple(name for name in _told(type(new)) if getattr(old, name) != getattr(new, name))

    @property
    def working_days(self) -> int | None:
        """From the end then to the end now, signed, on the project's calendar; None where one is missing."""
        if self.then_end is None or self.now_end is None or self.now is None:
            return None
        return self.times.of_project(self.now.project).working_days(day_of(self.then_end), day_of(self.now_end))


def differences(then: Plan, now: Plan, project: int | None = None) -> list[Difference]:
    """What differs in a project (in all of them), by id: records that both states share cost next to nothing."""
    times = WorkTimes(now)
    return sorted(_differences(then, now, project, times), key=lambda each: each.activity)


def _told(kind: type) -> tuple[str, ...]:
    return tuple(name for name in field_names(kind) if name not in UNTOLD)


def _differences(then: Plan, now: Plan, project: int | None, times: WorkTimes) -> Iterator[Difference]:
    there = {row.id for row in now.all(Project)}
    for kind in (Milestone, WorkItem):
        told = attrgetter(*_told(kind))
        before = {row.id: row for row in then.all(kind)}
        for row in now.all(kind):
            old = before.pop(row.id, None)
            if old is row or (project is not None and project not in (row.project, old.project if old else None)):
                continue
            moved = old is None or old.end != row.end or old.start != row.start  # nearly always, and quick to tell
            if row.project in there and (moved or told(old) != told(row)):
                yield Difference(row.id, old, row, times)
        for gone in before.values():
            if project in (None, gone.project):
                yield Difference(gone.id, gone, None, times)
