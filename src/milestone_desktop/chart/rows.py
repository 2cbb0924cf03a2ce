"""The flat row map that table and timeline share: the outline in depth-first order as numpy columns, and which rows show.

`Outline` holds every activity of the chosen projects; `Rows` is the outline with some parents collapsed. Columns are
patched per change-set; only a change of the outline itself builds them anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart.outline import NO_INSTANT, Outline, RowKind, outline_of, patched_outline
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.plan import Plan

Keep = Callable[[Activity], bool] | AbstractSet[int]
Group = Callable[[Activity], str]


@dataclass(frozen=True)
class Rows:
    """What is shown, in order. `shown`: indexes into the outline's columns, one a row.

    The columns below are views of the outline over the shown rows. A project's head has the negative id of its
    project, a group's head an id below that; an activity's id is its own.
    """

    outline: Outline
    collapsed: frozenset[int]
    shown: npt.NDArray[np.int64]
    keep: Keep | None = None
    group: Group | None = None
    _row_by_id: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def __len__(self) -> int:
        return len(self.shown)

    @property
    def ids(self) -> npt.NDArray[np.int64]:
        """Ids of the rows; heads are negative."""
        return self.outline.ids[self.shown]

    @property
    def level(self) -> npt.NDArray[np.int64]:
        """Depth of the rows, 0 at the top."""
        return self.outline.level[self.shown]

    @property
    def kind(self) -> npt.NDArray[np.int8]:
        """RowKind of the rows."""
        return self.outline.kind[self.shown]

    @property
    def start(self) -> npt.NDArray[np.int64]:
        """Shown starts (a milestone's: its end); NO_INSTANT where there is none."""
        return self.outline.start[self.shown]

    @property
    def end(self) -> npt.NDArray[np.int64]:
        """Shown ends; NO_INSTANT where there is none."""
        return self.outline.end[self.shown]

    @property
    def progress(self) -> npt.NDArray[np.int64]:
        """Own recorded percent; a parent's progress is computed by `domain.progress`."""
        return self.outline.progress[self.shown]

    @property
    def completed(self) -> npt.NDArray[np.bool_]:
        return self.outline.completed[self.shown]

    @property
    def dropped(self) -> npt.NDArray[np.bool_]:
        return self.outline.dropped[self.shown]

    @property
    def target(self) -> npt.NDArray[np.int64]:
        """Targets of milestones; NO_INSTANT where there is none."""
        return self.outline.target[self.shown]

    @property
    def expanded(self) -> set[int]:
        """Ids of the parents and heads whose children show."""
        parents = self.outline.ids[self.outline.size > 1]
        return set(parents.tolist()) - self.collapsed

    def is_parent(self, row: int) -> bool:
        """True where something lies under the row, shown or not."""
        return bool(self.outline.size[self.shown[row]] > 1)

    def id_at(self, row: int) -> int:
        return int(self.outline.ids[self.shown[row]])

    def kind_at(self, row: int) -> RowKind:
        return RowKind(int(self.outline.kind[self.shown[row]]))

    def title_of_head(self, row_id: int) -> str:
        """The title of a project's or group's head."""
        return self.outline.heads[row_id]

    def row_of(self, row_id: int) -> int | None:
        """The row of an id, None where it is hidden or not part of this."""
        if not self._row_by_id and len(self.shown):
            self._row_by_id.update(zip(self.ids.tolist(), range(len(self.shown)), strict=True))
        return self._row_by_id.get(row_id)

    def with_collapsed(self, ids: Iterable[int]) -> Rows:
        """The same outline with exactly these parents collapsed."""
        collapsed = frozenset(ids)
        return Rows(self.outline, collapsed, _shown(self.outline, collapsed), self.keep, self.group)

    def toggled(self, row_id: int) -> Rows:
        """With one parent opened or closed."""
        return self.with_collapsed(self.collapsed ^ {row_id})

    def expanded_all(self) -> Rows:
        return self.with_collapsed(())

    def collapsed_all(self) -> Rows:
        return self.with_collapsed(self.outline.ids[self.outline.size > 1].tolist())

    def revealed(self, row_id: int) -> Rows:
        """With every parent above an id opened, so that its row shows."""
        return self.with_collapsed(self.collapsed - set(self.outline.parents_of(row_id)))

    def patched(self, plan: Plan, change_set: ChangeSet) -> Rows:
        """The rows after a change-set that `plan` has already taken.

        Values are patched in place (the columns are shared with this object); the outline is built anew only where
        rows came, went or changed places.
        """
        if patched_outline(self.outline, plan, change_set, self.keep, self.group):
            return self
        fresh = build(plan, self.outline.projects, self.collapsed, self.keep, self.group, heads=self.outline.with_heads)
        known = set(fresh.outline.ids.tolist())
        return replace(fresh, collapsed=frozenset(self.collapsed & known), _row_by_id={})


def build(
    plan: Plan,
    projects: Iterable[int],
    collapsed: Iterable[int] = (),
    keep: Keep | None = None,
    group: Group | None = None,
    heads: bool | None = None,
) -> Rows:
    """The rows of some projects, in the order given.

    collapsed: ids of parents whose children are hidden; keep: a filter, by predicate or ids: parents of what is kept
    stay; group: rows flat under one head per group, groups in order of first appearance within each project; heads: a
    row for each project (default: when there are several).
    """
    chosen = tuple(projects)
    outline = outline_of(plan, chosen, keep, group, len(chosen) > 1 if heads is None else heads)
    hidden = frozenset(collapsed)
    return Rows(outline, hidden, _shown(outline, hidden), keep, group)


def _shown(outline: Outline, collapsed: frozenset[int]) -> npt.NDArray[np.int64]:
    """Indexes of the rows that no collapsed parent hides: a sweep over opened and closed subtrees."""
    count = len(outline.ids)
    if not collapsed:
        return np.arange(count)
    closed = np.flatnonzero(np.isin(outline.ids, np.fromiter(collapsed, np.int64, len(collapsed))))
    depth = np.zeros(count + 1, np.int64)
    np.add.at(depth, closed + 1, 1)
    np.add.at(depth, closed + outline.size[closed], -1)
    return np.flatnonzero(np.cumsum(depth[:count]) == 0)


__all__ = ["NO_INSTANT", "Group", "Keep", "RowKind", "Rows", "build"]
