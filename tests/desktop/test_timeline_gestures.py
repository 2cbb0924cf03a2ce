"""Every gesture of the timeline, at places taken from the chart: stretch, progress, links, creating, what follows, undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from roadmap_desk import (
    BUILD,
    CODE,
    DRAFT,
    LAUNCH,
    READY,
    SKETCH,
    activity,
    drag,
    point,
    shown_page,
    small_plan,
)

from milestone_desktop.chart.hit import Part
from milestone_desktop.chart.shapes import Polyline
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, Placement, ScheduleMode
from milestone_desktop.domain.instants import Instant, instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        shown.set_scale("week")
        shown.axis.centre(instant(2026, 12, 4))
        yield shown


def computed_plan() -> Plan:
    """The small plan with dates that the scheduler makes: Sketch → Draft → Ready → Code → Launch."""
    plan = small_plan()
    plan.put(replace(plan[Project, 100], mode=ScheduleMode.COMPUTED, start=instant(2026, 10, 26, 9)))
    for number, (before, after) in enumerate(((SKETCH, DRAFT), (DRAFT, READY), (READY, CODE), (CODE, LAUNCH)), 150):
        plan.put(Dependency(number, before, after))
    for row_id in (SKETCH, DRAFT):
        item = plan[WorkItem, row_id]
        plan.put(replace(item, progress=0, status=plan[WorkItem, CODE].status, actual_start=None, actual_finish=None))
    return plan


@pytest.fixture
def computed(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page(computed_plan()) as shown:
        shown.set_scale("week")
        shown.axis.centre(instant(2026, 11, 20))
        with shown.session.edit("Schedule") as edit:  # moves everything to where it is computed to be
            edit.update(edit.plan[Project, 100], start=instant(2026, 11, 2, 9))
        yield shown


def days(page: RoadmapPage, count: float) -> int:
    return round(count * page.axis.scale.pixels_per_day)


def edits(page: RoadmapPage) -> int:
    return len(page.session.document.history.undo_labels())


def send(page: RoadmapPage, kind: QEvent.Type, at: QPoint, keys: Qt.KeyboardModifier, held: Qt.MouseButton = LEFT) -> None:
    view = page.body.viewport()
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    place = QPointF(at)
    QApplication.sendEvent(view, QMouseEvent(kind, place, view.mapToGlobal(place), button, held, keys))


def drag_with(page: RoadmapPage, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier) -> list[str]:
    """Drags with keys held down; gives the words of the tip before the release."""
    send(page, QEvent.Type.MouseButtonPress, start, keys)
    send(page, QEvent.Type.MouseMove, start + QPoint(20, 0), keys)
    send(page, QEvent.Type.MouseMove, end, keys)
    words = [] if page.body.ghost is None else [page.body.ghost.words]
    send(page, QEvent.Type.MouseButtonRelease, end, keys, Qt.MouseButton.NoButton)
    QApplication.processEvents()
    return words


def dates(page: RoadmapPage, row_id: int) -> tuple[Instant | None, Instant | None]:
    return activity(page, row_id).start, activity(page, row_id).end


def menu(page: RoadmapPage) -> dict[str, QMenu]:
    """The entries of the open menu, by their text; the menu itself beside each."""
    (opened,) = [found for found in page.body.findChildren(QMenu) if found.isVisible() and found.parent() is page.body]
    return {action.text(): opened for action in opened.actions() if action.text()}


def choose(page: RoadmapPage, text: str) -> None:
    opened = menu(page)[text]
    next(action for action in opened.actions() if action.text() == text).trigger()
    opened.close()
    QApplication.processEvents()


def right_click(page: RoadmapPage, at: QPoint) -> None:
    view = page.body.viewport()
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))


# stretching


def test_the_start_edge_changes_the_start_and_keeps_the_end(page: RoadmapPage) -> None:
    start = point(page, CODE, instant(2026, 12, 7, 9), 2)
    assert page.body.hit_at(start.toPointF()).part is Part.START_EDGE  # type: ignore[union-attr]
    drag(page, start, start + QPoint(days(page, 2), 0))
    assert dates(page, CODE) == (instant(2026, 12, 9, 9), instant(2026, 12, 11, 18))
    assert activity(page, CODE).duration == 3 * 480
    assert page.session.undo()
    assert dates(page, CODE) == (instant(2026, 12, 7, 9), instant(2026, 12, 11, 18))
    assert edits(page) == 0


def test_the_same_edge_of_every_selected_bar_goes_along(page: RoadmapPage) -> None:
    page.axis.centre(instant(2026, 11, 20))
    page.session.select([SKETCH, DRAFT])
    page.session.attempt("Reopen", lambda edit: edit.update(edit.plan[WorkItem, SKETCH], progress=10, actual_finish=None))
    start = point(page, DRAFT, instant(2026, 11, 13, 18), -2)
    drag(page, start, start + QPoint(days(page, 4), 0))
    assert activity(page, DRAFT).end == instant(2026, 11, 17, 18)
    assert activity(page, SKETCH).end == instant(2026, 11, 10, 18)
    assert page.session.undo()
    assert activity(page, DRAFT).end == instant(2026, 11, 13, 18)


# progress


def test_the_handle_below_a_bar_sets_its_progress(page: RoadmapPage) -> None:
    begin, end = instant(2026, 12, 7, 9), instant(2026, 12, 11, 18)
    start = point(page, CODE, begin) + QPoint(0, 11)
    assert page.body.hit_at(start.toPointF()).part is Part.PROGRESS  # type: ignore[union-attr]
    tips: list[str] = []
    drag(
        page, start, point(page, CODE, begin + (end - begin) * 3 // 5) + QPoint(0, 11),
        lambda: tips.append(page.body.ghost.words if page.body.ghost is not None else ""),
    )  # fmt: skip
    assert tips == ["0 % → 60 %"]
    assert activity(page, CODE).progress == 60
    assert dates(page, CODE) == (begin, end)
    assert page.session.undo()
    assert activity(page, CODE).progress == 0


# moving


def test_all_that_is_selected_moves_as_one_edit(page: RoadmapPage) -> None:
    page.session.select([CODE, LAUNCH])
    start = point(page, CODE, instant(2026, 12, 8, 12))
    drag(page, start, start + QPoint(days(page, 7), 0))
    assert activity(page, CODE).start == instant(2026, 12, 14, 9)
    assert activity(page, LAUNCH).end == instant(2026, 12, 25, 9)
    assert page.session.selection == (CODE, LAUNCH)
    assert edits(page) == 1
    assert page.session.undo()
    assert activity(page, LAUNCH).end == instant(2026, 12, 18, 9)


def test_a_click_on_one_of_many_selected_selects_it_alone(page: RoadmapPage) -> None:
    page.session.select([CODE, LAUNCH])
    QTest.mouseClick(page.body.viewport(), LEFT, NONE, point(page, CODE, instant(2026, 12, 8, 12)))
    assert page.session.selection == (CODE,)


def test_alt_moves_freely_by_the_clock(page: RoadmapPage) -> None:
    page.set_scale("day")
    page.axis.centre(instant(2026, 12, 12))
    start = point(page, CODE, instant(2026, 12, 11, 12))
    words = drag_with(page, start, start + QPoint(days(page, 1.5), 0), ALT)
    assert activity(page, CODE).start == instant(2026, 12, 8, 21)
    assert "21:00" in words[0]
    assert page.session.undo()
    assert activity(page, CODE).start == instant(2026, 12, 7, 9)


def test_what_follows_is_shown_before_the_release_and_moves_on_it(computed: RoadmapPage) -> None:
    page = computed
    begin, end = dates(page, DRAFT)
    assert begin is not None
    assert end is not None
    before = dates(page, LAUNCH)[1]
    seen: list[tuple[set[int], str]] = []

    def look() -> None:
        ghost = page.body.ghost
        assert ghost is not None
        seen.append((set(ghost.followers), ghost.more))
        assert dates(page, LAUNCH)[1] == before, "nothing is written before the release"

    start = point(page, DRAFT, (begin + end) // 2)
    drag(page, start, start + QPoint(days(page, 7), 0), look)
    followers, more = seen[0]
    assert {READY, CODE, LAUNCH, BUILD} <= followers
    assert str(len(followers)) in more
    assert (dates(page, LAUNCH)[1] or 0) > (before or 0)
    assert activity(page, DRAFT).placement is Placement.PINNED
    assert page.session.undo()
    assert dates(page, LAUNCH)[1] == before


def test_the_tip_says_what_a_bar_waits_for(computed: RoadmapPage) -> None:
    page = computed
    begin, end = dates(page, DRAFT)
    assert begin is not None
    assert end is not None
    problems: list[str] = []
    start = point(page, DRAFT, (begin + end) // 2)
    drag(
        page, start, start - QPoint(days(page, 4), 0),
        lambda: problems.append(page.body.ghost.problem if page.body.ghost is not None else ""),
    )  # fmt: skip
    assert "Sketch" in problems[0]
    assert dates(page, DRAFT) == (begin, end), "it was refused"


def test_a_pin_is_shown_and_a_click_offers_to_take_it_away(computed: RoadmapPage) -> None:
    page = computed
    begin, end = dates(page, DRAFT)
    start = point(page, DRAFT, ((begin or 0) + (end or 0)) // 2)
    drag(page, start, start + QPoint(days(page, 7), 0))
    pinned = dates(page, DRAFT)[0] or 0
    at = point(page, DRAFT, pinned) - QPoint(0, 12)
    found = page.body.hit_at(at.toPointF())
    assert found is not None
    assert found.part is Part.PIN
    QTest.mouseClick(page.body.viewport(), LEFT, NONE, at)
    choose(page, "Take the pin away")
    assert activity(page, DRAFT).placement is Placement.COMPUTED
    assert dates(page, DRAFT) == (begin, end)


# links


def test_the_type_of_a_link_is_that_of_the_ends(page: RoadmapPage) -> None:
    page.fit()
    start = point(page, DRAFT, instant(2026, 11, 9, 9), -6)
    drag(page, start, point(page, CODE, instant(2026, 12, 7, 9), 4))
    (link,) = page.session.plan.all(Dependency)
    assert (link.predecessor, link.successor, link.type) == (DRAFT, CODE, LinkType.SS)
    assert page.session.undo()
    start = point(page, DRAFT, instant(2026, 11, 13, 18), 6)
    drag(page, start, point(page, CODE, instant(2026, 12, 11, 18), -4))
    (link,) = page.session.plan.all(Dependency)
    assert link.type is LinkType.FF


def test_a_loop_is_refused_while_dragging(page: RoadmapPage) -> None:
    page.fit()
    drag(page, point(page, SKETCH, instant(2026, 11, 6, 18), 8), point(page, CODE, instant(2026, 12, 8, 12)))
    seen: list[tuple[str, bool]] = []

    def look() -> None:
        ghost = page.body.ghost
        assert ghost is not None
        seen.append((ghost.problem, ghost.changes))

    drag(page, point(page, CODE, instant(2026, 12, 11, 18), 8), point(page, SKETCH, instant(2026, 11, 4, 12)), look)
    (problem, changes) = seen[0]
    assert "Code → Sketch" in problem or "Sketch → Code" in problem
    assert not changes
    assert page.session.plan.count(Dependency) == 1


def test_a_line_is_selected_and_deleted_with_mouse_and_keys(page: RoadmapPage) -> None:
    page.fit()
    drag(page, point(page, SKETCH, instant(2026, 11, 6, 18), 8), point(page, DRAFT, instant(2026, 11, 11, 12)))
    (link,) = page.session.plan.all(Dependency)
    shapes = page.scenes.rows(0, page.body.content_height()).layer("links")
    line = next(shape for shape in shapes if shape.owner == link.id and isinstance(shape, Polyline))
    (x0, y0), (x1, y1) = line.points[1], line.points[2]
    at = QPoint(round((x0 + x1) / 2), round((y0 + y1) / 2))
    before = page.session.selection
    QTest.mouseClick(page.body.viewport(), LEFT, NONE, at)
    assert page.body.link == link.id
    assert page.session.selection == before
    QTest.keyClick(page.body, Qt.Key.Key_Delete)
    assert not page.session.plan.count(Dependency)
    assert page.session.undo()
    page.session.select([DRAFT])
    page.body.setFocus()
    QTest.keyClicks(page.body, "]")
    assert page.body.link == link.id
    assert page.body.accessibleDescription() == "Sketch → Draft, FS"
    QTest.keyClick(page.body, Qt.Key.Key_Escape)
    assert page.body.link is None
    right_click(page, at)
    choose(page, "SS start → start")
    assert page.session.plan[Dependency, link.id].type is LinkType.SS
    right_click(page, at)
    assert "Remove this dependency" in menu(page)


# creating


def test_a_bar_drawn_below_the_rows_is_a_new_item(page: RoadmapPage) -> None:
    named: list[int] = []
    page.body.made.connect(named.append)
    y = page.body.viewport().height() - 20
    start = QPoint(round(page.axis.scale.x(instant(2026, 12, 7, 10))), y)
    drag(page, start, QPoint(round(page.axis.scale.x(instant(2026, 12, 9, 16))), y))
    (made,) = named
    item = activity(page, made)
    assert isinstance(item, WorkItem)
    project = page.session.plan[Project, 100]
    assert (item.start, item.end) == (
        instant(2026, 12, 7) + project.day_start,
        instant(2026, 12, 9) + project.day_end,
    )
    assert edits(page) == 1
    assert page.session.undo()
    assert page.session.plan.activity(made) is None


def test_a_row_without_dates_gets_those_that_are_drawn(qapp: QApplication) -> None:
    plan = small_plan()
    plan.put(replace(plan[WorkItem, CODE], start=None, end=None))
    with shown_page(plan) as page:
        page.set_scale("week")
        page.axis.centre(instant(2026, 12, 4))
        drag(page, point(page, CODE, instant(2026, 12, 1, 12)), point(page, CODE, instant(2026, 12, 3, 12)))
        project = page.session.plan[Project, 100]
        assert dates(page, CODE) == (instant(2026, 12, 1) + project.day_start, instant(2026, 12, 3) + project.day_end)
        assert page.session.undo()
        assert dates(page, CODE) == (None, None)


@pytest.mark.parametrize("how", ["double click", "drag"])
def test_a_milestone_is_made_on_a_day(page: RoadmapPage, how: str) -> None:
    before = page.session.plan.count(Milestone)
    at = point(page, CODE, instant(2026, 11, 25, 12))
    if how == "drag":
        drag_with(page, at - QPoint(40, 0), at, CONTROL)
    else:
        QTest.mouseDClick(page.body.viewport(), LEFT, NONE, at)
    made = page.session.plan.activity(page.session.current)
    assert isinstance(made, Milestone)
    assert (made.end or 0) // 1440 == instant(2026, 11, 25) // 1440
    assert made.parent == BUILD
    assert page.session.undo()
    assert page.session.plan.count(Milestone) == before


def test_shift_draws_a_frame_that_selects(page: RoadmapPage) -> None:
    page.fit()
    start = point(page, READY, instant(2026, 11, 27))
    drag_with(page, start, point(page, LAUNCH, instant(2026, 12, 31)), SHIFT)
    assert page.session.selection == (BUILD, CODE, LAUNCH)


def test_empty_ground_beside_a_bar_pans(page: RoadmapPage) -> None:
    start = point(page, CODE, instant(2026, 11, 25))
    before = page.axis.scale.x(instant(2026, 12, 7))
    drag(page, start, start + QPoint(60, 0))
    assert page.axis.scale.x(instant(2026, 12, 7)) == pytest.approx(before + 60, abs=2)
    assert edits(page) == 0


def test_at_the_edge_the_view_scrolls_along(page: RoadmapPage) -> None:
    start, width = point(page, CODE, instant(2026, 12, 8, 12)), page.body.viewport().width()
    origin = page.axis.scale.origin

    def wait() -> None:
        QTest.qWait(150)

    drag(page, start, QPoint(width - 5, start.y()), wait)
    assert page.axis.scale.origin > origin
    assert (activity(page, CODE).start or 0) > instant(2026, 12, 9)


def test_a_file_that_is_only_read_is_not_edited(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    with shown_page() as page:
        monkeypatch.setattr(type(page.session.document.storage), "read_only", True)
        page.set_scale("week")
        page.axis.centre(instant(2026, 12, 4))
        before = dates(page, CODE)
        start = point(page, CODE, instant(2026, 12, 8, 12))
        drag(page, start, start + QPoint(80, 0))
        QTest.mouseDClick(page.body.viewport(), LEFT, NONE, point(page, CODE, instant(2026, 11, 25, 12)))
        assert dates(page, CODE) == before
        assert edits(page) == 0
        right_click(page, point(page, CODE, instant(2026, 12, 8, 12)))
        opened = menu(page)["Delete"]
        assert not next(entry for entry in opened.actions() if entry.text() == "Delete").isEnabled()
        opened.close()
