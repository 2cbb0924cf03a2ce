"""What differs between the plan as it stood and the plan as it stands, activity by activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    """One activity. then, now: its record on either side, None where it was not there yet or is no longer; fields: the
    names of what differs; working_days: from the end then to the end now, signed, None where one is missing."""

    activity: int
    then: Activity | None
    now: Activity | None
    fields: tuple[str, ...]
    working_days: int | None

    @property
    def row(self) -> Any:
        return self.now if self.now is not None else self.then

    @property
    def then_end(self) -> Instant | None:
        return self.then.end if self.then is not None else None

    @property
    def now_end(self) -> Instant | None:
        return self.now.end if self.now is not None else None


def differences(then: Plan, now: Plan, project: int | None = None) -> list[Difference]:
    """What differs in a project (in all of them), by id: records that both states share cost next to nothing."""
    times = WorkTimes(now)
    return sorted(_differences(then, now, project, times), key=lambda each: each.activity)


def _differences(then: Plan, now: Plan, project: int | None, times: WorkTimes) -> Iterator[Difference]:
    for kind in (Milestone, WorkItem):
        before = {row.id: row for row in then.all(kind)}
        for row in now.all(kind):
            old = before.pop(row.id, None)
            if old is row or (project is not None and project not in (row.project, old.project if old else None)):
                continue
            names = _fields(old, row) if old is not None else ()
            if old is None or names:
                yield Difference(row.id, old, row, names, _days(now, times, old, row))
        for gone in before.values():
            if project in (None, gone.project):
                yield Difference(gone.id, gone, None, (), None)


def _fields(old: Activity, new: Activity) -> tuple[str, ...]:
    return tuple(
        name for name in field_names(type(new)) if name not in UNTOLD and getattr(old, name) != getattr(new, name)
    )  # fmt: skip


def _days(now: Plan, times: WorkTimes, old: Activity | None, new: Activity) -> int | None:
    if old is None or old.end is None or new.end is None or now.get(Project, new.project) is None:
        return None
    return times.of_project(new.project).working_days(day_of(old.end), day_of(new.end))
