"""Lanes on the Roadmap page: several items on a row, by mouse and keys, with table, timeline and session as one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from roadmap_desk import activity, bubble, drag, go_to, key, point, said, shown_page, small_plan, type_into, wheel
from window_desk import OpenDesk, answer, settle, type_text

from milestone_desktop.chart.hit import Part
from milestone_desktop.chart.shapes import bounds
from milestone_desktop.desktop.dialogs.save_view import SaveViewDialog
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.document.operations import activities
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import View, WorkflowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

Key, Mod = Qt.Key, Qt.KeyboardModifier
LEFT, NONE, CONTROL, SHIFT, ALT = (
    Qt.MouseButton.LeftButton, Mod.NoModifier, Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier,
)  # fmt: skip
PHASE, ONE, TWO, THREE, FOUR, WIDE, SOMEDAY, GATE = range(121, 129)


def lanes_plan() -> Plan:
    """The small plan and a phase: One, Two, Three, Four one after the other, Wide over all of them, Someday without dates, a
    gate at the end."""
    plan = small_plan()
    state = next(iter(plan.all(WorkflowState))).id

    def item(row_id: int, title: str, days: tuple[int, int] | None, parent: int | None = PHASE) -> None:
        start, end = (None, None) if days is None else (instant(2026, 11, days[0], 9), instant(2026, 11, days[1], 18))
        plan.put(
            WorkItem(row_id, 100, title, parent, float(row_id), number=row_id, status=state, start=start, end=end, duration=480)
        )

    item(PHASE, "Phase", None, None)
    for row_id, title, days in (
        (ONE, "One", (2, 3)), (TWO, "Two", (9, 10)), (THREE, "Three", (16, 17)), (FOUR, "Four", (23, 24)),
        (WIDE, "Wide", (2, 27)), (SOMEDAY, "Someday", None),
    ):  # fmt: skip
        item(row_id, title, days)
    plan.put(Milestone(GATE, 100, "Gate", PHASE, float(GATE), "GTE", end=instant(2026, 12, 1, 18)))
    plan.counters["id"] = 300
    return plan


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page(lanes_plan(), 1500) as shown:
        shown.set_scale("week")
        shown.axis.show(shown.axis.scale.scrolled(shown.axis.scale.x(instant(2026, 11, 1)) - 20))
        shown.session.shown.set_packed(True)
        QApplication.processEvents()
        yield shown


def lane(page: RoadmapPage, row_id: int) -> list[str]:
    """The titles on the row of an activity."""
    row = page.model.row_of(row_id)
    assert row is not None
    return [activity(page, one).title for one in page.model.shared_by(row)]


def middle(page: RoadmapPage, row_id: int) -> QPoint:
    """The middle of a bar or mark."""
    row = activity(page, row_id)
    end = row.end or 0
    return point(page, row_id, end if isinstance(row, Milestone) or row.start is None else (row.start + end) // 2)


def click(page: RoadmapPage, row_id: int, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(page.body.viewport(), LEFT, held, middle(page, row_id))
    QApplication.processEvents()


def press(page: RoadmapPage, wanted: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """A key on the timeline."""
    page.body.setFocus()
    QTest.keyClick(page.body, wanted, held)
    QApplication.processEvents()


def in_table(page: RoadmapPage) -> str:
    """The title that the row in hand of the table shows."""
    return page.model.cells(page.table.currentIndex().row()).title


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


def test_what_comes_to_overlap_goes_to_another_row(page: RoadmapPage) -> None:
    start = middle(page, TWO)
    drag(page, start, start + QPoint(round(7 * page.axis.scale.pixels_per_day), 0))
    assert activity(page, TWO).start == activity(page, THREE).start
    assert lane(page, TWO) != lane(page, THREE)
    assert in_table(page) == "Two"
    assert page.table.is_selected(page.model.row_of(TWO) or 0)
    assert {"One", "Four"} < set(lane(page, TWO) + lane(page, THREE))


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


def test_the_filter_packs_what_it_keeps(page: RoadmapPage) -> None:
    page.session.shown.type("One or Wide")
    QApplication.processEvents()
    assert lane(page, ONE) == ["One"]
    assert page.model.row_of(TWO) is None
    page.session.shown.clear()
    assert lane(page, ONE) == ["One", "Two", "Three", "Four", "Gate"]


def test_a_plan_that_is_only_read_is_not_dragged(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown_page(lanes_plan(), 1500) as page:
        page.session.shown.set_packed(True)
        monkeypatch.setattr(type(page.session.document), "read_only", property(lambda _self: True))
        before = activity(page, TWO)
        start = middle(page, TWO)
        drag(page, start, start + QPoint(60, 0))
        assert activity(page, TWO) == before
        assert page.session.selection == (TWO,)


def test_an_item_in_two_groups_is_one_thing(page: RoadmapPage) -> None:
    page.session.shown.set_grouping(("kind",))
    assert lane(page, ONE)
    click(page, TWO)
    assert page.session.selection == (TWO,)
    assert in_table(page) == "Two"


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


# in the window


def test_lanes_are_switched_by_key_and_kept_in_a_saved_view(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    assert not window.actions_["group.next"].isEnabled()
    rows = window.roadmap.model.rowCount()
    QTest.keyClick(window, Key.Key_J, CONTROL)
    settle()
    assert window.roadmap.model.packed
    assert window.actions_["group.lanes"].isChecked()
    assert window.roadmap.model.rowCount() <= rows

    def give_name(dialog: QDialog) -> None:
        assert isinstance(dialog, SaveViewDialog)
        type_text(dialog.name, "Lanes")
        dialog.accept()

    answer(give_name)
    desk.do("saved.save")
    desk.do("saved.leave")
    assert not window.roadmap.model.packed
    key_of = f"own:{next(view.id for view in desk.plan.all(View) if view.name == 'Lanes')}"
    window.show_view(key_of)
    settle()
    assert window.roadmap.model.packed
    desk.do("group.lanes")
    assert not window.roadmap.model.packed


def test_a_project_is_packed_as_it_was_left(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    desk.do("group.lanes")
    project = window.session.project_id
    window.session.show_project(None)
    assert not window.session.shown.packed
    window.session.show_project(project)
    settle()
    assert window.roadmap.model.packed
    window.session.shown.leave()
    assert window.session.kept(f"shown in project {project}")["lanes"] is True


def test_the_row_is_stepped_through_by_key(desk: OpenDesk) -> None:
    window = desk.window
    desk.show("roadmap")
    window.session.shown.set_grouping(("kind",))
    desk.do("group.lanes")
    window.roadmap.set_scale("day")
    settle()
    model = window.roadmap.model
    row = next(row for row in range(model.rowCount()) if len(model.shared_by(row)) > 2)
    window.session.select([model.id_at(row)])
    ids = model.shared_by(model.row_of(model.id_at(row)) or 0)
    at = ids.index(window.session.current or 0)
    QTest.keyClick(window.roadmap.table, Key.Key_PageDown, ALT)
    settle()
    assert window.session.current == ids[(at + 1) % len(ids)]
    QTest.keyClick(window.roadmap.table, Key.Key_PageUp, ALT)
    QTest.keyClick(window.roadmap.table, Key.Key_PageUp, ALT)
    settle()
    assert window.session.current == ids[(at - 1) % len(ids)]
