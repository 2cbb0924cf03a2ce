"""The names of all milestones and work items, folded for comparing; made when first asked for, patched by each edit."""

from __future__ import annotations

from collections.abc import Iterable

from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project
from milestone_desktop.domain.ranking import score
from milestone_desktop.domain.search import folded

MOST_SCORED = 1_000
"""So many names that hold the words are ranked; with more of them the words say too little to rank by."""


class Names:
    """`aur-12 map screens` by id."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._names: dict[int, str] | None = None

    def heed(self, change_set: ChangeSet) -> None:
        """Takes in a change."""
        if self._names is None:
            return
        if any(True for _change in change_set.of(Project)):
            self._names = None
            return
        for row_id in change_set.ids(Milestone, WorkItem):
            row = self._plan.activity(row_id)
            if row is None:
                self._names.pop(row_id, None)
            else:
                self._names[row_id] = self._name(row)

    def best(self, wanted: str, most: int, recent: Iterable[int] = ()) -> list[tuple[int, int]]:
        """The ids whose names answer best, each with its score, at most `most` of them; recent ones first among equals.

        wanted: folded words, each of which must stand in the name.
        """
        names = self._names
        if names is None:
            names = self._names = {row.id: self._name(row) for row in self._plan.activities()}
        parts = wanted.split()
        if not parts:
            return []
        first, others = max(parts, key=len), parts
        found = [row_id for row_id, name in names.items() if first in name]
        if len(others) > 1:
            found = [row_id for row_id in found if all(part in names[row_id] for part in others)]
        latest = {row_id: number for number, row_id in enumerate(recent, 1)}
        if len(found) > MOST_SCORED:
            found = [row_id for row_id in found if row_id in latest] + found[:MOST_SCORED]
        scored = [(self._score(wanted, names[row_id]), row_id) for row_id in dict.fromkeys(found)]
        scored.sort(key=lambda pair: (-pair[0] - (60 if pair[1] in latest else 0), latest.get(pair[1], len(latest) + 1), pair[1]))
        return [(row_id, points) for points, row_id in scored[:most]]

    def _name(self, row: Activity) -> str:
        if isinstance(row, WorkItem):
            project = self._plan.get(Project, row.project)
            return folded(f"{project.key if project is not None else ''}-{row.number} {row.title}")
        return folded(f"{row.code} {row.title}" if row.code else row.title)

    @staticmethod
    def _score(wanted: str, name: str) -> int:
        """The better of the whole name, its key or code, and its title."""
        code, _space, title = name.partition(" ")
        return max(score(wanted, text, letters=False) for text in (name, code, title) if text)
