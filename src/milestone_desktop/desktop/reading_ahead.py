"""Reading ahead: what will be asked for is read while nothing else is to be done, a little at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from milestone_desktop.domain.activities import Milestone, WorkItem
from milestone_desktop.domain.plan import Plan

WAIT = 400
"""Milliseconds after a page is shown, moved or edited until reading begins, or goes on."""

PAUSE = 15
"""Milliseconds between two steps, for whatever else comes up."""

WORTH_IT = 2_000
"""With fewer activities than this, what is asked for is read before one notices."""


class ReadingAhead(QObject):
    """Takes one step after the other, in the window's own thread and so never in the middle of an edit. While `busy`, or a
    mouse button is held down, it waits.

    step: does a few milliseconds' work, and tells whether there is more to do.
    """

    def __init__(self, plan: Plan, step: Callable[[], bool], busy: Callable[[], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._plan = plan
        self._step = step
        self._busy = busy
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    def start(self) -> None:
        """Begins in a moment, or goes on then: something has been shown, moved or edited."""
        if self._plan.count(WorkItem) + self._plan.count(Milestone) >= WORTH_IT:
            self._timer.start(WAIT)

    @property
    def waiting(self) -> bool:
        """Whether another step is to come."""
        return self._timer.isActive()

    def stop(self) -> None:
        """Reads nothing any more, until it is started again."""
        self._timer.stop()

    def _go_on(self) -> None:
        if self._busy() or QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._timer.start(WAIT)
        elif self._step():
            self._timer.start(PAUSE)
