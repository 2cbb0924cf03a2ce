"""The activities of a plan, read field by field: a whole column costs about as much as to look at each record once."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.kinds import field_names
from milestone_desktop.domain.plan import Plan
from milestone_desktop.filters.cells import Floats, Ints, Mask

Row = Milestone | WorkItem
Made = TypeVar("Made")
_FEW_TO_A_RECORD = 4
"""Keys up to so many to a record are numbered by a table; sorting them would take several times as long."""


class Records:
    """Columns over all activities in the order of the ids. They are those of one moment: made anew after each edit.

    What was read once is kept, since several fields ask for it. rows: the records as `order` counts them, milestones, then
    items.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._kinds: dict[type[Row], list[Any]] = {kind: list(plan.all(kind)) for kind in (Milestone, WorkItem)}
        self.rows: list[Activity] = [row for rows in self._kinds.values() for row in rows]
        ids = np.fromiter(map(attrgetter("id"), self.rows), np.int64, len(self.rows))
        self.milestones = len(self._kinds[Milestone])
        self.order: Ints = np.argsort(ids, kind="stable")
        self.ids: Ints = ids[self.order]
        self.is_milestone: Mask = self.order < self.milestones
        self._kept: dict[object, Any] = {}

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def projects(self) -> Ints:
        """The project of each activity."""
        return self._once("projects", lambda: self.numbers("project").astype(np.int64))

    @property
    def parents(self) -> Floats:
        """The parent of each activity; NaN at the top."""
        return self.numbers("parent")

    @property
    def is_parent(self) -> Mask:
        """The activities with others under them."""
        above = self.parents
        return self._once("is_parent", lambda: np.isin(self.ids, above[~np.isnan(above)].astype(np.int64)))

    def row(self, at: int) -> Activity:
        """The record at a place."""
        return self.rows[int(self.order[at])]

    def unordered(self, column: Ints) -> Ints:
        """A column in the order that `order` counts: milestones, then items."""
        found = np.empty_like(column)
        found[self.order] = column
        return found

    def values(self, name: str, missing: Any = None) -> list[Any]:
        """A field of all records, in the order that `order` counts. missing: stands in kinds that have no such field."""
        found: list[Any] = []
        for kind, rows in self._kinds.items():
            found += self._values(name, kind) if kind in self._with(name) else [missing] * len(rows)
        return found

    def numbers(self, name: str, *kinds: type[Row]) -> Floats:
        """A field of numbers of some kinds (all that have it); NaN where there is none, and at other kinds."""
        return self._once((name, kinds), lambda: self._numbers(name, kinds or self._with(name)))

    def keys(self, name: str) -> Ints:
        """Small numbers that are the same where the values of a field are, of one kind; 0 where a kind has no such field."""
        return self._once(("keys", name), lambda: self._keys(name))

    def together(self, *keys: Ints) -> Ints:
        """Small numbers that are the same where all of these are. keys: none is below 0."""
        found = np.zeros(len(self), np.int64)
        for more in keys:
            found = self._numbered(found * (int(more.max(initial=0)) + 1) + more)
        return found

    def read_once(self, keys: Ints, read: Callable[[Activity], Any]) -> tuple[list[Any], Ints]:
        """What one activity of each key gives, and which of these values is that of each activity."""
        places = self.together(keys)
        first = np.zeros(int(places.max(initial=-1)) + 1, np.int64)
        first[places[::-1]] = np.arange(len(places))[::-1]
        return [read(self.row(at)) for at in first.tolist()], places

    def _once(self, name: object, make: Callable[[], Made]) -> Made:
        found: Made | None = self._kept.get(name)
        if found is None:
            found = self._kept[name] = make()
        return found

    def _values(self, name: str, kind: type[Row]) -> list[Any]:
        return list(map(attrgetter(name), self._kinds[kind]))

    def _with(self, name: str) -> tuple[type[Row], ...]:
        return tuple(kind for kind in self._kinds if name in field_names(kind))

    def _numbers(self, name: str, kinds: tuple[type[Row], ...]) -> Floats:
        parts = [
            self._numbers_of(name, kind) if kind in kinds else np.full(len(self._kinds[kind]), np.nan) for kind in self._kinds
        ]
        return np.concatenate(parts)[self.order]

    def _numbers_of(self, name: str, kind: type[Row]) -> Floats:
        rows = self._kinds[kind]
        try:
            return np.fromiter(map(attrgetter(name), rows), np.float64, len(rows))  # half the time, where none is None
        except TypeError:
            return np.array(self._values(name, kind), np.float64)  # None becomes NaN

    def _keys(self, name: str) -> Ints:
        """Each kind counts on from the one before: what is the same number means something else there."""
        parts, begin = [], 1
        for kind, rows in self._kinds.items():
            if kind not in self._with(name):
                parts.append(np.zeros(len(rows), np.int64))
                continue
            values = self._values(name, kind)
            number = {value: place for place, value in enumerate(dict.fromkeys(values), begin)}
            begin += len(number)
            parts.append(np.fromiter(map(number.__getitem__, values), np.int64, len(values)))
        return np.concatenate(parts)[self.order]

    def _numbered(self, keys: Ints) -> Ints:
        """Other numbers for the same keys, without gaps."""
        most = int(keys.max(initial=0))
        if most > _FEW_TO_A_RECORD * len(keys) + 1000:
            return np.unique(keys, return_inverse=True)[1]
        there = np.zeros(most + 1, np.int64)
        there[keys] = 1
        return (np.cumsum(there) - 1)[keys]
