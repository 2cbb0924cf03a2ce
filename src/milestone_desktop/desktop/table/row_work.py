"""What is done to whole rows: adding them where they stand, deleting, moving and indenting, by keys and by dragging."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt

from milestone_desktop.chart.drafts import Draft
from milestone_desktop.desktop.table.adder import Adder
from milestone_desktop.desktop.table.frozen import TITLE
from milestone_desktop.desktop.table.group_work import GroupWork
from milestone_desktop.desktop.table.inserting import insert_row
from milestone_desktop.desktop.table.mouse import Drop
from milestone_desktop.desktop.table.view import RoadmapTable
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.grouping import is_tree
from milestone_desktop.domain.messages import N_, PlanError, message
from milestone_desktop.domain.outline import children

Operation = Callable[[Edit, tuple[int, ...]], object]


class RowWork(QObject):
    """Works on the selected rows of a table. What is refused is said at the cell in hand."""

    def __init__(self, table: RoadmapTable) -> None:
        super().__init__(table)
        self._table = table
        self._model = table.rows
        self._session = table.rows.session
        self.groups = GroupWork(table)
        self.adder = Adder(table)
        self.adder.wanted.connect(self.add_at_end)
        table.why_not_moved = self.why_not_dragged
        table.rows_dropped.connect(self.drop)
        table.progress_dragged.connect(self._set_progress)
        table.delegate.draft_left.connect(self._leave_draft)
        table.add_wanted.connect(self.adder.setFocus)

    # adding

    def insert(self, *, child: bool = False, milestone: bool = False) -> None:
        """Opens a row of its own below the one in hand, or inside it, whose title is then typed. In a group it takes on what
        the group stands for."""
        near = self._session.current
        if (closed := self._session.only_read()) is not None:
            self._table.note(closed)
        elif self.groups.here and child:
            self._table.note(no_levels())
        elif self._session.project_id is not None or near is not None:
            self._begin(Draft(near, child and near is not None, milestone, self._head_in_hand()))

    def _head_in_hand(self) -> int | None:
        """The head of the group in which a new row is to stand."""
        row, near = self._table.currentIndex().row(), self._session.current
        if near is not None and row not in self._model.rows_of(near):
            found = self._model.row_of(near)
            row = -1 if found is None else found
        return self.groups.head_at(row)

    def add_at_end(self, milestone: bool) -> None:
        """The same below the last row."""
        self._begin(Draft(None, False, milestone))

    def _begin(self, draft: Draft, text: str = "") -> None:
        row = self._model.set_draft(draft)
        if row is not None:
            self._table.edit_cell(row, TITLE)
            if text:
                self._table.delegate.put_text(text)

    def _leave_draft(self, text: str, key: int) -> None:
        """Enter saves the row and opens the next one, Tab saves it and goes on to its status; Esc and an empty title leave
        nothing behind."""
        draft = self._model.draft
        if draft is None:
            return
        self._model.set_draft(None)
        title = " ".join(text.split())
        if not title or key == Qt.Key.Key_Escape:
            self._go_back(draft.near if draft.near is not None else draft.head)
            return
        made: list[int] = []
        try:
            insert_row(self._session, draft, title, made, self.groups.way_to(draft.head))
        except PlanError as problem:
            self._begin(draft, text)
            self._table.delegate.complain(problem)
            return
        if not made:
            return
        self._model.reveal(made[-1])
        self._session.select([made[-1]])
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._begin(Draft(made[-1], False, draft.milestone, draft.head))
        elif key == Qt.Key.Key_Tab:
            row = self._model.row_of(made[-1])
            if row is not None:
                self._table.go_to(row, TITLE)
                self._table.go_right_and_edit()

    def _go_back(self, near: int | None) -> None:
        row = None if near is None else self._model.row_of(near)
        if row is not None:
            self._table.go_to(row, TITLE)
        elif self._model.rowCount():
            self._table.go_to(self._model.rowCount() - 1, TITLE)
        self._table.setFocus()

    # deleting

    def delete(self) -> None:
        """Deletes the selected rows and goes on to the one that takes their place."""
        ids, row = self._session.selection, self._table.currentIndex().row()
        if ids and self._session.attempt(N_("Delete"), lambda edit: activities.delete(edit, ids)) and self._model.rowCount():
            self._table.go_to(row, TITLE)

    # moving

    def why_not_moved(self) -> PlanError | None:
        """What keeps rows from changing their places by hand."""
        if (closed := self._session.only_read()) is not None:
            return closed
        if self._model.sorting:
            return PlanError(N_("The rows are sorted, so they cannot be moved by hand."), N_("Clear the sorting first."))
        if not is_tree(self._model.grouping):
            return no_levels()
        if self._model.packed:
            return PlanError(N_("The rows are packed into lanes, so they cannot be moved by hand."), N_("Unpack them first."))
        return None

    def why_not_dragged(self) -> PlanError | None:
        """The same for dragging, which puts rows into other groups where there are any."""
        return None if self._between_groups() else self.why_not_moved()

    def _between_groups(self) -> bool:
        return self.groups.here and not self._model.packed and self._session.only_read() is None

    def rearrange(self, label: str, operation: Operation) -> None:
        """Moves the selected rows up, down, in or out; among groups up and down go to the next one."""
        if self._between_groups() and operation in (activities.move_up, activities.move_down):
            self.groups.step(1 if operation is activities.move_down else -1)
            return
        problem = self.why_not_moved()
        if problem is not None:
            self._table.note(problem)
            return
        ids = self._session.selection
        if ids and self._session.attempt(label, lambda edit: operation(edit, ids)):
            self._model.reveal(ids[0])

    def drop(self, drop: Drop) -> None:
        """Puts the selected rows where they were dragged to."""
        if drop.head is not None:
            self.groups.move_to(drop.head)
            return
        ids = self._table.dragged_ids()

        def move(edit: Edit) -> None:
            rows = activities.topmost(edit.plan, ids)
            after = drop.after
            moved = {row.id for row in rows}
            if after in moved or drop.before in moved:
                after, before = self._beside(drop, moved)
                activities.move_to(edit, ids, drop.parent, after=after, before=before)
            else:
                activities.move_to(edit, ids, drop.parent, after=after, before=drop.before)
            edit.label = (
                message(N_("Move {count} rows"), count=len(rows))
                if len(rows) > 1
                else message(N_("Move “{title}” in the outline"), title=rows[0].title)
            )

        if ids and self._session.attempt(N_("Move rows"), move):
            self._model.reveal(ids[0])

    def _beside(self, drop: Drop, moved: set[int]) -> tuple[int | None, int | None]:
        """The neighbour that stays, where the one that was dropped beside is moved itself."""
        plan = self._session.plan
        anchor = drop.after if drop.after is not None else drop.before
        row = plan.activity(anchor)
        siblings = [] if row is None else children(plan, row.project, drop.parent)
        ids = [one.id for one in siblings]
        place = ids.index(anchor) if anchor in ids else 0
        before = next((one for one in reversed(ids[:place]) if one not in moved), None)
        following = next((one for one in ids[place:] if one not in moved), None)
        return (before, None) if before is not None else (None, following)

    def _set_progress(self, row: int, percent: int) -> None:
        section = self._model.section_of("progress")
        if section is None:
            return
        try:
            self._model.take(section, [self._model.id_at(row)], str(percent))
        except PlanError as problem:
            self._table.note(problem)


def no_levels() -> PlanError:
    """What keeps rows under the heads of groups from being moved in and out."""
    return PlanError(N_("The rows are in groups, so they have no levels of their own."), N_("Group by project first."))
