"""The roadmap as a picture file: SVG with its text as text, PNG by the painter that the screen uses."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.svg import svg
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.theme import Theme, load_fonts, load_theme
from milestone_desktop.desktop.timeline.inks import Inks
from milestone_desktop.desktop.timeline.painting import paint
from milestone_desktop.document.document import Document
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.files import require_suffix, roadmap_picture, write_result
from milestone_desktop.language import _

SUFFIXES = (".png", ".svg")
SHARP = 16_000_000
"""A picture of a window with fewer pixels than this becomes a PNG of twice the width and height."""


def write_picture(
    document: Document, out: Path, key: str | None, size: tuple[int, int], theme_name: str, *, lanes: bool = False
) -> None:
    """Draws the roadmap of one project, or of all, into a .png or .svg file of `size` pixels; lanes: with several items on a
    row. Raises PlanError."""
    require_suffix(out, *SUFFIXES)
    _prepare()
    theme = load_theme(theme_name)
    inks = Inks(theme)
    scene = roadmap_picture(document, size, inks.measure, key, _, lanes=lanes)
    drawn = svg(scene, theme.colours).encode() if out.suffix.lower() == ".svg" else png(scene, theme, inks)
    write_result(document, out, drawn)


def save_scene(document: Document, scene: Scene, theme: Theme, out: Path, title: str) -> None:
    """Writes what a page shows as SVG or, by the ending, as PNG. title: what a screen reader says. Raises PlanError."""
    require_suffix(out, *SUFFIXES)
    if out.suffix.lower() == ".png":
        drawn = png(scene, theme, Inks(theme), 2.0 if scene.width * scene.height <= SHARP else 1.0)
    else:
        drawn = svg(scene, theme.colours, title=title).encode()
    write_result(document, out, drawn)


def ask_and_save(parent: QWidget, session: Session, scene: Scene, name: str, title: str) -> None:
    """Asks for a file and writes what a page shows into it. name: proposed, without an ending; title: as in `save_scene`."""
    kinds = {_("SVG pictures (*.svg)"): ".svg", _("PNG pictures (*.png)"): ".png"}
    proposal = str(Path.home() / f"{name}.svg")
    chosen, kind = QFileDialog.getSaveFileName(parent, _("Save picture"), proposal, ";;".join(kinds))
    if not chosen:
        return
    out = Path(chosen)
    if out.suffix.lower() not in SUFFIXES:
        out = out.with_name(out.name + kinds.get(kind, ".svg"))
    try:
        save_scene(session.document, scene, session.theme, out, title)
    except PlanError as error:
        session.fail(error)
    else:
        session.noticed.emit(_("Saved as {name}.").format(name=out.name))


def png(scene: Scene, theme: Theme, inks: Inks, scale: float = 1.0) -> bytes:
    """The PNG bytes of a scene on the theme's surface."""
    image = QImage(round(scene.width * scale), round(scene.height * scale), QImage.Format.Format_RGB32)
    image.fill(theme.color("surface"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    for layer in scene.layers:
        paint(painter, layer.shapes, inks)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, b"png").write(image):
        raise MemoryError("the picture could not be encoded")
    return bytes(buffer.data().data())


def _prepare() -> None:
    """Makes an application without a screen where none is running: drawing needs fonts, not a window."""
    if QGuiApplication.instance() is None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        QApplication(sys.argv[:1])
    load_fonts()
