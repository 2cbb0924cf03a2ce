"""The timeline by the keyboard, and the ways about it: from bar to bar, dates by keys, Show, Fit, Go to date, the lane."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from roadmap_desk import CODE, DRAFT, LAUNCH, READY, SKETCH, activity, row_of, shown_page, small_plan, wheel
from window_desk import OpenDesk, press, settle

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.timeline import shown
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import instant

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

Key = Qt.Key
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown_one:
        shown_one.body.setFocus()
        yield shown_one


def key(page: RoadmapPage, wanted: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(page.body, wanted, modifiers)
    QApplication.processEvents()


def test_arrows_go_from_bar_to_bar_and_are_spoken(page: RoadmapPage) -> None:
    page.session.select([SKETCH])
    key(page, Key.Key_Down)
    assert page.session.selection == (DRAFT,)
    assert page.body.accessibleDescription().startswith("Draft, 9 Nov – 13 Nov, 40 % done")
    key(page, Key.Key_Right)
    assert page.session.selection == (101,), "the next one in time"
    key(page, Key.Key_Right)
    assert page.body.accessibleDescription().startswith("Ready, 20 Nov")
    key(page, Key.Key_Left)
    key(page, Key.Key_Left)
    assert page.session.selection == (DRAFT,)
    key(page, Key.Key_Down, SHIFT)
    assert page.session.selection == (DRAFT, READY)
    key(page, Key.Key_End)
    assert page.session.selection == (LAUNCH,)
    key(page, Key.Key_Home)
    assert page.session.selection == (101,)


def test_enter_opens_the_inspector_and_delete_deletes(page: RoadmapPage) -> None:
    opened: list[int] = []
    page.activated.connect(opened.append)
    page.session.select([CODE])
    key(page, Key.Key_Return)
    assert opened == [CODE]
    key(page, Key.Key_Delete)
    assert page.session.plan.activity(CODE) is None
    assert page.session.undo()
    assert page.session.plan.activity(CODE) is not None


def test_plus_and_minus_zoom(page: RoadmapPage) -> None:
    zoom = page.axis.scale.pixels_per_day
    QTest.keyClicks(page.body, "+")
    assert page.axis.scale.pixels_per_day > zoom
    QTest.keyClicks(page.body, "-")
    assert page.axis.scale.pixels_per_day == pytest.approx(zoom)


def test_the_menu_of_the_bar_in_hand_opens_by_the_keyboard(page: RoadmapPage) -> None:
    from PySide6.QtGui import QContextMenuEvent

    page.session.select([CODE])
    view = page.body.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), view.mapToGlobal(QPoint(0, 0)))
    QApplication.sendEvent(view, event)
    (menu,) = [found for found in page.body.findChildren(QMenu) if found.isVisible()]
    later = next(action for action in menu.actions() if action.text() == "A working day later")
    later.trigger()
    menu.close()
    assert activity(page, CODE).start == instant(2026, 12, 8, 9)
    assert page.session.undo()
    assert activity(page, CODE).start == instant(2026, 12, 7, 9)


def test_what_shows_can_be_chosen_and_is_kept(page: RoadmapPage) -> None:
    def layers() -> dict[str, int]:
        scene = page.scenes.rows(0, page.body.content_height())
        roles = [shape.role for shape in scene.shapes()]
        return {role: roles.count(role) for role in ("zigzag", "weekend", "label", "guide")}

    page.set_scale("week")
    page.session.select([READY])
    page.axis.centre(instant(2026, 11, 20))
    before = layers()
    assert before["weekend"]
    assert before["guide"]
    assert not before["zigzag"]
    page.set_shown({shown.ZIGZAG, shown.NAMES})
    after = layers()
    assert after["zigzag"]
    assert not after["weekend"]
    assert not after["guide"]
    assert after["label"] > before["label"]
    assert page.head.height() == page.scenes.header_height, "the lane is left out"
    again = RoadmapPage(page.session)
    assert again.shown == {shown.ZIGZAG, shown.NAMES}
    again.deleteLater()


def test_the_progress_line_bends_to_where_the_work_is(page: RoadmapPage) -> None:
    """Today is 23 November: Draft is 40 % done and late; Code is not due yet; Sketch is done."""
    page.set_shown({shown.ZIGZAG})
    scale = page.axis.scale
    dots = [shape for shape in page.scenes.rows(0, page.body.content_height()).layer("lines") if hasattr(shape, "radius")]
    places = sorted((dot.y + dot.height / 2, dot.x + dot.width / 2) for dot in dots)
    begin, end = instant(2026, 11, 9, 9), instant(2026, 11, 13, 18)
    assert places[0] == pytest.approx((row_of(page, DRAFT) * 32 + 16, scale.x(begin + (end - begin) * 0.4)))
    assert places[1] == pytest.approx((row_of(page, READY) * 32 + 16, scale.x(instant(2026, 11, 20, 18))))
    assert len(places) == 2


def test_fit_shows_the_selection_or_the_project(page: RoadmapPage) -> None:
    page.session.select([CODE])
    page.fit_selection()
    assert page.axis.scale.x(instant(2026, 12, 7, 9)) >= 0
    assert page.axis.scale.x(instant(2026, 12, 11, 18)) <= page.axis.width
    assert page.scale == "day"
    page.fit_project()
    assert page.axis.scale.x(instant(2026, 11, 2, 9)) >= 0
    assert page.axis.scale.x(instant(2026, 12, 18, 9)) <= page.axis.width


def test_a_typed_date_comes_to_the_middle(page: RoadmapPage) -> None:
    page.set_scale("day")
    page.jump()
    field = QApplication.focusWidget()
    assert field is page.jump_field
    QTest.keyClicks(field, "31 foo")
    QTest.keyClick(field, Key.Key_Return)
    assert field.isVisible(), "what is no date goes nowhere"
    assert "not a date" in field.accessibleDescription()
    QTest.keyClick(field, Key.Key_A, CONTROL)
    QTest.keyClicks(field, "4 dec")
    assert "4 Dec 2026" in field.accessibleDescription()
    QTest.keyClick(field, Key.Key_Return)
    assert not field.isVisible()
    assert abs(page.axis.scale.x(instant(2026, 12, 4, 12)) - page.axis.width / 2) <= 1
    origin = page.axis.scale.origin
    page.jump()
    QTest.keyClicks(page.jump_field, "1 jan")
    QTest.keyClick(page.jump_field, Key.Key_Escape)
    assert page.axis.scale.origin == origin


# the head


def test_a_double_click_on_a_month_fills_the_view_with_it(page: RoadmapPage) -> None:
    page.set_scale("month")
    page.axis.centre(instant(2026, 12, 15))
    x = round(page.axis.scale.x(instant(2026, 12, 20)))
    QTest.mouseDClick(page.head, LEFT, NONE, QPoint(x, 8))
    assert page.axis.scale.x(instant(2026, 12, 1)) == pytest.approx(24, abs=1)
    assert page.axis.scale.x(instant(2027, 1, 1)) == pytest.approx(page.axis.width - 24, abs=1)


def test_dragging_the_dates_pans_and_the_wheel_zooms(page: RoadmapPage) -> None:
    before = page.axis.scale.x(instant(2026, 12, 1))
    QTest.mousePress(page.head, LEFT, NONE, QPoint(200, 10))
    QTest.mouseMove(page.head, QPoint(260, 10))
    QTest.mouseRelease(page.head, LEFT, NONE, QPoint(260, 10))
    assert page.axis.scale.x(instant(2026, 12, 1)) == pytest.approx(before + 60, abs=1)
    at, moment = QPoint(200, 10), page.axis.scale.instant(200)
    wheel(page.head, at, 120, CONTROL)
    assert page.axis.scale.instant(200) == pytest.approx(moment, abs=20)


def test_the_lane_is_gone_along_by_keys_and_a_marker_opens_its_list(qapp: QApplication) -> None:
    plan = small_plan()
    for number in range(300, 340):
        plan.put(Milestone(number, 100, f"Crowded {number}", None, float(number), f"C{number}", end=instant(2026, 12, 1, 18)))
    with shown_page(plan) as page:
        page.head.setFocus()
        assert page.head.accessibleDescription() == "Ready, 20 Nov"
        QTest.keyClick(page.head, Key.Key_Return)
        assert page.session.selection == (READY,)
        stops = page.scenes.lane_stops()
        counted = next(number for number, stop in enumerate(stops) if len(stop.ids) > 1)
        for _step in range(counted):
            QTest.keyClick(page.head, Key.Key_Right)
        QTest.keyClick(page.head, Key.Key_Return)
        (menu,) = [found for found in page.head.findChildren(QMenu) if found.isVisible()]
        assert len(menu.actions()) == len(stops[counted].ids)
        menu.actions()[3].trigger()
        menu.close()
        assert page.session.selection == (stops[counted].ids[3],)


# the window's keys


def test_dates_move_by_keys_wherever_the_keyboard_is(desk: OpenDesk) -> None:
    desk.show("roadmap")
    with desk.window.session.edit("Add") as edit:
        from milestone_desktop.document.operations import dates, items

        item = items.create(edit, desk.window.session.project_id or 0, "A bar", duration=5 * 480)
        dates.set_start(edit, item.id, instant(2026, 12, 7, 9))
    settle()
    row = desk.item("A bar")
    desk.window.session.select([row.id])
    before = desk.edits()

    def starts_and_ends() -> tuple[int, int]:
        found = desk.item("A bar")
        return (
            (found.start or 0) // 1440 - instant(2026, 12, 7) // 1440,
            (found.end or 0) // 1440 - instant(2026, 12, 7) // 1440,
        )

    assert starts_and_ends() == (0, 4)
    press(Key.Key_Right, ALT | SHIFT)
    assert starts_and_ends() == (1, 7)
    press(Key.Key_Left, ALT | SHIFT)
    assert starts_and_ends() == (0, 4)
    press(Key.Key_Right, CONTROL | ALT | SHIFT)
    assert starts_and_ends() == (7, 11)
    press(Key.Key_Left, CONTROL | ALT | SHIFT)
    press(Key.Key_Down, ALT | SHIFT)
    assert starts_and_ends() == (0, 7)
    press(Key.Key_Up, ALT | SHIFT)
    press(Key.Key_Down, CONTROL | ALT | SHIFT)
    assert starts_and_ends() == (1, 4)
    press(Key.Key_Up, CONTROL | ALT | SHIFT)
    assert starts_and_ends() == (0, 4)
    assert desk.edits() == before + 8, "each key is one edit"
    assert desk.window.session.undo()
    assert starts_and_ends() == (1, 4)


def test_keys_pan_and_go_to_a_date(desk: OpenDesk) -> None:
    desk.show("roadmap")
    roadmap = desk.window.roadmap
    origin = roadmap.axis.scale.origin
    press(Key.Key_Right, CONTROL | SHIFT)
    assert roadmap.axis.scale.origin > origin
    press(Key.Key_Left, CONTROL | SHIFT)
    assert roadmap.axis.scale.origin == pytest.approx(origin, abs=3000)
    press(Key.Key_G, CONTROL)
    assert QApplication.focusWidget() is roadmap.jump_field
    press(Key.Key_Escape)
    desk.do("view.show.zigzag")
    assert shown.ZIGZAG in roadmap.shown
    assert desk.window.actions_["view.show.zigzag"].isChecked()
