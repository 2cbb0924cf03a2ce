"""A small plan on the Roadmap page, and where things stand on it: what the tests of the page share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from milestone_desktop.desktop.bubble import Bubble
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import dress, load_fonts, load_theme
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Activity, Milestone, WorkItem
from milestone_desktop.domain.enums import MilestoneKind, StateGroup
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.projects import Calendar, Project, WorkflowState
from milestone_desktop.domain.seeds import seed_plan

NOW = datetime(2026, 11, 23, 14, 2)
DESIGN, SKETCH, DRAFT, READY, BUILD, CODE, LAUNCH = range(101, 108)


def small_plan() -> Plan:
    """Design (Sketch, Draft, Ready), Build (Code), Launch: in November and December 2026, one project."""
    plan = seed_plan()
    project = Project(100, "AUR", "Aurora", next(iter(plan.all(Calendar))).id, start=instant(2026, 11, 2, 9))
    plan.put(project)
    states = {state.group: state.id for state in plan.all(WorkflowState)}

    def item(row_id: int, title: str, parent: int | None, first: int, last: int, done: int = 0, month: int = 11) -> None:
        group = StateGroup.DONE if done == 100 else StateGroup.IN_PROGRESS if done else StateGroup.NEW
        plan.put(
            WorkItem(
                row_id, 100, title, parent, float(row_id), number=row_id, status=states[group], progress=done,
                start=instant(2026, month, first, 9), end=instant(2026, month, last, 18), duration=(last - first + 1) * 480,
            )
        )  # fmt: skip

    item(DESIGN, "Design", None, 2, 20)
    item(SKETCH, "Sketch", DESIGN, 2, 6, 100)
    item(DRAFT, "Draft", DESIGN, 9, 13, 40)
    plan.put(Milestone(READY, 100, "Ready", DESIGN, 104.0, "RDY", end=instant(2026, 11, 20, 18), kind=MilestoneKind.PROTOTYPE))
    item(BUILD, "Build", None, 7, 11, month=12)
    item(CODE, "Code", BUILD, 7, 11, month=12)
    plan.put(Milestone(LAUNCH, 100, "Launch", None, 107.0, "LCH", end=instant(2026, 12, 18, 9), tags=("go",)))
    plan.counters["id"] = 200
    plan.counters["item:100"] = 200
    return plan


def session_on(plan: Plan) -> Session:
    """A session over a plan that is kept in memory."""
    application = QApplication.instance()
    theme = load_theme("light")
    if isinstance(application, QApplication) and not application.styleSheet():
        load_fonts()
        dress(application, theme)
    session = Session(Document(MemoryStorage(plan), lambda: NOW), theme)
    session.show_project(100)
    return session


@contextmanager
def shown_page(plan: Plan | None = None, width: int = 1300, height: int = 640) -> Iterator[RoadmapPage]:
    """The Roadmap page on screen, fitted; taken down afterwards."""
    session = session_on(small_plan() if plan is None else plan)
    page = RoadmapPage(session)
    page.resize(width, height)
    page.show()
    page.enter()
    QApplication.processEvents()
    try:
        yield page
    finally:
        page.close()
        page.deleteLater()
        session.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def activity(page: RoadmapPage, row_id: int) -> Activity:
    found = page.session.plan.activity(row_id)
    assert found is not None
    return found


def titles(page: RoadmapPage) -> list[str]:
    """What stands in the Title column, from top to bottom."""
    return [page.model.cells(row).title for row in range(page.model.rowCount())]


def row_of(page: RoadmapPage, row_id: int) -> int:
    row = page.model.row_of(row_id)
    assert row is not None
    return row


def section_of(page: RoadmapPage, column: str) -> int:
    """Where a column stands, by its id."""
    section = page.model.section_of(column)
    assert section is not None
    return section


def said(page: RoadmapPage, row_id: int, column: str) -> str:
    """What a cell says."""
    return page.model.cell(row_of(page, row_id), section_of(page, column)).text


def cell_point(page: RoadmapPage, row_id: int, column: str = "title") -> QPoint:
    """The middle of a cell, in the table's viewport."""
    return page.table.visualRect(page.model.index(row_of(page, row_id), section_of(page, column))).center()


def go_to(page: RoadmapPage, row_id: int, column: str = "title") -> None:
    """Makes a cell the current one."""
    page.table.go_to(row_of(page, row_id), section_of(page, column))


def key(page: RoadmapPage, wanted: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Presses a key on the table."""
    QTest.keyClick(page.table, wanted, modifiers)
    QApplication.processEvents()


def field(page: RoadmapPage) -> QWidget:
    """The field that is open in a cell."""
    focused = QApplication.focusWidget()
    assert focused is not None
    assert page.table.isAncestorOf(focused)
    assert focused is not page.table
    return focused


def bubble(page: RoadmapPage) -> Bubble:
    """The words over the cells."""
    shown = [found for found in page.table.findChildren(Bubble) if found.isVisible()]
    assert len(shown) == 1
    return shown[0]


def type_into(page: RoadmapPage, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Types into the open field and leaves it."""
    editor = field(page)
    QTest.keyClicks(editor, text)
    QTest.keyClick(editor, end)
    QApplication.processEvents()


def point(page: RoadmapPage, row_id: int, moment: int, dx: float = 0.0) -> QPoint:
    """Where an instant stands in a row of the timeline."""
    box = page.body.row_box(row_of(page, row_id))
    return QPoint(round(page.axis.scale.x(moment) + dx), round(box.center().y()))


def drag(
    page: RoadmapPage,
    start: QPoint,
    end: QPoint,
    before_release: Callable[[], object] = lambda: None,
    button: Qt.MouseButton = Qt.MouseButton.LeftButton,
) -> None:
    """Presses, moves in three steps and releases; `before_release` is called with the button still down."""
    view, none = page.body.viewport(), Qt.KeyboardModifier.NoModifier
    QTest.mousePress(view, button, none, start)
    for step in (0.3, 0.7, 1.0):
        at = QPointF(start.x() + (end.x() - start.x()) * step, start.y() + (end.y() - start.y()) * step)
        event = QMouseEvent(QEvent.Type.MouseMove, at, view.mapToGlobal(at), Qt.MouseButton.NoButton, button, none)
        QApplication.sendEvent(view, event)
    QApplication.processEvents()
    before_release()
    QTest.mouseRelease(view, button, none, end)
    QApplication.processEvents()


def wheel(widget: QWidget, at: QPoint, turned: int, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turns the wheel over a place of a widget; 120 is one notch away from the person."""
    position = QPointF(at)
    event = QWheelEvent(
        position, QPointF(widget.mapToGlobal(at)), QPoint(), QPoint(0, turned), Qt.MouseButton.NoButton, modifiers,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
    QApplication.processEvents()
