"""Which projects the entries of the journal are about, found by what the changed records belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import accumulate

import sqlalchemy as sa

from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.kinds import KINDS, kind_named, references
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.store.packing import Group
from milestone_desktop.store.replay import entries


def projects_by_entry(connection: sa.Connection, plan: Plan, first: int, last: int) -> dict[int, frozenset[int]]:
    """The projects of the entries `first` … `last`; none for what is the whole workspace's, such as its calendars.

    plan: as it stands now; what is no longer in it is known from the entries that took it away.
    """
    owners = _Owners(plan)
    found = {}
    for sequence, groups in entries(connection, first, last, forwards=False):
        for group in groups:
            owners.learn(group)
        found[sequence] = frozenset(project for group in groups for project in owners.projects(group))
    return found


@cache
def _ways(kind: type) -> tuple[str, ...]:
    """The fields that lead from a record to what it belongs to, the nearest to its project first."""
    if kind is Project:
        return ("id",)
    found = {name: ref for name, ref in references(kind).items() if ref.on_delete is OnDelete.CASCADE and ref.kind != "Person"}
    direct = [name for name, ref in found.items() if ref.kind == "Project"]
    return tuple(direct) or tuple(found)


class _Owners:
    """What each record belongs to, by id: ids are given out once for all kinds."""

    def __init__(self, plan: Plan) -> None:
        self._owner: dict[int, int] = {}
        for kind in KINDS:
            ways = _ways(kind)
            if ways:
                rows: Iterable[object] = plan.all(kind)
                self._owner |= {row.id: getattr(row, ways[-1]) for row in rows}  # type: ignore[attr-defined]
        self._projects = {row.id for row in plan.all(Project)}

    def learn(self, group: Group) -> None:
        """Takes note of records that the plan no longer has, or had not yet."""
        kind = kind_named(group["kind"])
        ids = list(accumulate(group["ids"]))
        if kind is Project:
            self._projects |= set(ids)
        for column in _columns(group, _ways(kind)[-1:]):
            for row_id, owner in zip(ids, column, strict=True):
                self._owner.setdefault(row_id, owner)

    def projects(self, group: Group) -> set[int]:
        """The projects that the records of a group belong to, before and after."""
        kind = kind_named(group["kind"])
        ids = list(accumulate(group["ids"]))
        found = {self._project_of(row_id) for row_id in ids}
        found |= {self._project_of(owner) for column in _columns(group, _ways(kind)) for owner in column}
        return {project for project in found if project is not None}

    def _project_of(self, row_id: int | None) -> int | None:
        seen = 0
        while row_id is not None and row_id not in self._projects and seen < 10:
            row_id, seen = self._owner.get(row_id), seen + 1
        return row_id if row_id in self._projects else None


def _columns(group: Mapping[str, object], names: tuple[str, ...]) -> Iterable[list[int]]:
    fields = list(group["fields"])  # type: ignore[call-overload]
    for side in ("old", "new"):
        for name in names:
            if side in group and name in fields:
                yield group[side][fields.index(name)]  # type: ignore[index]
