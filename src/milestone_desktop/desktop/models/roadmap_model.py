"""The roadmap's rows as Qt's flat table: what is visible of the outline, in order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from milestone_desktop.chart.options import needs_year
from milestone_desktop.chart.rows import NO_INSTANT, RowKind, Rows, build
from milestone_desktop.desktop.models.roadmap_cells import (
    Cells,
    Column,
    cells_of,
    cells_of_head,
    headings,
    milestone_tip,
    spoken_title,
)
from milestone_desktop.desktop.models.roadmap_edits import Choice, edited_value, is_editable, read_day, status_choices, write
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, say
from milestone_desktop.document.document import Changed
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.grouping import proper
from milestone_desktop.domain.instants import Day, Instant, day_of
from milestone_desktop.domain.projects import Project

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class RoadmapModel(QAbstractTableModel):
    """rows_changed: other rows are visible, or what they show has changed; the timeline paints itself anew.

    rearranging: rows are going and coming at this moment, so that selections are not to be relied on.
    """

    rows_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self._keep: NDArray[np.int64] | None = None
        self._grouping: tuple[str, ...] = ()
        self._rows = self._build(())
        self._ids = self._rows.ids
        self._places = self._rows.shown
        self._cells: dict[int, Cells] = {}
        self.rearranging = False
        session.changed.connect(self._take_change)
        session.project_changed.connect(self._take_project)

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
        above = int(self._rows.outline.parent[self._place(row)])
        return None if above < 0 else int(np.searchsorted(self._places, above))

    def cells(self, row: int) -> Cells:
        """What a row's cells say; worked out when first asked for, kept until something changes."""
        cells = self._cells.get(row)
        if cells is None:
            cells = self._cells[row] = self._make_cells(row)
        return cells

    # folding and filtering

    def toggle(self, row: int) -> None:
        """Folds or unfolds a row."""
        if self.is_parent(row):
            self._show(self._rows.toggled(self.id_at(row)))

    def set_expanded(self, row: int, expanded: bool) -> None:
        if self.is_parent(row) and self.expanded(row) is not expanded:
            self.toggle(row)

    def expand_all(self) -> None:
        self._show(self._rows.expanded_all())

    def collapse_all(self) -> None:
        self._show(self._rows.collapsed_all())

    def reveal(self, activity_id: int) -> int | None:
        """Unfolds what hides an activity; returns its row, None where it is filtered out."""
        if self.row_of(activity_id) is None and self._rows.outline.place(activity_id) is not None:
            self._show(self._rows.revealed(activity_id))
        return self.row_of(activity_id)

    def set_filter(self, keep: NDArray[np.int64] | None) -> None:
        """Shows only the activities of these ids, with the parents above them. None shows everything."""
        if keep is self._keep:
            return
        self._keep = keep
        self._show(self._rows.filtered(self.session.plan, keep))

    @property
    def grouping(self) -> tuple[str, ...]:
        """What the rows are grouped by: names of `domain.grouping`."""
        return self._grouping

    def set_grouping(self, names: Iterable[str]) -> None:
        """Puts the rows under the heads of groups, of up to two levels; () for the outline of the projects."""
        wanted = proper(names)
        if wanted != self._grouping:
            self._grouping = wanted
            self._show(self._rows.grouped(self.session.plan, wanted))

    # Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return headings()[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section in (Column.START, Column.END) else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cells(index.row()).text(column)
        if role == Qt.ItemDataRole.EditRole:
            activity = self.activity(index.row())
            return None if activity is None else edited_value(self.session, activity, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column in (Column.START, Column.END) else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index.row(), column)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        activity = self.activity(index.row())
        if activity is not None and is_editable(self.session, activity, Column(index.column()), self.is_summary(index.row())):
            base |= Qt.ItemFlag.ItemIsEditable
        return base

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """One cell, or for status and tags every selected row if this is one of them, as one edit."""
        activity = self.activity(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or activity is None:
            return False
        return write(self.session, activity, Column(index.column()), value)

    # what editors ask

    def status_choices(self, row: int) -> list[Choice]:
        """The states that a row may have."""
        activity = self.activity(row)
        return [] if activity is None else status_choices(self.session, activity)

    def read_day(self, text: str, row: int, column: Column) -> Day | None:
        """The day that a typed date means in a row. Raises PlanError."""
        activity = self.activity(row)
        return None if activity is None else read_day(self.session, activity, column, text)

    # following the session

    def _build(self, collapsed: Iterable[int]) -> Rows:
        session = self.session
        if session.project_id is not None:
            projects = [session.project_id]
        else:
            projects = [project.id for project in session.facts.projects()]
        return build(session.plan, projects, collapsed, self._keep, self._grouping)

    def _take_change(self, event: Changed) -> None:
        if event.change_set.ids(Project):
            self._show(self._build(self._rows.collapsed))
        else:
            self._show(self._rows.patched(self.session.plan, event.change_set))

    def _take_project(self) -> None:
        self.beginResetModel()
        self._keep = None
        self._rows = self._build(())
        self._ids = self._rows.ids
        self._places = self._rows.shown
        self._cells.clear()
        self.endResetModel()
        self.rows_changed.emit()

    def _show(self, rows: Rows) -> None:
        """Tells the view which rows went and came; the ones above and below them stay as they are."""
        old, new = self._ids, rows.ids
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
            self._cells.clear()
            self.endRemoveRows()
        if head + tail < len(new):
            self.beginInsertRows(ROOT, head, len(new) - tail - 1)
            self._ids, self._places, self._rows = new, rows.shown, rows
            self.endInsertRows()
        self._ids, self._places, self._rows = new, rows.shown, rows
        self.rearranging = False
        self._cells.clear()
        if len(new):
            self.dataChanged.emit(self.index(0, 0), self.index(len(new) - 1, len(Column) - 1))
        self.rows_changed.emit()

    def _place(self, row: int) -> int:
        """Where a row stands in the outline's columns; it holds while rows go and come."""
        return int(self._places[row])

    def _make_cells(self, row: int) -> Cells:
        activity = self.activity(row)
        if activity is None:
            head = self._rows.title_of_head(self.id_at(row))
            return cells_of_head(row, self.id_at(row), head if isinstance(head, str) else say(head), self.session.facts)
        parent, summary = self.is_parent(row), self.is_summary(row)
        return cells_of(self.session.facts, activity, row, self.session.today(), parent=parent, summary=summary)

    def _spoken(self, row: int, column: Column) -> str:
        """What a screen reader says of a cell; the end of a milestone tells what the timeline shows around it."""
        cells = self.cells(row)
        if column is Column.TITLE:
            return spoken_title(cells, self.level(row), self.expanded(row))
        words = _("{heading}: {text}").format(heading=headings()[column], text=cells.text(column) or _("none"))
        tip = self._tip(row, column) if column is Column.END else None
        return words if tip is None else f"{words}, {tip}"

    def _tip(self, row: int, column: Column) -> str | None:
        activity = self.activity(row)
        if activity is None:
            return None
        if column is Column.END:
            return milestone_tip(self.session.facts, activity, self.session.today()) or None
        return self.cells(row).text(column) or None if column in (Column.TITLE, Column.TAGS) else None
