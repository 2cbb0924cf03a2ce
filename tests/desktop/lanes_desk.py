"""A plan to be packed into lanes on the Roadmap page, and where things stand on it: what the tests of lanes share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from roadmap_desk import activity, point, shown_page, small_plan

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import WorkflowState

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


@contextmanager
def packed_page() -> Iterator[RoadmapPage]:
    """The page with its rows packed, by weeks, November in view."""
    with shown_page(lanes_plan(), 1500) as shown:
        shown.set_scale("week")
        shown.axis.show(shown.axis.scale.scrolled(shown.axis.scale.x(instant(2026, 11, 1)) - 20))
        shown.session.shown.set_packed(True)
        QApplication.processEvents()
        yield shown
