"""The frame: pages, search and sort, themes, people, keys, names, read-only and locked files, errors."""

from __future__ import annotations

import sys
from io import BytesIO

from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)
from window_desk import NOW, Key, OpenDesk, answer, finish_jobs, press, settle, type_text

from milestone_desktop import files
from milestone_desktop.desktop import errors
from milestone_desktop.desktop.app import Desk
from milestone_desktop.desktop.dialogs.about import AboutDialog
from milestone_desktop.desktop.dialogs.keyboard import KeyboardDialog
from milestone_desktop.desktop.dialogs.project import ProjectDialog
from milestone_desktop.desktop.dialogs.status_date import StatusDateDialog
from milestone_desktop.desktop.pages.people import PeoplePage
from milestone_desktop.desktop.pages.report import ReportPage
from milestone_desktop.desktop.report_parts import chosen_parts
from milestone_desktop.desktop.theme import ThemeChoice, load_theme
from milestone_desktop.document.operations import activities, people
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.messages import PlanError
from milestone_desktop.domain.projects import Person, Project, Workspace
from milestone_desktop.reports.parts import Part

Control = Qt.KeyboardModifier.ControlModifier


def test_search_hides_rows_says_how_many_and_keeps_the_selection(desk: OpenDesk) -> None:
    desk.show("milestones")
    everything = desk.titles()
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "title")
    desk.do("edit.filter")
    QTest.keyClicks(QApplication.focusWidget(), "PLANNING comp")
    settle()
    assert desk.titles() == ["Planning complete"]
    hidden = f"{len(everything) - 1} hidden by the filter"
    assert desk.window.status.rows.text() == f"1 row, {hidden}: “PLANNING” and “comp”"
    assert desk.window.session.selection == (row.id,)
    type_text(desk.window.tools.search, "")
    QTest.keyClick(desk.window.tools.search, Key.Key_Delete)
    assert desk.titles() == everything
    assert {index.row() for index in desk.table().view.selectedIndexes()} == {everything.index("Planning complete")}


def test_a_click_on_a_heading_sorts_and_the_selection_stays(desk: OpenDesk) -> None:
    desk.show("milestones")
    natural = desk.titles()
    row = desk.milestone("Planning complete")
    desk.click_cell(row.id, "title")
    header = desk.table().view.horizontalHeader()
    for expected in (sorted(natural, key=str.casefold), sorted(natural, key=str.casefold, reverse=True), natural):
        place = header.sectionViewportPosition(0) + 20
        QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
        settle()
        assert desk.titles() == expected
        selected = {index.row() for index in desk.table().view.selectedIndexes()}
        assert [desk.titles()[place] for place in selected] == ["Planning complete"]


def test_a_sorted_table_keeps_its_order_while_rows_change(desk: OpenDesk) -> None:
    desk.show("milestones")
    desk.table().sort_by(0)
    row = desk.milestone("Planning complete")
    desk.window.session.attempt("Rename", lambda edit: activities.rename(edit, row.id, "AAA first"))
    settle()
    assert desk.titles()[0] == "AAA first"


def test_themes_change_at_once_and_are_remembered(desk: OpenDesk) -> None:
    desk.do("view.theme.dark")
    assert desk.window.session.theme.dark
    assert QApplication.palette().window().color() == load_theme("dark").color("window")
    assert desk.settings.theme is ThemeChoice.DARK
    assert desk.window.actions_["view.theme.dark"].isChecked()
    dark = desk.window.grab().toImage().pixelColor(2, 500)
    desk.do("view.theme.light")
    light = desk.window.grab().toImage().pixelColor(2, 500)
    assert (dark, light) == (load_theme("dark").color("sidebar"), load_theme("light").color("sidebar"))


def test_people_are_added_renamed_made_me_and_deleted_with_one_undo_each(desk: OpenDesk) -> None:
    desk.show("people")
    page = desk.window.page
    assert isinstance(page, PeoplePage)
    before, edits = {row.id for row in desk.plan.all(Person)}, desk.edits()
    page.add.click()
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "Zoe")
    press(Key.Key_Return)
    zoe = next(row for row in desk.plan.all(Person) if row.name == "Zoe")
    page.me.click()
    assert desk.plan[Workspace, 1].me == zoe.id
    page.remove.click()
    assert {row.id for row in desk.plan.all(Person)} == before
    assert desk.plan[Workspace, 1].me is None
    assert desk.edits() == edits + 4
    desk.do("edit.undo")
    assert desk.plan[Workspace, 1].me == zoe.id
    assert desk.plan[Person, zoe.id].name == "Zoe"


def test_an_owner_is_chosen_in_the_table(desk: OpenDesk) -> None:
    made: list[int] = []
    desk.window.session.attempt("Add", lambda edit: made.append(people.create(edit, "Aisha").id))
    desk.show("milestones")
    row = desk.milestone("Project kickoff")
    page = desk.table()
    section = [column.id for column in page.model.columns].index("owner")
    assert page.model.setData(page.model.index(page.model.row_of(row.id) or 0, section), made[0])
    assert desk.plan[Milestone, row.id].owner == made[0]
    assert page.model.index(page.model.row_of(row.id) or 0, section).data() == "Aisha"


def test_the_status_date_pill_opens_its_dialog(desk: OpenDesk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, StatusDateDialog)
        type_text(dialog.day, "13 nov")
        dialog.accept()

    answer(fill)
    desk.window.header.status_date.click()
    settle()
    assert desk.window.header.status_date.text() == "Status date 13 Nov 2026, 10 days old"


def test_a_project_is_changed_and_its_old_key_kept(desk: OpenDesk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, ProjectDialog)
        dialog.title.setText("Borealis")
        dialog.key.setText("BOR")
        dialog.accept()

    answer(fill)
    desk.do("plan.settings")
    project = next(iter(desk.plan.all(Project)))
    assert (project.title, project.key, project.aliases) == ("Borealis", "BOR", ("AUR",))
    assert desk.window.header.title.text() == "Borealis"


def test_the_keyboard_map_lists_every_action_that_has_a_key(desk: OpenDesk) -> None:
    lines: list[tuple[str, str]] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, KeyboardDialog)
        lines.extend(dialog.rows)

    answer(read)
    desk.do("help.keys")
    table, made = desk.window.actions_.table, desk.window.actions_
    keyed = {action.text for action in table if not made[action.id].shortcut().isEmpty()}
    assert keyed <= {text for text, _key in lines}
    assert all(key for _text, key in lines)
    assert ("Add milestone", "Ctrl+M") in lines


def test_no_two_actions_share_a_key_and_each_does_something(desk: OpenDesk) -> None:
    table = desk.window.actions_.table
    keys = [desk.window.actions_[action.id].shortcut().toString() for action in table]
    used = [key for key in keys if key]
    assert len(used) == len(set(used))
    assert all(callable(action.function) and action.text for action in table)


def test_every_control_has_an_accessible_name(desk: OpenDesk) -> None:
    for page in ("roadmap", "milestones", "items", "people"):
        desk.show(page)
        for row in (desk.milestone("Project kickoff"), next(iter(desk.plan.activities()))):
            desk.select(row)
            unnamed = [widget for widget in desk.window.findChildren(QWidget) if _is_control(widget) and not _name(widget)]
            assert not unnamed, f"{page}: {unnamed}"


def _is_control(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, QAbstractSpinBox)
    inside = widget.parent()
    own = not isinstance(inside, (QComboBox, QAbstractItemView, QLineEdit)) and "qt_" not in widget.objectName()
    return isinstance(widget, kinds) and own and widget.isVisible()


def _name(widget: QWidget) -> str:
    return widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")


def test_a_read_only_workspace_offers_no_edit(desk: OpenDesk) -> None:
    path = desk.window.path
    assert path is not None
    document = files.open_workspace(path, lambda: NOW, read_only=True)
    second = Desk(desk.settings, lambda: NOW)
    window = second.show(document, path)
    try:
        settle()
        assert "(read only)" in window.windowTitle()
        for action in ("plan.milestone", "plan.project", "edit.undo", "file.import"):
            assert not window.actions_[action].isEnabled()
        row = next(iter(document.plan.all(Milestone)))
        assert not window.session.attempt("Rename", lambda edit: activities.rename(edit, row.id, "x"))
        assert window.failure.label.text() == "This workspace is open for reading only. Save a copy to edit it."
        window.show_page("milestones")
        window.session.select([row.id])
        panel = window.inspector.panel
        assert panel is not None
        assert not any(field.isEnabled() for field in panel.findChildren(QLineEdit))
    finally:
        window.close()
        window.deleteLater()


def test_a_file_that_another_window_holds_can_be_opened_as_a_copy(desk: OpenDesk) -> None:
    path = desk.window.path
    assert path is not None
    other = Desk(desk.settings, lambda: NOW)
    texts: list[str] = []

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, QMessageBox)
        texts.append(dialog.text())
        next(button for button in dialog.buttons() if button.text() == "Open a copy").click()

    answer(choose)
    other.open_workspace(path)
    settle()
    assert path.name in texts[0]
    assert other.window is not None
    assert other.window.path == path
    other.window.close()
    other.window.deleteLater()


def test_recent_files_lead_back_to_another_workspace(desk: OpenDesk) -> None:
    first = desk.window.path
    assert first is not None
    desk.desk.new_workspace(desk.folder / "second.milestones")
    settle()
    assert desk.window.page_name == "welcome"
    recent = next(menu for menu in desk.window.menus["file"].actions() if menu.text() == "Recent workspaces").menu()
    assert recent is not None
    recent.aboutToShow.emit()
    entries = {action.text(): action for action in recent.actions()}
    assert set(entries) == {"second.milestones", first.name}
    entries[first.name].trigger()
    settle()
    assert desk.window.path == first.resolve()
    assert desk.window.page_name == "roadmap"


def test_a_file_that_is_no_workspace_is_refused_in_one_sentence(desk: OpenDesk) -> None:
    stranger = desk.folder / "notes.milestones"
    stranger.write_text("not a workspace at all", encoding="utf-8")
    window = desk.window
    desk.desk.open_workspace(stranger)
    assert desk.window is window
    assert "notes.milestones" in window.failure.label.text()
    assert stranger.read_text(encoding="utf-8") == "not a workspace at all"


def test_the_report_is_laid_out_beside_the_window_and_saved(desk: OpenDesk) -> None:
    desk.show("report")
    page = desk.window.page
    assert isinstance(page, ReportPage)
    assert not page.save.isEnabled()
    finish_jobs()
    assert page.printed is not None
    assert page.save.isEnabled()
    target = desk.folder / "report.pdf"
    page.write(target)
    assert target.read_bytes().startswith(b"%PDF-")
    assert page.told.text() == "Saved as report.pdf"


def test_a_part_of_the_report_is_chosen_in_its_menu_and_remembered(desk: OpenDesk) -> None:
    desk.show("report")
    page = desk.window.page
    assert isinstance(page, ReportPage)
    finish_jobs()
    edits = desk.edits()
    entry = next(each for each in page.parts.menu().actions() if each.text() == "Milestone report")
    assert not entry.isChecked()
    entry.trigger()
    finish_jobs()
    assert page.printed is not None
    text = " ".join(PdfReader(BytesIO(page.printed.pdf)).pages[-1].extract_text().split())
    assert "Milestone Name Owner Due Date Status Tasks" in text
    assert desk.edits() == edits
    assert Part.TASKS in chosen_parts(desk.window.session)
    again = ReportPage(desk.window.session)
    assert next(each for each in again.parts.menu().actions() if each.text() == "Milestone report").isChecked()
    again.deleteLater()


def test_known_errors_are_said_and_bugs_are_reported() -> None:
    said: list[str] = []
    reported: list[str] = []
    remove = errors.install(said.append, reported.append)
    try:
        sys.excepthook(PlanError, PlanError("The key is taken.", "Choose another."), None)
        fault = ValueError("broken")
        sys.excepthook(ValueError, fault, None)
    finally:
        remove()
    assert said == ["The key is taken. Choose another."]
    assert len(reported) == 1
    assert "ValueError: broken" in reported[0]
    assert "Milestone Desktop" in reported[0]


def test_about_shows_the_licences(desk: OpenDesk) -> None:
    shown: list[str] = []

    def read(dialog: QDialog) -> None:
        assert isinstance(dialog, AboutDialog)
        shown.extend(field.toPlainText() for field in dialog.findChildren(QPlainTextEdit))

    answer(read)
    desk.do("help.about")
    assert "SIL OPEN FONT LICENSE" in shown[0].upper()
    assert "ISC" in shown[0]


def test_the_sidebar_shows_portfolio_and_projects_and_shrinks(desk: OpenDesk) -> None:
    sidebar = desk.window.sidebar
    assert [entry.text for entry in sidebar.entries()][:4] == ["Portfolio", "Projects", "Aurora", "Saved views"]
    sidebar.list.setCurrentRow(0)
    settle()
    assert desk.window.session.project_id is None
    assert desk.window.header.title.text() == "Portfolio"
    tabs = desk.window.tab_strip.tabs
    shown = [tabs.tabText(n) for n in range(tabs.count())]
    assert shown[:4] == ["Roadmap", "Milestones", "Work items", "By owner"]
    more = [action.text() for action in desk.window.tab_strip.menu.actions()]
    assert {"Blockers", "Billing", "Lessons", "People", "Archived projects"} <= set(more)
    assert not {"Report", "Plan check"} & {*shown, *more}
    desk.window.resize(1366, 768)
    settle()
    assert sidebar.narrow
    assert sidebar.width() < 80


def test_the_window_keeps_its_shape(desk: OpenDesk) -> None:
    desk.window.show_inspector(False)
    path = desk.window.path
    assert path is not None
    desk.window.close()
    assert not desk.settings.inspector
    desk.desk.open_workspace(path)
    settle()
    assert desk.window.inspector.isHidden()


def test_a_project_shown_again_after_the_portfolio_stands_on_the_page_it_had(desk: OpenDesk) -> None:
    project = desk.window.session.project_id
    assert desk.window.page_name == "roadmap"
    desk.window.session.show_project(None)
    assert desk.window.page_name == "portfolio"
    desk.window.session.show_project(project)
    assert desk.window.page_name == "roadmap"
    desk.show("items")
    desk.window.session.show_project(None)
    assert desk.window.page_name == "items"
