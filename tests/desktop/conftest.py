"""What the tests of the window share: a desk over a workspace file, and a watch over what a test leaves behind."""

from __future__ import annotations

import gc
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow
from window_desk import OpenDesk, open_desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What only the platform without a screen warns of is no fault of the program."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(scope="session", autouse=True)
def _only_what_tests_make() -> Iterator[None]:
    """Takes what the imports have made out of the garbage collector's books: `running_timers` then has far less to look
    through before and after each test."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.fixture(autouse=True)
def _nothing_left_behind(qapp: QApplication) -> Iterator[None]:
    """Fails a test that leaves a window, shown or hidden, a running timer or a thread."""
    windows, threads = set(map(id, QApplication.topLevelWidgets())), set(threading.enumerate())
    timers = {id(timer) for timer in running_timers()}
    yield
    QThreadPool.globalInstance().waitForDone(10_000)
    for _round in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
    left = [widget for widget in QApplication.topLevelWidgets() if id(widget) not in windows]
    assert not [widget for widget in left if widget.isVisible()], f"windows left open: {left}"
    assert not [widget for widget in left if isinstance(widget, (QDialog, QMainWindow))], f"hidden windows left: {left}"
    assert not [timer for timer in running_timers() if id(timer) not in timers], "timers left running"
    assert QThreadPool.globalInstance().activeThreadCount() == 0, "work left running"
    assert not set(threading.enumerate()) - threads, "threads left running"


def running_timers() -> list[QTimer]:
    """Every timer that Python knows and that is running."""
    return [thing for thing in gc.get_objects() if isinstance(thing, QTimer) and shiboken6.isValid(thing) and thing.isActive()]


@pytest.fixture
def empty_desk(qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    """A desk over a new workspace file without projects."""
    with open_desk(tmp_path, filled=False) as desk:
        yield desk


@pytest.fixture
def desk(qapp: QApplication, tmp_path: Path) -> Iterator[OpenDesk]:
    """A desk over a workspace file with one project from the lifecycle template, kicked off on 2 November 2026."""
    with open_desk(tmp_path, filled=True) as desk:
        yield desk
