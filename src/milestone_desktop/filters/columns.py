"""The values of fields over all activities of a plan, as columns: made when a filter first asks, then kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

import numpy as np

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.filters.cells import Figures, Ints, Texts
from milestone_desktop.filters.field import Column, Field, Reader, Sight
from milestone_desktop.filters.records import Records

MANY = 2000
"""With more changes than this at once, columns are made anew."""


class Columns:
    """Every activity of a plan in the order of the ids. `heed` each change to the plan."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight
        self._records: Records | None = None
        self._forget()

    @property
    def ids(self) -> Ints:
        self._list()
        return self._ids

    @property
    def projects(self) -> Ints:
        """The project of each activity."""
        self._list()
        return self._projects

    def texts(self, field: Field) -> Texts:
        """The texts of a field."""
        column = self._column(field)
        if not isinstance(column, Texts):
            raise TypeError(f"{field.name} holds no texts")
        return column

    def figures(self, field: Field) -> Figures:
        """The numbers or days of a field."""
        column = self._column(field)
        if not isinstance(column, Figures):
            raise TypeError(f"{field.name} holds no figures")
        return column

    def has(self, field: Field) -> bool:
        """Whether a field has been read."""
        return field.name in self._made

    def read(self, field: Field) -> None:
        """Reads a field before it is asked for."""
        self._column(field)

    def put_by(self) -> None:
        """Nothing more is going to be read for the time being: what was only needed for that is let go."""
        self._records = None

    def heed(self, change_set: ChangeSet) -> None:
        """Takes over what an edit changed; what cannot be told apart is made anew when next asked for."""
        self._records = None
        if self._fields:
            changed = list(change_set.of(Milestone, WorkItem))
            if len(changed) > MANY:
                self._forget()
                return
            self._drop(change_set)
            self._take(changed)
            self._follow(change_set, _parents(changed))
        else:
            self._forget()

    def forget_day(self) -> None:
        """Another day has begun."""
        for name in [name for name, field in self._fields.items() if field.daily]:
            self._remove(name)

    def forget(self, name: str) -> None:
        """Something that a field depends on beside the plan has changed as a whole."""
        if name in self._fields:
            self._remove(name)

    def _forget(self) -> None:
        self._records = None
        self._ids: Ints = np.zeros(0, np.int64)
        self._projects: Ints = np.zeros(0, np.int64)
        self._listed = False
        self._fields: dict[str, Field] = {}
        self._made: dict[str, Column] = {}
        self._readers: dict[str, Reader] = {}

    def _remove(self, name: str) -> None:
        del self._fields[name], self._made[name], self._readers[name]

    def _list(self) -> None:
        if not self._listed:
            records = self._at_once()
            self._ids, self._projects = records.ids.copy(), records.projects.copy()
            self._listed = True

    def _at_once(self) -> Records:
        """The activities as they stand."""
        if self._records is None:
            self._records = Records(self.sight.plan)
        return self._records

    def _column(self, field: Field) -> Column:
        column = self._made.get(field.name)
        if column is None:
            self._list()
            column = field.build(field, self.sight, self._at_once())
            self._fields[field.name], self._made[field.name] = field, column
            self._readers[field.name] = field.made(self.sight)
        return column

    def _drop(self, change_set: ChangeSet) -> None:
        """Columns that an edit may have changed anywhere."""
        kinds = {change.kind for change in change_set.changes}
        for name, field in list(self._fields.items()):
            if field.anew or any(kind in kinds and attribute is None for kind, attribute in field.heeds):
                self._remove(name)

    def _take(self, changed: Sequence[Change]) -> None:
        """What went, came or is another one now."""
        self._take_out([change.id for change in changed if change.new is None])
        here: list[Activity] = sorted((change.new for change in changed if change.new is not None), key=attrgetter("id"))
        at = np.searchsorted(self._ids, [row.id for row in here])
        there = (np.append(self._ids, -1)[at] == [row.id for row in here]).tolist()
        for place, row, known in zip(at.tolist(), here, there, strict=True):
            if known:
                self._projects[place] = row.project
                for name, column in self._made.items():
                    column.put(place, self._readers[name](row))
        self._put_in([row for row, known in zip(here, there, strict=True) if not known])

    def _take_out(self, ids: Sequence[int]) -> None:
        if not ids:
            return
        at = np.flatnonzero(np.isin(self._ids, ids))
        self._ids, self._projects = np.delete(self._ids, at), np.delete(self._projects, at)
        for column in self._made.values():
            column.delete(at)

    def _put_in(self, rows: Sequence[Activity]) -> None:
        """rows: by id; none of them is there yet."""
        if not rows:
            return
        at = np.searchsorted(self._ids, [row.id for row in rows])
        self._ids = np.insert(self._ids, at, [row.id for row in rows])
        self._projects = np.insert(self._projects, at, [row.project for row in rows])
        for name, column in self._made.items():
            column.insert(at, list(map(self._readers[name], rows)))

    def _follow(self, change_set: ChangeSet, parents: set[int]) -> None:
        """Cells that depend on other records; parents: those that something came under or went from."""
        for name, field in list(self._fields.items()):
            ids = set(parents)
            for kind, attribute in field.heeds:
                if attribute is not None:
                    changes = change_set.of(kind)
                    ids |= {getattr(row, attribute) for change in changes for row in (change.old, change.new) if row is not None}
            if field.follows is not None:
                ids.update(field.follows(self.sight, change_set))
            if len(ids) > MANY:
                self._remove(name)
                continue
            for row_id in ids:
                self._refresh(name, row_id)

    def _refresh(self, name: str, row_id: int) -> None:
        row = self.sight.plan.activity(row_id)
        if row is not None:
            self._made[name].put(int(np.searchsorted(self._ids, row_id)), self._readers[name](row))


def _parents(changes: Sequence[Change]) -> set[int]:
    """The parents that something came under or went from: whether they stand for others may have changed."""
    moved = (one for one in changes if one.old is None or one.new is None or one.old.parent != one.new.parent)
    return {row.parent for one in moved for row in (one.old, one.new) if row is not None and row.parent is not None}
