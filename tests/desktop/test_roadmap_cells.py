"""Ranges of cells, the clipboard, filling, clearing, and the fields that open in cells, by keys, each with Undo."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget
from roadmap_desk import (
    BUILD,
    CODE,
    DESIGN,
    DRAFT,
    LAUNCH,
    READY,
    SKETCH,
    activity,
    bubble,
    drag,
    field,
    go_to,
    key,
    point,
    row_of,
    said,
    section_of,
    shown_page,
    small_plan,
    titles,
    type_into,
)  # fmt: skip

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.table.cell_menu import cell_menu
from milestone_desktop.desktop.table.look import TEXT_MARGIN
from milestone_desktop.desktop.table.tsv import from_tsv, to_tsv
from milestone_desktop.desktop.words import day_text
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone, WorkItem
from milestone_desktop.domain.enums import LinkType, ProjectStatus, ScheduleMode
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Person, Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT, NONE = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
ALL = ["Design", "Sketch", "Draft", "Ready", "Build", "Code", "Launch"]
Key = Qt.Key


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


def place(page: RoadmapPage) -> tuple[int, int]:
    index = page.table.currentIndex()
    return index.row(), index.column()


def clip(text: str) -> None:
    QApplication.clipboard().setText(text)


def clipped() -> str:
    return QApplication.clipboard().text()


def select(page: RoadmapPage, first: int, last: int, column: str, to_column: str = "") -> None:
    """Selects a range of cells with Shift and arrows."""
    go_to(page, first, column)
    for _row in range(row_of(page, last) - row_of(page, first)):
        key(page, Key.Key_Down, SHIFT)
    if to_column:
        steps = page.model.columns.index(to_column) - page.model.columns.index(column)
        for _step in range(steps):
            key(page, Key.Key_Right, SHIFT)


# going about


def test_keys_go_about_as_in_a_spreadsheet(page: RoadmapPage) -> None:
    go_to(page, SKETCH, "status")
    key(page, Key.Key_End)
    assert place(page) == (1, 5)
    key(page, Key.Key_Home)
    assert place(page) == (1, 0)
    key(page, Key.Key_End, CONTROL)
    assert place(page) == (6, 5)
    key(page, Key.Key_Home, CONTROL)
    assert place(page) == (0, 0)
    key(page, Key.Key_Down, CONTROL)
    assert place(page) == (6, 0)
    key(page, Key.Key_Right, CONTROL)
    assert place(page) == (6, 5)
    key(page, Key.Key_PageUp)
    assert place(page)[0] == 0
    key(page, Key.Key_PageDown)
    assert place(page)[0] == 6


def test_shift_extends_the_range_and_space_takes_rows_and_columns(page: RoadmapPage) -> None:
    select(page, SKETCH, READY, "status", "progress")
    assert page.session.selection == (SKETCH, DRAFT, READY)
    assert (page.table.span.first, page.table.span.last) == (1, 2)
    key(page, Key.Key_Space, SHIFT)
    assert (page.table.span.first, page.table.span.last) == (0, 5)
    go_to(page, SKETCH, "end")
    key(page, Key.Key_Space, CONTROL)
    assert len(page.session.selection) == 7
    assert page.table.span.first == page.table.span.last == 4
    key(page, Key.Key_A, CONTROL)
    assert len(page.table.span) == 6


def test_shift_enter_goes_up_and_shift_tab_to_the_left(page: RoadmapPage) -> None:
    go_to(page, DRAFT, "tags")
    key(page, Key.Key_F2)
    editor = field(page)
    QTest.keyClicks(editor, "a")
    QTest.keyClick(editor, Key.Key_Return, SHIFT)
    assert place(page) == (row_of(page, SKETCH), 5)
    key(page, Key.Key_F2)
    QTest.keyClick(field(page), Key.Key_Backtab)
    QApplication.processEvents()
    assert place(page) == (row_of(page, SKETCH), 4)


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


# fields


def show(page: RoadmapPage, *columns: str) -> None:
    page.model.set_columns(["title", *columns])
    QApplication.processEvents()


def test_a_duration_is_read_and_told(page: RoadmapPage) -> None:
    show(page, "duration", "end")
    go_to(page, CODE, "duration")
    key(page, Key.Key_F2)
    editor = field(page)
    QTest.keyClicks(editor, "2w")
    assert bubble(page).text() == "→ 2w"
    QTest.keyClick(editor, Key.Key_Return)
    assert activity(page, CODE).end == instant(2026, 12, 18, 18)
    assert page.session.undo()
    assert said(page, CODE, "duration") == "5d"


def test_people_are_completed_and_a_new_name_is_told_before_it_is_taken(page: RoadmapPage) -> None:
    show(page, "owner")
    go_to(page, LAUNCH, "owner")
    key(page, Key.Key_F2)
    editor = field(page)
    QTest.keyClicks(editor, "Tomas Rey")
    assert bubble(page).text() == "→ new person: Tomas Rey"
    QTest.keyClick(editor, Key.Key_Return)
    assert said(page, LAUNCH, "owner") == "Tomas Rey"
    go_to(page, CODE, "owner")
    key(page, Key.Key_F2)
    type_into(page, "rey, Jonas Weber")
    assert said(page, CODE, "owner") == "Tomas Rey, Jonas Weber"
    assert page.session.plan.count(Person) == 2
    assert page.session.undo()
    assert page.session.undo()
    assert page.session.plan.count(Person) == 0


def test_enter_takes_what_is_typed_while_words_are_offered_and_down_takes_one_of_them(page: RoadmapPage) -> None:
    def typed(end: Qt.Key) -> QWidget:
        page.activateWindow()  # without a screen, no window is active once a list has been closed
        QApplication.processEvents()
        go_to(page, CODE, "tags")
        key(page, Key.Key_F2)
        editor = field(page)
        QTest.keyClicks(editor, "g")
        offered = QApplication.activePopupWidget()
        assert offered is not None
        QTest.keyClick(offered, end)
        return editor

    typed(Key.Key_Return)
    assert said(page, CODE, "tags") == "g"
    assert page.session.undo()
    editor = typed(Key.Key_Down)
    offered = QApplication.activePopupWidget()
    assert offered is not None
    QTest.keyClick(offered, Key.Key_Return)
    assert isinstance(editor, QLineEdit)
    assert editor.text() == "go"
    QTest.keyClick(editor, Key.Key_Return)
    assert said(page, CODE, "tags") == "go"
    assert page.session.undo()
    assert said(page, CODE, "tags") == ""


def test_predecessors_are_typed_by_key_with_type_and_lag(page: RoadmapPage) -> None:
    show(page, "predecessors", "successors")
    go_to(page, CODE, "predecessors")
    key(page, Key.Key_F2)
    type_into(page, f"AUR-{DRAFT}, RDY SS+2d")
    links = {(link.predecessor, link.type, link.lag) for link in page.session.plan.where(Dependency, "successor", CODE)}
    assert links == {(DRAFT, LinkType.FS, 0), (READY, LinkType.SS, 960)}
    assert said(page, CODE, "predecessors") == f"AUR-{DRAFT}, RDY SS+2d"
    assert said(page, DRAFT, "successors") == f"AUR-{CODE}"
    assert page.session.undo()
    assert said(page, CODE, "predecessors") == ""


def test_lines_of_text_are_edited_on_a_sheet_of_their_own(page: RoadmapPage) -> None:
    show(page, "notes")
    go_to(page, CODE, "notes")
    key(page, Key.Key_F2)
    sheet = field(page)
    assert isinstance(sheet, QPlainTextEdit)
    QTest.keyClicks(sheet, "first")
    QTest.keyClick(sheet, Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    QTest.keyClicks(sheet, "second")
    QTest.keyClick(sheet, Key.Key_Return)
    assert activity(page, CODE).notes == "first\nsecond"
    assert said(page, CODE, "notes") == "first second"
    assert page.session.undo()


def test_a_parent_is_typed_and_an_amount_with_its_currency(page: RoadmapPage) -> None:
    show(page, "parent", "amount")
    go_to(page, LAUNCH, "parent")
    key(page, Key.Key_F2)
    type_into(page, "build")
    assert activity(page, LAUNCH).parent == BUILD
    go_to(page, LAUNCH, "amount")
    key(page, Key.Key_F2)
    type_into(page, "12 500,50 EUR")
    milestone = activity(page, LAUNCH)
    assert isinstance(milestone, Milestone)
    assert (milestone.amount, milestone.currency) == (1_250_050, "EUR")
    assert page.session.undo()
    assert page.session.undo()
    assert activity(page, LAUNCH).parent is None


def test_control_enter_gives_a_title_to_all_and_enter_to_one_row(page: RoadmapPage) -> None:
    select(page, SKETCH, DRAFT, "title")
    key(page, Key.Key_F2)
    assert bubble(page).text() == "Ctrl+Enter: for all 2 rows"
    editor = field(page)
    QTest.keyClicks(editor, "Same")
    QTest.keyClick(editor, Key.Key_Return, CONTROL)
    assert titles(page)[1:3] == ["Same", "Same"]
    assert page.session.undo()
    assert titles(page) == ALL


def test_a_cell_that_is_not_edited_says_why(page: RoadmapPage) -> None:
    go_to(page, DESIGN, "start")
    QTest.keyClicks(page.table, "4")
    assert "follows from the rows below" in bubble(page).text()
    key(page, Key.Key_Down)
    assert not [found for found in page.table.findChildren(type(page.table._bubble)) if found.isVisible()]


def test_the_menus_of_a_cell_and_of_a_column(page: RoadmapPage) -> None:
    go_to(page, SKETCH, "tags")
    menu = cell_menu(page)
    texts = {action.text(): action for action in menu.actions()}
    assert {"Edit", "Cut", "Copy", "Paste", "Fill down", "Clear cells", "Add work item below", "Delete rows", "Column"} <= set(
        texts
    )
    texts["Move down"].trigger()
    assert titles(page)[1:3] == ["Draft", "Sketch"]
    assert page.session.undo()
    column = page.arranging.menu(4)
    entries = {action.text(): action for action in column.actions()}
    entries["Sort downwards"].trigger()
    assert page.model.sorting == (("end", True),)
    entries["Clear sorting"].setEnabled(True)
    entries["Clear sorting"].trigger()
    entries["Hide “End Date”"].trigger()
    assert "end" not in page.model.columns
    groups = entries["Show column"].menu()
    assert isinstance(groups, QMenu)
    assert [action.text() for action in groups.actions()][:2] == ["What it is", "Progress"]
    for made in (menu, column):
        made.close()
        made.deleteLater()


def test_a_workspace_that_is_only_read_refuses_politely(page: RoadmapPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MemoryStorage, "read_only", True)
    go_to(page, SKETCH, "tags")
    QTest.keyClicks(page.table, "x")
    assert "reading only" in bubble(page).text()
    clip("a")
    key(page, Key.Key_V, CONTROL)
    assert "reading only" in bubble(page).text()
    key(page, Key.Key_Insert)
    assert "reading only" in bubble(page).text()
    assert titles(page) == ALL


def test_an_archived_project_says_so_before_anything_is_typed(page: RoadmapPage) -> None:
    project = page.session.plan[Project, 100]
    page.session.attempt("Archive", lambda edit: edit.update(project, status=ProjectStatus.ARCHIVED))
    QApplication.processEvents()
    edits = page.session.document.history.undo_labels()
    go_to(page, SKETCH, "tags")
    for wanted, held in ((Key.Key_F2, NONE), (Key.Key_Insert, NONE), (Key.Key_Down, ALT)):
        key(page, wanted, held)
        assert "“Aurora” is archived and only read" in bubble(page).text()
        key(page, Key.Key_Right)
    ghosts: list[object] = []
    start = point(page, CODE, instant(2026, 12, 9))
    drag(page, start, start + QPoint(80, 0), lambda: ghosts.append(page.body.ghost))
    assert ghosts == [None], "the timeline is panned"
    assert page.session.document.history.undo_labels() == edits
    page.session.undo()
    key(page, Key.Key_Insert)
    assert titles(page).count("") == 1


def test_any_sequence_of_edits_is_undone_to_the_start(page: RoadmapPage) -> None:
    """Random keys at random cells; taking everything back gives the plan as it was."""
    before = page.session.plan.copy()
    page.model.set_columns(page.model.fields)
    rng = random.Random(3)
    words = ("4 dec", "3d", "50", "done", "New", "a, b", "High", "", "2027-01-04", "Mara", "x\ty\n1\t2", "AUR-102", "12 EUR")
    steps = (
        lambda: key(page, Key.Key_Delete), lambda: key(page, Key.Key_D, CONTROL), lambda: key(page, Key.Key_C, CONTROL),
        lambda: key(page, Key.Key_V, CONTROL), lambda: key(page, Key.Key_Down, SHIFT), lambda: key(page, Key.Key_Right, SHIFT),
        lambda: key(page, Key.Key_Plus), lambda: clip(rng.choice(words)), lambda: page.arranging.sort_by_current(),
        lambda: key(page, Key.Key_Up, Qt.KeyboardModifier.AltModifier),
    )  # fmt: skip
    for _step in range(70):
        if page.model.rowCount() == 0:
            break
        page.table.go_to(rng.randrange(page.model.rowCount()), rng.randrange(page.model.columnCount()))
        row, section = place(page)
        if rng.random() < 0.6 and page.model.refusal(row, section) is None:
            row_id = page.model.id_at(row)
            page.model.setData(page.model.index(row, section), rng.choice(words))
            assert page.session.plan.activity(row_id) is not None
        else:
            rng.choice(steps)()
    while page.session.undo_label() is not None:
        assert page.session.undo()
    assert page.session.plan == before


@pytest.mark.parametrize("locale", ["ar_EG", "de_DE", "en_GB", "fi_FI"])
def test_a_date_fits_its_column_in_every_month_of_a_language(qapp: QApplication, locale: str) -> None:
    QLocale.setDefault(QLocale(locale))
    try:
        with shown_page() as page:
            metrics = page.look.strong_figures.metrics
            for with_year, year in ((False, 2026), (True, 2027)):
                width = page.table.widths.natural(page.model.fields["end"], with_year=with_year)
                words = [day_text(date(year, month, 28).toordinal(), page.session.today()) for month in range(1, 13)]
                assert max(map(metrics.horizontalAdvance, words)) + 2 * TEXT_MARGIN <= width
    finally:
        QLocale.setDefault(QLocale.c())
