"""What a command loads: Qt only where something is drawn or shown, other heavy modules only where they are used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import SOURCE

HEAVY = (
    "PySide6",
    "typst",
    "numpy",
    "alembic",
    "holidays",
    "dateutil",
    "icalendar",
    "xlsxwriter",
    "python_calamine",
    "defusedxml",
)
CODE = """
import json, sys
from milestone_desktop.cli import main
code = main(sys.argv[1:])
print("\\n" + json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def loaded_by(*words: str | Path) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", CODE, *map(str, words)], capture_output=True, encoding="utf-8", check=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )  # fmt: skip
    code, names = json.loads(done.stdout.splitlines()[-1])
    assert code == 0
    return set(names)


@pytest.mark.parametrize(
    ("command", "used"),
    [
        ("new", {"numpy"}),  # its project is computed
        ("import", {"defusedxml", "numpy"}),  # into a workspace with a computed project
        ("list", {"numpy"}),  # health reads slack
        ("check", set()),
        ("report", {"typst", "numpy"}),
    ],
)
def test_heavy_modules_are_loaded_only_where_they_are_used(
    plan: Path, source: Path, tmp_path: Path, command: str, used: set[str]
) -> None:
    words = {
        "new": [tmp_path / "new.milestones", "--title", "A"],
        "import": [source, plan],
        "report": [plan, tmp_path / "out.pdf"],
    }.get(command, [plan])
    loaded = loaded_by(command, *words)
    assert "sqlalchemy" in loaded
    assert loaded & set(HEAVY) == used
