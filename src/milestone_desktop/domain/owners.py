"""Which project a record belongs to, through whatever it belongs to itself; also of records that are no longer in the plan."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from milestone_desktop.domain.fields import OnDelete
from milestone_desktop.domain.kinds import KINDS, references
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

DEEPEST = 10


@cache
def ways_to_owner(kind: type) -> tuple[str, ...]:
    """The fields of a kind that lead from a record to what it belongs to; none where it is the whole workspace's."""
    if kind is Project:
        return ("id",)
    found = {name: ref for name, ref in references(kind).items() if ref.on_delete is OnDelete.CASCADE and ref.kind != "Person"}
    return tuple(name for name, ref in found.items() if ref.kind == "Project") or tuple(found)


class Owners:
    """What each record belongs to, by id: ids are given out once for all kinds. `learn` of records that the plan lacks."""

    def __init__(self, plan: Plan) -> None:
        self._owner: dict[int, int] = {}
        self._projects: set[int] = set()
        for kind in KINDS:
            if ways_to_owner(kind):
                rows: Iterable[Any] = plan.all(kind)
                for row in rows:
                    self.learn_row(row)

    def learn_row(self, row: Any) -> None:
        """Takes note of a record."""
        kind: type = type(row)
        for way in ways_to_owner(kind)[-1:]:
            self.learn(kind, row.id, getattr(row, way))

    def learn(self, kind: type, row_id: int, owner: int) -> None:
        """Takes note of what a record of a kind belongs to; what is known stays."""
        if kind is Project:
            self._projects.add(row_id)
        self._owner.setdefault(row_id, owner)

    def project_of(self, row_id: int | None) -> int | None:
        """The project that a record belongs to; None where it belongs to none, or nobody knows."""
        for _step in range(DEEPEST):
            if row_id is None or row_id in self._projects:
                break
            row_id = self._owner.get(row_id)
        return row_id if row_id in self._projects else None

    def projects_of_row(self, row: Any) -> set[int]:
        """The projects that a record is about: several for a link between two."""
        kind: type = type(row)
        found = {self.project_of(each) for each in (row.id, *(getattr(row, way) for way in ways_to_owner(kind)))}
        return {project for project in found if project is not None}
