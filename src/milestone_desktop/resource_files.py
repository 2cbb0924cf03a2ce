"""Where the files lie that ship with the program: themes, icons, fonts, templates, translations."""

from __future__ import annotations

import sys
from pathlib import Path


def resources_root() -> Path:
    """Return the folder `resources` of this program, be it a checkout, an installed wheel or a frozen build.

    A frozen build unpacks its data under `sys._MEIPASS`; everywhere else the folder lies beside this module.
    """
    frozen_root = getattr(sys, "_MEIPASS", None)
    if frozen_root is not None:
        return Path(frozen_root) / "milestone_desktop" / "resources"
    return Path(__file__).resolve().parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a shipped file or folder, as in `resource("icons", "plus.svg")`.

    Raises FileNotFoundError if nothing of that name ships: a missing resource is a fault of the program, not of its use.
    """
    path = resources_root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"the program's resource {'/'.join(parts)} is missing (looked for {path})")
    return path
