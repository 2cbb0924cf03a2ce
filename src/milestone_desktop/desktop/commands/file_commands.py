"""The File menu."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from milestone_desktop import files
from milestone_desktop.desktop import jobs
from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
from milestone_desktop.desktop.dialogs.paste import PasteDialog
from milestone_desktop.desktop.dialogs.update_import import UpdateImportDialog
from milestone_desktop.desktop.page_table import PAGES
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.pictures import ask_and_save
from milestone_desktop.desktop.words import _, say
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.exchange import registry
from milestone_desktop.exchange.foreign import ForeignPlan
from milestone_desktop.exchange.update import imported_from, is_same_plan

if TYPE_CHECKING:
    from milestone_desktop.desktop.window import MainWindow

SUFFIX = ".milestones"


def writable(window: MainWindow) -> bool:
    return not window.session.document.read_only


def new_workspace(window: MainWindow) -> None:
    chosen = ask_where_to_save(window, _("New workspace"), _("Workspace"))
    if chosen is not None:
        window.program.new_workspace(chosen)


def open_workspace(window: MainWindow) -> None:
    kinds = _("Milestone workspaces (*{suffix})").format(suffix=SUFFIX) + ";;" + _("All files (*)")
    name, _kind = QFileDialog.getOpenFileName(window, _("Open workspace"), str(window.program.default_folder()), kinds)
    if name:
        window.program.open_workspace(Path(name))


def show_welcome(window: MainWindow) -> None:
    window.show_page("welcome")


def save_copy(window: MainWindow) -> None:
    stem = window.path.stem if window.path is not None else _("Workspace")
    chosen = ask_where_to_save(window, _("Save a copy"), _("{name} copy").format(name=stem))
    if chosen is None:
        return
    try:
        files.save_copy(window.session.document, chosen, overwrite=True)
    except PlanError as error:
        window.session.fail(error)


def has_picture(window: MainWindow) -> bool:
    """Whether the page in front is one that can be kept as a picture."""
    page = window.page
    return isinstance(page, Page) and type(page).as_picture is not Page.as_picture


def save_picture(window: MainWindow) -> None:
    """Keeps what the page shows as a picture file."""
    page = window.page
    scene = page.as_picture() if isinstance(page, Page) else None
    if scene is None:
        return
    project, title = window.session.project, PAGES[window.page_name].title()
    name = title if project is None else _("{project} {page}").format(project=project.key, page=title)
    ask_and_save(window, window.session, scene, name, title)


def import_project(window: MainWindow) -> None:
    known = registry.formats()
    patterns = [f"{say(kind.name)} ({' '.join('*' + suffix for suffix in kind.suffixes)})" for kind in known]
    name, _kind = QFileDialog.getOpenFileName(
        window, _("Import project"), str(window.program.default_folder()), ";;".join((*patterns, _("All files (*)")))
    )
    if name:
        import_file(window, Path(name))


def import_file(window: MainWindow, path: Path) -> None:
    """Reads a file beside the window, then shows what it would bring."""

    def done(foreign: ForeignPlan) -> None:
        _ask_how(window, foreign)

    def failed(error: Exception) -> None:
        if not isinstance(error, PlanError):
            raise error
        window.session.fail(error)

    jobs.run(registry.read, path, parent=window, text=_("Reading {name}…").format(name=path.name), done=done, failed=failed)


def _ask_how(window: MainWindow, foreign: ForeignPlan) -> None:
    """A plan that came in before brings its project up to date, another one becomes a project, unless the person turns that
    round."""
    session = window.session
    known = imported_from(session.plan, foreign, session.facts.projects())
    updating = bool(known) and is_same_plan(known[0], foreign)
    while True:
        if updating:
            update = UpdateImportDialog(session, foreign, known, window)
            if update.exec():
                session.show_project(update.project_id)
            if not update.as_new:
                return
        else:
            new = ImportDialog(session, foreign, window, known=bool(known))
            if new.exec() and new.made is not None:
                session.show_project(new.made)
            if not new.as_update:
                return
        updating = not updating


def paste_list(window: MainWindow) -> None:
    dialog = PasteDialog(window.session, window)
    if dialog.exec() and dialog.made is not None:
        window.session.show_project(dialog.made)


def quit_program(window: MainWindow) -> None:
    window.close()


def ask_where_to_save(window: MainWindow, title: str, stem: str) -> Path | None:
    """Asks for a file name; the suffix is added where it is missing."""
    proposal = window.program.default_folder() / f"{stem}{SUFFIX}"
    kinds = _("Milestone workspaces (*{suffix})").format(suffix=SUFFIX)
    name, _kind = QFileDialog.getSaveFileName(window, title, str(proposal), kinds)
    if not name:
        return None
    chosen = Path(name)
    return chosen if chosen.suffix else chosen.with_suffix(SUFFIX)
