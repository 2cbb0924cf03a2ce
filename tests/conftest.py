"""What holds for the whole suite: tests over every plan of the data folder run only where `-m` asks for them."""

from __future__ import annotations

import os

import pytest

# Windows are drawn in memory unless a screen is asked for.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is marked `all_files` unless `-m` names the marker; pytest tells how many it left out."""
    if "all_files" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("all_files") is not None]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item.get_closest_marker("all_files") is None]
