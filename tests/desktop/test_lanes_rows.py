"""Lanes on the Roadmap page: which rows there are, and what goes where when the plan changes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lanes_desk import (
    ALT,
    CONTROL,
    ONE,
    PHASE,
    SOMEDAY,
    THREE,
    TWO,
    WIDE,
    Key,
    click,
    in_table,
    lane,
    middle,
    packed_page,
)
from PySide6.QtCore import QPoint
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from roadmap_desk import activity, bubble, drag, go_to, key, type_into, wheel

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import WorkItem

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with packed_page() as shown:
        yield shown


def test_items_share_rows_and_heads_have_their_own(page: RoadmapPage) -> None:
    assert lane(page, ONE) == ["One", "Two", "Three", "Four", "Gate"]
    assert lane(page, WIDE) == ["Wide"]
    assert lane(page, SOMEDAY) == ["Someday"]
    assert lane(page, PHASE) == ["Phase"]
    assert page.model.row_of(ONE) == (page.model.row_of(PHASE) or 0) + 1
    page.session.shown.set_packed(False)
    assert lane(page, ONE) == ["One"]


def test_the_model_keeps_its_promises(page: RoadmapPage) -> None:
    tester = QAbstractItemModelTester(page.model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    page.session.shown.set_packed(False)
    page.session.shown.set_packed(True)
    page.set_scale("year")
    page.set_scale("week")
    page.model.bring_to_front(THREE)
    page.session.shown.set_grouping(("kind",))
    page.session.shown.type("status:new")
    page.collapse_all()
    page.expand_all()
    page.session.shown.clear()
    start = middle(page, THREE)
    drag(page, start, start + QPoint(round(7 * page.axis.scale.pixels_per_day), 0))
    page.session.document.undo()
    page.session.select([ONE, THREE])
    page.session.attempt("Delete", lambda edit: activities.delete(edit, [ONE, WIDE]))
    page.session.document.undo()
    assert tester.model() is page.model


def test_what_comes_to_overlap_goes_to_another_row(page: RoadmapPage) -> None:
    start = middle(page, TWO)
    drag(page, start, start + QPoint(round(7 * page.axis.scale.pixels_per_day), 0))
    assert activity(page, TWO).start == activity(page, THREE).start
    assert lane(page, TWO) != lane(page, THREE)
    assert in_table(page) == "Two"
    assert page.table.is_selected(page.model.row_of(TWO) or 0)
    assert {"One", "Four"} < set(lane(page, TWO) + lane(page, THREE))


def test_folding_hides_a_lane_and_reveal_opens_it(page: RoadmapPage) -> None:
    row = page.model.row_of(PHASE) or 0
    count = page.model.rowCount()
    page.table.go_to(row, 0)
    key(page, Key.Key_Left)
    assert page.model.rowCount() == count - 3
    assert page.model.row_of(TWO) is None
    page.reveal(TWO)
    page.session.select([TWO])
    assert in_table(page) == "Two"
    assert page.model.rowCount() == count


def test_a_new_row_has_a_row_of_its_own_until_it_has_dates(page: RoadmapPage) -> None:
    click(page, WIDE)
    go_to(page, WIDE)
    key(page, Key.Key_Insert)
    type_into(page, "Fresh")
    key(page, Key.Key_Escape)
    fresh = next(row for row in page.session.plan.all(WorkItem) if row.title == "Fresh")
    assert fresh.parent == PHASE
    assert "Fresh" in lane(page, fresh.id)
    page.session.document.undo()
    assert page.model.row_of(fresh.id) is None


def test_rows_are_not_moved_by_hand(page: RoadmapPage) -> None:
    click(page, TWO)
    go_to(page, TWO)
    key(page, Key.Key_Up, ALT)
    assert "packed into lanes" in bubble(page).text()


def test_zooming_packs_for_the_names(page: RoadmapPage) -> None:
    at = middle(page, ONE)
    rows = page.model.rowCount()
    for _ in range(8):
        wheel(page.body.viewport(), at, -120, CONTROL)
    assert page.model.rowCount() > rows
    for _ in range(8):
        wheel(page.body.viewport(), at, 120, CONTROL)
    assert page.model.rowCount() == rows


def test_the_filter_packs_what_it_keeps(page: RoadmapPage) -> None:
    page.session.shown.type("One or Wide")
    QApplication.processEvents()
    assert lane(page, ONE) == ["One"]
    assert page.model.row_of(TWO) is None
    page.session.shown.clear()
    assert lane(page, ONE) == ["One", "Two", "Three", "Four", "Gate"]


def test_an_item_in_two_groups_is_one_thing(page: RoadmapPage) -> None:
    page.session.shown.set_grouping(("kind",))
    assert lane(page, ONE)
    click(page, TWO)
    assert page.session.selection == (TWO,)
    assert in_table(page) == "Two"
