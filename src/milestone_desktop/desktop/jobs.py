"""Long work beside the window: on another thread, over a snapshot, with a way to cancel. It never touches the document."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtWidgets import QProgressDialog, QWidget

from milestone_desktop.desktop.words import _

log = logging.getLogger(__name__)

QUIET_MS = 800
"""How long work may take before a progress dialog comes up."""


class Job(QObject):
    """One piece of work under way.

    finished: its result; failed: the exception that ended it. Neither comes after `cancel`. over: it has ended, however.
    """

    finished = Signal(object)
    failed = Signal(object)
    over = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._cancelled = Event()

    @property
    def cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Nothing more is heard of the work; what it still does is thrown away."""
        self._cancelled.set()


class _Work(QRunnable):
    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...], relay: _Relay) -> None:
        super().__init__()
        self._function = function
        self._arguments = arguments
        self._relay = relay

    def run(self) -> None:
        try:
            result = self._function(*self._arguments)
        except Exception as error:  # noqa: BLE001  # a thread's boundary: the error goes on to the window's thread
            self._relay.ended.emit(None, error)
        else:
            self._relay.ended.emit(result, None)


class _Relay(QObject):
    """Carries the end of the work over to the window's thread."""

    ended = Signal(object, object)


def run(
    function: Callable[..., Any],
    *arguments: Any,
    parent: QWidget,
    text: str,
    done: Callable[[Any], None],
    failed: Callable[[Exception], None],
) -> Job:
    """Calls `function(*arguments)` on another thread and `done(result)` or `failed(error)` on this one afterwards.

    arguments must not be changed meanwhile: hand over `plan.copy()`, not the plan. text: what is being done, shown
    with a Cancel button once it takes long.
    """
    job = Job(parent)
    relay = _Relay(job)
    dialog = QProgressDialog(text, _("Cancel"), 0, 0, parent)
    dialog.setWindowTitle(text)
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.setMinimumDuration(QUIET_MS)
    dialog.setValue(0)
    dialog.canceled.connect(job.cancel)

    def ended(result: Any, error: Exception | None) -> None:
        dialog.canceled.disconnect(job.cancel)
        dialog.reset()
        dialog.deleteLater()
        if not job.cancelled:
            if error is None:
                job.finished.emit(result)
            else:
                job.failed.emit(error)
        job.over.emit()
        job.deleteLater()

    job.finished.connect(done)
    job.failed.connect(failed)
    relay.ended.connect(ended, Qt.ConnectionType.QueuedConnection)
    QThreadPool.globalInstance().start(_Work(function, arguments, relay))
    return job
