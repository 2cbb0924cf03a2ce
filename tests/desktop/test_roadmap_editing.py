"""Editing the roadmap's table with the keyboard: each gesture is one edit, and Undo takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
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
    point,
    row_of,
    said,
    section_of,
    shown_page,
    titles,
    type_into,
)  # fmt: skip

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.table.editors import LineEditor
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneStatus, StateGroup
from milestone_desktop.domain.instants import instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALL = ["Design", "Sketch", "Draft", "Ready", "Build", "Code", "Launch"]


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


def test_f2_renames_and_enter_goes_down(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    key(page, Qt.Key.Key_F2)
    type_into(page, "Second draft")
    assert activity(page, DRAFT).title == "Second draft"
    assert page.table.currentIndex().row() == row_of(page, READY)
    assert page.session.undo()
    assert activity(page, DRAFT).title == "Draft"


def test_typing_replaces_a_title(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    QTest.keyClick(page.table, Qt.Key.Key_N)
    type_into(page, "ew name", Qt.Key.Key_Return)
    assert activity(page, DRAFT).title == "new name"


@pytest.mark.parametrize("elsewhere", ["timeline", "table", "selection"])
def test_what_is_refused_stays_where_one_goes_elsewhere(page: RoadmapPage, elsewhere: str) -> None:
    """The field, what was typed into it and the sentence are there until it is mended or given up."""
    go_to(page, DRAFT, "end")
    key(page, Qt.Key.Key_F2)
    editor = field(page)
    assert isinstance(editor, LineEditor)
    editor.selectAll()
    QTest.keyClicks(editor, "31.31.")
    if elsewhere == "timeline":
        QTest.mouseClick(
            page.body.viewport(), Qt.MouseButton.LeftButton, pos=point(page, CODE, activity(page, CODE).end or 0, -6)
        )
    elif elsewhere == "table":
        QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=cell_point(page, LAUNCH))
    else:
        page.session.select([LAUNCH], LAUNCH)
    QApplication.processEvents()
    assert editor.isVisible()
    assert editor.text() == "31.31."
    assert "31.31" in bubble(page).text()
    page.table.edit_cell(row_of(page, SKETCH), 0)  # no other field opens before
    assert field(page) is editor
    editor.selectAll()
    type_into(page, "16 nov")
    assert said(page, DRAFT, "end") == "16 Nov"
    assert activity(page, SKETCH).title == "Sketch"
    go_to(page, DRAFT, "end")
    key(page, Qt.Key.Key_F2)
    type_into(page, "nonsense", Qt.Key.Key_Escape)
    assert said(page, DRAFT, "end") == "16 Nov"


def test_escape_leaves_everything_as_it_was(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    key(page, Qt.Key.Key_F2)
    type_into(page, "Nonsense", Qt.Key.Key_Escape)
    assert activity(page, DRAFT).title == "Draft"
    assert page.session.undo_label() is None
    assert page.table.currentIndex().row() == row_of(page, DRAFT)


def test_tab_commits_and_opens_the_cell_to_the_right(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    key(page, Qt.Key.Key_F2)
    type_into(page, "Other", Qt.Key.Key_Tab)
    assert activity(page, DRAFT).title == "Other"
    assert page.table.currentIndex().column() == section_of(page, "status")
    assert isinstance(field(page), QComboBox)


def test_a_typed_date_is_understood_before_it_is_taken(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "end")
    key(page, Qt.Key.Key_F2)
    editor = field(page)
    assert isinstance(editor, LineEditor)
    QTest.keyClicks(editor, "8 jan")
    reading = bubble(page)
    assert reading.isVisible()
    assert "Fri 8 Jan 2027" in reading.text()
    assert activity(page, LAUNCH).end == instant(2026, 12, 18, 9)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert activity(page, LAUNCH).end == instant(2027, 1, 8, 9)
    assert page.session.undo()
    assert activity(page, LAUNCH).end == instant(2026, 12, 18, 9)


def test_what_is_no_date_is_said_at_the_cell_and_kept(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "end")
    key(page, Qt.Key.Key_F2)
    type_into(page, "31.31")
    editor = field(page)
    assert isinstance(editor, LineEditor)
    assert editor.text() == "31.31", "what was typed stays"
    assert "31.31" in bubble(page).text()
    assert activity(page, LAUNCH).end == instant(2026, 12, 18, 9)
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert page.session.undo_label() is None


def test_weeks_count_from_the_date_that_stands_there(page: RoadmapPage) -> None:
    go_to(page, CODE, "end")
    key(page, Qt.Key.Key_F2)
    type_into(page, "+1w")
    assert activity(page, CODE).end == instant(2026, 12, 18, 18)
    assert activity(page, BUILD).end == instant(2026, 12, 18, 18), "the parent spans its child"


def test_a_typed_start_moves_an_item_and_keeps_its_duration(page: RoadmapPage) -> None:
    go_to(page, CODE, "start")
    key(page, Qt.Key.Key_F2)
    type_into(page, "14 dec")
    assert (activity(page, CODE).start, activity(page, CODE).end) == (instant(2026, 12, 14, 9), instant(2026, 12, 18, 18))


def test_progress_and_status_go_together(page: RoadmapPage) -> None:
    go_to(page, DRAFT, "progress")
    key(page, Qt.Key.Key_F2)
    type_into(page, "100")
    item = activity(page, DRAFT)
    assert isinstance(item, WorkItem)
    assert item.progress == 100
    assert page.session.facts.group(item) is StateGroup.DONE
    assert said(page, DRAFT, "progress") == "100 %"


def test_the_status_is_chosen_from_a_list(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "status")
    key(page, Qt.Key.Key_F2)
    editor = page.table.findChild(QComboBox)
    assert editor is not None
    assert [editor.itemText(n) for n in range(editor.count())] == ["New", "In Progress", "Completed"]
    assert editor.view().isVisible(), "the list opens by itself"
    QTest.keyClick(editor.view(), Qt.Key.Key_Down)
    QTest.keyClick(editor.view(), Qt.Key.Key_Return)
    QApplication.processEvents()
    milestone = activity(page, LAUNCH)
    assert isinstance(milestone, Milestone)
    assert milestone.status is MilestoneStatus.IN_PROGRESS


def test_tags_are_separated_by_commas(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "tags")
    key(page, Qt.Key.Key_F2)
    type_into(page, "gate, demo,gate")
    assert activity(page, LAUNCH).tags == ("gate", "demo")


def test_selected_rows_take_one_edit(page: RoadmapPage) -> None:
    go_to(page, SKETCH, "tags")
    key(page, Qt.Key.Key_Down, SHIFT)
    key(page, Qt.Key.Key_F2)
    assert bubble(page).text() == "Applies to 2 rows"
    type_into(page, "one, two")
    assert all(activity(page, row_id).tags == ("one", "two") for row_id in (SKETCH, DRAFT))
    assert page.session.undo_label() == "Change tags of 2 rows"
    assert page.session.undo()
    assert activity(page, SKETCH).tags == activity(page, DRAFT).tags == ()


def test_delete_and_undo_with_children(page: RoadmapPage) -> None:
    go_to(page, DESIGN)
    key(page, Qt.Key.Key_Delete)
    assert titles(page) == ["Build", "Code", "Launch"]
    assert page.session.undo()
    assert titles(page) == ALL


def test_alt_arrows_move_and_indent(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    key(page, Qt.Key.Key_Up, ALT)
    assert titles(page)[:4] == ["Design", "Draft", "Sketch", "Ready"]
    assert page.session.current == DRAFT
    key(page, Qt.Key.Key_Down, ALT)
    assert titles(page) == ALL
    key(page, Qt.Key.Key_Right, ALT)
    assert activity(page, DRAFT).parent == SKETCH
    key(page, Qt.Key.Key_Left, ALT)
    assert activity(page, DRAFT).parent == DESIGN
    for _ in range(4):
        assert page.session.undo()
    assert titles(page) == ALL


def test_left_and_right_fold_and_unfold(page: RoadmapPage) -> None:
    go_to(page, SKETCH)
    key(page, Qt.Key.Key_Left)
    assert page.table.currentIndex().row() == row_of(page, DESIGN), "Left on a leaf goes to its parent"
    key(page, Qt.Key.Key_Left)
    assert titles(page) == ["Design", "Build", "Code", "Launch"]
    key(page, Qt.Key.Key_Right)
    assert titles(page) == ALL
    page.collapse_all()
    assert titles(page) == ["Design", "Build", "Launch"]
    page.expand_all()
    assert titles(page) == ALL


def test_a_click_on_the_triangle_folds(page: RoadmapPage) -> None:
    cell = page.table.visualRect(page.model.index(row_of(page, DESIGN), section_of(page, "title")))
    place = cell.topLeft()
    place.setX(place.x() + 16)
    place.setY(cell.center().y())
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    assert titles(page) == ["Design", "Build", "Code", "Launch"]


def test_what_follows_from_children_is_not_typed(page: RoadmapPage) -> None:
    editable = Qt.ItemFlag.ItemIsEditable
    row = row_of(page, DESIGN)
    assert page.model.flags(page.model.index(row, section_of(page, "title"))) & editable
    for column in ("status", "progress", "start", "end"):
        assert not page.model.flags(page.model.index(row, section_of(page, column))) & editable
    assert not page.model.flags(page.model.index(row_of(page, READY), section_of(page, "progress"))) & editable
