"""Text that fits any width: it wraps between words, and within a word that is too long for a line."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

LONGEST_WORD = 18
ZERO_WIDTH_SPACE = "\u200b"
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


class WrappedText(QLabel):
    """A label whose text never makes what is around it wider."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(_LONG_WORD.sub(lambda found: found[0] + ZERO_WIDTH_SPACE, text))

    def text(self) -> str:
        return super().text().replace(ZERO_WIDTH_SPACE, "")

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
