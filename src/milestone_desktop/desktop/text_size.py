"""How large the window's words are, and with them everything else: rows, headers, charts and signs grow alike.

Qt takes the factor when it starts, so another size is a new start of the program on the same workspace. Everything is on disk
by then, and undo reaches across it.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from pathlib import Path

SIZES = (100, 125, 150, 175, 200)
"""Percent of the usual size."""

FACTOR = "QT_SCALE_FACTOR"
OURS = "MILESTONE_DESKTOP_TEXT_FACTOR"
"""Says to a program that is started anew which factor this one has set, as against one that the person has set."""


def apply_text_size(percent: int, environment: MutableMapping[str, str]) -> None:
    """Asks Qt, which is yet to start, for a size. A factor that the person has set in the environment stays."""
    ours = environment.pop(OURS, None)
    if FACTOR in environment and environment[FACTOR] != ours:
        return
    environment.pop(FACTOR, None)
    if percent != SIZES[0]:
        environment[FACTOR] = environment[OURS] = f"{percent / 100:g}"


def start_command(path: Path | None) -> list[str]:
    """The command that starts this program, frozen or not, on a workspace."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "milestone_desktop"]
    return [*program, *([str(path)] if path is not None else [])]
