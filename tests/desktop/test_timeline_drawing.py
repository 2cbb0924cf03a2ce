"""What is drawn with the mouse in the timeline: links, bars, milestones, a frame; and how the view comes along."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from gesture_desk import CONTROL, LEFT, NONE, SHIFT, choose, dates, drag_with, edits, menu, right_click, send
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
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

from milestone_desktop.chart.shapes import Polyline
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        shown.set_scale("week")
        shown.axis.centre(instant(2026, 12, 4))
        yield shown


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


def tall_plan() -> Plan:
    """The small plan with sixty more bars below, all in the week of Code."""
    made = small_plan()
    for row_id in range(200, 260):
        made.put(replace(made[WorkItem, CODE], id=row_id, number=row_id, title=f"Bar {row_id}", parent=None, order=float(row_id)))
    return made


@pytest.mark.parametrize("keys", [NONE, SHIFT], ids=["link", "frame"])
def test_rows_scroll_along_where_a_drag_goes_from_row_to_row(qapp: QApplication, keys: Qt.KeyboardModifier) -> None:
    with shown_page(tall_plan()) as page:
        page.set_scale("week")
        page.axis.centre(instant(2026, 12, 4))
        bar, height = page.body.verticalScrollBar(), page.body.viewport().height()
        assert bar.maximum() > 0
        start = point(page, CODE, instant(2026, 12, 11, 18), 6) if keys == NONE else point(page, CODE, instant(2026, 11, 28))
        end = QPoint(point(page, CODE, instant(2026, 12, 9)).x(), height - 4)
        send(page, QEvent.Type.MouseButtonPress, start, keys)
        send(page, QEvent.Type.MouseMove, start + QPoint(0, 40), keys)
        send(page, QEvent.Type.MouseMove, end, keys)
        QTest.qWait(200)
        scrolled = bar.value()
        assert scrolled > 0
        back = end - QPoint(0, 60)
        send(page, QEvent.Type.MouseMove, back, keys)
        QTest.qWait(80)
        assert bar.value() == scrolled, "away from the edge it stays"
        row = page.body.row_at(back.y())
        assert row is not None
        send(page, QEvent.Type.MouseButtonRelease, back, keys, Qt.MouseButton.NoButton)
        if keys == NONE:
            (link,) = page.session.plan.all(Dependency)
            assert (link.predecessor, link.successor) == (CODE, page.model.id_at(row))
            page.session.document.undo()
            assert page.session.plan.count(Dependency) == 0
        else:
            caught = page.session.selection
            assert CODE in caught, "what has been scrolled out of view is in the frame"
            assert page.model.id_at(row) in caught


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
