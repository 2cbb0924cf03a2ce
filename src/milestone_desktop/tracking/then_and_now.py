"""What differs between the plan as it stood and the plan as it stands, activity by activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter
from typing import Any, NamedTuple

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.kinds import field_names
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.worktime import WorkTimes

UNTOLD = frozenset({"extra", "source", "order", "target_set", "target_calendar"})
"""Fields that nobody reads as a change of the plan."""


class Difference(NamedTuple):
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


class Differences:
    """What differs between two states of a plan, in a project or (None) in all; patched as either of them goes on.

    rows: by id of the activity, in no particular order.
    """

    def __init__(self, then: Plan, now: Plan, project: int | None = None) -> None:
        self._then, self._now, self._project = then, now, project
        self._times = WorkTimes(now)
        self.rows: dict[int, Difference] = {}
        for kind in _TOLD:
            gone = {row.id: row for row in then.all(kind)}
            for row in now.all(kind):
                self._compare(gone.pop(row.id, None), row)
            for old in gone.values():
                self._compare(old, None)

    def take(self, changes: Iterable[Change]) -> None:
        """Looks again at what has changed in either of the two plans."""
        for change in changes:
            kind: type[Activity] | None = change.kind if change.kind in _TOLD else None
            if kind is None:
                continue
            self.rows.pop(change.id, None)
            self._compare(self._then.get(kind, change.id), self._now.get(kind, change.id))

    def heed(self, change_set: ChangeSet) -> None:
        """Takes in an edit of the plan as it is now: its calendars may be others."""
        self._times.heed(change_set)
        self.take(change_set.changes)

    def _compare(self, old: Activity | None, row: Activity | None) -> None:
        """Puts down that an activity differs, if it does."""
        if old is row or self._project not in (None, old and old.project, row and row.project):
            return
        either = row or old
        assert either is not None
        if old is None or row is None or old.end != row.end or old.start != row.start or _differ(old, row):
            self.rows[either.id] = Difference(either.id, old, row, self._times)


def _differ(old: Activity, row: Activity) -> bool:
    told = _TOLD[type(row)]
    return told(old) != told(row)


def _told(kind: type) -> tuple[str, ...]:
    return tuple(name for name in field_names(kind) if name not in UNTOLD)


_TOLD: Mapping[type[Activity], Callable[[Any], tuple[Any, ...]]] = {
    kind: attrgetter(*_told(kind)) for kind in (Milestone, WorkItem)
}
"""What of a record is compared, read all at once."""
