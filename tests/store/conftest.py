"""A clock that is wound by hand and a path for a workspace."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest


class Clock:
    """Each reading is one second after the one before."""

    def __init__(self) -> None:
        self._now = datetime(2026, 3, 2, 9, 0)

    def __call__(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "Plan #1 100% ü.milestones"
