"""A window as small as twice as large words leave on a small screen: 683 × 374 px."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QScrollArea, QToolButton, QWidget
from window_desk import OpenDesk, answer, settle

from milestone_desktop.desktop import window_shape
from milestone_desktop.desktop.dialogs import dialog as dialog_module
from milestone_desktop.desktop.pages.page import Page
from milestone_desktop.desktop.window_shape import LEAST

WIDTH, HEIGHT = 683, 374


@pytest.fixture
def low(desk: OpenDesk) -> OpenDesk:
    window = desk.window
    window.setMinimumSize(WIDTH, HEIGHT)  # as on a screen that is no larger
    window.resize(WIDTH, HEIGHT)
    settle()
    return desk


def within(part: QWidget, whole: QWidget) -> bool:
    corner = part.mapTo(whole, QPoint(0, 0))
    return corner.x() >= 0 and corner.x() + part.width() <= whole.width() and corner.y() + part.height() <= whole.height()


def test_title_and_pages_share_a_line_and_no_tool_is_cut(low: OpenDesk) -> None:
    window = low.window
    assert window.width() < LEAST.width()
    head, more = window.header, window.tab_strip.more
    assert (more.isVisible(), more.text()) == (True, "Roadmap ▾")
    assert within(more, head)
    assert not window.tab_strip.tabs.isVisible()
    for pill in head.findChildren(QPushButton):
        assert not pill.isVisible() or (within(pill, head) and pill.width() >= pill.minimumSizeHint().width())
    tools = window.tools
    for part in (*tools.findChildren(QPushButton), *tools.findChildren(QToolButton), tools.search):
        if part.isVisible() and part.parent() is tools:
            assert within(part, tools), part.text()
            assert part.width() >= part.minimumSizeHint().width(), part.text()
    assert window.roadmap.table.viewport().height() >= 2.5 * 32
    window.resize(1366, 768)
    settle()
    assert window.tab_strip.tabs.isVisible()
    assert window.tab_strip.parent() is head.parent()


def test_any_page_is_reached_by_the_menu_beside_the_title(low: OpenDesk) -> None:
    window = low.window
    menu = window.tab_strip.menu
    assert [action.text() for action in menu.actions()][:3] == ["Roadmap", "Milestones", "Work items"]
    window.tab_strip.more.setFocus()
    QTest.keyClick(window.tab_strip.more, Qt.Key.Key_Space)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle()
    assert window.page_name == "milestones"
    assert window.tab_strip.more.text() == "Milestones ▾"


@pytest.mark.parametrize("name", ["calendars", "portfolio", "owners", "history", "trend", "review", "plan-check"])
def test_a_page_that_needs_more_room_is_scrolled_not_squeezed(low: OpenDesk, name: str) -> None:
    window = low.window
    if name in ("portfolio", "owners"):
        window.session.show_project(None)
    low.show(name)
    page = window.page
    assert isinstance(page, Page)
    assert page.least is not None
    area = page.parent().parent()
    assert isinstance(area, QScrollArea)
    assert page.size().expandedTo(page.least) == page.size()
    for part in page.findChildren(QWidget):
        if part.isVisible() and isinstance(part, (QPushButton, QLabel)) and part.parent() is page:
            assert part.height() >= part.minimumSizeHint().height()
    bars = (area.verticalScrollBar(), area.horizontalScrollBar())
    assert any(bar.maximum() > 0 for bar in bars)


def test_the_keyboard_scrolls_to_where_it_goes(low: OpenDesk) -> None:
    low.show("calendars")
    page = low.window.page
    assert page is not None
    area = page.parent().parent()
    assert isinstance(area, QScrollArea)
    page.setFocus()
    for _step in range(12):
        QTest.keyClick(low.window.focusWidget(), Qt.Key.Key_Tab)
        settle()
        focused = low.window.focusWidget()
        assert focused is not None
        if page.isAncestorOf(focused):
            left = focused.mapTo(area.viewport(), QPoint(0, 0))
            assert area.viewport().rect().contains(left + QPoint(2, 2))


@pytest.mark.parametrize("action", ["plan.project", "plan.settings", "file.paste", "filter.build", "help.keys", "view.columns"])
def test_a_dialog_that_is_larger_than_the_screen_scrolls_above_its_buttons(
    desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, action: str
) -> None:
    room = QSize(WIDTH, HEIGHT - 32)
    monkeypatch.setattr(dialog_module, "screen_room", lambda _window: room)
    seen: list[str] = []

    def look(dialog: QDialog) -> None:
        settle()
        assert dialog.size().boundedTo(room) == dialog.size()
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and isinstance(button.parent(), QDialogButtonBox):
                assert within(button, dialog), button.text()
                seen.append(button.text())
        field, area = dialog.focusWidget(), dialog.findChild(QScrollArea, "pageScroll")
        if field is not None and area is not None:
            assert within(field, area.viewport()), (field.accessibleName(), field.geometry(), area.size())
        dialog.reject()

    answer(look)
    desk.do(action)
    assert seen or action == "help.keys"


def test_a_menu_that_finds_no_room_in_columns_is_scrolled(low: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    view, edit = low.window.menus["view"], low.window.menus["edit"]
    assert view.sizeHint().width() > 400
    monkeypatch.setattr(window_shape, "screen_room", lambda _menu: QSize(400, HEIGHT))
    for menu in (view, edit):
        menu.popup(low.window.mapToGlobal(QPoint(0, 0)))
        settle()
    assert view.width() < 400
    assert (view.styleSheet() != "", edit.styleSheet()) == (True, "")
    view.close()
    edit.close()
    settle()
