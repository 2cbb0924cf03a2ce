"""Where the real plans for tests lie: `../shared/data` beside the project, or `MILESTONE_TEST_DATA`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def data_path(name: str) -> Path:
    """The path of one file of the data folder; skips the test, saying why, where it is missing."""
    default = Path(__file__).parents[2] / "shared" / "data"
    path = Path(os.environ.get("MILESTONE_TEST_DATA", default)) / name
    if not path.exists():
        pytest.skip(f"the real plans are not here: {name} is looked for in {path.parent}")
    return path
