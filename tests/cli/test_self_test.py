"""`self-test` passes where all is well, and fails where something is not."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from command_line import NOW, CommandLine, everything_in, in_process
from PySide6.QtCore import QTimer

from milestone_desktop import self_test


@pytest.mark.slow
def test_it_passes_without_a_screen_and_leaves_nothing_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    places = {name: str(home) for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}
    told = in_process("self-test", environment=places)
    assert (told.code, told.err) == (0, ""), told
    steps = [line for line in told.out.splitlines() if line.startswith("ok: ")]
    assert len(steps) == 7
    assert "failed" not in told.out
    left = {name for name in everything_in(home) if not name.startswith(("fontconfig", "qtpipelinecache"))}
    assert left == set()


@pytest.mark.parametrize(
    ("broken", "step"),
    [
        ("milestone_desktop.files.new_from_template", "make a plan from a template"),
        ("milestone_desktop.document.document.Document.undo", "edit, undo"),
        ("milestone_desktop.files.import_into", "import"),
        ("milestone_desktop.desktop.pictures.write_picture", "draw"),
    ],
)
def test_it_fails_at_what_is_broken(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: object, broken: str, step: str
) -> None:
    def gone(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(broken, gone)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    result = run("self-test")
    assert result.code == 1
    last = result.out.splitlines()[-1]
    assert last.startswith("failed: ")
    assert step in last
    assert "RuntimeError: broken" in result.err
    assert everything_in(tmp_path) == {}


def test_a_result_that_is_not_as_it_should_be_is_a_failure(
    run: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(self_test.dates, "move", lambda *_arguments: None)
    result = run("self-test")
    assert (result.code, result.out.splitlines()[-1]) == (1, "failed: edit, undo, close, reopen, undo again")


def test_a_window_that_fails_while_it_is_shown_is_no_first_frame(
    monkeypatch: pytest.MonkeyPatch, plan: Path, qapp: object, caplog: pytest.LogCaptureFixture
) -> None:
    from milestone_desktop.desktop import app

    assert app.first_frame(plan, lambda: NOW)

    show = app.Desk.show

    def broken(*arguments: Any) -> object:
        QTimer.singleShot(0, lambda: 1 // 0)
        return show(*arguments)

    monkeypatch.setattr(app.Desk, "show", broken)
    assert not app.first_frame(plan, lambda: NOW)
    assert "ZeroDivisionError" in caplog.text
