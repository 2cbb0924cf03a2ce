"""Opens the program's window, ends it after its first painted frame, and so gives `bench_frames` something to measure.

    python frames_child.py WORKSPACE

The settings of the person at the machine are neither read nor written: the window gets an empty folder for them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

FIRST_FRAME_ROUNDS = 200


def main(workspace: Path, folder: Path) -> int:
    """Shows the window on a workspace until it has been painted once. Returns 0 if it was."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["XDG_CONFIG_HOME"] = os.environ["XDG_DATA_HOME"] = str(folder)

    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtWidgets import QApplication

    from milestone_desktop.desktop import app

    class FirstFrame(QObject):
        """Ends the program once the window has taken its first paint event and those of its parts."""

        painted = False

        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.UpdateRequest and not self.painted:
                self.painted = True
                QApplication.postEvent(self, QEvent(QEvent.Type.User))
            return False

        def event(self, event: QEvent) -> bool:
            if event.type() == QEvent.Type.User:
                QApplication.quit()
                return True
            return super().event(event)

    application = QApplication(sys.argv[:1])
    watcher = FirstFrame()
    application.installEventFilter(watcher)
    code = app.run(workspace, datetime.now)
    return code if watcher.painted else 1


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        sys.exit(main(Path(sys.argv[1]), Path(empty)))
