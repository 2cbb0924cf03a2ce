"""The first minutes: an empty workspace, a template, a pasted list, the sample, recent files."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QPushButton
from window_desk import NOW, Key, OpenDesk, answer, settle, type_text

from milestone_desktop.desktop.dialogs.new_project import NewProjectDialog
from milestone_desktop.desktop.dialogs.paste import PasteDialog
from milestone_desktop.desktop.pages.welcome import WelcomePage
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import day_of
from milestone_desktop.domain.projects import Project


def welcome_of(desk: OpenDesk) -> WelcomePage:
    page = desk.window.page
    assert isinstance(page, WelcomePage)
    return page


def test_a_name_and_a_click_make_a_roadmap_of_ones_own(empty_desk: OpenDesk) -> None:
    page = welcome_of(empty_desk)
    assert page.title.hasFocus()
    QTest.keyClicks(page.title, "Harbour bridge")
    type_text(page.kickoff, "7 dec")
    page.create_button.click()
    settle()
    project = next(iter(empty_desk.plan.all(Project)))
    assert (project.title, project.key) == ("Harbour bridge", "HAR")
    assert project.start is not None
    assert day_of(project.start) == date(2026, 12, 7).toordinal()
    assert len(empty_desk.plan.where(Milestone, "project", project.id)) == 7
    assert empty_desk.window.page_name == "roadmap"
    assert empty_desk.window.header.title.text() == "Harbour bridge"
    assert empty_desk.edits() == 1
    empty_desk.do("edit.undo")
    assert empty_desk.window.page_name == "welcome"


def test_another_template_is_chosen_by_a_click(empty_desk: OpenDesk) -> None:
    page = welcome_of(empty_desk)
    cards = [button for button in page.findChildren(QPushButton) if button.property("card")]
    cards[-1].click()
    QTest.keyClicks(page.title, "Nothing yet")
    QTest.keyClick(page.title, Key.Key_Return)
    settle()
    assert [row.title for row in empty_desk.plan.all(Project)] == ["Nothing yet"]
    assert empty_desk.plan.count(Milestone) == 0


def test_a_missing_name_is_said_on_the_page(empty_desk: OpenDesk) -> None:
    page = welcome_of(empty_desk)
    page.create_button.click()
    assert page.error.text() == "A project needs a title."
    assert page.error.isVisible()
    assert empty_desk.plan.count(Project) == 0


def test_a_pasted_list_is_previewed_and_becomes_a_project(empty_desk: OpenDesk) -> None:
    QGuiApplication.clipboard().clear()
    seen: list[str] = []

    def paste(dialog: QDialog) -> None:
        assert isinstance(dialog, PasteDialog)
        assert not dialog.done_button.isEnabled()
        dialog.text.setPlainText("Kickoff\t4 Dec\tMara\nGo-live\t29 Jan\tTomas\nno date here\tsoon\tMara")
        seen.extend(dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount()))
        seen.append(dialog.table.item(1, 1).text())
        seen.append(dialog.table.item(2, 4).text())
        dialog.title.setText("Pasted")
        dialog.accept()

    answer(paste)
    welcome_of(empty_desk).ways[0].click()
    settle()
    assert seen[:4] == ["Kickoff", "Go-live", "no date here", "29 Jan 2027"]
    assert "soon" in seen[4]
    assert [row.title for row in empty_desk.plan.all(Milestone)] == ["Kickoff", "Go-live", "no date here"]
    assert empty_desk.edits() == 1
    assert empty_desk.window.header.title.text() == "Pasted"


def test_the_sample_opens_beside_the_workspace(empty_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(empty_desk.desk, "default_folder", lambda: empty_desk.folder)
    first = empty_desk.window
    welcome_of(empty_desk).ways[2].click()
    settle()
    assert empty_desk.window is not first
    assert empty_desk.window.path == empty_desk.folder / "Sample.milestones"
    assert len(empty_desk.window.session.facts.projects()) == 4
    assert empty_desk.window.page_name == "roadmap"
    assert empty_desk.settings.recent_files()[0] == (empty_desk.folder / "Sample.milestones").resolve()


def test_the_dialog_makes_a_project_with_a_key_from_its_title(desk: OpenDesk) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProjectDialog)
        dialog.templates.setCurrentRow(2)
        QTest.keyClicks(dialog.title, "Autumn fair")
        assert dialog.key.text() == "AUT"
        dialog.accept()

    answer(fill)
    desk.do("plan.project")
    assert desk.window.header.title.text() == "Autumn fair"
    made = desk.window.session.project
    assert made is not None
    assert made.template == "event"
    assert made.start is not None
    assert day_of(made.start) >= NOW.toordinal()


def test_a_taken_key_is_refused_in_the_dialog(desk: OpenDesk) -> None:
    said: list[str] = []

    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, NewProjectDialog)
        QTest.keyClicks(dialog.title, "Twin")
        type_text(dialog.key, "AUR")
        dialog.accept()
        said.append(dialog.error.text())

    answer(fill)
    desk.do("plan.project")
    assert "AUR" in said[0]
    assert desk.plan.count(Project) == 1
