"""Filters over figures that follow from others keep up with every edit: what they keep is what a window that opens now would
keep."""

from __future__ import annotations

import random

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from window_desk import NOW

from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import load_theme
from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.seeds import seed_plan
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
