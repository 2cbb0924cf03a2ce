"""Each gesture of the timeline in one table: what it does is one edit that undo takes back, Escape leaves everything as it was
while the button is still down, and the cursor says what a drag would do and does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from gesture_desk import ALT, CONTROL, NONE, SHIFT, days, edits, send
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from roadmap_desk import BUILD, CODE, DRAFT, LAUNCH, READY, activity, point, row_of, shown_page, small_plan

from milestone_desktop.chart.hit import Part
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.timeline.tool import CURSORS
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import WorkflowState

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

NO_BUTTON = Qt.MouseButton.NoButton
Shape = Qt.CursorShape
SOMEDAY = 120


def plan() -> Plan:
    """The small plan, with an item that has no dates."""
    made = small_plan()
    state = next(iter(made.all(WorkflowState))).id
    made.put(WorkItem(SOMEDAY, 100, "Someday", None, 120.0, number=120, status=state, duration=480))
    return made


@pytest.fixture(params=["rows", "lanes"])
def page(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[RoadmapPage]:
    with shown_page(plan()) as shown:
        shown.set_scale("week")
        shown.axis.centre(instant(2026, 12, 1))
        shown.session.shown.set_packed(request.param == "lanes")
        QApplication.processEvents()
        yield shown


Places = Callable[[RoadmapPage], tuple[QPoint, QPoint]]


@dataclass(frozen=True)
class Drag:
    """From where to where, with which keys held down; over: the cursor before the press, during: while dragging; selects:
    it changes the selection and no date."""

    name: str
    places: Places
    over: Qt.CursorShape
    during: Qt.CursorShape
    keys: Qt.KeyboardModifier = NONE
    part: Part | None = None
    chosen: tuple[int, ...] = ()
    selects: bool = False


def along(row_id: int, moment: int, by: float, dx: int = 0, dy: int = 0) -> Places:
    """From an instant in a row by some days; dx, dy: px beside it."""

    def places(page: RoadmapPage) -> tuple[QPoint, QPoint]:
        start = point(page, row_id, moment, dx) + QPoint(0, dy)
        return start, start + QPoint(days(page, by), 0)

    return places


def between(one: tuple[int, int, int], other: tuple[int, int, int]) -> Places:
    """From a row to another, each as (id, instant, px beside it)."""
    return lambda page: (point(page, *one), point(page, *other))


def grip(page: RoadmapPage) -> tuple[QPoint, QPoint]:
    """The handle below the progress of the first bar that has some."""
    row = activity(page, DRAFT)
    assert row.start is not None
    assert row.end is not None
    start = point(page, DRAFT, row.start + round((row.end - row.start) * 0.4))
    for dy in range(3, 16):
        hit = page.body.hit_at((start + QPoint(0, dy)).toPointF())
        if hit is not None and hit.part is Part.PROGRESS:
            return start + QPoint(0, dy), start + QPoint(days(page, 2), dy)
    raise AssertionError("there is no handle")


def below_all(page: RoadmapPage) -> tuple[QPoint, QPoint]:
    box = page.body.row_box(len(page.model.ids) - 1)
    start = QPoint(round(page.axis.scale.x(instant(2026, 12, 1, 9))), round(box.bottom()) + 20)
    return start, start + QPoint(days(page, 4), 0)


NOON = 12
CODE_MIDDLE = instant(2026, 12, 8, NOON)
DRAGS = (
    Drag("a bar", along(CODE, CODE_MIDDLE, 7), Shape.OpenHandCursor, Shape.ClosedHandCursor, part=Part.BODY),
    Drag("a diamond", along(LAUNCH, instant(2026, 12, 18, 9), 5), Shape.OpenHandCursor, Shape.ClosedHandCursor, part=Part.BODY),
    Drag("a bracket", along(BUILD, CODE_MIDDLE, 7, dy=-4), Shape.OpenHandCursor, Shape.ClosedHandCursor, part=Part.BODY),
    Drag("several", along(CODE, CODE_MIDDLE, 7), Shape.OpenHandCursor, Shape.ClosedHandCursor, chosen=(LAUNCH, CODE)),
    Drag("a bar freely", along(CODE, CODE_MIDDLE, 7), Shape.OpenHandCursor, Shape.ClosedHandCursor, ALT),
    Drag("a start", along(CODE, instant(2026, 12, 7, 9), 2, 2), Shape.SizeHorCursor, Shape.SizeHorCursor, part=Part.START_EDGE),
    Drag("an end", along(CODE, instant(2026, 12, 11, 18), 4, -2), Shape.SizeHorCursor, Shape.SizeHorCursor, part=Part.END_EDGE),
    Drag("an end freely", along(CODE, instant(2026, 12, 11, 18), 4, -2), Shape.SizeHorCursor, Shape.SizeHorCursor, ALT),
    Drag("progress", grip, Shape.SplitHCursor, Shape.SplitHCursor, part=Part.PROGRESS),
    Drag("a link from an end", between((CODE, instant(2026, 12, 11, 18), 6), (LAUNCH, instant(2026, 12, 18, 9), 0)),
         Shape.CrossCursor, Shape.CrossCursor, part=Part.LINK_END),
    Drag("a link from a start", between((CODE, instant(2026, 12, 7, 9), -6), (LAUNCH, instant(2026, 12, 18, 9), 0)),
         Shape.CrossCursor, Shape.CrossCursor, part=Part.LINK_START),
    Drag("a new bar", below_all, Shape.ArrowCursor, Shape.CrossCursor),
    Drag("dates of a row", along(SOMEDAY, instant(2026, 12, 2, 9), 3), Shape.ArrowCursor, Shape.CrossCursor),
    Drag("a new milestone", along(LAUNCH, instant(2026, 11, 25, NOON), 3), Shape.ArrowCursor, Shape.CrossCursor, CONTROL),
    Drag("a frame", between((READY, instant(2026, 11, 26), 0), (LAUNCH, instant(2026, 12, 20), 0)), Shape.ArrowCursor,
         Shape.CrossCursor, SHIFT, selects=True),
)  # fmt: skip
named = pytest.mark.parametrize("drag", DRAGS, ids=[drag.name for drag in DRAGS])


def state(page: RoadmapPage) -> dict[object, object]:
    """All that gestures can change in the plan."""
    return {(kind, row.id): row for kind in (WorkItem, Milestone, Dependency) for row in page.session.plan.all(kind)}


def begin(page: RoadmapPage, drag: Drag) -> QPoint:
    """Presses and drags; gives where the pointer is then, with the button still down."""
    page.session.select(drag.chosen)
    page.body.axis.centre(instant(2026, 12, 1))
    QApplication.processEvents()
    start, end = drag.places(page)
    assert page.body.viewport().rect().contains(start)
    send(page, QEvent.Type.MouseMove, start, drag.keys, NO_BUTTON)
    assert page.body.viewport().cursor().shape() == drag.over
    hit = page.body.hit_at(start.toPointF())
    assert drag.part is None or (hit is not None and hit.part is drag.part)
    send(page, QEvent.Type.MouseButtonPress, start, drag.keys)
    for step in (0.4, 0.8, 1.0):
        send(page, QEvent.Type.MouseMove, start + (end - start) * step, drag.keys)
    assert page.body.tool.dragging
    assert page.body.ghost is not None
    assert page.body.ghost.changes
    assert page.body.viewport().cursor().shape() == drag.during
    page.body.viewport().grab()
    return end


@named
def test_a_drag_is_one_edit_and_undo_takes_it_back(page: RoadmapPage, drag: Drag) -> None:
    before, done = state(page), edits(page)
    end = begin(page, drag)
    assert state(page) == before, "nothing happens before the release"
    send(page, QEvent.Type.MouseButtonRelease, end, drag.keys, NO_BUTTON)
    QTest.keyClick(QApplication.focusWidget() or page.body, Qt.Key.Key_Escape)  # leaves the title of a new row
    assert not page.body.tool.dragging
    assert page.body.ghost is None
    if drag.selects:
        assert LAUNCH in page.session.selection
        assert page.model.packed or {CODE, LAUNCH} <= set(page.session.selection)
        assert state(page) == before
        return
    assert state(page) != before
    assert edits(page) == done + 1
    after = state(page)
    page.session.document.undo()
    assert state(page) == before
    page.session.document.redo()
    assert state(page) == after


@named
def test_escape_takes_each_drag_back_while_the_button_is_down(page: RoadmapPage, drag: Drag) -> None:
    before, done = state(page), edits(page)
    end = begin(page, drag)
    chosen = page.session.selection
    QTest.keyClick(page.body, Qt.Key.Key_Escape)
    assert page.body.ghost is None
    assert not page.body.tool.dragging
    send(page, QEvent.Type.MouseMove, end + QPoint(30, 4), drag.keys)
    assert page.body.ghost is None, "what was taken back does not begin anew"
    send(page, QEvent.Type.MouseButtonRelease, end + QPoint(30, 4), drag.keys, NO_BUTTON)
    assert (state(page), edits(page), page.session.selection) == (before, done, chosen)
    hit = page.body.hit_at((end + QPoint(30, 4)).toPointF())
    assert page.body.viewport().cursor().shape() == (
        Shape.ArrowCursor if hit is None else CURSORS.get(hit.part, Shape.ArrowCursor)
    )


def test_a_refused_link_shows_it_by_the_cursor(page: RoadmapPage) -> None:
    """Launch waits for Code, so that Code cannot wait for Launch."""
    page.session.attempt("Link", lambda edit: edit.add(Dependency(edit.new_id(), CODE, LAUNCH)))
    QApplication.processEvents()
    start = point(page, LAUNCH, instant(2026, 12, 18, 9), 13)
    send(page, QEvent.Type.MouseMove, start, NONE, NO_BUTTON)
    send(page, QEvent.Type.MouseButtonPress, start, NONE)
    for dx in (15, 0):
        send(page, QEvent.Type.MouseMove, point(page, CODE, CODE_MIDDLE, dx), NONE)
    assert page.body.ghost is not None
    assert page.body.ghost.problem
    assert page.body.viewport().cursor().shape() == Shape.ForbiddenCursor
    QTest.keyClick(page.body, Qt.Key.Key_Escape)
    assert row_of(page, CODE) is not None
    assert len(list(page.session.plan.all(Dependency))) == 1


def test_escape_ends_panning_where_one_is(page: RoadmapPage) -> None:
    start = point(page, CODE, instant(2026, 11, 25))
    send(page, QEvent.Type.MouseButtonPress, start, NONE)
    send(page, QEvent.Type.MouseMove, start + QPoint(40, 0), NONE)
    assert page.body.viewport().cursor().shape() == Shape.ClosedHandCursor
    QTest.keyClick(page.body, Qt.Key.Key_Escape)
    origin = page.axis.scale.origin
    send(page, QEvent.Type.MouseMove, start + QPoint(90, 0), NONE)
    assert page.axis.scale.origin == origin
    send(page, QEvent.Type.MouseButtonRelease, start + QPoint(90, 0), NONE, NO_BUTTON)
    assert page.body.viewport().cursor().shape() != Shape.ClosedHandCursor
