"""Lanes in the table and by keys: a row shows one of those that share it, and what is done is done to what is selected."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from lanes_desk import (
    CONTROL,
    FOUR,
    GATE,
    LEFT,
    NONE,
    ONE,
    PHASE,
    SHIFT,
    SOMEDAY,
    THREE,
    TWO,
    WIDE,
    Key,
    click,
    lane,
    packed_page,
    press,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from roadmap_desk import activity, go_to, key, type_into

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with packed_page() as shown:
        yield shown


def test_keys_go_along_the_lane_and_to_the_nearest_above_and_below(page: RoadmapPage) -> None:
    click(page, ONE)
    for expected in (WIDE, TWO, THREE, FOUR, GATE, GATE):
        press(page, Key.Key_Right)
        assert page.session.current == expected
    press(page, Key.Key_Left)
    assert page.session.current == FOUR
    press(page, Key.Key_Down)
    assert page.session.current == WIDE
    press(page, Key.Key_Up)
    assert page.session.current == THREE  # the middle of November
    press(page, Key.Key_Up)
    assert page.session.current == PHASE
    press(page, Key.Key_Right)
    assert page.session.current == ONE


def test_keys_move_dates_and_the_frame_selects(page: RoadmapPage) -> None:
    view = page.body.viewport()
    box = page.body.row_box(page.model.row_of(ONE) or 0)
    start = QPoint(round(page.axis.scale.x(instant(2026, 11, 6))), round(box.top() + 2))
    end = QPoint(round(page.axis.scale.x(instant(2026, 11, 18))), round(box.bottom() - 2))
    QTest.mousePress(view, LEFT, SHIFT, start)
    QTest.mouseMove(view, (start + end) / 2)
    QTest.mouseMove(view, end)
    QTest.mouseRelease(view, LEFT, SHIFT, end)
    assert set(page.session.selection) == {TWO, THREE}


def test_the_table_edits_what_its_row_shows(page: RoadmapPage) -> None:
    click(page, THREE)
    go_to(page, THREE, "title")
    key(page, Key.Key_F2)
    type_into(page, "Third")
    assert activity(page, THREE).title == "Third"
    assert activity(page, ONE).title == "One"
    row = page.model.row_of(THREE) or 0
    assert page.model.cells(row).share == "3/5"
    page.session.document.undo()
    assert activity(page, THREE).title == "Three"


def test_the_count_in_the_table_goes_to_the_next(page: RoadmapPage) -> None:
    row = page.model.row_of(ONE) or 0
    first = page.model.id_at(row)
    cell = page.table.visualRect(page.model.index(row, 0))
    for expected in (TWO, THREE, FOUR, GATE, ONE):
        QTest.mouseClick(page.table.viewport(), LEFT, NONE, QPoint(cell.right() - 12, cell.center().y()))
        assert page.session.selection == (expected,)
        assert page.model.id_at(row) == expected
    assert first == ONE


def test_the_words_for_screen_readers_and_tips(page: RoadmapPage) -> None:
    index = page.model.index(page.model.row_of(TWO) or 0, 0)
    page.model.bring_to_front(TWO)
    assert page.model.data(index, Qt.ItemDataRole.AccessibleTextRole).endswith("2 of 5 on this row")
    assert page.model.data(index, Qt.ItemDataRole.ToolTipRole).split("\n") == ["One", "Two", "Three", "Four", "Gate"]
    head = page.model.index(page.model.row_of(PHASE) or 0, 0)
    assert page.model.data(head, Qt.ItemDataRole.AccessibleTextRole).endswith("6 work items, 1 milestone")


def test_all_is_selected_and_edited_together(page: RoadmapPage) -> None:
    click(page, TWO)
    page.table.setFocus()
    key(page, Key.Key_A, CONTROL)
    assert {ONE, TWO, THREE, FOUR, WIDE, SOMEDAY, GATE, PHASE} < set(page.session.selection)
    go_to(page, ONE, "tags")
    click(page, ONE)
    click(page, THREE, CONTROL)
    page.table.setFocus()
    key(page, Key.Key_F2)
    type_into(page, "both")
    assert [activity(page, row_id).tags for row_id in (ONE, TWO, THREE)] == [("both",), (), ("both",)]
    page.session.document.undo()
    assert activity(page, ONE).tags == ()


def test_a_delete_takes_what_is_selected_and_leaves_the_row(page: RoadmapPage) -> None:
    click(page, TWO)
    press(page, Key.Key_Delete)
    assert page.session.plan.activity(TWO) is None
    assert lane(page, ONE) == ["One", "Three", "Four", "Gate"]
    page.session.document.undo()
    assert lane(page, ONE) == ["One", "Two", "Three", "Four", "Gate"]


def test_selection_is_one_over_random_clicks_and_keys(page: RoadmapPage) -> None:
    dice = random.Random(5)
    dated = [ONE, TWO, THREE, FOUR, WIDE, GATE]
    for _ in range(60):
        row_id = dice.choice(dated)
        if dice.random() < 0.5:
            click(page, row_id, dice.choice((NONE, NONE, CONTROL)))
        elif dice.random() < 0.5:
            press(page, dice.choice((Key.Key_Left, Key.Key_Right, Key.Key_Up, Key.Key_Down)))
        else:
            page.table.go_to(dice.randrange(page.model.rowCount()), 0)
        session, model = page.session, page.model
        rows = {row for one in session.selection for row in model.rows_of(one)}
        selected = {row for row in range(model.rowCount()) if page.table.is_selected(row) and model.id_at(row) > 0}
        assert rows == selected
        if session.current is not None:
            assert model.id_at(model.row_of(session.current) or 0) == session.current


def copied(page: RoadmapPage, held: Qt.KeyboardModifier = CONTROL) -> list[list[str]]:
    """What Ctrl+C puts on the clipboard, as cells."""
    page.table.setFocus()
    key(page, Key.Key_C, held)
    return [line.split("\t") for line in QApplication.clipboard().text().split("\n") if line]


def test_copying_takes_every_selected_item_of_a_row_in_order_of_time(page: RoadmapPage) -> None:
    click(page, THREE)
    assert copied(page)[0][0] == "Three"
    click(page, FOUR)
    click(page, ONE, CONTROL)
    click(page, WIDE, CONTROL)
    assert [line[0] for line in copied(page)] == ["One", "Four", "Wide"]
    headed = copied(page, CONTROL | SHIFT)
    assert (headed[0][0], len(headed)) == ("Title", 4)


def test_copying_all_takes_what_shares_rows_too_and_pastes_into_a_spreadsheet(page: RoadmapPage) -> None:
    page.table.setFocus()
    go_to(page, ONE)
    key(page, Key.Key_A, CONTROL)
    lines = copied(page)
    assert {"One", "Two", "Three", "Four", "Wide", "Gate", "Someday", "Phase", "Sketch"} <= {line[0] for line in lines}
    assert (
        len(lines) == len({line[0] for line in lines}) == page.session.plan.count(WorkItem) + page.session.plan.count(Milestone)
    )
    assert len({len(line) for line in lines}) == 1
    assert not page.session.document.history.undo_labels()
