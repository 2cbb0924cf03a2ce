"""What is done to a range of cells at once: copy, cut, paste, fill down, clear, a step of progress. Each is one edit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtWidgets import QApplication

from milestone_desktop.desktop.activity_fields.registry import TITLE
from milestone_desktop.desktop.models.cell_edits import CellText, shown_text, write_cells
from milestone_desktop.desktop.models.columns import Column, Editor
from milestone_desktop.desktop.models.roadmap_model import RoadmapModel
from milestone_desktop.desktop.session import Listed
from milestone_desktop.desktop.table.tsv import Grid, from_tsv, to_tsv
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.desktop.words import _, ngettext
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import items
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.messages import N_, Message, PlanError, message
from milestone_desktop.domain.projects import Project

END = "end"
"""The column that is taken last: with a start beside it, it says how long an item is, wherever it stands."""

PROGRESS_STEP = 10


class CellWork:
    """Works on the range of a table. What is refused is said at the cell in hand, and then nothing has changed."""

    def __init__(self, table: RoadmapTable) -> None:
        self._table = table
        self._model: RoadmapModel = table.rows
        self._session = table.rows.session

    # to other programs

    def copy(self, *, headings: bool = False) -> None:
        """Puts the range on the clipboard; of a row that several share, all that are selected, in order of time. headings: with
        the titles of its columns above it."""
        columns = self._columns()
        rows = [[self._text(row, row_id, column) for column in columns] for row, row_id in self._copied()]
        if headings:
            rows.insert(0, [column.heading for column in columns])
        if rows:
            QApplication.clipboard().setText(to_tsv(rows).removesuffix("\n") if len(rows) == 1 else to_tsv(rows))

    def cut(self) -> None:
        """Copies the range and clears it."""
        self.copy()
        self.clear()

    def paste(self) -> None:
        """Reads the clipboard into the cells from the first one of the range on. One cell fills the whole range; rows
        beyond the last are added. Empty rows at the end are left out, as spreadsheets copy them along."""
        grid = from_tsv(QApplication.clipboard().text())
        while len(grid) > 1 and not any(cell.strip() for cell in grid[-1]):
            grid.pop()
        if not grid:
            self._table.note(PlanError(N_("There is nothing to paste."), N_("Copy some cells or lines of text first.")))
            return
        try:
            columns, grid = self._under_headings(grid)
            if columns is None:
                columns = self._columns_for(grid)
            self._paste(grid, columns)
        except PlanError as problem:
            self._table.note(problem)

    # within the table

    def fill_down(self) -> None:
        """Gives every row of the range what stands in its first row."""
        ids = self._table.selected_ids()
        first = self._session.plan.activity(ids[0]) if len(ids) > 1 else None
        if first is None:
            return
        cells = [
            self._cell(row_id, column, shown_text(column, first))
            for row_id in ids[1:]
            for column in self._columns()
            if column.write is not None
        ]
        self._write(cells, N_("Fill down"), message(N_("Nothing was filled")))

    def clear(self) -> None:
        """Empties the cells of the range."""
        cells: list[CellText] = []
        try:
            for row_id in self._table.selected_ids():
                row = self._session.plan.activity(row_id)
                columns = [] if row is None else [one for one in self._columns() if self._can_be_empty(one, row)]
                cells += [self._cell(row_id, column, "") for column in columns]
        except PlanError as problem:
            self._table.note(problem)
            return
        self._write(cells, N_("Clear cells"), message(N_("Nothing was cleared")))

    def step_progress(self, step: int) -> None:
        """Moves the progress of every selected row by some percent."""
        column = self._model.fields["progress"]
        cells = []
        for row_id in self._takers(column):
            percent = self._session.facts.progress_of(self._row(row_id)) or 0
            cells.append(self._cell(row_id, column, str(max(0, min(100, percent + step)))))
        self._write(cells, column.label, message(N_("Nothing was changed")))

    # the range

    def _columns(self) -> list[Column]:
        span, table = self._table.span, self._table
        shown = [n for n in range(span.first, span.last + 1) if not table.isColumnHidden(n) and n < self._model.columnCount()]
        return [self._model.column(section) for section in shown]

    def _copied(self) -> Iterator[tuple[int, int]]:
        """The selected rows from top to bottom, each with the id of what is copied of it."""
        chosen = frozenset(self._session.selection)
        for row in self._table.selected_rows():
            front = self._model.id_at(row)
            sharing = [one for one in self._model.shared_by(row) if one in chosen] if self._model.packed else []
            for row_id in sharing or [front]:
                yield row, row_id

    def _text(self, row: int, row_id: int, column: Column) -> str:
        activity = self._session.plan.activity(row_id)
        if activity is not None:
            return shown_text(column, activity)
        section = self._model.section_of(column.id)
        return "" if section is None else self._model.cell(row, section).text

    def _row(self, row_id: int) -> Activity:
        row = self._session.plan.activity(row_id)
        if row is None:
            raise LookupError("a selected row is gone")
        return row

    def _takers(self, column: Column) -> list[int]:
        """The selected rows that take an edit of a column."""
        chosen, why_not = self._table.selected_ids(), column.why_not
        return [row_id for row_id in chosen if why_not is None or why_not(self._row(row_id)) is None]

    def _cell(self, row_id: int, column: Column, text: str) -> CellText:
        row = self._model.row_of(row_id)
        return CellText(row_id, column, text, 0 if row is None else row + 1)

    def _can_be_empty(self, column: Column, row: Activity) -> bool:
        """Whether a cell is cleared with its range; False where it is not edited anyway. Raises PlanError where it always
        holds something."""
        if column.why_not is not None and column.why_not(row) is not None:
            return False
        always = PlanError(N_("{column} always holds something."), N_("Ctrl+Delete deletes the rows."), column=column.heading)
        if column.read is None or column.write is None or column.editor is Editor.CHOICE:
            raise always
        try:
            column.read(row, "")
        except PlanError:
            raise always from None
        return True

    # writing

    def _write(self, cells: Sequence[CellText], label: str, what: Message) -> None:
        if cells:
            self._attempt(label, lambda edit: write_cells(self._session, edit, cells, what), Listed.ELSEWHERE)

    def _attempt(self, label: str | Message, function: Callable[[Edit], object], listed: Listed) -> bool:
        try:
            done = self._session.perform(label, function, self, listed=listed)
        except PlanError as problem:
            self._table.note(problem)
            return False
        if done:
            self._session.failed.emit("")
        return done

    def _under_headings(self, grid: Grid) -> tuple[list[Column] | None, Grid]:
        """Where the first row names columns, those columns and the rows beneath it."""
        by_heading = {column.heading.casefold(): column for column in self._model.fields.values()}
        named = [by_heading.get(cell.strip().casefold()) for cell in grid[0]]
        columns = [column for column in named if column is not None]
        if len(grid) > 1 and len(columns) == len(named) and len(columns) > 1:
            return columns, grid[1:]
        return None, grid

    def _columns_for(self, grid: Grid) -> list[Column]:
        """The shown columns from the first one of the range on, as many as the clipboard has."""
        first, width = self._table.span.first, max(map(len, grid))
        shown = [n for n in range(first, self._model.columnCount()) if not self._table.isColumnHidden(n)]
        if width > len(shown):
            raise PlanError(
                N_("The clipboard has {count} columns, and only {room} stand here."),
                N_("Begin further to the left, or show more columns."),
                count=width,
                room=len(shown),
            )
        return [self._model.column(section) for section in shown[:width]]

    def _paste(self, grid: Grid, columns: Sequence[Column]) -> None:
        rows = self._table.selected_rows()
        top = rows[0] if rows else max(0, self._table.currentIndex().row())
        if len(grid) == 1 and len(rows) > 1:
            grid = grid * len(rows)
            if max(map(len, grid)) == 1 and len(self._table.span) > 1:
                columns = self._columns()
                grid = [row * len(columns) for row in grid]
            targets = [self._model.id_at(row) for row in rows]
        else:
            if len(rows) > len(grid) and len(rows) % len(grid) == 0:
                grid = grid * (len(rows) // len(grid))
            targets = [self._model.id_at(row) for row in range(top, min(top + len(grid), self._model.rowCount()))]
        self._write_grid(grid, columns, targets, top)

    def _write_grid(self, grid: Grid, columns: Sequence[Column], targets: Sequence[int], top: int) -> None:
        """One edit: cells over the rows that are there, and new work items for what goes beyond them."""
        taken = [column for column in columns if column.write is not None] or columns
        count = sum(column in taken for line in grid for column, _text in zip(columns, line, strict=False))
        what, label = message(N_("Nothing was pasted")), message(N_("Paste {count} cells"), count=count)
        left_alone = self._left_alone(grid, columns, targets, taken)
        last = next((one for row in range(self._model.rowCount() - 1, -1, -1) if (one := self._model.id_at(row)) > 0), None)
        made: list[int] = []

        def write(edit: Edit) -> None:
            made.clear()
            for _number in range(len(grid) - len(targets)):
                made.append(self._add_row(edit, made[-1] if made else last))
            ids = [*targets, *made]
            cells = [
                CellText(row_id, column, text, top + number + 1)
                for number, (row_id, line) in enumerate(zip(ids, grid, strict=True))
                if row_id > 0
                for column, text in sorted(zip(columns, line, strict=False), key=lambda pair: pair[0].id == END)
                if column in taken
                and (number < len(targets) or text.strip() or column.id == TITLE)  # a new row keeps what it is not told
            ]
            write_cells(self._session, edit, cells, what)
            edit.label = label

        if self._attempt(label, write, Listed.ALL):
            told = ngettext("Pasted {n} cell", "Pasted {n} cells", count)
            more = ngettext("added {n} row", "added {n} rows", len(made)) if made else ""
            told = _("{pasted}, {added}").format(pasted=told, added=more) if more else told
            if left_alone:
                told = _("{pasted}. Left alone, as it is worked out: {columns}.").format(pasted=told, columns=left_alone)
            self._session.noticed.emit(told)

    def _left_alone(self, grid: Grid, columns: Sequence[Column], targets: Sequence[int], taken: Sequence[Column]) -> str:
        """Of what the program works out itself, pasted beside other columns: the headings of those that say something else."""
        rows = [self._session.plan.activity(row_id) for row_id in targets]
        rows += [None] * (len(grid) - len(rows))
        other = {
            column.heading: None
            for row, line in zip(rows, grid, strict=True)
            for column, text in zip(columns, line, strict=False)
            if column not in taken and text.strip() != ("" if row is None else shown_text(column, row))
        }
        return ", ".join(other)

    def _add_row(self, edit: Edit, last: int | None) -> int:
        """A work item of a day after another row."""
        here = edit.plan.activity(last)
        project = self._session.project_id if here is None else here.project
        if project is None or edit.plan.get(Project, project) is None:
            raise PlanError(N_("There is no project to add rows to."), N_("Open one first."))
        parent = None if here is None else here.parent
        length = edit.plan[Project, project].minutes_per_day
        row = items.create(
            edit, project, _("New work item"), parent=parent, after=None if here is None else here.id, duration=length
        )
        return row.id
