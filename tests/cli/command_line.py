"""Running commands in this process and in others, and looking at what they leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from milestone_desktop import cli

SOURCE = Path(cli.__file__).parents[1]
NOW = datetime(2026, 11, 24, 10, 30)
ODD_TITLES = ("日本語の計画", "خطة المشروع", "Launch 🎉 👨‍👩‍👧", "bell\x07 rings", '#import "x": *', "$x$ <b> & @y")


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str

    def refused(self) -> str:
        """The one line of an error that a person can mend."""
        assert self.code == 2, self
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert self.err.endswith("\n")
        assert self.err.startswith("milestone-desktop")
        assert "Traceback" not in self.err
        assert "{" not in self.err
        return self.err.strip()


class CommandLine:
    """`run("list", file)` is `milestone-desktop list FILE` without a new process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> Result:
        self._capsys.readouterr()
        try:
            code = cli.main([str(word) for word in words])
        except SystemExit as ending:
            code = ending.code if isinstance(ending.code, int) else 1
        captured = self._capsys.readouterr()
        return Result(code, captured.out, captured.err)

    def done(self, *words: str | Path) -> str:
        """What a command prints that must succeed without a word on stderr."""
        result = self(*words)
        assert (result.code, result.err) == (0, ""), result
        return result.out


def in_process(
    *words: str | Path,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    before: Callable[[], None] | None = None,
) -> Result:
    """The same in a process of its own, without a screen. before: is called in that process before the program starts."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    done = subprocess.run(
        [sys.executable, "-m", "milestone_desktop", *map(str, words)],
        env={**kept, "PYTHONPATH": str(SOURCE), **(environment or {})},
        cwd=folder, capture_output=True, encoding="utf-8", timeout=100, check=False, preexec_fn=before,
    )  # fmt: skip
    return Result(done.returncode, done.stdout, done.stderr)


def everything_in(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes; folders with None."""
    return {str(each.relative_to(folder)): each.read_bytes() if each.is_file() else None for each in folder.rglob("*")}
