"""Filters over figures that follow from others keep up with every edit: what they keep is what a window that opens now would
keep."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from window_desk import NOW

from milestone_desktop.desktop import reading_ahead
from milestone_desktop.desktop.reading_ahead import ReadingAhead
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import load_theme
from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.plan import Plan
from milestone_desktop.domain.seeds import seed_plan
from milestone_desktop.filters import columns
from milestone_desktop.filters.quick import quick_filters
from milestone_desktop.filters.records import Records
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


def test_what_is_read_ahead_between_edits_keeps_up_with_them(qapp: QApplication) -> None:
    rng, document, theme = random.Random(4), sample_document(), load_theme("light")
    session = Session(document, theme)
    for _step in range(12):
        for _turn in range(rng.randrange(4)):
            session.shown.read_ahead()
        random_operation(document, rng)
    while session.shown.read_ahead():
        assert random_operation(document, rng) in (True, False)
    fresh = Session(document, theme)
    for text in FILTERS:
        assert session.shown.count(session.shown.read(text)) == fresh.shown.count(fresh.shown.read(text)), text
    fresh.deleteLater()


def test_a_filter_by_a_field_that_was_read_ahead_reads_nothing(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    session = Session(sample_document(), load_theme("light"))
    wanted = [session.shown.read(quick.text) for quick in quick_filters() if quick.id not in ("critical", "changed")]
    for row in session.plan.all(Milestone):
        session.facts.assessment(row)
    while session.shown.read_ahead():
        continue

    def none(plan: Plan) -> Records:
        raise AssertionError("something was read")

    monkeypatch.setattr(columns, "Records", none)
    counts = [session.shown.count(node) for node in wanted]
    assert sum(counts) > 0


def test_reading_ahead_waits_ends_and_stops(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WORTH_IT", "WAIT", "PAUSE"):
        monkeypatch.setattr(reading_ahead, name, 0)
    parent, left, busy = QObject(), [3], [True]

    def step() -> bool:
        left[0] -= 1
        return left[0] > 0

    def turn() -> int:
        for _turn in range(20):
            qapp.processEvents()
        return left[0]

    ahead = ReadingAhead(seed_plan(), step, lambda: busy[0], parent)
    ahead.start()
    assert turn() == 3
    busy[0] = False
    assert turn() == 0
    left[0] = 3
    ahead.start()
    ahead.stop()
    assert turn() == 3
    monkeypatch.setattr(reading_ahead, "WORTH_IT", 1)
    ahead.start()
    assert turn() == 3  # a small plan is read as fast when it is asked for
