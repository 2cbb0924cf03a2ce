"""Draws frames of the roadmap and tells how long each took: what `bench_frames` asks in a process of its own.

    python frame_runs.py ROWS

Reads the names of runs from standard input, one a line, and answers each with one line of JSON: the CPU time of every
frame in ms. The density of the screen is that of QT_SCALE_FACTOR, which Qt reads only once, when it starts.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from measure import cpu_ms

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.pages.roadmap import RoadmapPage
    from milestone_desktop.desktop.session import Session
    from milestone_desktop.domain.plan import Plan

ROOT = Path(__file__).resolve().parents[1]
NOW = datetime(2024, 3, 1, 9)
WIDTH, HEIGHT = 1920, 1080
FRAMES = 40
NOTCH = 96
"""Pixels that a notch of the wheel scrolls."""

LINKS_A_ROW = 2
ITEMS_A_MILESTONE = 20

Step = Callable[[int], None]


def big_plan(n_items: int, *, computed: bool = False) -> Plan:
    """A plan of `n_items` rows in one project, every twentieth of them a milestone, with two links a row."""
    sys.path.insert(0, str(ROOT / "tests"))
    from milestone_desktop.domain.activities import Milestone, WorkItem
    from milestone_desktop.domain.enums import ScheduleMode
    from milestone_desktop.domain.instants import MINUTES_PER_DAY, instant
    from milestone_desktop.domain.projects import Project
    from plan_factory import full_plan

    n_milestones = n_items // ITEMS_A_MILESTONE
    plan: Plan = full_plan(n_items - n_milestones, LINKS_A_ROW * n_items)
    project = next(iter(plan.all(Project)))
    items = sorted(plan.all(WorkItem), key=lambda item: item.id)
    for number in range(n_milestones):
        item = items[min(number * ITEMS_A_MILESTONE, len(items) - 1)]
        end = (item.end or 0) + MINUTES_PER_DAY
        plan.put(
            Milestone(plan.take_number("id"), project.id, f"Gate {number}", item.parent, item.order + 0.5, f"M{number}", end=end)
        )
    if computed:
        plan.put(replace(project, mode=ScheduleMode.COMPUTED, start=instant(2024, 1, 1, 8)))
    return plan


@cache
def application() -> QApplication:
    """The Qt application of this process, without a screen; it lives as long as the process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    running = QApplication.instance()
    return running if isinstance(running, QApplication) else QApplication(sys.argv[:1])


def session_on(plan: Plan) -> Session:
    """A session over a plan in memory, in a running Qt application."""
    from milestone_desktop.desktop.session import Session
    from milestone_desktop.desktop.theme import dress, load_fonts, load_theme
    from milestone_desktop.document.document import Document
    from milestone_desktop.document.storage import MemoryStorage
    from milestone_desktop.domain.projects import Project

    theme = load_theme("light")
    running = application()
    if not running.styleSheet():
        load_fonts()
        dress(running, theme)
    session = Session(Document(MemoryStorage(plan), lambda: NOW), theme)
    session.show_project(next(iter(plan.all(Project))).id)
    return session


def show_page(session: Session) -> RoadmapPage:
    """The Roadmap page on 1920 × 1080, painted once."""
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.pages.roadmap import RoadmapPage

    page = RoadmapPage(session)
    page.resize(WIDTH, HEIGHT)
    page.show()
    page.enter()
    QApplication.processEvents()
    return page


class Runs:
    """One page, and what can be done on it frame by frame."""

    def __init__(self, rows: int) -> None:
        self.session = session_on(big_plan(rows, computed=True))
        self.page = show_page(self.session)
        self.middle = len(self.page.model.ids) // 2
        self.bar = self.page.body.verticalScrollBar()

    def times(self, name: str) -> list[float]:
        """CPU ms of each frame of a run."""
        if name == "first_paint":
            return [self._first_paint()]
        self._stand()
        step, end = {
            "scroll": self._scroll, "jump": self._jump, "pan": self._pan, "zoom": self._zoom, "drag": self._drag,
        }[name]()  # fmt: skip
        found = [_timed(step, frame) for frame in range(1, FRAMES + 1)]
        end()
        return found

    def _stand(self) -> None:
        """In the middle of the plan, in weeks."""
        from PySide6.QtWidgets import QApplication

        self.page.set_scale("week")
        self.bar.setValue(self.bar.maximum() // 2)
        self.page.axis.centre(int(self.page.model.rows.end[self.middle]))
        QApplication.processEvents()

    def _scroll(self) -> tuple[Step, Callable[[], None]]:
        begin = self.bar.value()
        return lambda frame: self.bar.setValue(begin + frame * NOTCH), lambda: None

    def _jump(self) -> tuple[Step, Callable[[], None]]:
        far = max(self.bar.maximum(), 1)
        return lambda frame: self.bar.setValue(frame * 7_919 * 32 % far), lambda: None

    def _pan(self) -> tuple[Step, Callable[[], None]]:
        return lambda frame: self.page.axis.pan(48), lambda: None

    def _zoom(self) -> tuple[Step, Callable[[], None]]:
        """Out to a year and back."""
        return lambda frame: self.page.axis.zoom(0.85 if frame <= FRAMES // 2 else 1 / 0.85, WIDTH / 3), lambda: None

    def _drag(self) -> tuple[Step, Callable[[], None]]:
        """A bar dragged to and fro with everything that follows shown, and let go where it was."""
        from PySide6.QtCore import QEvent, QPointF, Qt
        from PySide6.QtGui import QMouseEvent
        from PySide6.QtWidgets import QApplication

        from milestone_desktop.chart.rows import RowKind

        body, rows = self.page.body, self.page.model.rows
        row = next(row for row in range(self.middle, len(rows)) if rows.kind_at(row) is RowKind.ITEM)
        self.page.axis.centre((int(rows.start[row]) + int(rows.end[row])) // 2)
        self.bar.setValue(max(row - 12, 0) * 32)
        QApplication.processEvents()
        middle = QPointF(body.axis.scale.x((int(rows.start[row]) + int(rows.end[row])) // 2), body.row_box(row).center().y())
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton

        def send(kind: QEvent.Type, dx: float, button: Qt.MouseButton) -> None:
            at = middle + QPointF(dx, 0)
            held = none if kind == QEvent.Type.MouseButtonRelease else left
            event = QMouseEvent(kind, at, body.viewport().mapToGlobal(at), button, held, Qt.KeyboardModifier.NoModifier)
            QApplication.sendEvent(body.viewport(), event)

        send(QEvent.Type.MouseButtonPress, 0, left)
        send(QEvent.Type.MouseMove, 30, none)
        if not body.tool.dragging:
            raise RuntimeError("the bar was not taken hold of")

        def end() -> None:
            body.tool.cancel()
            send(QEvent.Type.MouseButtonRelease, 0, left)

        return lambda frame: send(QEvent.Type.MouseMove, 30 + 9 * (frame % 20), none), end

    def _first_paint(self) -> float:
        """A page that is made and shown beside the other one, and taken down."""
        from PySide6.QtCore import QEvent
        from PySide6.QtWidgets import QApplication

        pages: list[RoadmapPage] = []
        spent = cpu_ms(lambda: pages.append(show_page(self.session)))
        pages[0].close()
        pages[0].deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return spent


def _timed(step: Step, frame: int) -> float:
    """CPU ms of a step and of all that Qt paints because of it."""
    from PySide6.QtWidgets import QApplication

    def run() -> None:
        step(frame)
        QApplication.processEvents()

    return cpu_ms(run)


def asked() -> Iterator[str]:
    """The names of the runs that are asked for."""
    for line in sys.stdin:
        yield line.strip()


def main(rows: int) -> None:
    """Answers until nothing is asked any more."""
    runs = Runs(rows)
    for name in asked():
        print(json.dumps(runs.times(name)), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
