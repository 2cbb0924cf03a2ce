"""Which projects the entries of the journal are about, found by what the changed records belong to."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import sqlalchemy as sa

from milestone_desktop.domain.kinds import kind_named
from milestone_desktop.domain.owners import Owners, ways_to_owner
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.store.packing import Group
from milestone_desktop.store.replay import entries


def projects_by_entry(connection: sa.Connection, plan: Plan, first: int, last: int) -> dict[int, frozenset[int]]:
    """The projects of the entries `first` … `last`; none for what is the whole workspace's, such as its calendars.

    plan: as it stands now; what is no longer in it is known from the entries that took it away.
    """
    owners = Owners(plan)
    found = {}
    for sequence, groups in entries(connection, first, last, forwards=False):
        for group in groups:
            _learn(owners, group)
        found[sequence] = frozenset(project for group in groups for project in _projects(owners, group))
    return found


def _learn(owners: Owners, group: Group) -> None:
    """Takes note of records that the plan no longer has, or had not yet."""
    kind = kind_named(group["kind"])
    ids = list(accumulate(group["ids"]))
    columns = [ids] if kind is Project else _columns(group, ways_to_owner(kind)[-1:])
    for column in columns:
        for row_id, owner in zip(ids, column, strict=True):
            owners.learn(kind, row_id, owner)


def _projects(owners: Owners, group: Group) -> set[int]:
    """The projects that the records of a group belong to, before and after."""
    found = {owners.project_of(row_id) for row_id in accumulate(group["ids"])}
    found |= {
        owners.project_of(owner) for column in _columns(group, ways_to_owner(kind_named(group["kind"]))) for owner in column
    }
    return {project for project in found if project is not None}


def _columns(group: Group, names: tuple[str, ...]) -> Iterator[list[Any]]:
    fields = group["fields"]
    for side in ("old", "new"):
        for name in names:
            if side in group and name in fields:
                yield group[side][fields.index(name)]
