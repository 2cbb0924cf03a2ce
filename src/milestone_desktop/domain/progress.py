"""Progress in percent: one formula each for work items, milestones and projects.

* A work item: its own percent if it has no items under it, else the mean of those. An item weighs its duration, its
  estimate or 1, by the project's basis; one with items under it weighs what they weigh together, so that an epic shows
  the mean over its leaves whatever the depth. Where all weights are zero the plain mean counts.
* A milestone: 100 once completed; else the mean over its linked items (one whose ancestor is linked too is not counted
  twice), or the share of its criteria and checklist that is met, or the mean of both, by *progress from*; None where
  there is nothing to count, and once it is dropped.
* A project: the mean over its leaf items, each once.

A milestone that stands above or between items in the outline is looked through; items under a dropped one are out.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import floor

from milestone_desktop.domain.activities import Milestone, MilestoneLink, WorkItem
from milestone_desktop.domain.changes import Change, ChangeSet
from milestone_desktop.domain.enums import CriterionResult, MilestoneStatus, ProgressBasis, ProgressFrom
from milestone_desktop.domain.gates import ChecklistEntry, Criterion
from milestone_desktop.domain.outline import ancestors
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

_BASES = (ProgressBasis.DURATION, ProgressBasis.ESTIMATE, ProgressBasis.COUNT)
_ALMOST = 1e-9
_FEW = 50
"""With more items than this that progressed at once, the project is worked out anew."""

_COUNTED = {
    Project: ("progress_basis",),
    Milestone: ("project", "parent", "dropped"),
    WorkItem: ("project", "parent", "progress", "duration", "estimate"),
}
"""The fields that progress of items is made of."""

Weights = tuple[int, int, int]
"""What an item weighs by duration, by estimate and by count."""


def rounded(percent: float | None) -> int | None:
    """Whole percent, half up; but 100 only when all is done and 0 only when nothing is: 99.6 gives 99, 0.3 gives 1."""
    if percent is None:
        return None
    if percent >= 100 - _ALMOST:
        return 100
    if percent <= _ALMOST:
        return 0
    return min(max(floor(percent + 0.5), 1), 99)


class Progress:
    """Progress of everything in a plan as it stands. A project is computed as a whole when first asked about, in one
    pass over its items; `heed` drops what a change-set made stale."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._projects: dict[int, _ItemTable] = {}

    def of_item(self, row_id: int) -> int | None:
        """Percent of a work item; None where there is no such item."""
        item = self._plan.get(WorkItem, row_id)
        return rounded(self._value(item)) if item is not None else None

    def of_milestone(self, row_id: int) -> int | None:
        """Percent of a milestone; None where it has nothing to count, is dropped or is not there."""
        milestone = self._plan.get(Milestone, row_id)
        if milestone is None or milestone.dropped is not None:
            return None
        if milestone.status is MilestoneStatus.COMPLETED:
            return 100
        items, points = self._of_linked_items(milestone), self._of_points(milestone)
        match milestone.progress_from:
            case ProgressFrom.ITEMS:
                return rounded(items)
            case ProgressFrom.CRITERIA:
                return rounded(points)
            case ProgressFrom.BOTH:
                known = [value for value in (items, points) if value is not None]
                return rounded(sum(known) / len(known)) if known else None
            case _:
                return rounded(items if items is not None else points)

    def percents(self, ids: Iterable[int]) -> list[int | None]:
        """Percent of many work items and milestones, which costs far less than to ask for each."""
        values: dict[int, float] = {}
        for project in self._plan.all(Project):
            values |= self._table(project.id).values
        whole = {value: rounded(value) for value in set(values.values())}
        found = {row_id: whole[value] for row_id, value in values.items()}
        found |= {row.id: self.of_milestone(row.id) for row in self._plan.all(Milestone)}
        return list(map(found.get, ids))

    def of_project(self, row_id: int) -> int | None:
        """Percent of a project; None where it has no items or is not there."""
        project = self._plan.get(Project, row_id)
        if project is None:
            return None
        table = self._table(row_id)
        return rounded(_mean(((table.values[leaf], table.weights[leaf]) for leaf in table.leaves), project.progress_basis))

    def share(self, row_id: int) -> tuple[float, int]:
        """What an item counts in a mean: its percent, not rounded, and its weight by its project's basis."""
        item = self._plan[WorkItem, row_id]
        basis = self._plan[Project, item.project].progress_basis
        return self._value(item), self._table(item.project).weights[row_id][_BASES.index(basis)]

    def heed(self, change_set: ChangeSet) -> None:
        """Takes over other percentages and weights of a few items; forgets the projects whose outline or basis the change-set
        touches."""
        touched = projects_of(change_set) & self._projects.keys()
        if not touched:
            return
        counting = [change for change in change_set.of(Project, Milestone, WorkItem) if _counts(change)]
        if len(counting) <= _FEW and all(_stays_in_place(change) for change in counting):
            for change in counting:
                if change.new.project in touched:
                    self._projects[change.new.project].take(change.new)
            return
        for project in touched:
            del self._projects[project]

    def _of_linked_items(self, milestone: Milestone) -> float | None:
        links = self._plan.where(MilestoneLink, "milestone", milestone.id)
        linked = {link.item for link in links}
        items = [item for row_id in sorted(linked) if (item := self._plan.get(WorkItem, row_id)) is not None]
        counted = [item for item in items if not any(upper.id in linked for upper in ancestors(self._plan, item))]
        basis = self._plan[Project, milestone.project].progress_basis
        return _mean(((self._value(item), self._table(item.project).weights[item.id]) for item in counted), basis)

    def _of_points(self, milestone: Milestone) -> float | None:
        """The share of criteria and checklist entries that is met, in percent."""
        criteria = self._plan.where(Criterion, "milestone", milestone.id)
        entries = self._plan.where(ChecklistEntry, "milestone", milestone.id)
        if not criteria and not entries:
            return None
        met = sum(row.result is CriterionResult.PASS or bool(row.waived_reason) for row in criteria)
        met += sum(entry.done for entry in entries)
        return 100 * met / (len(criteria) + len(entries))

    def _value(self, item: WorkItem) -> float:
        return self._table(item.project).values[item.id]

    def _table(self, project: int) -> _ItemTable:
        found = self._projects.get(project)
        if found is None:
            found = self._projects[project] = _ItemTable(self._plan, project)
        return found


def projects_of(change_set: ChangeSet) -> set[int]:
    """Ids of the projects of whose items the progress may be another after the change-set."""
    found: set[int] = set()
    for change in change_set.of(Project, Milestone, WorkItem):
        if _counts(change):
            rows = [row for row in (change.old, change.new) if row is not None]
            found |= {row.id if isinstance(row, Project) else row.project for row in rows}
    return found


def _counts(change: Change) -> bool:
    old, new = change.old, change.new
    return old is None or new is None or any(getattr(old, name) != getattr(new, name) for name in _COUNTED[change.kind])


def _stays_in_place(change: Change) -> bool:
    """Whether an item has another percentage or weight and nothing else that counts."""
    old, new = change.old, change.new
    return isinstance(old, WorkItem) and isinstance(new, WorkItem) and (old.project, old.parent) == (new.project, new.parent)


class _ItemTable:
    """Percent and weights of every item of a project, and which of them are leaves that count."""

    def __init__(self, plan: Plan, project: int) -> None:
        items = {row.id: row for row in plan.where(WorkItem, "project", project)}
        milestones = {row.id: row for row in plan.where(Milestone, "project", project)}
        basis = plan[Project, project].progress_basis
        self.values: dict[int, float] = {row.id: float(row.progress) for row in items.values()}
        self.weights: dict[int, Weights] = {row.id: (row.duration, row.estimate or 0, 1) for row in items.values()}
        under: dict[int, list[int]] = {}
        above: dict[int, int] = {}
        out: set[int] = set()
        for row in items.values():
            upper, dropped = _upper_item(row, items, milestones)
            if dropped:
                out.add(row.id)
            elif upper is not None:
                under.setdefault(upper, []).append(row.id)
                above[row.id] = upper
        self.leaves = [row_id for row_id in items if row_id not in under and row_id not in out]
        self._under, self._above, self._basis = under, above, basis
        self._sum_up(under, above)
        self._drop_what_is_below(out, under)

    def take(self, item: WorkItem) -> None:
        """Another percentage or weight of an item, carried up to the top."""
        if item.id in self._under:
            return
        self.values[item.id], self.weights[item.id] = float(item.progress), (item.duration, item.estimate or 0, 1)
        upper, seen = self._above.get(item.id), {item.id}
        while upper is not None and upper not in seen:
            seen.add(upper)
            self._mean_of(upper)
            upper = self._above.get(upper)

    def _mean_of(self, row_id: int) -> None:
        lower = self._under[row_id]
        mean = _mean(((self.values[child], self.weights[child]) for child in lower), self._basis)
        self.values[row_id] = mean if mean is not None else 0.0
        duration, estimate, count = zip(*(self.weights[child] for child in lower), strict=True)
        self.weights[row_id] = (sum(duration), sum(estimate), sum(count))

    def _sum_up(self, under: dict[int, list[int]], above: dict[int, int]) -> None:
        """From the leaves upwards; members of a loop of parents, found in bad files only, keep their own percent."""
        open_children = {upper: len(lower) for upper, lower in under.items()}
        ready = [row_id for row_id in self.values if row_id not in under]
        while ready:
            row_id = ready.pop()
            if row_id in under:
                self._mean_of(row_id)
            upper = above.get(row_id)
            if upper is not None:
                open_children[upper] -= 1
                if open_children[upper] == 0:
                    ready.append(upper)

    def _drop_what_is_below(self, out: set[int], under: dict[int, list[int]]) -> None:
        if not out:
            return
        waiting, gone = list(out), set(out)
        while waiting:
            for child in under.get(waiting.pop(), ()):
                if child not in gone:
                    gone.add(child)
                    waiting.append(child)
        self.leaves = [row_id for row_id in self.leaves if row_id not in gone]


def _upper_item(row: WorkItem, items: dict[int, WorkItem], milestones: dict[int, Milestone]) -> tuple[int | None, bool]:
    """The nearest item above, milestones looked through, and whether one of those is dropped."""
    parent, seen, dropped = row.parent, {row.id}, False
    while parent in milestones and parent not in seen:
        seen.add(parent)
        dropped = dropped or milestones[parent].dropped is not None
        parent = milestones[parent].parent
    return (parent if parent in items and parent not in seen else None), dropped


def mean_of_sums(weighted: float, total: float, plain: float, count: int) -> float | None:
    """A mean from its sums: of values times weights, of weights, of values, and how many there are. The plain mean where
    all weights are zero; None of nothing."""
    if total > 0:
        return weighted / total
    return plain / count if count else None


def _mean(rows: Iterable[tuple[float, Weights]], basis: ProgressBasis) -> float | None:
    """The mean of values by one of their weights."""
    column = _BASES.index(basis)
    weighted = plain = 0.0
    total = count = 0
    for value, weights in rows:
        weighted += value * weights[column]
        total += weights[column]
        plain += value
        count += 1
    return mean_of_sums(weighted, total, plain, count)
