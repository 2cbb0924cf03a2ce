"""Filters over figures that follow from others keep up with every edit: what they keep is what a window that opens now would
keep."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QDeadlineTimer, QObject
from PySide6.QtWidgets import QApplication
from window_desk import NOW

from milestone_desktop.desktop import reading_ahead, shown
from milestone_desktop.desktop.reading_ahead import ReadingAhead
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import load_theme
from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.filters.columns import Columns
from random_operations import random_operation

FILTERS = (
    "health:Late", "health:none", "-health:late,completed", "is:late", "is:critical", "is:summary", "progress>40",
    "progress:none", "slip>0", "slip:none", "slack<2", "slack:none", "changed:last1d", "parent:~a", "under:~e",
    "milestone:~o", "status:open due<30d",
)  # fmt: skip


def sample_document() -> Document:
    storage = MemoryStorage(seed_plan())
    sample.fill(storage, NOW.date().toordinal())
    return Document(storage, lambda: NOW)


@pytest.mark.parametrize("seed", range(3))
def test_filters_keep_up_with_random_edits_and_undo(seed: int, qapp: QApplication) -> None:
    rng, document, theme = random.Random(seed), sample_document(), load_theme("light")
    session = Session(document, theme)
    nodes = [session.shown.read(text) for text in FILTERS]
    told = {text: session.shown.count(node) for text, node in zip(FILTERS, nodes, strict=True)}
    assert sum(count > 0 for count in told.values()) > 9, told
    done = 0
    for step in range(40):
        done += document.undo() is not None if step % 7 == 6 else random_operation(document, rng)
        if step % 4 == 3:
            fresh = Session(document, theme)
            for text, node in zip(FILTERS, nodes, strict=True):
                session.shown.set_filter(node)
                fresh.shown.set_filter(node)
                kept, wanted = session.shown.kept(), fresh.shown.kept()
                assert kept is not None
                assert wanted is not None
                assert np.array_equal(kept, wanted), (step, text, set(kept.tolist()) ^ set(wanted.tolist()))
            session.shown.clear()
            fresh.deleteLater()
    assert done > 10


def test_what_is_read_ahead_between_edits_keeps_up_with_them(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORTH_IT", "WAIT", "PAUSE"):
        monkeypatch.setattr(reading_ahead, name, 0)
    rng, document, theme = random.Random(4), sample_document(), load_theme("light")
    read: set[str] = set()
    really = Columns.read
    monkeypatch.setattr(Columns, "read", lambda columns, field: (read.add(field.name), really(columns, field))[1])
    session = Session(document, theme)
    session.shown.read_ahead()
    for _step in range(12):
        for _turn in range(rng.randrange(4)):
            qapp.processEvents()
        random_operation(document, rng)
    deadline = QDeadlineTimer(5_000)
    while not read.issuperset(shown.READ_AHEAD) and not deadline.hasExpired():
        qapp.processEvents()
    assert read == set(shown.READ_AHEAD)
    fresh = Session(document, theme)
    for text in FILTERS:
        assert session.shown.count(session.shown.read(text)) == fresh.shown.count(fresh.shown.read(text)), text
    fresh.deleteLater()
    session.shown.rest()


def test_reading_ahead_ends_when_all_is_read_or_it_is_stopped(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORTH_IT", "WAIT", "PAUSE"):
        monkeypatch.setattr(reading_ahead, name, 0)
    parent, left = QObject(), [3]

    def step() -> bool:
        left[0] -= 1
        return left[0] > 0

    ahead = ReadingAhead(seed_plan(), step, parent)
    ahead.start()
    for _turn in range(20):
        qapp.processEvents()
    assert left == [0]
    left[0] = 3
    ahead.start()
    ahead.stop()
    for _turn in range(20):
        qapp.processEvents()
    assert left == [3]
    monkeypatch.setattr(reading_ahead, "WORTH_IT", 1)
    ahead.start()
    for _turn in range(20):
        qapp.processEvents()
    assert left == [3]  # a small plan is read as fast when it is asked for
