"""What the program remembers of a person between two starts. Nothing of a plan is kept here."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from milestone_desktop.desktop.text_size import SIZES
from milestone_desktop.desktop.theme import ThemeChoice

MOST_RECENT_FILES = 10


class Settings:
    """Recent files, theme and the window's shape, in the person's configuration folder.

    file: an ini file to use instead, as tests do.
    """

    def __init__(self, file: Path | None = None) -> None:
        if file is not None:
            self._store = QSettings(str(file), QSettings.Format.IniFormat)
        else:
            self._store = QSettings(
                QSettings.Format.IniFormat, QSettings.Scope.UserScope, "milestone-desktop", "milestone-desktop"
            )

    @property
    def theme(self) -> ThemeChoice:
        kept = str(self._store.value("theme", ThemeChoice.SYSTEM.value))
        return ThemeChoice(kept) if kept in set(ThemeChoice) else ThemeChoice.SYSTEM

    @theme.setter
    def theme(self, choice: ThemeChoice) -> None:
        self._store.setValue("theme", choice.value)

    @property
    def text_size(self) -> int:
        """How large words are, in percent of the usual size."""
        kept = str(self._store.value("text-size", SIZES[0]))
        return int(kept) if kept.isdecimal() and int(kept) in SIZES else SIZES[0]

    @text_size.setter
    def text_size(self, percent: int) -> None:
        self._store.setValue("text-size", percent)

    def recent_files(self) -> list[Path]:
        """Workspaces opened lately that are still there, the latest first."""
        return [path for path in map(Path, self._texts("recent")) if path.is_file()]

    def remember_file(self, path: Path) -> None:
        """Puts a workspace at the top of the recent files."""
        latest = str(path.resolve())
        others = [text for text in self._texts("recent") if text != latest]
        self._store.setValue("recent", [latest, *others][:MOST_RECENT_FILES])

    def geometry(self) -> QByteArray | None:
        """Where the window stood."""
        return self._bytes("geometry")

    def splitter(self) -> QByteArray | None:
        """How the window was divided."""
        return self._bytes("splitter")

    def keep_shape(self, geometry: QByteArray, splitter: QByteArray, *, inspector: bool) -> None:
        self._store.setValue("geometry", geometry)
        self._store.setValue("splitter", splitter)
        self._store.setValue("inspector", inspector)

    @property
    def inspector(self) -> bool:
        """Whether the inspector is wanted."""
        return str(self._store.value("inspector", "true")).lower() == "true"

    @property
    def celebrate(self) -> bool:
        """Whether a line is shown when a milestone is reached."""
        return str(self._store.value("celebrate", "true")).lower() == "true"

    @celebrate.setter
    def celebrate(self, wanted: bool) -> None:
        self._store.setValue("celebrate", wanted)

    def sync(self) -> None:
        """Writes what has changed to disk."""
        self._store.sync()

    def _texts(self, key: str) -> list[str]:
        kept = self._store.value(key, [])
        if isinstance(kept, str):
            return [kept]
        return [str(text) for text in kept] if isinstance(kept, Iterable) else []

    def _bytes(self, key: str) -> QByteArray | None:
        kept = self._store.value(key)
        return kept if isinstance(kept, QByteArray) and not kept.isEmpty() else None
