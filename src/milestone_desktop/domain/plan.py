"""The plan: every record of a workspace by kind and id, with indexes over what refers to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, ValuesView
from typing import Any, TypeVar

from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.kinds import ACTIVITY_KINDS, KINDS

Row = TypeVar("Row")

_Group = tuple[int, ...] | set[int]
FEW = 8
"""Up to as many ids of an index are a tuple, which takes a quarter of the memory of a set."""


class Plan:
    """Records in memory. Only `put`, `discard` and `apply` alter it; readers never alter a record in place.

    counters: the last id and item numbers given out. They only grow, undo does not lower them, so that no id and no
    item number is used twice; they are not part of what makes two plans equal.
    """

    def __init__(self) -> None:
        self._rows: dict[type, dict[int, Any]] = {kind: {} for kind in KINDS}
        self._indexes: dict[tuple[type, str], dict[Any, _Group]] = {}
        self.counters: dict[str, int] = {}

    # reading

    def all(self, kind: type[Row]) -> ValuesView[Row]:
        """Every record of one kind, in no particular order."""
        return self._rows[kind].values()

    def get(self, kind: type[Row], row_id: int | None) -> Row | None:
        """The record, or None."""
        return self._rows[kind].get(row_id) if row_id is not None else None

    def __getitem__(self, key: tuple[type[Row], int]) -> Row:
        """`plan[Milestone, 5]`; raises KeyError where there is none."""
        kind, row_id = key
        row: Row = self._rows[kind][row_id]
        return row

    def count(self, kind: type) -> int:
        return len(self._rows[kind])

    def activity(self, row_id: int | None) -> Activity | None:
        """The milestone or work item with that id, or None."""
        for kind in ACTIVITY_KINDS:
            row = self.get(kind, row_id)
            if row is not None:
                return row
        return None

    def activities(self) -> Iterator[Activity]:
        """Every milestone and work item."""
        for kind in ACTIVITY_KINDS:
            yield from self._rows[kind].values()

    def where(self, kind: type[Row], field: str, value: Any) -> list[Row]:
        """The records of `kind` whose `field` holds `value`, by id. The first call for a field builds its index."""
        rows = self._rows[kind]
        return [rows[row_id] for row_id in sorted(self._index(kind, field).get(value, ()))]

    def count_where(self, kind: type, field: str, value: Any) -> int:
        """How many records of `kind` have `value` in `field`."""
        return len(self._index(kind, field).get(value, ()))

    def activities_where(self, field: str, value: Any) -> list[Activity]:
        """The milestones and work items whose `field` holds `value`, by id."""
        found: list[Activity] = []
        for kind in ACTIVITY_KINDS:
            found += self.where(kind, field, value)
        found.sort(key=lambda row: row.id)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Plan) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]  # a plan changes, so it has no hash

    def copy(self) -> Plan:
        """A plan over the same records that may be changed on its own: for workers and trials."""
        twin = Plan()
        twin._rows = {kind: dict(rows) for kind, rows in self._rows.items()}
        twin.counters = dict(self.counters)
        return twin

    # altering

    def load(self, kind: type[Row], rows: Iterable[Row]) -> None:
        """Takes in rows of a kind that has none yet, as read from a file."""
        self._rows[kind] = {row.id: row for row in rows}  # type: ignore[attr-defined]  # every kind has an id
        self._indexes = {key: index for key, index in self._indexes.items() if key[0] is not kind}

    def put(self, row: Any) -> None:
        """Adds a record, or takes it in place of the one with its id."""
        kind = type(row)
        old = self._rows[kind].get(row.id)
        self._rows[kind][row.id] = row
        for (indexed, field), index in self._indexes.items():
            if indexed is kind:
                self._reindex(index, field, old, row)

    def discard(self, kind: type, row_id: int) -> None:
        """Removes a record. Raises KeyError where there is none."""
        old = self._rows[kind].pop(row_id)
        for (indexed, field), index in self._indexes.items():
            if indexed is kind:
                self._reindex(index, field, old, None)

    def apply(self, change_set: ChangeSet) -> None:
        """Makes every change of the set."""
        for change in change_set.changes:
            if change.new is None:
                self.discard(change.kind, change.id)
            else:
                self.put(change.new)

    def take_number(self, counter: str) -> int:
        """The next number of a counter, never given out before."""
        number = self.counters.get(counter, 0) + 1
        self.counters[counter] = number
        return number

    # indexes

    def _index(self, kind: type, field: str) -> dict[Any, _Group]:
        index = self._indexes.get((kind, field))
        if index is None:
            groups: dict[Any, list[int]] = {}
            for row in self._rows[kind].values():
                groups.setdefault(getattr(row, field), []).append(row.id)
            index = {value: tuple(ids) if len(ids) <= FEW else set(ids) for value, ids in groups.items()}
            self._indexes[kind, field] = index
        return index

    @staticmethod
    def _reindex(index: dict[Any, _Group], field: str, old: Any, new: Any) -> None:
        before = getattr(old, field) if old is not None else None
        after = getattr(new, field) if new is not None else None
        if old is not None and (new is None or before != after):
            ids = index[before]
            if isinstance(ids, set):
                ids.discard(old.id)
            else:
                ids = index[before] = tuple(row_id for row_id in ids if row_id != old.id)
            if not ids:
                del index[before]
        if new is not None and (old is None or before != after):
            ids = index.get(after, ())
            if isinstance(ids, set):
                ids.add(new.id)
            else:
                index[after] = (*ids, new.id) if len(ids) < FEW else {*ids, new.id}
