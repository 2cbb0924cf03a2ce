"""Adding rows in place, dragging them, sorting, and the columns of the roadmap's table, by keys and mouse, each with Undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from roadmap_desk import (
    BUILD,
    CODE,
    DESIGN,
    DRAFT,
    LAUNCH,
    READY,
    SKETCH,
    activity,
    bubble,
    cell_point,
    field,
    go_to,
    key,
    row_of,
    said,
    shown_page,
    titles,
    type_into,
)  # fmt: skip
from window_desk import OpenDesk, answer

from milestone_desktop.desktop.dialogs.columns import ColumnsDialog
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Milestone, WorkItem

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
ALL = ["Design", "Sketch", "Draft", "Ready", "Build", "Code", "Launch"]


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


def drag(widget: QWidget, start: QPoint, end: QPoint, *, release: bool = True) -> None:
    """Presses, moves in three steps and releases."""
    QTest.mousePress(widget, LEFT, NONE, start)
    for share in (0.3, 0.7, 1.0):
        at = QPointF(start) + QPointF(end - start) * share
        event = QMouseEvent(QEvent.Type.MouseMove, at, widget.mapToGlobal(at), Qt.MouseButton.NoButton, LEFT, NONE)
        QApplication.sendEvent(widget, event)
    if release:
        QTest.mouseRelease(widget, LEFT, NONE, end)
    QApplication.processEvents()


def gap_below(page: RoadmapPage, row_id: int, level: int) -> QPoint:
    """The place between a row and the next one, at the x of a level."""
    box = page.table.visualRect(page.model.index(row_of(page, row_id), 0))
    return QPoint(10 + level * 18, box.bottom())


def grip(page: RoadmapPage, row_id: int) -> QPoint:
    return QPoint(4, cell_point(page, row_id).y())


# adding


def test_a_new_row_stands_among_the_others_while_it_is_named_and_enter_opens_the_next(page: RoadmapPage) -> None:
    go_to(page, SKETCH)
    key(page, Qt.Key.Key_Insert)
    assert titles(page)[:4] == ["Design", "Sketch", "", "Draft"]
    assert page.session.undo_label() is None, "nothing is in the plan yet"
    type_into(page, "Review")
    assert titles(page)[:5] == ["Design", "Sketch", "Review", "", "Draft"]
    type_into(page, "Rework")
    type_into(page, "", Qt.Key.Key_Escape)
    assert titles(page) == ["Design", "Sketch", "Review", "Rework", "Draft", "Ready", "Build", "Code", "Launch"]
    assert page.session.undo()
    assert page.session.undo()
    assert titles(page) == ALL
    assert page.session.undo_label() is None


def test_escape_leaves_nothing_behind(page: RoadmapPage) -> None:
    go_to(page, CODE)
    key(page, Qt.Key.Key_Insert)
    type_into(page, "Half a thou", Qt.Key.Key_Escape)
    assert titles(page) == ALL
    assert page.session.undo_label() is None
    assert page.table.currentIndex().row() == row_of(page, CODE)


def test_control_insert_adds_a_child_and_tab_goes_on_to_its_cells(page: RoadmapPage) -> None:
    go_to(page, LAUNCH)
    key(page, Qt.Key.Key_Insert, CONTROL)
    type_into(page, "Party", Qt.Key.Key_Tab)
    made = page.session.plan.activity(page.session.current)
    assert made is not None
    assert (made.title, made.parent) == ("Party", LAUNCH)
    assert page.table.currentIndex().column() == 1
    QTest.keyClick(field(page), Qt.Key.Key_Escape)
    assert page.session.undo()
    assert titles(page) == ALL


def test_shift_insert_adds_a_milestone_on_its_neighbours_date(page: RoadmapPage) -> None:
    go_to(page, READY)
    key(page, Qt.Key.Key_Insert, SHIFT)
    type_into(page, "Gate")
    type_into(page, "", Qt.Key.Key_Escape)
    made = next(row for row in page.session.plan.all(Milestone) if row.title == "Gate")
    assert made.end == activity(page, READY).end
    assert page.session.undo()


def test_beyond_the_last_row_stands_a_way_to_add_one(page: RoadmapPage) -> None:
    go_to(page, LAUNCH)
    key(page, Qt.Key.Key_Down)
    adder = page.row_work.adder
    assert QApplication.focusWidget() is adder.item
    QTest.keyClick(adder.item, Qt.Key.Key_Return)
    QApplication.processEvents()
    type_into(page, "Afterwards")
    type_into(page, "", Qt.Key.Key_Escape)
    assert titles(page) == [*ALL, "Afterwards"]
    QTest.mouseClick(adder.milestone, LEFT)
    type_into(page, "End")
    type_into(page, "", Qt.Key.Key_Escape)
    assert titles(page) == [*ALL, "Afterwards", "End"]
    assert page.session.undo()
    assert page.session.undo()
    assert titles(page) == ALL


# dragging rows


def test_a_row_is_dragged_to_another_place(page: RoadmapPage) -> None:
    drag(page.table.viewport(), grip(page, READY), gap_below(page, DESIGN, 1))
    assert titles(page)[:4] == ["Design", "Ready", "Sketch", "Draft"]
    assert page.session.undo()
    assert titles(page) == ALL


def test_the_pointers_x_says_the_level(page: RoadmapPage) -> None:
    drag(page.table.viewport(), grip(page, LAUNCH), gap_below(page, CODE, 1))
    assert activity(page, LAUNCH).parent == BUILD
    drag(page.table.viewport(), grip(page, LAUNCH), gap_below(page, CODE, 2))
    assert activity(page, LAUNCH).parent == CODE
    assert page.session.undo()
    assert page.session.undo()
    assert activity(page, LAUNCH).parent is None


def test_several_rows_are_dragged_together(page: RoadmapPage) -> None:
    go_to(page, SKETCH)
    key(page, Qt.Key.Key_Down, SHIFT)
    drag(page.table.viewport(), cell_point(page, DRAFT), gap_below(page, BUILD, 1))
    assert titles(page) == ["Design", "Ready", "Build", "Sketch", "Draft", "Code", "Launch"]
    assert page.session.undo()
    assert titles(page) == ALL


def test_escape_ends_a_drag_and_a_row_is_not_dropped_below_itself(page: RoadmapPage) -> None:
    drag(page.table.viewport(), grip(page, READY), gap_below(page, DESIGN, 1), release=False)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    QTest.mouseRelease(page.table.viewport(), LEFT, NONE, gap_below(page, DESIGN, 1))
    assert titles(page) == ALL
    drag(page.table.viewport(), grip(page, DESIGN), gap_below(page, SKETCH, 2))
    assert titles(page) == ALL
    assert page.session.undo_label() is None


def test_while_sorted_rows_are_not_moved_by_hand_and_it_is_said_why(page: RoadmapPage) -> None:
    page.model.set_sorting([("end", True)])
    go_to(page, SKETCH)
    key(page, Qt.Key.Key_Up, ALT)
    assert "sorted" in bubble(page).text()
    drag(page.table.viewport(), grip(page, READY), gap_below(page, DESIGN, 1))
    assert "sorted" in bubble(page).text()
    assert page.session.undo_label() is None


# progress by dragging its bar


def test_progress_is_dragged_in_its_cell(page: RoadmapPage) -> None:
    box = page.table.visualRect(page.model.index(row_of(page, DRAFT), 2))
    left = QPoint(box.left() + 10, box.center().y())
    drag(page.table.viewport(), left, left + QPoint(33, 0))
    assert said(page, DRAFT, "progress") == "75 %"
    assert page.session.undo()
    assert said(page, DRAFT, "progress") == "40 %"
    drag(page.table.viewport(), left, left + QPoint(33, 0), release=False)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    QTest.mouseRelease(page.table.viewport(), LEFT, NONE, left)
    assert said(page, DRAFT, "progress") == "40 %"


def test_plus_and_minus_change_progress(page: RoadmapPage) -> None:
    go_to(page, DRAFT, "progress")
    key(page, Qt.Key.Key_Plus)
    assert said(page, DRAFT, "progress") == "50 %"
    key(page, Qt.Key.Key_Minus)
    key(page, Qt.Key.Key_Minus)
    assert said(page, DRAFT, "progress") == "30 %"
    for _ in range(3):
        assert page.session.undo()
    assert said(page, DRAFT, "progress") == "40 %"


def test_ctrl_d_duplicates_the_row_in_hand(desk: OpenDesk) -> None:
    page, row = desk.window.roadmap, desk.item("Design")
    desk.show("roadmap")
    page.table.go_to(row_of(page, row.id), 0)
    page.table.setFocus()
    assert desk.window.actions_["edit.duplicate"].text() == "Duplicate"
    QTest.keySequence(page.table, QKeySequence("Ctrl+D"))
    twins = [one for one in desk.plan.all(WorkItem) if one.title == "Design"]
    assert len(twins) == 2
    assert desk.window.session.selection == (max(one.id for one in twins),)
    assert titles(page)[row_of(page, row.id) + 1] == "Design"
    assert desk.window.session.undo()
    assert [one.title for one in desk.plan.all(WorkItem)].count("Design") == 1


# sorting


def header_point(page: RoadmapPage, column: str, dx: int = 0) -> QPoint:
    section = page.model.section_of(column)
    assert section is not None
    return page.table.header.box_of(section).center() + QPoint(dx, 0)


def test_clicks_on_headings_sort_siblings_and_a_third_one_no_more(page: RoadmapPage) -> None:
    header = page.table.header.viewport()
    QTest.mouseClick(header, LEFT, NONE, header_point(page, "title"))
    assert titles(page) == ["Build", "Code", "Design", "Draft", "Ready", "Sketch", "Launch"]
    QTest.mouseClick(header, LEFT, NONE, header_point(page, "title"))
    assert titles(page) == ["Launch", "Design", "Sketch", "Ready", "Draft", "Build", "Code"]
    QTest.mouseClick(header, LEFT, NONE, header_point(page, "title"))
    assert titles(page) == ALL
    assert page.model.sorting == ()


def test_shift_click_and_keys_sort_by_several(page: RoadmapPage) -> None:
    header = page.table.header.viewport()
    QTest.mouseClick(header, LEFT, NONE, header_point(page, "status"))
    QTest.mouseClick(header, LEFT, SHIFT, header_point(page, "title"))
    assert page.model.sorting == (("status", False), ("title", False))
    assert titles(page) == ["Launch", "Build", "Code", "Design", "Ready", "Draft", "Sketch"], "New, In Progress, Done, none"
    page.arranging.clear_sorting()
    go_to(page, SKETCH, "end")
    key(page, Qt.Key.Key_F7)
    key(page, Qt.Key.Key_F7)
    go_to(page, SKETCH, "title")
    key(page, Qt.Key.Key_F7, SHIFT)
    assert page.model.sorting == (("end", True), ("title", False))
    assert titles(page) == ["Launch", "Build", "Code", "Design", "Ready", "Draft", "Sketch"]


def test_an_edit_of_what_is_sorted_by_moves_the_row_and_keeps_it_in_hand(page: RoadmapPage) -> None:
    page.model.set_sorting([("title", False)])
    go_to(page, DRAFT)
    key(page, Qt.Key.Key_F2)
    type_into(page, "Zebra")
    assert titles(page)[2:6] == ["Design", "Ready", "Sketch", "Zebra"]
    assert page.session.current in (DRAFT, LAUNCH)
    assert page.session.undo()
    assert titles(page)[2:6] == ["Design", "Draft", "Ready", "Sketch"]


# columns


def test_any_field_is_a_column_and_the_table_scrolls_beneath_the_title(page: RoadmapPage) -> None:
    page.model.set_columns(page.model.fields)
    QApplication.processEvents()
    assert len(page.model.columns) > 40
    bar = page.table.horizontalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    QApplication.processEvents()
    box = page.table.visualRect(page.model.index(0, 0))
    assert box.left() == 0
    assert page.table.indexAt(box.center()).column() == 0
    go_to(page, DRAFT, "status")
    left = page.table.visualRect(page.table.currentIndex()).left()
    assert left >= page.table.frozen_width, "no cell in hand is hidden behind the title"


def test_columns_are_dragged_resized_and_fitted(page: RoadmapPage) -> None:
    header = page.table.header
    start, end = header_point(page, "tags"), header_point(page, "status", -20)
    drag(header.viewport(), start, end)
    assert page.model.columns == ("title", "tags", "status", "progress", "start", "end")
    edge = QPoint(header.box_of(1).right(), 20)
    width = header.sectionSize(1)
    drag(header.viewport(), edge, edge + QPoint(40, 0))
    assert header.sectionSize(1) == width + 40
    QTest.mouseDClick(header.viewport(), LEFT, NONE, QPoint(header.box_of(1).right(), 20))
    assert header.sectionSize(1) < width + 40
    assert page.session.undo_label() is None, "columns and widths are no edit"


def test_columns_widths_and_sorting_are_kept_for_the_project(page: RoadmapPage) -> None:
    page.arranging.show("slip")
    page.arranging.hide("tags")
    page.arranging.fit(1)
    page.arranging.sort_by("end")
    width = page.table.columnWidth(1)
    again = RoadmapPage(page.session)
    assert again.model.columns == ("title", "status", "progress", "start", "end", "slip")
    assert again.model.sorting == (("end", False),)
    assert again.table.columnWidth(1) == width
    again.deleteLater()


def test_a_view_has_columns_of_its_own_and_widths_kept_for_it(page: RoadmapPage) -> None:
    page.arranging.show("slip")
    own = page.model.columns
    view = {"columns": ["title", "owner", "end"], "sort": [["end", True]]}
    page.session.shown.set_view("late")
    page.show_view(view)
    assert page.model.columns == ("title", "owner", "end")
    assert page.model.sorting == (("end", True),)
    page.arranging.fit(1)
    width = page.table.columnWidth(1)
    page.session.shown.set_view("")
    assert page.model.columns == own
    assert page.model.sorting == ()
    page.session.shown.set_view("late")
    page.show_view(view)
    assert page.table.columnWidth(1) == width


def test_f8_opens_the_list_of_columns(page: RoadmapPage) -> None:
    seen: list[tuple[str, ...]] = []

    def choose(dialog: object) -> None:
        assert isinstance(dialog, ColumnsDialog)
        QTest.keyClicks(dialog.search, "free sl")
        QTest.keyClick(dialog.search, Qt.Key.Key_Down)
        QTest.keyClick(dialog.fields, Qt.Key.Key_Space)
        dialog.order.setFocus()
        QTest.keyClick(dialog.order, Qt.Key.Key_Up, ALT)
        seen.append(tuple(dialog.chosen))
        dialog.done_button.click()

    answer(choose)
    go_to(page, SKETCH)
    key(page, Qt.Key.Key_F8)
    assert seen == [("title", "status", "progress", "start", "end", "free_slack", "tags")]
    assert page.model.columns == seen[0]
