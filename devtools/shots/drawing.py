"""Draws pictures: one process for each pixel density, in it one window for each shot and theme."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from fnmatch import fnmatch
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from shots.shot import Picture, Shot, pictures
from shots.steps import bury, settle
from shots.workspaces import NOW, WORKSPACES

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

ROOMY = 1500
"""Window width from which the inspector stands beside the page."""


def draw(shots: tuple[Shot, ...], folder: Path, only: str, *, ratio: int | None = None, only_names: bool = False) -> int:
    """Draws the pictures whose name fits `only` into a folder. ratio: the density this process has; None starts a child
    for each. Returns the exit code, 1 where no name fits."""
    wanted = [picture for picture in pictures(shots) if fnmatch(picture.name, only)]
    if not wanted:
        print(f"shots: no picture is called “{only}”; --list tells the names", file=sys.stderr)
        return 1
    if only_names:
        print("\n".join(picture.name for picture in wanted))
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    if ratio is None:
        densities = sorted({picture.variant.ratio for picture in wanted})
        return max([_draw_in_child(folder, only, density) for density in densities])
    _draw_here([picture for picture in wanted if picture.variant.ratio == ratio], folder)
    return 0


def _draw_in_child(folder: Path, only: str, ratio: int) -> int:
    """The density of a screen is fixed when Qt starts."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)}
    command = [sys.executable, str(Path(__file__).parent), str(folder), "--only", only, "--ratio", str(ratio)]
    return subprocess.run(command, env=environment, check=False).returncode


def _draw_here(wanted: Sequence[Picture], folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.theme import load_fonts

    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is already running")
    load_fonts()
    with TemporaryDirectory() as scratch:
        for (theme, workspace), group in groupby(sorted(wanted, key=_window_key), _window_key):
            _draw_window(application, list(group), folder, theme, workspace, Path(scratch))


def _window_key(picture: Picture) -> tuple[str, str]:
    return picture.theme, picture.shot.workspace


def _draw_window(application: object, wanted: Sequence[Picture], folder: Path, theme: str, workspace: str, scratch: Path) -> None:
    """Draws the pictures of one workspace, each shot in a window of its own; what a shot edits stays for the next ones."""
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop.app import Desk
    from milestone_desktop.desktop.settings import Settings
    from milestone_desktop.desktop.theme import ThemeChoice, dress, theme_for
    from milestone_desktop.document.document import Document

    if isinstance(application, QApplication):
        dress(application, theme_for(ThemeChoice(theme)))
    storage = WORKSPACES[workspace]()
    for number, (_shot, pictures_of) in enumerate(groupby(wanted, lambda picture: picture.shot)):
        settings = Settings(scratch / f"{theme}-{workspace}-{number}.ini")
        settings.theme = ThemeChoice(theme)
        storage.keep_view_state(dict.fromkeys(storage.view_state()))  # nobody has been here before
        window = Desk(settings, lambda: NOW).show(Document(storage, lambda: NOW), None)
        for picture in pictures_of:
            _draw_picture(window, picture, folder)
        window.close()
        window.deleteLater()
        settle()
        bury()


def _draw_picture(window: MainWindow, picture: Picture, folder: Path) -> None:
    """Draws one picture; what lies over the window then goes again."""
    window.resize(*picture.variant.size)
    settle()
    dialog = picture.shot.prepare(window)
    settle()
    path = folder / f"{picture.name}.png"
    (dialog or window).grab().save(str(path))
    print(path, flush=True)
    if dialog is not None:
        dialog.close()
        dialog.deleteLater()
    window.session.failed.emit("")
    window.find_bar.close_bar()
    window.session.select([])
    window.show_inspector(picture.variant.size[0] >= ROOMY)
