"""The roadmap's rows as Qt's flat table, in the columns that the person has chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from milestone_desktop.chart.drafts import DRAFT
from milestone_desktop.chart.rows import RowKind, Rows
from milestone_desktop.desktop.activity_fields.registry import DEFAULT_COLUMNS, OWN_FIELDS, TITLE, activity_fields, alike
from milestone_desktop.desktop.models.cell_edits import CellText, label_of, refusal, typed_text, write_cells
from milestone_desktop.desktop.models.columns import Column, Look, Role, sort_key
from milestone_desktop.desktop.models.group_sums import GroupSums, group_sums
from milestone_desktop.desktop.models.roadmap_cells import (
    Cell,
    Cells,
    cell_of_group,
    cell_of_head,
    cells_of,
    cells_of_draft,
    cells_of_head,
    milestone_tip,
    spoken_title,
)
from milestone_desktop.desktop.models.roadmap_rows import ROOT, Index, RoadmapRows
from milestone_desktop.desktop.models.sorting import SortCodes, SortKey
from milestone_desktop.desktop.schedule_words import waits_text
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.words import _, ngettext, number_text, say
from milestone_desktop.document.document import Changed
from milestone_desktop.document.edit import Edit
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.messages import N_, PlanError, message

RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
MOST_LISTED = 20
"""So many of those that share a row are named in its tip."""
EDITABLE = SHOWN | Qt.ItemFlag.ItemIsEditable


class RoadmapModel(RoadmapRows):
    """columns_changed: other columns, or in another order; sorting_changed: sorted by other columns."""

    columns_changed = Signal()
    sorting_changed = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        self._cells: dict[int, Cells] = {}
        self._texts: dict[int, dict[int, Cell]] = {}  # by section, then by row
        self._flags: dict[tuple[int, int], Qt.ItemFlag] = {}
        self._sums: dict[int, GroupSums] = {}
        self.fields = activity_fields(session)
        self._columns = tuple(self.fields[name] for name in DEFAULT_COLUMNS)
        self._sorting: tuple[SortKey, ...] = ()
        self._codes = SortCodes(session.plan, OWN_FIELDS, alike(session.facts))
        super().__init__(session, parent)

    def read_ahead(self) -> bool:
        """Reads a little of what the columns are sorted by; False where all is read."""
        return self._codes.read_ahead(self._columns)

    # cells

    def cells(self, row: int) -> Cells:
        """What a row's cells say; worked out when first asked for, kept until something changes."""
        cells = self._cells.get(row)
        return cells if cells is not None else self.band(range(row, row + 1))[0]

    def band(self, rows: range) -> list[Cells]:
        """The cells of neighbouring rows."""
        kept = self._cells
        if not all(row in kept for row in rows):
            places, outline = self._places[rows.start : rows.stop], self._rows.outline
            sizes, summaries = outline.size[places].tolist(), outline.summary[places].tolist()
            ids = self._ids[rows.start : rows.stop].tolist()
            for row, row_id, size, summary in zip(rows, ids, sizes, summaries, strict=True):
                if row not in kept:
                    kept[row] = self._make_cells(row, row_id, parent=size > 1, summary=summary)
        return [kept[row] for row in rows]

    def cell(self, row: int, section: int) -> Cell:
        """What one cell says; kept until something changes."""
        kept = self._texts.setdefault(section, {})
        found = kept.get(row)
        if found is None:
            found = kept[row] = self._make_cell(row, self._columns[section])
        return found

    def column_cells(self, section: int, rows: range) -> list[Cell]:
        """What a column says in neighbouring rows."""
        kept, column = self._texts.setdefault(section, {}), self._columns[section]
        for row in rows:
            if row not in kept:
                kept[row] = self._make_cell(row, column)
        return [kept[row] for row in rows]

    # the columns

    @property
    def columns(self) -> tuple[str, ...]:
        """The ids of the columns in their order; the title is always the first."""
        return tuple(column.id for column in self._columns)

    def column(self, section: int) -> Column:
        return self._columns[section]

    def section_of(self, name: str) -> int | None:
        """Where a column stands; None where it is not shown."""
        return next((section for section, column in enumerate(self._columns) if column.id == name), None)

    def set_columns(self, names: Iterable[str]) -> None:
        """Shows these columns in this order. Unknown ones are left out; the title comes first whatever is asked."""
        wanted = tuple(dict.fromkeys((TITLE, *(name for name in names if name in self.fields))))
        if wanted == self.columns:
            return
        self.rearranging = True
        self.beginResetModel()
        self._columns = tuple(self.fields[name] for name in wanted)
        self._texts.clear()
        self._flags.clear()
        self.endResetModel()
        self.rearranging = False
        self.columns_changed.emit()

    @property
    def sorting(self) -> tuple[SortKey, ...]:
        """The columns that siblings are sorted by, the most important first, each with whether the largest comes first."""
        return self._sorting

    def set_sorting(self, keys: Iterable[SortKey]) -> None:
        """Sorts siblings under their parent or group by these columns; () shows them in the order of the plan."""
        known = {name: bool(descending) for name, descending in keys if name in self.fields}
        wanted = tuple(known.items())
        if wanted != self._sorting:
            self._sorting = wanted
            self._show(self._plain.sorted_by(self.session.plan, self._ranks(self._plain)))
            self.sorting_changed.emit()

    # Qt's questions

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if self._columns[section].right else LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self.cell(index.row(), index.column()).text
        if role == Role.ID:
            return self.id_at(index.row())
        if role == Qt.ItemDataRole.EditRole:
            activity = self.activity(index.row())
            return None if activity is None else typed_text(column, activity)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column.right else LEFT
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(index.row(), index.column())
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        place = (index.row(), index.column())
        found = self._flags.get(place)  # Qt asks at every cell that it paints
        if found is None:
            found = self._flags[place] = EDITABLE if self.refusal(*place) is None else SHOWN
        return found

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Takes a text into one cell, as one edit. What a person can mend is shown in the window, and False returned."""
        activity = self.activity(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.EditRole or activity is None:
            return False
        try:
            self.take(index.column(), [activity.id], str(value))
        except PlanError as problem:
            self.session.fail(problem)
            return False
        return True

    # what editors ask

    def refusal(self, row: int, section: int) -> PlanError | None:
        """Why a cell cannot be edited; None where it can."""
        activity = self.activity(row)
        if self.is_draft(row):
            return None if section == 0 else PlanError(N_("The new row needs a title first."))
        if activity is None:
            return PlanError(N_("A heading is not edited here."))
        return refusal(self.session, activity, self._columns[section])

    def read(self, row: int, section: int, text: str) -> Any:
        """The value that a text means in a cell. Raises PlanError."""
        column, activity = self._columns[section], self.activity(row)
        return None if column.read is None or activity is None else column.read(activity, text)

    def take(self, section: int, ids: Sequence[int], text: str) -> None:
        """Takes a text into a column of one or many rows, as one edit. Raises PlanError, and then nothing has changed."""
        column = self._columns[section]
        label = label_of(column, len(ids))
        cells = [CellText(row_id, column, text, self._number(row_id)) for row_id in ids]

        def write(edit: Edit) -> None:
            write_cells(self.session, edit, cells, message(N_("Nothing was changed")))

        if self.session.perform(label, write, self):
            self.session.failed.emit("")

    def _number(self, row_id: int) -> int:
        row = self.row_of(row_id)
        return 0 if row is None else row + 1

    # sorting

    def _ranks(self, rows: Rows) -> Any:
        """The rank of each row of the whole outline; None where nothing is sorted."""
        if not self._sorting:
            return None
        keys = [(self.fields[name], descending) for name, descending in self._sorting]
        return self._codes.ranks(keys, rows.base.ids)

    def _sorted(self, rows: Rows, event: Changed | None) -> Rows:
        if event is not None:
            self._codes.heed(event.change_set)
        if not self._sorting or (rows.ranks is not None and event is not None and not self._sorts_otherwise(event)):
            return rows
        return rows.sorted_by(self.session.plan, self._ranks(rows))

    def _sorts_otherwise(self, event: Changed) -> bool:
        """Whether a change may have altered what is sorted by. Figures that follow from others are not looked into."""
        columns = [self.fields[name] for name, _descending in self._sorting]
        if any(column.id not in OWN_FIELDS for column in columns):
            return True
        for change in event.change_set.of(Milestone, WorkItem):
            if change.old is None or change.new is None:
                return True
            for column in columns:
                key = sort_key(column)
                if key(change.old) != key(change.new):
                    return True
        return False

    def _forget(self) -> None:
        self._sums.clear()
        self._cells.clear()
        self._texts.clear()
        self._flags.clear()

    def _is_group(self, row: int) -> bool:
        return bool(self._rows.outline.kind[self._place(row)] == RowKind.GROUP) and not self.is_draft(row)

    def _sums_of(self, row: int) -> GroupSums:
        """What the head of a group says of what stands in it; kept until something changes."""
        head = self.id_at(row)
        sums = self._sums.get(head)
        if sums is None:
            sums = self._sums[head] = group_sums(self.session.facts, self._rows, self._place(row))
        return sums

    def _make_cells(self, row: int, row_id: int, *, parent: bool, summary: bool) -> Cells:
        activity = self.session.plan.activity(row_id)
        if row_id == DRAFT:
            return cells_of_draft(row, milestone=self.draft is not None and self.draft.milestone)
        if activity is None:
            head = self._rows.title_of_head(row_id)
            title = head if isinstance(head, str) else say(head)
            if self._is_group(row):
                title = _("{title} ({count})").format(title=title, count=number_text(self._sums_of(row).count))
            return cells_of_head(row, row_id, title)
        cells = cells_of(self.session.facts, activity, row, parent=parent, summary=summary)
        if not self.packed:
            return cells
        ids = self.shared_by(row)
        if parent:
            return cells._replace(share=number_text(self._sums_of(row).count))
        if len(ids) < 2:
            return cells
        share = _("{n}/{count}").format(n=number_text(ids.index(row_id) + 1), count=number_text(len(ids)))
        return cells._replace(share=share)

    def _make_cell(self, row: int, column: Column) -> Cell:
        cells = self.cells(row)
        if cells.record is None and self._is_group(row):
            return cell_of_group(self._sums_of(row), cells.title, column.id, self.session.today())
        if cells.record is None:
            return cell_of_head(self.session.facts, cells.id, cells.title, column.id)
        return Cell(column.text(cells.record), None if column.raw is None else column.raw(cells.record))

    def _spoken(self, row: int, section: int) -> str:
        """What a screen reader says of a cell; the end of a milestone tells what the timeline shows around it."""
        column = self._columns[section]
        if column.id == TITLE:
            words = spoken_title(self.cells(row), self.level(row), self.expanded(row))
            return ", ".join(filter(None, (words, self._spoken_lane(row))))
        words = _("{heading}: {text}").format(heading=column.heading, text=self.cell(row, section).text or _("none"))
        tip = self._tip(row, section) if column.id == "end" else None
        return words if tip is None else f"{words}, {tip}"

    def _lane_tip(self, row: int) -> str:
        """All that shares a row, the one that it shows in its place; of a head its title and how much stands below it."""
        ids = self.shared_by(row)
        if len(ids) < 2:
            return "\n".join(filter(None, (self.cells(row).title, self._spoken_lane(row))))
        near = ids[max(ids.index(self.id_at(row)) - MOST_LISTED // 2, 0) :][:MOST_LISTED]
        titles = [one.title for row_id in near if (one := self.session.plan.activity(row_id)) is not None]
        more = [_("… {n} on this row").format(n=number_text(len(ids)))] if len(near) < len(ids) else []
        return "\n".join((*titles, *more))

    def _spoken_lane(self, row: int) -> str:
        """What lanes add to a row: which of those that share it this is; of a head, how much stands below it."""
        if not self.packed:
            return ""
        ids = self.shared_by(row)
        if len(ids) > 1:
            here = ids.index(self.id_at(row)) + 1
            return _("{n} of {count} on this row").format(n=number_text(here), count=number_text(len(ids)))
        if not self.is_parent(row):
            return ""
        sums = self._sums_of(row)
        items = ngettext("{n} work item", "{n} work items", sums.count - sums.milestones)
        milestones = ngettext("{n} milestone", "{n} milestones", sums.milestones)
        return _("{items}, {milestones}").format(items=items, milestones=milestones)

    def _tip(self, row: int, section: int) -> str | None:
        column, activity = self._columns[section], self.activity(row)
        if column.id == TITLE and self.packed and not self.is_draft(row):
            return self._lane_tip(row)
        if activity is None:
            return None
        if column.id in ("start", "end"):
            told = milestone_tip(self.session.facts, activity, self.session.today()) if column.id == "end" else ""
            return "\n".join(filter(None, (told, waits_text(self.session, activity)))) or None
        if column.tip is not None:
            return column.tip(activity) or None
        if column.look is Look.PLAIN or column.look in (Look.TITLE, Look.PILLS, Look.MUTED):
            return self.cell(row, section).text or None
        return None
