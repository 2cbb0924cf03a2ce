"""The running program: it opens a workspace, shows its window, and changes over to another one."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QEventLoop, QObject, QStandardPaths, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from milestone_desktop import files
from milestone_desktop.desktop import errors
from milestone_desktop.desktop.dialogs.error_report import ErrorReport
from milestone_desktop.desktop.differing import tell_differences
from milestone_desktop.desktop.session import Session
from milestone_desktop.desktop.settings import Settings
from milestone_desktop.desktop.text_size import apply_text_size, start_command
from milestone_desktop.desktop.theme import dress, load_fonts, theme_for
from milestone_desktop.desktop.window import MainWindow
from milestone_desktop.desktop.words import _, say_error
from milestone_desktop.document import sample
from milestone_desktop.document.document import Document
from milestone_desktop.domain.messages import N_, PlanError

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
DEFAULT_NAME = "My milestones.milestones"
SAMPLE_NAME = "Sample.milestones"


def run(path: Path | None, clock: Clock) -> int:
    """Opens the window on a workspace and returns the exit code once it is closed.

    path: the workspace, made where it is missing; None: the one used last, or the default one in the person's
    Documents folder.
    """
    settings = Settings()
    apply_text_size(settings.text_size, os.environ)
    application = _application()
    dress(application, theme_for(settings.theme))
    desk = Desk(settings, clock)
    remove = errors.install(desk.inform, desk.report)
    try:
        if not desk.start(path):
            return 2
        code = application.exec()
    finally:
        remove()
    if desk.start_again is not None:
        os.execv(sys.executable, desk.start_again)
    return code


def first_frame(path: Path, clock: Clock, patience: float = 60.0) -> bool:
    """Shows the window on a workspace until it has painted itself, then closes it: does the window work here?

    patience: seconds. False where no frame came in time, or something failed on the way; that is logged. The person's
    settings are neither read nor changed. Raises PlanError where the workspace cannot be opened.
    """
    application = _application()
    failures: list[str] = []
    remove = errors.install(failures.append, failures.append)
    try:
        with TemporaryDirectory() as folder:
            settings = Settings(Path(folder) / "settings.ini")
            dress(application, theme_for(settings.theme))
            window = Desk(settings, clock).show(files.open_workspace(path, clock), path)
            painted = FirstPaint(window).wait(patience)
            window.close()
            window.deleteLater()
            application.sendPostedEvents(window, QEvent.Type.DeferredDelete)
    finally:
        remove()
    return painted and not failures


def _application() -> QApplication:
    """The one that is running, or a new one; with the program's name and font."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("another kind of Qt application is already running")
    application.setApplicationName("milestone-desktop")
    application.setApplicationDisplayName("Milestone Desktop")
    application.setDesktopFileName("milestone-desktop")
    load_fonts()
    return application


class FirstPaint(QObject):
    """Waits until a widget has been painted, with everything in it."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self._seen = False
        self._loop = QEventLoop()
        widget.installEventFilter(self)

    def wait(self, patience: float) -> bool:
        """Runs the event loop until then, for `patience` seconds at most; whether it was painted."""
        if not self._seen:
            QTimer.singleShot(round(patience * 1000), self._loop, self._loop.quit)
            self._loop.exec()
        return self._seen

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and not self._seen:
            self._seen = True
            QTimer.singleShot(0, self._loop, self._loop.quit)  # its children are painted in the same go
        return super().eventFilter(watched, event)


class Desk:
    """Holds the one window. Another workspace gets a new window, and the old one closes."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self.window: MainWindow | None = None
        self.start_again: list[str] | None = None

    def start(self, path: Path | None) -> bool:
        """Opens the first workspace; False where there is none to be shown."""
        chosen = path if path is not None else self._usual_path()
        if self._open(chosen, make=path is None or not chosen.exists()):
            return True
        return path is None and chosen != self._default_path() and self._open(self._default_path(), make=True)

    def new_workspace(self, path: Path) -> None:
        """Makes a workspace and changes over to it. A file that is there already is opened, never overwritten."""
        self._open(path, make=not path.exists())

    def open_workspace(self, path: Path) -> None:
        """Changes over to another workspace."""
        self._open(path, make=False)

    def restart(self) -> None:
        """Closes the window and starts the program anew on the same workspace: for what Qt takes in only at its start."""
        if self.window is not None:
            self.start_again = start_command(self.window.path)
            self.window.close()
        QApplication.quit()

    def open_sample(self) -> None:
        """Makes the sample workspace anew beside the default one and changes over to it."""
        path = free_name(self.default_folder() / SAMPLE_NAME)
        try:
            self._make_folder(path)
            document = files.new_workspace(path, self._clock)
            sample.fill(document.storage, document.today)
            document.close()
        except PlanError as error:
            self.inform(say_error(error))
            return
        self._open(path, make=False)

    def default_folder(self) -> Path:
        """The person's Documents folder."""
        return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))

    def inform(self, text: str) -> None:
        """Shows a sentence in the window, or beside it where there is none yet."""
        if self.window is not None:
            self.window.session.failed.emit(text)
        else:
            QMessageBox.warning(None, _("Milestone Desktop"), text)

    def report(self, text: str) -> None:
        """Shows what went wrong in the program."""
        ErrorReport(text, self.window).exec()

    def show(self, document: Document, path: Path | None) -> MainWindow:
        """Shows a document in a new window in place of the one there was."""
        session = Session(document, theme_for(self._settings.theme))
        window = MainWindow(session, self._settings, self, path)
        before, self.window = self.window, window
        window.show()
        QTimer.singleShot(0, window, lambda: tell_differences(window))  # after the first picture
        if before is not None:
            before.close()
            before.deleteLater()
        return window

    def _open(self, path: Path, *, make: bool) -> bool:
        try:
            document = self._document(path, make=make)
        except PlanError as error:
            self.inform(say_error(error))
            return False
        if document is None:
            return False
        self._settings.remember_file(path)
        self.show(document, path)
        return True

    def _document(self, path: Path, *, make: bool) -> Document | None:
        """Opens or makes a file; asks where another window holds it. None where the person thinks better of it."""
        if make and not path.exists():
            self._make_folder(path)
            return files.new_workspace(path, self._clock)
        try:
            return files.open_workspace(path, self._clock)
        except PlanError as error:
            if not files.is_in_use(error):
                raise
            return self._ask_about_lock(path, error)

    def _ask_about_lock(self, path: Path, error: PlanError) -> Document | None:
        question = QMessageBox(QMessageBox.Icon.Question, _("This workspace is in use"), say_error(error), parent=self.window)
        read = question.addButton(_("Open read-only"), QMessageBox.ButtonRole.AcceptRole)
        copy = question.addButton(_("Open a copy"), QMessageBox.ButtonRole.AcceptRole)
        question.addButton(_("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(read)
        question.exec()
        if question.clickedButton() is read:
            return files.open_workspace(path, self._clock, read_only=True)
        if question.clickedButton() is copy:
            twin = free_name(path.with_name(_("{name} copy").format(name=path.stem) + path.suffix))
            files.copy_workspace(path, twin, self._clock)
            return files.open_workspace(twin, self._clock)
        return None

    def _usual_path(self) -> Path:
        recent = self._settings.recent_files()
        return recent[0] if recent else self._default_path()

    def _default_path(self) -> Path:
        return self.default_folder() / DEFAULT_NAME

    @staticmethod
    def _make_folder(path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlanError(
                N_("The folder “{folder}” cannot be made: {reason}."), N_("Choose another place."),
                folder=str(path.parent), reason=error.strerror or type(error).__name__,
            ) from error  # fmt: skip


def free_name(path: Path) -> Path:
    """The path itself, or with the first number from 2 on where it is taken: `Sample 2.milestones`."""
    found, number = path, 2
    while found.exists():
        found = path.with_name(f"{path.stem} {number}{path.suffix}")
        number += 1
    return found
