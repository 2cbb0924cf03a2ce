"""Find: by keys from Ctrl+F on; next and previous; hidden matches; other projects; it edits nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from window_desk import OpenDesk, press, settle, type_text

from milestone_desktop.desktop.find.bar import FindBar
from milestone_desktop.document.edit import Edit
from milestone_desktop.document.operations import activities, milestones, projects
from milestone_desktop.domain.instants import at

Key = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def found(desk: OpenDesk) -> OpenDesk:
    """ "zebra" in the notes of two rows of the template's project, and in the title of one of another project."""

    def add(edit: Edit) -> None:
        first, second = sorted(edit.plan.activities(), key=lambda row: row.id)[:2]
        activities.set_fields(edit, [first.id], notes="ask the Zebra keeper")
        activities.set_fields(edit, [second.id], description="a zébra & a <lion>")
        other = projects.create(edit, "Zoo", key="ZOO")
        milestones.create(edit, other.id, "Zebra house", at(739_600, 1080))

    assert desk.window.session.attempt("Add", add)
    settle()
    return desk


def bar(desk: OpenDesk) -> FindBar:
    return desk.window.find_bar


def search(desk: OpenDesk, words: str) -> None:
    desk.do("edit.find")
    type_text(bar(desk).field, words)
    settle()


def test_ctrl_f_finds_counts_and_tells_the_field(found: OpenDesk) -> None:
    assert not bar(found).isVisible()
    search(found, "zebra")
    assert bar(found).isVisible()
    assert bar(found).count.text() == "1 of 2"
    assert bar(found).place.text() == "Notes: ask the <b>Zebra</b> keeper"
    assert found.window.session.current == bar(found).finder.matches[0]
    assert found.window.session.marked == "zebra"


def test_enter_and_f3_go_round_and_shift_goes_back(found: OpenDesk) -> None:
    search(found, "zebra")
    first, second = bar(found).finder.matches
    QTest.keyClick(bar(found).field, Key.Key_Return)
    assert found.window.session.current == second
    assert bar(found).place.text() == "Description: a <b>zébra</b> &amp; a &lt;lion&gt;"
    QTest.keyClick(bar(found).field, Key.Key_Return)
    assert found.window.session.current == first
    QTest.keyClick(bar(found).field, Key.Key_Return, SHIFT)
    assert found.window.session.current == second
    found.do("edit.find-next")
    assert found.window.session.current == first
    found.do("edit.find-previous")
    assert found.window.session.current == second
    assert bar(found).count.text() == "2 of 2"


def test_escape_closes_the_bar_and_gives_the_keyboard_back(found: OpenDesk) -> None:
    search(found, "zebra")
    QTest.keyClick(bar(found).field, Key.Key_Escape)
    settle()
    assert not bar(found).isVisible()
    assert found.window.session.marked == ""
    assert found.window.roadmap.isAncestorOf(found.window.focusWidget())


def test_all_projects_are_searched_where_asked_for_and_the_match_is_shown_in_its_own(found: OpenDesk) -> None:
    search(found, "zebra")
    bar(found).scope.setFocus()
    press(Key.Key_Down)
    assert bar(found).count.text() == "1 of 3"
    bar(found).field.setFocus()
    for _ in range(2):
        QTest.keyClick(bar(found).field, Key.Key_Return)
    settle()
    house = found.milestone("Zebra house")
    assert (found.window.session.project_id, found.window.session.current) == (house.project, house.id)
    assert bar(found).count.text() == "3 of 3"


def test_what_is_folded_away_is_unfolded(found: OpenDesk) -> None:
    found.show("roadmap")
    model = found.window.roadmap.model
    inside = next(row for row in found.plan.activities() if row.parent is not None)
    found.do("view.collapse")
    assert model.row_of(inside.id) is None
    search(found, inside.title)
    assert model.row_of(inside.id) is not None


def test_what_the_filter_hides_is_told_and_can_be_shown(found: OpenDesk) -> None:
    found.show("roadmap")
    found.window.tools.search.setText("no-such-words")
    settle()
    search(found, "zebra")
    assert "The filter hides 2 of them." in bar(found).place.text()
    assert bar(found).unhide.isVisible()
    QTest.mouseClick(bar(found).unhide, Qt.MouseButton.LeftButton)
    settle()
    assert not bar(found).unhide.isVisible()
    assert found.window.roadmap.filter_text == ""
    assert bar(found).count.text() == "1 of 2"


def test_nothing_found_is_said(found: OpenDesk) -> None:
    search(found, "xylophone")
    assert bar(found).count.text() == "Nothing found"
    assert bar(found).field.property("invalid")
    assert not bar(found).finder.matches
    bar(found).go(1)
    assert bar(found).field.hasFocus()


def test_matches_follow_edits_and_finding_edits_nothing(found: OpenDesk) -> None:
    edits = found.edits()
    search(found, "zebra")
    assert found.edits() == edits
    first = bar(found).finder.matches[0]
    found.window.session.attempt("Clear", lambda edit: activities.set_fields(edit, [first], notes=""))
    settle()
    assert bar(found).count.text() == "1 of 1"
    found.do("edit.undo")
    assert len(bar(found).finder.matches) == 2


def test_each_page_finds_the_things_that_it_shows(found: OpenDesk) -> None:
    found.show("items")
    search(found, "a")
    kinds = {type(found.plan.activity(row_id)).__name__ for row_id in bar(found).finder.matches}
    assert kinds <= {"WorkItem"}
    found.show("milestones")
    kinds = {type(found.plan.activity(row_id)).__name__ for row_id in bar(found).finder.matches}
    assert kinds == {"Milestone"}


def test_ctrl_shift_f_goes_to_the_filter(found: OpenDesk) -> None:
    found.do("edit.filter")
    assert found.window.tools.search.hasFocus()
