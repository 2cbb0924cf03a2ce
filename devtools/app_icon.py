"""Draw the program's icon as the 256 px PNG that desktops and packages want.

Run it after changing `milestone-desktop.svg`: `.venv/bin/python devtools/app_icon.py`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

ICONS = Path(__file__).resolve().parent.parent / "src" / "milestone_desktop" / "resources" / "icons"
SIZE = 256


def draw_icon(source: Path, target: Path, size: int = SIZE) -> None:
    """Render the SVG `source` on a transparent square of `size` pixels and write it to the PNG `target`."""
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(source)).render(painter)
    painter.end()
    if not image.save(str(target)):
        raise OSError(f"could not write {target}")


def main() -> int:
    """Draw the icon beside its source."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    application = QGuiApplication(sys.argv)
    draw_icon(ICONS / "milestone-desktop.svg", ICONS / "milestone-desktop.png")
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
