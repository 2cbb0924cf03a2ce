"""What this program is, and whose work is in it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from milestone_desktop import __version__
from milestone_desktop.desktop.dialogs.dialog import Dialog
from milestone_desktop.desktop.words import _
from milestone_desktop.resource_files import resource


class AboutDialog(Dialog):
    """Version, licence, and the notices of fonts and icons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("About Milestone Desktop"))
        self.resize(560, 520)
        sign = QLabel()
        ratio = self.devicePixelRatioF()
        picture = QPixmap(str(resource("icons", "milestone-desktop.png")))
        size = round(64 * ratio)
        picture = picture.scaled(size, size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        sign.setPixmap(picture)
        heading = QLabel(_("Milestone Desktop {version}").format(version=__version__))
        heading.setProperty("heading", True)
        told = QLabel(
            _(
                "When will we reach the milestones, what moved, and what do we do about it? "
                "Works without a network, an account or telemetry: your plan is one file of your own.\n\n"
                "Milestone Desktop is free software under the Apache License 2.0. It contains the Inter typeface "
                "(SIL Open Font License) and icons from Lucide (ISC licence), and is built with Qt for Python (LGPL)."
            )
        )
        told.setWordWrap(True)
        notices = QPlainTextEdit("\n\n".join((_notice("fonts", "LICENSE.txt"), _notice("icons", "LICENSE"))))
        notices.setReadOnly(True)
        notices.setAccessibleName(_("Licences"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 18, 22, 18)
        layout.setSpacing(12)
        for widget in (sign, heading, told, notices):
            layout.addWidget(widget)


def _notice(folder: str, name: str) -> str:
    return resource(folder, name).read_text(encoding="utf-8")
