"""What the window asks of the running program."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Program(Protocol):
    """Works on another file, or starts anew."""

    def new_workspace(self, path: Path) -> None: ...

    def open_workspace(self, path: Path) -> None: ...

    def open_sample(self) -> None: ...

    def default_folder(self) -> Path: ...

    def restart(self) -> None: ...
