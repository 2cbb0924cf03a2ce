"""Going about in cells, ranges of them, and the fields that open in them, by keys, each with Undo."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

import pytest
from cell_desk import ALL, ALT, CONTROL, NONE, SHIFT, Key, clip, place, select, show
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
    shown_page,
    titles,
    type_into,
)  # fmt: skip

from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.table.cell_menu import cell_menu
from milestone_desktop.desktop.table.look import TEXT_MARGIN
from milestone_desktop.desktop.words import day_text
from milestone_desktop.document.storage import MemoryStorage
from milestone_desktop.domain.activities import Dependency, Milestone
from milestone_desktop.domain.enums import LinkType, ProjectStatus
from milestone_desktop.domain.instants import instant
from milestone_desktop.domain.projects import Person, Project

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # said where there is no screen


@pytest.fixture
def page(qapp: QApplication) -> Iterator[RoadmapPage]:
    with shown_page() as shown:
        yield shown


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


# fields


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
