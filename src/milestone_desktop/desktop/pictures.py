"""The roadmap as a picture file: SVG with its text as text, PNG by the painter that the screen uses."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter
from PySide6.QtWidgets import QApplication

from milestone_desktop.chart.shapes import Scene
from milestone_desktop.chart.svg import svg
from milestone_desktop.desktop.theme import Theme, load_fonts, load_theme
from milestone_desktop.desktop.timeline.painting import Inks, paint
from milestone_desktop.document.document import Document
from milestone_desktop.files import require_suffix, roadmap_picture, write_result
from milestone_desktop.language import _


def write_picture(document: Document, out: Path, key: str | None, size: tuple[int, int], theme_name: str) -> None:
    """Draws the roadmap of one project, or of all, into a .png or .svg file of `size` pixels. Raises PlanError."""
    require_suffix(out, ".png", ".svg")
    _prepare()
    theme = load_theme(theme_name)
    inks = Inks(theme)
    scene = roadmap_picture(document, size, inks.measure, key, _)
    drawn = svg(scene, theme.colours).encode() if out.suffix.lower() == ".svg" else png(scene, theme, inks)
    write_result(document, out, drawn)


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
