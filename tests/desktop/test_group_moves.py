"""Rows go from one group of the roadmap to another, by the mouse and by keys, and new rows are like the group they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from roadmap_desk import CODE, DRAFT, LAUNCH, READY, SKETCH, activity, bubble, key, section_of, shown_page, small_plan, titles
from roadmap_desk import type_into as type_title

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key, Mod, LEFT = Qt.Key, Qt.KeyboardModifier, Qt.MouseButton.LeftButton


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    """Grouped by release: 1.0 holds Sketch and Draft, 2.0 Code and Ready; Launch has none."""
    plan = small_plan()
    for row_id, release in ((SKETCH, "1.0"), (DRAFT, "1.0"), (CODE, "2.0"), (READY, "2.0")):
        row = plan.activity(row_id)
        assert row is not None
        plan.put(replace(row, release=release))
    with shown_page(plan) as shown:
        shown.session.shown.set_grouping(("release",))
        QApplication.processEvents()
        yield shown


def under(page: RoadmapPage, row_id: int) -> list[str]:
    """The heads that an activity stands under, without their counts."""
    model = page.model
    heads = (next(row for row in range(at, -1, -1) if model.id_at(row) < 0) for at in model.rows_of(row_id))
    return [model.cells(row).title.rpartition(" ")[0] for row in heads]


def centre(page: RoadmapPage, row: int) -> QPoint:
    return page.table.visualRect(page.model.index(row, 0)).center()


def drag_row(page: RoadmapPage, row: int, to: int, last: Qt.Key | None = None) -> None:
    """Drags a row, selected first, over another one; a key may be pressed before the button is let go."""
    view, none = page.table.viewport(), Mod.NoModifier
    page.table.go_to(row, 0)
    start, end = centre(page, row), centre(page, to)
    QTest.mousePress(view, LEFT, none, start)
    for share in (0.4, 1.0):
        at = QPointF(start + (end - start) * share)
        move = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, none)
        QApplication.sendEvent(view, move)
    if last is not None:
        key(page, last)
    QTest.mouseRelease(view, LEFT, none, end)
    QApplication.processEvents()


def test_a_row_is_dragged_to_another_group(page: RoadmapPage) -> None:
    (row,), (goal,) = page.model.rows_of(SKETCH), page.model.rows_of(CODE)
    drag_row(page, row, goal)
    assert activity(page, SKETCH).release == "2.0"
    assert under(page, SKETCH) == ["2.0"]
    assert page.session.selection == (SKETCH,)
    assert page.table.currentIndex().row() in page.model.rows_of(SKETCH)
    assert page.session.undo()
    assert under(page, SKETCH) == ["1.0"]


def test_escape_lets_go_and_its_own_group_is_no_goal(page: RoadmapPage) -> None:
    edits = page.session.document.history.undo_labels()
    (row,), (goal,), (twin,) = (page.model.rows_of(one) for one in (SKETCH, CODE, DRAFT))
    drag_row(page, row, goal, Key.Key_Escape)
    drag_row(page, row, twin)
    assert page.session.document.history.undo_labels() == edits


def test_alt_and_arrows_take_the_selected_rows_to_the_next_group(page: RoadmapPage) -> None:
    page.table.go_to(page.model.rows_of(SKETCH)[0], 0)
    key(page, Key.Key_Down, Mod.ShiftModifier)
    key(page, Key.Key_Down, Mod.AltModifier)
    assert {activity(page, one).release for one in (SKETCH, DRAFT)} == {"2.0"}
    key(page, Key.Key_Down, Mod.AltModifier)
    assert {activity(page, one).release for one in (SKETCH, DRAFT)} == {""}
    key(page, Key.Key_Up, Mod.AltModifier)
    assert {under(page, one)[0] for one in (SKETCH, DRAFT)} == {"2.0"}
    assert page.session.undo()
    assert {under(page, one)[0] for one in (SKETCH, DRAFT)} == {"No release"}
    key(page, Key.Key_Right, Mod.AltModifier)
    assert "no levels of their own" in bubble(page).text()


def test_what_cannot_stand_in_a_group_says_why(page: RoadmapPage) -> None:
    failures: list[str] = []
    page.session.failed.connect(lambda problem: failures.append(str(problem)))
    page.session.shown.set_grouping(("kind",))
    drag_row(page, page.model.rows_of(SKETCH)[0], page.model.rows_of(READY)[0])
    assert "is a work item and has no kind" in failures[-1]
    assert under(page, SKETCH) == ["Work items"]


def test_of_several_groups_the_one_that_a_row_is_dragged_from_is_left(page: RoadmapPage) -> None:
    page.session.plan.put(replace(page.session.plan[WorkItem, SKETCH], tags=("a", "b")))
    page.session.shown.set_grouping(("tag",))
    rows = page.model.rows_of(SKETCH)
    assert under(page, SKETCH) == ["a", "b"]
    drag_row(page, rows[1], page.model.rows_of(LAUNCH)[0])
    assert activity(page, SKETCH).tags == ("a", "go")
    assert page.table.currentIndex().row() == page.model.rows_of(SKETCH)[1], "in hand where it was dropped"


def test_two_levels_of_groups_are_both_taken_on(page: RoadmapPage) -> None:
    page.session.shown.set_grouping(("release", "kind"))
    drag_row(page, page.model.rows_of(READY)[0], page.model.rows_of(LAUNCH)[0])
    row = page.session.plan[Milestone, READY]
    assert (row.release, row.kind) == ("", MilestoneKind.GENERIC)
    assert page.session.undo()
    assert page.session.plan[Milestone, READY].kind is MilestoneKind.PROTOTYPE


def test_a_new_row_is_like_the_group_in_which_it_is_typed(page: RoadmapPage) -> None:
    page.table.go_to(page.model.rows_of(SKETCH)[0], 0)
    key(page, Key.Key_Insert)
    assert titles(page)[page.model.rows_of(SKETCH)[0] + 1] == ""
    type_title(page, "First")
    type_title(page, "Second")
    key(page, Key.Key_Escape)
    made = [row for row in page.session.plan.all(WorkItem) if row.title in ("First", "Second")]
    assert [row.release for row in made] == ["1.0", "1.0"]
    assert [under(page, row.id) for row in made] == [["1.0"], ["1.0"]]


def test_a_row_added_on_a_head_stands_in_its_group(page: RoadmapPage) -> None:
    page.session.plan.put(replace(page.session.plan[WorkItem, CODE], tags=("a", "b")))
    page.session.shown.set_grouping(("tag",))
    head = page.model.rows_of(CODE)[1] - 1
    page.table.go_to(head, section_of(page, "title"))
    key(page, Key.Key_Insert, Mod.ShiftModifier)
    type_title(page, "Third", Key.Key_Escape)
    key(page, Key.Key_Insert, Mod.ShiftModifier)
    type_title(page, "Third", Key.Key_Tab)
    (made,) = (row for row in page.session.plan.all(Milestone) if row.title == "Third")
    assert made.tags == ("b",)
    key(page, Key.Key_Escape)
    page.table.setFocus()
    key(page, Key.Key_Insert, Mod.ControlModifier)
    assert "no levels of their own" in bubble(page).text()


def test_in_a_file_that_is_only_read_rows_stay(page: RoadmapPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStorage, "read_only", True)
    drag_row(page, page.model.rows_of(SKETCH)[0], page.model.rows_of(CODE)[0])
    key(page, Key.Key_Down, Mod.AltModifier)
    assert activity(page, SKETCH).release == "1.0"
    assert "reading only" in bubble(page).text()
