"""The tabs, and the menu of the pages that have none."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_desk import OpenDesk, settle

from milestone_desktop.desktop.tabs import TabStrip


def shown_tabs(strip: TabStrip) -> list[str]:
    return [strip.tabs.tabText(n) for n in range(strip.tabs.count())]


def test_a_page_of_the_menu_is_chosen_there_and_names_its_button(desk: OpenDesk) -> None:
    strip = desk.window.tab_strip
    assert strip.more.text() == "More ▾"
    assert strip.tabs.width() >= strip.tabs.sizeHint().width() > 200
    assert strip.more.x() >= strip.tabs.geometry().right()
    next(action for action in strip.menu.actions() if action.text() == "People").trigger()
    settle()
    assert desk.window.page_name == "people"
    assert strip.more.text() == "People ▾"
    assert strip.tabs.elsewhere
    assert [action.text() for action in strip.menu.actions() if action.isChecked()] == ["People"]
    strip.tabs.setFocus()
    QTest.mouseClick(strip.tabs, Qt.MouseButton.LeftButton, pos=strip.tabs.tabRect(1).center())
    settle()
    assert desk.window.page_name == "milestones"
    assert strip.more.text() == "More ▾"
    assert not strip.tabs.elsewhere


def test_the_tab_that_was_left_for_such_a_page_leads_back(desk: OpenDesk) -> None:
    strip = desk.window.tab_strip
    desk.show("people")
    QTest.mouseClick(strip.tabs, Qt.MouseButton.LeftButton, pos=strip.tabs.tabRect(0).center())
    settle()
    assert desk.window.page_name == "roadmap"


def test_tabs_that_do_not_fit_fold_into_the_menu(qtbot) -> None:
    strip = TabStrip()
    qtbot.addWidget(strip)
    titles = {name: name.capitalize() for name in ("roadmap", "milestones", "items", "report")}
    strip.resize(900, 40)
    strip.show()
    strip.show_pages(titles, {"people": "People"}, "roadmap")
    settle()
    assert shown_tabs(strip) == list(titles.values())
    strip.resize(strip.tabs.sizeHint().width() - 40, 40)
    settle()
    shown = shown_tabs(strip)
    assert 0 < len(shown) < len(titles)
    menu = [action.text() for action in strip.menu.actions()]
    assert shown + menu == [*titles.values(), "People"]
    assert strip.more.geometry().right() <= strip.width()
    wanted: list[str] = []
    strip.chosen.connect(wanted.append)
    strip.menu.actions()[0].trigger()
    assert wanted == [list(titles)[len(shown)]]
