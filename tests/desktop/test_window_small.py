"""Small screens, dialogs that go, the outline and relations in the inspector, and an import with the mouse."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QToolButton
from window_desk import Key, OpenDesk, answer, finish_jobs, settle, type_text

from milestone_desktop.desktop.commands import file_commands
from milestone_desktop.desktop.dialogs.choose import ChooseDialog
from milestone_desktop.desktop.dialogs.import_preview import ImportDialog
from milestone_desktop.desktop.inspector.inspector import LEAST_WIDTH
from milestone_desktop.desktop.inspector.item import ItemPanel
from milestone_desktop.desktop.inspector.milestone import MilestonePanel
from milestone_desktop.desktop.inspector.placing import RelationRow
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, items, people, relations
from milestone_desktop.domain.activities import Milestone, Relation, WorkItem
from milestone_desktop.domain.enums import RelationType
from milestone_desktop.domain.projects import Project

SCROLL_BAR = 12
A_PLAN = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Title>Harbour</Title><StartDate>2026-11-02T09:00:00</StartDate><Tasks>
<Task><UID>1</UID><ID>1</ID><Name>Dig</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-02T09:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT40H0M0S</Duration></Task>
<Task><UID>2</UID><ID>2</ID><Name>Flooded</Name><OutlineLevel>1</OutlineLevel><Start>2026-11-06T18:00:00</Start>
<Finish>2026-11-06T18:00:00</Finish><Duration>PT0H0M0S</Duration><Milestone>1</Milestone>
<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type></PredecessorLink></Task></Tasks></Project>"""


@pytest.fixture
def small(desk: OpenDesk) -> OpenDesk:
    desk.window.resize(1366, 768)
    settle()
    return desk


def test_on_a_small_screen_the_inspector_comes_over_the_page_when_asked_for_and_esc_closes_it(small: OpenDesk) -> None:
    window = small.window
    small.select(small.milestone("Project kickoff"))
    page_width = window.stack.width()
    assert window.inspector.isHidden()
    small.do("view.inspector")
    assert window.inspector.isVisible()
    assert window.stack.width() == page_width
    right = window.inspector.mapTo(window.page_place, QPoint(window.inspector.width(), 0))
    assert right == QPoint(window.page_place.width(), 0)
    panel = window.inspector.panel
    assert isinstance(panel, MilestonePanel)
    type_text(panel.planned, "11 dec")
    QTest.keyClick(panel.planned, Key.Key_Escape)
    assert panel.planned.text() != "11 dec"
    assert window.inspector.isVisible()
    QTest.keyClick(panel.planned, Key.Key_Escape)
    assert window.inspector.isHidden()


def test_enter_shows_the_row_that_has_the_keyboard_in_a_window_just_opened(small: OpenDesk) -> None:
    window = small.window
    assert window.session.current is None
    QTest.keyClick(window.roadmap.table, Key.Key_Return)
    settle()
    assert window.inspector.isVisible()
    panel = window.inspector.panel
    assert panel is not None
    assert panel.row_id == window.roadmap.model.ids[0] == window.session.current


def test_tab_goes_by_what_is_scrolled_out_of_view(small: OpenDesk) -> None:
    """The buttons below the last row are a stop only where they can be seen; coming to them brings them into view."""
    table, adder = small.window.roadmap.table, small.window.roadmap.row_work.adder
    table.setFocus()
    assert adder.y() > table.viewport().height()
    QTest.keyClick(table, Key.Key_Tab)
    assert small.window.focusWidget() is small.window.roadmap.head
    table.setFocus()
    QTest.keyClick(table, Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(table, Key.Key_Down)
    assert small.window.focusWidget() is adder.item
    assert adder.geometry().bottom() <= table.viewport().height()
    table.setFocus()
    QTest.keyClick(table, Key.Key_Tab)
    assert small.window.focusWidget() is adder.item


def test_the_inspector_has_a_button_to_close_it_and_stands_beside_the_page_again_when_there_is_room(small: OpenDesk) -> None:
    window = small.window
    small.do("view.inspector")
    QTest.mouseClick(window.inspector.close_button, Qt.MouseButton.LeftButton)
    assert window.inspector.isHidden()
    window.resize(1680, 940)
    settle()
    assert window.inspector.isVisible()
    assert window.splitter.indexOf(window.inspector) == 1
    assert window.inspector.close_button.isHidden()


@pytest.mark.parametrize("width", [800, 960, 1100, 1366, 1680])
def test_no_tool_is_cut_whatever_the_width(desk: OpenDesk, width: int) -> None:
    window = desk.window
    window.resize(width, 600)
    settle()
    tools = window.tools
    for button in (*tools.findChildren(QPushButton), *tools.findChildren(QToolButton), tools.search):
        if button.isVisible() and button.parent() is tools:
            assert button.width() >= button.minimumSizeHint().width()
            assert button.geometry().right() < tools.width()
    shown = [button.text() for button in tools.findChildren(QPushButton) if button.isVisible()]
    folded = {f"{scale} ▾" for scale in ("Day", "Week", "Month", "Quarter", "Year")}
    assert ("Day" in shown) is not bool(folded & set(shown))


def test_folded_view_modes_are_called_by_the_one_that_is_chosen(desk: OpenDesk) -> None:
    desk.window.resize(800, 600)
    settle()
    desk.do("view.scale.week")
    shown = [button.text() for button in desk.window.tools.findChildren(QPushButton) if button.isVisible()]
    assert "Week ▾" in shown


def test_a_dialog_goes_once_it_is_answered(desk: OpenDesk) -> None:
    answer(lambda dialog: dialog.reject())
    desk.do("plan.settings")
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert desk.window.findChildren(QDialog) == []


def test_a_real_file_is_imported_after_its_preview(desk: OpenDesk, tmp_path: Path) -> None:
    source = tmp_path / "harbour.xml"
    source.write_text(A_PLAN, "utf-8")
    told: list[str] = []

    def take(dialog: QDialog) -> None:
        assert isinstance(dialog, ImportDialog)
        told.append(dialog.windowTitle())
        type_text(dialog.key, "HRB")
        dialog.done_button.click()

    answer(take)
    file_commands.import_file(desk.window, source)
    finish_jobs()
    assert told == ["Import “Harbour”"]
    project = desk.window.session.project
    assert project is not None
    assert (project.key, project.title) == ("HRB", "Harbour")
    assert desk.milestone("Flooded").project == project.id
    assert desk.plan.where(WorkItem, "project", project.id)[0].title == "Dig"
    desk.do("edit.undo")
    assert [row.title for row in desk.plan.all(Project)] == ["Aurora"]


def test_an_item_is_moved_under_another_and_to_the_top(desk: OpenDesk) -> None:
    item = next(row for row in desk.plan.all(WorkItem) if row.parent is not None)
    tops = [row for row in desk.plan.activities_where("parent", None) if row.id != item.parent]
    desk.show("items")
    desk.select(item)
    panel = desk.window.inspector.panel
    assert isinstance(panel, ItemPanel)
    buttons = panel.findChildren(QPushButton)
    under = next(button for button in buttons if button.accessibleName() == "Under" or "row above" in button.accessibleName())
    top = next(button for button in buttons if button.text() == "To the top level")

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ChooseDialog)
        type_text(dialog.search, tops[0].title)
        dialog.done_button.click()

    answer(choose)
    under.click()
    settle()
    assert desk.plan[WorkItem, item.id].parent == tops[0].id
    top.click()
    settle()
    assert desk.plan[WorkItem, item.id].parent is None
    assert top.isHidden()


def test_a_relation_is_added_read_from_the_other_side_and_removed(desk: OpenDesk) -> None:
    first, second = desk.milestone("Project kickoff"), next(iter(desk.plan.all(WorkItem)))
    desk.show("milestones")
    desk.select(first)
    panel = desk.window.inspector.panel
    assert isinstance(panel, MilestonePanel)

    def choose(dialog: QDialog) -> None:
        assert isinstance(dialog, ChooseDialog)
        type_text(dialog.search, second.title)
        dialog.done_button.click()

    answer(choose)
    next(button for button in panel.findChildren(QPushButton) if button.text() == "Add relation…").click()
    settle()
    made = next(iter(desk.plan.all(Relation)))
    assert (made.activity, made.other) == (first.id, second.id)
    row = panel.findChildren(RelationRow)[0]
    row.type.setCurrentIndex(row.type.findData(RelationType.DUPLICATES.value))
    row.type.picked.emit()
    desk.select(second)
    other = desk.window.inspector.panel
    assert isinstance(other, ItemPanel)
    seen = other.findChildren(RelationRow)[0]
    assert seen.type.currentText() == "is duplicated by"
    assert seen.title.text() == first.title
    next(button for button in seen.findChildren(QToolButton) if button.accessibleName() == "Remove relation").click()
    settle()
    assert desk.plan.count(Relation) == 0
    assert desk.plan.count(Milestone) > 0


def test_nothing_in_the_inspector_is_wider_than_its_narrowest_shape(desk: OpenDesk) -> None:
    session = desk.window.session
    long = "Donaudampfschifffahrtsgesellschaftskapitänsprüfungsvorbereitung " * 2

    def lengthen(edit: Edit) -> None:
        for row in list(edit.plan.activities()):
            activities.rename(edit, row.id, long)
        names = [people.create(edit, f"{long} {n}").id for n in range(3)]
        for item in edit.plan.all(WorkItem):
            items.assign(edit, item.id, names)

    assert session.attempt("Lengthen", lengthen)
    relate = next(iter(desk.plan.all(Milestone))).id, next(iter(desk.plan.all(WorkItem))).id
    assert session.attempt("Relate", lambda edit: relations.add(edit, *relate))
    desk.show("items")
    for row in list(desk.plan.activities()):
        desk.select(row)
        panel = desk.window.inspector.panel
        assert panel is not None
        assert panel.minimumSizeHint().width() <= LEAST_WIDTH - SCROLL_BAR


def test_beside_the_inspector_the_tool_row_shows_view_modes_and_adders_and_gives_room_for_typing(desk: OpenDesk) -> None:
    window = desk.window
    window.resize(1680, 940)
    settle()
    assert window.inspector.isVisible()

    def shown() -> set[str]:
        buttons = (button for button in window.tools.findChildren(QPushButton) if button.isVisible())
        return {button.text() for button in buttons}

    modes, adders = {"Day", "Week", "Month", "Quarter", "Year"}, {"+ Milestone", "+ Work item"}
    assert modes | adders | {"Today", "Fit", "Filter ▾", "Show ▾"} <= shown()
    narrow = window.tools.search.width()
    desk.do("edit.filter")
    assert window.tools.search.width() > 2 * narrow - 20
    assert modes <= shown(), "what adds folds first: the table has a line for it"
    assert adders.isdisjoint(shown())
    QTest.keyClick(window.tools.search, Key.Key_Return)
    settle()
    assert adders <= shown()
