"""Where the person was comes back: folds, scrolling, filter, groups, columns, sorting, scale and what is shown, for each view
and each project, after a restart too; and none of it is an edit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QDialog
from window_desk import Key, OpenDesk, answer, open_desk, press, settle, type_text

from milestone_desktop.desktop.dialogs.save_view import SaveViewDialog
from milestone_desktop.desktop.pages.roadmap import RoadmapPage
from milestone_desktop.desktop.sidebar import ENTRY
from milestone_desktop.document.operations import items, projects


def page(desk: OpenDesk) -> RoadmapPage:
    return desk.window.roadmap


def rows(desk: OpenDesk) -> list[str]:
    model = page(desk).model
    return [model.cells(row).title for row in range(model.rowCount())]


def restart(desk: OpenDesk) -> None:
    """Closes the window and opens the file anew."""
    path = desk.window.path
    assert path is not None
    desk.window.close()
    desk.window.deleteLater()
    settle()
    desk.desk.window = None
    desk.desk.open_workspace(path)
    desk.window.resize(QSize(1680, 500))
    settle()


@pytest.fixture
def tall(desk: OpenDesk) -> OpenDesk:
    """Thirty items with one item each beneath them, in a window that shows a few."""

    project = desk.window.session.project_id
    assert project is not None

    def add(edit: Any) -> None:
        for number in range(30):
            above = items.create(edit, project, f"Part {number:02}")
            items.create(edit, project, f"Piece {number:02}", parent=above.id)

    assert desk.window.session.attempt("Add", add)
    desk.window.resize(QSize(1680, 500))
    settle()
    return desk


def save_view(desk: OpenDesk, name: str) -> None:
    def fill(dialog: QDialog) -> None:
        assert isinstance(dialog, SaveViewDialog)
        type_text(dialog.name, name)
        dialog.accept()

    answer(fill)
    desk.do("saved.save")


def choose(desk: OpenDesk, name: str) -> None:
    """Chooses a view by its entry in the sidebar."""
    for row in range(desk.window.sidebar.list.count()):
        if desk.window.sidebar.list.item(row).data(ENTRY).text == name:
            desk.window.sidebar.list.setCurrentRow(row)
            settle()
            return
    raise AssertionError(name)


def fold(desk: OpenDesk, title: str) -> None:
    """Folds a parent by the keyboard."""
    model = page(desk).model
    row = model.row_of(desk.item(title).id)
    assert row is not None
    fold_row(desk, row)
    assert not model.expanded(row), title


def fold_row(desk: OpenDesk, row: int) -> None:
    desk.window.activateWindow()
    page(desk).table.go_to(row, 0)
    page(desk).table.setFocus()
    settle()
    press(Key.Key_Left)


def state(desk: OpenDesk) -> dict[str, Any]:
    """Everything about the screen that is to come back."""
    roadmap, shown = page(desk), desk.window.session.shown
    scale = roadmap.axis.scale
    return {
        "page": desk.window.page_name,
        "filter": shown.text,
        "group": shown.grouping,
        "view": shown.view,
        "rows": rows(desk),
        "columns": roadmap.model.columns,
        "sort": roadmap.model.sorting,
        "show": roadmap.shown,
        "widths": dict(roadmap.table.widths.chosen),
        "split": roadmap.splitter.sizes()[0],
        "top": roadmap.table.verticalScrollBar().value(),
        "zoom": round(scale.pixels_per_day, 6),
        "left": round(scale.instant(0) / 60),
    }


def test_a_view_comes_back_as_it_was_left_and_after_a_restart_too(tall: OpenDesk) -> None:
    desk, roadmap = tall, page(tall)
    desk.do("edit.filter")
    type_text(desk.window.tools.search, "p")
    press(Key.Key_Return)
    roadmap.arranging.show("owner")
    roadmap.arranging.sort_in("title", descending=True)
    roadmap.table.header.resized.emit(1, 177)
    desk.do("view.scale.quarter")
    desk.do("view.show.zigzag")
    save_view(desk, "Parts")
    assert desk.window.session.shown.view.startswith("own:")
    for number in range(10, 30):
        fold(desk, f"Part {number:02}")
    roadmap.table.verticalScrollBar().setValue(75)
    settle()
    edits, kept = desk.edits(), state(desk)
    assert kept["top"] == 75
    assert kept["widths"] == {"status": 177}
    assert kept["sort"] == (("title", True),)
    choose(desk, "Late or at risk")
    assert rows(desk) != kept["rows"]
    choose(desk, "Parts")
    assert state(desk) == kept
    choose(desk, "Late or at risk")
    restart(desk)
    assert desk.window.session.shown.view == "first:late", "what was shown last is shown again"
    assert desk.window.chips.isVisible()
    choose(desk, "Parts")
    assert state(desk) == kept
    restart(desk)
    assert state(desk) == kept
    assert desk.edits() == edits, "where one was is no edit"


def test_each_project_has_its_own_place(tall: OpenDesk) -> None:
    desk = tall
    aurora = desk.window.session.project_id
    for number in range(5):
        fold(desk, f"Part {number:02}")
    page(desk).table.verticalScrollBar().setValue(120)
    page(desk).zoom_in()
    settle()
    kept = state(desk)
    made: list[int] = []
    desk.window.session.attempt("Add", lambda edit: made.append(projects.create(edit, "Borealis", key="BOR").id))
    desk.window.session.show_project(made[0])
    settle()
    assert "Part 00" not in rows(desk)
    desk.window.session.show_project(aurora)
    settle()
    assert state(desk) == kept


def test_groups_that_were_folded_are_folded_after_a_restart(tall: OpenDesk) -> None:
    desk = tall
    desk.window.session.shown.set_grouping(("status", "type"))
    settle()
    model = page(desk).model
    folded = next(row for row in range(model.rowCount()) if model.level(row) == 1)
    fold_row(desk, folded)
    kept = state(desk)
    restart(desk)
    assert state(desk) == kept


def test_the_portfolio_is_shown_again_where_it_was_shown_last(tall: OpenDesk) -> None:
    tall.do("view.owners")
    tall.do("edit.filter")
    type_text(tall.window.tools.search, "part -01")
    press(Key.Key_Return)
    shown = tall.titles()
    restart(tall)
    assert (tall.window.page_name, tall.window.session.project_id) == ("owners", None)
    assert tall.titles() == shown


def test_a_project_that_is_gone_gives_way_to_the_first(tall: OpenDesk) -> None:
    made, first = list[int](), tall.window.session.project_id
    tall.window.session.attempt("Add", lambda edit: made.append(projects.create(edit, "Borealis", key="BOR").id))
    tall.window.session.show_project(made[0])
    tall.window.session.keep("window", {"project": 987, "page": "roadmap"})
    tall.window.session.keep(f"shown in project {first}", {"filter": "stauts:open", "group": 3})
    path = tall.window.path
    assert path is not None
    tall.window.session.shown.leave()
    assert tall.window.session.kept("window") == {"project": 987, "page": "roadmap"}
    tall.window.page_name = "welcome"  # a page that is not remembered
    restart(tall)
    assert tall.window.session.project_id == first
    assert "There is no field" in tall.window.tools.search.toolTip()


def test_a_file_that_is_only_read_remembers_until_it_is_closed(tmp_path: Path, qapp: QApplication) -> None:
    with open_desk(tmp_path, filled=True) as desk:
        before = page(desk).axis.scale
        desk.window.session.keep("probe", {"n": 1})
        assert desk.window.session.kept("probe") == {"n": 1}
        page(desk).zoom_in()
        choose(desk, "Late or at risk")
        choose(desk, "Due in 30 days")
        assert page(desk).axis.scale != before
