"""The architecture, as a table: each room and all that it may import beside the standard library and itself."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "src" / "milestone_desktop"
PACKAGE = "milestone_desktop"

# Modules at the top stand in the table like rooms. `desktop` reads everything but `store`.
MAY_IMPORT: dict[str, set[str]] = {
    "__init__": set(),
    "__main__": {"cli"},
    "resource_files": set(),
    "language": {"domain", "resource_files"},
    "listing": {"domain", "scheduling", "tracking"},
    "scheduled": {"domain", "scheduling"},
    "followed": {"domain", "tracking"},
    "template_choice": {"domain", "resource_files"},
    "domain": set(),
    "scheduling": {"domain", "numpy"},
    "tracking": {"domain", "scheduling", "numpy"},
    "document": {"domain", "scheduling", "tracking"},
    "store": {"domain", "sqlalchemy", "alembic"},
    "filters": {"domain", "numpy"},
    "chart": {"domain", "scheduling", "tracking", "numpy"},
    "exchange": {"domain", "document", "tracking", "defusedxml", "icalendar", "xlsxwriter", "python_calamine"},
    "reports": {"domain", "scheduling", "tracking", "chart", "typst", "resource_files"},
    "files": {"domain", "tracking", "document", "store", "exchange", "reports", "chart", "template_choice"},
    "cli": {"domain", "language", "command_line", "desktop"},
    "command_line": {
        "domain", "document", "tracking", "files", "listing", "scheduled", "followed", "language", "desktop", "self_test",
    },
    "self_test": {"domain", "document", "files", "cli", "language", "desktop"},
    "desktop": {
        "domain", "scheduling", "tracking", "document", "chart", "exchange", "reports", "files", "resource_files",
        "language", "template_choice", "filters", "PySide6", "numpy",
    },
}  # fmt: skip
# What one module of a room may import on top of its room.
MAY_IMPORT_TOO: dict[str, set[str]] = {
    "document/operations/calendars.py": {"holidays"},
    "exchange/ics_rules.py": {"dateutil"},
}


def imported(source: str, path: Path) -> set[str]:
    """Rooms and third-party packages that a module imports; relative, aliased and `from package import room` resolved."""
    here = (PACKAGE, *path.relative_to(ROOT).with_suffix("").parts)
    if here[-1] == "__init__":
        here = here[:-1] if path.parent != ROOT else here
        package = here
    else:
        package = here[:-1]
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            names |= {f"{module}.{alias.name}" if module == PACKAGE else module for alias in node.names}
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in {"__import__", "importlib.import_module", "import_module"}:
            names |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}
    return {room for name in names if (room := _room(name)) is not None}


def _room(name: str) -> str | None:
    parts = name.split(".")
    if parts[0] == PACKAGE:
        return parts[1] if (len(parts) > 1 and (ROOT / parts[1]).is_dir()) or (ROOT / f"{parts[-1]}.py").exists() else None
    return None if parts[0] in sys.stdlib_module_names else parts[0]


def breaches(source: str, path: Path) -> set[str]:
    """What a module imports against the table. A room that the table does not name may import nothing."""
    inside = path.relative_to(ROOT)
    room = inside.parts[0].removesuffix(".py")
    allowed = MAY_IMPORT.get(room, set()) | {room} | MAY_IMPORT_TOO.get(inside.as_posix(), set())
    return imported(source, path) - allowed


@pytest.mark.parametrize("path", sorted(ROOT.rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_follow_the_table(path: Path) -> None:
    assert breaches(path.read_text("utf-8"), path) == set()


@pytest.mark.parametrize(
    ("module", "planted"),
    [
        ("domain/plan.py", "import numpy"),
        ("domain/plan.py", "import sqlalchemy as sa"),
        ("domain/plan.py", "from milestone_desktop.document import edit"),
        ("domain/plan.py", "from ..store import schema"),
        ("domain/plan.py", "from .. import store"),
        ("domain/plan.py", "from milestone_desktop import store as elsewhere"),
        ("scheduling/network.py", "from milestone_desktop.document.document import Document"),
        ("store/records.py", "def f():\n    from milestone_desktop.document.storage import JournalLine"),
        ("chart/shapes.py", "from PySide6.QtGui import QPainter"),
        ("document/edit.py", "import holidays"),
        ("desktop/window.py", "from milestone_desktop.store import schema"),
        ("desktop/pages/roadmap.py", "import importlib\nimportlib.import_module('milestone_desktop.store.schema')"),
        ("reports/status.py", "from ..document.document import Document"),
        ("unknown_room/thing.py", "import numpy"),
    ],
)
def test_a_planted_breach_is_found(module: str, planted: str) -> None:
    assert breaches(planted, ROOT / module)


def test_what_the_table_names_is_allowed() -> None:
    assert not breaches("import numpy as np\nfrom ..domain.plan import Plan", ROOT / "scheduling/network.py")
    assert not breaches("import holidays", ROOT / "document/operations/calendars.py")


def test_records_are_never_altered_in_place() -> None:
    """Records are immutable by convention: no module assigns to a field that only records have.

    `exchange` fills in foreign records of its own under the same names; what it adds to a plan goes through an Edit.
    """
    fields = {"actual_finish", "actual_start", "placement", "first_target", "progress_from", "constraint_date", "duration_unit"}
    offenders = []
    for path in (path for path in ROOT.rglob("*.py") if "exchange" not in path.parts):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
            offenders += [
                f"{path.name}:{target.lineno}"
                for target in targets
                if isinstance(target, ast.Attribute) and target.attr in fields and ast.unparse(target.value) != "self"
            ]
    assert offenders == []
