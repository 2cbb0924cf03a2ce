"""The keys of the View menu that are about the timeline, pressed in the window; and its two lines of dates in each scale, by
the locale's weeks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QMenu
from roadmap_desk import shown_page
from window_desk import Key, OpenDesk, press, settle

from milestone_desktop.chart.bands import HEADER_HEIGHT, LOWER_BAND, header_ticks
from milestone_desktop.chart.shapes import Text
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.words import LocaleDates
from milestone_desktop.domain.activities import Milestone
from milestone_desktop.domain.instants import MINUTES_PER_DAY, at, instant, weekday

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

Mod = Qt.KeyboardModifier
CONTROL, SHIFT, ALT = Mod.ControlModifier, Mod.ShiftModifier, Mod.AltModifier
SCALES = {Key.Key_1: "day", Key.Key_2: "week", Key.Key_3: "month", Key.Key_4: "quarter", Key.Key_5: "year"}


@pytest.fixture
def roadmap(desk: OpenDesk) -> RoadmapPage:
    desk.show("roadmap")
    return desk.window.roadmap


def middle(page: RoadmapPage) -> int:
    return page.axis.scale.instant(page.axis.width / 2)


def in_view(page: RoadmapPage, moment: int | None) -> bool:
    return moment is not None and -1 <= page.axis.scale.x(moment) <= page.axis.width + 1


def test_each_scale_has_a_key_and_what_is_in_the_middle_stays_there(desk: OpenDesk, roadmap: RoadmapPage) -> None:
    before, seen = middle(roadmap), set()
    for wanted, name in SCALES.items():
        press(wanted, ALT)
        assert roadmap.scale == name
        assert desk.window.actions_[f"view.scale.{name}"].isChecked()
        assert middle(roadmap) == pytest.approx(before, abs=2 * MINUTES_PER_DAY / roadmap.axis.scale.pixels_per_day)
        seen.add(roadmap.axis.scale.pixels_per_day)
    assert len(seen) == len(SCALES)


def test_today_and_the_three_fits_have_keys(desk: OpenDesk, roadmap: RoadmapPage) -> None:
    ends = sorted(row.end for row in desk.plan.activities() if row.end is not None)
    press(Key.Key_1, ALT)
    press(Key.Key_T, CONTROL)
    assert middle(roadmap) == pytest.approx(at(roadmap.session.today()) + MINUTES_PER_DAY // 2, abs=MINUTES_PER_DAY / 10)
    for fitting in (Key.Key_0, Key.Key_9):
        press(Key.Key_1, ALT)
        press(fitting, CONTROL)
        assert in_view(roadmap, ends[0])
        assert in_view(roadmap, ends[-1])
    whole = roadmap.axis.scale.pixels_per_day
    two = sorted(desk.plan.all(Milestone), key=lambda row: row.end or 0)[1:3]
    roadmap.session.select([row.id for row in two])
    settle()
    press(Key.Key_8, CONTROL)
    assert all(in_view(roadmap, row.end) for row in two)
    assert roadmap.axis.scale.pixels_per_day > whole


def test_keys_zoom_about_the_middle(roadmap: RoadmapPage) -> None:
    zoom, before = roadmap.axis.scale.pixels_per_day, middle(roadmap)
    press(Key.Key_Plus, CONTROL)
    assert roadmap.axis.scale.pixels_per_day > zoom
    assert middle(roadmap) == pytest.approx(before, abs=MINUTES_PER_DAY)
    press(Key.Key_Minus, CONTROL)
    assert roadmap.axis.scale.pixels_per_day == pytest.approx(zoom)


def test_the_keyboard_goes_to_the_timeline_and_pages_there(desk: OpenDesk, roadmap: RoadmapPage) -> None:
    roadmap.session.select([roadmap.model.id_at(0)])
    roadmap.table.setFocus()
    press(Key.Key_T, CONTROL | SHIFT)
    assert QApplication.focusWidget() is roadmap.body
    desk.window.resize(1366, 420)
    settle()
    last = roadmap.model.rowCount() - 1
    press(Key.Key_PageDown)
    down = roadmap.model.row_of(roadmap.session.current or 0)
    assert down is not None
    assert down == min(max(len(roadmap.body.visible_rows()) - 1, 1), last)
    press(Key.Key_PageUp)
    assert roadmap.model.row_of(roadmap.session.current or 0) == 0
    press(Key.Key_Down, SHIFT)
    assert set(roadmap.session.selection) == set(roadmap.model.ids[:2].tolist())


def test_table_and_timeline_are_hidden_and_shown_by_keys(desk: OpenDesk, roadmap: RoadmapPage) -> None:
    press(Key.Key_F9, CONTROL)
    assert not roadmap.table.isVisible()
    assert roadmap.body.isVisible()
    press(Key.Key_F9, CONTROL)
    assert roadmap.table.isVisible()
    press(Key.Key_F9, SHIFT)
    assert not roadmap.body.isVisible()
    press(Key.Key_F9, SHIFT)
    assert roadmap.body.isVisible()


def test_all_is_folded_and_unfolded_by_keys(roadmap: RoadmapPage) -> None:
    rows = roadmap.model.rowCount()
    press(Key.Key_Up, CONTROL | SHIFT)
    folded = roadmap.model.rowCount()
    press(Key.Key_Down, CONTROL | SHIFT)
    assert roadmap.model.rowCount() == rows >= folded


# the two lines of dates


def lines_of_dates(page: RoadmapPage) -> tuple[list[str], list[str]]:
    """The labels of the upper and of the lower line."""
    texts = [shape for shape in page.scenes.header().shapes() if isinstance(shape, Text) and shape.role == "tick"]
    return [t.text for t in texts if t.baseline < LOWER_BAND[0]], [t.text for t in texts if t.baseline >= LOWER_BAND[0]]


@pytest.mark.parametrize("scale", ["day", "week", "month", "quarter", "year"])
def test_each_scale_has_two_lines_of_dates(qapp: QApplication, scale: str) -> None:
    with shown_page() as page:
        page.set_scale(scale)
        page.axis.centre(instant(2026, 12, 4))
        upper, lower = lines_of_dates(page)
        assert upper
        assert lower
        assert set(upper).isdisjoint(lower)
        assert any("2026" in text for text in upper)
        assert page.scenes.header().height == HEADER_HEIGHT


@pytest.mark.parametrize(
    ("language", "country", "first", "week"),
    [
        (QLocale.Language.German, QLocale.Country.Germany, 0, "53"),  # ISO: 1 January 2027 is a Friday
        (QLocale.Language.English, QLocale.Country.UnitedStates, 6, "1"),
        (QLocale.Language.Arabic, QLocale.Country.Egypt, 5, "1"),
    ],
)
def test_weeks_begin_and_are_counted_as_the_locale_has_it(
    qapp: QApplication, language: QLocale.Language, country: QLocale.Country, first: int, week: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language, country))
    try:
        with shown_page() as page:
            page.set_scale("week")
            page.axis.centre(instant(2027, 1, 1))
            lower = header_ticks(page.axis.scale, page.axis.width, LocaleDates(), page.scenes.inks.measure)[1]
            starts = {tick.x0: tick for tick in lower if tick.label}
            begins = {weekday(page.axis.scale.day(x + 0.5)) for x in starts}
            assert begins == {first}
            new_year = page.axis.scale.x(instant(2027, 1, 1, 12))
            label = next(tick.label for tick in starts.values() if tick.x0 <= new_year < tick.x1)
            assert "".join(letter if letter.isdigit() else " " for letter in label).split()[0] == week
    finally:
        QLocale.setDefault(before)


def test_the_menus_know_the_sorting_and_the_cell_in_hand(desk: OpenDesk, roadmap: RoadmapPage) -> None:
    """What is in hand and how rows are sorted change without the selection: the menus look when they open."""
    actions, table, row = desk.window.actions_, roadmap.table, roadmap.model.row_of(desk.item("Design").id)
    assert row is not None

    def open_menu(title: str) -> None:
        bar = desk.window.menuBar()
        menu = next(one.menu() for one in bar.actions() if one.text().replace("&", "") == title)
        assert isinstance(menu, QMenu)
        menu.popup(desk.window.mapToGlobal(desk.window.rect().center()))
        settle()
        menu.close()
        settle()
        table.setFocus()

    table.go_to(row, 4)
    table.setFocus()
    press(Key.Key_F7)
    open_menu("View")
    assert actions["view.unsort"].isEnabled()
    desk.do("view.unsort")
    open_menu("View")
    assert not actions["view.unsort"].isEnabled()
    open_menu("Edit")
    assert actions["edit.delete"].text() == "Clear cells"
    table.go_to(row, 0)
    open_menu("Edit")
    assert actions["edit.delete"].text() == "Delete"
