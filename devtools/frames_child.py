"""Opens the program's window, ends it after its first painted frame, and so gives `bench_frames` something to measure.

    python frames_child.py WORKSPACE [PEAK]

PEAK: a file that gets the largest resident memory in MB. Only the process itself can tell it: what its parent measures
includes the parent's own memory at the moment of the fork.
The settings of the person at the machine are neither read nor written: the window gets an empty folder for them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from measure import PEAK_UNITS_PER_MB

KIB_PER_MB = 1024


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


def peak_mb() -> float:
    """The largest resident memory of this program so far, in MB."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / KIB_PER_MB
    import resource

    use = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return use / PEAK_UNITS_PER_MB


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as empty:
        ended = main(Path(sys.argv[1]), Path(empty))
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(str(peak_mb()))
    sys.exit(ended)
