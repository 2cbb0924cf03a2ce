"""What every dialog does: once it has been answered, it goes."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog


class Dialog(QDialog):
    """A dialog that does not stay behind, hidden in the window that it was opened from. Its answers outlive it."""

    def done(self, result: int) -> None:
        super().done(result)
        self.deleteLater()
