"""The mouse in the timeline, at places taken from the chart's own scale: each drag is one edit, Escape takes it back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from roadmap_desk import (
    BUILD,
    CODE,
    DESIGN,
    DRAFT,
    LAUNCH,
    READY,
    SKETCH,
    activity,
    drag,
    point,
    row_of,
    shown_page,
    small_plan,
    titles,
    wheel,
)  # fmt: skip

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Dependency
from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


def days(page: RoadmapPage, count: float) -> int:
    return round(count * page.axis.scale.pixels_per_day)


def test_dragging_a_bar_moves_it_by_working_days(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, CODE, instant(2026, 12, 8, 12))
    tips: list[str] = []

    def look() -> None:
        assert page.body.ghost is not None
        tips.append(page.body.ghost.words)
        assert activity(page, CODE).start == instant(2026, 12, 7, 9), "nothing is written before the release"

    drag(page, start, start + QPoint(days(page, 2), 0), look)
    assert (activity(page, CODE).start, activity(page, CODE).end) == (instant(2026, 12, 9, 9), instant(2026, 12, 15, 18))
    assert activity(page, BUILD).end == instant(2026, 12, 15, 18)
    assert tips == ["7 Dec – 11 Dec → 9 Dec – 15 Dec, +2 wd"]
    assert page.body.ghost is None
    assert page.session.undo()
    assert activity(page, CODE).start == instant(2026, 12, 7, 9)
    assert page.session.undo_label() is None, "the drag was one edit"


def test_a_drag_onto_a_weekend_snaps_to_the_working_day_before(page: RoadmapPage) -> None:
    page.set_scale("week")
    page.axis.centre(instant(2026, 12, 18))
    start = point(page, LAUNCH, instant(2026, 12, 18, 9))
    drag(page, start, start + QPoint(days(page, 2), 0))
    assert activity(page, LAUNCH).end == instant(2026, 12, 18, 9)
    drag(page, start, start + QPoint(days(page, 3), 0))
    assert activity(page, LAUNCH).end == instant(2026, 12, 21, 9)


def test_dragging_a_diamond_moves_the_milestone(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, READY, instant(2026, 11, 20, 18))
    drag(page, start, start - QPoint(days(page, 2), 0))
    assert activity(page, READY).end == instant(2026, 11, 18, 18)
    assert page.session.undo()
    assert activity(page, READY).end == instant(2026, 11, 20, 18)


def test_dragging_the_end_changes_the_end_alone(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, CODE, instant(2026, 12, 11, 18), -2)
    drag(page, start, start + QPoint(days(page, 4), 0))
    assert (activity(page, CODE).start, activity(page, CODE).end) == (instant(2026, 12, 7, 9), instant(2026, 12, 15, 18))
    assert page.session.undo()
    assert activity(page, CODE).end == instant(2026, 12, 11, 18)


def test_an_end_is_never_dragged_before_its_start(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, CODE, instant(2026, 12, 11, 18), -2)
    drag(page, start, start - QPoint(days(page, 30), 0))
    assert (activity(page, CODE).start, activity(page, CODE).end) == (instant(2026, 12, 7, 9), instant(2026, 12, 7, 18))


def test_escape_takes_a_drag_back(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, CODE, instant(2026, 12, 8, 12))

    def escape() -> None:
        assert page.body.tool.dragging
        QTest.keyClick(page.body, Qt.Key.Key_Escape)
        assert page.body.ghost is None

    drag(page, start, start + QPoint(days(page, 7), 0), escape)
    assert activity(page, CODE).start == instant(2026, 12, 7, 9)
    assert page.session.undo_label() is None


def test_a_press_that_does_not_leave_its_place_moves_nothing(page: RoadmapPage) -> None:
    start = point(page, CODE, instant(2026, 12, 8, 12))
    drag(page, start, start + QPoint(2, 1))
    assert page.session.undo_label() is None
    assert page.session.selection == (CODE,)


def test_dragging_from_a_handle_links(page: RoadmapPage) -> None:
    start = point(page, SKETCH, instant(2026, 11, 6, 18), 8)
    drag(page, start, point(page, CODE, instant(2026, 12, 8, 12)))
    (link,) = page.session.plan.all(Dependency)
    assert (link.predecessor, link.successor) == (SKETCH, CODE)
    assert page.session.undo()
    assert not page.session.plan.count(Dependency)


def test_a_loop_is_refused_and_named(page: RoadmapPage) -> None:
    heard: list[str] = []
    page.session.failed.connect(heard.append)
    drag(page, point(page, SKETCH, instant(2026, 11, 6, 18), 8), point(page, CODE, instant(2026, 12, 8, 12)))
    drag(page, point(page, CODE, instant(2026, 12, 11, 18), 8), point(page, SKETCH, instant(2026, 11, 4, 12)))
    assert page.session.plan.count(Dependency) == 1
    assert any("Sketch" in words and "Code" in words for words in heard)


def test_a_link_dropped_on_nothing_is_none(page: RoadmapPage) -> None:
    start = point(page, SKETCH, instant(2026, 11, 6, 18), 8)
    drag(page, start, QPoint(start.x() + 40, page.body.viewport().height() - 4))
    assert not page.session.plan.count(Dependency)


def test_clicks_select_with_control_and_shift(page: RoadmapPage) -> None:
    view = page.body.viewport()
    blank = instant(2026, 12, 29)
    QTest.mouseClick(view, LEFT, NONE, point(page, SKETCH, blank))
    assert page.session.selection == (SKETCH,)
    QTest.mouseClick(view, LEFT, CONTROL, point(page, READY, blank))
    assert page.session.selection == (SKETCH, READY)
    QTest.mouseClick(view, LEFT, NONE, point(page, DRAFT, blank))
    QTest.mouseClick(view, LEFT, SHIFT, point(page, CODE, blank))
    assert page.session.selection == (DRAFT, READY, BUILD, CODE)
    assert page.body.selected == [(2, 5)], "the table and the timeline share the selection, kept as ranges"


def test_a_double_click_opens_the_inspector(page: RoadmapPage) -> None:
    opened: list[int] = []
    page.activated.connect(opened.append)
    QTest.mouseDClick(page.body.viewport(), LEFT, NONE, point(page, LAUNCH, instant(2026, 12, 18, 9)))
    assert opened == [LAUNCH]


def test_dragging_a_summary_moves_what_is_below_it(page: RoadmapPage) -> None:
    page.set_scale("week")
    start = point(page, DESIGN, instant(2026, 11, 10, 12))
    drag(page, start, start + QPoint(days(page, 7), 0))
    assert activity(page, DRAFT).start == instant(2026, 11, 16, 9)
    assert activity(page, READY).end == instant(2026, 11, 27, 18)
    assert activity(page, SKETCH).start == instant(2026, 11, 9, 9)


# the view


def test_control_wheel_zooms_about_the_pointer(page: RoadmapPage) -> None:
    at = QPoint(200, 40)
    before = page.body.instant_at(at.x())
    zoom = page.axis.scale.pixels_per_day
    wheel(page.body.viewport(), at, 120, CONTROL)
    assert page.axis.scale.pixels_per_day > zoom
    assert abs(page.body.instant_at(at.x()) - before) < 30
    wheel(page.body.viewport(), at, -120, CONTROL)
    assert page.axis.scale.pixels_per_day == pytest.approx(zoom)


@pytest.mark.parametrize("value", [0.2, -0.2])
def test_two_fingers_zoom_about_the_place_between_them(page: RoadmapPage, value: float) -> None:
    view, x = page.body.viewport(), 300.0
    before, zoom = page.axis.scale.instant(x), page.axis.scale.pixels_per_day
    place = QPointF(x, 80)
    event = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2, place, place,
        QPointF(view.mapToGlobal(place)), value, QPointF(),
    )  # fmt: skip
    QApplication.sendEvent(view, event)
    assert page.axis.scale.pixels_per_day == pytest.approx(zoom * (1 + value))
    assert page.axis.scale.instant(x) == pytest.approx(before, abs=2)


def test_small_turns_of_the_wheel_zoom_by_little(page: RoadmapPage) -> None:
    zoom = page.axis.scale.pixels_per_day
    for _turn in range(8):
        wheel(page.body.viewport(), QPoint(300, 80), 15, CONTROL)
    assert page.axis.scale.pixels_per_day == pytest.approx(zoom * 1.25, rel=1e-6), "eight of them are one notch"


def test_the_view_stays_where_it_is_when_the_scale_changes(page: RoadmapPage) -> None:
    middle = page.axis.width / 2
    before = page.body.instant_at(middle)
    for name in ("day", "week", "quarter", "year", "month"):
        page.set_scale(name)
        assert page.scale == name
        assert abs(page.body.instant_at(middle) - before) < MINUTES_PER_DAY


def test_shift_wheel_and_the_middle_button_pan(page: RoadmapPage) -> None:
    origin = page.axis.scale.origin
    wheel(page.body.viewport(), QPoint(200, 40), -120, SHIFT)
    assert page.axis.scale.origin > origin
    origin = page.axis.scale.origin
    drag(page, QPoint(300, 60), QPoint(200, 60), button=Qt.MouseButton.MiddleButton)
    moved = (page.axis.scale.origin - origin) * page.axis.scale.pixels_per_day / MINUTES_PER_DAY
    assert moved == pytest.approx(100, abs=2)


def test_today_comes_to_the_middle(page: RoadmapPage) -> None:
    page.set_scale("day")
    page.axis.pan(9000)
    page.go_to_today()
    assert abs(page.axis.scale.x(instant(2026, 11, 23, 12)) - page.axis.width / 2) <= 1


def test_fit_shows_the_whole_plan(page: RoadmapPage) -> None:
    page.set_scale("day")
    page.fit()
    assert page.axis.scale.x(instant(2026, 11, 2, 9)) >= 0
    assert page.axis.scale.x(instant(2026, 12, 18, 9)) <= page.axis.width


def test_one_vertical_scroll_bar_moves_both_sides(qapp: QApplication) -> None:
    with shown_page(small_plan(), height=260) as page:
        bar = page.body.verticalScrollBar()
        assert bar.maximum() == page.table.verticalScrollBar().maximum() > 0
        wheel(page.body.viewport(), QPoint(200, 40), -120)
        assert page.table.verticalScrollBar().value() == bar.value() > 0
        wheel(page.table.viewport(), QPoint(100, 40), 120)
        assert page.table.verticalScrollBar().value() == bar.value() == 0
        cell = page.table.visualRect(page.model.index(row_of(page, DRAFT), 0))
        assert (
            page.table.viewport().mapTo(page, cell.topLeft()).y()
            == page.body.viewport().mapTo(page, page.body.row_box(row_of(page, DRAFT)).topLeft().toPoint()).y()
        ), "rows stand level on both sides"


def test_a_milestone_of_the_lane_is_found(page: RoadmapPage) -> None:
    page.collapse_all()
    x = round(page.axis.scale.x(instant(2026, 11, 20, 18)))
    heights = range(page.scenes.header_height, page.head.height())
    y = next(y for y in heights if page.scenes.lane_ids_at(QPoint(x, y).toPointF()) == (READY,))
    QTest.mouseClick(page.head, LEFT, NONE, QPoint(x, y))
    assert page.session.selection == (READY,)
    assert "Ready" in titles(page), "its parent was opened"
