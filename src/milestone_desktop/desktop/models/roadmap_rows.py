"""The roadmap's rows: what is visible of the outline, in order; folding, filter, groups and lanes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Signal

from milestone_desktop.chart.drafts import DRAFT, Draft, drafted
from milestone_desktop.chart.options import needs_year
from milestone_desktop.chart.packed import Packer
from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows, build
from milestone_desktop.desktop.session import Session
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.grouping import proper
from milestone_desktop.domain.instants import Instant, day_of
from milestone_desktop.domain.projects import Project

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
MOST_FRONTS = 200
"""So many items stay what their rows stand for, the last ones."""


class RoadmapRows(QAbstractTableModel):
    """rows_changed: other rows are visible, or what they show has changed; the timeline paints itself anew.

    rearranging: rows are going and coming at this moment, so that selections are not to be relied on.
    """

    rows_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._keep: NDArray[np.int64] | None = session.shown.kept()
        self._grouping: tuple[str, ...] = session.shown.grouping
        self._plain = self._rows = self._build(())  # as the plan has them, and with a draft among them
        self._draft: Draft | None = None
        self._packer: Packer | None = None
        self._zoom = 1.0
        self._fronts: dict[int, None] = {}
        self._ids = self._rows.ids
        self._places = self._rows.shown
        self.rearranging = False
        session.changed.connect(self._take_change)
        session.project_changed.connect(self._take_project)
        session.shown.filter_changed.connect(lambda: self.set_filter(session.shown.kept()))
        session.shown.grouping_changed.connect(lambda: self.set_grouping(session.shown.grouping))
        session.shown.packed_changed.connect(lambda: self._show(self._plain))

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def _forget(self) -> None:
        """What was worked out about rows is out of date."""

    # the rows

    @property
    def rows(self) -> Rows:
        """The row map that table and timeline share."""
        return self._rows

    @property
    def ids(self) -> NDArray[np.int64]:
        """The id of each row; a project's head is negative."""
        return self._ids

    def id_at(self, row: int) -> int:
        return int(self._ids[row])

    def activity(self, row: int) -> Activity | None:
        """The milestone or work item of a row; None for a head."""
        return self.session.plan.activity(self.id_at(row))

    def row_of(self, activity_id: int) -> int | None:
        """The first row of an activity; None where it is folded away or filtered out."""
        return self._rows.row_of(activity_id)

    def rows_of(self, activity_id: int) -> tuple[int, ...]:
        """All rows of an activity: one for each group that it stands in."""
        return self._rows.rows_of(activity_id)

    def level(self, row: int) -> int:
        return int(self._rows.outline.level[self._place(row)])

    def levels(self, rows: range) -> list[int]:
        """The depths of neighbouring rows."""
        found: list[int] = self._rows.outline.level[self._places[rows.start : rows.stop]].tolist()
        return found

    def is_parent(self, row: int) -> bool:
        return bool(self._rows.outline.size[self._place(row)] > 1)

    def is_summary(self, row: int) -> bool:
        """Whether a row stands for what lies under it in the plan, shown or not; milestones and heads too."""
        return bool(self._rows.outline.summary[self._place(row)]) or self.id_at(row) < 0

    def is_milestone(self, row: int) -> bool:
        """Whether a row is drawn as a point in time; a milestone with children is a bracket."""
        return bool(self._rows.outline.kind[self._place(row)] == RowKind.MILESTONE)

    def hidden_by_filter(self) -> int:
        """How many milestones and work items the filter leaves out."""
        return self._rows.hidden

    def stretch(self) -> tuple[Instant, Instant] | None:
        """The first and last date of all rows, shown or folded away."""
        outline = self._rows.outline
        dated = outline.end != NO_INSTANT
        if not dated.any():
            return None
        starts = np.where(outline.start == NO_INSTANT, outline.end, outline.start)[dated]
        return int(starts.min()), int(outline.end[dated].max())

    def dates_carry_years(self) -> bool:
        """Whether some date is so far from today that it is written with its year."""
        span, today = self.stretch(), self.session.today()
        return span is not None and any(needs_year(day_of(moment), today) for moment in span)

    def expanded(self, row: int) -> bool:
        return self.id_at(row) not in self._rows.collapsed

    def parent_row(self, row: int) -> int | None:
        """The row of a row's parent."""
        above, lines = int(self._rows.outline.parent[self._place(row)]), self._rows.lines
        if above < 0:
            return None
        return int(np.searchsorted(self._places, above)) if lines is None else int(lines.row[above])

    # folding and filtering

    def toggle(self, row: int) -> None:
        """Folds or unfolds a row."""
        if self.is_parent(row):
            self._show(self._plain.toggled(self.id_at(row)))

    def set_expanded(self, row: int, expanded: bool) -> None:
        if self.is_parent(row) and self.expanded(row) is not expanded:
            self.toggle(row)

    def expand_all(self) -> None:
        self._show(self._plain.expanded_all())

    def collapse_all(self) -> None:
        self._show(self._plain.collapsed_all())

    def kept_folds(self) -> list[Any]:
        """What is folded, as it can be kept (`Rows.kept_folds`)."""
        return self._plain.kept_folds()

    def take_folds(self, folds: Iterable[Any]) -> None:
        """Folds what was folded when `folds` were kept, and nothing else."""
        rows = self._plain.with_kept_folds(folds)
        if rows.collapsed != self._plain.collapsed:
            self._show(rows)

    def reveal(self, activity_id: int) -> int | None:
        """Unfolds what hides an activity, and brings it to the front of a row that it shares; returns its row, None where it
        is filtered out."""
        if self.row_of(activity_id) is None and self._rows.outline.place(activity_id) is not None:
            self._show(self._plain.revealed(activity_id))
        self.bring_to_front(activity_id)
        return self.row_of(activity_id)

    def set_filter(self, keep: NDArray[np.int64] | None) -> None:
        """Shows only the activities of these ids, with the parents above them. None shows everything."""
        if keep is self._keep:
            return
        self._keep = keep
        self._show(self._plain.filtered(self.session.plan, keep))

    # lanes

    @property
    def packed(self) -> bool:
        """Whether items share rows."""
        return self._rows.lines is not None

    def pack_with(self, packer: Packer, zoom: float) -> None:
        """What packs rows into lanes while that is wanted, and the zoom (pixels a day) at which names are to have room."""
        if packer is not self._packer or zoom != self._zoom:
            self._packer, self._zoom = packer, zoom
            if self.session.shown.packed:
                self._show(self._plain)

    def repack(self) -> None:
        """Packs anew: something else needs room."""
        if self.packed:
            self._show(self._plain)

    def shared_by(self, row: int) -> list[int]:
        """The ids of what shares a row, in order of time; one where nothing does."""
        place, lines = self._place(row), self._rows.lines
        if lines is None:
            return [self.id_at(row)]
        ids: list[int] = self._rows.outline.ids[self._rows.places_at(int(lines.row[place]))].tolist()
        return ids

    def in_order(self, ids: Iterable[int]) -> list[int]:
        """Those of some activities that are shown, from row to row and in each in order of time; each once."""
        shown = self._rows.outline.ids[self._rows.places]
        found: list[int] = shown[np.isin(shown, np.fromiter(ids, np.int64))].tolist()
        return list(dict.fromkeys(found))

    def bring_to_front(self, activity_id: int) -> None:
        """Has the rows of an activity show it, where they are shared. It stays in front until another one is brought there."""
        if not self.packed:
            return
        self._fronts.pop(activity_id, None)
        self._fronts[activity_id] = None
        if len(self._fronts) > MOST_FRONTS:
            del self._fronts[next(iter(self._fronts))]
        rows = [row for row in self.rows_of(activity_id) if self.id_at(row) != activity_id]
        self._put_in_front(self._rows, [activity_id])
        for row in rows:
            self._ids[row] = activity_id
        if rows:
            self._forget()
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, self.columnCount() - 1))

    def _put_in_front(self, rows: Rows, ids: Iterable[int]) -> None:
        """Has rows stand for these items; of those that share a row for the last."""
        for row_id in ids:
            for place in rows.outline.places(row_id).tolist():
                row = int(rows.rows_at(np.array([place]))[0])
                if row >= 0:
                    rows.shown[row] = place

    def _arranged(self, rows: Rows) -> Rows:
        """The rows as they are shown: with the one that is being added, and packed where that is wanted."""
        if self._draft is not None:
            rows = drafted(rows, self._draft)
        if self._packer is None or not self.session.shown.packed:
            return rows
        rows = self._packer.packed(rows, self.session.plan, self._zoom)
        if rows.lines is not None:
            self._put_in_front(rows, self._fronts)
        return rows

    # a row that is not in the plan yet

    @property
    def draft(self) -> Draft | None:
        """Where a row is being added; None where none is."""
        return self._draft

    def set_draft(self, draft: Draft | None) -> int | None:
        """Puts a row among the others whose title is then typed, or takes it away. Returns where it stands."""
        if draft != self._draft:
            self._draft = draft
            self._show(self._plain)
        return self.row_of(DRAFT) if draft is not None else None

    def is_draft(self, row: int) -> bool:
        return self.id_at(row) == DRAFT

    @property
    def grouping(self) -> tuple[str, ...]:
        """What the rows are grouped by: names of `domain.grouping`."""
        return self._grouping

    def set_grouping(self, names: Iterable[str]) -> None:
        """Puts the rows under the heads of groups, of up to two levels; () for the outline of the projects."""
        wanted = proper(names)
        if wanted != self._grouping:
            self._grouping = wanted
            self._show(self._plain.grouped(self.session.plan, wanted))

    # following the session

    def _build(self, collapsed: Iterable[int]) -> Rows:
        session = self.session
        if session.project_id is not None:
            projects = [session.project_id]
        else:
            projects = [project.id for project in session.facts.projects()]
        return build(session.plan, projects, collapsed, self._keep, self._grouping)

    def _take_change(self, event: Changed) -> None:
        before, self._keep = self._keep, self.session.shown.kept()
        if self._packer is not None:
            self._packer.forget(change.id for change in event.change_set.of(Milestone, WorkItem))
        if event.change_set.ids(Project):
            rows = self._build(self._plain.collapsed)
        else:
            rows = self._plain.patched(self.session.plan, event.change_set)
            if self._keep is not before:
                rows = rows.filtered(self.session.plan, self._keep)
        self._show(self._sorted(rows, event))

    def _sorted(self, rows: Rows, event: Changed | None) -> Rows:
        """The rows as they are to be sorted after a change."""
        return rows

    def _take_project(self) -> None:
        self.beginResetModel()
        self._keep, self._grouping = self.session.shown.kept(), self.session.shown.grouping
        self._draft = None
        self._plain = self._sorted(self._build(()), None)
        self._fronts.clear()
        self._rows = self._arranged(self._plain)
        self._ids = self._rows.ids
        self._places = self._rows.shown
        self._forget()
        self.endResetModel()
        self.rows_changed.emit()

    def _show(self, rows: Rows) -> None:
        """Tells the view which rows went and came, or that they stand in another order; the ones above and below stay as
        they are."""
        self._plain = rows
        rows = self._arranged(rows)
        old, new = self._ids, rows.ids
        if len(old) == len(new) and not np.array_equal(old, new) and np.array_equal(np.sort(old), np.sort(new)):
            self._reorder(rows)
            return
        same = min(len(old), len(new))
        differing = np.flatnonzero(old[:same] != new[:same])
        head = int(differing[0]) if len(differing) else same
        room = same - head
        differing = np.flatnonzero(old[len(old) - room :][::-1] != new[len(new) - room :][::-1])
        tail = int(differing[0]) if len(differing) else room
        self.rearranging = True
        if head + tail < len(old):
            self.beginRemoveRows(ROOT, head, len(old) - tail - 1)
            self._ids = np.concatenate((old[:head], old[len(old) - tail :]))
            self._places = np.concatenate((rows.shown[:head], rows.shown[len(new) - tail :]))
            self._rows = rows
            self._forget()
            self.endRemoveRows()
        if head + tail < len(new):
            self.beginInsertRows(ROOT, head, len(new) - tail - 1)
            self._ids, self._places, self._rows = new, rows.shown, rows
            self._forget()
            self.endInsertRows()
        self._ids, self._places, self._rows = new, rows.shown, rows
        self.rearranging = False
        self._forget()
        if len(new):
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, self.columnCount() - 1))
        self.rows_changed.emit()

    def _reorder(self, rows: Rows) -> None:
        """The same rows in another order: what is selected and the cell in hand go with them."""
        self.rearranging = True
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        ids = [self.id_at(index.row()) for index in before]
        self._ids, self._places, self._rows = rows.ids, rows.shown, rows
        self._forget()
        after = [self.index(rows.rows_of(row_id)[0], index.column()) for row_id, index in zip(ids, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
        self.rearranging = False
        self.rows_changed.emit()

    def _place(self, row: int) -> int:
        """Where a row stands in the outline's columns; it holds while rows go and come."""
        return int(self._places[row])
