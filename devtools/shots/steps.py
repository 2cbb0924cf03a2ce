"""What a window does before its picture is taken. Each function here gives or is a `Prepare`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from milestone_desktop.domain.activities import Milestone
from shots.shot import Prepare

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from milestone_desktop.desktop.window import MainWindow

A_LIST = "Kickoff\t4 Dec\tMara Lindqvist\nPrototype ready\t20 Jan\tTomás Rey\tBilling\nGo-live\tsometime\tJonas Weber\n"
A_FILE = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Imported plan</Title><StartDate>2026-11-02T09:00:00</StartDate>
<Tasks><Task><UID>1</UID><ID>1</ID><Name>Design</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-02T09:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT40H0M0S</Duration></Task><Task><UID>2</UID><ID>2</ID><Name>Ready</Name>
<OutlineLevel>1</OutlineLevel><Start>2026-11-06T18:00:00</Start><Finish>2026-11-06T18:00:00</Finish>
<Duration>PT0H0M0S</Duration><Milestone>1</Milestone></Task></Tasks></Project>"""
WAIT_MS = 60_000


def settle() -> None:
    """Lets Qt lay out and finish what runs beside the window."""
    from PySide6.QtCore import QThreadPool
    from PySide6.QtWidgets import QApplication

    for _round in range(4):
        QApplication.processEvents()
        QThreadPool.globalInstance().waitForDone(WAIT_MS)
        QApplication.processEvents()


def bury() -> None:
    """Lets go at once what is to be deleted later: without a running event loop it would stay, and each further theme be put
    on all of it."""
    from PySide6.QtCore import QCoreApplication, QEvent

    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def nothing(window: MainWindow) -> QWidget | None:
    """The window as it opens."""
    return None


def page(name: str, title: str = "", *, scrolled_to: str = "", inspector: bool = False) -> Prepare:
    """Shows a page of the first project and selects the activity of a title ("*": the first milestone).

    scrolled_to: a heading of the inspector; inspector: it is shown even where it lies over the page, as it is with a heading.
    """

    def prepare(window: MainWindow) -> QWidget | None:
        session = window.session
        session.show_project(session.facts.projects()[0].id)
        window.show_page(name)
        settle()
        rows = sorted(session.plan.activities_where("project", session.project_id), key=lambda row: row.id)
        found = [row.id for row in rows if row.title == title or (title == "*" and isinstance(row, Milestone))]
        session.select(found[:1])
        if name == "roadmap":
            window.roadmap.fit()
        if inspector or scrolled_to:
            window.show_inspector(True)
        settle()
        if scrolled_to:
            _scroll_inspector(window, scrolled_to)
        return None

    return prepare


def portfolio(name: str) -> Prepare:
    """Shows a page of the portfolio."""

    def prepare(window: MainWindow) -> QWidget | None:
        window.session.show_project(None)
        window.show_page(name)
        return None

    return prepare


def action(name: str, first: Prepare = nothing) -> Prepare:
    """Triggers an action of the window's table, after another step."""

    def prepare(window: MainWindow) -> QWidget | None:
        first(window)
        window.actions_[name].trigger()
        return None

    return prepare


def _scroll_inspector(window: MainWindow, heading: str) -> None:
    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QLabel, QScrollArea

    area, panel = window.inspector.stack.currentWidget(), window.inspector.panel
    if not isinstance(area, QScrollArea) or panel is None:
        raise TypeError("the inspector shows nothing")
    label = next(found for found in panel.findChildren(QLabel) if found.text().startswith(heading))
    area.verticalScrollBar().setValue(label.mapTo(panel, QPoint(0, 0)).y() - 10)


# dialogs


def shown(dialog: QWidget) -> QWidget:
    """Shows a dialog and returns it, so that it is what is drawn."""
    dialog.show()
    return dialog


def new_project(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.new_project import NewProjectDialog

    return shown(NewProjectDialog(window.session, window))


def complete(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.complete import CompleteDialog

    page("milestones", "Prototype ready")(window)
    row = next(row for row in window.session.plan.all(Milestone) if row.title == "Prototype ready")
    return shown(CompleteDialog(window.session, row, window))


def project_settings(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.project import ProjectDialog

    page("roadmap")(window)
    return shown(ProjectDialog(window.session, window))


def choose_dependency(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.choose import ChooseDialog

    page("roadmap", "Prototype ready")(window)
    rows = window.session.plan.activities_where("project", window.session.project_id)
    return shown(ChooseDialog(window.session, "Add predecessor", rows, several=True, parent=window))


def paste(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.paste import PasteDialog

    page("milestones")(window)
    dialog = PasteDialog(window.session, window)
    dialog.text.setPlainText(A_LIST)
    return shown(dialog)


def import_file(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
    from milestone_desktop.exchange import registry

    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "plan.xml"
        source.write_text(A_FILE, "utf-8")
        foreign = registry.read(source)
    return shown(ImportDialog(window.session, foreign, window))


def import_again(window: MainWindow) -> QWidget:
    """The file of the last import with another title, another date and a row less."""
    from milestone_desktop.desktop.dialogs.update_import import UpdateImportDialog
    from milestone_desktop.exchange import registry
    from milestone_desktop.exchange.apply import bring_in

    task = "<Task><UID>3</UID><ID>3</ID><Name>Review of the design</Name><OutlineLevel>1</OutlineLevel></Task></Tasks>"
    with TemporaryDirectory() as scratch:
        source = Path(scratch) / "plan.xml"
        source.write_text(A_FILE.replace("</Tasks>", task), "utf-8")
        window.session.attempt("Import", lambda edit: bring_in(edit, registry.read(source)))
        later = A_FILE.replace("2026-11-06T18", "2026-11-11T18").replace(">Design<", ">Design of the screens<")
        source.write_text(later, "utf-8")
        foreign = registry.read(source)
    (known,) = (row for row in window.session.facts.projects() if row.title == "Imported plan")
    window.session.show_project(known.id)
    return shown(UpdateImportDialog(window.session, foreign, [known], window))


def status_date(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog

    page("roadmap")(window)
    return shown(StatusDateDialog(window.session, window))


def keyboard(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.keyboard import KeyboardDialog

    return shown(KeyboardDialog(window.actions_.key_map(), window))


def about(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.about import AboutDialog

    return shown(AboutDialog(window))


def error_report(window: MainWindow) -> QWidget:
    from milestone_desktop.desktop.dialogs.error_report import ErrorReport
    from milestone_desktop.desktop.errors import report_text

    return shown(ErrorReport(report_text(ZeroDivisionError("an example")), window))


def failure(window: MainWindow) -> QWidget | None:
    """A sentence that tells what could not be done."""
    from milestone_desktop.domain.messages import PlanError

    page("milestones", "User acceptance")(window)
    window.session.fail(PlanError("“31 foo” is not a date.", "Type one such as 4 dec, next fri or +2w."))
    return None


def find(words: str) -> Prepare:
    """The find bar over the roadmap, with a match in hand."""

    def prepare(window: MainWindow) -> QWidget | None:
        page("roadmap")(window)
        window.actions_["edit.find"].trigger()
        window.find_bar.field.setText(words)
        window.find_bar.go(1)
        return None

    return prepare


def palette(words: str) -> Prepare:
    """The command palette with words typed into it."""

    def prepare(window: MainWindow) -> QWidget | None:
        from milestone_desktop.desktop.palette.dialog import PaletteDialog

        page("roadmap")(window)
        dialog = PaletteDialog(window, window.offers)
        dialog.field.setText(words)
        return shown(dialog)

    return prepare


def tool_menu(name: str) -> Prepare:
    """The menu of a button of the tool row, by the first word on it."""

    def prepare(window: MainWindow) -> QWidget | None:
        from PySide6.QtWidgets import QPushButton

        page("roadmap", "Prototype ready")(window)
        button = next(one for one in window.findChildren(QPushButton) if one.menu() and one.text().startswith(name))
        menu = button.menu()
        menu.popup(window.mapToGlobal(window.rect().center()))
        return menu

    return prepare
