"""Dates and progress by the mouse, at places taken from the chart: stretch, move, many at once, what follows, pins, undo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from gesture_desk import ALT, LEFT, NONE, choose, dates, days, drag_with, edits
from PySide6.QtCore import QPoint, Qt
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
    shown_page,
    small_plan,
)

from milestone_desktop.chart.hit import Part
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Dependency, WorkItem
from milestone_desktop.domain.enums import ConstraintType, Placement, ScheduleMode
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


# what is completed


def test_what_is_completed_stays_and_says_so(page: RoadmapPage) -> None:
    for row_id, moment in ((READY, instant(2026, 11, 20, 18)), (SKETCH, instant(2026, 11, 4))):
        row = activity(page, row_id)
        page.session.plan.put(replace(row, actual_start=row.start, actual_finish=row.end))
        page.axis.centre(moment)
        before, told = dates(page, row_id), []
        start = point(page, row_id, moment)
        drag(page, start, start + QPoint(days(page, 4), 0), lambda told=told: told.append(page.body.ghost))
        assert [(ghost.words, ghost.changes) for ghost in told] == [(f"“{row.title}” is completed, so its dates stay", False)]
        assert dates(page, row_id) == before
    assert edits(page) == 0


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
    assert problems == ["It waits for “Sketch”: not before 9 Nov"], "the day on which its work can begin"
    assert dates(page, DRAFT) == (begin, end), "it was refused"


def test_the_tip_and_the_cursor_say_that_what_is_above_a_bar_holds_it(computed: RoadmapPage) -> None:
    page = computed
    held = {"constraint": ConstraintType.SNET, "constraint_date": instant(2026, 11, 9, 9)}
    page.session.attempt("Hold", lambda edit: edit.update(activity(page, DESIGN), **held))
    begin, end = dates(page, SKETCH)
    assert begin == instant(2026, 11, 9, 9)
    start = point(page, SKETCH, (begin + (end or 0)) // 2)
    told: list[tuple[str, Qt.CursorShape]] = []

    def look() -> None:
        assert page.body.ghost is not None
        told.append((page.body.ghost.problem, page.body.viewport().cursor().shape()))

    drag(page, start, start - QPoint(days(page, 7), 0), look)
    assert told == [("“Design” above it is not to begin before 9 Nov", Qt.CursorShape.ForbiddenCursor)]
    assert dates(page, SKETCH) == (begin, end)


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
