"""Lanes under the mouse: clicks and drags mean one of those that share a row, each with undo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from lanes_desk import (
    CONTROL,
    FOUR,
    GATE,
    ONE,
    SHIFT,
    SOMEDAY,
    THREE,
    TWO,
    WIDE,
    click,
    in_table,
    lane,
    lanes_plan,
    middle,
    packed_page,
)
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from roadmap_desk import activity, drag, point, said, shown_page

from milestone_desktop.chart.hit import Part
from milestone_desktop.chart.shapes import bounds
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.instants import instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with packed_page() as shown:
        yield shown


def test_a_click_takes_one_of_a_row_in_hand_in_table_and_timeline(page: RoadmapPage) -> None:
    for row_id in (TWO, FOUR, GATE, ONE, WIDE):
        click(page, row_id)
        assert page.session.selection == (row_id,)
        assert in_table(page) == activity(page, row_id).title
        assert page.table.is_selected(page.table.currentIndex().row())
    click(page, TWO)
    assert (said(page, TWO, "title"), said(page, TWO, "start"), said(page, TWO, "end")) == ("Two", "9 Nov", "10 Nov")


def test_control_adds_and_shift_reaches_over_rows_and_time(page: RoadmapPage) -> None:
    click(page, TWO)
    click(page, FOUR, CONTROL)
    assert page.session.selection == (TWO, FOUR)
    assert in_table(page) == "Four"
    click(page, FOUR, CONTROL)
    assert page.session.selection == (TWO,)
    click(page, FOUR, SHIFT)
    assert set(page.session.selection) == {TWO, THREE, FOUR}
    assert page.session.current == FOUR


def test_only_what_is_selected_is_marked(page: RoadmapPage) -> None:
    """The ground behind bar and name; the others on the row stay as they were."""
    click(page, WIDE)

    def ground(row_id: int) -> str:
        at = middle(page, row_id)
        return page.body.grab(page.body.row_box(page.model.row_of(row_id) or 0).toRect()).toImage().pixelColor(at.x(), 3).name()

    before = {row_id: ground(row_id) for row_id in (ONE, TWO, THREE)}
    click(page, TWO)
    after = {row_id: ground(row_id) for row_id in (ONE, TWO, THREE)}
    assert [row_id for row_id in before if before[row_id] != after[row_id]] == [TWO]


def test_a_drag_moves_one_of_a_row_and_undo_takes_it_back(page: RoadmapPage) -> None:
    before = activity(page, TWO).start
    start = middle(page, TWO)
    drag(page, start, start + QPoint(round(2 * page.axis.scale.pixels_per_day), 0))
    assert activity(page, TWO).start == instant(2026, 11, 11, 9)
    assert activity(page, ONE).start == instant(2026, 11, 2, 9)
    assert lane(page, TWO) == ["One", "Two", "Three", "Four", "Gate"]
    assert page.session.selection == (TWO,)
    page.session.document.undo()
    assert activity(page, TWO).start == before


def test_edges_and_progress_are_dragged(page: RoadmapPage) -> None:
    end = activity(page, THREE).end or 0
    drag(page, point(page, THREE, end, -1), point(page, THREE, end, -1 + page.axis.scale.pixels_per_day))
    assert activity(page, THREE).end == instant(2026, 11, 18, 18)
    page.session.document.undo()
    box = page.body.row_box(page.model.row_of(WIDE) or 0)
    start, end = activity(page, WIDE).start or 0, activity(page, WIDE).end or 0
    handle = QPoint(round(page.axis.scale.x(start)), round(box.center().y() + 13))
    hit = page.body.hit_at(QPointF(handle))
    assert hit is not None
    assert hit.part is Part.PROGRESS
    drag(page, handle, QPoint(round(page.axis.scale.x((start + end) // 2)), handle.y()))
    assert 40 <= activity(page, WIDE).progress <= 60


def test_a_link_is_dragged_between_two_on_one_row(page: RoadmapPage) -> None:
    start = point(page, ONE, activity(page, ONE).end or 0, 4)
    drag(page, start, point(page, THREE, activity(page, THREE).start or 0, 8))
    made = [(row.predecessor, row.successor) for row in page.session.plan.all(Dependency)]
    assert made == [(ONE, THREE)]
    shapes = page.scenes.rows(0, 10_000).layer("links")
    assert shapes
    assert all(
        bounds(shape, page.scenes.inks.measure).top < page.body.row_box(page.model.row_of(ONE) or 0).bottom() for shape in shapes
    )
    page.session.document.undo()
    assert not list(page.session.plan.all(Dependency))


def test_dates_are_drawn_for_what_has_none(page: RoadmapPage) -> None:
    drag(page, point(page, SOMEDAY, instant(2026, 11, 4, 9)), point(page, SOMEDAY, instant(2026, 11, 5, 12)))
    assert activity(page, SOMEDAY).start == instant(2026, 11, 4, 9)
    assert "Someday" in lane(page, SOMEDAY)
    assert lane(page, SOMEDAY) != ["Someday"] or page.model.row_of(SOMEDAY) != (page.model.row_of(WIDE) or 0) + 2
    page.session.document.undo()
    assert activity(page, SOMEDAY).start is None


def test_the_menu_is_about_the_one_under_the_pointer(page: RoadmapPage) -> None:
    click(page, ONE)
    at = middle(page, THREE)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, page.body.viewport().mapToGlobal(at))
    QApplication.sendEvent(page.body.viewport(), event)
    assert page.session.selection == (THREE,)
    menu = next(menu for menu in page.body.findChildren(QMenu) if menu.isVisible())
    later = next(action for action in menu.actions() if action.text() == "A working day later")
    later.trigger()
    menu.close()
    assert activity(page, THREE).start == instant(2026, 11, 17, 9)
    assert activity(page, ONE).start == instant(2026, 11, 2, 9)


def test_a_plan_that_is_only_read_is_not_dragged(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown_page(lanes_plan(), 1500) as page:
        page.session.shown.set_packed(True)
        monkeypatch.setattr(type(page.session.document), "read_only", property(lambda _self: True))
        before = activity(page, TWO)
        start = middle(page, TWO)
        drag(page, start, start + QPoint(60, 0))
        assert activity(page, TWO) == before
        assert page.session.selection == (TWO,)
