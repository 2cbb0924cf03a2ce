"""What would move is listed before it is taken, with keys and mouse, and taken as one edit that undo takes back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QDialog
from window_desk import Key, OpenDesk, answer, press, settle

from milestone_desktop.desktop.dialogs.moves import MovesDialog
from milestone_desktop.document.operations import dates, dependencies, items, milestones, modes, projects
from milestone_desktop.domain.activities import Activity
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import Instant, instant, instant_to_iso
from milestone_desktop.domain.projects import Project

MONDAY = instant(2026, 11, 30, 9)


class Farm:
    """A recorded project: “Dig” (5 d), then “Mount” (2 d), then “Ready”; the later two stand a week after they could."""

    def __init__(self, desk: OpenDesk) -> None:
        self.desk = desk
        with desk.window.session.edit("Add") as edit:
            self.project = projects.create(edit, "Farm", start=MONDAY).id
            self.dig = self._item(edit, "Dig", 5, MONDAY)
            self.mount = self._item(edit, "Mount", 2, instant(2026, 12, 14, 9))
            self.ready = milestones.create(edit, self.project, "Ready", instant(2026, 12, 15, 18)).id
            dependencies.add(edit, self.dig, self.mount)
            dependencies.add(edit, self.mount, self.ready)
        desk.window.session.show_project(self.project)
        settle()

    def _item(self, edit: object, title: str, days: int, start: Instant) -> int:
        row = items.create(edit, self.project, title, duration=days * 480)  # type: ignore[arg-type]
        dates.set_start(edit, row.id, start)  # type: ignore[arg-type]
        return row.id

    def row(self, row_id: int) -> Activity:
        row = self.desk.plan.activity(row_id)
        assert row is not None
        return row

    def end(self, row_id: int) -> str:
        end = self.row(row_id).end
        return "" if end is None else instant_to_iso(end)

    def compute(self) -> None:
        with self.desk.window.session.edit("Compute") as edit:
            modes.set_mode(edit, self.project, ScheduleMode.COMPUTED)
        settle()


@pytest.fixture
def farm(desk: OpenDesk) -> Farm:
    return Farm(desk)


def told(dialog: QDialog) -> list[list[str]]:
    """The lines of the list of moves."""
    assert isinstance(dialog, MovesDialog)
    model = dialog.list.table.records
    shown = [n for n in range(model.columnCount()) if not dialog.list.table.isColumnHidden(n)]
    return [[str(model.index(row, n).data()) for n in shown] for row in range(model.rowCount())]


def test_computing_a_project_lists_old_and_new_dates_and_working_days_first(farm: Farm) -> None:
    seen: list[list[str]] = []
    totals: list[str] = []
    edits = farm.desk.edits()

    def look(dialog: QDialog) -> None:
        assert isinstance(dialog, MovesDialog)
        QAbstractItemModelTester(dialog.list.table.records, QAbstractItemModelTester.FailureReportingMode.Fatal)
        seen.extend(told(dialog))
        totals.append(dialog.list.totals.text())
        assert farm.end(farm.mount) == "2026-12-15T18:00", "something moved before it was taken"
        QTest.keyClick(dialog, Key.Key_Escape)

    answer(look)
    QTest.mouseClick(farm.desk.window.header.mode, Qt.MouseButton.LeftButton)
    settle()
    assert seen == [
        ["Mount", "14 Dec – 15 Dec", "7 Dec – 8 Dec", "−5 wd"],
        ["Ready", "15 Dec", "8 Dec", "−5 wd"],
    ]
    assert totals == ["2 activities move, 1 milestone earlier, latest finish −5 wd"]
    assert farm.desk.edits() == edits
    assert farm.desk.plan[Project, farm.project].mode is ScheduleMode.RECORDED


def test_the_moves_are_taken_as_one_edit_that_undo_takes_back(farm: Farm) -> None:
    edits = farm.desk.edits()
    answer(lambda dialog: QTest.keyClick(dialog.done_button, Key.Key_Return))  # type: ignore[attr-defined]
    press(Key.Key_E, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert farm.desk.plan[Project, farm.project].mode is ScheduleMode.COMPUTED
    assert (farm.end(farm.mount), farm.end(farm.ready)) == ("2026-12-08T18:00", "2026-12-08T18:00")
    assert farm.desk.edits() == edits + 1
    assert farm.desk.window.header.mode.text() == "Computed"
    farm.desk.do("edit.undo")
    assert (farm.end(farm.mount), farm.end(farm.ready)) == ("2026-12-15T18:00", "2026-12-15T18:00")
    assert farm.desk.window.header.mode.text() == "Recorded"


def test_where_nothing_would_move_the_window_only_says_so(farm: Farm) -> None:
    farm.compute()
    window = farm.desk.window
    farm.desk.do("plan.mode")
    assert window.notice.label.text() == "The dates of “Farm” are recorded now: every date stays as it is."
    farm.desk.do("plan.mode")
    assert window.notice.isVisible()
    assert window.notice.label.text() == "The dates of “Farm” are computed now. No date moved."


def test_what_moves_in_another_project_is_listed_too(farm: Farm) -> None:
    farm.compute()
    desk, session = farm.desk, farm.desk.window.session
    with session.edit("Add") as edit:
        barn = projects.create(edit, "Barn", start=MONDAY, mode=ScheduleMode.COMPUTED).id
        roof = items.create(edit, barn, "Roof", duration=480).id
        dependencies.add(edit, farm.dig, roof)
    before, edits = farm.end(roof), desk.edits()
    seen: list[list[str]] = []

    def longer() -> bool:
        return session.attempt("Longer", lambda edit: dates.set_duration(edit, farm.dig, 6 * 480))

    answer(lambda dialog: (seen.extend(told(dialog)), QTest.keyClick(dialog, Key.Key_Escape)))  # type: ignore[func-returns-value]
    assert not longer()
    assert ["Roof", "Barn", "7 Dec", "8 Dec", "+1 wd"] in seen
    assert (farm.end(roof), desk.edits()) == (before, edits)
    answer(lambda dialog: QTest.mouseClick(dialog.done_button, Qt.MouseButton.LeftButton))  # type: ignore[attr-defined]
    assert longer()
    assert (farm.end(roof), desk.edits()) == ("2026-12-08T18:00", edits + 1)
    desk.do("edit.undo")
    assert farm.end(roof) == before


def test_what_moves_in_the_same_project_only_asks_nothing(farm: Farm) -> None:
    farm.compute()
    assert farm.desk.window.session.attempt("Longer", lambda edit: dates.set_duration(edit, farm.dig, 6 * 480))
    assert farm.end(farm.ready) == "2026-12-09T18:00"
