"""Which groups activities stand in, kept from one outline to the next: an edit makes only what it changed be looked at again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.grouping import Group, Grouper, Grouping, grouping_named
from milestone_desktop.domain.plan import Plan

Ints = npt.NDArray[np.int64]

UNKNOWN, SEVERAL = -1, -2
"""Stand for the number of a group: not looked at yet; more than one."""


class Memory:
    """What groups keep while rows come and go. head_ids: the id of each group's head that was ever shown, by the keys on the
    way to it, so that a group keeps its id."""

    def __init__(self) -> None:
        self.head_ids: dict[tuple[Any, ...], int] = {}
        self._members: dict[str, Members] = {}

    def members(self, name: str) -> Members:
        """The members of the groups of a grouping. Raises KeyError where there is none of that name."""
        if name not in self._members:
            grouping = grouping_named(name)
            if grouping is None:
                raise KeyError(name)
            self._members[name] = Members(grouping)
        return self._members[name]

    def heed(self, plan: Plan, change_set: ChangeSet) -> None:
        """Takes note of a change-set that the plan has taken."""
        for members in self._members.values():
            members.heed(plan, change_set)


class Members:
    """The numbers of the groups that each activity stands in, by one grouping; looked up when first asked for."""

    def __init__(self, grouping: Grouping) -> None:
        self._grouping = grouping
        self._codes: Ints = np.zeros(0, np.int64)
        self._several: dict[int, tuple[int, ...]] = {}
        self._numbers: dict[Any, int] = {}

    def heed(self, plan: Plan, change_set: ChangeSet) -> None:
        """Forgets the activities that a change-set may have put into another group."""
        moved = self._grouping.moved(plan, change_set)
        if moved is None:
            self._forget()
            return
        ids = np.fromiter(moved, np.int64, len(moved))
        self._codes[ids[(ids >= 0) & (ids < len(self._codes))]] = UNKNOWN

    def of(self, plan: Plan, ids: Ints) -> tuple[Ints, Ints, Mapping[int, Group]]:
        """Each activity once for every group that it stands in, in the order given: its place among `ids`, the number of the
        group, and the groups by their numbers."""
        maker = self._grouping.made(plan)
        self._look_up(plan, ids, maker)
        codes = self._codes[ids]
        place = np.arange(len(ids))
        many = np.flatnonzero(codes == SEVERAL)
        if len(many):
            found = [self._several[row_id] for row_id in ids[many].tolist()]
            times = np.ones(len(ids), np.int64)
            times[many] = [len(numbers) for numbers in found]
            place = np.repeat(place, times)
            codes = np.repeat(codes, times)
            codes[codes == SEVERAL] = [number for numbers in found for number in numbers]
        return place, codes, self._groups(plan, ids, place, codes, maker)

    def _look_up(self, plan: Plan, ids: Ints, maker: Grouper) -> None:
        highest = int(ids.max(initial=-1))
        if highest >= len(self._codes):
            self._codes = np.concatenate((self._codes, np.full(highest + 1 - len(self._codes), UNKNOWN)))
        for row_id in np.unique(ids[self._codes[ids] == UNKNOWN]).tolist():
            activity = plan.activity(row_id)
            keys = [] if activity is None else [group.key for group in maker(activity)]
            numbers = tuple(self._numbers.setdefault(key, len(self._numbers)) for key in keys)
            self._codes[row_id] = numbers[0] if len(numbers) == 1 else SEVERAL
            self._several[row_id] = numbers

    def _groups(self, plan: Plan, ids: Ints, place: Ints, codes: Ints, maker: Grouper) -> dict[int, Group]:
        """The groups that are in use as they are called and ordered now: each is asked of its first member."""
        used, first = np.unique(codes, return_index=True)
        found: dict[int, Group] = {}
        for code, row_id in zip(used.tolist(), ids[place[first]].tolist(), strict=True):
            activity = plan.activity(row_id)
            groups = () if activity is None else maker(activity)
            found.update((code, group) for group in groups if self._numbers.get(group.key) == code)
        return found

    def _forget(self) -> None:
        self._codes = np.zeros(0, np.int64)
        self._several.clear()
        self._numbers.clear()
