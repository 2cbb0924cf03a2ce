"""The clipboard of cells, filling and clearing them, by keys, each with Undo."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from cell_desk import ALL, CONTROL, Key, clip, clipped, select
from PySide6.QtWidgets import QApplication
from roadmap_desk import (
    CODE,
    DESIGN,
    DRAFT,
    LAUNCH,
    READY,
    SKETCH,
    activity,
    bubble,
    go_to,
    key,
    said,
    section_of,
    shown_page,
    small_plan,
    titles,
)  # fmt: skip

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.table.tsv import from_tsv, to_tsv
from milestone_desktop.domain.activities import WorkItem
from milestone_desktop.domain.enums import ScheduleMode
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Person, Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


# the clipboard


@pytest.mark.parametrize(
    "rows",
    [
        [["a", "b"], ["", "d"]],
        [["line\nbreak", 'say "hi"'], ["tab\there", ""]],
        [["", ""], ["", ""]],
        [['"', '""'], ["\t", "\n"]],
    ],
)
def test_cells_survive_the_way_through_text(rows: list[list[str]]) -> None:
    assert from_tsv(to_tsv(rows)) == rows


def test_text_of_other_programs_is_read() -> None:
    assert from_tsv("a\tb\r\nc\td\r\n") == [["a", "b"], ["c", "d"]]
    assert from_tsv('"two\r\nlines"\t5" pipe') == [["two\nlines", '5" pipe']]
    rng = random.Random(5)
    for _round in range(200):
        rows = [["".join(rng.choices('ab"\t\n,', k=rng.randrange(4))) for _ in range(3)] for _ in range(rng.randrange(1, 4))]
        assert from_tsv(to_tsv(rows)) == rows


def test_a_range_is_copied_with_dates_in_iso_and_pasted_back_changes_nothing(page: RoadmapPage) -> None:
    select(page, SKETCH, READY, "title", "end")
    key(page, Key.Key_C, CONTROL)
    assert clipped().splitlines()[0] == "Sketch\tDone\t100%\t2026-11-02\t2026-11-06"
    assert clipped().splitlines()[2].startswith("Ready\tNew\t")
    key(page, Key.Key_V, CONTROL)
    assert page.session.undo_label() is None


def test_a_range_is_pasted_as_one_edit(page: RoadmapPage) -> None:
    go_to(page, SKETCH, "title")
    clip("One\tIn Progress\t30%\nTwo\tdone\t100\n")
    key(page, Key.Key_V, CONTROL)
    assert titles(page)[1:3] == ["One", "Two"]
    assert said(page, SKETCH, "progress") == "30 %"
    assert said(page, DRAFT, "status") == "Done"
    assert page.session.undo()
    assert titles(page) == ALL
    assert page.session.undo_label() is None


def test_what_cannot_be_read_is_named_and_nothing_is_half_done(page: RoadmapPage) -> None:
    go_to(page, SKETCH, "title")
    clip("One\tIn Progress\nTwo\tsomewhere\n")
    key(page, Key.Key_V, CONTROL)
    told = bubble(page).text()
    assert "Nothing was pasted" in told
    assert "row 3" in told
    assert "Status" in told
    assert "somewhere" in told
    assert titles(page) == ALL
    assert page.session.undo_label() is None


def test_rows_beyond_the_last_are_added_and_dates_are_read(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "title")
    clip("Launch\tNew\t\t\t2026-12-21\nAfter\tNew\t0%\t2027-01-04\t8 jan 2027\n")
    key(page, Key.Key_V, CONTROL)
    made = next(row for row in page.session.plan.all(WorkItem) if row.title == "After")
    assert (made.start, made.end) == (instant(2027, 1, 4, 9), instant(2027, 1, 8, 18))
    assert activity(page, LAUNCH).end == instant(2026, 12, 21, 9)
    assert page.session.undo()
    assert titles(page) == ALL


def test_a_list_is_pasted_into_an_empty_project(page: RoadmapPage) -> None:
    key(page, Key.Key_A, CONTROL)
    key(page, Key.Key_Delete, CONTROL)
    assert titles(page) == []
    clip('"Räume, Möbel"\tNew\t\t2026-12-07\nתכנון\n🎉 "Opening"\tNew\n\t\t\n\n')
    key(page, Key.Key_V, CONTROL)
    assert titles(page) == ["Räume, Möbel", "תכנון", '🎉 "Opening"']
    assert said(page, page.model.ids[0], "start") == "7 Dec"
    page.session.undo()
    assert titles(page) == []
    page.session.undo()
    assert titles(page) == ALL


def test_what_a_spreadsheet_has_put_in_its_own_signs_comes_back(page: RoadmapPage) -> None:
    """LibreOffice writes 100% as 100.00% and dates as the locale does, also in cells that follow from others."""
    key(page, Key.Key_A, CONTROL)
    key(page, Key.Key_C, CONTROL)
    assert clipped().startswith("Design\t\t70%\t2026-11-02\t")
    clip(clipped().replace("%\t", ".00%\t").replace("40.00%", "45.00%").replace("2026-11-02", "02/11/2026"))
    go_to(page, DESIGN)
    key(page, Key.Key_V, CONTROL)
    assert said(page, DRAFT, "progress") == "45 %"
    page.session.undo()
    assert said(page, DRAFT, "progress") == "40 %"
    clip("Design\t\t99.00%\n")
    go_to(page, DESIGN)
    key(page, Key.Key_V, CONTROL)
    assert "row 1, Progress (%): This follows from the rows below it." in bubble(page).text()


@pytest.mark.parametrize("mode", list(ScheduleMode))
@pytest.mark.parametrize("text", ["Start Date\tEnd Date\n16 dec\t18 dec\n", "End Date\tStart Date\n18 dec\t16 dec\n"])
def test_a_start_and_an_end_pasted_together_are_both_kept(mode: ScheduleMode, text: str) -> None:
    plan = small_plan()
    plan.put(replace(plan[Project, 100], mode=mode))
    with shown_page(plan) as page:
        page.session.list_moves = lambda _trial: True
        go_to(page, CODE)
        clip(text)
        key(page, Key.Key_V, CONTROL)
        assert (said(page, CODE, "start"), said(page, CODE, "end")) == ("16 Dec", "18 Dec")
        page.session.undo()
        assert (said(page, CODE, "start"), said(page, CODE, "end")) == ("7 Dec", "11 Dec")


def test_nothing_to_paste_is_said(page: RoadmapPage) -> None:
    go_to(page, DRAFT)
    QApplication.clipboard().clear()
    key(page, Key.Key_V, CONTROL)
    assert bubble(page).text() == "There is nothing to paste. Copy some cells or lines of text first."


def test_more_columns_than_there_are_and_a_bad_date_in_the_middle_paste_nothing(page: RoadmapPage) -> None:
    before = titles(page)
    go_to(page, SKETCH, "end")
    clip("\n".join("\t".join("12345678") for _line in range(3)))
    key(page, Key.Key_V, CONTROL)
    assert bubble(page).text().startswith("The clipboard has 8 columns, and only 2 stand here.")
    go_to(page, SKETCH, "start")
    clip("2 nov\n30 feb\n16 nov\n")
    key(page, Key.Key_V, CONTROL)
    assert "row 3, Start Date: There is no such day as “30 feb”." in bubble(page).text()
    assert said(page, SKETCH, "start") == "2 Nov"
    assert page.session.undo_label() is None
    assert titles(page) == before


def test_what_is_worked_out_is_left_alone_beside_what_is_not(page: RoadmapPage) -> None:
    for column in ("health", "key"):
        page.arranging.show(column, section_of(page, "status"))
    order = list(page.model.columns)[:4]
    told: list[str] = []
    page.session.noticed.connect(told.append)
    go_to(page, CODE, "title")
    clip("\t".join({"title": "Programming", "health": "Late", "status": "In progress", "key": "AUR-1"}[one] for one in order))
    key(page, Key.Key_V, CONTROL)
    assert (said(page, CODE, "title"), said(page, CODE, "status")) == ("Programming", "In Progress")
    left_alone = ", ".join(page.model.column(n).heading for n, one in enumerate(order) if one in ("health", "key"))
    assert told == [f"Pasted 2 cells. Left alone, as it is worked out: {left_alone}."]
    page.session.undo()
    select(page, CODE, CODE, order[0], order[-1])
    key(page, Key.Key_C, CONTROL)
    key(page, Key.Key_V, CONTROL)
    assert told[-1] == "Pasted 2 cells", "nothing else was said there"
    go_to(page, CODE, "key")
    clip("AUR-1")
    key(page, Key.Key_V, CONTROL)
    assert "Keys are given out by the program" in bubble(page).text()


def test_one_cell_fills_the_range_and_headings_say_where_columns_go(page: RoadmapPage) -> None:
    select(page, SKETCH, READY, "tags")
    clip("late")
    key(page, Key.Key_V, CONTROL)
    assert [activity(page, one).tags for one in (SKETCH, DRAFT, READY)] == [("late",)] * 3
    assert page.session.undo()
    go_to(page, SKETCH, "title")
    clip("Tags\tOwner\nx, y\tMara\n")
    key(page, Key.Key_V, CONTROL)
    assert activity(page, SKETCH).tags == ("x", "y")
    assert [person.name for person in page.session.plan.all(Person)] == ["Mara"], "people are made where they are named"
    assert page.session.undo()
    assert page.session.plan.count(Person) == 0


def test_fill_down_gives_the_first_rows_cells_to_the_others(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "tags")
    select(page, CODE, LAUNCH, "tags")
    key(page, Key.Key_D, CONTROL)
    assert activity(page, LAUNCH).tags == ()
    assert page.session.undo()
    assert activity(page, LAUNCH).tags == ("go",)


def test_delete_clears_cells_and_deletes_rows_where_the_titles_are_in_the_range(page: RoadmapPage) -> None:
    go_to(page, LAUNCH, "tags")
    key(page, Key.Key_Delete)
    assert activity(page, LAUNCH).tags == ()
    assert page.session.undo()
    go_to(page, LAUNCH, "status")
    key(page, Key.Key_Delete)
    assert "always holds something" in bubble(page).text()
    go_to(page, LAUNCH, "status")
    key(page, Key.Key_Delete, CONTROL)
    assert titles(page) == ALL[:-1]
    assert page.session.undo()
    go_to(page, LAUNCH, "title")
    key(page, Key.Key_Delete)
    assert titles(page) == ALL[:-1]
    assert page.session.undo()
    assert titles(page) == ALL
