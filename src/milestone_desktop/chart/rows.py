"""The flat row map that table and timeline share: the outline in depth-first order as numpy columns, and which rows show.

`Outline` holds every activity of the chosen projects; `Rows` is that outline filtered, sorted or in groups, with some
parents collapsed. Columns are patched per change-set; only a change of the outline itself builds them anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from milestone_desktop.chart import derived
from milestone_desktop.chart.memberships import Memory
from milestone_desktop.chart.outline import FIRST_GROUP, Outline, RowKind, outline_of, patched_outline, regrown_outline
from milestone_desktop.chart.row_values import NO_INSTANT
from milestone_desktop.domain.changes import ChangeSet
from milestone_desktop.domain.grouping import grouping_named, is_tree
from milestone_desktop.domain.messages import Message
from milestone_desktop.domain.plan import Plan
from milestone_desktop.scheduling.distinct import distinct

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lines:
    """Which items share a row. places: indexes into the outline's columns, row by row, in each in order of time; first: where
    each row's begin among them, and the end of the last; row: of each index into the outline, −1 where it does not show."""

    places: Ints
    first: Ints
    row: Ints


@dataclass(frozen=True)
class Rows:
    """What is shown, in order. `shown`: indexes into the outline's columns, one a row.

    lines: None for one item a row. Where several share one, `shown` has the one that stands for the row.

    base: the whole outline of the projects; outline: what a filter, a sorting or groups have made of it. keep: the ids
    that a filter keeps, None for all; ranks: the place of each row of `base` among its siblings; grouping: names of
    `domain.grouping`; hidden: how many activities the filter hides.

    The columns below are views of the outline over the shown rows. A project's head has the negative id of its
    project, a group's head an id below that; an activity's id is its own, in each of its rows where it has several.
    """

    base: Outline
    outline: Outline
    collapsed: frozenset[int]
    shown: Ints
    keep: Ints | None = None
    grouping: tuple[str, ...] = ()
    ranks: Ints | None = None
    hidden: int = 0
    lines: Lines | None = None
    _memory: Memory = field(default_factory=Memory, repr=False, compare=False)
    _rows_by_id: dict[int, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

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

    def title_of_head(self, row_id: int) -> str | Message:
        """The title of a project's or group's head."""
        return self.outline.heads[row_id]

    def rows_of(self, row_id: int) -> tuple[int, ...]:
        """The rows of an id from top to bottom: none where it is hidden or not part of this, several in groups."""
        found = self._rows_by_id.get(row_id)
        if found is None:
            rows = self.rows_at(self.outline.places(row_id))
            found = self._rows_by_id[row_id] = tuple(distinct(rows[rows >= 0]).tolist())
        return found

    def rows_at(self, places: Ints) -> Ints:
        """The rows of some indexes into the outline, −1 where one does not show."""
        if self.lines is not None:
            return self.lines.row[places]
        at = np.searchsorted(self.shown, places)
        at[at == len(self.shown)] = -1
        return np.where(self.shown[at] == places, at, -1) if len(self.shown) else at

    def places_at(self, row: int) -> Ints:
        """What stands on a row, in order of time: indexes into the outline."""
        if self.lines is None:
            return self.shown[row : row + 1]
        return self.lines.places[self.lines.first[row] : self.lines.first[row + 1]]

    def place_of(self, row_id: int) -> int | None:
        """The first index of an id among what shows; None where it is hidden or not part of this."""
        places = self.outline.places(row_id)
        places = places[self.rows_at(places) >= 0]
        return int(places[0]) if len(places) else None

    @property
    def places(self) -> Ints:
        """All that shows, from row to row: indexes into the outline."""
        return self.shown if self.lines is None else self.lines.places

    def row_of(self, row_id: int) -> int | None:
        """The first row of an id, None where it is hidden or not part of this."""
        found = self.rows_of(row_id)
        return found[0] if found else None

    def rows_among(self, ids: Iterable[int]) -> Ints:
        """All rows of some ids, from top to bottom."""
        wanted = np.fromiter(ids, np.int64)
        if not len(wanted) or self.lines is None:
            return np.flatnonzero(np.isin(self.ids, wanted)) if len(wanted) else wanted
        places = self.lines.places
        return distinct(self.lines.row[places[np.isin(self.outline.ids[places], wanted)]])

    def with_collapsed(self, ids: Iterable[int]) -> Rows:
        """The same outline with exactly these parents collapsed."""
        collapsed = frozenset(ids)
        return replace(self, collapsed=collapsed, shown=_shown(self.outline, collapsed), lines=None, _rows_by_id={})

    def way(self, place: int) -> list[tuple[str, Any, str | Message]]:
        """The groups that a place of the outline stands in, from the outermost: the name of the grouping, the key of the group
        there, and its title. The head of a group stands in it, too."""
        ways = {row_id: way for way, row_id in self._memory.head_ids.items()}
        heads = [int(self.outline.ids[at]) for at in (place, *self.outline.above(place)) if int(self.outline.ids[at]) < 0]
        found = [(*(ways[head][-1] if head in ways else ("project", -head)), self.outline.heads[head]) for head in heads[::-1]]
        return [(str(name), key, title) for name, key, title in found]

    def kept_folds(self) -> list[Any]:
        """What is collapsed in a form that can be kept as JSON and holds after a restart: ids of activities and projects as
        they are, each group as the pairs of grouping and key on the way to it."""
        ways = {row_id: way for way, row_id in self._memory.head_ids.items()}
        known = [[list(pair) for pair in ways[row_id]] if row_id in ways else row_id for row_id in sorted(self.collapsed)]
        return [fold for fold in known if isinstance(fold, list) or fold > FIRST_GROUP]

    def with_kept_folds(self, folds: Iterable[Any]) -> Rows:
        """The same outline with what was collapsed when `folds` were kept. What is not there is passed over."""
        ids, heads = [], self._memory.head_ids
        for fold in folds:
            if isinstance(fold, int):
                ids.append(fold)
            elif isinstance(fold, list) and all(isinstance(pair, list) and len(pair) == 2 for pair in fold):
                way = tuple((name, key) for name, key in fold)
                ids.append(heads.setdefault(way, FIRST_GROUP - len(heads)))
        return self.with_collapsed(ids)

    def filtered(self, plan: Plan, keep: Ints | None) -> Rows:
        """With another filter, by the ids that it keeps; None shows everything."""
        return _made(self.base, plan, self.collapsed, keep, self.grouping, self.ranks, self._memory)

    def grouped(self, plan: Plan, grouping: Iterable[str]) -> Rows:
        """In other groups."""
        return _made(self.base, plan, self.collapsed, self.keep, tuple(grouping), self.ranks, self._memory)

    def sorted_by(self, plan: Plan, ranks: Ints | None) -> Rows:
        """With siblings in another order: one rank for each row of `base`; None for the order of the outline."""
        return _made(self.base, plan, self.collapsed, self.keep, self.grouping, ranks, self._memory)

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
        """The rows after a change-set that `plan` has already taken, with the same filter and the same ranks.

        Values are patched in place (the columns are shared with this object); there is another outline only where rows
        came, went, changed places or stand in other groups. Ranks are then gone: they are about the rows before.
        """
        self._memory.heed(plan, change_set)
        concerned = patched_outline(self.base, plan, change_set)
        if concerned is None:
            base = regrown_outline(self.base, plan, change_set)
            if base is None:
                base = outline_of(plan, self.base.projects, self.base.with_heads)
            fresh = _made(base, plan, self.collapsed, self.keep, self.grouping, None, self._memory)
            gone = {row_id for row_id in self.collapsed if fresh.outline.place(row_id) is None}
            return fresh.with_collapsed(self.collapsed - gone) if gone else fresh
        if not is_tree(self.grouping) and any(
            (grouping := grouping_named(name)) is not None and grouping.concerned(change_set) for name in self.grouping
        ):
            return self.grouped(plan, self.grouping)
        if self.outline is not self.base:
            derived.take_over(self.outline, self.base, concerned)
        return self


def build(
    plan: Plan,
    projects: Iterable[int],
    collapsed: Iterable[int] = (),
    keep: AbstractSet[int] | Ints | None = None,
    grouping: Iterable[str] = (),
    heads: bool | None = None,
    memory: Memory | None = None,
) -> Rows:
    """The rows of some projects, in the order given.

    collapsed: ids of parents whose children are hidden; keep: a filter, by ids: parents of what is kept stay; grouping:
    up to two names of `domain.grouping`; heads: a row for each project (default: when there are several); memory:
    that of the rows before, so that groups keep their ids and members.
    """
    chosen = tuple(projects)
    base = outline_of(plan, chosen, len(chosen) > 1 if heads is None else heads)
    ids = keep if keep is None or isinstance(keep, np.ndarray) else np.fromiter(keep, np.int64, len(keep))
    return _made(base, plan, frozenset(collapsed), ids, tuple(grouping), None, Memory() if memory is None else memory)


def _made(
    base: Outline,
    plan: Plan,
    collapsed: frozenset[int],
    keep: Ints | None,
    grouping: tuple[str, ...],
    ranks: Ints | None,
    memory: Memory,
) -> Rows:
    """Filter, then groups or order, then what is folded."""
    kept = shown = np.ones(len(base.ids), np.bool_)
    if keep is not None:
        kept, shown = derived.kept_rows(base, keep)
    if is_tree(grouping):
        outline = base if ranks is None else derived.ordered(base, ranks)
        if keep is not None:
            outline = derived.filtered(outline, shown[outline.origin])
        if grouping == ("parent",):
            outline = derived.without_heads(outline)
    else:
        names = [name for name in grouping if name != "none" and not (name == "project" and len(base.projects) == 1)]
        outline = derived.grouped(base, kept, plan, names, memory, ranks)
        shown = kept | base.summary  # parents have no rows of their own among groups
    hidden = int(np.count_nonzero(~shown & (base.ids > 0)))
    return Rows(base, outline, collapsed, _shown(outline, collapsed), keep, grouping, ranks, hidden, None, memory)


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


__all__ = ["NO_INSTANT", "RowKind", "Rows", "build"]
